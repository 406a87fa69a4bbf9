"""扣分与得分对不上: points taken by the words of a row, and not, or not so many, by its score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "deduction-differs",
    "warning",
    Words("写的扣分与得分对不上", "Points taken by the words and not by the score"),
    Words(
        "“{label}”分值{weight}分、得{score}分，相差{recomputed}分，说明写的却是“{printed}”",
        "“{label}” scores {score} of {weight}, a difference of {recomputed}; its words say “{printed}”",
    ),
    Words(
        "请核对得分和扣分，改正写错的一处",
        "see which is wrong, the score or what was taken",
    ),
    Words(
        "扣了几分，分值减得分就知道。",
        "What was taken is the weight less the score.",
    ),
    yields_to=("score-exceeds-weight", "score-despite-failure"),
)
TAKEN = re.compile(
    "(?:共|合计|故|因此|予以|自评|综合|各|再|均)*扣(?:减|除|了|掉|去|分)*(?P<n>[0-9]+(?:\\.[0-9]+)?)分(?!以|[/／每])|(?<!损)失分?(?P<m>[0-9]+(?:\\.[0-9]+)?)分"
)
# A rule of scoring, something considered, another year's, or so many for each.
NO_FACT = re.compile(
    "每|[未不没]扣|不予扣|应扣|可扣|拟扣|将扣|酌情(?!扣分?[0-9])|扣完|扣至|扣到|按比例|上年|去年|标准|细则|否则|最多|最高|如[未有果不]|低于(?!(?:目标|指标|计划)值?[0-9])|超过|少于|的[，,]?扣|得满分|不得分|各扣|均扣|整改后|加分|加[0-9]|考核扣|县[里级]?扣|被扣|通报"
)
PRESCRIBES = re.compile("标准|细则|办法|解释|依据|规则|指标值|目标|计分|内容")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of every indicator table that says how many points were taken."""
    compared = False
    text = subject.wording.text
    if "扣" in text or "失" in text:  # quick
        for _, lines in subject.indicators:
            for line in lines:
                for outcome in _line(line):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有写扣几分", "no points are said to be taken"))


def _line(line: IndicatorLine) -> Iterator[Outcome]:
    weight, score = line.weight, line.score
    if weight is None or score is None or weight.fact is None or score.fact is None:
        return
    short = weight.fact.figure.amount - score.fact.figure.amount
    cells = (line.reason, *line.notes, line.result)
    for cell in (cell for cell in cells if cell is not None):
        if PRESCRIBES.search(cell.address.rpartition(".")[2]):
            continue
        taken = _taken(cell)
        if not taken:
            continue
        amounts = [Decimal(match["n"] or match["m"]) for match in taken]
        if short in (sum(amounts), *amounts):  # 共扣1分，其中甲扣0.6分、乙扣0.4分
            yield Outcome(RULE, (score.address,))
            return
        printed = "、".join(match[0] for match in taken)
        words = {
            "label": line.label,
            "weight": weight.text,
            "score": score.text,
            "recomputed": f"{short:f}",
            "printed": printed,
        }
        at, others = cell.at, (weight.at, score.at)
        finding = Finding(RULE, at, words, others, cell.address, printed, f"{short:f}")
        yield Outcome(RULE, finding=finding)
        return


def _taken(cell: Cell) -> list[re.Match[str]]:
    """The points that a cell says were taken; none where it tells how points are to be taken."""
    text = cell.text
    if not ("扣" in text or "失" in text):  # quick
        return []
    return [] if NO_FACT.search(text) else list(TAKEN.finditer(text))
