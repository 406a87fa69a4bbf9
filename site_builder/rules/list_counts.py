"""列举的个数不符: a stated number of things, and the list of them that follows or precedes it.

Only lists whose ends are certain are counted. A list that can be read in two ways passes when
either reading gives the stated number, and is left alone when none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "list-count",
    "error",
    Words("写的个数与列出的个数不符", "A stated number differs from the list"),
    Words(
        "“{printed}”写的是{stated}，列出来的是{listed}{more}",
        "“{printed}” states {stated}; {listed} are listed{more_en}",
    ),
    Words(
        "请对照原件数一遍，改正个数或补全所列各项；原件如此的，在“认可”中说明",
        "count them in the original; mend the number or the list, or explain it",
    ),
    Words(
        "读者会数；个数与所列对不上，至少有一处写错或漏了。",
        "Readers count; when list and number differ, one of them is wrong or short.",
    ),
)
# Begins with one set of characters, so that the search skips all others at once.
COUNT = re.compile(
    r"[0-9二两三四五六七八九十][0-9一二三四五六七八九十]{0,2}"
    r"[个项条类种家处所座支名位步点本张村镇者大]"
)
_NOT_BEFORE = frozenset("第几数百千万亿余多零一二两三四五六七八九十.年月~-—–～约近超过达少于")
# Units that count only after a Chinese numeral: 六村 and 四大 do, 3点 and 10大 do not.
_HAN_ONLY = frozenset("村镇点大者")
_NOUN = re.compile(
    "(?!月|小时|工作日|百分点|多|余|以上|左右|以内|学时|批次|人次|百|千|万|亿|季度)"
    r"[^，,。；;：:、（）()“”《》！？!?\s0-9]{0,24}"
)
_INTRO = re.compile(
    "(?:主要|具体)?(?:(?:分别|依次)(?:是|为|位于|在|设[在于]|建[在于]|分布[在于]|落户[在于]?|坐落[在于]?)|"
    "(?:分别)?包[括含](?:了|有)?|即)[：:]?"
)
_SITE = frozenset("村组镇乡社所站")
_SITES = re.compile("(?:位于|在|[设建]于|分布于|落户于?|坐落于?)[：:]?$")
_THOSE = re.compile("(?:分别)?(?:为|是)[：:]?")
_STOP = re.compile("[。！？!?\n]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|‘[^’]*’")
_OPEN_END = re.compile("等(?:等)?(?:$|[^级同于待候次])|……|…")
_JOINED = re.compile("和|及|与|还有|并")
# In brackets after a number these say what kind, not which ones.
_KINDS = frozenset(["社区", "居委会", "村委会", "单位", "部门", "街道"])
_PARTIAL = re.compile("^(?:含|其中|如|例如|不含|除|包括|包含|详见|见|原文|原件|未|约|共|占|即)")
_OFFICE = re.compile("(?:办公室|中心|大队|中队|站|所|局|办|队|室|部|院|校|会|村|社区|镇)$")
_AND_MORE = re.compile("^(?:还有|以及|另有|和|及)")
_ETC = re.compile(
    r"等(?P<n>[0-9二两三四五六七八九十][0-9一二三四五六七八九十]{0,2})"
    r"(?P<unit>[个项条类种家处所座支名位村镇大])"
)
# 设党政办、经发办、社事办、平安办、综治中心共6个办公室: the list before its number
_IN_ALL = re.compile(
    r"(?:一共|共计|合计|总计|共|(?<=[、办室站所队心局股科]))(?P<n>[0-9]{1,2}|[二两三四五六七八九十]{1,3})个(?=(?:内设|职能|事业|综合)*(?:机构|办公室|部门|中心|站所|单位|科室|股室|大队|办|站|所)(?:[，,。；;）)]|$))"
)
_CLAUSE = re.compile("[，,。；;：:！？!?（(\n]")
_FUNCTION = re.compile("[的对在向由为把将从到以或]|组织|开展|通过|获评|联合")
_QUOTES = re.compile("((?:“[^”]*”、?)+)$")
_ORDINALS = (
    ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"),
    tuple(f"（{c}）" for c in "一二三四五六七八九十"),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
)
_ITEM = re.compile(
    r"(?:(?P<bullet>[-*] )|(?P<digit>[0-9]{1,2})[.、．]|（(?P<han>[一二三四五六七八九十]{1,3})）"
    r"|（(?P<round>[0-9]{1,2})）|(?P<circle>[①-⑳]))"
)
_ABSTRACT = re.compile(
    "^[^，,]{0,6}?(?:方面|措施|问题|任务|原因|建议|目标|特点|阶段|环节|做法|职能|职责|项目|活动|步骤|机构)"
    "(?:的工作|工作)?(?:如下)?(?:，见|$)"
)


@dataclass(frozen=True, slots=True)
class Miscount:
    """`phrase` at `start` states a number; `listed` things are listed, `more` if 等 follows."""

    start: int
    phrase: str
    stated: int
    listed: int
    more: bool = False


class _Stated(NamedTuple):
    start: int
    end: int
    number: int
    unit: str


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of the narrative, every cell with words, and lists that stand in lines below."""
    compared = 0
    passages = subject.told.lines
    for number, passage in enumerate(passages):
        first = COUNT.search(passage.text)
        if first is None:
            continue
        found = _judged(passage.text, first.start())
        if passage.text.endswith(("：", ":", "。")):
            found.append(_below(passage, passages[number + 1 : number + 80]))
        for one in filter(None, found):
            if isinstance(one, Miscount):
                address = sentence_address(one.phrase, passage.anchor)
                yield _found(one, passage.place(one.start), address)
            else:
                compared += 1
    for cell in subject.told.cells:
        if (first := COUNT.search(cell.text)) is not None:
            for one in filter(None, _judged(cell.text, first.start())):
                if isinstance(one, Miscount):
                    yield _found(one, cell.at, cell.address)
                else:
                    compared += 1
    yield from _records(subject)
    if compared:
        yield Outcome(RULE)
    else:
        yield Outcome(RULE, reason=Words("没有可以数的列举", "no list to count"))


