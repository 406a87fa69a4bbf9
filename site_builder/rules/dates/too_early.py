"""早于可能的时间: accounts published before their year was over, orders numbered by a year to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

PUBLISHED = Rule(
    "published-in-wrong-year",
    "warning",
    Words("公开的时间与年度对不上", "Published in a year that cannot be"),
    Words(
        "“{printed}”，公开的是“{what}”，{why}",
        "“{printed}”: {what}, and {why_en}",
    ),
    Words(
        "请核对两个年份，多半是沿用往年的报告时没有改；原件如此的，保留原文并在“认可”中说明",
        "check both years, most likely one is left over from an older report; explain it if printed so",
    ),
    Words(
        "决算和自评要到年度结束以后才有，预算在年初公开；年份写错，读者就找不到公开的文件。",
        "Accounts exist when a year is over, budgets at its start; with a wrong year nobody finds them.",
    ),
    "预算法第十四条（批复后二十日内公开）",
    yields_to=("early-evaluation", "impossible-date"),
)
DOCUMENT = Rule(
    "document-of-wrong-year",
    "warning",
    Words("文号的年份对不上", "A document number of a year that cannot be"),
    Words(
        "“{printed}”是{number}年的文号，{why}",
        "“{printed}” is numbered in {number}; {why_en}",
    ),
    Words(
        "请核对文号里的年份；原件如此的，保留原文并在“认可”中说明",
        "check the year in the number; if it is printed so, explain it",
    ),
    Words(
        "文号写错，所依据的文件就查不到。",
        "By a wrong number the document that is relied on cannot be found.",
    ),
)
# 2023年度部门决算; 本年度决算: of which year
ACCOUNTS = re.compile(
    r"(?:(?P<year>20[0-9]{2})年度?|(?P<own>本年度|当年度))(?:的)?(?P<what>(?:部门|单位|政府|财政|收支|整体|镇本?级|乡本?级|[我本全][镇乡]|街道|“?三公”?经费|支出|和)*决算)(?!编制|布置|会审|培训|会议|工作|草案)"
    r"|(?P<year2>20[0-9]{2})年度(?P<what2>[^，,。；;、0-9]{0,14}?绩效(?:自评|评价)(?:报告|结果|情况|表))"
)
BUDGET = re.compile(
    r"(?P<year>20[0-9]{2})年度?(?:的)?(?P<what>(?:部门|单位|政府|财政|收支|镇本?级|乡本?级|[我本全][镇乡]|街道|“?三公”?经费)*预算(?:[及和与、]“?三公”?经费预算)?)(?![执调追绩管单总外内支收、和及与])"
)
WHEN = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?P<month>1[0-2]|[1-9])月(?:[0-9]{1,2}日|份|底|末|初|[上中下]旬)?"
)
_MADE = ("公[开示布]", "批复", "审[议查](?:通过|批准)")
MADE_PUBLIC = re.compile("|".join(_MADE))
PASSED = re.compile("|".join(_MADE[1:]))
MADE = tuple(map(re.compile, _MADE))  # each by itself is searched quicker
NOT_MADE = re.compile("检查|抽查|核查|督查|整改|通报|培训|追加|调整|考核|评估|问题")
# Each pattern above needs one of these in its clause; a quick no.
MAY_PUBLISH = re.compile("决算|绩效(?:自评|评价)(?:报告|结果|情况|表)|预算")
OTHER_SUBJECT = re.compile(
    "预算|决算|自评|评价|报告|目标|情况|方案|制度|名单|信息(?!公开)|资金|项目"
)
CLAUSE = re.compile(
    r"(?:[于在]?(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[份底末初]|[上中下]旬)?[，,])?[^，,]+"
)
NUMBER = re.compile(
    r"20(?<=[〔［\[【（(]20)(?P<year>[0-9]{2})[〕］\]】）)]\s?第?(?P<n>[0-9]{1,5})\s?号"
)
NOTICE = re.compile(
    r"《[^《》\n]{0,30}?(?<![0-9])(?P<year>20[0-9]{2})年度?[^《》\n]{0,24}?(?:自评|绩效评价|决算)[^《》\n]{0,16}?(?:通知|方案|函)》[（(]?[^《》（(，。\n]{0,12}$"
)
# （示财绩〔2021〕4号）《关于开展2022年度绩效自评的通知》
NUMBERED_NOTICE = re.compile(
    r"[）)]?(?:印发的?|下发的?)?《[^《》\n]{0,30}?(?<![0-9])(?P<year>20[0-9]{2})年度?[^《》\n]{0,24}?(?:自评|绩效评价|决算)[^《》\n]{0,16}?(?:通知|方案|函)》"
)
SUMMER = 7  # by then a budget of the year has long been passed
# The notice of the evaluation by its number: who issued it (示财绩), what is issued for many years or told of others.
AGENCY = 3
EVALUATION = re.compile("自评|绩效评价")
STANDING = re.compile("办法|意见|细则|规定|条例|制度|上年|去年|往年|历年|反馈|通报|批复|下达|公开")
OF_YEAR = re.compile("(?P<year>20[0-9]{2})年度?(?![0-9])(?=[^，,。；;〔]{0,24}(?:自评|绩效评价))")
AUTUMN = 10  # from then on the budget of the next year is drawn up


class _Numbered(NamedTuple):
    """A notice of an evaluation by its number; where in the text that stands."""

    agency: str
    year: int
    number: str
    start: int
    end: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence that dates a publication; every number of a document."""
    text = subject.wording.text
    yield from outcomes_of(_published(subject), (PUBLISHED,))
    found = (*_notices(subject), *_documents(subject)) if "号" in text else ()  # quick
    yield from outcomes_of({one.at: one for one in found}.values(), (DOCUMENT,))


