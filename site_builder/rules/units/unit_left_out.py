"""漏了单位: one without the unit of the others, in a list, by what it tells (占, 增长, 减少), or of its target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.sentences import Passage

RULE = Rule(
    "unit-left-out",
    "note",
    Words("漏了单位", "A unit left out"),
    Words(
        "“{printed}”没有单位，{beside}写着“{unit}”",
        "“{printed}” has no unit, and {beside_en} in “{unit}”",
    ),
    Words(
        "请补上单位；原件如此的，保留原文并在“认可”中说明",
        "add the unit; if it is printed so, keep it and explain it",
    ),
    Words(
        "一串数里漏了一个单位，读者不知道是少打了字还是另有单位。",
        "Where one of a list has no unit readers cannot tell whether it is another one.",
    ),
)
# 东山村17件，水务站4，供电所3件: a name, a number, a unit or none, up to the next mark
ITEM = re.compile(
    r"(?P<name>[一-鿿]{1,14}?)(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<unit>[一-鿿]{0,3})(?=[、，；;。）)]|,(?![0-9]{3}(?![0-9]))|$)"
)
BARE = re.compile("[0-9](?:(?=[、，,；;。])|其[他它中]|[增减下降提压][加少长降低高减])")
# What a clause ends on: 同比下降18.87；占全部支出的53.28，减少484.05，
LONE = re.compile(
    r"(?<![-0-9.—~～至到/:：第])(?<![0-9][,，])(?P<n>[0-9]+(?:\.[0-9]+)?)(?=[，；;。]|,(?:(?![0-9])|(?<=\.[0-9][0-9],))|其[他它中])"
)
OPENING = re.compile("[^，,。；;：:（）()]*$")
SHARE = re.compile("占[^，,。；;0-9]{0,12}$")
_RATED = "(?:增长|下降|上升|降低|增幅|降幅|减幅|下滑|回落|增速)(?:[了为达约率]|幅度)*"
RATE = re.compile(f"{_RATED}$")
OF_MONEY = re.compile(
    "(?:增加|减少|增收|减收|增支|减支|压减|节约|收入|支出|费用?|资金|[预决]算|金额|拨款|合计|总计|总额)(?:[数额为共计达了约是])*$"
)
# Behind it: how much that is in per cent, of last year's or of all.
RATE_NEXT = re.compile(rf"[，,；;](?:{_RATED}|占[^，,。；;0-9]{{0,12}})?[0-9.]+[%％]")
CHANGED = re.compile("(?:增加|减少|增长|下降)[^，,。；;0-9]{0,4}[0-9.]+[一-鿿]{1,2}[，,]$")
SHARES = re.compile("占[^，,。；;0-9]{0,12}[0-9.]+[%％]")
RATES = re.compile(f"{_RATED}[0-9.]+[%％]")
AMOUNTS = re.compile("[0-9](万元|亿元|千元|元)")
SHARED = re.compile("元[，,]占[^，,。；;0-9]{0,12}[0-9.]+[%％]")
POINTS = re.compile("分|率|占|比[例重]|指数|系数|编码|科目|编制|单位[：:]")
JOINED = re.compile(
    "其[他它中][^，,。；;0-9]{0,12}[0-9.]+(?P<unit>[万亿]?元|[个家名人辆所户件台处])"
)
# 较上年2.08减少0.03万元: from a number without a unit, by an amount that has one
FROM_BARE = re.compile(
    r"年(?<=[较比同与由从][上去]年)度?[^，,。；;0-9]{0,6}(?P<n>[0-9]+(?:\.[0-9]+)?)"
    r"(?:增加|减少|增长|下降|降低|提高|压减)了?[0-9.]+(?P<unit>[万亿]?元)"
)
# 收、支总计各减少1267.86，2570.97万元: both in the unit behind the second
SHARED_UNIT = re.compile(r"[，,、][0-9]+(?:\.[0-9]+)?(?:[万亿]?元|[%％])")
# What numbers an order, a date or a class, and no amount.
NUMBERED = re.compile(
    "第|[年月日号路线栋楼组班级表图]$|编号|序号|代码|附件|附表|国道|省道|县道|乡道"
)
LEAST = 4
AROUND = {"beside": "前后的数都", "beside_en": "the amounts around it are"}
TARGET = {"beside": "指标值", "beside_en": "the target is"}
NUMBER = re.compile(r"(?!1(?:\.0+)?$)[1-9][0-9]*(?:\.[0-9]+)?")  # 0.95 is 95%, 1 all of it


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists of four items and more, all but one of one unit; shares, rates and money alone; results."""
    found = [
        f for p in subject.told.holding(BARE) for f in (*_of_passage(p), *_by_what_it_tells(p))
    ]
    found += [f for _, lines in subject.indicators for line in lines for f in _of_result(line)]
    yield from outcomes_of(found, (RULE,))


