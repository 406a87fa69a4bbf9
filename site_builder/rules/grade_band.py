"""等级与得分不符: a grade that is not the band of the score."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject

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
    "财预〔2020〕10号（条文待核）",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's own grade under its profile; 优秀 counts as 优, the printed word is kept."""
    report, profile = subject.disclosure.report, subject.disclosure.profile
    cell = report.text_of("自评等级")
    score = report.fact_of("自评得分", "自评")
    if cell is None or score is None or profile is None or not profile.grades:
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
