"""The amounts right before their total: which of the clauses of a sentence it sums up.

垃圾清运上半年2860吨，下半年3140吨，全年共清运6000吨: how far back its items go is told (三项合计), or
they nearly make it. Of two amounts a clause (38批116人次) each has a total of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from site_builder.segment import Amount, added, alike

_NUMBERS = "二两三四五六七八九"
# How many items there are: 三项合计, 两村累计, 镇村两级共
ITEMS = re.compile(
    f"(?P<n>[{_NUMBERS}])(?:(?P<all>大?[项类者种]|个?方面|部分)|[村镇级笔户片方]|个村|个社区)"
)
SIZES = dict(zip(_NUMBERS, (2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
# The words of a total, behind the last comma.
SURE = re.compile("合计|共计|总计|总(?:额|数|量|面积|产量|里程|人数|投入)")
WEAK = re.compile("共(?!同|享|建|产|青)")
RUNNING = re.compile("累计")
CLAUSE = re.compile("[，,、和及]?[^，,。；;：:、0-9]{1,16}")
CLOSED = re.compile("[^（(]*[）)]")
LOOK_BACK = 9  # clauses before a total that may be its items
# What was done of something, or came to it in another way, is no item beside it.
OUT_OF = re.compile(
    "办结|完成|整改|其中|占|已|实际|达|计划|目标|任务|上年(?!结[转余])|去年|由|从|到账|使用|支出|剩余|应|需|同比|增|减|均|每"
)
OF_OTHERS = re.compile(
    "其中|占|计划|目标|任务|上年(?!结[转余])|去年|同比|均|每|应|需|剩余|全(?!年)|共"
)
STOCK = re.compile("[共现]有|保有|达到")
NEW = re.compile("新|改|增|扩|发展|培育|建成|完成|购")
SOME = re.compile("^[前后]|其中")
OPENED = re.compile("^其中[，,：:]?")
NEAR = 5  # a fifth of the total


def items_before(amounts: Sequence[Amount], number: int) -> list[Amount]:
    """The items of the total that `amounts[number]` may be; none where they are not clear."""
    total = amounts[number]
    words = total.words or amounts[number - 1].words  # the first has nothing before it
    own = re.split("[，,]", words)[-1]
    if SOME.search(own):
        return []
    told = ITEMS.search(own)
    sure = SURE.search(own) is not None
    running = RUNNING.search(own)
    if not (sure or WEAK.search(own) or running):
        return []
    chain = _chain(amounts, number)
    if running and not (told or sure):
        # 镇级巡河52次，村级巡河624次，累计巡河676次: the same thing by its name
        noun = own[running.end() :][-2:]
        others = [n for n, a in enumerate(chain) if not noun or noun not in a.words]
        chain = chain[others[-1] + 1 if others else 0 :]
    if told is not None:
        size = SIZES[told["n"]]
        chain = chain[-size:]
        if len(chain) < size:
            return []
    # 收入3988万元。其中国税1986万元，非税收入16万元，上级拨款2085万元，合计3988万元
    first = re.split("[，,：:]", OPENED.sub("", chain[0].words))[-1] if chain else ""
    names = [first, *(a.words for a in chain[1:])]
    beside = OF_OTHERS if told else OUT_OF
    if len(chain) < 2 or any(beside.search(name) for name in names[1:]):
        return []
    if (OF_OTHERS if told or len(chain) > 2 else OUT_OF).search(first):
        return []
    unit = total.figure.unit
    size_ = total.figure.amount
    made = [added(chain[n:], unit) for n in range(len(chain) - 1)]
    limits = added((total,), unit)[1]
    if any(span.meets(limits) for _, span in made):
        return chain[[span.meets(limits) for _, span in made].index(True) :]
    gap = abs(made[0][0] - size_)
    if max(added((a,), unit)[0] for a in chain) > size_ and told is None:
        return []
    if told is not None:
        return chain if told["all"] or gap * NEAR <= size_ else []
    if STOCK.search(own) and any(NEW.search(a.words) for a in chain):
        return []  # 新建公厕12座，改造公厕8座，全镇共有公厕22座
    if sure or (own.endswith("共") and not total.words):
        return chain if gap * NEAR <= size_ else []
    # 镇级河长5名，村级河长26名，共有河长31名: the same thing by its name
    named = all(own[-2:] in a.words for a in chain)
    return chain if (named or len(chain) > 2) and gap * NEAR <= size_ else []


def _chain(amounts: Sequence[Amount], number: int) -> list[Amount]:
    """The amounts of its unit before a total, a clause each, with the words of their clauses."""
    total = amounts[number]
    chain: list[Amount] = []
    inside = False
    for place in range(number - 1, max(-1, number - 2 * LOOK_BACK), -1):
        amount = amounts[place]
        if inside or CLOSED.match(amounts[place + 1].words):
            inside = re.search("[（(]", amount.words) is None
            continue  # 特困供养57人（集中供养21人、分散供养36人），共475人
        words = CLOSED.sub("", amount.words) or amounts[max(0, place - 1)].words
        if alike(amount.figure, total.figure):
            chain.insert(0, amount._replace(words=words))
        elif amount.words and amounts[place + 1].words:
            break  # neither 38批 nor 116人次 of one clause
        if amount.words and CLAUSE.fullmatch(words) is None:
            break
    return chain
