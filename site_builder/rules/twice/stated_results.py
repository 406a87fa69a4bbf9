"""同一结果两处不同: a score, or an outcome of an indicator, stated again as another figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.report import Cell, Fact, Report, TableData
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage, Said
from site_builder.told import LEADING, is_told, plain_label, year_of

_REMEDY = Words(
    "请对照原件核对哪一处是对的；原件如此的，保留原数并在“认可”中说明",
    "look in the original which is right; if it is printed so, keep it and explain it",
)
SCORE = Rule(
    "stated-score-differs",
    "error",
    Words("自评得分与指标表的总分不符", "The score stated is not the table's total"),
    Words(
        "自评得分写的是{printed}，指标表的总得分是{recomputed}",
        "the score is stated as {printed}; the table of indicators totals {recomputed}",
    ),
    _REMEDY,
    Words("自评得分就是指标表的总得分。", "The score is what the table of indicators adds up to."),
    yields_to=("told-twice",),
)
SUMMARY = Rule(
    "summary-differs",
    "warning",
    Words("汇总表与项目自评表不符", "The summary differs from the project's own table"),
    Words(
        "汇总表里“{label}”写的是{printed}，这个项目的自评表里“{own}”是{recomputed}",
        "in the summary “{label}” is {printed}; the project's own table has {recomputed} at “{own}”",
    ),
    _REMEDY,
    Words(
        "汇总表的数来自每个项目的自评表，应当相同。",
        "A summary takes its figures from the projects' tables.",
    ),
)
RESULT = Rule(
    "told-result-differs",
    "warning",
    Words("正文写的完成情况与指标表不符", "An outcome told is not the table's"),
    Words(
        "正文写“{label}”{printed}，指标表里的完成值是{recomputed}",
        "the text says {printed} of “{label}”; the table of indicators has {recomputed}",
    ),
    _REMEDY,
    Words(
        "正文说的完成情况应当与指标表的完成值一致。",
        "What the text says of an indicator should be what its table says.",
    ),
    yields_to=("prose-contradicts",),
)
_TOTAL = re.compile(r"(?:资金|预算|支出)?(?:总额|合计|总计)$")
_FILLING = re.compile(r"(?:均|已|也|全部|分别|共计?)?(?:达到了?|达|为|是|了|实现|完成|[:：])?$")
_OTHERWISE = re.compile(
    "目标|计划|上年|去年|年初|同比|较|比|提高|上升|下降|提升|力争|争取|确保|不低于|超过|任务|应|拟|将|明年|累计|"
    "历年|原|要求|截至|截止|申报|规划|预计|其中|包括|以来|共有|现有"
)
# 群众满意度目标90%，实际93.4%: the result behind its goal
_DONE = re.compile("[，,、]实际(?:完成|达到?|为|是|值)*$")
_GOAL = re.compile("(?:年度|全年)?(?:目标|指标|计划|任务)(?:值|数)?(?:为|是)?$")
# 养护农村公路里程 is told as 养护农村公路54公里
_MEASURE = re.compile(
    "(?<=..[一-鿿]{2})(?:里程|户数|人数|面积|数量|个数|处数|座数|次数|场次|场数|人次|长度|亩数|吨数|台数|盏数|数)$"
)
_NAME = re.compile("[\u4e00-\u9fff]{4,16}")
# 农村生活污水治理项目覆盖750户, of 生活污水治理户数: the indicator's name, then what was done
_CARRIED_OUT = re.compile(
    "(?:项目|工程|任务|工作)?(?:共|已|全年|实际)*(?:覆盖|完成|治理|改造|建成|实施|安装|养护|维修|新建|新增)(?:了|农户|共|达)*$"
)
_PLACE = re.compile("^(?:农村|全镇|全乡|我镇|我乡|镇域|镇区|辖区|村级|村组)+")


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's score; the projects' figures in a summary; outcomes told in sentences."""
    report = subject.disclosure.report
    yield from _score(report)
    yield from _summaries(report)
    yield from _told(subject)


def _total_score(table: TableData) -> Fact | None:
    column = table.form.column_with("得分")
    cell = table.total.get(column.label) if column is not None else None
    return None if cell is None else cell.fact


