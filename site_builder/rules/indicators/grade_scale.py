"""正文写的等级分档不对: bands of grades told in the text, against the issuer's and the report's own grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.profiles import Profile
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.sentences import Passage

RULE = Rule(
    "grade-scale-differs",
    "note",
    Words("正文写的等级分档不对", "Bands of grades told otherwise"),
    Words("正文写“{printed}”，{other}", "the text says “{printed}”; {other_en}"),
    Words(
        "请核对评分等级的规定；确有另外的规定的，改正 data/profiles/ 里的口径或在“认可”中说明",
        "check the decree; where another holds, mend the profile or explain it",
    ),
    Words(
        "几分算优、几分算良由主管部门规定，报告写的应当与规定和自己评的等级一致。",
        "Which score is which grade is decreed; the text should agree with it and with its own grade.",
    ),
    PERFORMANCE,
)
_GRADE = "(?P<grade>优秀|优|良好|良|中等|中|一般|及格|合格|较差|差)(?![势化间质村户组员])"
_LOW = "(?P<low>[0-9]{2,3})分?"
_INCLUDED = "(?:[（(]不?含[^（）()]{0,6}[）)])?"
_UP = f"(?:及?以上{_INCLUDED}|[-—~～－–至到]{{1,2}}(?P<high>[0-9]{{2,3}})分?{_INCLUDED})"
_AT_LEAST = "(?:得分|总分|综合得分)?(?:≥|大于等于|大于或等于)?"
BANDS = (
    # 85分（含）以上为优, 80（含）—90分的评为良好
    re.compile(
        rf"(?<![0-9.]){_LOW}{_INCLUDED}{_UP}(?:的|等级|评价|评定|得分|绩效)*(?:为|是|属于?|评为|定为)[“\"]?{_GRADE}"
    ),
    # 70分≤得分＜90分为良
    re.compile(
        rf"(?<![0-9.]){_LOW}[≤<＜≦](?:得分|评分|综合得分|综合评分|分数|总分|自评得分|S|X)[≤<＜≦](?P<high>[0-9]{{2,3}})分?(?:的|等级|评价|评定)*"
        rf"(?:为|是|属于?|评为|定为)[“\"]?{_GRADE}"
    ),
    # 优（90分以上）, 良：80-90分, 优（≥90）
    re.compile(
        rf"{_GRADE}[”\"]?(?:等|级|档)*[（(:：]{_AT_LEAST}{_LOW}{_INCLUDED}{_UP}?分?(?=[）)，,；;。、]|$)"
    ),
)
# 85分（含）以上为优 from its second digit on, or 优（90; a quick no.
BAND_FIRST = led_by(
    "以-—~～－–至到优良中差级格秀好般≤<＜≦",
    '[≤<＜≦][0-9]{2,3}分?[的为是属]|(?:以上|[-—~～－–至到]{1,2}[0-9]{2,3})[^，,。；;]{0,12}[为是属][于“"]?[优良中差一及合较]|[优良中差级格秀好般][”"]?[（(:：][^，,。；;0-9]{0,6}[0-9]{2}',
)
OTHERS = re.compile(
    "评比|满意度|上年|去年|村级?考核|干部|平时|问卷|测评|信用|考核等[次级]|绩效考核|单项|资产"
)
SAID = re.compile(
    r"(?:得分?|评分|总分)(?:为|是)?[ ]?(?P<score>[0-9]{1,3}(?:\.[0-9]{1,2})?)分[^。；;0-9]{0,16}?"
    rf"(?:等[级次]|结论|结果|评定|评价)(?:为|是)?[：:]?[“\"]?{_GRADE}"
)
FULL = Decimal(100)
SAME = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}


class _Band(NamedTuple):
    """From `low` on a score is `grade`; where it stands."""

    low: Decimal
    high: Decimal
    grade: str
    passage: Passage
    match: re.Match[str]


def check(subject: Subject) -> Iterator[Outcome]:
    """Every band that the text tells."""
    bands = list(_bands(subject))
    profile = subject.disclosure.profile
    decreed = {} if profile is None else _decreed(profile)
    said = _own_grade(subject) if bands else None  # quick
    for band in bands:
        low = decreed.get(band.grade)
        if low is None:
            yield _against_own(band, said)
        elif low == band.low:
            yield Outcome(RULE)
        else:
            assert profile is not None  # it decrees
            name = profile.name
            words = {
                "other": f"{name}规定“{band.grade}”从{low:f}分起",
                "other_en": f"under {name} “{band.grade}” begins at {low:f}",
            }
            yield _finding(band, words, f"{low:f}分")
    if not bands:
        yield Outcome(RULE, reason=Words("正文没有写等级分档", "the text tells no bands"))


def _bands(subject: Subject) -> Iterator[_Band]:
    if "分" not in subject.wording.text:  # quick
        return
    for passage in subject.told.holding(BAND_FIRST):
        for match in (m for pattern in BANDS for m in pattern.finditer(passage.text)):
            if OTHERS.search(passage.text, passage.sentence(match.start())[0], match.end()):
                continue
            low, high = Decimal(match["low"]), Decimal(match["high"] or FULL)
            if low < high <= FULL:
                yield _Band(low, high, match["grade"], passage, match)


def _decreed(profile: Profile) -> dict[str, Decimal]:
    """Where each of the issuer's grades begins, by all its names; where scores are of a hundred."""
    if profile.full_score != FULL:
        return {}
    return {name: one.low for one in profile.grades for name in (one.name, *one.aliases)}


def _own_grade(subject: Subject) -> tuple[Decimal, str] | None:
    """The first score and grade that the text tells of the whole."""
    for passage in subject.told.lines:
        text = passage.text
        for match in SAID.finditer(text) if "分" in text else ():  # quick
            if not OTHERS.search(text, *passage.sentence(match.start())):
                return Decimal(match["score"]), match["grade"]
    return None


def _against_own(band: _Band, said: tuple[Decimal, str] | None) -> Outcome:
    """85分以上为优, and 得分88.65分，等级为良; what the issuer decreed is grade-band's to say."""
    if said is None:
        return Outcome(RULE)
    score, grade = said
    within = band.low <= score and (score < band.high or score == band.high == FULL)
    if not within or SAME.get(grade, grade) == SAME.get(band.grade, band.grade):
        return Outcome(RULE)
    words = {
        "other": f"报告得分{score}分，等级却写“{grade}”",
        "other_en": f"the report scores {score} and calls it “{grade}”",
    }
    return _finding(band, words, grade)


def _finding(band: _Band, words: dict[str, str], right: str) -> Outcome:
    printed = band.match[0]
    at = band.passage.place(band.match.start())
    address = band.passage.address or sentence_address(printed, "分档")
    finding = Finding(RULE, at, {"printed": printed, **words}, (), address, printed, right)
    return Outcome(RULE, finding=finding)
