"""列举的个数不符: a stated number of things, and the list of them that stands beside it.

Only lists whose ends are certain are counted. A list that can be read in two ways passes when
either reading gives the stated number, and is left alone when none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Words
from site_builder.forms import sentence_address
from site_builder.rules.miscounts import (
    COUNT,
    NOUN,
    RULE,
    Miscount,
    Stated,
    counts,
    found,
    number_of,
    verdict,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

# “六中心”即…; “五办四中心”（…）: so many offices without a word between
_LEADS = r"(?:[，,]?(?:即|分别(?:是|为)|包[括含])[：:]?|[（(：:])"
_OFFICES = re.compile(
    r"(?<![一二两三四五六七八九十第])(?P<names>(?:[一二两三四五六七八九十]{1,2}(?:中心|办公室|办|大队|站|所|室|馆|清单|平台))+)”?"
    + _LEADS
)
_OFFICE_COUNT = re.compile("[一二两三四五六七八九十]{1,2}")
_MAYBE_OFFICES = re.compile("[一二两三四五六七八九十](?=中心|办|大队|[站所室馆]|清单|平台)")
_QUOTED_LEADS = re.compile("”" + _LEADS)
_SLOGAN = re.compile(
    f"“(?P<n>[二三四五六七八九])(?P<word>[一-鿿])”(?:活动|行动|工程|机制|制度|要求|服务)?{_LEADS}"
)
_INTRO = re.compile(
    "(?:主要|具体)?(?:(?:分别|依次)(?:是|为|位于|在|设[在于]|建[在于]|分布[在于]|落户[在于]?|坐落[在于]?)|"
    "(?:分别)?包[括含](?:了|有)?|即)[：:]?"
)
_SITES = re.compile("(?:位于|在|[设建]于|分布于|落户于?|坐落于?)[：:]?$")
_THOSE = re.compile("(?:分别)?(?:为|是)[：:]?")
# 7个村，包括五项内容：…: the list is of what is counted anew.
_OTHER_LIST = re.compile(f"{COUNT.pattern}[^，,。；;：:]{{0,10}}[：:]")
_STOP = re.compile("[。！？!?\n]")
# 主要做法有三点。一是…: the list begins behind a full stop
_STARTS = re.compile("一是|首先[，,]|（一）|①|第一[，,]|其一[，,]")
_IN_WORDS = re.compile("(?:首先|其次|再次|再者|此外|最后)(?=[，,])")
_ABSTRACT = re.compile(
    "(?:$|[^，,。]{0,4}(?:方面|问题|措施|做法|原因|经验|建议|特点|短板|不足|意见|工作|任务|要求|环节|举措|重点|关键))"
)
_LOOKS_BACK = re.compile("(?:上述|以上|前述|这|上面的?)$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|‘[^’]*’")
_OPEN_END = re.compile("等(?:等)?(?:$|[^级同于待候次])|…")
_BEFORE = re.compile("(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})个[一-鿿]{1,6}[、和及与]$")
_JOINED = re.compile("和|及|与|还有|并")
# In brackets after a number these say what kind, not which ones.
_KINDS = frozenset(["社区", "居委会", "村委会", "单位", "部门", "街道"])
_PARTIAL = re.compile("^(?:含|其中|如|例如|不含|除|包括|包含|详见|见|原文|原件|未|约|共|占|即)")
_OFFICE = re.compile("(?:办公室|中心|大队|中队|站|所|局|办|队|室|部|院|校|会|村|社区|镇)$")
# 一是…，分别为甲、乙；二是…: the next of another list
_NEXT = re.compile("[二三四五六七八九十]是|（[二三四五六七八九十0-9]{1,2}）|[②-⑳]")
_AND_MORE = re.compile("^(?:还有|以及|另有|和|及)")
_ETC = re.compile(
    r"等(?P<n>[0-9二两三四五六七八九十][0-9一二三四五六七八九十]{0,2})"
    r"(?P<unit>[个项条类种家处所座支名位村镇大])"
)
# 设党政办、经发办、社事办、平安办、综治中心共6个办公室: the list before its number
_IN_ALL = re.compile(
    "(?:内设|职能|事业|综合)*(?:机构|办公室|部门|中心|站所|单位|科室|股室|大队|办|站|所)(?:[，,。；;）)]|$)"
)
_ALTOGETHER = re.compile("(?:一共|共计|合计|总计|共)$")
_CLAUSE = re.compile("[，,。；;：:！？!?（(\n]")
_FUNCTION = re.compile("[的对在向由为把将从到以或]|组织|开展|通过|获评|联合")
_QUOTES = re.compile("((?:“[^”]*”、?)+)$")
_ORDINALS = (
    ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"),
    tuple(f"（{c}）" for c in "一二三四五六七八九十"),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    tuple(f"第{c}，" for c in "一二三四五六七八九十"),
    tuple(f"其{c}，" for c in "一二三四五六七八九十"),
)

# A number of things, of offices, or in quotation marks; a quick no.
_MAYBE = re.compile(
    f"{COUNT.pattern}|[一二两三四五六七八九十](?:中心|办|大队|[站所室馆]|清单|平台)|“[二三四五六七八九][一-鿿]”"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of the narrative and every cell with words."""
    compared = False
    lines = subject.told.lines
    for number, passage in enumerate(lines):
        if _MAYBE.search(passage.text) is None:  # quick
            continue
        for one in _judged(passage.text):
            compared = True
            if isinstance(one, Miscount) and not _goes_on(one, lines[number + 1 : number + 2]):
                address = sentence_address(one.phrase, passage.anchor)
                yield found(one, passage.place(one.start), address)
    for cell in subject.told.cells:
        if _MAYBE.search(cell.text) is None:  # quick
            continue
        for one in _judged(cell.text):
            compared = True
            if isinstance(one, Miscount):
                yield found(one, cell.at, cell.address)
    if compared:
        yield Outcome(RULE)
    else:
        yield Outcome(RULE, reason=Words("没有可以数的列举", "no list to count"))


