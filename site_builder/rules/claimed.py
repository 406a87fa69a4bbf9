"""What a sentence claims (控制在预算以内, 较上年下降): of which figures, where, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome
from site_builder.rules.regulations import APPROVED_BUDGET
from site_builder.sentences import Passage
from site_builder.told import LEADING, Told

RULE = Rule(
    "claim-contradicted",
    "error",
    Words("文字说法与数字不符", "A claim that the figures contradict"),
    Words(
        "文字说“{claim}”，但{facts}",
        "the text says “{claim}”, but {facts_en}",
    ),
    Words(
        "请核对这句话和所依据的数字；原件如此的，保留原文并在“认可”中说明",
        "check the sentence and the figures it rests on; if both are printed so, explain it",
    ),
    Words(
        "“控制在预算以内”“较上年下降”“小于100%”都能用同一份报告公布的数字核对。",
        "“Within budget”, “less than last year”, “below 100 %” can be checked against the report.",
    ),
    APPROVED_BUDGET,
)
DOUBTFUL = Rule(
    "claim-doubtful",
    "warning",
    Words("文字说法得不到数字支持", "A claim that the figures do not bear out"),
    Words(
        "文字说“{claim}”，{facts}",
        "the text says “{claim}”; {facts_en}",
    ),
    Words(
        "请补充这个说法所依据的预算数或调整数，或者改写这句话；原件如此的在“认可”中说明",
        "give the figures that the claim rests on, or reword it; explain it if it is printed so",
    ),
    Words(
        "没有公布所依据的数字，读者无法核对；已公布的数字又指向相反。",
        "The figures behind the claim are not published, and those that are point the other way.",
    ),
)

# What a sentence calls all that was spent.
ALL_SPENT = re.compile(
    "(?:全年|本年度?|当年|单位|部门)*(?:执行数|支出执行数|总支出|支出总额|支出总数|全年支出|实际支出|实际总支出|整体支出|各项支出|支出)$"
)
WISH = re.compile(
    r"要求|应当|应该|必须|确保|力争|努力|计划|下一步|不得|严禁|杜绝|目标|从严|拟|将(?!近)|预计|争取|今后|"
    r"如果|若|需要|以防|防止|避免|原则|标准"
)
ALSO = re.compile(r"[ 　均都也并且本年]")
# 三公经费控制较好，决算低于预算: of what the clause before begins with.
ITS_AMOUNT = re.compile(
    "(?:全年|本年|当年)?(?:实际)?(?:决算|支出|开支|执行|使用)?(?:总额|金额|数)?"
)
HANDLED = re.compile(
    "(?:支出|开支|使用)?(?:得到|实现|保持|严格|从严|有效|明显|大幅|持续|继续|进一步|总体|全年)*"
    "(?:控制|管控|管理|压缩|压减|压降|规范|平稳|下降|节约|厉行|精打细算)[^，,。；;、0-9率]{0,8}[，,]"
)
BESIDE = re.compile(
    "(?:为|占|是|完成|达到?)(?:全年|年初|调整)?预算(?:数|总额)?(?:[0-9.]+万元)?的|(?:预算)?(?:执行|完成)率|"
    "(?:较|比|与)(?:全年|年初|调整)?预算(?:数|安排)?[^，,。；;]{0,12}(?:少|多|节约|节省|减少|下降|压减|增加|持平|结余)"
)
NO_FIGURES = Words("没有公布可以核对的数", "no figures to check it against")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence claims: of which names, where, in which words."""

    names: tuple[str, ...]
    passage: Passage
    start: int
    words: str

    @property
    def at(self) -> Place:
        return self.passage.place(self.start)

    @property
    def address(self) -> str:
        if self.passage.address:
            return self.passage.address
        return sentence_address(self.words, "与".join(self.names))


def once_each(outcomes: Iterable[tuple[Outcome, str]]) -> Iterator[Outcome]:
    """Each claim once for each subject and kind; one made again is one finding, with both places."""
    told: dict[tuple[str, str, str], list[tuple[Outcome, Finding]]] = {}
    for outcome, kind in outcomes:
        finding = outcome.finding
        if finding is None:
            yield outcome
            continue
        key = (outcome.rule.id, kind, finding.words["concept"])
        told.setdefault(key, []).append((outcome, finding))
    for (outcome, finding), *again in told.values():
        others = (*finding.others, *[other.at for _, other in again])
        yield replace(outcome, finding=replace(finding, others=others))


def claims(told: Told, passage: Passage, match: re.Match[str]) -> Iterator[Claim]:
    """The claim with its subject: named right before it, or alone in the clause before."""
    start, _ = passage.clause(match.start())
    before = passage.text[start : match.start()]
    if WISH.search(before):
        return
    words = passage.text[start : match.end()].strip(" 　、")
    names = told.all_named(before)
    if not names and ITS_AMOUNT.fullmatch(before.strip()):
        names = _handled_before(told, passage, start)
    if not names and ALL_SPENT.fullmatch(before.strip()):
        names = _all_that_was_spent(told)
    if not names and not ALSO.sub("", before):
        names = _subject_before(told, passage, start)
    if names:  # quick
        yield Claim(names, passage, match.start(), words)


def _handled_before(told: Told, passage: Passage, start: int) -> tuple[str, ...]:
    """What the clause before begins with, when it says of it alone that it was controlled."""
    low = passage.opening(start - 1)
    handled = HANDLED.search(passage.text, low, start)
    return () if handled is None else told.all_named(passage.text[low : handled.start()])


def _all_that_was_spent(told: Told) -> tuple[str, ...]:
    """The names under which the report prints its spending as a whole."""
    return tuple(n for n in ("支出合计", "年度资金总额") if n in told.facts)


def _subject_before(told: Told, passage: Passage, start: int) -> tuple[str, ...]:
    """What the clause before tells the amount of, when it tells of one thing only."""
    if start == passage.sentence(start)[0]:
        return ()
    begin = passage.opening(start - 1)
    # “三公”经费10.30万元，为预算的91.15%，比上年…: what stands between is told of it, too.
    while BESIDE.match(passage.text, begin, start) and begin > passage.sentence(start)[0]:
        start, begin = begin, passage.opening(begin - 1)
    figures = [s for s in passage.figures if begin <= s.start < start]
    if len(figures) != 1:
        return ()
    before = passage.text[begin : figures[0].start]
    named = told.clearly_named(before)
    if named is None and ALL_SPENT.fullmatch(
        LEADING.sub("", before.replace(" ", ""), count=1).rstrip("为共计达")
    ):
        names = _all_that_was_spent(told)
        spent = figures[0].figure
        # “三公”经费从严管理，全年支出9.84万元，比上年…: of what the sentence began with
        if any(spent is None or spent.agrees_with(f.figure) for n in names for f in told.facts[n]):
            return names
    opening = passage.sentence(start)[0]
    mark = passage.text.find("其中", opening, start)
    if any(opening <= said.start < mark for said in passage.figures):
        return ()  # “三公”经费…，其中公务接待费…，比上年下降…: of the one or the other
    return (named.name,) if named else ()


def found(
    rule: Rule,
    claim: Claim,
    name: str,
    facts_zh: str,
    facts_en: str,
    facts: tuple[Fact, ...],
    guards: tuple[str, ...],
) -> Outcome:
    words = {"claim": claim.words, "facts": facts_zh, "facts_en": facts_en, "concept": name}
    others = tuple(f.at for f in facts)
    finding = Finding(rule, claim.at, words, others, claim.address, claim.words, facts_zh)
    return Outcome(rule, guards, finding)
