"""先后颠倒、天数不符: what is dated before what must come first, and so many days that dates deny."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "events-reversed",
    "warning",
    Words("事情的先后颠倒", "Events in the wrong order"),
    Words(
        "“{printed}”早于“{other}”，先后颠倒",
        "“{printed}” is dated before “{other}”, which must come first",
    ),
    Words(
        "请核对两个日期；原件如此的，保留原文并在“认可”中说明",
        "check both dates; if they are printed so, explain it",
    ),
    Words(
        "没有完工不能验收，没有现场评价写不出报告；日期颠倒，至少有一个写错。",
        "Nothing is accepted before it is finished, no report written before the visit: a date is wrong.",
    ),
    yields_to=("dates-reversed",),
)
DAYS = Rule(
    "days-differ",
    "warning",
    Words("天数与起止日期不符", "A number of days that its dates deny"),
    Words(
        "写的是“{printed}”，{dates}是{recomputed}天",
        "it says “{printed}”; {dates} are {recomputed} days",
    ),
    Words(
        "请核对天数和日期；原件如此的，保留原文并在“认可”中说明",
        "check days and dates; if they are printed so, explain it",
    ),
    Words(
        "公示、工期的天数有规定；天数与日期对不上，读者不知道够不够。",
        "Notices and terms must last so many days; when the dates give others, nobody knows whether they did.",
    ),
)
_DATE = (
    r"(?:(?P<y>20[0-9]{2})年|(?P<next>次年|翌年|当年|同年))?"
    r"(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12][0-9]|0?[1-9])日)?"
)
DATE = re.compile(r"月(?<=[0-9]月)")
WHOLE = re.compile(_DATE + r"(?P<part>[初底末]|中(?!标)|上旬|中旬|下旬)?(?:前)?")
# What can be done only after what stands before it, within one undertaking.
ISSUED, SIGNED, STARTED, IN_USE = 0, 6, 7, 9
STEPS = (
    (("申报",), 1),
    (("立项", "批复立项", "可研批复"), 2),
    (("发布招标公告", "发布采购公告", "招标公告", "公开招标", "招标"), 3),
    (("开标",), 4),
    (("中标",), 5),
    (("签订施工合同", "签订合同", "合同签订"), SIGNED),
    (("开工", "动工", "进场施工", "破土动工"), STARTED),
    (("完工", "竣工", "建成", "完成施工", "完成建设"), 8),
    (("投入使用", "投用", "投入运营", "投入运行", "交付使用", "建成通车", "正式通水"), IN_USE),
    (("验收", "竣工验收", "通过验收", "完工验收"), 10),
    (("结算", "决算审计", "移交管护", "办理移交"), 11),
)
STUDY = (
    (("前期准备", "制定方案", "制定评价方案", "印发方案"), 1),
    (("现场评价", "实地评价", "现场调研", "实地核查", "现场核查", "实地走访", "现场勘查"), 2),
    (("初稿",), 3),
    (("征求意见",), 4),
    (("定稿", "正式报告"), 5),
)
HARM = (
    (("冲毁", "冲垮", "损毁", "水毁", "倒塌", "垮塌", "塌方", "滑坡", "受损", "塌陷", "决口"), 0),
    (("修复", "抢修", "抢通", "恢复通车", "恢复通行", "恢复供水", "恢复供电", "恢复重建"), 1),
)
FOUND = (
    (("发现", "查出", "排查出", "接到", "收到", "交办"), 0),
    (("整改到位", "整改完毕", "完成整改", "整改完成", "销号", "办结", "消除", "答复"), 1),
)
ORDERS = (STEPS, STUDY, HARM, FOUND)
VERB = {
    word: (number, step)
    for number, order in enumerate(ORDERS)
    for words, step in order
    for word in words
}
# What has more than one wording: a plan that is followed (据此), those who evaluate.
ISSUE = r"印发[^，,。；;]{0,24}(?:方案|计划|通知|意见|规划)"
FOUNDED = r"(?:成立|组建)[^，,。；;]{0,12}(?:评价|自评)[^，,。；;]{0,8}组"
EVENT = re.compile("|".join([ISSUE, FOUNDED, *sorted(VERB, key=len, reverse=True)]))
OF_THEM = re.compile(f"(?:{EVENT.pattern})的")
SENTENCE = re.compile("[^。]+")
# 该项目10月开工; 我镇据此申报: the sentence goes on with what the one before told
GOES_ON = re.compile(
    r"[ 　]*(?:[该此](?:项目|工程)|该[桥路渠]|该[^，,。；;]{1,8}(?:项目|工程))|[^，,。；;]{0,10}据此"
)
FOLLOWED = re.compile("据此|根据|按照|依据|依照")
ANY = re.compile(
    "招标|开标|中标|签订|开工|动工|进场|建成|完工|竣工|验收|初稿|定稿|现场|实地|投用|投入|冲毁|冲垮|毁|塌|滑坡|修复|抢|恢复|整改|销号|办结|消除|答复|据此|印发"
)
# A plan beside what came of it, or several undertakings, cannot be put in one order.
PLANNED = re.compile("计划|拟|预计|应于|要求|原定|约定|力争|确保|将于|目标|前完|底前|月前|日前")
BY_THEN = re.compile("[底月日]前[^，,。；;]{0,2}已|前已")
SEVERAL = re.compile(
    "分别|二期|三期|第一批|第二批|首批|分批|[上下]一?批|依次|部分|[0-9]个项目|另一|上年|去年|新项目|新问题|新发现|又发现|上轮|本轮|中间验收|初步验收|初验|预验收"
)
# What stands before a date and names no undertaking: 该项目, 并于, 合同签订时间为.
NO_THING = re.compile(
    f"{EVENT.pattern}|时间|日期|阶段|工程|项目|工作|全部|实际|最终|正式|随后|其中|同时|"
    "[该本为于在从自是由并又再后至到已均及和与经即 ]"
)
# 4月10日至4月14日; 现场评价阶段为…
UNTIL = re.compile(r"[ ]?(?:至|到|[-—–~～]{1,2})[ ]?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日")
IS = re.compile("(?:工作|阶段|时间|日期)*(?:为|于|是|在|从|自|[:：])?")
# 公示期不少于10天 … 3月5日至3月11日; 2月5日至3月8日，历时33天
PERIOD = re.compile(
    r"月(?:(?<=(?P<mm>1[0-2])月)|(?<=(?P<m>[1-9])月))(?P<d>3[01]|[12][0-9]|[1-9])日?"
    r"(?:起|开始|持续)?[，,]?[ ]?(?:至|到|[-—–~～]{1,2})[ ]?"
    r"(?:(?P<y2>20[0-9]{2})年)?(?:(?P<m2>1[0-2]|[1-9])月)?(?P<d2>3[01]|[12][0-9]|[1-9])日"
)
TERM = re.compile(
    r"(?P<what>公[示告](?:期|时间|时限|期限)?|共计?(?=[0-9])|历时|为期|工期|期限|时长|时间(?:共|为)|前后)(?:共|为|共计|达|了)*"
    r"(?P<least>不少于|不低于|不得少于|不短于|至少|≥)?(?P<n>[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九](?![一二三四五六七八九]))(?:(?P<week>周)(?!年)|天|日|个?日历天)(?!前|内|以)"
)
# 10月8日至12月5日连续运行30天: right behind the dates
RUNNING = re.compile(
    r"(?:期间)?[，,]?(?P<what>连续(?:运行|开展|值守|值班|作业|施工|奋战|工作|监测|巡查)?)了?(?P<least>不少于|至少)?(?P<n>[0-9]{1,3})(?P<week>周)?天?(?<=[天周])(?=[，,。；;）)]|$)"
)
# 集中攻坚40天（9月1日至9月20日）
BRACKETED = re.compile(
    r"(?<![第0-9于少低约近达过])(?P<n>[0-9]{1,3})(?P<what>(?P<week>周)|天)(?P<least>)[（(][即从自]?(?:20[0-9]{2}年)?$"
)
# 3月6日开工，9月28日竣工，工期207天
BUILT = re.compile(
    r"月(?:(?<=(?P<mm>1[0-2])月)|(?<=(?P<m>[1-9])月))(?P<d>3[01]|[12][0-9]|[1-9])日(?:正式|全面|破土|进场)*(?:开工|动工|启动|施工|进场|开始)[一-鿿]{0,4}?"
    r"[，,、；;]?(?:并?于|至|到)?(?:当年|同年)?(?:(?P<y2>20[0-9]{2})年)?(?P<m2>1[0-2]|[1-9])月(?P<d2>3[01]|[12][0-9]|[1-9])日"
    r"(?:正式|全面|全部|顺利|如期|按期)*(?:竣工|完工|建成|结束|完成|交工)[一-鿿]{0,6}[，,；;（(]"
    r"(?P<term>(?:实际|施工|建设|总|前后)*(?:工期|历时|用时|耗时|为期|用了?|周期|时间)(?:共|为|达|了)*"
    r"(?P<n>[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:天|日|个?日历天|(?P<months>个(?:日历)?月)))(?![前内以])"
)
# 工期270天，提前63天完工: the term that was agreed
AHEAD = re.compile("提前|缩短|推迟|延|超|滞后|[扣剔]除")
HELD = re.compile("(?:举[行办]|进行|开展|召开)?[，,]?")
WITHIN = re.compile(
    "(?:期间)?[^，,。；;0-9]{2,16}[，,][^，,。；;0-9]{0,6}"
)  # …开展防汛检查，共36天
OWN_TERM = ("工期", "期限")
AGREED = re.compile("(?:合同|计划|约定|法定|要求|批复|核定|标准|总)$|扣除|剔除|除去")
LOOK = 48  # characters around a period in which its days may be told


class _Event(NamedTuple):
    """What happened when, with what; `day` is 0 where only the month is told, `year` 0 where none is.

    `by_then`: it was done at the latest on that day. `thing`: what is named before it, or before that.
    """

    order: int
    step: int
    year: int
    month: int
    day: int
    start: int
    end: int
    year_told: bool
    by_then: bool
    thing: str


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence with two dated events of one order; every period with its days."""
    found = False
    for passage in subject.told.holding(ANY):
        for outcome in _orders(passage) if passage.text.count("月") > 1 else ():  # quick
            found = True
            yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有写明日期的先后", "no dated events"))
    counted = False
    for passage in subject.told.holding(PERIOD):
        for outcome in _periods(passage):
            counted = True
            yield outcome
    for passage in subject.told.holding(BUILT):
        for outcome in _built(passage):
            counted = True
            yield outcome
    if not counted:
        yield Outcome(DAYS, reason=Words("没有写明起止日期的天数", "no days with their dates"))