def _found(one: Miscount, at: Place, address: str) -> Outcome:
    words = {
        "printed": one.phrase,
        "stated": str(one.stated),
        "listed": str(one.listed),
        "more": "，后面还有“等”" if one.more else "",
        "more_en": " and more" if one.more else "",
    }
    printed, listed = str(one.stated), str(one.listed)
    return Outcome(RULE, (), Finding(RULE, at, words, (), address, printed, listed))


def _judged(text: str, first: int) -> list[Miscount | int | None]:
    """The miscounted lists within one text; a number for each that was counted and is right.

    None for what cannot be judged. No count stands before `first`.
    """
    counted = _counts(text, first)
    judged: list[Miscount | int | None] = []
    for stated in counted:
        if stated.unit == "者":
            those = _THOSE.match(text, stated.end)
            judged.append(None if those is None else _judge(text, stated, those.end()))
        elif (begins := _list_at(text, stated)) is None:
            continue
        elif text[begins - 1] in "（(":
            judged.append(_bracketed(text, stated, begins))
        else:
            one = _ordered(text, stated, begins) or _judge(text, stated, begins)
            if (
                isinstance(one, Miscount)
                and one.listed < one.stated
                and _SITES.search(text, stated.end, begins)
            ):
                one = None  # 3处，分别位于甲村、乙村: two of them in one village
            judged.append(one)
    if "”" in text:  # quick
        judged += [_quoted(text, stated) for stated in counted]
    if "个" in text and "、" in text:  # quick
        judged += [_in_all(text, match) for match in _IN_ALL.finditer(text)]
    if "等" in text:  # quick
        judged += [_before(text, match) for match in _ETC.finditer(text)]
    return judged


def _list_at(text: str, stated: _Stated) -> int | None:
    """Where the list of what was counted begins; None when nothing leads to one."""
    noun = _NOUN.match(text, stated.end)
    if noun is None:
        return None
    intro = _INTRO.search(noun[0])
    if intro is not None:
        begins = stated.end + intro.end()
        return begins + (text[begins : begins + 1] in ("：", ":"))
    mark = text[noun.end() : noun.end() + 1]
    if mark in ("，", ","):
        intro = _INTRO.match(text, noun.end() + 1)
        return intro.end() if intro is not None else None
    if mark not in ("（", "(", "：", ":"):
        return None
    if stated.unit == "大" and "、" in text[max(0, stated.start - 6) : stated.start]:
        return None  # 茶、竹、锑三大支柱：… has its list before it
    return noun.end() + 1


def _counts(text: str, first: int = 0) -> list[_Stated]:
    counted = []
    for match in COUNT.finditer(text, first):
        start, end = match.span()
        if start and text[start - 1] in _NOT_BEFORE:
            continue
        written, unit = text[start : end - 1], text[end - 1]
        if unit in _HAN_ONLY and (written[0].isdigit() or (unit == "大" and len(written) > 1)):
            continue
        number = _number(written)
        if number is not None and number > 1:
            counted.append(_Stated(start, end, int(number), unit))
    return counted


