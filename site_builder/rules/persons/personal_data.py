"""个人信息: telephone, identity and card numbers, names in delicate places, addresses of homes.

What is found is never repeated: a finding says of what kind it is and where. The patterns are
conservative; names of heads of an agency are public (条例 第20条) and at most noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.personal_numbers import numbers_in
from site_builder.report import TableData
from site_builder.rules.delicate import STATUS
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.regulations import PERSONAL
from site_builder.rules.surnames import is_name
from site_builder.wording import Wording

_LAW = PERSONAL
_SAYS = Words("{where}有{what}", "{what_en} at {where_en}")
_WHY = Words(
    "公开的报告人人可以下载、搜索和转载，个人信息一旦公布就收不回来；应当只保留公开所必需的部分。",
    "What is published can be copied by anyone and never called back; keep only what must be public.",
)
PHONE = Rule(
    "personal-phone",
    "error",
    Words("个人手机号码", "Mobile number"),
    _SAYS,
    Words(
        "请删去，或只留前3位和后4位（138****1234）；对外联系用办公电话",
        "leave it out, or keep three and four digits; publish an office number instead",
    ),
    _WHY,
    _LAW,
)
IDENTITY = Rule(
    "personal-id",
    "error",
    Words("身份证件号码", "Identity number"),
    _SAYS,
    Words(
        "请删去；确需公示的只留前2位和后3位，中间用*代替",
        "leave it out; where a notice needs it, keep two and three digits",
    ),
    _WHY,
    _LAW,
)
CARD = Rule(
    "bank-card",
    "error",
    Words("银行账号", "Bank account"),
    _SAYS,
    Words(
        "请删去个人账号；本单位对外公布的账户请写明“单位账户”并加以说明",
        "leave a person's account out; call the unit's own one “单位账户” and explain it",
    ),
    _WHY,
    _LAW,
)
SENSITIVE = Rule(
    "sensitive-person",
    "error",
    Words("姓名与敏感情况连在一起", "Name beside a sensitive status"),
    _SAYS,
    Words(
        "请删去姓名，只写人数或“某户”；残疾、低保、吸毒、矫正等情况不得与姓名一同公开",
        "leave the name out; disability, poverty, drugs or probation must not be told of a named person",
    ),
    _WHY,
    _LAW,
)
LISTED = Rule(
    "name-list",
    "error",
    Words("个人名单", "List of persons"),
    _SAYS,
    Words(
        "请删去姓名一列，或改为编号；绩效报告只需要人数和金额",
        "leave the column out or number the persons; the report needs counts and sums only",
    ),
    _WHY,
    _LAW,
)
ROLE = Rule(
    "role-name",
    "warning",
    Words("经办人员姓名", "Name of a clerk"),
    _SAYS,
    Words(
        "请删去，或只写“某同志”、姓氏加“某”；负责人姓名按规定公开的，请在“认可”中说明",
        "leave it out or keep the surname; explain it where the name of a head must be public",
    ),
    _WHY,
    "政府信息公开条例第二十条；个人信息保护法第六条",
)
HOME = Rule(
    "home-address",
    "warning",
    Words("家庭住址", "Home address"),
    _SAYS,
    Words(
        "地址只保留到村（社区）；办公地址请写明",
        "end the address at the village; say so if it is an office",
    ),
    _WHY,
    _LAW,
)
CONTACT = Rule(
    "contact-detail",
    "warning",
    Words("个人联系方式或车牌", "Personal contact or number plate"),
    _SAYS,
    Words(
        "属于个人的请删去；属于单位的请说明", "leave it out if it is a person's; explain it if not"
    ),
    _WHY,
    _LAW,
)
OFFICE = Rule(
    "office-phone",
    "note",
    Words("固定电话", "Landline number"),
    _SAYS,
    Words(
        "请确认是办公电话；住宅电话请删去",
        "make sure that it is an office; leave a home number out",
    ),
    Words(
        "办公电话应当公开，住宅电话不应公开，从号码看不出是哪一种。",
        "Offices must be reachable, homes must not; the number does not say which it is.",
    ),
    "政府信息公开条例第十二条、第二十条",
)
NAMED = Rule(
    "named-person",
    "note",
    Words("正文中的人名", "Name of a person"),
    _SAYS,
    Words(
        "负责人姓名和表彰名单可以公开，请确认本人知情；其他的请改写为职务",
        "heads and honours may be named, if they know; write the office of all others",
    ),
    Words(
        "负责人姓名属于应当公开的内容；其他人的姓名不是报告所必需的。",
        "The names of heads are public; others are not needed in a report.",
    ),
    "政府信息公开条例第二十条",
)


class Kind(NamedTuple):
    """What was found, as the sentence names it."""

    rule: Rule
    zh: str
    en: str


_PASSPORT = Kind(IDENTITY, "护照号码", "a passport number")
_NUMBERS = {
    "phone": Kind(PHONE, "手机号码", "a mobile number"),
    "identity": Kind(IDENTITY, "身份证号码", "an identity number"),
    "card": Kind(CARD, "银行账号", "a bank account"),
    "landline": Kind(OFFICE, "固定电话号码", "a landline number"),
}
_NAME = Kind(SENSITIVE, "姓名和其敏感情况", "a name with a sensitive status")
_ROLE = Kind(ROLE, "经办人员的姓名", "a clerk's name")
_HOME = Kind(HOME, "到户的住址", "an address of a home")
_PLATE = Kind(CONTACT, "车牌号码", "a number plate")
MAILBOX = Kind(CONTACT, "电子邮箱", "an e-mail address")
_CHAT = Kind(CONTACT, "微信号或QQ号", "a WeChat or QQ account")
_NAMED = Kind(NAMED, "人名", "a person's name")

Hit = tuple[Kind, int, int]

_HAN = "[\u4e00-\u9fff]"
ROLES = re.compile(
    r"(?:填表人|填报人|联系人|经办人|制表人|制单人|审核人|复核人|报账员|财务负责人|单位负责人|项目负责人|"
    r"负责人签[字名章]|责任人)(?:[（(]?签[字名章][)）]?)?[:：][ \t\u3000]*"
    rf"({_HAN}[ \u3000]{_HAN}(?![\u4e00-\u9fff])|{_HAN}{{2,4}}?)"
    r"(?=[ \t\u3000\n，。；、,;（(]|填报日期|填表日期|联系|电话|日期|审核|$)"
)
HEADS = re.compile(
    r"(?:镇长|乡长|书记|主任|主席|指挥长|组长|会计|出纳|专干|辅警|村医)"
    rf"({_HAN}{{2,3}}?)(?=同志|担任|任(?:组长|指挥长|主任|第一书记)|带头|带队|牵头|主持|等[人同]|为组长|为指挥长)"
)
# What stands behind a name: an honorific, or that something lies at someone's house.
# 房前屋后 is around all houses.
AFTER_NAME = re.compile(
    r"(?:同志|先生|女士|(?<![房屋]前)[屋房]后|屋前|房前|家门口|家门前|宅旁)(?!们)"
)
_LEADERS = "习近平 毛泽东 邓小平 江泽民 胡锦涛 周恩来 刘少奇 朱德 雷锋 焦裕禄"
LEADERS = frozenset(_LEADERS.split())
STATUS_NAME = re.compile(
    r"(?:人员?|对象|户|者|患者|老人|儿童|人口|家庭|供养人员|病人|学生|青年)?[：:（(“]?"
    rf"({_HAN}{{3}}(?=[已由被因患正])|{_HAN}{{2,3}}?(?=[，。、；：（）()\s”]|家|等\d*[人户名]|的|同志|老人|先生|女士|，[男女]|$))"
)
NAME_STATUS = re.compile(
    rf"({_HAN}{{2,3}})[，,（(](?:[男女][，,])?(?:\d{{1,3}}岁[，,])?(?:系|为|是|属)?[^，。；（）()]{{0,4}}$"
)
# 罗某某患精神分裂症: no comma between the name and what its bearer has.
NAME_SUFFERS = re.compile(
    rf"({_HAN}{{2,3}})(?:身患|罹患|因患|患上|患有?|确诊为?|查出)[^，。；（）()]{{0,4}}$"
)
ADDRESS = re.compile(
    r"(?:村|社区|居委会)[^，。；、\s\d]{0,8}?第?[一二三四五六七八九十\d]{1,3}(?:村民小|小)?组"
    r"[^，。；、\s\d]{0,4}\d{1,4}号(?![塘井桥点水线路渠泵坝项工机变杆])"
)
HOUSE = re.compile(r"号(?<=\d号)")  # what every ADDRESS ends on
FLAT = re.compile(
    r"\d{1,3}(?:栋|幢|号楼)[^，。；\s]{0,4}\d{1,2}单元[^，。；\s]{0,4}?\d{2,4}(?:室|房|号)"
)
OFFICE_ADDRESS = re.compile(r"办公|驻地|地址：?[^，。；]{0,16}(?:政府|中心|大院)|服务中心|村部")
PLATE = re.compile(  # without the province before it; begins with what is rare
    r"[A-Z](?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼].)[·•]?"
    r"(?=[A-HJ-NP-Z]{0,4}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
CHAT = re.compile(r"(?:微信号|微信|QQ号码?|QQ)[:：]\s*[A-Za-z0-9_-]{5,20}")
PASSPORT = re.compile(r"护照(?:号码?)?[:：]?\s*[A-Z]{1,2}\d{7,8}(?!\d)")


def _words(text: str) -> Iterator[Hit]:
    for match in ROLES.finditer(text):
        name = match[1].replace(" ", "").replace("\u3000", "")
        if is_name(name):
            yield _ROLE, match.start(1), match.end(1)
    for match in HEADS.finditer(text):
        if is_name(match[1]):
            yield _NAMED, match.start(1), match.end(1)
    for match in AFTER_NAME.finditer(text):
        start = _name_before(text, match.start(), clear=False)
        if start >= 0 and text[start : match.start()] not in LEADERS:
            yield _NAMED, start, match.start()
    homes = [ADDRESS] if HOUSE.search(text) else []  # quick
    homes += [FLAT] if "单元" in text else []  # quick
    for pattern in homes:
        for match in pattern.finditer(text):
            start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 16)
            if not OFFICE_ADDRESS.search(text, start, match.end()):
                yield _HOME, match.start(), match.end()
    for match in PLATE.finditer(text):
        yield _PLATE, match.start() - 1, match.end()
    if "@" in text:  # quick
        for match in MAIL.finditer(text):
            if not match[0].endswith(".gov.cn"):
                yield MAILBOX, match.start(), match.end()
    if "微信" in text or "QQ" in text:  # quick
        for match in CHAT.finditer(text):
            yield _CHAT, match.start(), match.end()
    if "护照" in text:  # quick
        for match in PASSPORT.finditer(text):
            yield _PASSPORT, match.start(), match.end()


def _name_before(text: str, end: int, clear: bool = True) -> int:
    """Where a name that ends at `end` begins; -1 when there is none. Short ones must be clear."""
    for size in (3, 2):
        if is_name(text[max(0, end - size) : end], clear=clear or size == 2):
            return max(0, end - size)
    return -1


def _sensitive(wording: Wording) -> Iterator[Hit]:
    """Names right beside a status: “低保户张某某”, “张某某（残疾）”."""
    text = wording.text
    for match in STATUS.finditer(text):
        after = STATUS_NAME.match(text, match.end())
        if after is not None and is_name(after[1], clear=True):
            yield _NAME, after.start(1), after.end(1)
            continue
        low = wording.bounds(match.start())[0]
        near = max(low, match.start() - 18)
        before = NAME_STATUS.search(text, near, match.start()) or NAME_SUFFERS.search(
            text, near, match.start()
        )
        if before is not None:
            start = _name_before(text, before.end(1))
            if start >= low:
                yield _NAME, start, before.end(1)


RULES = (PHONE, IDENTITY, CARD, SENSITIVE, LISTED, ROLE, HOME, CONTACT, OFFICE, NAMED)
NAMES = re.compile(r"姓\s*名|户主|领取人|受益人|受助人")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line, cell, label and note; one finding for each thing found."""
    findings = personal_in(subject.wording)
    for table in subject.disclosure.report.tables:
        findings += _listed(table)
    yield from outcomes_of(findings, RULES)