def _of_result(line: IndicatorLine) -> Iterator[Finding]:
    """94 beside a target of ≥95%: nobody can score it."""
    target, result = line.target, line.result
    if target is None or result is None or target.text[-1:] not in ("%", "％"):  # quick
        return
    printed = result.text.strip()
    if NUMBER.fullmatch(printed):
        words = {"unit": "%", "printed": printed, **TARGET}
        right = f"{printed}%"
        yield Finding(RULE, result.at, words, (target.at,), result.address, printed, right)


def _of_passage(passage: Passage) -> Iterator[Finding]:
    run: list[re.Match[str]] = []
    for match in ITEM.finditer(passage.text):
        if run and match.start() != run[-1].end() + 1:
            yield from _of_run(passage, run)
            run = []
        run.append(match)
    yield from _of_run(passage, run)


def _of_run(passage: Passage, run: list[re.Match[str]]) -> Iterator[Finding]:
    """Items with one mark between: one without a unit between neighbours that have one and the same."""
    for number, item in enumerate(run):
        near = {
            other["unit"] for other in (*run[max(0, number - 2) : number], *run[number + 1 :][:2])
        }
        if item["unit"] or not number or len(run) < LEAST or len(near) != 1:
            continue
        (unit,) = near
        if not unit or item.end() == len(passage.text) or NUMBERED.search(item["name"]):
            continue  # where a line ends the unit may stand on the next
        printed = item[0]
        words = {"unit": unit, "printed": printed, **AROUND}
        address = passage.address or sentence_address(printed, item["name"])
        at = passage.place(item.start())
        yield Finding(RULE, at, words, (), address, printed, f"{printed}{unit}")


def _by_what_it_tells(passage: Passage) -> Iterator[Finding]:
    """占…53.28, 同比下降18.87, 减少484.05 between others that have their per cent, their 万元."""
    text = passage.text
    for match in FROM_BARE.finditer(text):
        start, printed = match.start("n"), match["n"]
        words = {"unit": match["unit"], "printed": printed, **AROUND}
        address = passage.address or sentence_address(printed, "上年")
        right = f"{printed}{match['unit']}"
        yield Finding(RULE, passage.place(start), words, (), address, printed, right)
    for match in LONE.finditer(text):
        opening = OPENING.search(text, 0, match.start())
        assert opening is not None  # it may be empty
        before = opening[0]
        unit = _unit(text, before, match)
        if not unit or NUMBERED.search(before):
            continue
        if ("各" in before or "分别" in before) and SHARED_UNIT.match(text, match.end("n")):
            continue
        first = opening.start() if before else max(0, match.start() - 8)
        first = max(first, match.start() - 14)
        printed = text[first : match.end("n")]
        words = {"unit": unit, "printed": printed, **AROUND}
        address = passage.address or sentence_address(printed, before)
        yield Finding(RULE, passage.place(first), words, (), address, printed, f"{printed}{unit}")


def _unit(text: str, before: str, match: re.Match[str]) -> str:
    """The unit that a number between `before` and the next mark should have; empty where nobody can say."""
    number, end = match["n"], match.end()
    exact = "." in number
    if text.startswith("其", end):
        joined = JOINED.match(text, end)
        return joined["unit"] if joined and not POINTS.search(before) else ""
    if SHARE.search(before):
        return "%" if SHARES.search(text) else ""
    if not before:
        bare = text[match.start() - 2 : match.start()] in ("元，", "元,")
        return "%" if bare and SHARED.search(text) else ""
    rated_next = RATE_NEXT.match(text, end)
    if RATE.search(before) and not rated_next:
        changed = CHANGED.search(text, 0, match.start() - len(before))
        return "%" if (exact or changed) and RATES.search(text) else ""
    if not (exact or rated_next) or POINTS.search(before):
        return ""
    if not (OF_MONEY.search(before) or RATE.search(before)):
        return ""
    units = AMOUNTS.findall(text)
    return units[0] if len(set(units)) == 1 and (rated_next or len(units) > 1) else ""