@lru_cache(maxsize=4096)
def _number(written: str) -> Decimal | int | None:
    if written.isascii():
        return int(written) if written[0] != "0" else None
    if len(written) > 1 and "十" not in written:
        return None  # 三四个
    return han_number(written)


def _phrase(text: str, stated: _Stated, end: int) -> str:
    """The number with the few words before and after it."""
    start = stated.start
    while (
        start > 0 and stated.start - start < 6 and text[start - 1] not in "，。；：、（）() 　\n“”"
    ):
        start -= 1
    return text[start:end].rstrip("：:，,（(")


def _near(stated: int, listed: int) -> bool:
    """Far apart, the list is rather not the list of what is counted."""
    return abs(stated - listed) <= max(2, stated // 4)


def _plain(text: str) -> str:
    """Without what stands in brackets, and with quotations and titles closed up."""
    plain = _BRACKETS.sub("", text)
    while plain != text:
        text, plain = plain, _BRACKETS.sub("", plain)
    return _QUOTED.sub("“”", text)


def _sized(items: list[str]) -> set[int]:
    """How many things an enumeration can name: the last item may join two."""
    count = len([i for i in items if i.strip()])
    joint = _JOINED.search(items[-1])
    if joint is None:
        return {count}
    one, other = items[-1][: joint.start()], items[-1][joint.end() :]
    kind = items[0].strip()[-1:]
    if count > 2 and kind in _SITE and len(one) > 1 and one.endswith(kind) and other.endswith(kind):
        return {count + 1}  # 甲村、乙村、丙村和丁村
    return {count, count + 1}


def _verdict(
    text: str, stated: _Stated, end: int, sizes: set[int], more: bool
) -> Miscount | int | None:
    listed = min(sizes)
    number = stated.number
    if number in sizes or (more and listed <= number):
        return number
    if listed < 2 or not _near(number, listed):
        return None
    return Miscount(stated.start, _phrase(text, stated, end), number, listed, more)


def _bracketed(text: str, stated: _Stated, begins: int) -> Miscount | int | None:
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
    return _verdict(text, stated, begins, _sized(items), more)


def _judge(text: str, stated: _Stated, begins: int) -> Miscount | int | None:
    """A list up to the end of its sentence, by 、 or by ；."""
    stop = _STOP.search(text, begins)
    tail = _plain(text[begins : stop.start() if stop else len(text)])
    if _PARTIAL.match(tail):
        return None
    parts = [p for p in re.split("[；;]", tail) if p.strip()]
    if not parts:
        return None
    first = parts[0]
    clauses = re.split("[，,]", first)
    by_clause = clauses[0].split("、")
    by_marks = re.split("[、，,]", first)
    number = stated.number
    readings = [_sized(by_clause), _sized(first.split("、")), _sized(by_marks), _sized(clauses)]
    if len(parts) > 1:
        readings.append(_sized(parts))
    if any(number in sizes for sizes in readings):
        return number
    ends_here = len(parts) == 1 or "：" in parts[1] or COUNT.search(parts[1]) is not None
    if ends_here and len(by_clause) > 1:
        rest = clauses[1:]
        more = _OPEN_END.search(by_clause[-1]) is not None
        if not any("、" in c or _AND_MORE.match(c) for c in rest):
            return _verdict(text, stated, begins, _sized(by_clause), more)
        offices = all(_OFFICE.search(c.strip()) for c in clauses)
        if offices and not _OPEN_END.search(first):
            return _verdict(text, stated, begins, _sized(by_marks), False)
        return None
    if "、" not in first and not any("：" in p for p in parts):
        more = _OPEN_END.search(parts[-1]) is not None
        return _verdict(text, stated, begins, {len(parts)}, more)
    return None


def _ordered(text: str, stated: _Stated, begins: int) -> Miscount | int | None:
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
        return _verdict(text, stated, begins, {count}, False)
    return None


def _before(text: str, match: re.Match[str]) -> Miscount | int | None:
    """甲村、乙村等7个村: no more may be named than are counted."""
    number = _number(match["n"])
    if number is None or number < 2:
        return None
    head = _plain(text[: match.start()])
    marks = list(_CLAUSE.finditer(head))
    items = head[marks[-1].end() if marks else 0 :].split("、")
    tail = items[-1][-1:]
    while items[0][-1:] != tail and _FUNCTION.search(items[0]):
        items = items[1:]
    same = all(i[-1:] == tail for i in items)
    if not same and any(_FUNCTION.search(i) for i in items):
        return None
    stated = _Stated(match.start("n"), match.end(), int(number), match["unit"])
    return _verdict(text, stated, match.end(), {len(items)}, True)


def _in_all(text: str, match: re.Match[str]) -> Miscount | int | None:
    """甲办、乙办、丙中心共3个机构: three or more offices, nothing but their names between."""
    number = _number(match["n"])
    head = _plain(text[: match.start()])
    marks = list(_CLAUSE.finditer(head))
    items = head[marks[-1].end() if marks else 0 :].split("、")
    if number is None or len(items) < 3 or "等" in items[-1]:
        return None
    if not all(_OFFICE.search(i.strip()) and len(i) < 16 for i in items[1:]) or not _OFFICE.search(
        items[0]
    ):
        return None
    stated = _Stated(match.start("n"), match.end(), int(number), "个")
    return _verdict(text, stated, match.end(), _sized(items), False)


def _quoted(text: str, stated: _Stated) -> Miscount | int | None:
    """“甲”“乙”“丙”三大产业; “甲、乙、丙”三条措施."""
    match = _QUOTES.search(text, 0, stated.start)
    if match is None or stated.unit not in "条项大":
        return None
    quotes = re.findall("“([^”]*)”", match[1])
    count = len(quotes) if len(quotes) > 1 else len(quotes[0].split("、"))
    return _verdict(text, stated, stated.end, {count}, False) if count > 2 else None


def _below(passage: Passage, following: tuple[Passage, ...]) -> Miscount | int | None:
    """报告提出五个方面： and then a list in the lines below."""
    first = _ITEM.match(following[0].text) if following else None
    text = passage.text
    if first is None or (text.endswith("。") and first["bullet"]):
        return None
    sentence = max(text.rfind(mark, 0, len(text) - 1) for mark in "。；") + 1
    stated = _counts(text, sentence)
    if len(stated) != 1:
        return None
    one = stated[0]
    noun = text[one.end :].rstrip("：:。")
    abstract = one.unit in "项条点类步" and len(noun.partition("，")[0]) < 9
    if not (abstract or _ABSTRACT.match(noun)) or _NOUN.match(noun) is None:
        return None
    kind = str(first.lastgroup)
    count = 0
    for line in following:
        match = _ITEM.match(line.text)
        if line.anchor != passage.anchor:
            break
        if match is None or match.lastgroup != kind:
            if kind == "bullet" and not line.text.startswith(" "):
                break
            continue
        if kind != "bullet" and _order(match[kind]) != count + 1:
            break
        count += 1
    return _verdict(text, one, len(text), {count}, False)


def _order(mark: str) -> int | Decimal | None:
    if mark.isascii():
        return int(mark)
    return ord(mark) - 0x245F if "①" <= mark <= "⑳" else han_number(mark)


def _records(subject: Subject) -> Iterator[Outcome]:
    """“十个项目，见[项目支出明细](#…)”: the records of the list that a sentence leads to."""
    disclosure = subject.disclosure
    tables = {t.form.address: t for t in disclosure.report.tables if t.form.kind == "list"}
    leading = [
        (link, table)
        for link, _ in disclosure.links
        if (table := tables.get(address_part(link.target))) is not None
    ]
    lines = {p.at.line: p for p in subject.told.lines} if leading else {}  # quick
    for link, table in leading:
        passage = lines.get(link.at.line)
        if passage is None:
            continue
        text = passage.text
        here = text.find(link.words)
        start = max(text.rfind(mark, 0, here) for mark in "。；") + 1
        stated = [s for s in _counts(text, start) if s.start < here]
        if len(stated) != 1:
            continue
        noun = text[stated[0].end : stated[0].end + 2]
        names = (table.form.caption, table.form.key, *(c.label for c in table.form.columns))
        if not any(noun in name for name in names):
            continue
        count = sum(1 for line in table.lines if any(c.text for c in line.cells))
        if count == stated[0].number:
            yield Outcome(RULE)
            continue
        phrase = _phrase(text, stated[0], stated[0].end + 2)
        one = Miscount(stated[0].start, phrase, stated[0].number, count)
        address = sentence_address(phrase, passage.anchor)
        yield _found(one, passage.place(stated[0].start), address)
