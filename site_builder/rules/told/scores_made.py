"""得分、扣分、满分对不上: a total and what was taken of it, a score above its full marks, scores that make no total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from site_builder.finding import Finding
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.scores_in_sentence import RULE
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage
from site_builder.slips import is_slip

# 综合评价得分99.45分，扣0.55分
TOTAL = re.compile(
    "(?:综合|总|自评|评价|最终|最后|整体|评定|合计|实际)(?:[^，,。；;：:0-9]{0,6}?)(?:得分|评分|总分|得)(?:为|是|共|计|[:：])*$|"
    "(?:^|[，,；;])(?:合计|总计|共计|共|总分|总得分)(?:得)?分?(?:为|是|[:：])*$"
)
TAKEN = re.compile(
    "^[，,、（(](?P<all>共|合计|累计|总共|共计)?(?:被)?(?:扣|扣除|扣减|失)(?:了|分|去)*(?:为)?$"
)
TAKEN_FIRST = re.compile(
    "(?P<all>共|合计|累计|总共|共计)(?:被)?(?:扣|扣除|扣减|失)(?:了|分|去)*(?:为)?$"
)
FULL = re.compile(
    "(?:满分|分值|权重|标准分|应得分?|总分值|指标|类|方面|管理|决策|过程|产出|效益|满意度|执行率|履职)(?:分值|满分|共)?(?:为|是|共|计|[:：（(])*$"
)
MARKED_FULL = re.compile("(?:满分|分值|权重|标准分)(?:分值|共)?(?:为|是|共|计|[:：（(])*$")
GOT = re.compile(
    "^(?:[）)])?[，,、]?(?:自评|实际|实|评价|经评价|本年|综合)*得(?:分)?(?:为|了|[:：])?$"
)
ASIDE = re.compile(
    "加分|附加|奖励分|上年|去年|平均|20[0-9]{2}年(?!度)|其中|复核|第三方|项目[一二三四甲乙丙]"
)
# 分值10分，执行率92.4%，按比例得9.24分
RATE = re.compile("率(?:为|是|达到?)?$")
IN_PROPORTION = re.compile(
    "^[，,][^，,。；;0-9]{0,4}(?:按比例|按执行率|折算|按率)[^，,。；;0-9]{0,8}(?:得|得分|计)?(?:为)?$"
)
WHOLE_MARK = re.compile("(?:满分|总分值|总分)(?:为|是|共|计|[:：])*$")
MAYBE = re.compile("分(?<=[0-9]分)[^。]{0,20}?(?:[得扣失])[^。]{0,4}?[0-9]")
STOP = re.compile("[。！？!?]")
HUNDRED, NEAR, FEW = Decimal(100), Decimal(5), Decimal(60)
LEAST = 3


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence that tells points got beside full marks or points taken."""
    for passage in subject.told.holding(MAYBE):
        yield from _in_proportion(passage)
        for points in _sentences(passage):
            yield from _taken(passage, points)
            got = _got(points)
            for full, score in got:
                if score.figure.amount > full.figure.amount and MARKED_FULL.search(full.words):
                    words = (
                        "得分",
                        score.said.text,
                        f"满分{full.said.text}",
                        f"{full.said.text}以内",
                    )
                    yield _found(passage, score, words)
            yield from _summed(passage, points, got)


def _in_proportion(passage: Passage) -> Iterator[Outcome]:
    """Full marks, a rate, and the score that is so much of them."""
    for segment in segments(passage, "比例", "率"):
        amounts = segment.amounts
        for full, rate, score in zip(amounts, amounts[1:], amounts[2:], strict=False):
            if (full.figure.unit, rate.figure.unit, score.figure.unit) != ("分", "%", "分"):
                continue
            if not (FULL.search(full.words) and RATE.search(rate.words)):
                continue
            if IN_PROPORTION.match(score.words) is None or rate.figure.amount > HUNDRED:
                continue
            makes = full.figure.amount * rate.figure.amount / HUNDRED
            if abs(makes - score.figure.amount) <= score.figure.ulp():
                yield Outcome(RULE)
                continue
            formula = f"{full.said.text} × {rate.said.text}"
            yield _found(
                passage, score, ("得分", score.said.text, formula, f"{makes.normalize():f}分")
            )


def _sentences(passage: Passage) -> Iterator[list[Amount]]:
    """The points of each sentence, where it tells none of other years and no additional ones."""
    text, low = passage.text, 0
    for end in [*(m.start() for m in STOP.finditer(text)), len(text)]:
        told = [s for s in segments(passage) if low <= s.start < end]
        points = [a for s in told for a in s.amounts if a.figure.unit == "分"]
        if all(a.exact for a in points) and not ASIDE.search(text, low, end):
            yield points
        low = end + 1


def _taken(passage: Passage, points: Sequence[Amount]) -> Iterator[Outcome]:
    """A total and what was taken: together the full mark."""
    told = [a.figure.amount for a in points if WHOLE_MARK.search(a.words)]
    marks = [mark for mark in told if mark >= HUNDRED]
    full = marks[0] if marks else HUNDRED
    for one, other in pairwise(points):
        if TOTAL.search(one.words) and (match := TAKEN.match(other.words)):
            total, taken = one, other
        elif (match := TAKEN_FIRST.search(one.words)) and TOTAL.search(other.words):
            total, taken = other, one
        else:
            continue
        score, off = total.figure.amount, taken.figure.amount
        if score + off == full:
            yield Outcome(RULE)
        elif FEW <= score <= full and (
            score + off > full or match["all"] or is_slip(score, full - off)
        ):
            formula = f"{full:f}分 − {taken.said.text}"
            yield _found(passage, total, ("得分", total.said.text, formula, f"{full - off:f}分"))


def _got(points: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """产出指标50分，得48分: full marks and what was got of them."""
    return [(full, score) for full, score in pairwise(points) if GOT.match(score.words)]


def _summed(
    passage: Passage, points: Sequence[Amount], got: list[tuple[Amount, Amount]]
) -> Iterator[Outcome]:
    """Three classes and more, each with its full marks and its score, and a total of the scores."""
    pairs = [a for pair in got for a in pair]
    rest = [a for a in points if not any(a is one for one in pairs)]
    if len(got) < LEAST or len(rest) != 1 or not TOTAL.search(rest[0].words):
        return
    made = sum((score.figure.amount for _, score in got), Decimal(0))
    full = sum((full.figure.amount for full, _ in got), Decimal(0))
    printed = rest[0].figure.amount
    if made == printed:
        yield Outcome(RULE)
    elif full == HUNDRED or abs(made - printed) <= NEAR:
        formula = " + ".join(score.said.text for _, score in got)
        yield _found(passage, rest[0], ("合计得分", f"{printed:f}分", formula, f"{made:f}分"))


def _found(passage: Passage, at: Amount, said: tuple[str, str, str, str]) -> Outcome:
    """`said` is the label, what is printed, the formula and what it makes."""
    label, printed, formula, right = said
    finding = Finding(
        RULE,
        passage.place(at.said.start),
        {"label": label, "printed": printed, "formula": formula, "recomputed": right},
        (),
        passage.address or sentence_address(at.said.text, label),
        printed,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
