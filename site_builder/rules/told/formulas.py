"""算式算不对: an equation written out that does not come out, or has its fraction upside down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import exponent_of, power_of_ten, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "formula-differs",
    "warning",
    Words("写出来的算式算不对", "An equation that does not come out"),
    Words(
        "“{formula}”写的结果是{printed}，算出来是{recomputed}",
        "“{formula}” is said to be {printed}; it makes {recomputed}",
    ),
    Words(
        "请重新计算，看是数抄错了、结果算错了，还是分子分母颠倒；原件如此的，保留原文并在“认可”中说明",
        "work it out anew: a wrong figure, a wrong result, or a ratio upside down; if printed so, explain it",
    ),
    Words(
        "算式写出来就是请读者核对的。",
        "An equation is written out so that readers can check it.",
    ),
    yields_to=("told-share", "told-average"),
)
UPSIDE = Rule(
    "formula-upside-down",
    "warning",
    Words("算式的分子分母颠倒", "A fraction upside down"),
    Words(
        "“{formula}”把预算的{planned}放在分子、实际的{done}放在分母",
        "“{formula}” divides the budget, {planned}, by what was done, {done}",
    ),
    Words(
        "请改为实际数除以预算数，并重新计算；原件如此的，保留原文并在“认可”中说明",
        "divide what was done by the budget and work it out anew; if it is printed so, explain it",
    ),
    Words(
        "执行率、完成率是实际数除以预算数；颠倒了，花得越多反而显得越少。",
        "A rate of execution is what was done by what was planned; upside down, more looks like less.",
    ),
    yields_to=("told-share",),
)
_UNIT = r"(?:万元|亿元|元|人次?|名|户|个|项|亩|件|份|分)?"
# Bounded, and begun only where a number begins: a long row of digits or signs is no equation.
_RESULT = r"-?[0-9][0-9,]{0,19}(?:\.[0-9]{1,9})?"
_NUMBER = rf"[0-9][0-9,]{{0,19}}(?:\.[0-9]{{1,9}})?[%％]?{_UNIT}"
_OPEN, _CLOSE = "[（(]?", "[）)]?"
# At least one sign of arithmetic, and only figures, brackets and signs between.
_SIGN = r" ?[+＋\-−－–×xX*÷/／] ?"
_TERM = rf"{_OPEN}{_NUMBER}{_CLOSE}"
EXPRESSION = rf"{_OPEN}(?<![0-9,.]){_TERM}(?:{_SIGN}{_TERM}){{1,20}}{_CLOSE}"
# 126.5/118×100%=107.20%, and 预算调整率为7.93%（236.40÷2980×100%）.
EQUATION = re.compile(
    rf"(?P<sum>{EXPRESSION}) ?[=＝≈] ?(?P<result>{_RESULT})(?P<percent>[%％])?"
    r"(?![0-9,.]* ?[+\-−×*÷/])"
)
ASIDE = re.compile(
    rf"(?<![0-9,.])(?P<result>{_RESULT})(?P<percent>[%％])?{_UNIT}[（(][=＝]?(?P<sum>{EXPRESSION})[）)]"
)
# The sign before the result of the one, the bracket before the sum of the other.
QUICK = re.compile(
    r"[=＝≈](?:(?<=[0-9%％）)万元人次名户个项亩件份分].)|(?<= .))|"
    r"[（(](?<=[0-9%％万元人次名户个项亩件份分].)(?=[=＝]?[（(]?[0-9])"
)
# 控制率=实际支出118万元÷预算126.5万元×100%=93.28%: an equation with the names of its figures
_NAMED = rf"{_OPEN}[一-鿿“”]{{0,12}}{_NUMBER}{_CLOSE}"
WORDED_EQUATION = re.compile(
    r"[=＝] ?(?=[^=＝]{0,80}?(?:[一-鿿“”]{2}[0-9]|元 ?[－–−-]))"
    rf"(?P<sum>{_OPEN}{_NAMED}(?:{_SIGN}{_OPEN}{_NAMED}){{1,12}}{_CLOSE}) ?"
    rf"[=＝≈] ?(?P<result>{_RESULT})(?P<percent>[%％])?"
    r"(?![0-9,.]* ?[+\-−×*÷/])"
)
MONEY = re.compile("[万亿]元|(?<![万亿])元")
UNITS = re.compile(r"万元|亿元|[元人次名户个项亩件份分, ]")
TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[-+*/()]")
SIGNS = str.maketrans("（）＋−－–×xX÷／％", "()+---***//%")
MULTIPLIED = re.compile("[×xX*÷/／]")
HUNDRED, TEN_THOUSAND = Decimal(100), Decimal(10_000)
# 政府采购执行率=(0/1.32)×100%
RATE = re.compile(
    rf"[执完支到使控办](?:行|成|出|付|位|用|制|结)率[^，,。；;/÷／\n]{{0,12}}?"
    rf"(?P<top>(?<![0-9.]){_RESULT}){_UNIT} ?[/÷／] ?(?P<bottom>{_RESULT})"
)
PLANNED = re.compile("预算|计划|下达|指标|应|编制|核定")
DUE = re.compile("应(?:[办收缴参到付征支]|当)")
DONE = re.compile("实际|决算|完成|执行数|支出数|支付|到位|在职|实有|在编|办结")
# 执行率=年初预算800万元÷实际支出1000万元: told in the equation itself
IN_WORDS = re.compile(
    r"[执完支到使](?:行|成|出|付|位|用)率 ?[=＝][（( ]?"
    r"(?P<planned>[^，,。；;/÷／\n]{0,10}(?:预算|计划|下达)(?:总?数|金额|总?资金|指标|安排数?)?"
    r"[0-9.,]{0,12}(?:万?元|[个座处户人])?) ?[/÷／] ?"
    r"(?P<done>(?:实际|决算|完成|执行|支付)[^，,。；;=＝）)×*\n]{0,16})"
)
# An equation with words in it begins before its last figures.
WORDED = re.compile(r"[÷/／×*+＋] ?[（(]?[一-鿿“”]{1,12}$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every equation of the narrative and of cells with words, then every rate written out."""
    yield from _equations(subject)
    yield from _rates(subject)


