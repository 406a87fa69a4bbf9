"""预算以内: a claim that spending kept within its budget, against the budget that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.relations import in_unit
from site_builder.report import Fact
from site_builder.rules.claimed import DOUBTFUL, NO_FIGURES, RULE, Claim, claims, found, once_each
from site_builder.rules.outcome import Outcome, Subject
from site_builder.told import is_told

_WHICH = r"(?P<{}>年初|全年|调整后?的?|追加后的?)?(?:年度|批复|核定|安排)?的?"
WITHIN = re.compile(
    r"(?:(?:控制|保持|压缩|把握|处)?在"
    + _WHICH.format("a")
    + r"预算(?:总额|数|安排|额度|指标|金额|控制数)?的?"
    r"(?:范围|额度|限额|总额)?(?:以内|之内|内(?!容|部)))"
    r"|(?:(?:未|没有|没|无|并未)(?:出现)?(?:突破|超过|超出|超支|超)了?"
    + _WHICH.format("b")
    + "预算)"
    r"|(?:(?:不超过|未超过|小于|低于|少于|[＜<≤])(?:或等于)?" + _WHICH.format("c") + "预算)"
)
BUDGET = re.compile("预算")
# What every claim of WITHIN holds; a quick no.
MAY_BE_WITHIN = re.compile("[内突超＜<≤]|于(?<=[小低少]于)")
# The budgets that a claim is held against, by what the sentence calls them; else 全年预算.
WANTED: dict[str | None, tuple[str, ...]] = {
    None: ("年初预算", "全年预算"),
    "年初": ("年初预算",),
}
BUDGET_WORD = {"年初预算": "预算", "全年预算": "全年预算"}


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim whose subject is clear, once for each subject."""
    yield from once_each(_outcomes(subject))


def _outcomes(subject: Subject) -> Iterator[tuple[Outcome, str]]:
    told = subject.told
    for passage in told.holding(BUDGET):
        text = passage.text
        if not MAY_BE_WITHIN.search(text):  # quick
            continue
        if not is_told(passage):
            continue
        for match in WITHIN.finditer(text):
            if text[match.end() : match.end() + 1] == "的":
                continue  # 不超过预算的要求: what is spoken of, not what is claimed
            which = match["a"] or match["b"] or match["c"]
            for claim in claims(told, passage, match):
                yield _within(subject, claim, which), "within"


def _within(subject: Subject, claim: Claim, which: str | None) -> Outcome:
    """决算 against each published budget of what the sentence names."""
    told, year = subject.told, subject.disclosure.key.year
    passed: list[str] = []
    for name in claim.names:
        facts = [f for f in told.facts[name] if f.year == year]
        wanted = WANTED.get(which, ("全年预算",))
        spent = [f for f in facts if f.basis == "决算"][:1]
        budgets = [(now, f) for now in spent for f in facts if f.basis in wanted]
        if not budgets:
            outcome = _parts_within(subject, claim, name) if which is None else None
            if outcome is not None:
                return outcome
            continue
        over = [(b, n, by) for n, b in budgets if (by := _excess(n, b)) is not None]
        if len(over) < len(budgets):
            passed += [f.address for pair in budgets for f in pair]
            continue
        # The adjusted budget where it is no smaller: it accounts for what came in the year.
        most, now, by = max(
            over, key=lambda one: (one[0].figure.amount, one[0].basis == "全年预算")
        )
        gap = _gap(now, most, by)
        # A budget that the form calls 年初 may have been adjusted since.
        initial = which is None and most.basis == "年初预算" and "年初" in most.column + most.row
        facts_zh = f"“{name}”决算{now.figure}，{BUDGET_WORD[most.basis]}{most.figure}，超出{gap}"
        facts_en = f"“{name}” was {now.figure} against a budget of {most.figure}, {gap} over"
        guards = (now.address, most.address)
        rule = DOUBTFUL if initial else RULE
        return found(rule, claim, name, facts_zh, facts_en, (most, now), guards)
    if passed:
        return Outcome(RULE, tuple(dict.fromkeys(passed)))
    return Outcome(RULE, reason=NO_FIGURES)


def _parts_within(subject: Subject, claim: Claim, name: str) -> Outcome | None:
    """No budget of the whole is published; those of its parts that are, were exceeded."""
    concept = subject.library.concepts.get(subject.told.facts[name][0].concept)
    report = subject.disclosure.report
    for part in concept.parts if concept else ():
        budget = report.fact_of(part, "全年预算") or report.fact_of(part, "年初预算")
        spent = report.fact_of(part, "决算")
        if spent is None or budget is None or budget.figure.amount == 0:
            continue
        by = _excess(spent, budget)
        if by is None:
            continue
        gap = _gap(spent, budget, by)
        facts_zh = (
            f"没有公布“{name}”的预算数；其中“{part}”决算{spent.figure}，"
            f"预算{budget.figure}，超出{gap}"
        )
        facts_en = (
            f"no budget of “{name}” is published; its part “{part}” was {spent.figure} against "
            f"{budget.figure}, {gap} over"
        )
        guards = (spent.address, budget.address)
        return found(DOUBTFUL, claim, name, facts_zh, facts_en, (budget, spent), guards)
    return None


def _gap(spent: Fact, budget: Fact, by: Decimal) -> str:
    """An excess for people to read."""
    decimals = max(spent.figure.decimals, budget.figure.decimals)
    return f"{shown(by, decimals)}{budget.figure.unit}"


def _excess(spent: Fact, budget: Fact) -> Decimal | None:
    """By how much spending exceeds a budget, in its unit; None where it may not, or in no unit."""
    here = in_unit(spent.figure, budget.figure.unit)
    if here is None or here[1].low <= budget.figure.interval().high:
        return None
    return here[0] - budget.figure.amount
