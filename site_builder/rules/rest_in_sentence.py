"""All of a thing and some of it left, or none of it and some, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.patterns import led_by
from site_builder.sentences import Passage

FINISHED = re.compile(
    r"(?:完工|竣工|完成|办结|整改)率(?:均|为|达到?|已)*100[%％]|(?:均已?|全部|都已?)(?:已经?)?(?:完工|竣工)"
)
# 12个村已全部通水，仅剩高坪村尚未通水
ALL_BUT = re.compile(
    r"(?P<a>(?<!其他)(?<!其余)(?<!其它)(?<!剩余)(?:均|都|已|已经)*全部(?:已|均)?[^，,。；;0-9]{2,12})[，,](?P<b>(?:目前|现)?(?:仅|只)(?:剩下?|余下?|有)[^，,。；;0-9]{2,14}(?:[，,]?因[^，,。；;0-9]{2,14})?[，,]?(?:尚|还|仍|暂)*(?:未|没有)[^，,。；;]{1,10})"
)
# 宣传率100%，尚有2个村未开展宣传
RATE_BUT = re.compile(
    r"(?P<a>(?P<v>[一-鿿]{2})率(?:均|为|达到?|已|也)*100[%％])[，,](?:[^，,。；;]{0,16}[，,])?(?P<b>(?:但)?(?:尚|仍|还)有[0-9一二两三四五六七八九十]+[^，,。；;0-9]{1,8}?(?:未|没有)[^，,。；;]{0,6}(?P=v)|"
    r"(?:尚|还|仍)?(?:有)?未(?P=v)的?(?:有)?[1-9][0-9]*)"
)
OTHERS = re.compile("其他|其余|其它|除|剩余|外")
UNFINISHED = re.compile(
    r"(?:还|仍|尚|目前)+有[^，,。；;]{0,6}?[0-9一二两三四五六七八九十]{1,4}[个处项座条件起]?[^，,。；;]{0,8}?"
    r"(?:正在(?:施工|建设|实施|整改)|在建|(?:尚|仍|还)?未(?:完工|竣工|完成|办结|整改|改造|实施|开工|验收|到位|发放|建成))|"
    r"[0-9一二两三四五六七八九十]{1,4}[个处项座条](?:项目)?[^，,。；;0-9]{0,16}(?:尚未|仍未|还未)(?:开工|完工|竣工|实施|完成)|剩余(?:未完|未实施)[^，,。；;]{0,10}"
)
# 十件实事办结9件，另1件跨年实施，办结率100%: not of those alone that were due
ALL_FINISHED = re.compile(
    r"(?<![按如]期)(?<![按及限准]时)(?<!到期)(?<!应)(?:完工|竣工|完成|办结|整改)率(?:均|为|达到?|已)*100[%％]"
)
THE_OTHERS = re.compile(
    r"(?:另|其余|余下|剩余)[有外的]{0,2}[0-9一二两三四五六七八九十]{1,4}[个处项座条件起宗户]"
    r"(?:[（(][^（）()]{1,16}[）)])?[^，,。；;0-9]{0,12}?(?:跨年|未完|未办|未整改|正在|在建|延期|推迟|顺延|滞后)"
)
SECOND = re.compile("[二三四五]期|第[二三四五][期批标]|新增|新开工|续建")
WORKS = re.compile("(?:^|[，,])(?:目前|镇里|全镇)?([一-鿿]{2,6})(?:项目|工程)$")
OTHER_WORKS = re.compile("[个处项座条件]([一-鿿]{2,6})(?:项目|工程)")
SPENT_ALL = re.compile(
    r"(?:完成(?:全年|年初|调整)?预算(?:数)?的|(?:执行|支出|支付|使用)(?:率|进度)(?:为|达到?)*)100[%％]"
)
LEFT = re.compile(
    r"(?:(?:年末|形成|尚有|仍有)(?:[^，,。；;上初]{0,6})(?:结转|结余)|[，,]结余)[^，,。；;0-9]{0,4}(?P<n>[0-9][0-9.]*)(?:万元|元)"
)
MAYBE_ALL = led_by(
    "目任计工项全悉",
    "(?:目标|任务|计划|工程|项目)(?:任务)?(?:均|都|已)*(?:全部|全面|均)|[全悉][部数](?<=[，,均都已经]..)",
)
# 节点景观建成11处，12处目标全部建成; 收到18件，办结16件，已全部办结
_DONE = "(?:建成|建设|完成|完工|竣工|办结|整改|改造|发放|拆除|修复|验收|治理|化解|答复|落实|兑现|清理|安装|新建|硬化)"
_OF = "(?:处|个|座|户|件|项|条|口|栋|间|名|台|盏|公里|亩|起|宗|套|所|人)"
ALL_DONE = re.compile(
    rf"{_DONE}(?:了)?(?<!未..)(?<!未...)[^，,。；;、0-9]{{0,6}}(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<u>{_OF})[，,](?:[^，,。；;、0-9]{{0,6}}(?<!其中)(?<!另外)(?<!另有))"
    rf"(?P<b>(?P<m>[0-9]+(?:\.[0-9]+)?)(?P=u)(?:目标|任务|计划|工程|项目)(?:任务)?(?:均|都|已)*(?:全部|全面|均)(?:已|按期|如期|按时|顺利|圆满|足额)*(?:{_DONE}|投入使用|投用))|"
    rf"(?:收到|受理|接到|排查|发现|应办|交办|梳理|征集|承办|反馈|登记)[^，,。；;、0-9]{{0,10}}(?P<m2>[0-9]+)(?P<u2>{_OF})[^，,。；;、0-9]{{0,4}}[，,](?:已|共)*(?P<w>办结|整改|化解|答复|落实|解决|治理)(?P<n2>[0-9]+)(?P=u2)[，,]"
    rf"(?P<b2>(?:均|都|已|已经)*(?:全部|全数|悉数)(?:已|按期|如期|按时|及时)*(?P=w))"
)
_UNIT = "(?:[万亿]?元|人次?|户|亩|吨|个|辆|件|起|项|处|宗|笔|台|批次)?"
# 无信访积案，年末尚有信访积案3件: the same thing, and a number of it.
NONE_OF = re.compile(
    r"(?:无|没有)(?P<x>[一-鿿]{3,8}?)(?:资金|支出|费用|情况|现象|问题)?[，,](?:[^，,。；;0-9]{0,8})(?P<b>(?:年末|尚有|仍有|还有|目前有)*"
    rf"(?P=x)(?:资金|支出|费用)?(?:共|为|有)?[1-9][0-9.]*{_UNIT})"
)
# 账实相符率99.2%, but for what was missing
COUNTED = re.compile("(?:账实|账账)相符(?!率[为达到]*[0-9]{1,2}(?:[.][0-9]+)?[%％])")
LACKING = re.compile("盘[亏盈][^，,。；;0-9]{0,6}[1-9][0-9.]*" + _UNIT)
# 15处全部竣工，其中3处尚在施工
OF_THEM = re.compile(
    r"其中[^，,。；;0-9]{0,8}[0-9一二两三四五六七八九十]{1,4}[个处项座条件起户][^，,。；;0-9]{0,8}?"
    r"(?:(?:尚|还|仍)(?:在|未|没有)|正在(?:施工|建设|实施)|在建|未(?:完工|竣工|完成|办结|开工|验收))"
)
# 应救尽救，仍有11户未领到; 应退尽退，发现6户应退未退
EVERYONE = re.compile("应(?P<v>[一-鿿])尽(?P=v)")
BUT_SOME = re.compile(
    f"{EVERYONE.pattern}[^。；;]{{0,24}}?(?P<b>(?:仍|尚|还)有[0-9]+[户人名][^，,。；;0-9]{{0,12}}?"
    "(?:未|没有)[^，,。；;]{0,8}|[^，,。；;]{0,10}应(?P=v)未(?P=v))"
)
MENDED = re.compile(
    "(?:已|均|全部|及时|立即)(?:全部|及时|均)*(?:纳入|补|整改|清退|退出|停发|追回|发放|落实|办理|解决)"
)
# 矛盾纠纷全部化解，化解率96.7%
RATE_OF_ALL = re.compile(
    r"(?P<a>全部(?:及时|妥善|按期)?(?P<v>[一-鿿]{2})[^，,。；;0-9]{0,10})[，,](?P<b>(?P=v)率(?:为|达到?|是)*(?P<n>[0-9]{1,2}(?:\.[0-9]+)?)[%％])"
)
# 已全部发放到户，账面结余3.6万元
PAID_OUT = re.compile(
    r"(?P<a>(?:已|均|已经)全部(?:发放|拨付|支付|兑付|兑现)(?:到[户位人村])*)[，,](?:[^，,。；;0-9]{0,4})"
    r"(?P<b>(?:结余|剩余|结存|尚余|余额)(?:资金)?(?:为|有)?(?P<n>[0-9][0-9.]*)万?元)"
)
TOLD_AND_DENIED = (
    (FINISHED, UNFINISHED),
    (FINISHED, OF_THEM),
    (ALL_FINISHED, THE_OTHERS),
    (SPENT_ALL, LEFT),
    (COUNTED, LACKING),
)
SAID_BY_FINISHED = frozenset(("完工", "竣工", "完成", "办结", "整改"))  # see FINISHED
MAY_BE_TOLD = re.compile("率|[完竣]工|100|相符")  # the claims hold one of these


def some_left(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Where all, or nothing, is claimed, and the words that deny it."""
    text = passage.text
    if MAYBE_ALL.search(text):  # quick
        yield from _fewer_than_all(text)
    yield from _not_all(text)
    nothing = "无" in text or "没有" in text
    match = NONE_OF.search(text) if nothing else None  # quick
    if match is not None:
        yield match.start(), match.end("x"), match["b"]
    for claimed, denied in TOLD_AND_DENIED if MAY_BE_TOLD.search(text) else ():  # quick
        found = reversed(list(claimed.finditer(text)))  # the first of a sentence stays
        claims = {passage.sentence(claim.start()): claim for claim in found}
        for (low, high), claim in claims.items():
            against = denied.search(text, low, high)
            amount = against.groupdict().get("n") if against is not None else None
            if against is not None and _of_another(
                text[low : against.start()], claim.start() - low, against[0]
            ):
                continue
            if against is not None and (amount is None or amount.strip("0.")):
                yield claim.start(), claim.end(), against[0]


