"""文字照抄: a narrative most of which stands word for word in another report."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.library import Disclosure
from site_builder.likeness import LEAST_TEXT, likeness
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject

_REMEDY = Words(
    "请按本镇本年的实际情况改写；确实相同的，在“认可”中说明",
    "write what this town did this year; explain it if it is really the same",
)
_WHY = Words(
    "绩效报告要说的是这个镇这一年做成了什么；照抄的文字说明不了。职能、机构、评价方法等固定内容不计。",
    "A report says what this town did this year; copied words do not. Duties and methods are not counted.",
)
LAST_YEAR = Rule(
    "copied-from-last-year",
    "warning",
    Words("文字大多照抄上年", "Most words are last year's"),
    Words(
        "正文有{share}的文字与本镇{year}年报告一字不差",
        "{share} of the text stands word for word in this town's report of {year}",
    ),
    _REMEDY,
    _WHY,
)
TOWN = Rule(
    "copied-from-another-town",
    "warning",
    Words("文字大多与别的镇相同", "Most words are another town's"),
    Words(
        "正文有{share}的文字与{town}同一年的报告一字不差",
        "{share} of the text stands word for word in the report of {town} for the same year",
    ),
    _REMEDY,
    _WHY,
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The narrative's clauses against last year's and against other towns' of the county."""
    disclosure, library = subject.disclosure, subject.library
    county, town, year = disclosure.key
    if len(library.of_county(county)) < 2:  # quick
        reason = Words("没有别的报告可比", "no other report to compare with")
        yield Outcome(LAST_YEAR, reason=reason)
        yield Outcome(TOWN, reason=reason)
        return
    alike = likeness(library, disclosure)
    if alike.length < LEAST_TEXT:
        reason = Words("正文太短，无从比较", "too short to compare")
        yield Outcome(LAST_YEAR, reason=reason)
        yield Outcome(TOWN, reason=reason)
        return
    at = _begins(disclosure)
    if alike.of_last_year is None:
        yield Outcome(LAST_YEAR, reason=Words("没有上年的报告", "no report of last year"))
    else:
        before = library.of_year(county, town, year - 1)
        words = {"share": _percent(alike.of_last_year, alike.length), "year": str(year - 1)}
        found = None
        if before is not None and alike.most_is(alike.of_last_year):
            others = (_begins(before),)
            found = Finding(LAST_YEAR, at, words, others, f"正文.{year - 1}年")
        yield Outcome(LAST_YEAR, (), found)
    if not alike.most_is(alike.of_another):
        yield Outcome(TOWN)
        return
    other = library.of_year(county, alike.another, year)
    assert other is not None  # whose words are alike
    words = {"share": _percent(alike.of_another, alike.length), "town": other.town.name}
    others = (_begins(other),)
    yield Outcome(TOWN, (), Finding(TOWN, at, words, others, f"正文.{other.town.name}"))


def _begins(disclosure: Disclosure) -> Place:
    """Where a narrative's first section stands."""
    narrative = disclosure.narrative
    return Place(narrative.file, next((s.line for s in narrative.sections), 1), 1)


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%"
