"""正文的结果与指标表不是一回事: another unit, other numbers of harm, an old date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import KIND, Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Cell, Fact, Report
from site_builder.rules.goals_met import SIGNS, plan_and_done
from site_builder.rules.indicator_lines import IndicatorLine, indicator_tables
from site_builder.rules.named_rows import pairs_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
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
PLANNED = Rule(
    "target-told-as-result",
    "warning",
    Words("正文写的是目标数，不是完成数", "The target told where the result is meant"),
    Words(
        "正文写“{printed}”，这是指标“{label}”的目标{target}，完成值是{recomputed}",
        "the text says “{printed}”, the target of “{label}” ({target}); the result is {recomputed}",
    ),
    Words(
        "请核对：说完成情况的，写完成值；说目标的，写明是目标",
        "give the result, or say that it is the target",
    ),
    Words(
        "正文说的完成情况应当是完成值，不是目标值。",
        "What the text says was done should be the result, not the target.",
    ),
    yields_to=("told-result-differs", "prose-contradicts"),
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
)
DENIED = re.compile(
    "(?:未发生|没有发生|未出现|没有出现|零发生|未接到|没有接到)(?:过|一起|任何|重大|较大)*(?P<what>[^，,。；;、]{2,16})"
)
ASIDE_OF_DENIAL = re.compile("上年|去年|季度|月|以来|期间|整改后")
AS_OF = re.compile(
    r"截[至止](?:到)?(?P<year>20[0-9]{2})年(?:12月(?:31日|底)?|底|末|年底|年末)(?:[，,止，]*)"
)
UPPER = re.compile("≤|≦|<|＜|不超过|不高于|不多于|以内|^[=＝]?0[^-9.]")
LESS = re.compile("投诉|事故|信访|上访|案件|事件|违规|火灾|伤亡|差错|退件|逾期|警情")
ASIDE = re.compile(
    "其中|上年|去年|比|较|每|均|减少|下降|新增|月|季度|一般|轻微|计划|目标|累计|受理|办结"
)
LARGE = re.compile("公顷|平方|公里|千米|[0-9]米|[0-9]亩|[0-9]吨|公斤|立方")
GOALS = re.compile(
    "目标|计划|任务|要求|上年|去年|其中|不少于|至少|每|新增|[0-9一二三四]月|季度|半年|以来"
)
HARMS = frozenset(("起", "件", "次", "例", "人", "宗"))
AREAS = frozenset(("area", "length", "mass", "volume"))
LAST = re.compile("上年|年初|期初|预算|目标|计划")


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures of sentences beside indicators that they call by half of their name."""
    report = subject.disclosure.report
    lines = [
        line
        for _, some in indicator_tables(report)
        for line in some
        if line.result is not None and line.target is not None and line.result.fact is not None
    ]
    rows = list(_harms(report))
    found: list[Outcome] = []
    for passage in subject.told.lines:
        if not is_told(passage):
            continue
        may_be = lines and (
            LESS.search(passage.text)
            or LARGE.search(passage.text)
            or any(line.label in passage.text for line in lines)
        )
        for said in passage.figures if may_be else ():
            if said.linked or said.about or said.upto or said.sign or said.figure is None:
                continue
            found += _beside(passage, said, lines)
        if "未" in passage.text or "没有" in passage.text or "零" in passage.text:
            found += _denied(passage, rows)
        if "截" in passage.text:
            found += _stale(subject, passage)
    yield from found
    for rule in (UNIT, PLANNED, HARM, STALE):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有可以对照的", "nothing to compare"))


