"""话与数不符: what a sentence claims of a budget, of last year or of a bound, against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.relations import in_unit, quotient, verdict
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
from site_builder.told import LEADING, Told, is_told

RULE = Rule(
    "claim-contradicted",
    "error",
    Words("文字说法与数字不符", "A claim that the figures contradict"),
    Words(
        "文字说“{claim}”，但{facts}",
        "the text says “{claim}”, but {facts_en}",
    ),
    Words(
        "请核对这句话和所依据的数字；原件如此的，保留原文并在“认可”中说明",
        "check the sentence and the figures it rests on; if both are printed so, explain it",
    ),
    Words(
        "“控制在预算以内”“较上年下降”“小于100%”都能用同一份报告公布的数字核对。",
        "“Within budget”, “less than last year”, “below 100 %” can be checked against the report.",
    ),
    "预算法第十三条（经批准的预算非经法定程序不得调整，条文待核）",
)
DOUBTFUL = Rule(
    "claim-doubtful",
    "warning",
    Words("文字说法得不到数字支持", "A claim that the figures do not bear out"),
    Words(
        "文字说“{claim}”，{facts}",
        "the text says “{claim}”; {facts_en}",
    ),
    Words(
        "请补充这个说法所依据的预算数或调整数，或者改写这句话；原件如此的在“认可”中说明",
        "give the figures that the claim rests on, or reword it; explain it if it is printed so",
    ),
    Words(
        "没有公布所依据的数字，读者无法核对；已公布的数字又指向相反。",
        "The figures behind the claim are not published, and those that are point the other way.",
    ),
)

_WHICH = r"(?P<{}>年初|全年|调整后?的?|追加后的?)?(?:年度|批复|核定|安排)?的?"
WITHIN = re.compile(
    r"(?:(?:控制|保持|压缩|把握|处)?在"
    + _WHICH.format("a")
    + r"预算(?:总额|数|安排|额度|指标|金额|控制数)?的?"
    r"(?:范围|额度|限额|总额)?(?:以内|之内|内(?!容|部)))"
    r"|(?:(?:未|没有|没|无|并未)(?:出现)?(?:突破|超过|超出|超支|超)了?"
    + _WHICH.format("b")
    + "预算)"
    r"|(?:(?:不超过|未超过|小于|低于|少于|[＜<≤])(?:或等于)?" + _WHICH.format("c") + "预算)"
)
# What every claim of WITHIN holds; a quick no.
MAY_BE_WITHIN = re.compile("[内突超＜<≤]|于(?<=[小低少]于)")
SINCE = re.compile(
    r"[较比与同和](?:(?P<then>上年度?|上一年度?|去年|(?:19|20)[0-9]{2}年度?)(?:同期|决算数?|实际)?"
    r"(?:相比|比较|比)?[，,]?|(?<=同)比)"
    r"(?:略有?|略微|有所|总体|稍有|均|都|大幅度?|明显|(?P<nearly>基本|大致))*"
    r"(?P<way>持平|无变化|没有变化|未变化|一致|相同|下降|减少|降低|下滑|压减|缩减|压缩|减支|节减|回落|节约|节省|少支出|少花|增长|增加|上升|提高|增支|多支出|多花|(?<=[略微])[增减降升])(?!到|至|幅度)"
)
FEWER = (
    *("下降", "减少", "降低", "下滑", "减", "降", "压减", "缩减"),
    *("压缩", "减支", "节减", "回落", "节约", "节省", "少支出", "少花"),
)
MORE = ("增长", "增加", "上升", "提高", "增", "升", "增支", "多支出", "多花")
_SIZE = "(?:了|率|幅度|幅|比例)?(?:为|达到?|约)?"
FALL = re.compile(f"[，,、]?(?:同比)?(?:下降|降低|减少|下滑|降幅|减幅|压减){_SIZE}")
RISE = re.compile(f"[，,、]?(?:同比)?(?:增长|上升|提高|增加|增幅|涨幅){_SIZE}")
NO_EXCESS = re.compile(
    r"(?:未|没有|无|不)(?:出现|存在)?超编|(?:控制|保持)在(?:核定)?编制(?:数|总数|人数)?(?:以内|之内|范围内|内)|未超(?:出|过)?编制"
)
# What a sentence calls all that was spent.
ALL_SPENT = re.compile(
    "(?:全年|本年度?|当年|单位|部门)*(?:执行数|支出执行数|总支出|支出总额|支出总数|全年支出|实际支出|实际总支出|整体支出|各项支出|支出)$"
)
WISH = re.compile(
    r"要求|应当|应该|必须|确保|力争|努力|计划|下一步|不得|严禁|杜绝|目标|从严|拟|将(?!近)|预计|争取|今后|"
    r"如果|若|需要|以防|防止|避免|原则|标准"
)
BELOW = ("小于", "低于", "少于", "不足", "不到", "不超过", "不高于", "不大于", "＜", "<", "≤", "≦")
STRICT = ("小于", "低于", "少于", "不足", "不到", "＜", "<")
ABOVE = ("高于", "大于", "多于", "超过", "不低于", "不少于", "＞", ">", "≥", "≧")
ALSO = re.compile(r"[ 　均都也并且本年]")
BOUND = re.compile(r"[于超足到过≥≧≤≦＞＜<>] ?[0-9.]+[%％]")
# 持平 leaves room; what is still called level is a matter of custom (经验值).
LEVEL, NEARLY_LEVEL = Decimal(5), Decimal(10)
# The budgets that a claim is held against, by what the sentence calls them; else 全年预算.
WANTED: dict[str | None, tuple[str, ...]] = {
    None: ("年初预算", "全年预算"),
    "年初": ("年初预算",),
}
BUDGET_WORD = {"年初预算": "预算", "全年预算": "全年预算"}
_Amount = tuple[Decimal, Interval]
_NO = Words("没有公布可以核对的数", "no figures to check it against")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a sentence claims: of which names, where, in which words."""

    names: tuple[str, ...]
    passage: Passage
    start: int
    words: str

    @property
    def at(self) -> Place:
        return self.passage.place(self.start)

    @property
    def address(self) -> str:
        if self.passage.address:
            return self.passage.address
        return sentence_address(self.words, "与".join(self.names))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim whose subject is clear, once for each subject and kind."""
    first: dict[tuple[str, str, str], Outcome] = {}
    for outcome, kind in _outcomes(subject):
        finding = outcome.finding
        if finding is None:
            yield outcome
            continue
        key = (outcome.rule.id, kind, finding.words["concept"])
        if key not in first:
            first[key] = outcome
        elif (earlier := first[key].finding) is not None:
            # The same claim made again: one finding, with both places.
            others = (*earlier.others, finding.at)
            first[key] = replace(first[key], finding=replace(earlier, others=others))
    yield from first.values()


def _outcomes(subject: Subject) -> Iterator[tuple[Outcome, str]]:
    told = subject.told
    for passage in told.passages:
        text = passage.text
        if not is_told(passage):
            continue
        if "预算" in text and MAY_BE_WITHIN.search(text):  # quick
            for match in WITHIN.finditer(text):
                if text[match.end() : match.end() + 1] == "的":
                    continue  # 不超过预算的要求: what is spoken of, not what is claimed
                which = match["a"] or match["b"] or match["c"]
                for claim in _claims(told, passage, match):
                    yield _within(subject, claim, which), "within"
        if "年" in text or "同比" in text:  # quick
            for match in SINCE.finditer(text):
                if "预算" in text[passage.opening(match.start()) : match.start()]:
                    continue  # this year's budget against last year's
                for claim in _claims(told, passage, match):
                    yield _since(subject, claim, match), match["way"]
        if "编" in text:  # quick
            for match in NO_EXCESS.finditer(text):
                if not WISH.search(text, passage.opening(match.start()), match.start()):
                    claim = _Claim(("在职人数",), passage, match.start(), match[0])
                    yield _no_excess(subject, claim), "staff"
        if ("%" in text or "％" in text) and BOUND.search(text):  # quick
            for said in passage.figures:
                if said.unit == "%" and said.sign in (*BELOW, *ABOVE):
                    yield from ((o, "bound") for o in _bound(subject, passage, said))


def _claims(told: Told, passage: Passage, match: re.Match[str]) -> Iterator[_Claim]:
    """The claim with its subject: named right before it, or alone in the clause before."""
    start, _ = passage.clause(match.start())
    before = passage.text[start : match.start()]
    if WISH.search(before):
        return
    words = passage.text[start : match.end()].strip(" 　、")
    names = told.all_named(before)
    if not names and ALL_SPENT.fullmatch(before.strip()):
        names = _all_that_was_spent(told)
    if not ALSO.sub("", before):
        names = _subject_before(told, passage, start)
    if names:  # quick
        yield _Claim(names, passage, match.start(), words)


def _all_that_was_spent(told: Told) -> tuple[str, ...]:
    """The names under which the report prints its spending as a whole."""
    return tuple(n for n in ("支出合计", "年度资金总额") if n in told.facts)


def _subject_before(told: Told, passage: Passage, start: int) -> tuple[str, ...]:
    """What the clause before tells the amount of, when it tells of one thing only."""
    if start == passage.sentence(start)[0]:
        return ()
    begin = passage.opening(start - 1)
    figures = [s for s in passage.figures if begin <= s.start < start]
    if len(figures) != 1:
        return ()
    before = passage.text[begin : figures[0].start]
    named = told.clearly_named(before)
    if named is None and ALL_SPENT.fullmatch(
        LEADING.sub("", before.replace(" ", ""), count=1).rstrip("为共计达")
    ):
        return _all_that_was_spent(told)
    opening = passage.sentence(start)[0]
    mark = passage.text.find("其中", opening, start)
    if named is not None and mark >= 0:
        # “三公”经费…，其中公务接待费…，比上年下降…: of the one or the other; told-change works out both.
        for said in passage.figures:
            if opening <= said.start < mark and told.clearly_named(passage.label(said)) is not None:
                return ()
    return (named.name,) if named else ()


def _within(subject: Subject, claim: _Claim, which: str | None) -> Outcome:
    """决算 against each published budget of what the sentence names."""
    told, year = subject.told, subject.disclosure.key.year
    passed: list[str] = []
    for name in claim.names:
        facts = [f for f in told.facts[name] if f.year == year]
        wanted = WANTED.get(which, ("全年预算",))
        spent = [f for f in facts if f.basis == "决算"][:1]
        budgets = [(now, f) for now in spent for f in facts if f.basis in wanted]
        if not budgets:
            outcome = _parts_within(subject, claim, name) if which is None else None
            if outcome is not None:
                return outcome
            continue
        over = [(b, n, by) for n, b in budgets if (by := _excess(n, b)) is not None]
        if len(over) < len(budgets):
            passed += [f.address for pair in budgets for f in pair]
            continue
        # The adjusted budget where it is no smaller: it accounts for what came in the year.
        most, now, by = max(
            over, key=lambda one: (one[0].figure.amount, one[0].basis == "全年预算")
        )
        gap = _gap(now, most, by)
        # A budget that the form calls 年初 may have been adjusted since.
        initial = which is None and most.basis == "年初预算" and "年初" in most.column + most.row
        facts_zh = f"“{name}”决算{now.figure}，{BUDGET_WORD[most.basis]}{most.figure}，超出{gap}"
        facts_en = f"“{name}” was {now.figure} against a budget of {most.figure}, {gap} over"
        guards = (now.address, most.address)
        rule = DOUBTFUL if initial else RULE
        return _found(rule, claim, name, facts_zh, facts_en, (most, now), guards)
    if passed:
        return Outcome(RULE, tuple(dict.fromkeys(passed)))
    return Outcome(RULE, reason=_NO)


def _parts_within(subject: Subject, claim: _Claim, name: str) -> Outcome | None:
    """No budget of the whole is published; those of its parts that are, were exceeded."""
    concept = subject.library.concepts.get(subject.told.facts[name][0].concept)
    report = subject.disclosure.report
    for part in concept.parts if concept else ():
        budget = report.fact_of(part, "全年预算") or report.fact_of(part, "年初预算")
        spent = report.fact_of(part, "决算")
        if spent is None or budget is None or budget.figure.amount == 0:
            continue
        by = _excess(spent, budget)
        if by is None:
            continue
        gap = _gap(spent, budget, by)
        facts_zh = (
            f"没有公布“{name}”的预算数；其中“{part}”决算{spent.figure}，"
            f"预算{budget.figure}，超出{gap}"
        )
        facts_en = (
            f"no budget of “{name}” is published; its part “{part}” was {spent.figure} against "
            f"{budget.figure}, {gap} over"
        )
        guards = (spent.address, budget.address)
        return _found(DOUBTFUL, claim, name, facts_zh, facts_en, (budget, spent), guards)
    return None


def _since(subject: Subject, claim: _Claim, match: re.Match[str]) -> Outcome:
    """决算 against 上年决算 of what the sentence names: which way it went, and how far."""
    told, year = subject.told, subject.disclosure.key.year
    then = match["then"] or ""
    if then[:2].isdigit() and int(then[:4]) != year - 1:
        return Outcome(RULE, reason=Words("比较的不是上年", "not compared with last year"))
    guards: list[str] = []
    for name in claim.names:
        facts = told.facts[name]
        now = next((f for f in facts if f.basis in ("决算", "年末") and f.year == year), None)
        past = next((f for f in facts if f.year == year - 1), None)
        if now is None or past is None:
            continue
        here = in_unit(now.figure, past.figure.unit)
        if here is None or _ten_thousandfold(here[0], past.figure.amount):
            continue
        guards += [now.address, past.address]
        way, nearly = match["way"], bool(match["nearly"])
        if _went(here, past.figure, way, nearly):
            outcome = _by_how_much(claim, match, name, now, past, here)
            if outcome is not None:
                return outcome
            continue
        facts_zh = f"“{name}”本年{now.figure}，上年{past.figure}"
        facts_en = f"“{name}” is {now.figure} this year and was {past.figure} last year"
        level = way == "持平" and not _far(here[0], past.figure.amount, Decimal(20))
        rule = DOUBTFUL if level else RULE
        return _found(rule, claim, name, facts_zh, facts_en, (now, past), tuple(guards))
    if guards:
        return Outcome(RULE, tuple(guards))
    return Outcome(RULE, reason=_NO)


def _went(here: _Amount, past: Figure, way: str, nearly: bool) -> bool:
    """Did it go the way that is claimed?"""
    amount, interval = here
    there = past.interval()
    if way in FEWER:
        return interval.low < there.high
    if way in MORE:
        return interval.high > there.low
    if way == "持平" or nearly:
        return not _far(amount, past.amount, NEARLY_LEVEL if nearly else LEVEL)
    return interval.meets(there)


def _by_how_much(
    claim: _Claim, match: re.Match[str], name: str, now: Fact, past: Fact, here: _Amount
) -> Outcome | None:
    """The amount or percentage that follows the claim, when it stands there unlinked."""
    if match["way"] not in (*FEWER, *MORE):
        return None
    after = match.end()
    text = claim.passage.text
    said = [s for s in claim.passage.figures if s.start >= after][:2]
    if not said or text[after : said[0].start].strip("了为约达 "):
        return None
    # What is told of a fall is told of its size.
    way = Decimal(-1 if match["way"] in FEWER else 1)
    outcome = _told_change(claim, match, name, now, past, here, way, said[0])
    if outcome is not None or len(said) < 2 or said[0].unit == "%" or said[1].unit != "%":
        return outcome
    # 较上年减少1.15万元，降幅12.17%
    then = (FALL if way < 0 else RISE).fullmatch(text, said[0].end, said[1].start)
    return None if then is None else _told_change(claim, match, name, now, past, here, way, said[1])


def _told_change(
    claim: _Claim,
    match: re.Match[str],
    name: str,
    now: Fact,
    past: Fact,
    here: _Amount,
    way: Decimal,
    said: Said,
) -> Outcome | None:
    """A change in money or per cent that is told, against the two years."""
    figure = said.figure
    if figure is None or said.linked or said.upto:
        return None
    if figure.unit == "%":
        computed = quotient(now.figure, past.figure, minus=True)
        if computed is None:
            return None
        amount, interval = computed[0] * way, _turned(computed[1], way)
        if verdict(figure, amount, interval) != "differs":
            return None
        right = f"{shown(amount, max(2, figure.decimals))}%"
    else:
        factor = past.figure.factor_to(figure.unit)
        if factor is None:
            return None
        span = _turned(here[1] - past.figure.interval(), way)
        if span.times(factor).meets(figure.interval()):
            return None
        gap = (here[0] - past.figure.amount) * way * factor
        right = f"{shown(gap, max(2, figure.decimals))}{figure.unit}"
    words = claim.passage.text[claim.passage.opening(match.start()) : said.end].strip()
    long = replace(claim, words=words)
    facts_zh = f"“{name}”本年{now.figure}，上年{past.figure}，应为{right}"
    facts_en = f"“{name}” went from {past.figure} to {now.figure}, which makes {right}"
    guards = (now.address, past.address)
    return _found(RULE, long, name, facts_zh, facts_en, (now, past), guards)


def _bound(subject: Subject, passage: Passage, said: Said) -> Iterator[Outcome]:
    """控制率小于100%: a bound claimed of a rate, against the rate that is published."""
    label = passage.label(said)
    if passage.address and "：" in passage.text:
        label = passage.text[: said.start]
    label = label.rstrip().removesuffix(said.sign)
    named = subject.told.clearly_named(label)
    limit = said.figure
    if named is None or limit is None or WISH.search(label):
        return
    year = subject.disclosure.key.year
    facts = [
        f
        for f in subject.told.facts[named.name]
        if f.figure.unit == "%" and f.year == year and f.basis not in ("年初预算", "全年预算")
    ]
    start = passage.text.rindex(said.sign, 0, said.start)
    claim = _Claim((named.name,), passage, start, f"{label}{said.sign}{said.text}")
    for fact in facts:
        interval = fact.figure.interval()
        if said.sign in BELOW:
            broken = interval.low > limit.amount or (
                said.sign in STRICT and fact.figure.amount == limit.amount
            )
        else:
            broken = interval.high < limit.amount
        if not broken:
            yield Outcome(RULE, (fact.address,))
            continue
        facts_zh = f"“{fact.label}”是{fact.figure}"
        facts_en = f"“{fact.label}” is {fact.figure}"
        yield _found(RULE, claim, named.name, facts_zh, facts_en, (fact,), (fact.address,))
        return


def _no_excess(subject: Subject, claim: _Claim) -> Outcome:
    """没有超编: staff in post against the establishment."""
    report = subject.disclosure.report
    staff, posts = report.fact_of("在职人数", "年末"), report.fact_of("编制数", "年末")
    if staff is None or posts is None:
        return Outcome(RULE, reason=_NO)
    guards = (staff.address, posts.address)
    if staff.figure.amount <= posts.figure.amount:
        return Outcome(RULE, guards)
    facts_zh = f"编制{posts.figure}，在职{staff.figure}"
    facts_en = f"there are {posts.figure} posts and {staff.figure} in them"
    return _found(RULE, claim, "在职人数", facts_zh, facts_en, (staff, posts), guards)


def _found(
    rule: Rule,
    claim: _Claim,
    name: str,
    facts_zh: str,
    facts_en: str,
    facts: tuple[Fact, ...],
    guards: tuple[str, ...],
) -> Outcome:
    words = {"claim": claim.words, "facts": facts_zh, "facts_en": facts_en, "concept": name}
    others = tuple(f.at for f in facts)
    finding = Finding(rule, claim.at, words, others, claim.address, claim.words, facts_zh)
    return Outcome(rule, guards, finding)


def _gap(spent: Fact, budget: Fact, by: Decimal) -> str:
    """An excess for people to read."""
    decimals = max(spent.figure.decimals, budget.figure.decimals)
    return f"{shown(by, decimals)}{budget.figure.unit}"


def _excess(spent: Fact, budget: Fact) -> Decimal | None:
    """By how much spending exceeds a budget, in its unit; None where it may not, or in no unit."""
    here = in_unit(spent.figure, budget.figure.unit)
    if here is None or here[1].low <= budget.figure.interval().high:
        return None
    return here[0] - budget.figure.amount


def _turned(interval: Interval, way: Decimal) -> Interval:
    """The interval, or what lies across zero from it where `way` is -1."""
    low, high = sorted((interval.low * way, interval.high * way))
    return Interval(low, high)


def _far(now: Decimal, past: Decimal, per_cent: Decimal) -> bool:
    """Do two amounts differ by more than a share of the second?"""
    return abs(now - past) * 100 > abs(past) * per_cent


def _ten_thousandfold(now: Decimal, past: Decimal) -> bool:
    """Is one so far from the other that a unit must be wrong? Other rules say so."""
    less, more = sorted((abs(now), abs(past)))
    return 0 < less * 1000 < more
