"""正文写的完成情况与指标表不符: an outcome of an indicator told otherwise, or its target told for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import measure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.report import Fact
from site_builder.rules.goals_met import SIGNS
from site_builder.rules.indicator_named import (
    MEASURE,
    NAME,
    TASKS,
    ToldIndicator,
    is_slip,
    told_indicators,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage
from site_builder.told import LEADING, is_told, plain_label, year_of

RESULT = Rule(
    "told-result-differs",
    "warning",
    Words("正文写的完成情况与指标表不符", "An outcome told is not the table's"),
    Words(
        "正文写“{label}”{printed}，指标表里的完成值是{recomputed}",
        "the text says {printed} of “{label}”; the table of indicators has {recomputed}",
    ),
    Words(
        "请对照原件核对哪一处是对的；原件如此的，保留原数并在“认可”中说明",
        "look in the original which is right; if it is printed so, keep it and explain it",
    ),
    Words(
        "正文说的完成情况应当与指标表的完成值一致。",
        "What the text says of an indicator should be what its table says.",
    ),
    yields_to=("prose-contradicts",),
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
_FILLING = re.compile(r"(?:均|已|也|全部|分别|共计?)?(?:达到了?|达|为|是|了|实现|完成|[:：])?$")
_OTHERWISE = re.compile(
    "目标|计划|上年|去年|年初|较|比|提高|上升|下降|提升|力争|争取|确保|不低于|超过|任务|应|拟|将|明年|累计|"
    "历年|原|要求|截至|截止|申报|规划|预计|其中|包括|以来|共有|现有"
)
# 群众满意度目标90%，实际93.4%: the result behind its goal
_DONE = re.compile("[，,、]实际(?:完成|达到?|为|是|值)*$")
_GOAL = re.compile("(?:年度|全年)?(?:目标|指标|计划|任务)(?:值|数)?(?:为|是)?$")
# 农村生活污水治理项目覆盖750户, of 生活污水治理户数: the indicator's name, then what was done
_CARRIED_OUT = re.compile(
    "(?:项目|工程|任务|工作)?(?:共|已|全年|实际)*(?:覆盖|完成|治理|改造|建成|实施|安装|养护|维修|新建|新增)(?:了|农户|共|达)*$"
)
_PLACE = re.compile("^(?:农村|全镇|全乡|我镇|我乡|镇域|镇区|辖区|村级|村组)+")


# Less is better: another rule holds the text against the table.
_UPPER = re.compile("≤|≦|<|＜|不超过|不高于|不多于|以内")
TENFOLD = (-2, -1, 1, 2, 3, 4)


def check(subject: Subject) -> Iterator[Outcome]:
    """What sentences call by an indicator's name, then what they call by its words in another order."""
    found = list(_told(subject))
    for told in told_indicators(subject):
        found += _retold(told)
    yield from {
        o.finding.at if o.finding is not None else n: o for n, o in enumerate(found)
    }.values()
    if not any(o.rule is RESULT for o in found):
        yield Outcome(RESULT, reason=Words("正文没有说指标的完成值", "no outcome is told"))
    if not any(o.rule is PLANNED for o in found):
        yield Outcome(PLANNED, reason=Words("没有可以对照的", "nothing to compare"))


def _retold(told: ToldIndicator) -> Iterator[Outcome]:
    """全年清运垃圾3751吨, of 垃圾清运量, which came to 3715吨."""
    of, figure, done = told.of, told.figure, told.of.done
    if of.target is None or _UPPER.search(of.target.text):
        return
    if figure.agrees_with(done):
        yield Outcome(RESULT, (of.result.address,))
        return
    goal = measure(SIGNS.sub("", of.target.text.strip()))
    if goal is not None and figure.amount == goal.amount < done.amount:
        yield _finding(PLANNED, told, of.target.text)
        return
    amount, right = figure.amount, done.amount
    likely = done.unit == "%" or right < amount <= right * 2 or (told.whole and amount * 2 > right)
    if likely or amount in [right.scaleb(n) for n in TENFOLD] or is_slip(figure, done):
        yield _finding(RESULT, told, "")


def _finding(rule: Rule, told: ToldIndicator, target: str) -> Outcome:
    said, of = told.said, told.of
    words = {
        "label": of.label,
        "printed": said.text,
        "target": target,
        "recomputed": of.result.text,
    }
    finding = Finding(
        rule,
        told.passage.place(said.start),
        words,
        (of.result.at,),
        told.passage.address or sentence_address(said.text, address_part(of.label)),
        said.text,
        of.result.text,
        length=0 if told.passage.address else len(said.text),
    )
    return Outcome(rule, (of.result.address,), finding)


