"""人数对不上: staff by class against the whole, more staff than posts, and the rate told of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from site_builder.figure import Figure, percent_of, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact, Report, TableData
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.regulations import COMMON_INDICATORS
from site_builder.sentences import Passage

RULE = Rule(
    "headcount-parts",
    "error",
    Words("分类人数与总人数不符", "Staff by class do not fit the whole"),
    Words(
        "“{label}”写的是{printed}，所列{parts}合计{recomputed}人",
        "“{label}” is {printed}; {parts} make {recomputed}",
    ),
    Words(
        "请对照编制和人员名册核对人数；原件如此的，保留原数并在“认可”中说明",
        "check the staff list; if it is printed so, keep it and explain it",
    ),
    Words("一类人员不会比全体还多。", "A class cannot outnumber the whole."),
)
OVER = Rule(
    "over-establishment",
    "warning",
    Words("在职人数超过编制数", "More staff than posts"),
    Words(
        "“{label}”在职{printed}，编制{recomputed}，超出{difference}人，没有说明",
        "“{label}”: {printed} in post, {recomputed} posts, {difference} too many, unexplained",
    ),
    Words(
        "请核对在职人数和编制数的口径（是否含编外、村干部）；确实超编的在“认可”中说明",
        "check what is counted (staff outside the establishment?); explain a real excess",
    ),
    Words(
        "财政供养人员控制率超过100%，按规定应当扣分并说明。",
        "A ratio of staff to posts above 100 % costs points and needs an explanation.",
    ),
    COMMON_INDICATORS,
)
RATE = Rule(
    "staff-rate-differs",
    "warning",
    Words("正文里的在职人员控制率算不出来", "A told rate of staff to posts that is not theirs"),
    Words(
        "在职{staff}、编制{posts}，控制率应为{recomputed}，这里写的是{printed}",
        "{staff} in post of {posts} make {recomputed}; it says {printed}",
    ),
    Words(
        "请核对编制数、在职人数和控制率；原件如此的，保留原文并在“认可”中说明",
        "check posts, staff and rate; if they are printed so, explain it",
    ),
    Words(
        "控制率就是在职人数除以编制数，三个数写在一起，读者一算就知道。",
        "The rate is staff over posts: with all three told readers can work it out.",
    ),
    COMMON_INDICATORS,
    yields_to=("told-share", "formula-differs", "ratio-differs"),
)
_PEOPLE = ("人", "名", "位")
_LEADING = re.compile(r"^(?:其中[：:]?|[0-9一二三四五六七八九十]+[、.．])|[（(].*$|\s")
_POSTS = re.compile("编制")
_STAFF = re.compile("实有|在职|在岗|在编人")
# 现有编制数94人，全镇年末在职人数为107人，编制比例为113.82%
_BEFORE = (
    "[（(]?[而但]?经?(?:截[至止])?(?:[0-9]{4}年)?(?:[12]?[0-9]月)?[底末]?(?:[县区市]?委?编(?:委?办|委)|[县区市][里级]?|上级)?"
    "(?:核定|批准|批复|下达)?(?:[\u4e00-\u9fff]{2,4}[镇乡]|[我全本]?[镇乡]?|街道)?(?:人民政府|政府|机关|单位|部门)?"
    "(?:年末|年底|目前|现有|现|共有|共|有|总|全部|核定|批准|批复|的|实际)*"
)
_IS = "(?:总数|总人数|人数|人员|数)?(?:总计|共计|合计|共有|共|为|是|有|达|核定|[：:])*$"
TOLD_POSTS = re.compile(f"{_BEFORE}(?:人员)?编制{_IS}")
# 实有人数1982人，其中：在职1434人；退休417人: no staff alone
WITH_RETIRED = re.compile("[，,（(]其中[^。]*?(?:离休|退休)")
TOLD_STAFF = re.compile(f"{_BEFORE}(?:在编|在职|在岗|实有)+(?:干部职工|工作人员|干部|职工)?{_IS}")
TOLD_RATE = re.compile(
    "(?:编制比例?|满编率|编制使用率|(?:财政供养|在职|编制内在职)人员控制率|(?:人员)?(?:编制)?控制率)"
    "(?:[=＝][^=＝，,。；;0-9]{2,16}[=＝])?(?:为|是|达到|达|约)*$"
)
# 行政编制30名，实有33人: a class with its own staff right behind it.
TOLD_CLASS = re.compile(
    "(?P<class>行政|事业|工勤)编制(?:数|人数)?(?:为)?(?P<posts>[0-9]{1,3})[名人个][，,、]?(?:年末|现|实际)?(?:实有|在职|在编|在岗)(?:在岗|在编|在职)?(?:人员|人数)?(?:为)?(?P<staff>[0-9]{1,3})[名人](?![0-9])"
)
# 行政编制18名，事业编制60名: together the posts
POSTS_OF_CLASS = re.compile(f"{_BEFORE}(?:机关)?(?P<class>行政|事业)(?:人员)?编制{_IS}")
OTHER_YEAR = re.compile("上年|去年|上一年")
WITH_POSTS = re.compile("编制(?=[人数名为共总有是达核：:0-9])")
# Why there may be more of them, or that some are no staff of the establishment.
REASON = re.compile("超编|编外|聘|临时|劳务|借调|村干部|辅助|志愿|军转|选调|消化|政策性|含|包括")

EXPLAINED = re.compile(
    "(?:超编|超出?过?编制)[^。；;]{0,30}(?:因|[，,]为|系|属|由于|安置|备案|批准|核准)"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Posts by class, the retired, and staff against posts, where the form does not tie them."""
    report = subject.disclosure.report
    tied = {c.result.address for c in subject.cases if c.kind in ("合计", "其中")}
    found = list(_posts(report, tied))
    for table in report.tables:
        if not table.form.subject:
            found += _retired(table, tied)
    over = _over(report)
    if EXPLAINED.search(subject.wording.text, 0, subject.wording.notes):
        over = (Outcome(OVER, outcome.guards) for outcome in over)
    found += over
    tabled = any(o.rule is OVER for o in found)
    for passage in subject.told.holding(WITH_POSTS):
        if _STAFF.search(passage.text):  # quick
            found += _told(passage, tabled)
    yield from found
    for rule in (RULE, OVER, RATE):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有可以对照的人数", "no head counts to compare"))


