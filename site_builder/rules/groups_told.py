"""正文里一类项目的合计、占比、平均分与清单不符: sums, shares and means of a list's records by class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import Figure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.record import record
from site_builder.relations import in_unit, quotient, total_of, verdict
from site_builder.report import Fact, Report, TableData
from site_builder.rules.column_labels import is_total, names_people, plan_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
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
    "(?:类|级)?(?:方面|项目|专项|工程|资金|支出|投入|经费)*(?:共|合计|共计|支出|投入|安排|为|达|占)*$"
)
OF_WHOLE = re.compile("占(?P<of>[^，,。；;、0-9]{0,10}?)(?:的|比|比例|比重)*(?:为|是|达)?$")
AVERAGE = re.compile(r"平均(?:自评|评价|绩效|每项|每个项目)?(?:得?分|分数|评分)?(?:为|是|达)?$")
MONEY = re.compile("资金|投入|支出|预算|经费|投资|安排|项目|万元")
OTHERWISE = re.compile("上年|去年|同比|增|减|计划|拟|20[0-9]{2}年(?:度)?(?:计划|拟)")


@record
class _Class:
    """The records of one class under one column: their sum and its parts."""

    name: str
    column: str
    figures: tuple[Figure, ...]
    total: Decimal
    whole: Decimal
    unit: str
    at: Place


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of classes; lists with a column of scores."""
    report = subject.disclosure.report
    classes = list(_classes(report))
    scores = list(_scores(report))
    found: list[Outcome] = []
    for passage in subject.told.lines if classes or scores else ():
        if not passage.figures or not is_told(passage):
            continue
        if classes and any(one.name in passage.text for one in classes):
            found += _told(passage, classes)
        if scores and "平均" in passage.text:
            found += _mean(passage, scores)
    yield from found
    for rule in (SUM, SHARE, MEAN):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("清单没有分类", "no list by class"))


def _classes(report: Report) -> Iterator[_Class]:
    for table in report.tables:
        form = table.form
        if form.kind != "list" or form.subject or names_people(form) or not table.whole:
            continue
        lines = [line for line in table.lines if not is_total(line)]
        for number, column in enumerate(form.columns):
            if column.type != "text" or not CLASSED.search(column.label):
                continue
            values = [line.cells[number].text.strip() for line in lines]
            names = {v for v in values if len(v) > 1}
            if len(names) < 2 or len(names) == len(values) or not all(values):
                continue
            for amounts in plan_of(form).amounts:
                facts = [line.cells[amounts].fact for line in lines]
                if any(f is None or f.figure.kind != "money" for f in facts):
                    continue
                told = [f for f in facts if f is not None]
                unit = told[0].figure.unit
                whole = sum((f.figure.amount for f in told), Decimal(0))
                for name in sorted(names):
                    mine = [f for f, v in zip(told, values, strict=True) if v == name]
                    yield _Class(
                        name,
                        form.columns[amounts].label,
                        tuple(f.figure for f in mine),
                        sum((f.figure.amount for f in mine), Decimal(0)),
                        whole,
                        unit,
                        mine[0].at,
                    )


def _told(passage: Passage, classes: list[_Class]) -> Iterator[Outcome]:
    """道路类294万元，水利类114.2万元: the others of a sentence show that its figures are of the list."""
    sums: dict[tuple[int, str], list[tuple[Said, _Class, bool]]] = {}
    for said in passage.figures:
        if said.sign or said.about or said.upto or said.linked or said.figure is None:
            continue
        low, _ = passage.sentence(said.start)
        label = passage.label(said)
        if OTHERWISE.search(passage.text, passage.opening(said.start), said.start):
            continue
        if said.unit == "%":
            yield from _share(passage, said, label, classes)
            continue
        name = TAIL.sub("", label).removeprefix("其中").strip("，,、（( 和及与")
        for one in classes:
            if one.name != name and one.name != name.removesuffix("类"):
                continue
            mine = in_unit(said.figure, one.unit)
            if mine is None:
                continue
            total = total_of(list(one.figures), one.unit)
            fits = total is not None and mine[1].meets(total[1])
            sums.setdefault((low, one.column), []).append((said, one, fits))
    best: dict[int, tuple[int, list[tuple[Said, _Class, bool]]]] = {}
    for (low, _), members in sums.items():
        right = sum(fits for _, _, fits in members)
        if right > best.get(low, (0, []))[0]:
            best[low] = (right, members)
    for right, members in best.values():
        wrong = [(said, one) for said, one, fits in members if not fits]
        if len(wrong) * 2 > right:
            continue
        yield Outcome(SUM)
        for said, one in wrong:
            yield _finding(SUM, passage, said, one, f"{one.total:f}{one.unit}", _parts(one))


def _parts(one: _Class) -> str:
    return " + ".join(f.text for f in one.figures[:8])


def _share(passage: Passage, said: Said, label: str, classes: list[_Class]) -> Iterator[Outcome]:
    of = OF_WHOLE.search(label)
    figure = said.figure
    if of is None or figure is None:
        return
    name = label[: of.start()].removeprefix("其中").strip("，,、（( ")
    name = re.sub("(?:资金|项目|支出|投入|经费)+$", "", name)
    mine = [one for one in classes if one.name in (name, name.removesuffix("类"))]
    if not MONEY.search(passage.text, passage.sentence(said.start)[0], said.start):
        return
    first: tuple[_Class, Decimal] | None = None
    for one in mine:
        made = quotient(
            Figure(one.total, one.unit, f"{one.total:f}"),
            Figure(one.whole, one.unit, f"{one.whole:f}"),
        )
        if made is None:
            continue
        if verdict(figure, *made) != "differs":
            yield Outcome(SHARE)
            return
        first = first or (one, made[0])
    if first is not None and re.fullmatch(
        "(?:全部|总|项目|资金|预算|支出|投入|比|总额)*", of["of"]
    ):
        one, amount = first
        formula = f"{one.total:f} ÷ {one.whole:f}"
        yield _finding(SHARE, passage, said, one, f"{shown(amount, 2)}%", formula)


def _scores(report: Report) -> Iterator[tuple[TableData, str, tuple[Fact, ...]]]:
    """The only column of scores of the only list that has one."""
    found = []
    for table in report.tables:
        if table.form.kind != "list" or table.form.subject or not table.whole:
            continue
        for number, column in enumerate(table.form.columns):
            if column.unit == "分" and re.search("得分|评分", column.label):
                lines = [line for line in table.lines if not is_total(line)]
                facts = [line.cells[number].fact for line in lines]
                told = tuple([f for f in facts if f is not None])
                if len(told) == len(lines) > 2:
                    found.append((table, column.label, told))
    if len(found) == 1:
        yield found[0]


def _mean(
    passage: Passage, scores: list[tuple[TableData, str, tuple[Fact, ...]]]
) -> Iterator[Outcome]:
    for said in passage.figures:
        if said.unit != "分" or said.figure is None or said.about or said.sign:
            continue
        low = passage.opening(said.start)
        if not AVERAGE.search(passage.text, low, said.start):
            continue
        if OTHERWISE.search(passage.text, low, said.start) or "满意" in passage.text[low:]:
            continue
        _, column, facts = scores[0]
        with localcontext() as context:
            context.prec = 20
            mean = sum((f.figure.amount for f in facts), Decimal(0)) / len(facts)
        if abs(mean - said.figure.amount) <= said.figure.ulp():
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
