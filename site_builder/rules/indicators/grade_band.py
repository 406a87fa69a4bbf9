"""等级与得分不符: a grade that is not the band of the score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.profiles import Profile
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.told import is_told

RULE = Rule(
    "grade-band",
    "error",
    Words("等级与得分不符", "Grade is not the band of the score"),
    Words(
        "自评等级写的是“{printed}”，得分{score}按{profile}应为“{recomputed}”",
        "the grade is “{printed}”; a score of {score} is “{recomputed}” under {profile}",
    ),
    Words(
        "请核对得分和等级；等级划分与口径不同的，请改正 data/profiles/ 里的口径",
        "check score and grade; if the issuer's bands differ, mend the profile",
    ),
    Words("等级由得分按规定的分档得出。", "The grade follows from the score by decreed bands."),
    PERFORMANCE,
)

_SCORE = r"(?:得分?|评分|总分|合计|总计|自评)(?:为|是|[：:])?[ ]?(?P<score>[0-9]{1,3}(?:\.[0-9]{1,2})?)分"
_GRADE = (
    r"(?:等[级次]|结论|结果|评定|(?<![考核测])评为|属于|档次)(?:为|是)?[：:]?"
    r"[“\"]?(?P<grade>优秀|优良|良好|不合格|合格|优|良|中|差)(?![势化等间])"
)
# 得96分，党建考核被评为良好: of something else
SCORE_FIRST = re.compile(
    _SCORE + r"(?:(?!考核|测评|评议|审计|上年|去年)[^。；;0-9]){0,16}?" + _GRADE
)
GRADE_FIRST = re.compile(_GRADE + r"[^。0-9]{0,12}?" + _SCORE)

SCORED = led_by("得评总合自", _SCORE)
LAST_FIGURE = re.compile(".*[0-9]", re.S)
# 本镇自评等次为良, where the report's own grade is another
OWN_GRADE = re.compile(
    r"(?:等[级次]|档次|结[论果])(?:评定|确定|认定|核定|定)?(?:为|是)?[：:]?[“\"]?(?P<grade>优秀|优良|良好|不合格|合格|优|良|中|差)[”\"]?(?:等|级|档|等[级次])?(?=[，,。；;（(）)]|$)|"
    r"(?:自评|综合评[定价]|评价|绩效)[^，,。；;0-9]{0,8}?(?:评[为定]|定为|确定为|列为|认定为|属于?)[“\"]?(?P<grade2>优秀|优良|良好|不合格|合格|优|良|中|差)[”\"]?(?:等|级|档|等[级次]|档次)?(?=[，,。；;（(）)]|$)"
)
MAYBE_OWN = led_by("等档结自综评绩", OWN_GRADE.pattern)
OF_OTHERS = re.compile(
    "上年|去年|上一年|往年|项目|标准|以上|以下|力争|争取|目标|考核|20[0-9]{2}年|村|测评|站所|满意度|审计|公开|第三方|财政局|复[核评]"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's own grade under its profile; then a score and a grade told in one sentence."""
    profile = subject.disclosure.profile
    if profile is None:
        yield Outcome(RULE, reason=Words("没有口径", "no profile"))
    else:
        yield from _printed(subject, profile)
        yield from _told(subject, profile)
        yield from _listed(subject, profile)
        yield from _own(subject, profile)


def _told(subject: Subject, profile: Profile) -> Iterator[Outcome]:
    for passage in subject.told.holding(SCORED):
        text = passage.text
        match = SCORE_FIRST.search(text) or GRADE_FIRST.search(text)
        if match is None:
            continue
        # 满意度指标得9.91分，总分98.09分，评定等级为良
        whole = match[0].startswith(("合计", "总计", "总分"))
        before = text[: match.start()]
        if whole:
            before = LAST_FIGURE.sub("", before)
        if "满意" in (before if whole else text) or not is_told(passage):
            continue
        score = Decimal(match["score"])
        band = profile.grade_of(score)
        if band is None:
            continue
        if match["grade"] in (band.name, *band.aliases):
            yield Outcome(RULE)
            continue
        words = {
            "printed": match["grade"],
            "score": f"{match['score']}分",
            "recomputed": str(band.name),
            "profile": str(profile.name),
        }
        at = passage.place(match.start("grade"))
        address = passage.address or sentence_address(match["grade"], "等级")
        finding = Finding(RULE, at, words, (), address, match["grade"], str(band.name))
        yield Outcome(RULE, finding=finding)


