"""分项与前面的总数不符: what is listed behind a full stop, or in numbered items, and its whole in a sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.figure import shown
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.rules import taken_apart
from site_builder.rules.list_lines import POINT
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.taken_apart import APART as RULE
from site_builder.segment import NOT_SUMMED, Amount, added, alike
from site_builder.sentences import Passage

# What opens a list whose whole stands in a sentence before: 各项支出为：, 按经济分类分，, 具体用于以下方面：
OPENING = re.compile(
    r"(?P<of>其|各项|具体|详细|分项|资金|经费|投资|支出|费用|款项)?(?:的)?(?P<what>支出|投资|资金|经费|费用|使用|开支|来源|投入|收入)?(?:来源|构成|组成|明细|去向|用途|分配|安排|使用|支出|投向)?"
    r"(?:情况|方向|内容|项目)?(?:(?:分别|依次|具体)?(?:为|是|如下|有|包括|用于|由)(?:以下[^，,。；;：:0-9]{0,6})?[：:]?|[：:])|"
    r"(?P<by>按照?(?:经济|支出|功能|性质|用途|资金|来源|项目|类别|科目|内容|投向|使用|类型|身份|行业|产业|区域|学历|年龄|级别|原因|领域)[^，,。；;：:0-9]{0,12}?(?:分类?|划分|看|列))(?:分|看|为|是)*[，,：:]|"
    r"从[^，,。；;：:0-9]{2,6}看[，,：:]|(?:具体|分别|依次)(?:为|是)[：:，]?|具体[：:]|明细[：:]"
)
# 一是道路186万元，硬化12.6公里；二是…
LINE = re.compile(
    r"^(?:[-*] )?(?:[（(][一二三四五六七八九十0-9]{1,2}[）)]|[0-9]{1,2}[.、．]|[一二三四五六七八九]是|[①-⑳])"
)
DIGIT, HAN_DIGIT = re.compile("[0-9]+"), re.compile("[一二三四五六七八九十]+")
SOME = re.compile(f"{taken_apart.SOME}|代表|部分|等[：:。，,；;]")
# What makes an amount no part, or no whole.
ASIDE = re.compile(
    "较|比|增|减|降|升|上年|去年|同期|均|每|超|带动|撬动|拉动|剩|结余|结转|累计|以上|以下|节约|节省|占|(?<!高)标准|单价|产值|收益|未"
)
NO_ITEM = re.compile(f"{ASIDE.pattern}|{taken_apart.NO_ITEM}|争取|共计")
ITEM = re.compile(r"[、；;，,和及]?[^，,。；;：:、0-9]{1,20}")
ARRANGED = re.compile(f"{taken_apart.ARRANGED}|预算|计划")
KINDS = ("支出", "投资", "资金", "经费", "费用", "投入", "收入")
OVERLAP = re.compile("女|少数民族|残|脱贫|低保|兼|骨干|获|岁|优秀|先进")  # one may be of two
NEVER = (*NOT_SUMMED, "分", "")
LEAST = 3
LESS, MORE = 20, 8  # a twentieth that items may lack, an eighth that they may be too much
MAYBE = re.compile(
    "。(?=[从其各具详分资经投支费款按明来使开收依])[^，,。；;0-9]{1,24}[，,：:]?[^，,。；;：:0-9]{1,20}[0-9]"
)
ONE_BY_ONE = re.compile("一是[^。]{0,60}?[0-9][^。]{0,80}?[；;。]?二是")
WHOLE = re.compile("共|总|全部|合计")
INTRO = re.compile(f"[：:]$|(?:{WHOLE.pattern})[^。]*。$")
LOOK_BACK = 3  # sentences before a list in which its whole may stand


class _Items(NamedTuple):
    """Amounts listed, each with the passage that it stands in."""

    amounts: tuple[Amount, ...]
    passages: tuple[Passage, ...]


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists behind their whole: in one sentence, one by one (一是…；二是…), or in numbered lines."""
    outcomes: list[Outcome] = []
    for passage in subject.told.holding(MAYBE):
        outcomes += _opened(subject, passage)
    for passage in subject.told.holding(ONE_BY_ONE):
        outcomes += _one_by_one(subject, passage)
    outcomes += _numbered(subject)
    yield from outcomes
    if not outcomes:
        yield Outcome(RULE, reason=Words("没有隔着句子列出的分项", "no list apart from its whole"))


