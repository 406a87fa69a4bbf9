"""模板没有选、没有填: 增加（减少） of which neither was struck out, 共有×个, 分别是。 with nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.rules.words.residue import TEMPLATE
from site_builder.wording import Wording

# 增加（减少）0万元, 减少（或增加）0万元, 增加/减少/持平: one was to stay, the others to be struck out
EITHER = re.compile(
    "[（(/或](?:(?<=(?:增加|增长|上升|提高).)(?:或者?|者)?(?:减少|下降|降低)|"
    "(?<=(?:减少|下降|降低).)(?:或者?|者)?(?:增加|增长|上升|提高)|(?<=增.)减|(?<=减.)增|"
    "(?<=大于.)(?:或者?)?小于|(?<=小于.)(?:或者?)?大于|(?<=数大.)小(?=[）)]于)|(?<=数小.)大(?=[）)]于))"
    "(?:[/、或](?:持平|等于))?[）)]?"
)
EITHERS = re.compile("[（(/或](?=[或者减下降增上提小大])")
FIGURE = re.compile(r"-?[0-9]|万元|[%％]")
# What else may stand behind a choice in brackets or over a stroke.
REASON = re.compile("的?(?:主要)?原因|于|(?:预算|决算|年初|上年)")
MARK = re.compile("[，,；;。]")
# 较上年无增加或减少: neither
COMPARED = re.compile("[比较与](?:上年|去年|20[0-9]{2}年|年初|预算|决算)[^，,。；;无没未不]{0,8}$")
# 共有单位×个, ×月×日; not 人数×元, 3×4
CROSS = re.compile(
    r"[×XＸ](?<![0-9A-Za-z×XＸ*＊].)(?<![数量价额率积值重乘准].)"
    r"(?=个(?!数)|万元|亿元|元(?![/旦月])|[%％]|辆|批次|人次|公里|[年月日](?![级均限初])|项(?![目数])|件(?!数))"
)
# 分别是。 主要原因是； 主要用于。
NOTHING = re.compile(
    "(?:(?:分别|原因)[是为系：:]|主要(?:用于|包括|[有是为])|分别(?:包括|用于|有)|"
    "[包名内](?:(?<=[，,：:]包)括|称[是为：:]|容[是为：:]))[：:]?(?=[。；])"
)
ENDS = re.compile("[。；](?<=[是为系有于括：:].)")


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording = subject.wording
    found = [*_choices(wording), *_crosses(wording), *_nothing(wording)]
    yield from outcomes_of(found, (TEMPLATE,))


def _choices(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    if not EITHERS.search(text, 0, end):  # quick
        return
    for match in EITHER.finditer(text, 0, end):
        joined = match[0][0] == "或"
        if not (
            FIGURE.match(text, match.end())
            or (not joined and REASON.match(text, match.end()))
            or (
                MARK.match(text, match.end())
                and COMPARED.search(text, max(0, match.start() - 20), match.start() - 2)
            )
        ):
            continue
        start = match.start() - (1 if len(match[0].strip("（(/或）)")) == 1 else 2)
        yield finding_at(TEMPLATE, wording, start, match.end(), {})


def _crosses(wording: Wording) -> Iterator[Finding]:
    """“×个”, in a sentence; a form may ask for it so."""
    text = wording.text
    for match in CROSS.finditer(text, 0, wording.notes):
        if wording.source(match.start()).kind == "sentence":
            yield finding_at(TEMPLATE, wording, match.start(), match.end() + 1, {})


def _nothing(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    if not ENDS.search(text, 0, end):  # quick
        return
    for match in NOTHING.finditer(text, 0, end):
        yield finding_at(TEMPLATE, wording, match.start(), match.end(), {})