def _own(subject: Subject, profile: Profile) -> Iterator[Outcome]:
    """A grade told of the whole evaluation, against the score that the data have."""
    report = subject.disclosure.report
    score = report.fact_of("自评得分", "自评")
    if score is None:
        return
    band = profile.grade_of(score.figure.amount)
    if band is None:
        return
    year = f"{subject.disclosure.key.year}年"
    for passage in subject.told.holding(MAYBE_OWN):
        if not is_told(passage):
            continue
        for match in OWN_GRADE.finditer(passage.text):
            low, high = passage.sentence(match.start())
            said = passage.text[low:high]
            own = "自评" in said or "综合评" in said or "整体支出" in said
            if OF_OTHERS.search(_marked(said, match.start() - low).replace(year, "")) or not own:
                continue
            if SCORE_FIRST.search(said) or GRADE_FIRST.search(said):
                continue  # compared with the score beside it
            group = str(match.lastgroup)
            grade = match[group]
            if grade in (band.name, *band.aliases):
                yield Outcome(RULE, (score.address,))
                continue
            words = {
                "printed": grade,
                "score": str(score.figure),
                "recomputed": str(band.name),
                "profile": str(profile.name),
            }
            at = passage.place(match.start(group))
            address = passage.address or sentence_address(grade, "等级")
            finding = Finding(RULE, at, words, (score.at,), address, grade, str(band.name))
            yield Outcome(RULE, (score.address,), finding)


def _marked(said: str, start: int) -> str:
    """The clause that the grade stands in, to the end: 85分以上为良，90分以上为优，本镇自评等次为良."""
    low = max(said.rfind(mark, 0, start) for mark in "，,") + 1
    return said[low:]


def _printed(subject: Subject, profile: Profile) -> Iterator[Outcome]:
    """优秀 counts as 优, the printed word is kept."""
    report = subject.disclosure.report
    cell = report.text_of("自评等级")
    score = report.fact_of("自评得分", "自评")
    if cell is None or score is None:
        yield Outcome(RULE, reason=Words("没有等级、得分或分档", "no grade, score or bands"))
        return
    band = profile.grade_of(score.figure.amount)
    guards = (cell.address, score.address)
    if band is None:
        yield Outcome(RULE, reason=Words("得分不在任何一档", "the score is in no band"))
        return
    if cell.text.strip("“”") in (band.name, *band.aliases):
        yield Outcome(RULE, guards)
        return
    words = {
        "printed": cell.text,
        "score": str(score.figure),
        "recomputed": str(band.name),
        "profile": str(profile.name),
    }
    yield Outcome(
        RULE,
        guards,
        Finding(RULE, cell.at, words, (score.at,), cell.address, cell.text, str(band.name)),
    )


def _listed(subject: Subject, profile: Profile) -> Iterator[Outcome]:
    """A table with a column of scores and one of grades: 项目支出绩效自评汇总表."""
    for table in subject.disclosure.report.tables:
        if table.form.kind == "indicators":
            continue  # graded one by one
        columns = table.form.columns
        scores = [n for n, c in enumerate(columns) if c.label.endswith("得分")]
        grades = [n for n, c in enumerate(columns) if c.label.endswith("等级")]
        if len(scores) != 1 or len(grades) != 1:
            continue
        for line in table.lines:
            score, cell = line.cells[scores[0]].fact, line.cells[grades[0]]
            if score is None:
                continue
            band = profile.grade_of(score.figure.amount)
            printed = cell.text.strip("“” ")
            if band is None or not _known(printed, profile):
                continue
            if printed in (band.name, *band.aliases):
                yield Outcome(RULE, (score.address,))
                continue
            words = {
                "printed": printed,
                "score": str(score.figure),
                "recomputed": str(band.name),
                "profile": str(profile.name),
            }
            finding = Finding(
                RULE, cell.at, words, (score.at,), cell.address, cell.text, str(band.name)
            )
            yield Outcome(RULE, (score.address,), finding)


def _known(grade: str, profile: Profile) -> bool:
    return any(grade in (band.name, *band.aliases) for band in profile.grades)
