"""正文写的全镇人、车、机构与表不符: staff in post, vehicles and offices of the town, against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import han_number, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.report import Fact, Report
from site_builder.rules.column_labels import is_total
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

_REMEDY = Words(
    "请核对哪一处是对的，两处改成一致；范围不同的，把范围写清楚",
    "see which is right and make them agree; where another scope is meant, say so",
)
STAFF = Rule(
    "staff-told-differs",
    "warning",
    Words("正文的在职人数与表不符", "Staff told otherwise than in the table"),
    Words(
        "正文写实有（在职）{printed}，表中是{recomputed}",
        "the text says {printed} in post; the table has {recomputed}",
    ),
    _REMEDY,
    Words(
        "年末在职人数是控制率的分子，表和正文应当一致。",
        "Staff over posts is the ratio of control; text and table should agree.",
    ),
    "财预〔2013〕53号（条文待核）",
    yields_to=("prose-contradicts", "told-part-exceeds", "told-parts-differ", "told-total"),
)
VEHICLES = Rule(
    "vehicles-differ",
    "warning",
    Words("公务用车数与资产表不符", "Vehicles told otherwise than in the table"),
    Words(
        "正文写“{printed}”，表中“{label}”是{recomputed}",
        "the text says “{printed}”; the table has {recomputed} at “{label}”",
    ),
    _REMEDY,
    Words(
        "公务用车保有量是公开的数，正文和资产表应当一致。",
        "How many vehicles are kept is public; text and table should agree.",
    ),
    yields_to=("prose-contradicts", "count-told-twice"),
)
OFFICES = Rule(
    "offices-differ",
    "warning",
    Words("内设机构数与表中不符", "Offices told otherwise than in the table"),
    Words(
        "正文写“{printed}”，表中“{label}”是{recomputed}",
        "the text says “{printed}”; the table has {recomputed} at “{label}”",
    ),
    _REMEDY,
    Words("内设机构有几个，正文和表格应当一致。", "Text and table should count the same offices."),
    yields_to=("prose-contradicts", "list-count"),
)
HAN = "一二三四五六七八九十"
OFFICE = re.compile(f"(?P<n>[0-9]{{1,2}}|(?<![{HAN}])(?:[{HAN}]?十)?[{HAN}])个(?:内设|职能)机构")
NOT_ALL = re.compile("上年|原|撤|合并|新设|其中")
PEOPLE = re.compile(
    r"编制(?:总?数|人数)?(?:为|共|共计)?[0-9]{1,4}[名人个](?P<middle>[^。；;]{0,60}?)(?:实有|实际|现有|年末)?(?P<kind>在职在编|实际在职|实有在职|实有|在职|在编|在岗)(?:人员|人数|干部职工|职工)?(?:为|共|共计)?(?P<n>[0-9]{1,4})(?P<unit>[人名])"
)
CLASS = re.compile("行政|事业|工勤|其中|机关|参公|站所|上年|去年|派出所|财政所")
# 其中：行政编制38人、事业编制60人: the posts by class say nothing of those in post.
OF_POSTS = re.compile("其中[：:]?(?:[^，,。；;、0-9]{2,8}[0-9]+[名人个][、，,和]?)+")
IN_POST = re.compile("实有|在职|在编人")
CARS = re.compile(
    "(?:保有|实有|现有|共有|配备|年末有?|有)(?:量为?)?(?:一般)?公务(?:用|汽)?车(?:辆)?(?:保有量)?(?:为|共)?(?P<n>[0-9]{1,2})辆"
    "|(?<![购新租])公务用车(?:保有量)?(?:为|共|共有|实有)?(?P<n2>[0-9]{1,2})辆"
)
KEPT = re.compile("(?<!特种)(?<!执法)(?<!专项)(?<!专用)(?<!作业)车辆|公务用?车|公车")
OTHER_YEAR = re.compile("上年|年初")
NOT_CARS = re.compile("购|报废|处置|租|上年|去年|执法|特种|减少|增加|其中")


def check(subject: Subject) -> Iterator[Outcome]:
    """Three counts of the town as a whole."""
    found = [*_staff(subject), *_vehicles(subject), *_offices(subject)]
    yield from found
    for rule in (STAFF, VEHICLES, OFFICES):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有两处可以对照", "not told twice"))


def _told(
    subject: Subject, word: str, pattern: re.Pattern[str]
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where the text tells of the town as it was; `word` is part of all that `pattern` finds."""
    if word not in subject.wording.text:  # quick
        return
    for passage in subject.told.lines:
        if word not in passage.text:  # quick
            continue
        for match in pattern.finditer(passage.text):
            if is_told(passage):
                yield passage, match