def _opened(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """实际支出471.9万元，结余14.3万元。各项支出为：道路168.3万元、…"""
    text = passage.text
    for mark in re.finditer("。", text):
        opening = OPENING.match(text, mark.end())
        if opening is None:
            continue
        end = _stop(text, mark.end())
        items = _listed(passage, opening.end(), end)
        if len(items) < LEAST or SOME.search(text, mark.end(), end):
            continue
        wholes = _wholes(passage, mark.end(), LOOK_BACK, items[0])
        word = next((w for w in KINDS if w in opening[0]), "支出" if opening["by"] else "")
        sources = "来源" in opening[0]
        made = _Items(tuple(items), (passage,) * len(items))
        yield from _judged(subject, made, wholes, word, passage, sources)


def _stop(text: str, start: int) -> int:
    """Where the sentence ends: at a full stop, or with the text."""
    return text.find("。", start) % (len(text) + 1)


def _one_by_one(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """专项资金560万元用于四个方面：一是道路186万元，…；二是…"""
    text = passage.text
    first = text.index("一是")
    run = list(POINT.finditer(text, first))
    stops = [*(m.start() for m in run[1:]), _stop(text, run[-1].end())]
    items = []
    for mark, stop in zip(run, stops, strict=True):
        told = _money(passage, mark.end(), stop)
        if not told:
            return
        items.append(told[0])
    if len(items) < LEAST or SOME.search(text, 0, first):
        return
    wholes = _wholes(passage, first, 1, items[0])
    yield from _judged(subject, _Items(tuple(items), (passage,) * len(items)), wholes, "", passage)


def _numbered(subject: Subject) -> Iterator[Outcome]:
    """专项资金560万元，安排如下：, and below it lines that begin with a number and hold an amount each."""
    lines = subject.told.lines
    for place in subject.told.items:
        number = place - 1
        intro = lines[number]
        if not place or not INTRO.search(intro.text):
            continue
        if not (intro.figures and lines[place].figures):  # quick
            continue
        made = _lines_below(lines, number)
        if made is None or SOME.search(intro.text[-24:]):
            continue
        first = made.amounts[0]
        announced = not intro.text.endswith("。")
        end = len(intro.text)
        # 共争取项目资金865万元，全部用于基础设施。: of what is announced by no colon the last sentence tells
        wholes = _wholes(intro, end, LOOK_BACK if announced else 1, first)
        if not announced:
            wholes = [w for w in wholes if WHOLE.search(w.words)]
        elif word := _named(intro.text):
            wholes = [w for w in wholes if word in w.words]
        yield from _judged(subject, made, wholes, "", intro)


def _lines_below(lines: Sequence[Passage], number: int) -> _Items | None:
    """The numbered lines right below a line, the first amount of each, where all are of one kind.

    Up to a line that is numbered as the line itself is: （一）收入46万元：, 1.…, 2.…, （二）…
    """
    items: list[Amount] = []
    passages: list[Passage] = []
    own = _numbering(lines[number].text)
    for line in lines[number + 1 :]:
        opened = LINE.match(line.text)
        if opened is None or line.section != lines[number].section:
            break
        if own == _numbering(line.text):
            break
        told = _money(line, opened.end(), len(line.text)) or _told(line, opened.end())
        if not told or (items and not alike(told[0].figure, items[0].figure)):
            return None
        items.append(told[0])
        passages.append(line)
    return _Items(tuple(items), tuple(passages)) if len(items) >= LEAST else None


def _numbering(text: str) -> str:
    """How a line is numbered: （一） and （二） alike, 1. otherwise; empty where it is not."""
    opened = LINE.match(text)
    return DIGIT.sub("1", HAN_DIGIT.sub("一", opened[0])) if opened is not None else ""


def _named(text: str) -> str:
    """What the last clause announces: 专项资金 of 专项资金安排如下："""
    found = re.search(
        "([一-鿿]{2,8}?)(?:安排|使用|支出|分配|投入|具体)(?:情况)?(?:如下|为)?[：:]$", text
    )
    return found[1][-4:] if found is not None else ""


def _money(passage: Passage, low: int, high: int) -> list[Amount]:
    told = (_amount(s, passage.text, low) for s in passage.figures if low <= s.start < high)
    return [a for a in told if a is not None and a.figure.kind == "money"]


def _told(passage: Passage, low: int) -> list[Amount]:
    """The first amount of a line, where it can be added up."""
    told = (_amount(s, passage.text, low) for s in passage.figures)
    return [a for a in told if a is not None and a.figure.unit not in NEVER][:1]


def _amount(said: Said, text: str, low: int) -> Amount | None:
    """An exact amount with the words of its clause before it."""
    figure = said.figure
    if figure is None or said.about or said.sign or said.upto:
        return None
    words = re.split("[，,；;。：:]", text[max(low, said.start - 24) : said.start])[-1]
    return Amount(said, figure, words)


def _listed(passage: Passage, start: int, stop: int) -> list[Amount]:
    """The amounts from `start` to `stop`, each with its name; none where one is something else."""
    text, place = passage.text, start
    items: list[Amount] = []
    for said in passage.figures:
        if not start <= said.start < stop:
            continue
        words = text[place : said.start]
        amount = _amount(said, text, place)
        if amount is None or ITEM.fullmatch(words) is None:
            return []
        if amount.figure.unit in NEVER or not alike(amount.figure, [*items, amount][0].figure):
            return []
        items.append(amount._replace(words=words))
        place = said.end
    return [] if text.startswith("等", place) else items


def _wholes(passage: Passage, high: int, sentences: int, item: Amount) -> list[Amount]:
    """The amounts like `item` before `high`, those of the last sentences."""
    text = passage.text
    stops = [0, *(m.end() for m in re.finditer("。", text[: high - 1]))]
    first = stops[-sentences:][0]
    return [
        amount
        for said in passage.figures
        if first <= said.start < high
        and (amount := _amount(said, text, 0)) is not None
        and alike(amount.figure, item.figure)
    ]


def _judged(
    subject: Subject,
    items: _Items,
    wholes: Sequence[Amount],
    word: str,
    intro: Passage,
    sources: bool = False,
) -> Iterator[Outcome]:
    """The nearest whole that the list nearly makes; silent where it makes any amount of the report."""
    if not wholes or any(NO_ITEM.search(a.words) for a in items.amounts):
        return
    unit = wholes[-1].figure.unit
    total, span = added(items.amounts, unit)
    ways = [span]
    if items.amounts[0].figure.kind == "money":
        # 1.基本支出300万元 2.项目支出200万元 3.“三公”经费12万元: the first make it, the last is in them
        ways += [added(items.amounts[:n], unit)[1] for n in range(2, len(items.amounts))]
    if any(way.meets(added([w], unit)[1]) for w in wholes for way in ways):
        yield Outcome(RULE)
        return
    can = [w for w in wholes if not ASIDE.search(w.words)]
    sizes = [(added([w], unit)[0], w) for w in can if word in w.words]
    sizes = sizes or [(added([w], unit)[0], w) for w in can]
    if not sizes:
        return
    size, whole = min(sizes, key=lambda one: abs(one[0] - total))
    gap = total - size
    counted = whole.figure.kind != "money"
    if counted and any(OVERLAP.search(a.words) for a in items.amounts):
        return
    if gap < 0 and (counted or (ARRANGED.search(whole.words) and not sources)):
        return  # not all were told; what is left was not spent
    if gap * MORE > size or -gap * LESS > size:
        return
    if any(
        span.meets(f.figure.interval())
        for f in subject.disclosure.report.facts
        if f.figure.unit == unit
    ):
        return  # the whole is another, in a table
    decimals = max(a.figure.decimals for a in (whole, *items.amounts))
    way, way_en = ("多", "too much") if gap > 0 else ("少", "too little")
    words = {
        "printed": whole.said.text,
        "formula": " + ".join(a.said.text for a in items.amounts),
        "difference": f"{shown(abs(gap), decimals)}{unit}",
        "way": way,
        "way_en": way_en,
    }
    right = f"{shown(total, decimals)}{unit}"
    places = (p.place(a.said.start) for p, a in zip(items.passages, items.amounts, strict=True))
    finding = finding_on(RULE, intro, whole.said, "分项", words, right, places)
    yield Outcome(RULE, finding=finding)