def _score(report: Report) -> Iterator[Outcome]:
    """自评得分 against the total of the only table of indicators that is the town's own."""
    own = [t for t in report.tables if t.form.kind == "indicators" and not t.form.subject]
    total = _total_score(own[0]) if len(own) == 1 else None
    stated = {f.address: f for f in report.facts_of("自评得分")}
    if total is not None:
        stated.pop(total.address, None)  # 总分 is 自评得分 too
        for fact in stated.values():
            yield _stated(fact, total)
    if total is None or not stated:
        yield Outcome(SCORE, reason=Words("没有两处得分", "the score is not stated twice"))


def _stated(fact: Fact, total: Fact) -> Outcome:
    points = Figure(total.figure.amount, "分", total.figure.text, total.figure.about)
    guards = (fact.address, total.address)
    if fact.figure.agrees_with(points):
        return Outcome(SCORE, guards)
    words = {"printed": str(fact.figure), "recomputed": f"{total.figure.amount}分"}
    others = (total.at,)
    finding = Finding(
        SCORE, fact.at, words, others, fact.address, fact.figure.text, total.figure.text
    )
    return Outcome(SCORE, guards, finding)


# -- summaries of projects ---------------------------------------------------------------------


def _summaries(report: Report) -> Iterator[Outcome]:
    projects: dict[str, list[TableData]] = {}
    for table in report.tables:
        project = table.form.subject
        if table.form.key.endswith(f"·{project}"):
            projects.setdefault(project, []).append(table)
    compared = False
    for table in report.tables if projects else ():  # quick
        if table.form.kind != "list":
            continue
        for line in table.lines:
            named = [c for c in line.cells if c.text in projects]
            if len(named) == 1:
                own = projects[named[0].text]
                for outcome in _summary(named[0].text, table, line.cells, own):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(SUMMARY, reason=Words("没有项目汇总表", "no summary of projects"))


def _summary(
    name: str, table: TableData, cells: tuple[Cell, ...], own: list[TableData]
) -> Iterator[Outcome]:
    """Scores against the project's total, amounts of a basis against its 资金总额."""
    scores = [f for t in own if (f := _total_score(t)) is not None]
    for column, cell in zip(table.form.columns, cells, strict=True):
        fact = cell.fact
        if fact is None:
            continue
        if column.label.endswith(("得分", "评分")) and len(scores) == 1:
            theirs = scores[0]
            same = fact.figure.amount == theirs.figure.amount
        elif column.basis and column.unit != "%":
            sums = [f for t in own for f in _sums(t, column.basis)]
            if len(sums) != 1:
                continue
            theirs = sums[0]
            same = fact.figure.agrees_with(theirs.figure)
        else:
            continue
        guards = (fact.address, theirs.address)
        if same:
            yield Outcome(SUMMARY, guards)
            continue
        words = {
            "label": f"{name}·{column.label}",
            "printed": str(fact.figure),
            "own": theirs.label,
            "recomputed": str(theirs.figure),
        }
        others = (theirs.at,)
        finding = Finding(
            SUMMARY, fact.at, words, others, fact.address, fact.figure.text, theirs.figure.text
        )
        yield Outcome(SUMMARY, guards, finding)


def _sums(table: TableData, basis: str) -> Iterator[Fact]:
    columns = [
        n
        for n, c in enumerate(table.form.columns)
        if c.basis == basis and c.unit not in ("%", "分")
    ]
    for line in table.lines if len(columns) == 1 else ():
        fact = line.cells[columns[0]].fact
        if fact is not None and _TOTAL.search(plain_label(line.label)):
            yield fact


# -- outcomes told in sentences ----------------------------------------------------------------


def _told(subject: Subject) -> Iterator[Outcome]:
    results = _results(subject)
    compared = False
    for passage in subject.told.lines if results else ():  # quick
        if not is_told(passage):
            continue
        if not any(name in passage.text for name in results):  # quick
            continue
        for amount in (a for one in segments(passage) for a in one.amounts):
            said, figure, _ = amount
            meant = _meant(subject, passage, amount, results)
            if meant is None:
                continue
            label, result = meant
            done = result.figure
            if done.about or done.unit != figure.unit:
                continue
            compared = True
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
    if not compared:
        yield Outcome(RESULT, reason=Words("正文没有说指标的完成值", "no outcome is told"))


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
            if result is not None and result.fact is not None and _NAME.fullmatch(name):
                for one in {name, _MEASURE.sub("", name)}:
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
