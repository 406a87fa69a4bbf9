"""人数对不上: staff by class against the whole, and more staff than posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact, Report, TableData
from site_builder.rules.outcome import Outcome, Subject

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
    "财预〔2013〕53号（条文待核）",
)
_PEOPLE = ("人", "名", "位")
_LEADING = re.compile(r"^(?:其中[：:]?|[0-9一二三四五六七八九十]+[、.．])|[（(].*$|\s")
_POSTS = re.compile("编制")
_STAFF = re.compile("实有|在职|在岗|在编人")


def check(subject: Subject) -> Iterator[Outcome]:
    """Posts by class, the retired, and staff against posts, where the form does not tie them."""
    report = subject.disclosure.report
    tied = {c.result.address for c in subject.cases if c.kind in ("合计", "其中")}
    found = list(_posts(report, tied))
    for table in report.tables:
        if not table.form.subject:
            found += _retired(table, tied)
    found += _over(report)
    yield from found
    for rule in (RULE, OVER):
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
