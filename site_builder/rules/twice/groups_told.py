"""正文里一类项目的合计、占比、平均分与清单不符: sums, shares and means of a list's records by class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import Figure, Interval, percent_of, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.record import record
from site_builder.relations import in_unit, total_of, verdict
from site_builder.report import Fact, TableData
from site_builder.rules.column_labels import is_total, plan_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

_REMEDY = Words(
    "请按清单逐项相加，改正写错的一处",
    "add up the list and mend the one that is wrong",
)
SUM = Rule(
    "class-total-differs",
    "warning",
    Words("一类项目的合计与清单不符", "The sum of a class is not the list's"),
    Words(
        "正文写“{label}”{printed}，清单里“{label}”的“{column}”合计{recomputed}（{parts}）",
        "the text says {printed} of “{label}”; its records add up to {recomputed} under “{column}” ({parts})",
    ),
    _REMEDY,
    Words(
        "分类的数由清单相加得出，读者可以照加。",
        "Sums by class come from the list, and readers can add them up.",
    ),
    yields_to=("told-parts-differ", "told-total"),
)
SHARE = Rule(
    "class-share-differs",
    "warning",
    Words("一类项目的占比与清单不符", "The share of a class is not the list's"),
    Words(
        "正文写“{label}”占{printed}，按清单“{column}”{parts}应为{recomputed}",
        "the text gives “{label}” {printed}; by “{column}” of the list {parts} makes {recomputed}",
    ),
    _REMEDY,
    Words(
        "占比由清单里这一类的合计和总数算出。",
        "A share comes from the sum of the class and the total of the list.",
    ),
    yields_to=("told-share",),
)
MEAN = Rule(
    "mean-score-differs",
    "warning",
    Words("平均得分与清单不符", "A mean score that the list does not give"),
    Words(
        "正文写平均得分{printed}，清单里{count}项的“{column}”平均是{recomputed}",
        "the text gives a mean of {printed}; the {count} of “{column}” average {recomputed}",
    ),
    Words("请按清单重新计算平均分", "work out the mean of the list again"),
    Words("平均分由各项得分算出。", "A mean comes from the scores."),
    yields_to=("told-average",),
)
CLASSED = re.compile("类别|分类|类型|来源|性质|科室|领域|用途|级次|层级|方向")
TAIL = re.compile(
    "(?:类|级)?(?:方面|项目|专项|工程|资金|支出|投入|经费|建设|设施|环境|领域)*的?(?:项目|资金|经费)?(?:共|合计|共计|支出|投入|安排|为|达|占)*$"
)
# 投向道路的284万元
HEAD = re.compile("^(?:其中|投向|用于|投入|安排|投在)+")
# 道路（2个）284万元: the label stands before the bracket
BRACKET = re.compile("(?P<label>[一-鿿]{2,10})[（(][0-9]{1,3}[个项][）)]$")
# 投入最多的是道路类，占总额的55.93%
CALLED = re.compile("(?:是|为|其中)?(?P<name>[一-鿿]{2,10})(?:[0-9.,]+[万亿]?元)?[，,（(]$")
OF_WHOLE = re.compile("占(?P<of>[^，,。；;、0-9]{0,10}?)(?:的|比|比例|比重)*(?:为|是|达)?$")
AVERAGE = re.compile(
    r"(?:自评|得分|绩效)均分(?:为|是|达)?$|平均(?:自评|评价|绩效|每项|每个项目)?(?:得?分|分数|评分)?(?:为|是|达)?$"
)
MONEY = re.compile("资金|投入|支出|预算|经费|投资|安排|项目|万元|结构|类")
_OTHERWISE = "上年|去年|同比|增|减|计划|拟"
OTHERWISE = re.compile(_OTHERWISE)
NOT_OF_LIST = re.compile(f"{_OTHERWISE}|满意|村|考核|测评")
ALL = re.compile("(?:全部|总|项目|资金|预算|支出|投入|投资|比|总额)*")
SCORE = re.compile("得分|评分")


@record
class _Class:
    """The records of one class under one column: their sum, that of all, and what both can stand for."""

    name: str
    column: str
    unit: str
    figures: tuple[Figure, ...]
    total: tuple[Decimal, Interval]
    whole: tuple[Decimal, Interval]
    at: Place


_Scores = tuple[str, tuple[Fact, ...]]


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of classes; lists with a column of scores."""
    report = subject.disclosure.report
    classes = [one for table in report.tables for one in _classes(table)]
    scores = [one for table in report.tables for one in _scores(table)]
    found: list[Outcome] = []
    for passage in subject.told.lines if classes or scores else ():  # quick
        if not is_told(passage):
            continue
        if any(kind.name in passage.text for kind in classes):  # quick
            found += _told(passage, classes)
        if "平均" in passage.text or "均分" in passage.text:  # quick
            for one in scores if len(scores) == 1 else ():
                found += _mean(passage, *one)
    yield from found
    for rule in (SUM, SHARE, MEAN):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("清单没有分类", "no list by class"))


def _classes(table: TableData) -> Iterator[_Class]:
    columns = [n for n, c in enumerate(table.form.columns) if CLASSED.search(c.label)]
    if not columns:  # quick
        return
    if not table.whole:
        return
    lines = [line for line in table.lines if not is_total(line)]
    for number in columns:
        values = [line.cells[number].text.strip() for line in lines]
        for amounts in plan_of(table.form).amounts:
            facts = [fact for line in lines if (fact := line.cells[amounts].fact) is not None]
            if len(facts) < len(lines) or not facts:
                continue
            unit = facts[0].figure.unit
            whole = total_of([f.figure for f in facts], unit)
            for name in sorted(set(values) - {""}):
                mine = [f for f, v in zip(facts, values, strict=True) if v == name]
                figures = [f.figure for f in mine]
                match total_of(figures, unit), whole:
                    case (_, _) as total, (_, _) as all_:
                        label = table.form.columns[amounts].label
                        yield _Class(name, label, unit, tuple(figures), total, all_, mine[0].at)