def personal_in(wording: Wording) -> list[Finding]:
    """One finding for each thing found in a text, wherever it is from."""
    return [_finding(wording, hit) for hit in _hits(wording)]


def name_at(wording: Wording, start: int, end: int) -> Finding:
    """A name at the characters from `start` to `end`, known from what the text is."""
    return _finding(wording, (_NAMED, start, end))


def _hits(wording: Wording) -> Iterator[Hit]:
    taken: set[int] = set()
    numbers = ((_NUMBERS[kind], start, end) for kind, start, end in numbers_in(wording.text))
    for hits in (numbers, _sensitive(wording), _words(wording.text)):
        for hit in hits:
            if hit[1] not in taken:
                taken.add(hit[1])
                yield hit


def _finding(wording: Wording, hit: Hit) -> Finding:
    kind, start, end = hit
    spot = wording.spot(start, end)
    at, address = spot.at, spot.source.address
    where, where_en = f"第{spot.first}–{spot.last}字", f"characters {spot.first}–{spot.last}"
    if spot.in_label:  # mask the label too, and leave it out of the address
        where, where_en = "这一行的标签里", "in the label of the line"
        at, address = at._replace(column=1), address.partition(".")[0]
    words = {"what": kind.zh, "what_en": kind.en, "where": where, "where_en": where_en}
    return Finding(kind.rule, at, words, address=address, length=spot.length, secret=True)


def _listed(table: TableData) -> Iterator[Finding]:
    if table.form.kind == "list":
        for number, column in enumerate(table.form.columns):
            if not NAMES.search(column.label):
                continue
            cells = [line.cells[number] for line in table.lines]
            named = [c for c in cells if is_name(c.text.replace(" ", "").replace("\u3000", ""))]
            for cell in named[:1]:
                words = {
                    "what": f"{len(named)}人的姓名",
                    "what_en": f"the names of {len(named)} persons",
                    "where": f"“{column.label}”一列",
                    "where_en": f"column “{column.label}”",
                }
                yield Finding(LISTED, cell.at, words, address=cell.address, secret=True)