def _not_all(text: str) -> Iterator[tuple[int, int, str]]:
    """应保尽保 and some left out; 全部化解 at a rate below a hundred; all paid and money left."""
    if "尽" in text:  # quick
        for match in BUT_SOME.finditer(text):
            end = text.find("。", match.end())
            if not MENDED.search(text, match.start("b"), end if end >= 0 else len(text)):
                yield match.start(), match.start() + 4, match["b"]
    if "100" in text:  # quick
        for match in RATE_BUT.finditer(text):
            if match["v"] not in SAID_BY_FINISHED:
                yield match.start("a"), match.end("a"), match["b"]
    if "全部" in text:  # quick
        for match in ALL_BUT.finditer(text):
            if not OTHERS.search(text, max(0, match.start() - 14), match.end("a")):
                yield match.start("a"), match.end("a"), match["b"]
        for pattern in (RATE_OF_ALL, PAID_OUT):
            for match in pattern.finditer(text):
                if match["n"].strip("0."):
                    yield match.start("a"), match.end("a"), match["b"]


def _of_another(before: str, claim: int, against: str) -> bool:
    """供水项目均已完工，仍有2个道路项目在建; 一期全部完工，二期仍有3个标段在建: other works?"""
    mine, theirs = WORKS.search(before, 0, claim), OTHER_WORKS.search(against)
    return bool(SECOND.search(before, claim) or (mine and theirs and mine[1] != theirs[1]))


def _fewer_than_all(text: str) -> Iterator[tuple[int, int, str]]:
    """建成11处，12处目标全部建成: fewer than all."""
    for match in ALL_DONE.finditer(text):
        done, whole = match["n"] or match["n2"], match["m"] or match["m2"]
        if Decimal(done) < Decimal(whole):
            group = "b" if match["b"] else "b2"
            yield (
                match.start(group),
                match.end(),
                match[0][: match.start(group) - match.start()].rstrip("，,"),
            )
