"""问卷的数对不上: how many were asked and how many questionnaires were sent, in different words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from site_builder.figure import measure, percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "survey-differs",
    "warning",
    Words("问卷调查的数对不上", "Numbers of a survey that do not fit"),
    Words("写的是“{printed}”，{other}", "it says “{printed}”; {other_en}"),
    Words(
        "请核对发放、收回、有效的份数和参加调查的人数；原件如此的，保留原文并在“认可”中说明",
        "check how many were sent, came back, counted, and were asked; if printed so, explain it",
    ),
    Words(
        "满意度靠问卷得出；问了多少人都说不清，满意度就没有依据。",
        "Satisfaction rests on the survey; when its size is unclear, so is the result.",
    ),
)
_COUNT = r"(?P<n>[0-9]+(?:余|多)?)"
SENT = re.compile(
    rf"(?:发放|发出|下发|印发)[^，,。；;0-9]{{0,16}}{_COUNT}份|(?:问卷|调查表){_COUNT.replace('<n>', '<m>')}份"
)
BACK = re.compile(rf"(?:收回|回收)[^，,。；;0-9]{{0,8}}{_COUNT}份")
VALID = re.compile(rf"有效(?:问卷|调查表|答卷)?[^，,。；;0-9份]{{0,4}}{_COUNT}份")
RATE = re.compile(r"(?:回收|收回)率(?:为|达到?)?(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)[%％]")
EACH = re.compile(
    r"(?P<n>[0-9]+)个(?:行政)?(?:村|社区|单位|部门|组)[^，,。；;0-9]{0,16}?(?:各|分别|每[个村])"
    r"[^，,。；;0-9]{0,16}?(?P<m>[0-9]+)(?:名|人|户)"
)
ALSO = re.compile(r"(?:抽取?|选取?|邀请|选择|走访)[^，,。；;0-9]{0,16}?(?P<n>[0-9]+)(?:名|人)")
ALL = re.compile(
    r"(?:总计|共计|合计|总共|一共|共)[^，,。；;0-9]{0,8}?(?P<n>[0-9]+(?:余|多)?)(?P<unit>名|人|份)"
)
# Where only one number is told, it must be that of those who answered.
ASKED = re.compile(
    r"(?:总计|共计|合计|总共|一共|共)[^，,。；;0-9]{0,8}?(?P<n>[0-9]+(?:余|多)?)(?:名|人)"
    r"[^，,。；;0-9]{0,8}?(?:参与|参加|接受|进行|开展|填写)[^，,。；;0-9]{0,8}?问卷"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a survey: from `low` to `high`, in these words, there."""

    low: Decimal
    high: Decimal
    words: str
    passage: Passage
    start: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Every passage about questionnaires; then those asked against those sent."""
    sent: list[_Said] = []
    asked: list[_Said] = []
    found: list[Outcome] = []
    if any(word in subject.wording.text for word in ("问卷", "调查表")):  # quick
        for passage in subject.told.passages:
            if "问卷" in passage.text or "调查表" in passage.text:
                sent += _all(SENT, passage)
                found += _sizes(passage)
                persons, outcome = _asked(passage)
                found += outcome
                asked += persons
    if len(sent) == 1 and len(asked) == 1:
        one, other = sent[0], asked[0]
        if one.high < other.low or one.low > other.high:
            found.append(
                _finding(one, f"另一处写的是“{other.words}”", f"elsewhere “{other.words}”", other)
            )
        else:
            found.append(Outcome(RULE))
    yield from found
    if not found:
        yield Outcome(
            RULE, reason=Words("没有可以比较的问卷数", "no numbers of a survey to compare")
        )


def _all(pattern: re.Pattern[str], passage: Passage, unit: str = "") -> list[_Said]:
    found = []
    for match in pattern.finditer(passage.text):
        figure = measure("".join(filter(None, match.groups())) + unit)
        if figure is not None:
            low, high = figure.interval()
            found.append(_Said(low, high, match[0], passage, match.start()))
    return found


def _sizes(passage: Passage) -> Iterator[Outcome]:
    """No more come back than were sent, and no more are valid than came back."""
    steps = [found[0] for p in (SENT, BACK, VALID) if (found := _all(p, passage))]
    for more, fewer in pairwise(steps):
        if fewer.low > more.high:
            words = f"比“{more.words}”还多", f"more than “{more.words}”"
            yield _finding(fewer, *words, more)
            return
        yield Outcome(RULE)
    rates = _all(RATE, passage, "%")
    sent, back = _all(SENT, passage), _all(BACK, passage)
    if not rates or len(sent) != 1 or len(back) != 1 or sent[0].low <= 0:
        return
    rate, one, all_ = rates[0], back[0], sent[0]
    if rate.start > max(all_.start, one.start):
        return  # behind the two it is told-share's
    if "约" in one.words + all_.words:
        return
    if one.low != one.high or all_.low != all_.high:
        return
    right = percent_of(one.low, all_.low)
    if rate.low <= right <= rate.high:
        yield Outcome(RULE)
        return
    zh = f"按{one.words}、{all_.words}应为{shown(right, 2)}%"
    yield _finding(rate, zh, f"the numbers make {shown(right, 2)} %", one)


def _asked(passage: Passage) -> tuple[list[_Said], list[Outcome]]:
    """在17个村各选20名，另抽40名，共300多名: the least that these make, and what is said to be all."""
    text = passage.text
    for match in EACH.finditer(text):
        high = passage.sentence(match.start())[1]
        least = Decimal(match["n"]) * Decimal(match["m"])
        formula = f"{match['n']} × {match['m']}"
        last = match.end()
        for also in ALSO.finditer(text, match.end(), high):
            least += Decimal(also["n"])
            formula += f" + {also['n']}"
            last = also.end()
        part = _Said(least, Decimal("Infinity"), text[match.start() : last], passage, match.start())
        total = ALL.search(text, last, high)
        if total is None:
            return [part], []
        figure = measure(total["n"])
        if figure is None:
            return [part], []
        span = figure.interval()
        whole = _Said(max(span.low, least), span.high, total[0], passage, total.start())
        if least <= span.high:
            return [whole], [Outcome(RULE)]
        zh = f"照前面所写至少有{least}人（{formula}）"
        en = f"what stands before makes at least {least} ({formula})"
        return [], [_finding(whole, zh, en, part)]
    total = ASKED.search(text)
    if total is None or (figure := measure(total["n"])) is None:
        return [], []
    return [_Said(*figure.interval(), total[0], passage, total.start())], []


def _finding(one: _Said, zh: str, en: str, other: _Said) -> Outcome:
    words = {"printed": one.words, "other": zh, "other_en": en}
    finding = Finding(
        RULE,
        one.passage.place(one.start),
        words,
        (other.passage.place(other.start),),
        one.passage.address or sentence_address(one.words, "问卷"),
        one.words,
        zh,
    )
    return Outcome(RULE, finding=finding)