def _orders(passage: Passage) -> Iterator[Outcome]:
    """What was built, in its sentence and those that go on with it; what was evaluated, anywhere."""
    text = passage.text
    told: dict[int, list[_Event]] = {}
    year = 0
    for low, high in _undertakings(text):
        if not SEVERAL.search(text, low, high):
            for one in _events(text, low, high, year):
                told.setdefault(-1 if ORDERS[one.order] is STUDY else low, []).append(one)
                year = one.year
    for events in told.values():
        yield from _judged(passage, events)


def _undertakings(text: str) -> list[tuple[int, int]]:
    """Sentences, each with those after it that go on with the same."""
    spans: list[tuple[int, int]] = []
    for sentence in SENTENCE.finditer(text):
        if spans and GOES_ON.match(text, *sentence.span()):
            spans[-1] = spans[-1][0], sentence.end()
        else:
            spans.append(sentence.span())
    return spans


def _events(text: str, low: int, high: int, year: int) -> list[_Event]:
    """The dated events of a sentence in the order in which they are told; `year` was told before."""
    found: list[_Event] = []
    place, thing = low, ""
    for mark in DATE.finditer(text, low, high):
        if mark.start() < place:
            continue  # the end of a period
        at = max(place, mark.start() - 7)
        date = next(WHOLE.finditer(text, at, min(high, mark.end() + 6)), None)
        if date is None or date["next"] in ("次年", "翌年"):
            return []
        place = date.end()
        told = date["y"] is not None or date["next"] is not None
        year = int(date["y"] or year)
        clause = max(text.rfind(c, low, date.start()) for c in "，,；;。、：（(") + 1
        ends = _mark(text, place, high)
        by_then = BY_THEN.search(text, date.start(), ends) is not None
        if PLANNED.search(text, max(low, clause), min(ends, high)) and not by_then:
            continue
        span = UNTIL.match(text, date.end(), ends)
        place = span.end() if span else place
        verb = _verb(text, max(low, clause), date.start(), place, ends)
        between = ""
        if verb is None and text[place : place + 1] in ("，", ","):
            ends = _mark(text, ends + 1, high)  # 2022年12月，县里印发方案
            verb = _verb(text, date.start(), date.start(), place, ends)
            if PLANNED.search(text, place, ends):
                continue
            between = text[place + 1 : verb.start()] if verb is not None else ""
        if verb is None or DATE.search(text, place, ends) or "未" in text[place:ends]:
            continue
        order, step = VERB.get(verb[0]) or ((0, ISSUED) if verb[0][0] == "印" else (1, 0))
        if order == 0 and step == ISSUED and not FOLLOWED.search(text, verb.end(), high):
            continue
        named = NO_THING.sub("", text[max(low, clause) : date.start()] + between)
        thing = thing if named in thing else named
        start, end = min(date.start(), verb.start()), max(place, verb.end())
        day = int(date["d"] or 0)
        month = int(date["m"])
        found.append(_Event(order, step, year, month, day, start, end, told, by_then, thing))
    return found