def _goes_on(one: Miscount, following: tuple[Passage, ...]) -> bool:
    """一是…。二是…。 and in the next line 三是…"""
    return one.listed < min(one.stated, len(_ORDINALS[0])) and any(
        line.text.lstrip("-* 　").startswith(tuple([order[one.listed] for order in _ORDINALS]))
        for line in following
    )


def _judged(text: str) -> Iterator[Miscount | int]:
    """The miscounted lists within one text; a number for each that was counted and is right."""
    return filter(None, _tried(text, counts(text)))


def _tried(text: str, counted: list[Stated]) -> Iterator[Miscount | int | None]:
    for stated in counted:
        yield _in_all(text, stated)
        if stated.unit == "者":
            those = _THOSE.match(text, stated.end)
            yield None if those is None else _judge(text, stated, those.end())
        elif (quoted := _quoted_items(text, stated)) is not None:
            yield verdict(text, stated, *quoted, False)
        elif (begins := _list_at(text, stated)) is None:
            continue
        elif text[begins - 1] in "（(":
            yield _bracketed(text, stated, begins)
        else:
            one = (
                _ordered(text, stated, begins)
                or _in_words(text, stated, begins)
                or _judge(text, stated, begins)
            )
            if not (
                isinstance(one, Miscount)
                and one.listed < one.stated
                and _SITES.search(text, stated.end, begins)
            ):  # else two are in one village: 3处，分别位于甲村、乙村
                yield one
    if _MAYBE_OFFICES.search(text):  # quick
        for match in _OFFICES.finditer(text):
            yield _of_offices(text, match)
    if "”" in text:  # quick
        for match in _SLOGAN.finditer(text):
            yield _slogan(text, match)
        for stated in counted:
            yield _quoted(text, stated)
    if "等" in text:  # quick
        for match in _ETC.finditer(text):
            yield _before(text, match)


def _of_offices(text: str, match: re.Match[str]) -> Miscount | int | None:
    """“六中心”即甲中心、乙中心…; of “五办四中心” the numbers are added."""
    numbers = [int(number_of(one) or 0) for one in _OFFICE_COUNT.findall(match["names"])]
    if 0 in numbers:
        return None
    stated = Stated(match.start(), match.end("names"), sum(numbers), "个")
    if text[match.end() - 1] in "（(":
        return _bracketed(text, stated, match.end())
    return _judge(text, stated, match.end())


def _slogan(text: str, match: re.Match[str]) -> Miscount | int | None:
    """“四关”：申请关、审核关、公示关: each item has the word that is counted."""
    tail = _STOP.split(text[match.end() :])[0].partition("）")[0].partition("；")[0]
    items = [item for item in re.split("[、，,]|和", tail) if item]
    number = "零一二三四五六七八九".index(match["n"])
    stated = Stated(match.start(), match.end("word"), number, "个")
    if not (
        all(item.endswith(match["word"]) for item in items)
        or all(item.startswith(match["word"]) for item in items)
    ):
        return None
    return verdict(text, stated, match.end(), {len(items)}, False)


