"""正文的结果与指标表不是一回事: another unit, other numbers of harm, an old date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import KIND_NAME, Figure, measure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.record import record
from site_builder.report import Cell, Fact, Report
from site_builder.rules.goals_met import goals_of
from site_builder.rules.indicator_named import ToldIndicator, told_indicators
from site_builder.rules.named_rows import pairs_of
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.sentences import Passage
from site_builder.told import is_told

UNIT = Rule(
    "told-unit-differs",
    "warning",
    Words("同一个数，正文和表中单位不同", "One number, with another unit in the table"),
    Words(
        "正文写“{printed}”，指标“{label}”的完成值是{recomputed}：数相同，单位差{factor}倍",
        "the text says “{printed}”; the result of “{label}” is {recomputed}: same number, {factor} times the unit",
    ),
    Words("请核对哪一处的单位是对的", "see which unit is right"),
    Words(
        "公顷和亩、公里和米、元和万元写混，结果就差几十倍到一万倍。",
        "Hectares for mu, kilometres for metres: the result is off by tens or thousands.",
    ),
    yields_to=("unit-slip", "unit-mismatch", "told-result-differs", "prose-contradicts"),
)
HARM = Rule(
    "told-harm-differs",
    "warning",
    Words("正文写的次数与指标表不符", "Harm told otherwise than in the table"),
    Words(
        "正文写“{printed}”，指标“{label}”（目标{target}）的完成值是{recomputed}",
        "the text says “{printed}”; “{label}” (target {target}) came to {recomputed}",
    ),
    Words(
        "请核对全年实际发生数，两处改成一致；只说其中一部分的，写明范围",
        "make both state what happened in the year; if only some are meant, say so",
    ),
    Words(
        "投诉、事故、信访这类越少越好的指标，正文和表应当说同一个数。",
        "Of complaints and accidents text and table should state one number.",
    ),
    yields_to=("told-result-differs", "prose-contradicts", "digits-swapped"),
)
STALE = Rule(
    "as-of-last-year",
    "warning",
    Words("“截至”的日期是上年，数却是本年的", "“As of” last year, beside this year's figure"),
    Words(
        "正文写“{printed}”，后面的{figure}却是表中{year}年末的数（“{label}”）",
        "it says “{printed}”, yet {figure} is the table's figure of {year} (“{label}”)",
    ),
    Words(
        "请核对日期，多半是沿用了上年的稿子", "check the date; last year's draft was probably used"
    ),
    Words(
        "年末数要写明是哪一年的年末。",
        "A closing figure is of one year's end.",
    ),
    yields_to=("wrong-year",),
)
DENIED = re.compile(
    "(?P<how>未发生|没有发生|未出现|没有出现|零发生|未接到|没有接到)(?:过|一起|任何)*(?P<what>[^，,。；;、]{0,16})"
)
# 未发生重大森林火灾 does not deny that woods burned.
GRAVE = re.compile("重特大|特大|重大|较大|人为|群体|恶性|亡人|责任|系统性|区域性|规模性")
ASIDE_OF_DENIAL = re.compile("上年|去年|季度|半年|月|以来|期间|整改后")
# 未发生火灾伤亡 does not deny the fire.
VICTIMS = re.compile("伤亡|死亡|亡人|损失")
AS_OF = re.compile(r"20(?P<year>[0-9]{2})年(?:12月(?:31日|底)?|年?底|年?末)止?[，,]*")
# 截至 and the like before the year; without it the end of a year may be told as what things are held against.
UNTIL = re.compile("(?:截[至止]到?|(?<![0-9日月年])至)$")
HELD_AGAINST = frozenset("0123456789由从比较与同和跟至")
BEHIND = re.compile("[（(]$")
CHANGED = re.compile("[增减升降较比达]|变动")
UPPER = re.compile("≤|≦|<|＜|不超过|不高于|不多于|以内|^[=＝]?0[^-9.]")
LESS = re.compile("投诉|事故|信访|上访|案件|事件|违规|火灾|伤亡|差错|退件|逾期|警情")
ASIDE = re.compile(
    "其中|上年|去年|比|较|每|均|减少|下降|新增|月|季度|一般|轻微|计划|目标|累计|受理|办结|热线|平台|网上|网络"
)
MEAN = re.compile("每|均")
# Numbers of such things, lengths, areas and weights: what units may hide; each branch begins with a letter.
MAYBE = re.compile(
    f"{LESS.pattern}|公[顷里斤]|平方|立方|千米|米(?<=[0-9]米)|亩(?<=[0-9]亩)|吨(?<=[0-9]吨)"
)
HARMS = frozenset(("起", "件", "次", "例", "人", "宗"))
ONE = Decimal(1)
AREAS = frozenset(("area", "length", "mass", "volume"))
LAST = re.compile("上年|年初|期初|预算|目标|计划")


@record
class _Measured:
    """An indicator with its goal as written and its result; `upper`: less is better."""

    label: str
    target: str
    result: Cell
    done: Figure
    upper: bool


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures of sentences beside indicators that they call by half of their name."""
    report, told = subject.disclosure.report, subject.told
    rows = list(_harms(report)) if DENIED.search(told.text) else []  # quick
    measured: list[_Measured] | None = None
    found: list[Finding] = []
    last = f"{report.key.year - 1}年"
    for passage in told.lines:
        text = passage.text
        if not is_told(passage):
            continue
        for said in passage.figures if MAYBE.search(text) else ():  # quick
            figure = said.plain
            if figure is not None:
                measured = list(_measured(subject)) if measured is None else measured  # quick
                found += _beside(passage, said, figure, measured)
        if rows and ("未" in text or "没有" in text or "零" in text):  # quick
            found += _denied(passage, rows)
        if last in text:  # quick
            found += _stale(subject, passage)
    found += [finding for one in told_indicators(subject) for finding in _harm(one)]
    yield from outcomes_of(found, (UNIT, HARM, STALE))


