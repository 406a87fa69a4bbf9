"""大起大落没有说明: a core figure far from last year's or from its budget, and no word of why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from site_builder.figure import KIND, ONE, Figure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.prose import LINK
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import APPROVED_BUDGET

_REMEDY = Words(
    "请核对这两个数；没有抄错的，请在正文写明变动的主要原因，或在“认可”中说明",
    "check both figures; if they are right, give the main reason in the text or explain it",
)
RULE = Rule(
    "unexplained-jump",
    "warning",
    Words("与上年相差很大而没有说明", "Far from last year without a reason"),
    Words(
        "“{concept}”上年{before}，本年{printed}，{change}，全文没有说明原因",
        "“{concept}” was {before} last year and is {printed}, {change_en}; the text gives no reason",
    ),
    _REMEDY,
    Words(
        "读者最先问的就是“为什么多了这么多”；大的变动要么有原因，要么抄错了。",
        "A great change has a reason or is a slip: readers ask for the one or find the other.",
    ),
)
BUDGET = Rule(
    "far-from-budget",
    "warning",
    Words("与预算相差很大而没有说明", "Far from its budget without a reason"),
    Words(
        "“{concept}”预算{before}，决算{printed}，{change}，全文没有说明原因",
        "“{concept}” had a budget of {before} and is {printed}, {change_en}; the text gives no reason",
    ),
    _REMEDY,
    Words(
        "决算远离预算，说明预算没有编实或支出没有按预算执行，应当说明追加、调整的来由。",
        "Spending far from its budget means a poor budget or poor execution: it needs a reason.",
    ),
    APPROVED_BUDGET,
)

# By how many per cent a figure may change without a word, where its profile (跳变) says nothing.
MONEY = Decimal(50)
PEOPLE = Decimal(20)
SHARE = Context(prec=28)
# Changes too small to ask about, whatever share they are.
LEAST = {"money": Decimal(10_000), "people": Decimal(3)}
# Concepts that are watched, each after the one that explains it: a total before its parts.
WATCHED: dict[str, str] = {
    "支出合计": "",
    "收入合计": "支出合计",
    "基本支出": "支出合计",
    "项目支出": "支出合计",
    "公用经费": "基本支出",
    "三公经费": "",
    "在职人数": "",
    "政府采购金额": "",
}
# A reason for a change: a paragraph that says both. “主要是” alone may only say what it was spent on.
REASON = re.compile(
    "由于|因为|原因|缘于|源于|主要是|主要系|主要为|所致|导致|理由|受[^，。；]{1,20}影响|"
    "追加(?:了|安排|下达)?[^，。；0-9]{2,16}(?:资金|专项|经费|项目)|"
    "因(?!公|此|地制宜|素|而异|人|私)[^，。；]{2,}"
)
CHANGE = re.compile(
    "增加|增长|增幅|增支|追加|减少|减支|下降|降低|降幅|上升|提高|超出|超过|超支|压缩|压减|调整|调增|调减|"
    "变化|变动|差异|差额|高于|低于|多于|少于|大于|小于|相差|持平|新增|结转"
)
_ALONE = Words("没有上年数和预算数可比", "no figure of last year, no budget to compare with")
QUOTES = str.maketrans("", "", "“”\"'‘’ ")


class _Reasons(NamedTuple):
    """What gives a reason for a change: lines of the narrative with the targets of their links,
    cells with words, and the concepts of tables with a blank for reasons that was filled in.
    """

    lines: tuple[tuple[str, frozenset[str]], ...]
    cells: tuple[str, ...]
    beside: frozenset[str]


def check(subject: Subject) -> Iterator[Outcome]:
    """Each watched concept against last year, else against its budget; one finding at most."""
    disclosure = subject.disclosure
    report = disclosure.report
    limits = disclosure.profile.jumps if disclosure.profile else {}
    before = subject.library.of_year(*disclosure.key[:2], disclosure.key.year - 1)
    told: set[str] = set()
    compared = False
    reasons = cache(lambda: _reasons(subject))
    for concept, whole in {**WATCHED, **{c: "" for c in limits if c not in WATCHED}}.items():
        now = report.fact_of(concept, "决算") or report.fact_of(concept, "年末")
        if now is None:
            continue
        limit = limits.get(concept, PEOPLE if now.figure.kind == "people" else MONEY)
        for rule, base in (
            (RULE, _last_year(report, before.report if before else None, now)),
            (BUDGET, _budget(report, now)),
        ):
            if base is None or concept in told:
                continue
            compared = True
            change = _change(base.figure, now.figure, limit)
            if change is None or whole in told or _explained(subject, reasons(), concept, whole):
                yield Outcome(rule)
                continue
            told.add(concept)
            yield Outcome(rule, (), _finding(rule, base, now, change))
        if whole in told:
            told.add(concept)
    if not compared:
        yield Outcome(RULE, reason=_ALONE)


def _last_year(report: Report, before: Report | None, now: Fact) -> Fact | None:
    """Last year's figure as this report prints it, else as last year's report did."""
    printed = report.fact_of(now.concept, "上年决算")
    if printed is not None and printed.year == report.key.year - 1:
        return printed
    return before.fact_of(now.concept, now.basis) if before is not None else None


def _budget(report: Report, now: Fact) -> Fact | None:
    """The adjusted budget where the form prints one: it accounts for what came in the year."""
    return report.fact_of(now.concept, "全年预算") or report.fact_of(now.concept, "年初预算")


def _change(base: Figure, now: Figure, limit: Decimal) -> Words | None:
    """By how much `now` is more or less than `base`; None when within the limit or trifling."""
    factor = now.factor_to(base.unit)
    if factor is None or now.about or base.about:
        return None
    gap = now.amount * factor - base.amount
    _, ratio = KIND.get(base.unit, ("", ONE))
    if abs(gap) * ratio < LEAST.get(base.kind, 0):
        return None
    if base.amount == 0:
        return Words("从无到有", "from nothing to something")
    share = SHARE.divide(gap, base.amount) * 100
    if abs(share) <= limit:
        return None
    percent = f"{shown(abs(share), 1)}%"
    if gap > 0:
        return Words(f"多了{percent}", f"{percent} more")
    return Words(f"少了{percent}", f"{percent} less")


def _reasons(subject: Subject) -> _Reasons:
    """All that gives a reason for a change, in the narrative and in the cells with words."""
    lines = []
    for section in subject.disclosure.narrative.sections:
        if REASON.search(section.markdown):  # quick
            for line in section.markdown.split("\n"):
                if REASON.search(line) and CHANGE.search(line):
                    targets = frozenset(match[2][1:] for match in LINK.finditer(line))
                    lines.append((line.translate(QUOTES), targets))
    cells = [
        cell.text.translate(QUOTES)
        for cell in subject.told.cells
        if REASON.search(cell.text) and CHANGE.search(cell.text)
    ]
    reasoned = {c.address.partition(".")[0] for c in subject.told.cells if "原因" in c.address}
    beside: set[str] = set()
    for table in subject.disclosure.report.tables:
        if table.form.address in reasoned:
            beside.update([cell.concept for cell in table.cells() if cell.concept])
    return _Reasons(tuple(lines), tuple(cells), frozenset(beside))


def _explained(subject: Subject, reasons: _Reasons, concept: str, whole: str) -> bool:
    """Does a paragraph that speaks of the concept, or of its whole, give any reason?"""
    names: set[str] = set()
    if "支出合计" in (concept, whole):
        names.update(("支出增加", "支出减少", "支出增长", "支出下降"))
    parts = [part for part, of in WATCHED.items() if of == concept]
    for name in filter(None, (concept, whole, *parts)):
        known = subject.library.concepts.get(name)
        names |= {n.translate(QUOTES) for n in (name, *(known.aliases if known else ()))}
    meant = {name for name in (concept, whole, *parts) if name}
    spoken = {
        link.target
        for link, cell in subject.disclosure.links
        if cell is not None and cell.concept in meant
    }
    return (
        concept in reasons.beside
        or whole in reasons.beside
        or any(name in plain for plain in reasons.cells for name in names)
        or any(
            not spoken.isdisjoint(targets) or any(name in plain for name in names)
            for plain, targets in reasons.lines
        )
    )


def _finding(rule: Rule, base: Fact, now: Fact, change: Words) -> Finding:
    words = {
        "concept": now.concept,
        "before": str(base.figure),
        "printed": str(now.figure),
        "change": change.zh,
        "change_en": change.en,
    }
    return Finding(
        rule,
        now.at,
        words,
        (base.at,),
        now.address,
        now.figure.text,
        base.figure.text,
        formula=f"{now.figure} − {base.figure}",
    )
