"""说明与结果相反: words beside a goal, or in the text, that say the contrary of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import Column, sentence_address
from site_builder.patterns import led_by
from site_builder.report import Cell, Line, Report
from site_builder.rules.column_labels import is_total
from site_builder.rules.goals_met import Goal, goals_of, is_met, listed_goals, plan_and_done
from site_builder.rules.named_rows import NamedRow, is_called, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import YEAR, is_told

NOTE = Rule(
    "note-against-result",
    "warning",
    Words("说明与完成情况相反", "A note that says the contrary of the result"),
    Words(
        "“{label}”目标{target}、完成{result}，说明却写“{printed}”",
        "“{label}”: goal {target}, result {result}, and the note says “{printed}”",
    ),
    Words(
        "请核对完成数和说明，改正写错的一处；说的是别的事的，把话写清楚",
        "mend the result or the note; if it is about something else, say so",
    ),
    Words(
        "没有达到的要写原因，达到了的不会有没完成的原因；两处相反，总有一处写错或串了行。",
        "A goal that was met has no reason for having been missed; often a line has slipped.",
    ),
    yields_to=("score-despite-failure",),
)
STATE = Rule(
    "state-differs",
    "warning",
    Words("正文写的进展与表中相反", "Progress told otherwise than in the table"),
    Words(
        "正文写“{label}”“{printed}”，表中“{column}”写的是“{recomputed}”",
        "the text says “{printed}” of “{label}”; the table has “{recomputed}” under “{column}”",
    ),
    Words(
        "请核对这个项目到年末的实际进展，两处改成一致",
        "make both say how far it had come at the end of the year",
    ),
    Words(
        "同一个项目不会既完工又未完工。",
        "A project is either finished or not.",
    ),
)
# Each at the head of a clause, so that it is said of the goal itself and of nothing else.
FAILED = re.compile(
    "(?:^|[，,。；;])(?:(?:因|由于|受)[^，,。；;]{1,16}?[，,]?)?(?:仍|尚|还)?"
    "(?:未(?:能)?(?:全部|全面|按[期时计划]+|如期)?(?:完成|达标|达到|实现)|没有(?:全部|按[期时]+)?(?:完成|达到|达标)|完不成|进度滞后|低于(?:目标|计划|预期)|[尚还仍]差[0-9.]+[^0-9，,。；;]{1,4}?(?:没有|未)?(?:完成|达到|达标|$)|少[完办做修建种][^，,。；;0-9]{0,2}[0-9])"
)
EXCEEDED = re.compile(
    "(?:^|[，,。；;])(?:均|都|已)*(?:超额(?:完成|实现)|提前(?:[0-9一二两三四五六七八九十]+[个天月]+)?完成(?:了)?(?:全年|年度|目标)?(?:任务|目标|计划)|(?:圆满|全面|全部|如期|顺利)完成(?:了)?(?:任务|目标|计划|年度)|超过(?:目标|计划|预期))"
    "|^(?:(?:年度|全年|目标)*任务)?(?:均已?|已)?(?:圆满|全面|全部|如期)+完成$"
    "|^(?:均|都)?已(?:全面|全部|如期|按期)*(?:完成|达到|达标)(?:任务|目标|计划)?$"
)
ASIDE = re.compile("部分|其中|个别|剩余|上年|去年|下年|以前|争取|力争|确保|将|计划于|预计|2处|质保")
UNFINISHED = re.compile(
    "未(?:完工|完成|开工|动工|实施|验收|启动|竣工|建成)|在建|停工|尚未|正在(?:建设|实施|施工)|进行中|建设中"
)
FINISHED = re.compile(
    "^(?:已|均已|全部|按期|如期|全面)*(?:完工|完成|竣工|建成|投用|验收合格|交付|投入使用)"
)
SAID_FINISHED = re.compile(
    "(?:已|均已|全面|全部|如期|按期|顺利)(?:于[^，,。；;]{1,8})?(?:全面|全部|如期|按期|顺利)*(?:完工|竣工|建成|交付|投入使用|投用|完成建设|通过验收|完成(?=[，,。；;]|并|$))|(?:完工|竣工|建成)(?:并|投|验收)|交付使用|投入使用|(?<=[0-9]月)(?:份|底|末|初|[上中下]旬|[0-9]{1,2}日)?(?:全面|正式|顺利|如期|按期)?(?:完工|竣工|建成|通过验收|投用)"
)
SAID_UNFINISHED = re.compile(
    "(?:尚|仍|还)?未(?:能)?(?:完工|开工|动工|竣工|建成|实施)|[仍尚]在(?:建设|施工|实施)|(?:正在|仍处于|尚处于)(?:加紧|抓紧|紧张|全力|有序)?(?:施工|建设|实施)|(?:顺延|推迟|结转)(?:至|到)(?:次年|下年|20[0-9]{2}年)|已停工"
)
# 相继建成石坪村文化广场、消防站: the names stand behind.
BUILT = re.compile("(?:建成|建好|完工|竣工)(?:了|投用|并投用|交付)?")
AFTER = re.compile("[后前时]|以来|任务|目标|投资|资金|[0-9]|主体|招标|前期|设计|验收")
# 除甲、乙外，其余项目均已完工
EXCEPT = re.compile(
    "除(?:了)?(?P<names>[^。；;0-9]{4,60}?)(?:以外|之外|外)[，,]?(?:其余|其他|其它|剩余)(?:[0-9]{1,2}|[一二三四五六七八九十])?个?(?:项目|工程)?(?:均|都|全部|已)+(?:按期|如期|全面|顺利)*(?:完工|竣工|建成|完成(?=[，,。；;]|$))"
)
LEADING = re.compile("^(?:集镇|镇区|乡村|农村|全镇|乡镇)(?=.{4})")
SAID_ALL = re.compile("(?:全部|全面|如期|按期|超额|圆满)(?:完成|达标|实现)(?![0-9])")
DENIED = re.compile("未|没有|尚|计划|预计|将|拟|力争|确保|争取|待|[年月日底]前(?!已|就|全)")
A_PART = re.compile("主体|部分|基础|路基|土建|一期|首期|标段|前期|设计|招标|其中")
# 实施5个项目，全部按期完工, of a list of five
ALL_FINISHED = re.compile(
    "(?<![0-9.第])(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})个[^，,。；;、0-9]{0,8}(?:项目|工程)[，,]?(?:均|都|已|全部|全都)*(?:全部|均已?|都已?)(?:按期|如期|按时|顺利|按计划|保质保量|圆满)*(?:完工|竣工|建成|完成(?=[，,。；;并]|建设|验收|$))"
)
ALL_DONE = led_by(
    "均都全",
    "(?:均已?|都已?|全部)(?:按期|如期|按时|顺利|按计划|保质保量|圆满)*(?:完工|竣工|建成|完成)",
)
NOT_FINISHED = re.compile(f"{UNFINISHED.pattern}|主体(?:工程)?已?完工|部分完[工成]")
NOT_STATE = re.compile("目标|计划|任务|要求|率|数|值|额|单位|序号|文号|部门|地点|内容|名称")


def check(subject: Subject) -> Iterator[Outcome]:
    """Notes of goals in lists and indicator tables; then what the text says of records by name."""
    report = subject.disclosure.report
    notes = list(_notes(report))
    yield from notes
    if not notes:
        yield Outcome(NOTE, reason=Words("没有可以对照的说明", "no notes to compare"))
    states = [*_states(subject), *_all_finished(subject), *_all_but(subject)]
    yield from states
    if not states:
        yield Outcome(STATE, reason=Words("正文没有说表中项目的进展", "no progress is told"))


def _notes(report: Report) -> Iterator[Outcome]:
    for goal in goals_of(report):
        for note in goal.notes:
            failed, exceeded = FAILED.search(note.text), EXCEEDED.search(note.text)
            if failed or exceeded:  # quick
                yield from _note(goal, note, failed is not None, exceeded is not None)


def _note(goal: Goal, note: Cell, failed: bool, exceeded: bool) -> Iterator[Outcome]:
    met = is_met(goal.target, goal.result, goal.label)
    if met is None:
        return
    if not (failed if met else exceeded) or ASIDE.search(note.text):
        yield Outcome(NOTE)
        return
    words = {
        "label": goal.label,
        "target": goal.target.text,
        "result": goal.result.text,
        "printed": note.text,
    }
    finding = Finding(NOTE, note.at, words, (goal.result.at,), note.address, note.text)
    yield Outcome(NOTE, finding=finding)


def _states(subject: Subject) -> Iterator[Outcome]:
    """A record whose cell says 未完工, and a sentence that names it and says that it is done."""
    rows = []
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind != "list":
            continue
        for column, cell in zip(row.table.form.columns, row.line.cells, strict=True):
            if NOT_STATE.search(column.label):
                continue
            if UNFINISHED.search(cell.text):
                rows.append((row.name, column.label, cell, SAID_FINISHED))
            elif FINISHED.match(cell.text):
                rows.append((row.name, column.label, cell, SAID_UNFINISHED))
    rows += _missed(subject.disclosure.report)
    year = subject.disclosure.key.year
    for passage in subject.told.lines if rows else ():  # quick
        if not is_told(passage):
            continue
        for name, label, cell, wanted in rows:
            stem = _stem(name)
            if stem in passage.text:
                yield from _said(passage, name, stem, label, cell, wanted, year)


def _all_finished(subject: Subject) -> Iterator[Outcome]:
    """实施5个项目，全部按期完工, and a list of five projects of which one is not."""
    for passage in subject.told.holding(ALL_DONE):
        for claim in ALL_FINISHED.finditer(passage.text) if is_told(passage) else ():
            start = passage.opening(claim.start())
            if DENIED.search(passage.text, start, claim.end()) is None:
                yield from _listed(subject, passage, claim)


def _listed(subject: Subject, passage: Passage, claim: re.Match[str]) -> Iterator[Outcome]:
    """The first list of so many projects in which one is not finished."""
    told = int(han_number(claim["n"]) or claim["n"])
    for table in subject.disclosure.report.tables:
        lines = [line for line in table.lines if not is_total(line)]
        if table.form.kind == "list" and len(lines) == told:
            against = next(_unfinished(table.form.columns, lines), None)
            if against is not None:
                yield _differs(passage, claim, *against)
                break


def _unfinished(columns: tuple[Column, ...], lines: list[Line]) -> Iterator[tuple[str, str, Cell]]:
    """The name of a project, the column that says that it is not finished, and its cell."""
    for line in lines:
        for column, cell in zip(columns, line.cells, strict=True):
            if not NOT_STATE.search(column.label) and NOT_FINISHED.search(cell.text):
                yield (
                    next(
                        (c.text for c in line.cells if c.fact is None),
                        line.label,
                    ),
                    column.label,
                    cell,
                )


def _missed(report: Report) -> list[tuple[str, str, Cell, re.Pattern[str]]]:
    """Goals of a list that were missed, of which no sentence can say that all was done."""
    rows = []
    for table in report.tables:
        for goal in listed_goals(table):
            if is_met(goal.target, goal.result, goal.label) is False:
                places = plan_and_done(table.form)
                assert places is not None  # it lists goals
                plan, done = (table.form.columns[place].label for place in places[:2])
                label = f"{plan}{goal.target.text}，{done}"
                rows.append((goal.label, label, goal.result, SAID_ALL))
    return rows


def _stem(name: str) -> str:
    """A name without the word for works: 石坪村文化广场建设项目 is 石坪村文化广场."""
    stem = re.sub("(?:建设|改造|新建|工程|项目|经费|资金)+$", "", name)
    return LEADING.sub("", stem if len(stem) > 3 else name)


def _all_but(subject: Subject) -> Iterator[Outcome]:
    """除甲外，其余项目均已完工, and a list in which another is not finished either."""
    for passage in subject.told.lines if "除" in subject.told.text else ():  # quick
        for claim in EXCEPT.finditer(passage.text) if is_told(passage) else ():
            rows = _called(subject, claim["names"])
            for table in {id(row.table): row.table for row in rows}.values():
                lines = [n for n in table.lines if not _is_called(n, claim["names"])]
                against = next(_unfinished(table.form.columns, lines), None)
                if against is not None:
                    yield _differs(passage, claim, *against)


def _called(subject: Subject, names: str) -> Iterator[NamedRow]:
    """The records of lists that `names` calls."""
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind == "list" and is_called(row.name, names):
            yield row


def _is_called(line: Line, names: str) -> bool:
    return any(is_called(cell.text, names) for cell in line.cells)


def _said(
    passage: Passage,
    name: str,
    stem: str,
    column: str,
    cell: Cell,
    wanted: re.Pattern[str],
    year: int,
) -> Iterator[Outcome]:
    text = passage.text
    at = text.index(stem)
    low, high = passage.sentence(at)
    if "除" in text[low:at] and "外" in text[at:high]:
        return  # 除甲外，其余均已完工: said of the others
    said = wanted.search(text, at + len(stem), min(high, at + len(stem) + 24))
    if said is None:
        if wanted is SAID_FINISHED:
            yield from _built(passage, name, stem, column, cell)
        return
    if any(int(one) != year for one in YEAR.findall(text, at, said.end())):
        return
    between = text[at + len(stem) : said.start()]
    if "、" in between or re.search("[；;]|旁|附近|周边|[内中]的|一期|二期|配套", between):
        return
    if wanted is SAID_ALL:
        # 3座全部完成, where three were planned; 已完成的2座全部验收 is of those alone.
        planned = re.findall(r"[0-9.]+", column)
        if re.search("[差缺余]", between) or set(re.findall(r"[0-9.]+", between)) - set(planned):
            return
    if wanted is SAID_FINISHED and A_PART.search(between):
        return  # 主体工程于11月完工: not the whole
    if wanted is not SAID_UNFINISHED and DENIED.search(text, at + len(stem), said.end()):
        return
    yield _differs(passage, said, name, column, cell)


def _built(passage: Passage, name: str, stem: str, column: str, cell: Cell) -> Iterator[Outcome]:
    """年内相继建成石坪村文化广场、消防站."""
    text = passage.text
    at = text.index(stem)
    low, high = passage.clause(at)
    built = BUILT.search(text, low, at)
    if built is None or DENIED.search(text, passage.sentence(at)[0], at):
        return
    between = text[built.end() : at]
    if between and not between.endswith(("、", "和", "及")):
        return
    if not AFTER.search(text, at + len(stem), min(high, at + len(stem) + 8)):
        yield _differs(passage, built, name, column, cell)


def _differs(passage: Passage, said: re.Match[str], name: str, column: str, cell: Cell) -> Outcome:
    words = {
        "label": name,
        "printed": said[0],
        "column": column,
        "recomputed": cell.text,
    }
    finding = Finding(
        STATE,
        passage.place(said.start()),
        words,
        (cell.at,),
        passage.address or sentence_address(said[0], name),
        said[0],
        cell.text,
        length=len(said[0]),
    )
    return Outcome(STATE, finding=finding)
