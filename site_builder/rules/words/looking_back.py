"""回头说的与前面不合: “以上三个问题” behind two, “全部按期完工” beside a delay that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_wished

COUNT = Rule(
    "back-count-differs",
    "warning",
    Words("“以上几项”与前面所列不符", "So many “above”, and others listed"),
    Words("“{printed}”，前面列的是{recomputed}项", "“{printed}”: {recomputed} are listed above"),
    Words(
        "请对照原件数一遍，改正个数；原件如此的，保留原文并在“认可”中说明",
        "count them in the original and mend the number; if it is printed so, explain it",
    ),
    Words("读者会回头数。", "Readers look back and count."),
)
ON_TIME = Rule(
    "on-time-denied",
    "warning",
    Words("一处说全部按期，另一处说推迟", "All on time in one place, late in another"),
    Words("这里写“{printed}”，另一处写“{other}”", "here it says “{printed}”, elsewhere “{other}”"),
    Words(
        "请核对工期，把推迟的写明；原件如此的，保留原文并在“认可”中说明",
        "check the dates and say what was late; if both are printed so, explain it",
    ),
    Words(
        "写了推迟又写全部按期，完成及时率就没有依据。",
        "With a delay told and all said to be on time, the rate of punctuality means nothing.",
    ),
    yields_to=("late-with-full-marks", "flawless-beside-failure"),
)
ABOVE = re.compile(
    r"(?:以(?<![0-9%％元人户个亩分岁]以)上|上述|前述|[上前]面|(?P<this>(?<![，；]因为)这))(?:所?[提说讲列述举]{1,2}[到出过]?|存在)?的?(?:这)?(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:个方面|方面|大类|类|大|个|项|点|条)(?:的)?"
    r"(?P<what>问题|不足|原因|建议|措施|任务|工作|目标|做法|经验|意见|短板)?"
)
MAYBE_ABOVE = led_by(
    "以上前这", "(?:以上|[上前][述面]|这)[^，,。；;0-9]{0,4}?这?[0-9一二两三四五六七八九十]"
)
ORDER = "一二三四五六七八九十"
LINES = re.compile(
    r"(?:（(?P<han>[一二三四五六七八九十])）|(?P<digit>[1-9])[.、．]|(?P<run>[一二三四五六七八九十])是)"
)
FAULTS = re.compile("问题|不足|短板")
_ON_TIME = (
    "(?:按期|按时|如期|及时|按计划(?:时间)?(?:节点|要求)?|"
    "在(?:合同|计划|规定)?的?(?:工期|时间|期限)[以之]?内)"
)
_READY = "(?:建成|完工|完成|竣工|交付|交工|投用|通车|通水)"
CLAIM = re.compile(
    rf"(?:全部|均已?|都已?|所有|各项|各个)[^，,。；;]{{0,6}}?{_ON_TIME}{_READY}|"
    rf"(?:(?:完成|完工|竣工)及时率|(?:按期|按时|如期){_READY}率)(?:均|为|达到?)*100[%％]"
)
ON_DAY = led_by("按如准及工时期", "[按如准]期|按[时计]|及时|(?:工期|时间|期限)[以之]?内")
DELAY = led_by(
    "推延滞晚超逾拖未没",
    "推迟|延[迟后期误]|滞后|超期|逾期|拖延|晚[0-9一二两三]|(?:未能|没有|未)[按如在]",
)
NOT_CLAIMED = re.compile(
    "缴费|征缴|缴纳|报送|上报|发放|确保|力争|争取|要求|目标|应|计划(?!时间|工期|节点)|拟|将|基本|除|其余|其他|未|若|如"
)
EXCEPT = re.compile("除[^，,。；;]{1,16}外")
# Of a delay that is told: one that was feared, or another year's.
DOUBTED = re.compile("若|如果|一旦|预计|可能|上年|去年")
LATE = re.compile(
    r"(?:比|较|晚于)(?:原?计划|预定|合同|约定|原定)[^，,。；;0-9]{0,8}(?:推迟|延迟|延后|滞后|"
    r"晚|超期|逾期|延期)[^，,。；;0-9]{0,4}[0-9一二两三]+(?:余)?(?:天|日|个月|个?工作日|周)|"
    r"(?:工期|进度|竣工|完工)(?:时间)?(?:较计划|比计划)?(?:延误|超期|逾期|推迟|延期|拖延|滞后)(?:了)?[0-9一二两三]+(?:余)?(?:天|日|个月|周)|"
    r"(?:未能|没有|没能|未)(?:在)[^，,。；;]{0,6}[0-9]{1,2}月[^，,。；;]{0,4}[前内](?:完工|完成|竣工|建成|通水|通车|交付)|"
    rf"(?:推迟|延期|延迟|延后|拖延|顺延|延)[到至][^，,。；;]{{0,10}}(?:才)?{_READY}|"
    rf"(?:逾期|超期|延误)[0-9一二两三]+(?:余)?(?:天|日|个月|周)(?:才)?{_READY}|"
    r"[比较](?:原?计划|预定|合同|原定)[^，,。；;0-9]{0,6}滞后[一二两三四五0-9]+(?:天|日|个月|周)|"
    r"(?:有|其中)[0-9一二两三]+个项目(?:未能|没有|未)(?:按期|按时|如期)(?:完工|完成|竣工|建成)"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “以上几个”; every claim that all was on time."""
    lines = subject.told.lines
    looked = False
    for passage in subject.told.holding(MAYBE_ABOVE):
        number = lines.index(passage) if passage in lines else 0
        for match in ABOVE.finditer(passage.text):
            outcome = _counted(passage, match, lines[max(0, number - 40) : number])
            if outcome is not None:
                looked = True
                yield outcome
    if not looked:
        yield Outcome(COUNT, reason=Words("没有说“以上几个”", "nothing looks back on a list"))
    yield from _on_time(subject)


