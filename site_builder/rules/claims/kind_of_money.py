"""名称与资金性质不符: under a heading or name of one kind of money, a total that holds other kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "kind-of-money",
    "warning",
    Words(
        "说的是一种资金，数却是全部资金",
        "One kind of money by its name, and all of it by the figure",
    ),
    Words(
        "{what}是“{heading}”，写的{printed}却是全部支出，其中“{other}”{amount}不属于{kind}",
        "{what_en} “{heading}” stands {printed}, all that was spent; {amount} of it is “{other}”",
    ),
    Words(
        "请写{kind}自己的数，或者改{what}；原件如此的，保留原文并在“认可”中说明",
        "give the figure of that kind, or mend its name; if it is printed so, explain it",
    ),
    Words(
        "一般公共预算、政府性基金等分账核算、分开公开，合计数不能放在其中一种的名下。",
        "The budgets are kept and published apart; their sum belongs under none of them.",
    ),
    "预算法第五条（一般公共预算、政府性基金预算等应当保持完整、独立）",
)
GENERAL = re.compile(r"一般公共预算")
# 一般公共预算财政拨款支出2250.80万元
NAMED = re.compile(
    "一般公共预算(?:财政)?(?:拨款)?(?:总?支出)(?:决算)?(?:总额|合计|总计)?(?:为|共计?|合计)?$"
)
JOINED = re.compile("[和与及、+加](?:[^，,。；;]{0,6})$")  # 政府性基金和一般公共预算
OTHERS = ("政府性基金预算拨款", "政府性基金支出", "国有资本经营预算支出")
WHOLES = ("支出合计", "年度资金总额")


def check(subject: Subject) -> Iterator[Outcome]:
    """The first figure in a section on the general budget that equals the whole of all kinds."""
    report = subject.disclosure.report
    other = _other(report)
    if other is None:
        yield Outcome(RULE, reason=Words("没有别种资金", "no money of another kind"))
        return
    wholes = [f for c in WHOLES for f in report.facts_of(c, "决算") if f.year == report.key.year]
    own = [f for f in report.facts_of("一般公共预算拨款", "决算") if f.year == report.key.year]
    for passage in subject.told.lines:
        under = GENERAL.search(passage.section) is not None
        if not (under or GENERAL.search(passage.text)):
            continue
        for said in passage.figures:
            figure = said.figure
            named = NAMED.search(passage.text, 0, said.start)
            if named is not None and JOINED.search(passage.text, 0, named.start()):
                named = None
            if figure is None or not (under or named):
                continue
            whole = next((f for f in wholes if f.figure.agrees_with(figure)), None)
            if whole is None or any(f.figure.agrees_with(figure) for f in own):
                continue
            if not _within(figure, other.figure):
                continue
            yield _finding(passage, said, whole, other, named if not under else None)
            return
    yield Outcome(RULE)


def _other(report: Report) -> Fact | None:
    """A printed amount of another kind of money that is not zero."""
    for concept in OTHERS:
        for fact in report.facts_of(concept, "决算"):
            if fact.year == report.key.year and fact.figure.amount > 0:
                return fact
    return None


def _within(whole: Figure, other: Figure) -> bool:
    factor = other.factor_to(whole.unit)
    return factor is not None and other.amount * factor < whole.amount


def _finding(
    passage: Passage, said: Said, whole: Fact, other: Fact, named: re.Match[str] | None
) -> Outcome:
    if named is not None:
        heading, what, what_en = named[0], "名称", "after"
    else:
        heading = next(t for t in reversed(passage.section.split(" · ")) if GENERAL.search(t))
        what, what_en = "标题", "under"
    words = {
        "what": what,
        "what_en": what_en,
        "heading": heading,
        "printed": said.text,
        "other": other.row,
        "amount": str(other.figure),
        "kind": "一般公共预算",
    }
    finding = Finding(
        RULE,
        passage.place(said.start),
        words,
        (whole.at, other.at),
        sentence_address(said.text, heading),
        said.text,
        length=len(said.text),
    )
    return Outcome(RULE, (), finding)