def _rates(subject: Subject) -> Iterator[Outcome]:
    """预算为20万元，实际18万元，执行率=20/18."""
    found = False
    for passage in subject.told.passages:
        text = passage.text
        may_be = "率" in text and ("/" in text or "÷" in text or "／" in text)  # quick
        if not may_be:  # quick
            continue
        for match in IN_WORDS.finditer(text):
            found = True
            yield _upside(passage, match.start(), match.end(), match["planned"], match["done"])
        for match in RATE.finditer(text):
            planned, done = _named(passage, match)
            top, bottom = (Decimal(match[n].replace(",", "")) for n in ("top", "bottom"))
            if top not in planned or bottom not in done:
                continue
            if bottom in planned or top in done:
                continue
            found = True
            start = match.start("top")
            yield _upside(passage, start, match.end(), planned[top], done[bottom])
    if not found:
        yield Outcome(UPSIDE)


def _upside(passage: Passage, start: int, end: int, planned: str, done: str) -> Outcome:
    formula = passage.text[start:end]
    words = {"formula": formula, "planned": f"“{planned}”", "done": f"“{done}”"}
    address = passage.address or sentence_address(formula, "算式")
    finding = Finding(UPSIDE, passage.place(start), words, (), address, formula)
    return Outcome(UPSIDE, finding=finding)


def _named(passage: Passage, match: re.Match[str]) -> tuple[dict[Decimal, str], dict[Decimal, str]]:
    """What the words before an equation call planned, and what they call done."""
    planned: dict[Decimal, str] = {}
    done: dict[Decimal, str] = {}
    last = passage.text.rfind("。", 0, match.start()) + 1
    for said in passage.figures:
        if said.start < last or said.end > match.start():
            continue
        before, last = passage.text[last : said.start], said.end
        figure = said.figure
        if figure is None:
            continue
        if DONE.search(before) and not DUE.search(before):
            done[figure.amount] = str(figure)
        elif PLANNED.search(before):
            planned[figure.amount] = str(figure)
    return planned, done