def _published(subject: Subject) -> Iterator[Finding]:
    wording = subject.wording
    text = wording.text
    seen: set[int] = set()
    for pattern in MADE:
        for made in pattern.finditer(text, 0, wording.notes):
            low, high = wording.sentence(made.start(), "。；;！？\n")
            if low in seen:  # quick
                continue
            seen.add(low)
            if "月" in text[low:high] and MAY_PUBLISH.search(text, low, high):  # quick
                yield from _sentence(wording, low, high, subject.disclosure.key.year)


def _sentence(wording: Wording, low: int, high: int, own: int) -> Iterator[Finding]:
    """Clause by clause: a date, what was published, the word for it; years told before hold on."""
    text = wording.text
    year = 0
    standing: tuple[str, int, str] | None = None  # what a clause before spoke of
    for clause in CLAUSE.finditer(text, low, high):
        if OTHER_SUBJECT.search(clause[0]):
            standing = None
        standing = _what(text, *clause.span(), own) or standing
        dates = list(WHEN.finditer(text, *clause.span()))
        if len(dates) != 1:
            continue
        year = int(dates[0]["year"] or year)
        if standing is None or not year or NOT_MADE.search(clause[0]):
            continue
        why = _wrong(standing, year, int(dates[0]["month"]), PASSED.search(clause[0]) is not None)
        if why is not None and MADE_PUBLIC.search(clause[0]):
            words = {"what": standing[2], "why": why.zh, "why_en": why.en}
            yield finding_at(PUBLISHED, wording, *clause.span(), words)
            return


def _what(text: str, low: int, high: int, own: int) -> tuple[str, int, str] | None:
    """What a clause says is published: 决算 or 预算, of which year, in its words; the only one."""
    found = [
        ("决算", int(m["year"] or m["year2"] or own), m[0])
        for m in ACCOUNTS.finditer(text, low, high)
    ]
    found += [("预算", int(m["year"]), m[0]) for m in BUDGET.finditer(text, low, high)]
    return found[0] if len(found) == 1 else None