def _told(subject: Subject) -> Iterator[Outcome]:
    results = _results(subject)
    for passage in subject.told.lines if results else ():  # quick
        if not is_told(passage):
            continue
        if not any(name in passage.text for name in results):  # quick
            continue
        for amount in (a for one in segments(passage) for a in one.amounts):
            said, figure, _ = amount
            meant = _meant(subject, passage, amount, results)
            if meant is None or TASKS.search(passage.text, 0, said.start):
                continue
            label, result = meant
            done = result.figure
            if done.about or done.unit != figure.unit:
                continue
            fewer = done.unit != "%" and figure.amount < done.amount
            if fewer or figure.agrees_with(done):  # some of them may be told alone
                yield Outcome(RESULT, (result.address,))
                continue
            words = {"label": label, "printed": said.text, "recomputed": result.figure.text}
            finding = Finding(
                RESULT,
                passage.place(said.start),
                words,
                (result.at,),
                sentence_address(said.text, address_part(label)),
                said.text,
                result.figure.text,
            )
            yield Outcome(RESULT, (result.address,), finding)


def _behind_its_goal(
    passage: Passage, said: Said, results: dict[str, tuple[str, Fact]]
) -> tuple[str, Fact] | None:
    """群众满意度目标90%，实际93.4%: the indicator that is named before the goal."""
    low = passage.sentence(said.start)[0]
    goals = [one for one in passage.figures if low <= one.start and one.end <= said.start]
    if not goals:
        return None
    goal = goals[-1]
    before = passage.text[passage.clause(goal.start)[0] : goal.start].removesuffix(goal.sign)
    wished = _GOAL.search(before)
    if wished is None:
        return None
    head = before[: wished.start()]
    for name, meant in results.items():
        if head.endswith(name) and LEADING.fullmatch(head[: -len(name)]):
            return meant
    return None


def _results(subject: Subject) -> dict[str, tuple[str, Fact]]:
    """Labels and results of indicators by name, where the name is one and long enough to be told."""
    found: dict[str, tuple[str, Fact]] = {}
    twice = set()
    for _, lines in subject.indicators:
        for line in lines:
            name, result = plain_label(line.label), line.result
            if result is not None and result.fact is not None and NAME.fullmatch(name):
                for one in {name, MEASURE.sub("", name)}:
                    if one in found:
                        twice.add(one)
                    found[one] = line.label, result.fact
    return {name: one for name, one in found.items() if name not in twice}


def _meant(
    subject: Subject, passage: Passage, amount: Amount, results: dict[str, tuple[str, Fact]]
) -> tuple[str, Fact] | None:
    """The indicator whose name stands right before a figure, with nothing that narrows it."""
    said = amount.said
    if said.upto or said.about or not said.unit:
        return None
    low = passage.clause(said.start)[0]
    before = _FILLING.sub("", passage.text[low : said.start])
    if _DONE.search(passage.text, max(0, said.start - 8), said.start):
        return _behind_its_goal(passage, said, results)
    carried = _CARRIED_OUT.search(passage.text, low, said.start)
    if carried is not None:
        short = passage.text[low : carried.start()]
        for name, meant in results.items():
            head = short.removesuffix(name) if short.endswith(name) else None
            done = meant[1].figure
            if head is None or not LEADING.fullmatch(_PLACE.sub("", head)):
                continue
            if amount.figure.amount <= done.amount * 2:  # many more are of something else
                sentence = passage.text[passage.sentence(said.start)[0] : said.start]
                mine = year_of(passage, said, subject.disclosure.report)
                if not _OTHERWISE.search(sentence.replace(name, "").replace(carried[0], "")):
                    return meant if mine == subject.disclosure.key.year else None
    for name, meant in results.items():
        if before.endswith(name) and LEADING.fullmatch(before[: -len(name)]):
            sentence = passage.text[passage.sentence(said.start)[0] : said.start]
            after = re.split("[，,（(]其中", passage.text[said.end : said.end + 8])[0]
            if _OTHERWISE.search(sentence.replace(name, "") + after):
                return None
            year = year_of(passage, said, subject.disclosure.report)
            return meant if year == subject.disclosure.key.year else None
    return None
