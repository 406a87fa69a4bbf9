"""没有超编、控制率小于100%: a bound claimed of staff or of a rate, against what is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figures_in_text import Said
from site_builder.rules.claimed import NO_FIGURES, RULE, WISH, Claim, found, once_each
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

NO_EXCESS = re.compile(
    r"(?:未|没有|无|不)(?:出现|存在)?超编|(?:控制|保持)在(?:核定)?编制(?:数|总数|人数)?(?:以内|之内|范围内|内)|(?:未|没有|不)超(?:出|过)?(?:核定)?的?(?:人员)?编制|"
    r"(?:在职|实有|在编)(?:在编)?(?:人员|人数|干部职工|职工)*(?:总数|数)?(?:小于|低于|少于|不大于|不高于)(?:核定)?(?:人员)?编制"
)
# 行政编制32名，实有35名: of the whole town, or, with 均 before the claim, of a class
IN_POST = re.compile(
    "(?P<of>[^，,。；;：:、0-9]{0,10}?)编制(?:总?数|人数|人员)?(?:为|共计?)?(?P<posts>[0-9]{1,4})[名人个]?[，,、（( ]"
    "[^，,。；;、0-9]{0,6}?(?:实有|在职|在编|在岗|现有|实配)[^，,。；;、0-9]{0,8}?(?P<staff>[0-9]{1,4})[名人个]"
)
CLASS = re.compile("行政|事业|工勤|参公|其中")
OF_ALL = re.compile("[均都]$")
BELOW = ("小于", "低于", "少于", "不足", "不到", "不超过", "不高于", "不大于", "＜", "<", "≤", "≦")
STRICT = ("小于", "低于", "少于", "不足", "不到", "＜", "<")
ABOVE = ("高于", "大于", "多于", "超过", "不低于", "不少于", "＞", ">", "≥", "≧")
BOUND = re.compile(r"[于超足到过≥≧≤≦＞＜<>] ?[0-9.]+[%％]")
# What each of them holds; a quick no.
POSTS, PER_CENT = re.compile("编"), re.compile("[%％]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim whose subject is clear, once for each subject and kind."""
    yield from once_each(_outcomes(subject))


def _outcomes(subject: Subject) -> Iterator[tuple[Outcome, str]]:
    told = subject.told
    for passage in told.holding(POSTS):
        if not is_told(passage):
            continue
        for match in NO_EXCESS.finditer(passage.text):
            if not WISH.search(passage.text, passage.opening(match.start()), match.start()):
                claim = Claim(("在职人数",), passage, match.start(), match[0])
                beside = _beside(claim)
                yield beside or _no_excess(subject, claim), "staff"
    for passage in told.holding(PER_CENT):
        if BOUND.search(passage.text) is None:  # quick
            continue
        if not is_told(passage):
            continue
        for said in passage.figures:
            if said.unit == "%" and said.sign in (*BELOW, *ABOVE):
                yield from ((o, "bound") for o in _bound(subject, passage, said))


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
    claim = Claim((named.name,), passage, start, f"{label}{said.sign}{said.text}")
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
        yield found(RULE, claim, named.name, facts_zh, facts_en, (fact,), (fact.address,))
        return


def _beside(claim: Claim) -> Outcome | None:
    """More in post than there are posts, told before the claim in its own paragraph."""
    text, end = claim.passage.text, claim.start
    of_each = OF_ALL.search(text, 0, end) is not None
    for told in IN_POST.finditer(text, 0, end):
        posts, staff = int(told["posts"]), int(told["staff"])
        if staff <= posts or (CLASS.search(told["of"]) and not of_each):
            continue
        facts_zh = f"{told['of']}编制{posts}名，在职{staff}名"
        facts_en = f"there are {posts} posts and {staff} in them"
        return found(RULE, claim, "在职人数", facts_zh, facts_en, (), ())
    return None


def _no_excess(subject: Subject, claim: Claim) -> Outcome:
    """没有超编: staff in post against the establishment."""
    report = subject.disclosure.report
    staff, posts = report.fact_of("在职人数", "年末"), report.fact_of("编制数", "年末")
    if staff is None or posts is None:
        return Outcome(RULE, reason=NO_FIGURES)
    guards = (staff.address, posts.address)
    if staff.figure.amount <= posts.figure.amount:
        return Outcome(RULE, guards)
    facts_zh = f"编制{posts.figure}，在职{staff.figure}"
    facts_en = f"there are {posts.figure} posts and {staff.figure} in them"
    return found(RULE, claim, "在职人数", facts_zh, facts_en, (staff, posts), guards)