def _wrong(what: tuple[str, int, str], year: int, month: int, passed: bool) -> Words | None:
    kind, of, _ = what
    if kind == "决算" and year <= of:
        return Words(f"{of}年度那时还没有结束", f"{of} was not over then")
    if kind == "预算" and year > of:
        return Words(f"{of}年度那时已经结束", f"{of} was over by then")
    if year == of and month >= SUMMER and passed:
        return Words(f"{of}年度那时已经过半", f"half of {of} was over by then")
    if (year, month) < (of - 1, AUTUMN):
        return Words(f"{of}年度的预算那时还没有编", f"no budget of {of} existed then")
    return None


def _documents(subject: Subject) -> Iterator[Finding]:
    """〔2024〕 in a report of 2023; the notice for 2022 with a number of 2021."""
    wording, heading = subject.wording, subject.disclosure.report.heading
    text = wording.text
    last = heading.date.year if heading.date is not None else heading.year + 1
    shown = heading.date.isoformat() if heading.date is not None else f"{heading.year}年度"
    for match in NUMBER.finditer(text, 0, wording.notes):
        number, start = 2000 + int(match["year"]), match.start() - 1
        low, _ = wording.sentence(start)
        notice = NOTICE.search(text, low, start) or NUMBERED_NOTICE.match(text, match.end())
        if number > last:
            why = Words(f"这份报告是{shown}的", f"the report is of {shown}")
        elif notice is not None and number < int(notice["year"]):
            why = Words(f"通知说的却是{notice['year']}年度", f"the notice is on {notice['year']}")
        else:
            continue
        words = {"number": str(number), "why": why.zh, "why_en": why.en}
        yield finding_at(DOCUMENT, wording, start, match.end(), words)


def _notices(subject: Subject) -> Iterator[Finding]:
    """The notice of the own evaluation: against what it is elsewhere, in the form and in the profile."""
    after = subject.disclosure.key.year + 1  # when it is issued as a rule
    told = list(_numbered(subject.wording, after - 1))
    decreed = [*_decreed(subject)] if told else []  # quick
    for one in told:
        if one.year == after:
            continue
        same = (o for o in told if (o.agency, o.number) == (one.agency, one.number))
        twin = next((other for other in same if other.year > one.year), None)
        years = [year for agency, year in decreed if agency == one.agency]
        if twin is not None:
            right = f"〔{twin.year}〕{twin.number}号"
            why = Words(f"同一份通知另一处写的是{right}", f"elsewhere the same notice is {right}")
        elif after in years and one.year not in years:
            why = Words(
                f"表单、口径依据的是{after}年的通知", f"form or profile rest on one of {after}"
            )
        else:
            continue
        words = {"number": str(one.year), "why": why.zh, "why_en": why.en}
        yield finding_at(DOCUMENT, subject.wording, one.start, one.end, words)


def _numbered(wording: Wording, own: int) -> Iterator[_Numbered]:
    """The numbers by which the report says that its evaluation was made, and no other year's."""
    text = wording.text
    for match in NUMBER.finditer(text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        if not EVALUATION.search(text, low, high) or STANDING.search(text, low, high):
            continue
        if all(int(year["year"]) == own for year in OF_YEAR.finditer(text, low, high)):
            start = match.start() - 1
            agency, year = text[start - AGENCY : start], 2000 + int(match["year"])
            yield _Numbered(agency, year, match["n"], start, match.end())


def _decreed(subject: Subject) -> Iterator[tuple[str, int]]:
    """By which notices, of which year, the form and the profile are."""
    profile, report = subject.disclosure.profile, subject.disclosure.report
    citations = () if profile is None else profile.citations
    for citation in (*citations, subject.library.forms[report.heading.form].basis):
        for match in NUMBER.finditer(citation):
            start = match.start() - 1
            yield citation[max(0, start - AGENCY) : start], 2000 + int(match["year"])
