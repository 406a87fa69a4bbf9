"""全镇的数与表或前文不符: villages, staff, vehicles and offices told of the whole town, against table and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import han_number, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.report import Report
from site_builder.rules.column_labels import is_total
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

_REMEDY = Words(
    "请核对哪一处是对的，两处改成一致；范围不同的，把范围写清楚",
    "see which is right and make them agree; where another scope is meant, say so",
)
VILLAGES = Rule(
    "villages-differ",
    "warning",
    Words("村（社区）数前后不一", "The number of villages differs"),
    Words(
        "这里写“{printed}”，前面写的是“{other}”，共{recomputed}个",
        "here it is “{printed}”, above “{other}”, which makes {recomputed}",
    ),
    _REMEDY,
    Words(
        "一个镇有多少村和社区是定数。",
        "A town has a known number of villages and communities.",
    ),
    yields_to=("count-told-twice", "told-twice", "prose-contradicts", "told-parts-differ"),
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
OFFICE = re.compile("(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3})个(?:内设|职能)机构")
RULED = re.compile(
    "辖(?:有|区内有)?(?:[^，,。；;0-9]{0,6}?)(?P<v>[0-9]{1,2})个(?:行政|建制)?村(?:[、和，,及与]|以及)(?P<c>[0-9]{1,2})个(?:社区|居委会|居民委员会)"
)
ALL = re.compile(
    "(?:全[镇乡]|辖区|所有|全部)(?:内|的|共)*(?P<n>[0-9]{1,2})个(?P<kind>村（社区）|村\\(社区\\)|村、社区|村和社区|村居|村（居）|行政村(?![^，,。；;]{0,3}组)|村(?=[，,。；;全都均]))(?!民|小组|组)"
)
OTHERS = re.compile("(?:另外?|其[余他它]|剩[下余])(?:的|有|仅有)?[0-9]{1,3}个")
EVERY = re.compile("[^，,。；;、0-9]{0,16}?(?:均|都|全部)")
PEOPLE = re.compile(
    r"编制(?:总?数|人数)?(?:为|共|共计)?[0-9]{1,4}[名人个](?P<middle>[^。；;]{0,60}?)(?:实有|实际|现有|年末)?(?P<kind>在职在编|实际在职|实有在职|实有|在职|在编|在岗)(?:人员|人数|干部职工|职工)?(?:为|共|共计)?(?P<n>[0-9]{1,4})(?P<unit>[人名])"
)
CLASS = re.compile("行政|事业|工勤|其中|机关|参公|站所|上年|去年|派出所|财政所")
CARS = re.compile(
    "(?:保有|实有|现有|共有|配备|年末有?|有)(?:量为?)?(?:一般)?公务(?:用|汽)?车(?:辆)?(?:保有量)?(?:为|共)?(?P<n>[0-9]{1,2})辆"
    "|(?<![购新租])公务用车(?:保有量)?(?:为|共|共有|实有)?(?P<n2>[0-9]{1,2})辆"
)
NOT_CARS = re.compile("购|报废|处置|租|上年|去年|执法|特种|减少|增加|其中")


def check(subject: Subject) -> Iterator[Outcome]:
    """Four counts of the town as a whole."""
    found = [
        *_villages(subject),
        *_staff(subject),
        *_vehicles(subject),
        *_offices(subject),
    ]
    yield from found
    for rule in (VILLAGES, STAFF, VEHICLES, OFFICES):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有两处可以对照", "not told twice"))


def _villages(subject: Subject) -> Iterator[Outcome]:
    """下辖14个村、1个社区, and 全镇16个村（社区）."""
    ruled: tuple[Passage, re.Match[str]] | None = None
    for passage in subject.told.lines:
        if "个" not in passage.text:  # quick
            continue
        if ruled is None and "辖" in passage.text:
            match = RULED.search(passage.text)
            ruled = None if match is None else (passage, match)
        if ruled is None or not is_told(passage):
            continue
        first = ruled[1]
        villages, total = int(first["v"]), int(first["v"]) + int(first["c"])
        for match in ALL.finditer(passage.text):
            number = int(match["n"])
            both = "社区" in match["kind"] or "居" in match["kind"]
            if number == total or (not both and number == villages):
                yield Outcome(VILLAGES)
                continue
            most = total if both else villages
            whole = match[0].startswith(("所有", "全部"))
            if number < most and not (whole or EVERY.match(passage.text, match.end())):
                continue  # some of them
            if OTHERS.search(passage.text, match.end(), passage.sentence(match.start())[1]):
                continue  # 全镇9个村均超过20万元，其余3个村不足
            if abs(number - most) * 4 > most:
                continue
            right = str(most)
            words = {"printed": match[0], "other": first[0], "recomputed": right}
            at = passage.place(match.start())
            other = ruled[0].place(first.start())
            yield _finding(VILLAGES, at, words, other, match[0], f"{right}个")


def _staff(subject: Subject) -> Iterator[Outcome]:
    """编制98名，年末在职95人，控制率96.94%: against the table of staff."""
    known = _in_post(subject.disclosure.report)
    for passage in subject.told.lines if known is not None else ():
        if known is None or "编制" not in passage.text or not is_told(passage):
            continue
        for match in PEOPLE.finditer(passage.text):
            low = passage.sentence(match.start())[0]
            if CLASS.search(passage.text, low, match.start()):
                continue
            middle = re.sub(
                "其中[：:]?(?:[^，,。；;、0-9]{2,8}[0-9]+[名人个][、，,和]?)+", "", match["middle"]
            )
            if CLASS.search(middle):
                continue
            number = Decimal(match["n"])
            printed = f"{match['n']}{match['unit']}"
            if number == known[0]:
                yield Outcome(STAFF)
                continue
            words = {"printed": printed, "recomputed": f"{known[0]}人"}
            at = passage.place(match.start("n"))
            yield _finding(STAFF, at, words, known[1], printed, words["recomputed"])


def _in_post(report: Report) -> tuple[Decimal, Place] | None:
    """Staff in post at the end of the year, from the data; None where they are not one number."""
    found = {}
    for told in report.facts_of("在职人数", "年末"):
        found[told.figure.amount] = told.at
    for table in report.tables:
        if table.form.kind != "grid" or table.form.subject:
            continue
        if not any("编制" in c.label for c in table.form.columns):
            continue
        lines = [n for n in table.lines if is_total(n)] or (
            list(table.lines) if len(table.lines) == 1 else []
        )
        for line in lines:
            for cell in line.cells:
                fact = cell.fact
                if fact is None or fact.figure.unit not in ("人", "名"):
                    continue
                if re.search("实有|在职|在编人", fact.column):
                    found[fact.figure.amount] = cell.at
    return next(iter(found.items())) if len(found) == 1 else None


def _vehicles(subject: Subject) -> Iterator[Outcome]:
    """年末保有公务用车2辆, and a row 车辆 of three."""
    known: dict[Decimal, tuple[Place, str]] = {}
    for table in subject.disclosure.report.tables:
        if table.form.kind not in ("grid", "fields") or table.form.subject:
            continue
        for line in table.lines:
            if "车" not in line.label or re.search("费|经费|特种|执法|专项", line.label):
                continue
            for cell in line.cells:
                figure = cell.fact.figure if cell.fact is not None else measure(cell.text)
                if figure is None or figure.unit not in ("辆", "台") or figure.about:
                    continue
                if "上年" not in cell.address and "年初" not in cell.address:
                    known[figure.amount] = (cell.at, line.label)
    for passage in subject.told.lines if len(known) == 1 else ():
        if "车" not in passage.text or not is_told(passage):
            continue
        for match in CARS.finditer(passage.text):
            low, high = passage.clause(match.start())
            if NOT_CARS.search(passage.text, low, high):
                continue
            number = Decimal(match["n"] or match["n2"])
            ((right, (at, label)),) = known.items()
            if number == right:
                yield Outcome(VEHICLES)
                continue
            words = {"printed": match[0], "label": label, "recomputed": f"{right}辆"}
            here = passage.place(match.start())
            yield _finding(VEHICLES, here, words, at, match[0], f"{right}辆")


def _offices(subject: Subject) -> Iterator[Outcome]:
    """设党政办、财政所等5个内设机构, and 内设机构数 6个."""
    facts = [
        f
        for f in subject.disclosure.report.facts
        if f.row.startswith("内设机构") and not f.subject and f.figure.unit in ("个", "")
    ]
    if len({f.figure.amount for f in facts}) != 1:
        return
    fact = facts[0]
    for passage in subject.told.lines:
        if "机构" not in passage.text or not is_told(passage):
            continue
        for match in OFFICE.finditer(passage.text):
            number = Decimal(match["n"]) if match["n"].isdigit() else han_number(match["n"])
            low = passage.opening(match.start())
            if number is None or re.search(
                "上年|原|撤|合并|新设|其中", passage.text[low : match.start()]
            ):
                continue
            if number == fact.figure.amount:
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