def _beside(passage: Passage, said: Said, lines: list[IndicatorLine]) -> Iterator[Outcome]:
    low, _ = passage.clause(said.start)
    figure = said.figure
    assert figure is not None  # as of all that are looked at
    for line in lines:
        assert line.result is not None and line.target is not None  # as of all lines
        done = measure(line.result.text)
        if done is None or done.about:
            continue
        goal = measure(SIGNS.sub("", line.target.text.strip()))
        if (
            done.unit == said.unit
            and goal is not None
            and _is_goal(passage, said, line, goal, done)
        ):
            rule = PLANNED
        elif done.unit == said.unit:
            if done.amount == figure.amount or not UPPER.search(line.target.text):
                continue
            rule = HARM
            if not LESS.search(line.label) or ASIDE.search(passage.text, low, said.start):
                continue
        elif done.amount == figure.amount and _kind(done.unit) == _kind(said.unit) in AREAS:
            rule = UNIT
            if figure.amount < 2 or figure.factor_to(done.unit) in (None, 1):
                continue
        else:
            continue
        words = passage.text[low : said.start]
        pairs = pairs_of(line.label)
        held = sum(pair in words for pair in pairs)
        if held < 2 or held * 5 < len(pairs) * 2:
            continue
        printed = f"{words[-12:]}{said.text}"
        factor = figure.factor_to(done.unit)
        told = {
            "printed": printed,
            "label": line.label,
            "target": line.target.text,
            "recomputed": line.result.text,
            "factor": "" if factor is None else f"{max(factor, 1 / factor):.0f}",
        }
        finding = Finding(
            rule,
            passage.place(said.start),
            told,
            (line.result.at,),
            sentence_address(said.text, line.label),
            said.text,
            line.result.text,
            length=len(said.text),
        )
        yield Outcome(rule, finding=finding)
        return


def _harms(report: Report) -> Iterator[tuple[str, str, Cell]]:
    """Goals of nothing, or of so much at most, that came to something: name, goal, result."""
    goals: list[tuple[str, Cell | None, Cell | None]] = [
        (line.label, line.target, line.result)
        for _, some in indicator_tables(report)
        for line in some
    ]
    for table in report.tables:
        columns = plan_and_done(table.form) if table.form.kind == "list" else None
        if columns is not None:
            plan, done, name = columns
            goals += [(n.cells[name].text, n.cells[plan], n.cells[done]) for n in table.lines]
    for label, target, result in goals:
        if target is None or result is None or not UPPER.search(target.text.strip()):
            continue
        came = measure(result.text)
        if came is not None and came.amount > 0 and came.unit in HARMS:
            yield label, target.text, result


def _denied(passage: Passage, rows: list[tuple[str, str, Cell]]) -> Iterator[Outcome]:
    """全年未发生亡人火灾, and one in the table."""
    for match in DENIED.finditer(passage.text) if rows else ():
        low = passage.opening(match.start())
        if ASIDE_OF_DENIAL.search(passage.text, low, match.start()):
            continue
        for label, target, result in rows:
            pairs = pairs_of(label)
            held = sum(pair in match["what"] for pair in pairs)
            if not held or held * 2 < len(pairs) or held < min(2, len(pairs)):
                continue
            words = {
                "printed": match[0],
                "label": label,
                "target": target,
                "recomputed": result.text,
            }
            finding = Finding(
                HARM,
                passage.place(match.start()),
                words,
                (result.at,),
                sentence_address(match[0], label),
                match[0],
                result.text,
                length=len(match[0]),
            )
            yield Outcome(HARM, finding=finding)
            break


def _is_goal(passage: Passage, said: Said, line: IndicatorLine, goal: Figure, done: Figure) -> bool:
    """全年开展文艺下乡12场, where twelve were asked for and fourteen held: not some of them."""
    figure = said.figure
    if figure is None or figure.amount != goal.amount or goal.unit != done.unit:
        return False
    low = passage.opening(said.start)
    before = passage.text[low : said.start].removesuffix("共").removesuffix("了")
    beyond = done.amount > goal.amount and not UPPER.search(line.target.text if line.target else "")
    return beyond and before.endswith(line.label) and not GOALS.search(passage.text, low, said.end)


def _kind(unit: str) -> str:
    kind = KIND.get(unit)
    return "" if kind is None else kind[0]


def _stale(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """截至2020年12月31日，资产总额2086.98万元, in the report of 2021, whose table has that of 2021."""
    report = subject.disclosure.report
    year = report.key.year
    for match in AS_OF.finditer(passage.text):
        if int(match["year"]) != year - 1:
            continue
        high = passage.sentence(match.end())[1]
        told = [s for s in passage.figures if match.end() <= s.start < high][:1]
        for said in told:
            fact = _of_this_year(report.facts, said, year)
            if fact is None:
                continue
            words = {
                "printed": match[0].rstrip("，,止"),
                "figure": said.text,
                "year": str(year),
                "label": fact.label,
            }
            finding = Finding(
                STALE,
                passage.place(match.start()),
                words,
                (fact.at,),
                sentence_address(words["printed"], fact.row),
                words["printed"],
                f"{year}年",
                length=len(words["printed"]),
            )
            yield Outcome(STALE, finding=finding)


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
