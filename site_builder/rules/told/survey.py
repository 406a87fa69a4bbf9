"""问卷调查: how many were asked and sent, in different words; a sample too small, a score without its full mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from site_builder.figure import measure, percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage

RULE = Rule(
    "survey-differs",
    "warning",
    Words("问卷调查的数对不上", "Numbers of a survey that do not fit"),
    Words("写的是“{printed}”，{other}", "it says “{printed}”; {other_en}"),
    Words(
        "请核对发放、收回、有效的份数和参加调查的人数；原件如此的，保留原文并在“认可”中说明",
        "check how many were sent, came back, counted, and were asked; if printed so, explain it",
    ),
    Words(
        "满意度靠问卷得出；问了多少人都说不清，满意度就没有依据。",
        "Satisfaction rests on the survey; when its size is unclear, so is the result.",
    ),
    yields_to=("told-part-exceeds", "told-parts-differ", "told-total", "listed-parts-differ"),
)
SMALL = Rule(
    "survey-too-small",
    "warning",
    Words("满意度调查的样本太小", "A survey of too few"),
    Words(
        "“{printed}”，满意度只问了{count}{unit}，少于{least}{unit}",
        "“{printed}”: only {count} were asked, fewer than {least}",
    ),
    Words(
        "请核对调查人数；确实只有这么多的，写明怎样抽样，或在“认可”中说明",
        "check the number; if so few were asked, say how they were chosen, or explain it",
    ),
    Words(
        "几个人、十几个人的回答说明不了全镇群众满意不满意。",
        "The answers of ten or twenty say little of what a whole town thinks.",
    ),
    "经验界限（样本量不足30的，按小样本看待）",
)
SCALE = Rule(
    "score-without-scale",
    "warning",
    Words("满意度评分没有写明满分", "A score of satisfaction without its full mark"),
    Words(
        "满意度写的是{printed}，全文没有写满分是多少",
        "satisfaction is said to be {printed}; nowhere is it said out of how many",
    ),
    Words(
        "请写明满分（如“5分制”“满分100分”）；原件没有的，在“认可”中说明",
        "say out of how many (5分制, 满分100分); if the original does not, explain that",
    ),
    Words(
        "不知道满分，读者分不清这是高分还是低分。",
        "Without the full mark nobody can tell a high score from a low one.",
    ),
)
LEAST = 30
# 随机选取了10名村民进行满意度问卷调查; 每村抽取10名 is not all of them.
SAMPLE = re.compile(
    r"(?:选取|抽取|抽选|抽样|选择|邀请|走访|访问|访谈|调查|询问|发放|发出|下发)(?:了)?(?P<of>[^，,。；;0-9]{0,16}?)(?P<n>[1-9][0-9]?)(?P<unit>名|人|位|户|份)"
    r"(?![0-9余多])"
)
ABOUT_SURVEY = re.compile(
    "问卷|满意度(?:测评|调查|评价|访谈|抽样|[：:]?(?:共|随机)?(?:调查|走访|访问))|调查表"
)
EACH_OF = re.compile(
    "每|各个?(?:行政)?(?:村|社区|组|片|单位|部门|选|抽|发|随机)|分别|专家|代表|调查员|其中|新增|又|另|再"
)
GRADED = re.compile("[，,；;、]?(?:其中)?(?:表示)?(?:非常|很|比较|基本)?满意(?:的)?(?:有)?[0-9]")
PERSONS = re.compile("[0-9]+(?:余|多)?[名人位户]")
COUNTED = re.compile("问卷|调查(?:人数|样本|对象)")
SCORE = re.compile(
    r"满意度(?:(?:测评|调查|评价)?(?:综合|平均|总体)(?:评分|得分|分值|分)|(?:测评|调查)(?:评分|得分|分)|评分|评价分)"
    r"(?:为|是|达到?|[:：])?(?P<n>[0-9](?:\.[0-9]+)?)分(?![0-9之值制])"
)
FULL = re.compile("满分|分制|总分|分值|权重")
# 180户，非常满意121户、满意49户、一般8户、不满意2户
GRADE = re.compile(
    "(?P<grade>非常满意|十分满意|很满意|较为?满意|比较满意|基本满意|不太满意|很不满意|不满意|满意|一般|较差|差|不了解)"
    "(?:的)?(?:群众|村民|农户|受访者|户|人)?(?:有|为|的|票|占|[:：])*$"
)
UNCONTENT = re.compile("不[太很]?满意|一般|差|不了解")
RATE_OF_GRADES = re.compile("^[，,；;、](?:群众|总体)?满意(?:率|度)(?:为|达到?|是)?$")
WHOLE = re.compile("每|各|均|其中|上年|去年|计划|满意|一般|占")
LESS = 10  # a tenth of those asked who may have said nothing
_COUNT = r"(?P<n>[0-9]+(?:余|多)?)"
SENT = re.compile(
    rf"(?:发放|发出|下发|印发)[^，,。；;0-9]{{0,16}}{_COUNT}份|"
    rf"(?<!有效)(?<!收回)(?<!回收)(?:问卷|调查表){_COUNT.replace('<n>', '<m>')}份"
)
# 每村（社区）发放20份，共发放320份: the first is of one village.
EACH_PLACE = re.compile("[每各][^，,。；;、]{0,24}$")
BACK = re.compile(rf"(?:收回|回收)[^，,。；;0-9]{{0,8}}{_COUNT}份")
VALID = re.compile(rf"有效(?:问卷|调查表|答卷)?[^，,。；;0-9份]{{0,4}}{_COUNT}份")
RATE = re.compile(r"(?:回收|收回)率(?:为|达到?)?(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)[%％]")
EACH = re.compile(
    r"(?P<n>[0-9]+)个(?:行政)?(?:村|社区|单位|部门|组)[^，,。；;0-9]{0,16}?(?:各|分别|每[个村])"
    r"[^，,。；;0-9]{0,16}?(?P<m>[0-9]+)(?:名|人|户)"
)
ALSO = re.compile(r"(?:抽取?|选取?|邀请|选择|走访)[^，,。；;0-9]{0,16}?(?P<n>[0-9]+)(?:名|人)")
ALL = re.compile(
    r"(?:总计|共计|合计|总共|一共|共)[^，,。；;0-9]{0,8}?(?P<n>[0-9]+(?:余|多)?)(?P<unit>名|人|份)"
)
# Where only one number is told, it must be that of those who answered.
ASKED = re.compile(
    r"(?:总计|共计|合计|总共|一共|共)[^，,。；;0-9]{0,8}?(?P<n>[0-9]+(?:余|多)?)(?:名|人)"
    r"[^，,。；;0-9]{0,8}?(?:参与|参加|接受|进行|开展|填写)[^，,。；;0-9]{0,8}?问卷"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a survey: from `low` to `high`, in these words, there."""

    low: Decimal
    high: Decimal
    words: str
    passage: Passage
    start: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Every passage about questionnaires; those asked against those sent; how few, and out of how many."""
    sent: list[_Said] = []
    asked: list[_Said] = []
    found: list[Outcome] = []
    if any(word in subject.wording.text for word in ("问卷", "调查表")):  # quick
        for passage in subject.told.passages:
            if "问卷" in passage.text or "调查表" in passage.text:
                sent += _all(SENT, passage)
                found += _sizes(passage)
                persons, outcome = _asked(passage)
                found += outcome
                asked += persons
    if len(sent) == 1 and len(asked) == 1:
        one, other = sent[0], asked[0]
        if one.high < other.low or one.low > other.high:
            found.append(
                _finding(one, f"另一处写的是“{other.words}”", f"elsewhere “{other.words}”", other)
            )
        else:
            found.append(Outcome(RULE))
    if "满意度" in subject.wording.text or "问卷" in subject.wording.text:  # quick
        found += _small(subject)
        found += _scale(subject)
    if "不满意" in subject.wording.text:  # quick
        for passage in subject.told.lines:
            if "满意" in passage.text:  # quick
                found += _grades(passage)
    yield from found
    if not found:
        yield Outcome(
            RULE, reason=Words("没有可以比较的问卷数", "no numbers of a survey to compare")
        )


def _all(pattern: re.Pattern[str], passage: Passage, unit: str = "") -> list[_Said]:
    found = []
    for match in pattern.finditer(passage.text):
        each = EACH_PLACE.search(passage.text[: match.start()][-12:] + match[0])
        figure = measure("".join(filter(None, match.groups())) + unit)
        if figure is not None and not each:
            low, high = figure.interval()
            found.append(_Said(low, high, match[0], passage, match.start()))
    return found


def _sizes(passage: Passage) -> Iterator[Outcome]:
    """No more come back than were sent, and no more are valid than came back."""
    steps = [found[0] for p in (SENT, BACK, VALID) if (found := _all(p, passage))]
    for more, fewer in pairwise(steps):
        if fewer.low > more.high and not _sent_besides(passage, more, fewer):
            words = f"比“{more.words}”还多", f"more than “{more.words}”"
            yield _finding(fewer, *words, more)
            return
        yield Outcome(RULE)
    rates = _all(RATE, passage, "%")
    sent, back = _all(SENT, passage), _all(BACK, passage)
    if not rates or len(sent) != 1 or len(back) != 1 or sent[0].low <= 0:
        return
    rate, one, all_ = rates[0], back[0], sent[0]
    if rate.start > max(all_.start, one.start):
        return  # behind the two it is told-share's
    if "约" in one.words + all_.words:
        return
    if one.low != one.high or all_.low != all_.high:
        return
    right = percent_of(one.low, all_.low)
    if rate.low <= right <= rate.high:
        yield Outcome(RULE)
        return
    zh = f"按{one.words}、{all_.words}应为{shown(right, 2)}%"
    yield _finding(rate, zh, f"the numbers make {shown(right, 2)} %", one)


def _grades(passage: Passage) -> Iterator[Outcome]:
    """How many were content and how many not, against those asked in the same paragraph."""
    told: list[Amount] = [a for one in segments(passage) for a in one.amounts]
    run: list[Amount] = []
    grades: list[str] = []
    rate: Amount | None = None
    for amount in told:
        if amount.figure.unit == "%":
            if len(run) > 2 and RATE_OF_GRADES.search(amount.words):
                rate = amount
                break
            continue
        grade = GRADE.search(amount.words)
        like = not run or amount.figure.unit == run[0].figure.unit
        if grade is None or not like or not amount.exact:
            if run:
                break
            continue
        run.append(amount)
        grades.append(grade["grade"])
    if len(run) < 3 or len(set(grades)) < len(grades) or "不满意" not in grades:
        return
    if rate is not None and rate.exact:
        yield from _rate_of(passage, run, rate)
    first, unit = run[0].said.start, run[0].figure.unit
    asked = [a for a in told if a.said.end <= first and a.figure.unit == unit and a.exact]
    made = sum((a.figure.amount for a in run), Decimal(0))
    as_many = any(a.figure.amount == made for a in asked)  # 收回270份，其中有效268份
    asked = [a for a in asked if not WHOLE.search(a.words[-8:])]
    if not asked or as_many:
        yield from [Outcome(RULE)] * bool(asked)
        return
    whole = asked[-1].figure.amount
    if whole < made <= whole * 2 or made < whole <= made + whole / LESS:
        amount = asked[-1]
        start = first - len(run[0].words.rpartition("，")[2])
        words = passage.text[start : run[-1].said.end]
        one = _Said(whole, whole, amount.said.text, passage, amount.said.start)
        part = _Said(made, made, words, passage, start)
        zh = f"加起来是{made:f}{unit}，前面写的是{amount.said.text}"
        yield _finding(part, zh, f"which makes {made:f}; above it is {amount.said.text}", one)


def _rate_of(passage: Passage, run: list[Amount], rate: Amount) -> Iterator[Outcome]:
    """满意96户、较满意18户、一般6户，满意率95%: of some neighbouring grades, of all that answered."""
    counts = [a.figure.amount for a in run]
    whole = sum(counts, Decimal(0))
    if whole <= 0:
        return
    some = [counts[low:high] for high in range(len(run) + 1) for low in range(high)]
    rates = [percent_of(sum(one, Decimal(0)), whole) for one in some]
    if any(abs(one - rate.figure.amount) < rate.figure.ulp() for one in rates):
        yield Outcome(RULE)
        return
    content = [a.figure.amount for a in run if not UNCONTENT.search(a.words)]
    right = f"{shown(percent_of(sum(content, Decimal(0)), whole), 2)}%"
    said = _Said(rate.figure.amount, rate.figure.amount, rate.said.text, passage, rate.said.start)
    one = _Said(whole, whole, run[0].said.text, passage, run[0].said.start)
    yield _finding(said, f"按前面各档的数应为{right}", f"the grades before it make {right}", one)


def _sent_besides(passage: Passage, more: _Said, fewer: _Said) -> bool:
    """发放240份，社区另发30份，共270份，收回262份: is there a number between that is no less?"""
    between = passage.text[more.start + len(more.words) : fewer.start]
    return any(
        Decimal(n) >= fewer.low for n in re.findall("共(?:计|发放|发出)*([0-9]+)份", between)
    )


def _asked(passage: Passage) -> tuple[list[_Said], list[Outcome]]:
    """在17个村各选20名，另抽40名，共300多名: the least that these make, and what is said to be all."""
    text = passage.text
    for match in EACH.finditer(text):
        high = passage.sentence(match.start())[1]
        least = Decimal(match["n"]) * Decimal(match["m"])
        formula = f"{match['n']} × {match['m']}"
        last = match.end()
        for also in ALSO.finditer(text, match.end(), high):
            least += Decimal(also["n"])
            formula += f" + {also['n']}"
            last = also.end()
        part = _Said(least, Decimal("Infinity"), text[match.start() : last], passage, match.start())
        total = ALL.search(text, last, high)
        if total is None:
            return [part], []
        figure = measure(total["n"])
        if figure is None:
            return [part], []
        span = figure.interval()
        whole = _Said(max(span.low, least), span.high, total[0], passage, total.start())
        if least <= span.high:
            return [whole], [Outcome(RULE)]
        zh = f"照前面所写至少有{least}人（{formula}）"
        en = f"what stands before makes at least {least} ({formula})"
        return [], [_finding(whole, zh, en, part)]
    total = ASKED.search(text)
    if total is None or (figure := measure(total["n"])) is None:
        return [], []
    return [_Said(*figure.interval(), total[0], passage, total.start())], []


def _small(subject: Subject) -> Iterator[Outcome]:
    """Fewer than 30 asked in all; once a report, and not where the number stands in the data."""
    for passage in subject.told.lines:
        if not ABOUT_SURVEY.search(passage.text):  # quick
            continue
        for match in SAMPLE.finditer(passage.text):
            low, high = passage.sentence(match.start())
            sentence = passage.text[low:high]
            graded = GRADED.search(passage.text, match.end(), high)  # 20人，其中满意19人
            if graded is not None:
                sentence = passage.text[low : graded.start()]
            if not ABOUT_SURVEY.search(sentence) or EACH_OF.search(sentence):
                continue
            if int(match["n"]) >= LEAST or len(PERSONS.findall(sentence)) > 1:
                yield Outcome(SMALL)
                continue
            facts = subject.disclosure.report.facts
            if any(COUNTED.search(f.row) and f.figure.kind in ("people", "count") for f in facts):
                return
            words = {"count": match["n"], "unit": match["unit"], "least": str(LEAST)}
            yield _told(SMALL, passage, match, match[0], words)
            return


def _scale(subject: Subject) -> Iterator[Outcome]:
    """满意度综合评分为4.8分, where no full mark is told."""
    wording, report = subject.wording, subject.disclosure.report
    if FULL.search(wording.text, 0, wording.notes) or report.fact_of("满意度", "自评"):
        return
    for passage in subject.told.lines:
        for match in SCORE.finditer(passage.text) if "满意度" in passage.text else ():  # quick
            yield _told(SCALE, passage, match, f"{match['n']}分", {})


def _told(
    rule: Rule, passage: Passage, match: re.Match[str], printed: str, words: dict[str, str]
) -> Outcome:
    address = sentence_address(match[0], "满意度")
    at = passage.place(match.start())
    return Outcome(
        rule, finding=Finding(rule, at, {**words, "printed": printed}, (), address, printed)
    )


def _finding(one: _Said, zh: str, en: str, other: _Said) -> Outcome:
    words = {"printed": one.words, "other": zh, "other_en": en}
    finding = Finding(
        RULE,
        one.passage.place(one.start),
        words,
        (other.passage.place(other.start),),
        one.passage.address or sentence_address(one.words, "问卷"),
        one.words,
        zh,
    )
    return Outcome(RULE, finding=finding)
