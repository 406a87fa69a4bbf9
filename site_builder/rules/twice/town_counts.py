"""正文写的全镇人、车、机构与表不符: staff in post, vehicles and offices of the town, against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import han_number, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.report import Fact, Report
from site_builder.rules.column_labels import IN_POST, is_total
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.outcome_cells import outcome_items
from site_builder.rules.regulations import COMMON_INDICATORS
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
    COMMON_INDICATORS,
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
N = f"(?:[0-9]{{1,2}}|(?<![{HAN}])(?:[{HAN}]?十)?[{HAN}])"
OFFICE = re.compile(
    f"(?P<n>{N})个(?:内设|职能)机构"
    f"|内设机构(?:数量?|个数|总数)?(?:由[0-9]+个[^，,。；;0-9]{{2,6}}[到至为])?(?:为|共计?|有|设有|设置)*(?P<n2>{N})个"
    f"|内设(?!机构)[^，,。；;0-9]{{2,40}}等(?P<n3>{N})个(?:内设|职能|办事|工作)?(?:机构|科室|部门|办公室|股室)"
)
NOT_ALL = re.compile("上年|原|撤|合并|新设|增设|其中|整合")
PEOPLE = re.compile(
    r"编制(?:总?数|人数)?(?:为|共|共计)?[0-9]{1,4}[名人个](?P<middle>[^。；;]{0,60}?)(?:实有|实际|现有|年末)?(?P<kind>在职在编|实际在职|实有在职|实有|在职|在编|在岗)(?:人员|人数|干部职工|职工)?(?:为|共|共计)?(?P<n>[0-9]{1,4})(?P<unit>[人名])"
)
# 年末实有人员共计97人, with no word of posts: at the head of a clause, so that it is said of the town.
ALL_STAFF = re.compile(
    r"(?:^|[，,。；;])(?:(?:截[至止])?(?:20[0-9]{2}年)?(?:年末|年底|12月底|12月31日|目前)?[，,]?)(?:我|全|本)?[镇乡]?(?:现有|共有|实有|有|现)?"
    r"(?:在职在编|在编在职|在编在岗|在岗在编|在职|在岗|在编|实有|实有在职|实有在编|实际在职)(?:人员|人数|干部职工|职工)(?:总数|共计|合计|共|为|有)*(?P<n>[0-9]{1,4})(?P<unit>[人名])"
)
# 行政编制38名，实有36名; 现有行政人员33人、事业人员57人
BY_CLASS = re.compile(
    r"(?P<class>行政|事业|工勤)(?:编制)?(?:人员|干部)?(?:数|为|共)*(?:(?P<posts>[0-9]{1,4})[名个人][，,、（(]?(?:年末|现|目前|实际)*(?:实有|在编在岗|在编|在岗|在职)(?:人员|人数)?(?:为|共)?)?(?P<n>[0-9]{1,4})(?P<unit>[名人])"
)
CLASS = re.compile(
    "行政|事业|工勤|其中|机关|参公|站所|上年|去年|派出所|财政所|(?:中心|大队|站|所)(?=核定|编制|现有|实有)"
)
NOT_NOW = re.compile(
    "上年|去年|年初|招|调|退|新增|空编|缺编|核定|计划|临聘|(?:中心|大队|站|所|村)(?=核定|行政|事业|编制|现有|实有)"
)
# 其中：行政编制38人、事业编制60人: the posts by class say nothing of those in post.
OF_POSTS = re.compile("其中[：:]?(?:[^，,。；;、0-9]{2,8}[0-9]+[名人个][、，,和]?)+")
NOW = re.compile("实有|现有|在职|在编|在岗")
# 90名在职人员工资按月发放: of all that are paid, in what came of the year's goals
PAID = re.compile(
    r"(?<![0-9.])(?P<n>[0-9]{1,4})(?P<unit>[名人位])(?:在职在编|在编在岗|在职|在编|在岗)|"
    r"(?:在职在编|在编在岗|在职|在编|在岗)(?:人员|干部职工|干部|职工)*(?:共计?|合计|为)?(?P<n2>[0-9]{1,4})(?P<unit2>[名人位])"
)
MAY_STAFF = led_by("实现在", NOW.pattern)
MAY_CARS = led_by("公", "公务(?:用|汽)?车|公车")
MAY_OFFICE = led_by("内职", "内设|职能机构")
CARS = re.compile(
    f"(?:公务(?:用|汽)?车辆?|公车)(?:辆)?(?:保有量|保有数|实有数|数量|总数|编制数)?(?:为|共计?|共有|实有|现有|仅|有|只)*(?P<n>[0-9]{{1,2}}|[{HAN}两])[辆台]"
)
KEPT = re.compile("(?<!特种)(?<!执法)(?<!专项)(?<!专用)(?<!作业)车辆|公务用?车|公车")
OTHER_YEAR = re.compile("上年|年初")
NOT_CARS = re.compile(
    "购|报废|处置|租|上年|去年|年初|执法|特种|减少|增加|其中|原|更新|核减|封存|村|编制数|(?:中心|大队|站|所)(?=现有|有|配|公)"
)
GONE = re.compile("(?:已|均)*(?:报废|处置|封存|移交|上交|拍卖)")


def check(subject: Subject) -> Iterator[Outcome]:
    """Three counts of the town as a whole."""
    found = [*_staff(subject), *_paid(subject), *_vehicles(subject), *_offices(subject)]
    yield from found
    for rule in (STAFF, VEHICLES, OFFICES):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有两处可以对照", "not told twice"))


def _told(
    subject: Subject, first: re.Pattern[str], *patterns: re.Pattern[str]
) -> Iterator[tuple[Passage, list[re.Match[str]]]]:
    """Where the text tells of the town as it was, by pattern; `first` is part of all that they find."""
    for passage in subject.told.holding(first):
        if not passage.address and is_told(passage):
            yield passage, [match for one in patterns for match in one.finditer(passage.text)]


def _each(
    subject: Subject, first: re.Pattern[str], pattern: re.Pattern[str]
) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage, found in _told(subject, first, pattern):
        yield from [(passage, match) for match in found]


def _staff(subject: Subject) -> Iterator[Outcome]:
    """编制98名，年末在职95人，控制率96.94%: against the table of staff."""
    for passage, found in _told(subject, MAY_STAFF, BY_CLASS, ALL_STAFF, PEOPLE):
        compared: dict[int, Outcome] = {}
        for match in found:
            right: dict[Decimal, Place] = {}
            if match.re is BY_CLASS:
                if _in_post_told(passage, match):
                    right = _of_class(subject.disclosure.report, match["class"])
            elif _of_all(passage, match):
                right = _in_post(subject.disclosure.report)
            if len(right) == 1:
                compared[match.start("n")] = _in_table(passage, match, *next(iter(right.items())))
        yield from compared.values()


def _paid(subject: Subject) -> Iterator[Outcome]:
    """89名在职人员工资按时发放, as last year; both the goal beside it and the table of staff have 90."""
    for item in outcome_items(subject):
        match = PAID.search(item.text)
        if match is None or CLASS.search(item.text, 0, match.start()):
            continue
        right = _in_post(subject.disclosure.report)
        number, unit = match["n"] or match["n2"], match["unit"] or match["unit2"]
        table = item.address.partition(".")[0]
        goals = [c for c in subject.told.cells if c.address.partition(".")[0] == table]
        for amount, at in right.items() if len(right) == 1 else ():
            if Decimal(number) == amount:
                yield Outcome(STAFF)
                continue
            wanted = [m["n"] or m["n2"] for c in goals for m in PAID.finditer(c.text)]
            if str(amount) in wanted:
                printed = f"{number}{unit}"
                words = {"printed": printed, "recomputed": f"{amount}人"}
                finding = Finding(
                    STAFF, item.at, words, (at,), item.address, printed, words["recomputed"]
                )
                yield Outcome(STAFF, finding=finding)


def _of_all(passage: Passage, match: re.Match[str]) -> bool:
    """Is it told of all staff: no class, no house, no other year before it?"""
    before = passage.text[passage.sentence(match.start("n"))[0] : match.start()]
    middle = OF_POSTS.sub("", match["middle"]) if match.re is PEOPLE else ""
    return CLASS.search(before + middle) is None


def _in_table(passage: Passage, match: re.Match[str], amount: Decimal, at: Place) -> Outcome:
    if Decimal(match["n"]) == amount:
        return Outcome(STAFF)
    printed = f"{match['n']}{match['unit']}"
    words = {"printed": printed, "recomputed": f"{amount}人"}
    return _finding(STAFF, passage.place(match.start("n")), words, at, printed, f"{amount}人")


def _in_post_told(passage: Passage, match: re.Match[str]) -> bool:
    """Is it told of those in post, of the town and of now: 实有41人，其中行政20人?"""
    before = passage.text[passage.sentence(match.start())[0] : match.start()]
    if match["posts"] is None:
        now = [found.end() for found in NOW.finditer(before)]
        if not now or "编制" in before[now[-1] :] or "编制" in match[0]:
            return False
        before = before[now[-1] - 2 :]
    return NOT_NOW.search(before.removeprefix("核定")) is None


def _of_class(report: Report, name: str) -> dict[Decimal, Place]:
    """Staff in post of one class (行政, 事业, 工勤), at the end of the year."""
    return {
        fact.figure.amount: fact.at
        for fact in report.facts
        if fact.row.startswith(name)
        and IN_POST.search(fact.column)
        and not OTHER_YEAR.search(fact.column)
    }


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
    for passage, match in _each(subject, MAY_CARS, CARS):
        low = passage.opening(match.start())
        if NOT_CARS.search(passage.text, low, match.end()) or GONE.match(passage.text, match.end()):
            continue
        if not known:  # quick
            known = _kept(subject.disclosure.report)
        if len(known) != 1:
            return
        [(right, (at, label))] = known.items()
        if _number(match["n"]) == right:
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
    for passage, match in _each(subject, MAY_OFFICE, OFFICE):
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
        number = _number(match["n"] or match["n2"] or match["n3"])
        if number in (None, fact.figure.amount):
            yield Outcome(OFFICES, (fact.address,))
            continue
        right = f"{fact.figure.amount}个"
        words = {"printed": match[0], "label": fact.row, "recomputed": right}
        here = passage.place(match.start())
        yield _finding(OFFICES, here, words, fact.at, match[0], right)


def _number(written: str) -> Decimal | None:
    return Decimal(written) if written.isdigit() else han_number(written)


def _finding(
    rule: Rule, at: Place, words: dict[str, str], other: Place, printed: str, right: str
) -> Outcome:
    address = sentence_address(printed, rule.title.zh[:6])
    found = Finding(rule, at, words, (other,), address, printed, right, length=len(printed))
    return Outcome(rule, finding=found)
