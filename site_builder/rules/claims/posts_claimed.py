"""说超编、空编、满编，人数却不是这样: more or fewer staff than posts by the words, and otherwise by the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.report import Report
from site_builder.rules.column_labels import IN_POST, is_total
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import COMMON_INDICATORS
from site_builder.sentences import Passage
from site_builder.told import is_told, tells_problems

RULE = Rule(
    "posts-claim",
    "warning",
    Words(
        "说超编或空编，人数却不是这样", "Too many or too few staff by the words, not by the numbers"
    ),
    Words("文字写“{printed}”，{other}", "the text says “{printed}”; {other_en}"),
    Words(
        "请核对编制数和在职人数；只说其中一类人员的，把类别写清楚",
        "check posts and staff; if one class of staff is meant, name it",
    ),
    Words(
        "超编还是空编，编制数和在职人数一减就知道。",
        "Posts less staff tells whether there are too many or too few.",
    ),
    COMMON_INDICATORS,
    yields_to=("over-establishment",),
)
CLAIM = re.compile(
    "超编(?<![不未无非]..)(?<!没有..)(?<!是否..)(?P<over>)(?:[了共有]*(?P<n>[0-9]+)[名人个])?|[空缺]编(?<![不未无]..)(?<!没有..)(?P<short>)(?:[了共有]*(?P<m>[0-9]+)[名人个])?|"
    "满编(?<![不未无非]..)(?<!没有..)(?<!是否..)(?<!接近..)(?<!基本..)(?P<full>)"
)
MAYBE = led_by("编", "编(?<=[超空缺满]编)")
# One class of staff, one house, cars, another time, what is to be prevented.
OTHERWISE = re.compile(
    "车|行政|事业|工勤|参公|站|所|中心|学校|医院|卫生院|教师|办公室|个别|部分|结构|岗位|防止|杜绝|消化|化解|解决|控制|清理|补充|"
    "上年|去年|年初|严禁|不得|禁止|不存在|避免|如|若|要求|原则|审批|核准|超编进人|其中|村|招录|招聘|计划|后"
)
ALL_STAFF = re.compile("(?:机关|行政)事业(?:单位|人员)")  # of both classes
# 核定行政编制32名，实有30名，空编2名; 截至2023年5月，在职74人，空编4名
OF_CLASS = re.compile("行政|事业|工勤|参公|(?<!12)月|目前|20[0-9]{2}年")
POSTS = re.compile("编制")
TOLD = re.compile(
    "(?<!行政)(?<!事业)(?<!工勤)(?<!其中)编制(?:总?数|人数|人员)?(?:为|共计?|核定)?(?P<posts>[0-9]{1,4})[名人个](?P<between>[^；;\n]{0,80}?)"
    "(?:年末|年底|现有|实有|实际)?(?:在职在编|实有在职|在编在岗|实有在编|在职|在编|在岗|实有)(?:人员|人数|干部职工|职工|干部)*(?:总数)?(?:为|共计?)?(?P<staff>[0-9]{1,4})[人名]"
)


class _Count(NamedTuple):
    """Posts and staff of the whole town, and where they stand."""

    posts: Decimal
    staff: Decimal
    places: tuple[Place, ...]


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 超编 and 空编 of the town as a whole; against the numbers, or each other."""
    claims = list(_claims(subject))
    known = _count(subject) if claims else None  # quick
    for passage, match in claims:
        count = _told(passage) or known
        over = match["over"] is not None
        if count is None:
            against = next(((p, m) for p, m in claims if (m["over"] is not None) != over), None)
            if over and against is not None:
                other, said = against
                place = (other.place(said.start()),)
                yield _finding(passage, match, said[0], place)
            else:
                yield Outcome(RULE)
            continue
        excess = count.staff - count.posts if over else count.posts - count.staff
        number = match["n"] or match["m"] or ("0" if match["full"] is not None else None)
        if excess == Decimal(number or excess) and (excess > 0 or match["full"] is not None):
            yield Outcome(RULE)
        else:
            yield _finding(
                passage, match, f"编制{count.posts}人，在职{count.staff}人", count.places
            )
    if not claims:
        yield Outcome(RULE, reason=Words("没有说超编或空编", "nothing is said of posts"))


def _claims(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    year = subject.disclosure.key.year
    for passage in subject.told.holding(MAYBE):
        if passage.address or not (is_told(passage) or tells_problems(passage)):
            continue
        for match in CLAIM.finditer(passage.text):
            low, high = passage.clause(match.start())
            start = passage.sentence(match.start())[0]
            said = passage.text[start : match.start()].replace(f"{year}年", "")
            clause = passage.text[low:high]
            if not OTHERWISE.search(ALL_STAFF.sub("", clause)) and not OF_CLASS.search(
                ALL_STAFF.sub("", said)
            ):
                yield passage, match


def _count(subject: Subject) -> _Count | None:
    """From the data; else from the first line that tells both."""
    report = subject.disclosure.report
    staff, posts = report.fact_of("在职人数", "年末"), report.fact_of("编制数", "年末")
    if staff is not None and posts is not None:
        return _Count(posts.figure.amount, staff.figure.amount, (posts.at, staff.at))
    tabled = next(_tabled(report), None)
    if tabled is not None:
        return tabled
    return next(filter(None, map(_told, subject.told.lines)), None)


def _told(passage: Passage) -> _Count | None:
    """核定编制62名，年末在职60人."""
    match = TOLD.search(passage.text) if "编制" in passage.text else None  # quick
    if match is None:
        return None
    places = (passage.place(match.start("posts")), passage.place(match.start("staff")))
    return _Count(Decimal(match["posts"]), Decimal(match["staff"]), places)


def _tabled(report: Report) -> Iterator[_Count]:
    """The total, or the only line, of a table with columns of posts and staff."""
    for table in report.tables:
        totals = [line for line in table.lines if len(table.lines) == 1 or is_total(line)]
        for line in totals:
            facts = [cell.fact for cell in line.cells if cell.fact is not None]
            posts = [f for f in facts if POSTS.search(f.column)]
            staff = [f for f in facts if IN_POST.search(f.column)]
            if len(posts) == len(staff) == 1:
                places = (posts[0].at, staff[0].at)
                yield _Count(posts[0].figure.amount, staff[0].figure.amount, places)


def _finding(
    passage: Passage, match: re.Match[str], other: str, places: tuple[Place, ...]
) -> Outcome:
    printed = match[0]
    words = {"printed": printed, "other": f"另一处是“{other}”", "other_en": f"elsewhere “{other}”"}
    address = sentence_address(printed, "编制")
    at = passage.place(match.start())
    return Outcome(RULE, finding=Finding(RULE, at, words, places, address, printed, other))