def _posts(report: Report, tied: set[str]) -> Iterator[Outcome]:
    """行政编制 + 事业编制 within 编制数: there may be further classes, so never more than it."""
    whole = report.fact_of("编制数", "年末")
    if whole is None or whole.address in tied:
        return
    parts = [report.fact_of(name, "年末") for name in ("行政编制数", "事业编制数")]
    facts = [f for f in parts if f is not None]
    if facts:  # quick
        yield _within(whole, facts, exact=False)


def _retired(table: TableData, tied: set[str]) -> Iterator[Outcome]:
    """离休 + 退休 make 离退休; either alone is no more than it."""
    rows: dict[str, dict[str, Fact]] = {}
    for line in table.lines:
        if "休" not in line.label:  # quick
            continue
        name = _LEADING.sub("", line.label)
        kind = next((k for k in ("离退休", "离休", "退休") if name.startswith(k)), "")
        if not kind or len(name) > len(kind) + 2:
            continue
        for cell in line.cells:
            fact = cell.fact
            if fact is not None and fact.figure.unit in _PEOPLE:
                rows.setdefault(fact.column, {}).setdefault(kind, fact)
    for facts in rows.values():
        whole = facts.pop("离退休", None)
        if whole is not None and whole.address not in tied:
            yield _within(whole, list(facts.values()), exact=len(facts) == 2)


def _within(whole: Fact, parts: list[Fact], exact: bool) -> Outcome:
    amount = sum((f.figure.amount for f in parts), Decimal(0))
    guards = (whole.address, *(f.address for f in parts))
    total = whole.figure.amount
    if amount == total:
        return Outcome(RULE, guards)
    if amount < total and not exact:
        return Outcome(RULE)
    words = {
        "label": whole.label,
        "printed": str(whole.figure),
        "recomputed": str(amount),
        "parts": "、".join(f"“{f.row}”{f.figure}" for f in parts),
    }
    finding = Finding(
        RULE,
        whole.at,
        words,
        tuple(f.at for f in parts),
        whole.address,
        whole.figure.text,
        str(amount),
        str(total - amount),
    )
    return Outcome(RULE, guards, finding)


def _over(report: Report) -> Iterator[Outcome]:
    """Staff against posts: the town's, then class by class in each table of people."""
    seen = set()
    staff = report.fact_of("在职人数", "年末")
    posts = report.fact_of("编制数", "年末")
    classes = [report.fact_of(name, "年末") for name in ("行政编制数", "事业编制数")]
    facts = [posts] if posts is not None else [f for f in classes if f is not None]
    if staff is not None and (posts is not None or len(facts) == 2):
        seen.add(staff.address)
        yield _excess(staff, facts)
    for table in report.tables:
        if table.form.subject:
            continue
        if not any(_POSTS.search(c.label) for c in table.form.columns):  # quick
            continue
        for line in table.lines:
            held = [c.fact for c in line.cells if c.fact and c.fact.figure.unit in _PEOPLE]
            mine = next((f for f in held if _STAFF.search(f.column)), None)
            post = next((f for f in held if _POSTS.search(f.column)), None)
            if mine is None or post is None or mine.address in seen:
                continue
            yield _excess(mine, [post])