def _mark(text: str, start: int, high: int) -> int:
    """Where the clause ends."""
    return min((p for c in "，,；;。" if (p := text.find(c, start, high)) >= 0), default=high)


def _verb(text: str, clause: int, date: int, place: int, ends: int) -> re.Match[str] | None:
    """The last event behind a date, or the one that a date is said to be of."""
    if OF_THEM.search(text, place, ends):
        return None  # 1月发现的2处已整改到位
    verbs = list(EVENT.finditer(text, place, ends)) or [
        verb for verb in EVENT.finditer(text, clause, date) if IS.fullmatch(text, verb.end(), date)
    ]
    return verbs[-1] if verbs else None


def _judged(passage: Passage, events: list[_Event]) -> Iterator[Outcome]:
    if len({(e.order, e.step) for e in events}) < len(events):
        return  # of several undertakings
    for number, later in enumerate(events):
        for first in events[:number] + events[number + 1 :]:
            if first.order != later.order or first.step >= later.step or first.by_then:
                continue
            if first.step == IN_USE:
                continue  # what is in use may be accepted later
            if first.step >= STARTED and first.thing != later.thing:
                continue  # 路基6月完工，路面7月开工
            if _before(later, first):
                yield _reversed(passage, later, first)
                return
            yield Outcome(RULE)


