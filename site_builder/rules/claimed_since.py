"""What a sentence claims became of a thing since last year (较上年下降, 只减不增): of which names, which way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.rules.claimed import WISH, Claim, claims
from site_builder.sentences import Passage
from site_builder.told import Told, is_told

_THEN = "上年度?|上一年度?|去年|(?:19|20)[0-9]{2}年度?"
_ADVERBS = "(?:略有?|略微|有所|有了?一定|总体|整体|稍有|均|都|也|大幅度?|明显|继续|同步|(?P<nearly>基本|大致))*"
_WAY = (
    "持平|无变化|没有变化|未变化|一致|相同|下降|减少|降低|下滑|压减|缩减|压缩|减支|节减|回落|节约|节省|少支出|少花|走低|"
    "增长|增加|上升|提高|增支|多支出|多花|(?<=[略微])[增减降升]"
)
SINCE = re.compile(
    rf"[较比与同和跟](?:(?P<then>{_THEN})(?:同期|决算数?|实际)?"
    rf"(?:相比|比较|比)?[，,]?|(?<=同)比){_ADVERBS}"
    rf"(?P<way>{_WAY}|[少多](?=[，,。；;]|了|$))(?!到|至|幅度)"
)
# 与去年相比，公务接待费有所压减
AHEAD = re.compile(
    rf"[较比与同和跟](?P<then>{_THEN})(?:同期|决算数?|实际)?(?:相比较?|比较|对比|相较|比)[，,]"
    rf"(?P<of>[^，,。；;0-9]{{2,24}}?){_ADVERBS}(?P<way>{_WAY})了?(?=[，,。；;、]|$|[0-9]|主要)"
)
AFTER_THEN = re.compile("[比较][，,]")
MAYBE_SINCE = re.compile("[较比与同和跟](?=上年|上一年|去年|[12][09][0-9]{2}年|比)")
# 公务接待费、会议费双下降
MAYBE_BOTH = re.compile("[双两]项?[下减压降]")
BOTH = re.compile(
    "(?:实现|做到|保持)?了?[双两](?:项)?(?P<way>下降|减少|压减|降低|(?<=双)降)(?=[，,。；;]|$)"
)
FEWER = (
    *("下降", "减少", "降低", "下滑", "减", "降", "压减", "缩减", "少", "走低"),
    *("压缩", "减支", "节减", "回落", "节约", "节省", "少支出", "少花"),
)
MORE = ("增长", "增加", "上升", "提高", "增", "升", "增支", "多支出", "多花", "多")
_OF_THEN = f"(?:(?P<z>{_THEN})(?:同期)?的?(?:实际)?(?:决算|支出|开支|执行)?)"
_LEVEL = "(?:数|水平|规模|基数|额度|总额)"
_NO_MORE = "[不未]高于|[不未]大于|[不未]多于|[未不]超[过出]?|没有?超[过出]?|没有高于|[未不]突破|没有突破|低于|小于|少于"
KEPT = re.compile(
    f"(?:控制|保持|压缩|压减)在{_OF_THEN.replace('<z>', '<a>')}{_LEVEL}?(?:以内|之内|以下|之下|范围内|内)|"
    f"(?:{_NO_MORE}){_OF_THEN.replace('<z>', '<b>')}(?:{_LEVEL}|(?=[，,。；;]|$))|"
    rf"(?:[较比与同和跟](?P<c>{_THEN})(?:相比)?[，,]?)?(?:连续[两三四五六七八0-9]年)?"
    "(?:做到|实现|保持)?了?(?:只减不增|零增长)"
)
MAYBE_KEPT = re.compile(
    "[只零在于过出破超](?:(?<=只)减不增|(?<=零)增长|(?=上一?年|去年|[12][09][0-9]{2}年))"
)


# 其他收入18.64万元，占0.66%，同比下降1.81%: of the income or of its share.
SHARE = re.compile("[，,（(]?占[^，,。；;、0-9]{0,16}[0-9.]+[%％][）)]?[，,]?")


@dataclass(frozen=True, slots=True)
class Since:
    """A claim, the way it says things went, since which year, and where the claim ends.

    `of_share` where it may be told of the share before it.
    """

    claim: Claim
    way: str
    nearly: bool
    then: str
    end: int
    of_share: bool = False


def since_claims(told: Told) -> Iterator[Since]:
    """Every claim that things fell, rose or stayed level since another year."""
    for passage in told.holding(MAYBE_SINCE):
        if not is_told(passage):
            continue
        text = passage.text
        for match in SINCE.finditer(text):
            if "预算" not in text[passage.opening(match.start()) : match.start()]:
                # else this year's budget against last year's
                made = [_since(claim, match) for claim in claims(told, passage, match)]
                yield from made or _behind_share(told, passage, match)
        for match in AHEAD.finditer(text) if AFTER_THEN.search(text) else ():  # quick
            low = passage.opening(match.start())
            if not WISH.search(text, low, match.end()):
                names = told.all_named(match["of"])
                if names:  # quick
                    words = text[match.start() : match.end("way")]
                    yield _since(Claim(names, passage, match.start(), words), match)
    for passage in told.holding(MAYBE_BOTH):
        for match in BOTH.finditer(passage.text) if is_told(passage) else ():
            for claim in claims(told, passage, match):
                if len(claim.names) == 2 and "预算" not in claim.words:
                    yield Since(claim, match["way"], False, "", match.end())


def _behind_share(told: Told, passage: Passage, match: re.Match[str]) -> Iterator[Since]:
    """What is told behind a share, of the only amount before it."""
    text = passage.text
    start = passage.opening(match.start())
    before = [said for said in passage.figures if said.start < start][-2:]
    if text[start : match.start()].strip() or len(before) < 2:
        return
    amount = before[0]
    if SHARE.fullmatch(text, amount.end, start) is None:
        return
    low = passage.opening(amount.start)
    named = told.clearly_named(text[low : amount.start].lstrip("-* "))
    if named is not None:
        claim = Claim((named.name,), passage, match.start(), text[match.start() : match.end()])
        yield replace(_since(claim, match), of_share=True)


def kept_claims(told: Told, year: int) -> Iterator[Claim]:
    """控制在上年水平以内, 只减不增: no more than the year before `year`."""
    for passage in told.holding(MAYBE_KEPT):
        if not is_told(passage):
            continue
        for match in KEPT.finditer(passage.text):
            if "预算" in passage.text[passage.opening(match.start()) : match.start()]:
                continue
            then = match["a"] or match["b"] or match["c"]
            if then is None or is_last_year(then, year):
                yield from claims(told, passage, match)


def is_last_year(then: str, year: int) -> bool:
    """Is it 上年, or the year before by its number?"""
    return not then[:2].isdigit() or int(then[:4]) == year - 1


def _since(claim: Claim, match: re.Match[str]) -> Since:
    nearly = bool(match["nearly"])
    return Since(claim, match["way"], nearly, match.groupdict().get("then") or "", match.end("way"))