def _told(passage: Passage, classes: list[_Class]) -> Iterator[Outcome]:
    """道路类294万元，水利类114.2万元: the others of a sentence show that its figures are of the list."""
    sums: dict[tuple[int, str], list[tuple[Said, _Class, bool]]] = {}
    for said in passage.figures:
        figure, low = said.plain, passage.sentence(said.start)[0]
        if figure is None or OTHERWISE.search(
            passage.text, passage.opening(said.start), said.start
        ):
            continue
        label = passage.label(said)
        if said.unit == "%":
            yield from _share(passage, said, figure, label, classes)
            continue
        if behind := BRACKET.search(passage.text, low, said.start - len(label) + 1):
            label = behind["label"]
        name = TAIL.sub("", HEAD.sub("", label.strip("，,、（( 和及与")))
        for one in classes:
            mine = in_unit(figure, one.unit)
            if mine is not None and one.name in (name, name.removesuffix("类")):
                fits = mine[1].meets(one.total[1])
                sums.setdefault((low, one.column), []).append((said, one, fits))
    best: dict[int, list[tuple[Said, _Class, bool]]] = {}
    for (low, _), members in sorted(sums.items(), key=_right):
        best[low] = members  # the column by which most are right
    for members in best.values():
        wrong = [(said, one) for said, one, fits in members if not fits]
        if len(wrong) * 3 > len(members):
            continue
        yield Outcome(SUM)
        for said, one in wrong:
            parts = " + ".join(f.text for f in one.figures[:8])
            yield _finding(SUM, passage, said, one, f"{one.total[0]:f}{one.unit}", parts)


def _right(sums: tuple[tuple[int, str], list[tuple[Said, _Class, bool]]]) -> int:
    return sum(fits for _, _, fits in sums[1])


def _share(
    passage: Passage, said: Said, figure: Figure, label: str, classes: list[_Class]
) -> Iterator[Outcome]:
    of = OF_WHOLE.search(label)
    low = passage.sentence(said.start)[0]
    if of is None or not MONEY.search(passage.text, low, said.start):
        return
    name = label[: of.start()].strip("，,、（( ")
    if not name:
        start = said.start - len(label) + of.start()
        called = CALLED.search(passage.text, low, passage.opening(start))
        name = "" if called is None else called["name"].rpartition("是")[2]
    name = HEAD.sub("", name)
    name = TAIL.sub("", name)
    mine = [one for one in classes if one.name in (name, name.removesuffix("类"))]
    made = [(one, _quotient(one)) for one in mine if one.whole[0]]
    if any(verdict(figure, *share) != "differs" for _, share in made):
        yield Outcome(SHARE)
    elif made and ALL.fullmatch(of["of"]):
        one, share = made[0]
        formula = f"{one.total[0]:f} ÷ {one.whole[0]:f}"
        yield _finding(SHARE, passage, said, one, f"{shown(share[0], 2)}%", formula)


def _quotient(one: _Class) -> tuple[Decimal, Interval]:
    """The share of a class, in per cent."""
    span = one.total[1].over(one.whole[1]).times(Decimal(100))
    return percent_of(one.total[0], one.whole[0]), span


def _scores(table: TableData) -> Iterator[_Scores]:
    """The columns of scores that a list has."""
    if table.form.kind != "list":
        return
    for number, column in enumerate(table.form.columns):
        if column.unit == "分" and SCORE.search(column.label):
            lines = [line for line in table.lines if not is_total(line)]
            facts = [fact for line in lines if (fact := line.cells[number].fact) is not None]
            if facts and len(facts) == len(lines):
                yield column.label, tuple(facts)


def _mean(passage: Passage, column: str, facts: tuple[Fact, ...]) -> Iterator[Outcome]:
    """平均得分94.3分, to one of its last digit."""
    for said in passage.figures:
        figure, low = said.plain, passage.opening(said.start)
        if figure is None or said.unit != "分":
            continue
        if not AVERAGE.search(passage.text, low, said.start):
            continue
        if NOT_OF_LIST.search(passage.text, low, said.start):
            continue
        with localcontext() as context:
            context.prec = 20
            mean = sum((f.figure.amount for f in facts), Decimal(0)) / len(facts)
        if abs(mean - figure.amount) <= figure.ulp():
            yield Outcome(MEAN)
            continue
        right = f"{shown(mean, 2)}分"
        words = {
            "printed": said.text,
            "count": str(len(facts)),
            "column": column,
            "recomputed": right,
        }
        finding = Finding(
            MEAN,
            passage.place(said.start),
            words,
            (facts[0].at,),
            sentence_address(said.text, "平均得分"),
            said.text,
            right,
            length=len(said.text),
        )
        yield Outcome(MEAN, finding=finding)


def _finding(
    rule: Rule, passage: Passage, said: Said, one: _Class, right: str, parts: str
) -> Outcome:
    words = {
        "label": one.name,
        "printed": said.text,
        "column": one.column,
        "recomputed": right,
        "parts": parts,
    }
    finding = Finding(
        rule,
        passage.place(said.start),
        words,
        (one.at,),
        sentence_address(said.text, one.name),
        said.text,
        right,
        formula=parts,
        length=len(said.text),
    )
    return Outcome(rule, finding=finding)
