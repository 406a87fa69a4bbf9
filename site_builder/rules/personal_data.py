"""个人信息: telephone, ID and card numbers, names in delicate places, addresses, very small groups.

What is found is never repeated: a finding says of what kind it is and where. The patterns are
conservative; names of heads of an agency are public (条例 第20条) and at most noted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Fact, TableData
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.surnames import is_name
from site_builder.wording import Wording

_LAW = "个人信息保护法 第25条、第28条；政府信息公开条例 第15条"
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
    "政府信息公开条例 第20条；个人信息保护法 第6条",
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
SMALL = Rule(
    "small-group",
    "warning",
    Words("人数过少，可能识别到个人", "So few that persons can be recognised"),
    Words(
        "{where}写了特殊群体中{count}个5人以下的人数，当地人可能认得出是谁",
        "{count} groups of fewer than five persons of a delicate kind at {where_en}: neighbours may know them",
    ),
    Words(
        "请改写为“若干人”或与其他人数合并",
        "say “some”, or add the number to another",
    ),
    _WHY,
    "个人信息保护法 第28条、第51条",
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
    "政府信息公开条例 第12条、第20条",
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
    "政府信息公开条例 第20条",
)


class Kind(NamedTuple):
    """What was found, as the sentence names it."""

    rule: Rule
    zh: str
    en: str


_PHONE = Kind(PHONE, "手机号码", "a mobile number")
_ID = Kind(IDENTITY, "身份证号码", "an identity number")
_PASSPORT = Kind(IDENTITY, "护照号码", "a passport number")
_CARD = Kind(CARD, "银行账号", "a bank account")
_NAME = Kind(SENSITIVE, "姓名和其敏感情况", "a name with a sensitive status")
_ROLE = Kind(ROLE, "经办人员的姓名", "a clerk's name")
_HOME = Kind(HOME, "到户的住址", "an address of a home")
_PLATE = Kind(CONTACT, "车牌号码", "a number plate")
_MAIL = Kind(CONTACT, "电子邮箱", "an e-mail address")
_CHAT = Kind(CONTACT, "微信号或QQ号", "a WeChat or QQ account")
_SMALL = Kind(SMALL, "", "")
_OFFICE = Kind(OFFICE, "固定电话号码", "a landline number")
_NAMED = Kind(NAMED, "人名", "a person's name")

Hit = tuple[Kind, int, int]

# -- numbers -------------------------------------------------------------------------------

# A run of digits, perhaps in groups; full-width ones are digits too, and so is a last X. It begins
# with one set of characters, the blocks that hold digits: so that the search skips the rest at once.
RUN = re.compile(
    r"[0-9\u0660-\u1c59\ua620-\uabf9\uff10-\uff19\U000104a0-\U0001fbf9](?<=\d)"
    r"[\d \u3000\-‐-―－]{5,}[\dXxＸｘ](?:(?<![XxＸｘ])|(?![A-Za-z0-9]))"
)
MOBILE = re.compile(r"(?:86)?1[3-9][0-9]{9}")
ID_18 = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)
ID_15 = re.compile(r"[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_LABEL = re.compile(r"身份证|证件号|公民身份")
ACCOUNT_LABEL = re.compile(r"账号|帐号|账户|帐户|卡号|开户|银行卡|一卡通号")
UNIT_ACCOUNT = re.compile(r"对公|单位账|单位帐|公户|专户|零余额|基本户|国库|财政")
CALL_LABEL = re.compile(r"电话|手机|联系方式|联络方式|传真|座机|微信|号码|[Tt][Ee][Ll]")
# Codes of units, papers and projects; ids of records; what follows an amount.
CODE_LABEL = re.compile(
    r"(?:代码|编码|编号|索引号|文号|流水号|订单号|单号|备案号?|许可证号?|标识码|序号|批号|合同号?|宗地|"
    r"图号|工号|档号|条码|税号|案号|票号|凭证号?|区划|[〔\[（(]\d{4}[〕\]）)])[^，。；\n]{0,4}$"
)
AREA_BEFORE = re.compile(r"[（(]0[0-9]{2,3}[）)][ ]?$")
AMOUNT_TAIL = re.compile(r"[ ]?(?:[元万亿亩吨斤]|平方|公里|立方|[%％]|[.．/:：]\d)")


def digits_of(run: str) -> tuple[str, list[int]]:
    """The digits of a run in plain form (NFKC), spaces and dashes left out; where each stood."""
    plain, places = [], []
    for place, character in enumerate(run):
        folded = unicodedata.normalize("NFKC", character).upper()
        if len(folded) == 1 and (folded.isdecimal() or folded == "X"):
            plain.append(folded if folded == "X" else str(unicodedata.decimal(folded)))
            places.append(place)
    return "".join(plain), places


def id_check(digits: str) -> bool:
    """The check digit of an 18-digit identity number (GB 11643, mod 11-2)."""
    total = sum(int(d) * w for d, w in zip(digits[:17], ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17]


def luhn(digits: str) -> bool:
    """The check digit of a card number (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def numbers_in(text: str) -> Iterator[Hit]:
    for run in RUN.finditer(text):
        start = run.start()
        whole, places = digits_of(run[0])
        groups = re.split(r"[ \u3000\-‐-―－]+", run[0])
        if len(groups) == 1:
            kind = _kind_of(text, start, run.end(), whole, 1)
            if kind is not None:
                yield kind, start, run.end()
            continue
        # Each group by itself first (a number beside another), then all of them as one.
        offset, seen = 0, False
        for group in groups:
            offset = run[0].index(group, offset)
            if len(group) >= 11:
                plain, _ = digits_of(group)
                kind = _kind_of(text, start + offset, start + offset + len(group), plain, 1)
                if kind is not None:
                    seen = True
                    yield kind, start + offset, start + offset + len(group)
            offset += len(group)
        if not seen:
            sizes = tuple(len(group) for group in groups)
            kind = _kind_of(text, start, start + places[-1] + 1, whole, len(groups), sizes)
            if kind is not None:
                yield kind, start, start + places[-1] + 1


def _kind_of(
    text: str, start: int, end: int, digits: str, groups: int, sizes: tuple[int, ...] = ()
) -> Kind | None:
    """What a number is; None for amounts, codes and what cannot be told from them."""
    before = text[max(0, start - 16) : start]
    before = before.rpartition("\n")[2]
    edge = before[-1:]
    if edge and (edge in ".．" or (edge.isascii() and edge.isalnum())):
        return None
    tail = text[end : end + 3]
    if AMOUNT_TAIL.match(tail) or (tail[:1].isascii() and tail[:1].isalnum()):
        return None
    if AREA_BEFORE.search(before) and len(digits) in (7, 8):
        return _OFFICE
    id_label = ID_LABEL.search(before) is not None
    if not id_label and CODE_LABEL.search(before):
        return None
    size = len(digits)
    if size == 18 and ID_18.fullmatch(digits) and (id_label or id_check(digits)):
        return _ID
    if size == 15 and id_label and ID_15.fullmatch(digits):
        return _ID
    if "X" in digits:
        return None
    if ACCOUNT_LABEL.search(before) and 10 <= size <= 21:
        return None if UNIT_ACCOUNT.search(before) else _CARD
    if 16 <= size <= 19 and luhn(digits) and (groups == 1 or set(sizes[:-1]) == {4}):
        return _CARD
    called = CALL_LABEL.search(before) is not None
    if MOBILE.fullmatch(digits):
        return _PHONE if groups == 1 or called or sizes in ((3, 4, 4), (3, 3, 5), (2, 11)) else None
    if digits[0] == "0" and 10 <= size <= 12 and (called or (groups == 2 and sizes[0] in (3, 4))):
        return _OFFICE
    if called and 7 <= size <= 8 and digits[0] in "2345678" and groups == 1:
        return _OFFICE
    return None


# -- names, addresses, accounts ------------------------------------------------------------

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
AFTER_NAME = re.compile(r"(?:同志|先生|女士|屋后|屋前|房后|房前|家门口|家门前|宅旁)(?!们)")
_LEADERS = "习近平 毛泽东 邓小平 江泽民 胡锦涛 周恩来 刘少奇 朱德 雷锋 焦裕禄"
LEADERS = frozenset(_LEADERS.split())
STATUS = re.compile(
    r"吸毒|戒毒|涉毒|社区矫正|社区康复|精神障碍|精神病|艾滋|残疾|低保|特困|五保|孤儿|监测户|监测对象|未成年|"
    r"事实无人抚养|刑满释放|失独|癌症|尿毒症|白血病|肺结核|乙肝|困境儿童|留守儿童|贫困户|脱贫户"
)
STATUS_NAME = re.compile(
    r"(?:人员?|对象|户|者|患者|老人|儿童|人口|家庭|供养人员|病人|学生|青年)?[：:（(“]?"
    rf"({_HAN}{{2,3}}?)(?=[，。、；：（）()\s”]|家|等\d*[人户名]|的|同志|老人|先生|女士|，[男女]|$)"
)
NAME_STATUS = re.compile(
    rf"({_HAN}{{2,3}})[，,（(](?:[男女][，,])?(?:\d{{1,3}}岁[，,])?(?:系|为|是|属)?[^，。；（）()]{{0,4}}$"
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
    homes = [ADDRESS] if HOUSE.search(text) else []
    homes += [FLAT] if "单元" in text else []
    for pattern in homes:
        for match in pattern.finditer(text):
            start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 16)
            if not OFFICE_ADDRESS.search(text, start, match.end()):
                yield _HOME, match.start(), match.end()
    for match in PLATE.finditer(text):
        yield _PLATE, match.start() - 1, match.end()
    if "@" in text:
        for match in MAIL.finditer(text):
            if not match[0].endswith(".gov.cn"):
                yield _MAIL, match.start(), match.end()
    if "微信" in text or "QQ" in text:
        for match in CHAT.finditer(text):
            yield _CHAT, match.start(), match.end()
    if "护照" in text:
        for match in PASSPORT.finditer(text):
            yield _PASSPORT, match.start(), match.end()


def _name_before(text: str, end: int, clear: bool = True) -> int:
    """Where a name that ends at `end` begins; -1 when there is none. Short ones must be clear."""
    for size in (3, 2):
        start = end - size
        if start >= 0 and is_name(text[start:end], clear=clear or size == 2):
            return start
    return -1


def _sensitive(wording: Wording, told: list[re.Match[str]]) -> Iterator[Hit]:
    """Names right beside a status: “低保户张某某”, “张某某（残疾）”."""
    text = wording.text
    for match in told:
        after = STATUS_NAME.match(text, match.end())
        if after is not None and is_name(after[1], clear=True):
            yield _NAME, after.start(1), after.end(1)
            continue
        low = wording.bounds(match.start())[0]
        before = NAME_STATUS.search(text, max(low, match.start() - 18), match.start())
        if before is not None:
            start = _name_before(text, before.end(1))
            if start >= low:
                yield _NAME, start, before.end(1)


# -- small groups --------------------------------------------------------------------------

FEW = re.compile(
    r"(?<![\d.,:：\-])[1-4](?:人|名|户|例|位)(?![次民员均]|以[上下]|左右|[一口]|专[职干])"
)
# Words that go on counting a group that was named before.
GOES_ON = re.compile(
    r"羁押|解除|死亡|治疗|康复|复吸|隔离|收治|收监|脱管|戒断|返贫|清退|重度|在册|自杀|(?:^|其中)(?:新增|退出|纳入)$"
)
STAFF = re.compile(
    r"每|各|配备|安排|选派|聘|民警|干部|干事|专干|医生|医师|社工|志愿|网格员|工作人员|护理|队|指导员|联络员|党员|教师|"
    r"负责|组织员|大学生|机构|中心|站"
)
STAFF_AFTER = re.compile(
    r"(?:专职|兼职)?(?:民警|干部|医生|专干|社工|工作人员|护理|网格员|党员|志愿|教师|辅警|指导员)"
)
PEOPLE = frozenset("人名户例位")


def _small_in_sentences(
    wording: Wording, told: list[re.Match[str]]
) -> Iterator[tuple[int, int, int]]:
    """Sentences that count fewer than five of a group: first and last such count, and how many."""
    text = wording.text
    done = -1
    for match in told:
        if match.start() >= wording.notes:
            break
        if match.start() < done or wording.source(match.start()).kind in ("figure", "heading"):
            continue
        start, end = wording.sentence(match.start())
        done = end
        if not any(c in "1234" for c in text[start:end]):
            continue
        few = [f for f in FEW.finditer(text, start, end) if _counts_group(text, start, f)]
        if few:
            yield few[0].start(), few[-1].end(), len(few)


def _counts_group(text: str, start: int, few: re.Match[str]) -> bool:
    """Does the number count the group, not those who care for it?"""
    comma = max(text.rfind(c, start, few.start()) for c in "，、,：（")
    label = text[max(start, comma + 1) : few.start()]
    after = text[few.end() : few.end() + 8]
    if STAFF.search(label) or STAFF_AFTER.match(after):
        return False
    if STATUS.search(label) or GOES_ON.search(label):
        return True
    return len(label) <= 2 and STATUS.match(after) is not None


def _is_few(fact: Fact) -> bool:
    """Does it count one to four persons?"""
    figure = fact.figure
    return figure.unit in PEOPLE and not figure.about and 0 < figure.amount < 5


def _few_in(table: TableData) -> Iterator[Fact]:
    """Rows that count fewer than five of a group which they or the rows around them name."""
    named = None
    for line in table.lines:
        for cell in line.cells:
            fact = cell.fact
            if fact is None or not _is_few(fact):
                continue
            label = line.label
            if STAFF.search(label):
                continue
            if STATUS.search(label):
                yield fact
                continue
            if named is None:
                named = any(STATUS.search(other.label) for other in table.lines)
            if named and GOES_ON.search(label):
                yield fact


# -- the check -----------------------------------------------------------------------------

RULES = (PHONE, IDENTITY, CARD, SENSITIVE, LISTED, ROLE, HOME, CONTACT, SMALL, OFFICE, NAMED)
NAMES = re.compile(r"姓\s*名|户主|领取人|受益人|受助人")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line, cell, label and note; one finding for each thing found."""
    wording = subject.wording
    told = list(STATUS.finditer(wording.text))
    findings = [_finding(wording, hit) for hit in _hits(wording, told)]
    for first, last, count in _small_in_sentences(wording, told):
        findings.append(_finding(wording, (_SMALL, first, last), str(count)))
    facts = subject.disclosure.report.facts
    few = {fact.table for fact in facts if fact.figure.unit in PEOPLE and _is_few(fact)}
    for table in subject.disclosure.report.tables:
        findings += _listed(table)
        if table.form.address in few:
            findings += _small_in_table(table)
    yield from outcomes_of(findings, RULES)


def _hits(wording: Wording, told: list[re.Match[str]]) -> Iterator[Hit]:
    taken: set[int] = set()
    for hits in (numbers_in(wording.text), _sensitive(wording, told), _words(wording.text)):
        for hit in hits:
            if hit[1] not in taken:
                taken.add(hit[1])
                yield hit


def _finding(wording: Wording, hit: Hit, count: str = "") -> Finding:
    kind, start, end = hit
    spot = wording.spot(start, end)
    if spot.in_label:
        where, where_en = "这一行的标签里", "in the label of the line"
    else:
        where = f"第{spot.first}–{spot.last}字"
        where_en = f"characters {spot.first}–{spot.last}"
    words = {
        "what": kind.zh,
        "what_en": kind.en,
        "where": where,
        "where_en": where_en,
        "count": count,
    }
    at, address = spot.at, spot.source.address
    if kind is _SMALL and spot.source.kind == "sentence":
        address = f"{address}={address_part(wording.text[start:end])[:12]}"
    if spot.in_label:  # mask the label too, and leave it out of the address
        at, address = at._replace(column=1), address.partition(".")[0]
    return Finding(
        kind.rule, at, words, address=address, length=spot.length, secret=kind is not _SMALL
    )


def _listed(table: TableData) -> Iterator[Finding]:
    if table.form.kind == "list":
        for number, column in enumerate(table.form.columns):
            if not NAMES.search(column.label):
                continue
            cells = [line.cells[number] for line in table.lines if number < len(line.cells)]
            named = [c for c in cells if is_name(c.text.replace(" ", "").replace("\u3000", ""))]
            for cell in named[:1]:
                words = {
                    "what": f"{len(named)}人的姓名",
                    "what_en": f"the names of {len(named)} persons",
                    "where": f"“{column.label}”一列",
                    "where_en": f"column “{column.label}”",
                }
                yield Finding(LISTED, cell.at, words, address=cell.address, secret=True)


def _small_in_table(table: TableData) -> Iterator[Finding]:
    for fact in _few_in(table):
        words = {"where": f"“{fact.label}”", "where_en": f"“{fact.label}”", "count": "1"}
        yield Finding(SMALL, fact.at, words, address=fact.address)