def _before(later: _Event, first: _Event) -> bool:
    """Is what comes later dated earlier? A year left out may be the next one."""
    gap = first.month - later.month
    if later.year_told and first.year_told:
        if later.year != first.year:
            return later.year < first.year
    elif gap > (2 if (first.order, first.step) == (0, STARTED) else 5):
        return False  # 11月开工，3月完工
    if gap:
        return gap > 0
    return bool(later.day) and later.day < first.day


def _reversed(passage: Passage, later: _Event, first: _Event) -> Outcome:
    text = passage.text
    printed, other = text[later.start : later.end], text[first.start : first.end]
    finding = Finding(
        RULE,
        passage.place(later.start),
        {"printed": printed, "other": other},
        (passage.place(first.start),),
        passage.address or sentence_address(printed, other),
        printed,
    )
    return Outcome(RULE, finding=finding)


def _periods(passage: Passage) -> Iterator[Outcome]:
    """Days told beside the dates from which to which they ran; both ends may or may not count."""
    text = passage.text
    for period in PERIOD.finditer(text):
        low, high = passage.sentence(period.start())
        near = max(low, period.start() - LOOK), min(high, period.end() + LOOK)
        one = RUNNING.match(text, period.end())
        terms = [one] if one is not None else list(TERM.finditer(text, *near))
        if not terms:
            terms = list(BRACKETED.finditer(text, near[0], _begins(period)))
        if len(terms) != 1 or len(list(PERIOD.finditer(text, low, high))) != 1:
            continue
        term = terms[0]
        between = period.end(), term.start()
        apart = term["what"][0] == "共" and HELD.fullmatch(text, *between) is None
        if apart and not WITHIN.fullmatch(text, *between):
            continue
        if (
            term["what"] in OWN_TERM
            and term.end() <= period.start()
            and "（" not in text[term.end() : period.start()]
        ):
            continue  # 工期90天，6月1日至7月20日完成路基
        if AGREED.search(text, near[0], term.start()):
            continue  # 施工期3月1日至8月31日，合同工期180天
        days = _length(passage, period)
        told = int(han_number(term["n"]) or term["n"]) * (7 if term["week"] else 1)
        if days is None or "工作日" in text[near[0] : near[1]]:
            continue
        if apart and told <= days:
            yield Outcome(DAYS)  # 6月1日至30日开展抽查，共10天: within them
            continue
        least = term["least"] or term["what"].startswith("公示")
        if term["week"] and not least and told - 2 <= days <= told + 1:
            yield Outcome(DAYS)  # 为期一周: from Monday to Friday
            continue
        if (days >= told) if least else told in (days, days - 1):
            yield Outcome(DAYS)
            continue
        yield _miscounted(passage, period, period.end(), term.span(), days)


