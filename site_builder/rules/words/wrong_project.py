"""写的是别的项目: a report of one project that tells of another, a project under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Cell, TableData
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import YEAR

RULE = Rule(
    "other-project",
    "warning",
    Words("正文写的像是别的项目", "The text seems to tell of another project"),
    Words(
        "报告名称里是“{own}”，正文写的是“{printed}”",
        "the title names “{own}”, the text “{printed}”",
    ),
    Words(
        "请核对是不是套用了别的项目的报告；确实是同一个项目的，统一名称或在“认可”中说明",
        "see whether another project's report was copied; else use one name, or explain it",
    ),
    Words(
        "套用别的项目的报告又没有改全，读者不知道钱花在哪个项目上。",
        "Where a copied report was not changed throughout, nobody knows which project it tells of.",
    ),
)
NAME = Rule(
    "project-name-differs",
    "warning",
    Words("同一个项目两个名称", "One project under two names"),
    Words(
        "项目自评表里的项目是“{own}”，这里写的是“{printed}”，金额都是{amount}",
        "the table of the project names “{own}”, the text “{printed}”; both cost {amount}",
    ),
    Words(
        "请统一项目名称；原件如此的，保留原文并在“认可”中说明",
        "use one name; if it is printed so, keep and explain it",
    ),
    Words(
        "名称不同，读者不知道是不是同一个项目，也对不上下达资金的文件。",
        "Under two names nobody knows whether it is one project, nor which notice funded it.",
    ),
)
MIXED = Rule(
    "words-of-other-project",
    "warning",
    Words("一个项目的情况里写的是另一个项目", "Words of another project in a project's table"),
    Words(
        "“{own}”的“{label}”里写的是另一个项目“{printed}”",
        "the table of “{own}” tells of another project, “{printed}”, under “{label}”",
    ),
    Words(
        "请核对是不是从另一个项目抄来的；确实有关的，把关系写清楚，或在“认可”中说明",
        "see whether it was copied from the other; if they are connected, say how, or explain it",
    ),
    Words(
        "几个项目的表一起填，容易把一个项目的话粘到另一个项目里。",
        "Where several tables are filled in at once, words of one project get into another's.",
    ),
)
# Two projects that have to do with each other.
TOGETHER = re.compile(
    "配套|衔接|连接|接入|并入|相邻|同步|结合|毗邻|一并|共用|整合|打捆|调[剂整入出]|参照|相同|类似|另|以及|联合|统筹|转入|用于"
)
TITLE = re.compile(
    r"(?P<name>[^，。、]{4,40}?(?:项目|工程))(?=[^，。]{0,12}(?:绩效|自评|评价|监控))"
)
# Who tells of the project that the report is about: its evaluation, or all its money.
NAMED = re.compile(
    r"(?P<name>[^，,。；;：:、（）()《》“”0-9]{6,40}项目)"
    r"(?:(?:进行|开展)了?(?:现场|实地|全面)?(?:核查|勘查|查看|绩效评价|绩效自评|自评|评价)|绩效(?:评价|自评)(?=得分|结果|综合|为|等级)|的绩效(?:评价|自评)|的(?:评价|自评)(?=[，,])|(?:预算资金|估算投资|概算投资|计划总投资|预算总投资)[为是]?(?=[0-9]))"
)
# 本次绩效评价的对象是农村道路安防项目
IS_ABOUT = re.compile(
    r"(?:评价|自评|监控)的?(?:对象|项目)(?:是|为)(?P<name>[^，,。；;：:、（）()《》“”0-9]{4,40}?项目)"
)
# Other projects are told of as parts, lists or comparisons.
ASIDE = re.compile("其中|包括|分别|以及|等项目|上年|去年|子项目|类项目|各项目|另")
DIVISIONS = re.compile(
    r"^(?:[^省市县区镇乡村]{1,5}?(?:自治区|自治州|省|市(?![场政民容])|县|区(?!域)|镇|乡(?!村)|街道|村(?![道级庄民])|社区))+"
)
GENERAL = frozenset(
    (
        "项目",
        "工程",
        "建设",
        "改造",
        "提升",
        "示范",
        "农村",
        "乡村",
        "新建",
        "年度",
        "绩效",
        "实施",
        "资金",
        "开展",
        "设项",
    )
)
# 实施项目为农贸市场清理改造; 实施农贸市场拆除新建项目
CALLED = (
    re.compile("项目(?:名称)?[为是](?P<name>[一-鿿]{4,30}?)(?:项目|工程)?(?=[，,。；;、（(]|$)"),
    re.compile("(?:实施|开展|建设)了?(?P<name>[一-鿿]{4,30}?)(?:项目|工程)(?=[，,。；;、（(]|$)"),
)
LEADING = re.compile(r"^(?:.*(?:开展了?|实施的?|承担的?|关于|完成了?|对|为))")


# What stands at the end of every project's name.
ENDING = re.compile("(?:建设|实施)?(?:项目|工程)(?:资金|经费)?$")
LEAST = 4  # characters of a name that is no common word
NAMED_IN = re.compile(r"项目(?:支出)?名称$")
HAN = re.compile("[一-鿿]+")
JOINED = re.compile("[和与及的]")


def check(subject: Subject) -> Iterator[Outcome]:
    """A report whose title names one project; then each project that has a table of its own."""
    yield from _other(subject)
    yield from _names(subject)
    yield from _mixed(subject)


def _mixed(subject: Subject) -> Iterator[Outcome]:
    """A cell of a project's own table that has the whole name of another, and not its own."""
    tables = subject.disclosure.report.tables
    names = {t.form.subject for t in tables if len(t.form.subject) >= LEAST}
    found = False
    for table in tables if len(names) > 1 else ():  # quick
        own = table.form.subject
        for cell in table.cells() if own else ():  # quick
            text = cell.text
            other = next((name for name in names if name in text), None)
            if other is None or own in text or other in own:
                continue
            if TOGETHER.search(text):
                continue
            found = True
            label = cell.address.rpartition(".")[2]
            words = {"own": own, "label": label, "printed": other}
            finding = Finding(MIXED, cell.at, words, address=cell.address, printed=other)
            yield Outcome(MIXED, finding=finding)
    if not found:
        yield Outcome(MIXED)