def _staff(subject: Subject) -> Iterator[Outcome]:
    """编制98名，年末在职95人，控制率96.94%: against the table of staff."""
    known: list[tuple[Decimal, Place]] = []
    for passage, match in _told(subject, "编制", PEOPLE):
        low = passage.sentence(match.start())[0]
        if CLASS.search(passage.text[low : match.start()] + OF_POSTS.sub("", match["middle"])):
            continue
        if not known:  # quick
            known = list(_in_post(subject.disclosure.report).items())
        if len(known) != 1:
            return
        [(amount, at)] = known
        if Decimal(match["n"]) == amount:
            yield Outcome(STAFF)
            continue
        printed = f"{match['n']}{match['unit']}"
        words = {"printed": printed, "recomputed": f"{amount}人"}
        here = passage.place(match.start("n"))
        yield _finding(STAFF, here, words, at, printed, words["recomputed"])


def _in_post(report: Report) -> dict[Decimal, Place]:
    """Staff in post at the end of the year, from the data: one number, or the data differ."""
    found = {fact.figure.amount: fact.at for fact in report.facts_of("在职人数", "年末")}
    for table in report.tables:
        if not any("编制" in column.label for column in table.form.columns):
            continue
        for line in table.lines:
            if not is_total(line) and len(table.lines) > 1:
                continue
            for cell in line.cells:
                fact = cell.fact
                if fact is not None and fact.figure.unit == "人" and IN_POST.search(fact.column):
                    found[fact.figure.amount] = cell.at
    return found


def _vehicles(subject: Subject) -> Iterator[Outcome]:
    """年末保有公务用车2辆, and a row 车辆 of three."""
    known: dict[Decimal, tuple[Place, str]] = {}
    for passage, match in _told(subject, "辆", CARS):
        low, high = passage.clause(match.start())
        if NOT_CARS.search(passage.text, low, high):
            continue
        if not known:  # quick
            known = _kept(subject.disclosure.report)
        if len(known) != 1:
            return
        [(right, (at, label))] = known.items()
        if Decimal(match["n"] or match["n2"]) == right:
            yield Outcome(VEHICLES)
            continue
        words = {"printed": match[0], "label": label, "recomputed": f"{right}辆"}
        here = passage.place(match.start())
        yield _finding(VEHICLES, here, words, at, match[0], f"{right}辆")


def _kept(report: Report) -> dict[Decimal, tuple[Place, str]]:
    """How many vehicles the tables of assets have; no purchases, no other year."""
    known: dict[Decimal, tuple[Place, str]] = {}
    for table in report.tables:
        if table.form.kind not in ("grid", "fields") or table.form.subject:
            continue
        for line in table.lines:
            if not KEPT.search(line.label):
                continue
            for cell in line.cells:
                figure = cell.fact.figure if cell.fact is not None else measure(cell.text)
                if figure is None or figure.unit not in ("辆", "台"):
                    continue
                if not OTHER_YEAR.search(cell.address):
                    known[figure.amount] = (cell.at, line.label)
    return known


def _offices(subject: Subject) -> Iterator[Outcome]:
    """设党政办、财政所等5个内设机构, and 内设机构数 6个."""
    facts: list[Fact] = []
    for passage, match in _told(subject, "机构", OFFICE):
        if NOT_ALL.search(passage.text, passage.opening(match.start()), match.start()):
            continue
        if not facts:  # quick
            facts = [
                f
                for f in subject.disclosure.report.facts
                if f.row.startswith("内设机构") and f.figure.unit in ("个", "")
            ]
        if len({f.figure.amount for f in facts}) != 1:
            return
        fact = facts[0]
        number = han_number(match["n"]) if match["n"][0] in HAN else Decimal(match["n"])
        if number in (None, fact.figure.amount):
            yield Outcome(OFFICES, (fact.address,))
            continue
        right = f"{fact.figure.amount}个"
        words = {"printed": match[0], "label": fact.row, "recomputed": right}
        here = passage.place(match.start())
        yield _finding(OFFICES, here, words, fact.at, match[0], right)


def _finding(
    rule: Rule, at: Place, words: dict[str, str], other: Place, printed: str, right: str
) -> Outcome:
    address = sentence_address(printed, rule.title.zh[:6])
    found = Finding(rule, at, words, (other,), address, printed, right, length=len(printed))
    return Outcome(rule, finding=found)