def _built(passage: Passage) -> Iterator[Outcome]:
    """So many days or months, told behind the days of the beginning and of the end."""
    text = passage.text
    for built in BUILT.finditer(text):
        days = _length(passage, built)
        if days is None or AHEAD.search(text, *passage.sentence(built.end())):
            continue
        told = int(han_number(built["n"]) or built["n"])
        least, most = days - 1, days
        if built["months"]:
            least, most = (days + 30) // 31 - 1, days // 28 + 1
        if least <= told <= most:
            yield Outcome(DAYS)
        else:
            yield _miscounted(passage, built, built.start("term") - 1, built.span("term"), days)


def _miscounted(
    passage: Passage, period: re.Match[str], end: int, term: tuple[int, int], days: int
) -> Outcome:
    text, start = passage.text, _begins(period)
    dates, printed = text[start:end], text[slice(*term)]
    words = {"printed": printed, "dates": dates, "recomputed": str(days)}
    finding = Finding(
        DAYS,
        passage.place(term[0]),
        words,
        (passage.place(start),),
        passage.address or sentence_address(printed, dates),
        printed,
        f"{days}天",
    )
    return Outcome(DAYS, finding=finding)


def _begins(period: re.Match[str]) -> int:
    """Where the first month of a period stands."""
    return max(period.start("m"), period.start("mm"))


def _length(passage: Passage, period: re.Match[str]) -> int | None:
    """How many days, both ends counted."""
    month = int(period["mm"] or period["m"])
    until = int(period["m2"] or month)
    years = re.findall(r"(20[0-9]{2})年", passage.text[: period.start() + 1])
    year = int(years[-1]) if years else 2023
    try:
        one = datetime.date(year, month, int(period["d"]))
        two = datetime.date(int(period["y2"] or year), until, int(period["d2"]))
    except ValueError:
        return None
    if two < one:
        return None
    return (two - one).days + 1