def _measured(subject: Subject) -> Iterator[_Measured]:
    """Indicators with a result in figures."""
    for _, lines in subject.indicators:
        for line in lines:
            if line.target is not None and line.result is not None:
                done = measure(line.result.text)
                if done is not None and not done.about:
                    upper = UPPER.search(line.target.text) is not None
                    yield _Measured(line.label, line.target.text, line.result, done, upper)


def _beside(
    passage: Passage, said: Said, figure: Figure, lines: list[_Measured]
) -> Iterator[Finding]:
    low = passage.opening(said.start)
    words = passage.text[low : said.start]
    for line in lines:
        done, factor = line.done, ONE
        if done.unit == said.unit:
            if line.upper:
                rule = HARM
                if done.amount == figure.amount or not _harm_is_told(line.label, passage, said):
                    continue
                if ASIDE.search(words):
                    continue
            else:
                continue
        elif done.amount == figure.amount >= 2 and KIND_NAME.get(done.unit) in AREAS:
            rule, slipped = UNIT, figure.factor_to(done.unit)
            if slipped is None or slipped == 1 or MEAN.search(words):
                continue
            factor = slipped
        else:
            continue
        pairs = pairs_of(line.label)
        held = sum(pair in words for pair in pairs)
        if held < 2 or held * 5 < len(pairs) * 2:
            continue
        printed = f"{words[-12:]}{said.text}"
        told = {
            "printed": printed,
            "label": line.label,
            "target": line.target,
            "recomputed": line.result.text,
            "factor": f"{max(factor, 1 / factor):.0f}",
        }
        yield Finding(
            rule,
            passage.place(said.start),
            told,
            (line.result.at,),
            sentence_address(said.text, line.label),
            said.text,
            line.result.text,
            length=len(said.text),
        )
        return


def _harm(told: ToldIndicator) -> Iterator[Finding]:
    """全年收到群众投诉2件, of 群众投诉次数, which came to 4次."""
    of, said = told.of, told.said
    if of.target is None or not UPPER.search(of.target.text):
        return
    if not _harm_is_told(of.label, told.passage, said):
        return
    more = told.figure.amount > of.done.amount
    if not more and not (told.whole and told.figure.amount < of.done.amount):
        return
    words = {
        "printed": said.text,
        "label": of.label,
        "target": of.target.text,
        "recomputed": of.result.text,
    }
    at, address = told.passage.place(said.start), sentence_address(said.text, of.label)
    yield Finding(
        HARM,
        at,
        words,
        (of.result.at,),
        address,
        said.text,
        of.result.text,
        length=len(said.text),
    )