def _list_at(text: str, stated: Stated) -> int | None:
    """Where the list of what was counted begins; None when nothing leads to one."""
    noun = NOUN.match(text, stated.end)
    if noun is None:
        return None
    intro = _INTRO.search(noun[0])
    if intro is not None:
        begins = stated.end + intro.end()
        return begins + (text[begins : begins + 1] in ("：", ":"))
    mark = text[noun.end() : noun.end() + 1]
    if mark == "”":
        return _quoted_count(text, noun)
    if mark == "。" and _STARTS.match(text, noun.end() + 1):
        above = _LOOKS_BACK.search(text, 0, stated.start)
        return None if above or not _ABSTRACT.match(noun[0]) else noun.end() + 1
    if mark in ("，", ","):
        intro = _INTRO.match(text, noun.end() + 1)
        if intro is None or _OTHER_LIST.match(text, intro.end()):
            return None
        return intro.end()
    if mark not in ("（", "(", "：", ":"):
        return None
    if stated.unit == "大" and "、" in text[max(0, stated.start - 6) : stated.start]:
        return None  # 茶、竹、锑三大支柱：… has its list before it
    return noun.end() + 1


def _quoted_items(text: str, stated: Stated) -> tuple[int, set[int]] | None:
    """“三个聚焦”，即聚焦甲、聚焦乙、聚焦丙，推动工作: the items before what they are to bring about.

    Where they begin, and how many they can be.
    """
    noun = NOUN.match(text, stated.end)
    if noun is None:
        return None
    leads = _QUOTED_LEADS.match(text, noun.end())
    if leads is None:
        return None
    head, _, rest = _STOP.split(text[leads.end() :])[0].partition("，")
    items = head.split("、")
    if len(items) < 2 or noun[0] in rest or not all(noun[0] in item for item in items):
        return None
    return leads.end(), _sized(items)


def _quoted_count(text: str, noun: re.Match[str]) -> int | None:
    """“四个到位”，即思想到位、责任到位…: each item has the word of the count."""
    leads = _QUOTED_LEADS.match(text, noun.end())
    if leads is None:
        return None
    tail = _STOP.split(text[leads.end() :])[0].partition("）")[0]
    items = [item for item in re.split("[、，,；;]", tail) if item]
    return leads.end() if all(noun[0] in item for item in items) else None


def _plain(text: str) -> str:
    """Without what stands in brackets, and with quotations and titles closed up."""
    plain = _BRACKETS.sub("", text)
    while plain != text:
        text, plain = plain, _BRACKETS.sub("", plain)
    return _QUOTED.sub("“”", text).replace("”“", "”、“")


def _sized(items: list[str]) -> set[int]:
    """How many things an enumeration can name: the last item may join two."""
    count = len([i for i in items if i.strip()])
    joint = _JOINED.search(items[-1])
    if joint is None:
        return {count}
    one, other = items[-1][: joint.start()], items[-1][joint.end() :]
    kind = items[0].strip()[-1:]
    if one.endswith(kind) and other.endswith(kind):
        return {count + 1}  # 甲村、乙村、丙村和丁村
    return {count, count + 1}


def _bracketed(text: str, stated: Stated, begins: int) -> Miscount | int | None:
    """六村（黄花、南溪、…）: items that are names, not kinds."""
    depth, end = 1, begins
    while end < len(text) and depth:
        depth += (text[end] in "（(") - (text[end] in "）)")
        end += 1
    inner = text[begins : end - 1]
    if depth or _PARTIAL.match(inner):
        return None
    plain = _plain(inner)
    if "；" in plain or "，" in plain or "：" in plain:
        return None
    items = plain.split("、")
    if any(len(i) < 2 or i in _KINDS for i in items):
        return None
    more = _OPEN_END.search(items[-1]) is not None
    return verdict(text, stated, begins, _sized(items), more)