def _counted(passage: Passage, match: re.Match[str], above: tuple[Passage, ...]) -> Outcome | None:
    """The last run of 一是, 二是… before it in its line, or the numbered lines right above."""
    number = match["n"]
    told = int(han_number(number) or number)
    before = passage.text[: match.start()]
    if match["this"]:
        # 一是…；二是…。这两个问题: right behind them
        listed = _run(before) if match["what"] and _follows(before) else 0
    else:
        listed = _run(before) or _run_above(above, _section(passage, match, above))
    if told < 2 or listed < 2 or told > listed + 3:
        return None
    if told == listed:
        return Outcome(COUNT)
    printed = match[0]
    finding = Finding(
        COUNT,
        passage.place(match.start()),
        {"printed": printed, "recomputed": str(listed)},
        (),
        sentence_address(printed, "以上"),
        printed,
        str(listed),
    )
    return Outcome(COUNT, finding=finding)


def _follows(before: str) -> bool:
    """Does what ends here begin the sentence behind a list?"""
    last, _, own = before.rpartition("。")
    return len(own) < 8 and bool(re.search("[二三四五六七八九十]是", last.rpartition("。")[2]))


def _run(text: str) -> int:
    """How far the last 一是, 二是… goes."""
    start = text.rfind("一是")
    if start < 0:
        return _run_of_marks(text)
    count = 1
    for mark in ORDER[1:]:
        start = text.find(f"{mark}是", start)
        if start < 0:
            break
        count += 1
    return count


def _run_of_marks(text: str) -> int:
    """How far a run of （一）, （二）… or ①②… goes that stands in one line."""
    for form in ("（{han}）", "（{n}）", "{circle}"):
        count, start = 0, text.rfind(form.format(han="一", n=1, circle="①"))
        while start >= 0:
            count += 1
            mark = form.format(
                han=ORDER[count : count + 1], n=count + 1, circle=chr(0x2460 + count)
            )
            start = text.find(mark, start + 1)
        if count > 1:
            return count
    return 0


def _section(passage: Passage, match: re.Match[str], above: tuple[Passage, ...]) -> str:
    """The heading that the list stands under: its own, or that of the problems right above."""
    before = above[-1].section if above else ""
    own = FAULTS.search(match["what"] or "") and FAULTS.search(before.rpartition(" · ")[2])
    return before if own else passage.section


def _run_above(above: tuple[Passage, ...], section: str) -> int:
    """How many numbered lines stand right above, under the same heading, or how far one goes."""
    alone = len(above) < 2 or above[-2].section != section
    if above and alone and above[-1].section == section and (count := _run(above[-1].text)) > 1:
        return count
    kind, count = None, 0
    for line in reversed(above):
        match = LINES.match(line.text)
        if match is None or line.section != section:
            break
        kind = kind or match.lastgroup
        if match.lastgroup != kind:
            continue  # （一）…, 1、…, 2、…, （二）…: those between are of the first
        count += 1
        written = match["han"] or match["run"]
        number = int(match["digit"]) if match["digit"] else ORDER.index(written) + 1
        if number == 1:
            return count
    return 0


def _on_time(subject: Subject) -> Iterator[Outcome]:
    claims = list(_claims(subject))
    delays = list(_delays(subject)) if claims else []  # quick
    if not delays:
        yield Outcome(ON_TIME)
        return
    (passage, match), (other, late) = claims[0], delays[0]
    printed = match[0]
    finding = Finding(
        ON_TIME,
        passage.place(match.start()),
        {"printed": printed, "other": late[0]},
        (other.place(late.start()),),
        sentence_address(printed, "按期"),
        printed,
        late[0],
    )
    yield Outcome(ON_TIME, finding=finding)


def _claims(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in subject.told.holding(ON_DAY):
        for match in CLAIM.finditer(passage.text) if _tells(passage) else ():
            start = passage.sentence(match.start())[0]
            if EXCEPT.search(passage.text, start, match.start()):
                continue
            if not NOT_CLAIMED.search(passage.text, *passage.clause(match.start())):
                yield passage, match


def _delays(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in subject.told.holding(DELAY):
        late = LATE.search(passage.text) if _tells(passage) else None
        if late is not None:
            start = passage.sentence(late.start())[0]
            if not DOUBTED.search(passage.text, start, late.start()):
                yield passage, late


def _tells(passage: Passage) -> bool:
    """Is it a line that stands under no heading of plans?"""
    return not passage.address and not is_wished(passage.section.rpartition(" · ")[2])