def _harm_is_told(label: str, passage: Passage, said: Said) -> bool:
    """Does the sentence name the harm that an indicator counts: not 耕地面积28600亩, of 违规占用耕地面积?"""
    harm = LESS.search(label)
    return harm is not None and passage.text.find(harm[0], *passage.sentence(said.start)) >= 0


def _harms(report: Report) -> Iterator[tuple[str, str, Cell]]:
    """Goals of nothing, or of so much at most, that came to something: name, goal, result."""
    for label, target, result, _ in goals_of(report):
        if not UPPER.search(target.text.strip()):
            continue
        came = measure(result.text)
        if came is not None and came.amount > 0 and came.unit in HARMS:
            yield label, target.text, result


def _denied(passage: Passage, rows: list[tuple[str, str, Cell]]) -> Iterator[Finding]:
    """全年未发生亡人火灾, and one in the table."""
    for match in DENIED.finditer(passage.text):
        low = passage.opening(match.start())
        if ASIDE_OF_DENIAL.search(passage.text, low, match.start()):
            continue
        what = match["what"]
        if match["how"] == "零发生":  # 火灾零发生
            what = passage.text[max(low, match.start() - 10) : match.start()] + what
        grave = GRAVE.search(what)
        for label, target, result in rows:
            if grave is not None and grave[0] not in label:
                continue
            victims = VICTIMS.search(what)
            if victims is not None and victims[0] not in label:
                continue
            pairs = pairs_of(label)
            held = sum(pair in what for pair in pairs)
            if held < max(1, min(2, len(pairs)), (len(pairs) + 1) // 2):
                continue
            words = {
                "printed": match[0],
                "label": label,
                "target": target,
                "recomputed": result.text,
            }
            yield Finding(
                HARM,
                passage.place(match.start()),
                words,
                (result.at,),
                sentence_address(match[0], label),
                match[0],
                result.text,
                length=len(match[0]),
            )
            break


def _stale(subject: Subject, passage: Passage) -> Iterator[Finding]:
    """截至2020年12月31日，资产总额2086.98万元, in the report of 2021, whose table has that of 2021."""
    report = subject.disclosure.report
    year = report.key.year
    text = passage.text
    for match in AS_OF.finditer(text):
        start, end = match.span()
        if 2000 + int(match["year"]) != year - 1:
            continue
        low, high = passage.sentence(end)
        until = UNTIL.search(text, low, start)
        if until is None and text[max(0, start - 1) : start] in HELD_AGAINST:
            continue
        start = start if until is None else until.start()
        told = [s for s in passage.figures if end <= s.start < high][:1]
        if BEHIND.search(text, low, start):
            told = [s for s in passage.figures if s.end == start - 1]
        elif told and until is None and CHANGED.search(text, end, told[0].start):
            continue  # 2021年末，固定资产增加到…
        for said in told:
            fact = _of_this_year(report.facts, said, year)
            if fact is None:
                continue
            words = {
                "printed": text[start:end].rstrip("，,止"),
                "figure": said.text,
                "year": str(year),
                "label": fact.label,
            }
            yield Finding(
                STALE,
                passage.place(start),
                words,
                (fact.at,),
                sentence_address(words["printed"], fact.row),
                words["printed"],
                f"{year}年",
                length=len(words["printed"]),
            )


def _of_this_year(facts: tuple[Fact, ...], said: Said, year: int) -> Fact | None:
    """The fact of this year's end with that amount, where no opening or last year's figure has it."""
    figure = said.figure
    if figure is None or figure.amount < 10:
        return None
    same = [
        f
        for f in facts
        if figure.factor_to(f.figure.unit) == 1 and figure.amount == f.figure.amount
    ]
    old = [f for f in same if f.year != year or LAST.search(f.column)]
    return same[0] if same and not old else None