def _names(subject: Subject) -> Iterator[Outcome]:
    """菜地平整硬化 in the table, 菜地清理硬化 beside the same amount in a sentence."""
    projects: dict[str, list[TableData]] = {}
    for table in subject.disclosure.report.tables:
        if table.form.subject:
            projects.setdefault(table.form.subject, []).append(table)
    found = False
    for tables in projects.values():
        cells = [cell for table in tables for cell in table.cells()]
        named = next((c for c in cells if NAMED_IN.search(c.address)), None)
        if named is None:
            continue
        facts = [c.fact for c in cells if c.fact is not None and c.fact.figure.kind == "money"]
        core = ENDING.sub("", DIVISIONS.sub("", named.text))
        for finding in _called(subject, named, core, [f.figure for f in facts], len(projects) == 1):
            found = True
            yield Outcome(NAME, finding=finding)
    if not found:
        yield Outcome(NAME)


def _called(
    subject: Subject, named: Cell, core: str, amounts: list[Figure], only: bool
) -> Iterator[Finding]:
    """Each other name that begins and ends alike, in a sentence with an amount of the project.

    Where it is the `only` project, also what is called the project by half of its name.
    """
    first, last = core[:2], core[-2:]
    if not HAN.fullmatch(core):
        return
    like = re.compile(f"(?P<name>{first}[一-鿿]{{1,{len(core) - 2}}}?{last})")
    seen: set[str] = set()
    for passage in subject.told.lines:
        text = passage.text
        known = list(like.finditer(text)) if first in text else []  # quick
        if only and "项目" in text:  # quick
            known += [m for c in CALLED for m in c.finditer(text) if _half(m["name"], core)]
        for match in known:
            name = match["name"]
            if name in seen or JOINED.search(name) or _abridged(name, core):
                continue
            amount = _amount(passage, match.start(), amounts)
            if amount is None or amount.amount <= 0:
                continue
            seen.add(name)
            words = {"own": named.text, "printed": name, "amount": str(amount)}
            address = sentence_address(name, passage.anchor)
            yield Finding(
                NAME,
                passage.place(match.start("name")),
                words,
                (named.at,),
                address,
                name,
                named.text,
                length=len(name),
            )


def _amount(passage: Passage, at: int, amounts: list[Figure]) -> Figure | None:
    """The amount of the project that the sentence has."""
    low, high = passage.sentence(at)
    for said in passage.figures:
        figure = said.figure if low <= said.start < high else None
        if figure is not None:
            for one in amounts:
                if (figure.amount, figure.unit) == (one.amount, one.unit):
                    return figure
    return None


def _half(name: str, core: str) -> bool:
    """Has it half of the other's pairs of characters, and two characters that the other has not?"""
    pairs = {core[n : n + 2] for n in range(len(core) - 1)}
    held = sum(pair in name for pair in pairs)
    return held * 5 >= len(pairs) * 2 and len(set(name) - set(core)) > 1


def _abridged(name: str, other: str) -> bool:
    """Are they the same, or one the other with characters left out?"""
    short, long = sorted((name, other), key=len)
    rest = iter(long)
    return all(c in rest for c in short)


def _other(subject: Subject) -> Iterator[Outcome]:
    disclosure = subject.disclosure
    title = disclosure.report.heading.title
    match = TITLE.search(title)
    if match is None or re.search("[、和及与]|整体支出", match["name"]):
        yield Outcome(RULE, reason=Words("报告名称不是一个项目的", "the title names no project"))
        return
    own = _pairs(YEAR.sub("", match["name"]))
    if not own:
        yield Outcome(RULE, reason=Words("项目名称太笼统", "the project's name is too general"))
        return
    found = False
    seen: set[str] = set()
    for passage in subject.told.lines:
        text = passage.text
        both = (NAMED, IS_ABOUT) if "项目" in text else ()  # quick
        for named in (match for one in both for match in one.finditer(text)):
            start = passage.sentence(named.start())[0]
            name = LEADING.sub("", named["name"])
            theirs = _pairs(name)
            least = 2 if named["name"].startswith(("通过对", "经对")) else 3
            told = len(theirs) >= least and name not in seen
            if ASIDE.search(passage.text, start, named.end()) or not told:
                continue
            if own & theirs:
                continue
            seen.add(name)
            found = True
            at = named.start() + len(named["name"]) - len(name)
            words = {"own": match["name"], "printed": name}
            address = sentence_address(name, passage.anchor)
            finding = Finding(RULE, passage.place(at), words, (), address, name, length=len(name))
            yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)


def _pairs(name: str) -> set[str]:
    """What a name says, two characters at a time, without places and what every project is called."""
    plain = DIVISIONS.sub("", name).replace("的", "·")
    pairs = {plain[n : n + 2] for n in range(len(plain) - 1)}
    return {pair for pair in pairs - GENERAL if re.fullmatch("[一-鿿]{2}", pair)}