def _judge(text: str, stated: Stated, begins: int) -> Miscount | int | None:
    """A list up to the end of its sentence, by 、 or by ；."""
    stop = _STOP.search(text, begins)
    tail = _plain(text[begins : stop.start() if stop else len(text)])
    if _PARTIAL.match(tail):
        return None
    parts = [p for p in re.split("[；;]", tail) if p.strip()]
    if not parts:
        return None
    if len(parts) > 1 and _NEXT.match(parts[1]):
        parts = parts[:1]
    first = parts[0]
    clauses = re.split("[，,]", first)
    by_clause = clauses[0].split("、")
    by_marks = re.split("[、，,]", first)
    number = stated.number
    readings = [_sized(by_clause), _sized(first.split("、")), _sized(by_marks), _sized(clauses)]
    if len(parts) > 1:
        readings.append(_sized(parts))
    numbers = {number, number + _joined(text, stated)}
    if any(not numbers.isdisjoint(sizes) for sizes in readings):
        return number
    ends_here = len(parts) == 1 or "：" in parts[1] or COUNT.search(parts[1]) is not None
    if ends_here and len(by_clause) > 1:
        rest = clauses[1:]
        more = _OPEN_END.search(by_clause[-1]) is not None
        if not any("、" in c or _AND_MORE.match(c) for c in rest):
            return verdict(text, stated, begins, _sized(by_clause), more)
        offices = all(_OFFICE.search(c.strip()) for c in clauses)
        if offices and not _OPEN_END.search(first):
            return verdict(text, stated, begins, _sized(by_marks), False)
        return None
    if "、" not in first and not any("：" in p for p in parts):
        more = _OPEN_END.search(parts[-1]) is not None
        return verdict(text, stated, begins, {len(parts)}, more)
    return None


def _joined(text: str, stated: Stated) -> int:
    """2个社区、14个行政村：…: what is counted before, if the list is of both."""
    before = _BEFORE.search(text, max(0, stated.start - 12), stated.start)
    return int(number_of(before["n"]) or 0) if before is not None else 0


def _ordered(text: str, stated: Stated, begins: int) -> Miscount | int | None:
    """三个方面：一是…二是…: how far the order goes."""
    for order in _ORDINALS:
        at = text.find(order[0], begins, begins + 4)
        if at < 0:
            continue
        count, again = 1, text.find(order[0], at + 1)
        for mark in order[1:]:
            at = text.find(mark, at)
            if at < 0 or (0 <= again < at):
                break
            count += 1
        if count == len(order) and stated.number > count:
            return None
        return verdict(text, stated, begins, {count}, False)
    return None


def _in_words(text: str, stated: Stated, begins: int) -> Miscount | int | None:
    """首先，…。其次，…。再次，…。最后，…"""
    if not text.startswith("首先", begins):
        return None
    marks = _IN_WORDS.findall(text, begins)
    ends = marks.index("最后") + 1 if "最后" in marks else 0
    if marks.count("首先") != 1:
        return None
    return verdict(text, stated, begins, {ends}, False)


def _before(text: str, match: re.Match[str]) -> Miscount | int | None:
    """甲村、乙村等7个村: no more may be named than are counted."""
    number = number_of(match["n"])
    if number is None or number < 2:
        return None
    items = _before_number(text[: match.start()])
    tail = items[-1][-1:]
    while items[0][-1:] != tail and _FUNCTION.search(items[0]):
        items = items[1:]
    same = all(i[-1:] == tail for i in items)
    if not same and any(_FUNCTION.search(i) for i in items):
        return None
    stated = Stated(match.start("n"), match.end(), int(number), match["unit"])
    return verdict(text, stated, match.end(), {len(items)}, True)


def _in_all(text: str, stated: Stated) -> Miscount | int | None:
    """甲办、乙办、丙中心共3个机构: three or more offices, nothing but their names between."""
    if not _IN_ALL.match(text, stated.end):
        return None
    items = _before_number(_ALTOGETHER.sub("", text[: stated.start]))
    if len(items) < 3 or not all(_OFFICE.search(item) for item in items):
        return None  # 财政所、派出所3个办公室 are rooms of theirs
    return verdict(text, stated, stated.end, _sized(items), False)


def _before_number(text: str) -> list[str]:
    """The items of the enumeration that a text ends on."""
    return _CLAUSE.split(_plain(text))[-1].split("、")


def _quoted(text: str, stated: Stated) -> Miscount | int | None:
    """“甲”“乙”“丙”三大产业; “甲、乙、丙”三条措施."""
    match = _QUOTES.search(text, 0, stated.start) if stated.unit in "条项大" else None
    if match is None:
        return None
    quotes = re.findall("“([^”]*)”", match[1])
    count = len(quotes) if len(quotes) > 1 else len(quotes[0].split("、"))
    return verdict(text, stated, stated.end, {count}, False) if count > 2 else None