def _excess(staff: Fact, posts: list[Fact]) -> Outcome:
    limit = sum((f.figure.amount for f in posts), Decimal(0))
    guards = (staff.address, *(f.address for f in posts))
    over = staff.figure.amount - limit
    if over <= 0:
        return Outcome(OVER, guards)
    words = {
        "label": staff.row,
        "printed": str(staff.figure),
        "recomputed": f"{limit}人",
        "difference": str(over),
    }
    finding = Finding(
        OVER,
        staff.at,
        words,
        tuple(f.at for f in posts),
        staff.address,
        staff.figure.text,
        str(limit),
        str(over),
    )
    return Outcome(OVER, guards, finding)


def _told(passage: Passage, tabled: bool) -> Iterator[Outcome]:
    """The first posts, staff and rate of a line, in any order."""
    told: dict[str, tuple[Said, Figure]] = {}
    classes: dict[str, tuple[Said, Figure]] = {}
    for said in passage.figures:
        figure, label = said.figure, passage.label(said)
        if figure is None or said.about:
            continue
        if figure.unit == "%" and TOLD_RATE.search(label):
            if OTHER_YEAR.search(label) is None:
                told.setdefault("rate", (said, figure))
        elif figure.unit in (*_PEOPLE, "个"):
            if TOLD_POSTS.fullmatch(label):
                told.setdefault("posts", (said, figure))
            elif TOLD_STAFF.fullmatch(label) and not WITH_RETIRED.match(passage.text, said.end):
                told.setdefault("staff", (said, figure))
            elif match := POSTS_OF_CLASS.fullmatch(label):
                classes.setdefault(match["class"], (said, figure))
    if not tabled and not REASON.search(passage.text):
        yield from _classes(passage)
    if "posts" not in told and len(classes) == 2:
        (one, some), (_, others_) = classes.values()
        told["posts"] = one, replace(some, amount=some.amount + others_.amount)
    if "posts" not in told or "staff" not in told:
        return
    (posts, limit), (staff, held) = told["posts"], told["staff"]
    if not tabled and not staff.linked:
        if held.amount <= limit.amount or REASON.search(passage.text):
            yield Outcome(OVER)
        else:
            label = passage.label(staff).rstrip("：:")
            yield _told_excess(passage, staff, posts, held.amount - limit.amount, label)
    if "rate" not in told or told["rate"][0].linked or not limit.amount:
        return
    rate, printed = told["rate"]
    right = percent_of(held.amount, limit.amount)
    cut = abs(right - printed.amount) * 100 < 2  # rounded or cut off
    if cut or printed.interval().low <= right <= printed.interval().high:
        yield Outcome(RATE)
        return
    words, right_rate = {"staff": staff.text, "posts": posts.text}, f"{shown(right, 2)}%"
    others = (passage.place(staff.start), passage.place(posts.start))
    finding = finding_on(RATE, passage, rate, "控制率", words, right_rate, others)
    yield Outcome(RATE, finding=finding)


def _classes(passage: Passage) -> Iterator[Outcome]:
    """Each class of posts that a line tells with its own staff; of one class the staff may be all."""
    told = list(TOLD_CLASS.finditer(passage.text))
    found = {said.start: said for said in passage.figures if not said.linked}
    for match in told if len(told) > 1 else ():
        over = int(match["staff"]) - int(match["posts"])
        posts, staff = match.start("posts"), match.start("staff")
        if over > 0 and found.keys() >= {posts, staff}:
            label = f"{match['class']}编制"
            yield _told_excess(passage, found[staff], found[posts], Decimal(over), label)


def _told_excess(passage: Passage, staff: Said, posts: Said, over: Decimal, label: str) -> Outcome:
    words = {
        "label": label,
        "printed": staff.text,
        "recomputed": posts.text,
        "difference": str(over),
    }
    at, others = passage.place(staff.start), (passage.place(posts.start),)
    address = passage.address or sentence_address(staff.text, "编制")
    return Outcome(
        OVER, finding=Finding(OVER, at, words, others, address, staff.text, posts.text, str(over))
    )
