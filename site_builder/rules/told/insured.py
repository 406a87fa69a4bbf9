"""参保人数对不上: more who paid or draw a pension than are insured, in one paragraph on one insurance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import PERSONS
from site_builder.sentences import Passage

RULE = Rule(
    "more-than-insured",
    "warning",
    Words("缴费或领取待遇的比参保的多", "More paid or paid out than insured"),
    Words(
        "这里写“{printed}”，同一段写的参保人数只有{insured}",
        "it says “{printed}”; of the same insurance only {insured} are insured",
    ),
    Words(
        "请核对险种和人数，看是不是把医疗保险写成了养老保险；原件如此的，在“认可”中说明",
        "check the numbers and which insurance is meant; explain it if it is printed so",
    ),
    Words(
        "参了保才能缴费、领待遇，缴费的不会比参保的多；多半是两种保险写混了。",
        "Only the insured pay and draw; most likely two insurances were mixed up.",
    ),
)
AFTER = "(?:累计|合计|共计?|达到?|为|已?有|约|[:：])*$"
INSURED = re.compile(f"(?<![应未新增])参保(?:登记)?(?:总?人数|总?人口)?{AFTER}")
PAYING = re.compile(
    f"(?:(?<![应未欠待])缴费(?:到账)?|到账|领取(?:待遇|养老金)?|享受待遇)(?:人数|人员)?{AFTER}"
)
# Which insurance is meant: the one named last.
INSURANCE = re.compile(
    "(?:农民|居民|职工|企业|事业单位|灵活就业)?(?:人员)?(?:基本)?(?:养老|医疗|医保|工伤|失业|生育|商业|意外)"
)
OF_WHOM = re.compile("^(?:农民|居民|职工|企业|事业单位|灵活就业)")
REACH = 16


def check(subject: Subject) -> Iterator[Outcome]:
    """Each paragraph that tells how many are insured, and how many pay or draw."""
    compared = False
    for passage in subject.told.lines:
        if "参保" not in passage.text:  # quick
            continue
        insured: dict[str, tuple[Said, str]] = {}
        for said in passage.figures:
            before = passage.text[max(0, said.start - REACH) : said.start]
            if said.unit not in PERSONS:
                continue
            kind, whose = _insurance(passage.text, said.start)
            if INSURED.search(before):
                insured.setdefault(kind, (said, whose))
            elif kind in insured and PAYING.search(before):
                whole, others = insured[kind]
                if whose and others and whose != others:
                    continue
                compared = True
                yield _outcome(passage, whole, said)
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以比较的参保人数", "no numbers of insured persons"))


def _insurance(text: str, end: int) -> tuple[str, str]:
    """The insurance that was named last, and whose (居民, 职工); 医保 is 医疗."""
    named = INSURANCE.findall(text, 0, end)[-1:]
    if not named:
        return "", ""
    whose = OF_WHOM.match(named[0])
    kind = named[0][-2:]
    return "医疗" if kind == "医保" else kind, whose[0] if whose else ""


def _outcome(passage: Passage, insured: Said, said: Said) -> Outcome:
    whole, part = insured.figure, said.figure
    if whole is None or part is None or part.interval()[0] <= whole.interval()[1]:
        return Outcome(RULE)
    start = passage.opening(said.start)
    printed = passage.text[start : said.end].strip()
    words = {"printed": printed, "insured": str(whole)}
    address = sentence_address(printed, passage.anchor)
    finding = Finding(
        RULE,
        passage.place(start),
        words,
        (passage.place(insured.start),),
        address,
        printed,
        whole.text,
        length=len(printed),
    )
    return Outcome(RULE, finding=finding)
