"""说变化大，数字变化很小: a great change that the figures show to be small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "claim-exaggerated",
    "warning",
    Words("说变化大，数字变化很小", "A great change that the figures show to be small"),
    Words(
        "文字说“{claim}”，{how}只变了{share}%",
        "the text says “{claim}”; {how_en}by {share} % only",
    ),
    Words(
        "请按数字改写这句话，或核对两年的数；原件如此的，保留原文并在“认可”中说明",
        "reword it by the figures, or check both years; if it is printed so, explain it",
    ),
    Words(
        "变化大不大有数字可查，说大了读者就不信别的话。",
        "How great a change is stands in the figures; an overstatement costs all trust.",
    ),
)
GREATLY = re.compile(
    r"(?:大幅度?|显著|大大|明显|急剧)地?(?:下降|减少|降低|压减|压缩|缩减|增长|增加|提高|上升)|"
    r"(?:下降|减少|降低|增长|增加|上升)的?幅度(?:较|很|最|比较)?大|[降增减涨]幅(?:(?:较|很|最|比较)?大|明显|显著|可观)"
)
GREAT = re.compile("幅|显著|大大|明显|急剧")  # what each of them holds
# 下降4.64%，降幅较大: the sentence itself says how great.
ITSELF = re.compile(
    r"(?:下降|减少|降低|压减|增长|增加|上升)(?:了|约)?(?P<p>[0-9]+(?:\.[0-9]+)?)[%％][，,](?:[^，,。；;0-9]{0,6}[，,])?[^，,。；;0-9]{0,4}[降增减涨]幅(?:(?:较|很|比较)大|明显|显著|可观)"
)
_MORE = "增长|增加|提高|上升"
_LESS = "下降|减少|降低|压减|压缩|缩减"
_MUCH = "(?:大幅度?|显著|大大|明显|急剧)地?"
MUCH = re.compile("[大显明急](?:(?<=大)[幅大]|(?<=显)著|(?<=明)显|(?<=急)剧)")
# 大幅下降2.1%; 下降2.1%，比上年明显减少; 显著增长，增幅2.3%. A rate may well change little and mean much.
ALSO_ITSELF = re.compile(
    rf"(?<![率度占比例重]){_MUCH}(?:{_MORE}|{_LESS})(?:了|约)*(?P<p>[0-9]+(?:\.[0-9]+)?)[%％]|"
    rf"(?:(?P<up>{_MORE})|{_LESS})(?:了|约)*(?P<q>[0-9]+(?:\.[0-9]+)?)[%％][，,](?:实现了?|呈现?|比上年|较上年|同比)*{_MUCH}(?(up)(?:{_MORE})|(?:{_LESS}))(?=[，,。；;]|$)|"
    rf"(?<![率度占比例重]){_MUCH}(?:(?P<up2>{_MORE})|{_LESS})[，,（(](?:比上年|较上年|同比)*(?(up2)(?:{_MORE}|增幅)|(?:{_LESS}|降幅|减幅))(?:了|约|为|达|度)*(?P<r>[0-9]+(?:\.[0-9]+)?)[%％]"
)
# 由52.1万元大幅降至51.8万元
FROM_TO = re.compile(
    rf"(?:由|从)(?:上年的?|去年的?|20[0-9]{{2}}年的?)?(?P<a>[0-9]+(?:\.[0-9]+)?)(?P<u>万元|元|户|人|亩|件|起)[^，,。；;0-9]{{0,4}}{_MUCH}(?:下?降|压?减|压缩|缩减|减少|增|升|增加|上升|提高|增长)(?:至|到|为)(?P<b>[0-9]+(?:\.[0-9]+)?)(?P=u)"
)
RATES = re.compile("率|(?<![幅年季月额进程])度|占比|比例|比重|指数|百分点")
_LAST_YEAR = "(?:[比较与同](?:上年度?|去年|上一年度?)(?:同期)?(?:相比)?|同比)[，,]?(?:均|也|有所)?"
ONLY_LAST_YEAR = re.compile(_LAST_YEAR)
UP_TO_LAST_YEAR = re.compile(f"(?P<of>.*?){_LAST_YEAR}")

MEAN = re.compile("[车人户村]均|平均")
SAME_CARS = re.compile(
    "车[^。；;]{0,14}辆?[，,]?[^。；;]{0,8}(?:持平|没有变化|保持不变|未变|无变化)"
)
REASON = re.compile(r"^(?:主要)?(?:是|因为|由于|为|系|原因是|得益于|因)*$")
# A change below this share of last year's is not great whatever one calls great (经验值).
SMALL = Decimal(5)
PLAIN = Decimal(3)  # and no longer 明显


def check(subject: Subject) -> Iterator[Outcome]:
    """Great changes by name, and those whose figures stand beside them."""
    compared = False
    for passage in subject.told.holding(GREAT):
        if not is_told(passage):
            continue
        for match in ITSELF.finditer(passage.text) if "幅" in passage.text else ():  # quick
            compared = True
            if Decimal(match["p"]) < _least(match) and not RATES.search(
                passage.text, *passage.sentence(match.start())
            ):
                yield _by_itself(passage, match)
            else:
                yield Outcome(RULE)
        if MUCH.search(passage.text):  # quick
            beside = list(_told_beside(passage))
            compared |= bool(beside)
            yield from beside
        for match in GREATLY.finditer(passage.text):
            outcome = _great(subject, passage, match)
            if outcome is not None:
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核对的说法", "no such claim"))


def _told_beside(passage: Passage) -> Iterator[Outcome]:
    """大幅下降2.1%; 由52.1万元大幅降至51.8万元: the figures stand beside it."""
    for match in ALSO_ITSELF.finditer(passage.text):
        if Decimal(match["p"] or match["q"] or match["r"]) < _least(match) and not RATES.search(
            passage.text, *passage.sentence(match.start())
        ):
            yield _by_itself(passage, match)
        else:
            yield Outcome(RULE)
    for match in FROM_TO.finditer(passage.text):
        past, now = Decimal(match["a"]), Decimal(match["b"])
        share = percent_of(abs(now - past), past) if past else SMALL
        if share < _least(match):
            yield _by_itself(passage, match, shown(share, 2))
        else:
            yield Outcome(RULE)


def _least(match: re.Match[str]) -> Decimal:
    """How great a change must be to be called so."""
    return PLAIN if "明显" in match[0] else SMALL


def _by_itself(passage: Passage, match: re.Match[str], share: str = "") -> Outcome:
    claim = match[0]
    share = share or next(filter(None, map(match.groupdict().get, "pqr")))
    words = {"claim": claim, "share": share, "how": "", "how_en": "it changed "}
    address = passage.address or sentence_address(claim, "幅度")
    finding = Finding(RULE, passage.place(match.start()), words, (), address, claim, f"{share}%")
    return Outcome(RULE, finding=finding)


def _great(subject: Subject, passage: Passage, match: re.Match[str]) -> Outcome | None:
    start = passage.clause(match.start())[0]
    before = passage.text[start : match.start()]
    if ONLY_LAST_YEAR.fullmatch(before):
        before = _subject_before(passage, start)
    elif (compared := UP_TO_LAST_YEAR.fullmatch(before)) is not None:
        before = compared["of"]
    named = subject.told.named(before)
    if named is None or "预算" in named.after:
        return None
    if not REASON.match(named.before) and subject.told.clearly_named(before) is None:
        return None
    year = subject.disclosure.key.year
    facts = subject.told.facts[named.name]
    now = next((f for f in facts if f.basis in ("决算", "年末") and f.year == year), None)
    past = next((f for f in facts if f.year == year - 1 and f.basis in ("上年决算", "决算")), None)
    if now is None or past is None or past.figure.amount <= 0:
        return None
    factor = now.figure.factor_to(past.figure.unit)
    if factor is None:
        return None
    change = abs(now.figure.amount * factor - past.figure.amount)
    share = percent_of(change, past.figure.amount)
    guards = (now.address, past.address)
    if share >= SMALL:
        return Outcome(RULE, guards)
    return _small(passage, match, start, named.name, now, past, share)


def _subject_before(passage: Passage, start: int) -> str:
    """公务用车运行维护费4.96万元，车均2.48万元，比上年大幅下降: of the cost, the cars being as many."""
    low = passage.sentence(start)[0]
    for said in reversed([s for s in passage.figures if low <= s.start < start]):
        label = passage.label(said)
        if MEAN.search(label) and SAME_CARS.search(passage.text):
            continue
        return label
    return ""


def _small(
    passage: Passage,
    match: re.Match[str],
    start: int,
    name: str,
    now: Fact,
    past: Fact,
    share: Decimal,
) -> Outcome:
    claim = passage.text[start : match.end()].strip(" 　、")
    words = {
        "claim": claim,
        "how": f"但“{name}”由{past.figure}变为{now.figure}，",
        "how_en": f"“{name}” went from {past.figure} to {now.figure}, ",
        "share": shown(share, 2),
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (now.at, past.at),
        passage.address or sentence_address(claim, name),
        claim,
        f"{words['share']}%",
    )
    return Outcome(RULE, (now.address, past.address), finding)
