"""预算以内: a claim that spending kept within its budget, against the budget that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.relations import in_unit
from site_builder.report import Fact
from site_builder.rules.claimed import (
    DOUBTFUL,
    NO_FIGURES,
    RULE,
    Claim,
    claims,
    found,
    once_each,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import LEADING, is_told

_WHICH = r"(?P<{}>年初|全年|调整后?的?|追加后的?)?(?:年度|批复|核定|安排)?的?"
WITHIN = re.compile(
    r"(?:(?:控制|保持|压缩|把握|处)?在"
    + _WHICH.format("a")
    + r"预算(?:总额|数|安排|额度|指标|金额|控制数)?的?"
    r"(?:范围|额度|限额|总额)?(?:以内|之内|内(?!容|部)))"
    r"|(?:(?:未|没有|没|无|并未|不)(?:出现)?(?:突破|超过|超出|超支|超)了?"
    + _WHICH.format("b")
    + "预算)"
    r"|(?:(?:[不未]高于|[不未]大于|[不未]多于|小于|低于|少于|[＜<≤])(?:或等于)?"
    + _WHICH.format("c")
    + "预算)"
    r"|(?:[较比与同](?:当|本)?"
    + _WHICH.format("d")
    + r"预算(?:总额|数|安排|金额)?(?:相比)?[，,]?(?:略有?|有所|均|都|也|明显|大幅)*"
    r"(?:节约|节省|节余|减少|下降|降低|压减|压缩|少支|少(?=[，,。；;]|$)))"
)
BUDGET = re.compile("预算")
# What every claim of WITHIN holds; a quick no.
MAY_BE_WITHIN = re.compile(
    "[内突超＜<≤]|于(?<=[小低少高大多]于)|[较比与同](?=[^，,。；;0-9]{0,8}预算)"
)
ADVERBS = "(?:[均都也]|全部|严格|全面|有效|基本|得到|做到)*"
BOTH = re.compile(f"(?:以上|上述|这|前)?(?P<n>[两三四])项(?:费用|经费|支出|开支)*{ADVERBS}")
EVERY = re.compile(
    f"(?P<of>[^，,。；;]{{0,12}}?)各(?:(?P<parts>分项|单项|子项|明细|细项|组成部分)|[项类])(?P<what>(?:费用|经费|支出|开支|资金)*){ADVERBS}"
)
NUMBERED = re.compile("^[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]+")
NORM = re.compile("要求|原则|目标|纪律|底线|红线|坚持|必须|严守|规定")
AHEAD = re.compile("下一步|今后|下年|明年|次年|要求|确保")
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
            if match[0][0] == "不" and NORM.search(text, *passage.sentence(match.start())):
                continue  # 公用经费不超预算是基本要求
            which = match["a"] or match["b"] or match["c"] or match["d"]
            made = list(claims(told, passage, match)) or list(_both(subject, passage, match))
            judged = [_within(subject, claim, which) for claim in made]
            yield from ((outcome, "within") for outcome in judged)
            if all(outcome.finding is None for outcome in judged):
                yield from ((o, "each") for o in _each(subject, passage, match, which))


def _both(subject: Subject, passage: Passage, match: re.Match[str]) -> Iterator[Claim]:
    """公务接待费…，公务用车运行维护费…，两项费用均未突破年初预算: of the two told before."""
    low = passage.opening(match.start())
    counted = BOTH.fullmatch(passage.text, low, match.start())
    if counted is None:
        return
    count = "两三四".index(counted["n"]) + 2
    told = [
        named.name
        for said in passage.figures
        if said.end < low and said.figure is not None and said.figure.kind == "money"
        if (named := subject.told.clearly_named(passage.label(said))) is not None
    ]
    names = tuple(dict.fromkeys(told[-count:]))
    if len(names) == count:
        words = passage.text[low : match.end()].strip()
        yield Claim(names, passage, match.start(), words)


def _each(
    subject: Subject, passage: Passage, match: re.Match[str], which: str | None
) -> Iterator[Outcome]:
    """各项支出均控制在年初预算以内: every row that has a budget and what was spent."""
    low = passage.opening(match.start())
    before = passage.text[low : match.start()]
    every = EVERY.fullmatch(before)
    start = passage.sentence(match.start())[0]
    if every is None or AHEAD.search(passage.text, start, low):
        return
    report, year = subject.disclosure.report, subject.disclosure.key.year
    parts: set[str] = set()
    of = LEADING.sub("", every["of"], count=1)
    if of or every["parts"]:
        parts = _parts_of(subject, of or NUMBERED.sub("", passage.section.rpartition(" · ")[2]))
        if not parts:
            return
    elif not every["what"]:
        return  # 各项均未超预算: of what?
    claim = Claim(("各项支出",), passage, match.start(), passage.text[low : match.end()].strip())
    for table in report.tables:
        for line in table.lines:
            facts = [c.fact for c in line.cells if c.fact is not None and c.fact.year == year]
            facts = [f for f in facts if not parts or f.concept in parts]
            spent = next((f for f in facts if f.basis == "决算"), None)
            wanted = WANTED.get(which, ("全年预算",))
            budgets = [f for f in facts if f.basis in wanted]
            if spent is None or not budgets:
                continue
            budget = max(budgets, key=lambda f: f.figure.amount)
            by = _excess(spent, budget)
            if by is None or not budget.figure.amount:
                yield Outcome(RULE, (spent.address, budget.address))
                continue
            gap, name = _gap(spent, budget, by), spent.row
            word = BUDGET_WORD[budget.basis]
            facts_zh = f"“{name}”决算{spent.figure}，{word}{budget.figure}，超出{gap}"
            facts_en = (
                f"“{name}” was {spent.figure} against a budget of {budget.figure}, {gap} over"
            )
            rule = DOUBTFUL if which is None and budget.basis == "年初预算" else RULE
            guards = (spent.address, budget.address)
            yield found(rule, claim, "各项支出", facts_zh, facts_en, (budget, spent), guards)
            return


def _parts_of(subject: Subject, whole: str) -> set[str]:
    """The concepts that make up what is named, and those that make up these."""
    named = subject.told.clearly_named(whole)
    if named is None:
        return set()
    concepts = subject.library.concepts
    found = {subject.told.facts[named.name][0].concept}
    parts: set[str] = set()
    while found := {part for one in found if one in concepts for part in concepts[one].parts}:
        parts |= found
    return parts


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