def _equations(subject: Subject) -> Iterator[Outcome]:
    compared = False
    for passage in subject.told.holding(QUICK):
        text = passage.text
        for pattern in (EQUATION, ASIDE, WORDED_EQUATION):
            for match in pattern.finditer(text):
                outcome = _judged(passage, match, pattern is WORDED_EQUATION)
                if outcome is not None:
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有写出来的算式", "no equation"))


def _judged(passage: Passage, match: re.Match[str], worded: bool) -> Outcome | None:
    written = match["sum"]
    if worded:
        if len(set(MONEY.findall(written))) > 1:  # 1.2亿元－8600万元
            return None
    # 8/10 and 3+2 in a heading or a slogan are no ratios.
    elif WORDED.search(passage.text, max(0, match.start() - 16), match.start()) or (
        MULTIPLIED.search(written) is None and "+" not in written.translate(SIGNS)
    ):
        return None
    value = evaluate(re.sub("[一-鿿“”]+(?=[0-9])", "", written))
    percent = match["percent"] is not None
    if value is None:
        return None
    if percent:
        value *= HUNDRED
    printed = Decimal(match["result"].replace(",", ""))
    step = power_of_ten(exponent_of(printed))
    # Cut off or rounded, and the figures may stand for a little more or less.
    if abs(printed - value) <= step:
        return Outcome(RULE)
    if abs(printed - value * HUNDRED) <= step or abs(printed - value * TEN_THOUSAND) <= step:
        return Outcome(RULE)  # 98/100×100%=98; 960万元÷2000亩=4800元
    decimals = max(2, -exponent_of(printed))
    right = f"{shown(value, decimals)}{'%' if percent else ''}"
    said = match["result"] + (match["percent"] or "")
    words = {"formula": written, "printed": said, "recomputed": right}
    address = passage.address or sentence_address(said, written)
    finding = Finding(
        RULE, passage.place(match.start("result")), words, (), address, said, right, formula=written
    )
    return Outcome(RULE, finding=finding)


def evaluate(written: str) -> Decimal | None:
    """The value of an EXPRESSION; None where brackets do not fit or something is over zero."""
    tokens = TOKEN.findall(UNITS.sub("", written).translate(SIGNS))
    tokens = _balanced(tokens)
    with localcontext() as context:
        context.prec = 28
        value, rest = _sum(tokens)
    return value if not rest else None


def _balanced(tokens: list[str]) -> list[str]:
    """Without brackets at either end that have no pair: those of the sentence."""
    while tokens.count("(") > tokens.count(")") and tokens[:1] == ["("]:
        tokens = tokens[1:]
    while tokens.count(")") > tokens.count("(") and tokens[-1:] == [")"]:
        tokens = tokens[:-1]
    return tokens


def _sum(tokens: list[str]) -> tuple[Decimal | None, list[str]]:
    value, tokens = _product(tokens)
    while value is not None and tokens and tokens[0] in "+-":
        sign = tokens[0]
        other, tokens = _product(tokens[1:])
        if other is None:
            return None, tokens
        value = value + other if sign == "+" else value - other
    return value, tokens


def _product(tokens: list[str]) -> tuple[Decimal | None, list[str]]:
    value, tokens = _factor(tokens)
    while value is not None and tokens and tokens[0] in "*/":
        sign = tokens[0]
        other, tokens = _factor(tokens[1:])
        if other is None or (sign == "/" and not other):
            return None, tokens
        value = value * other if sign == "*" else value / other
    return value, tokens


def _factor(tokens: list[str]) -> tuple[Decimal | None, list[str]]:
    """A number or a bracket: an expression has one at its beginning and after each sign."""
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        value, rest = _sum(rest)
        return (value, rest[1:]) if rest[:1] == [")"] else (None, rest)
    number = Decimal(first.rstrip("%"))
    return (number / HUNDRED if first.endswith("%") else number), rest
