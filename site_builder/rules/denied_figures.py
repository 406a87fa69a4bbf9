"""说没有，数据里却有: a sentence says that there was none of what the report prints an amount of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "figure-denied",
    "error",
    Words("文字说没有，数据里却有", "None by its words, an amount by its figures"),
    Words(
        "文字说“{claim}”，数据中“{label}”是{printed}",
        "the text says “{claim}”; the data have {printed} at “{label}”",
    ),
    Words(
        "请核对这句话和这个数；原件如此的，保留原文并在“认可”中说明",
        "check the sentence and the figure; if both are printed so, explain it",
    ),
    Words(
        "“本单位无此项支出”多半是模板里的话，有数的没有改。",
        "“None” is what the template says; with an amount it should have been replaced.",
    ),
)
NONE = re.compile(
    r"(?:无|没有|未发生|未产生|未安排|未列支|不涉及)(?P<name>[^，,。；;：:、（）()0-9]{3,20})(?=[，,。；;：:、（）()]|$)"
)
COSTS = re.compile(
    r"(?:无|没有|未发生|未产生)(?P<name>(?:会议|培训|公务接待|公务用车购置|因公出国（境）|出国（境）|差旅|印刷|租赁|维修|劳务|咨询|招待)费)(?:用|支出|开支)?(?=[，,。；;、]|$)"
)
LEAD = r"(?:全年|本年度?|当年|20[0-9]{2}年度?|其中[:：]?|[，,。；;、（(])*"
TAIL = re.compile("(?:预算)?(?:支出|收入|费用|拨款|资金|情况|安排|开支|经费)*$")
NOT_DENIED = re.compile(
    "超|挤占|截留|挪用|虚列|违规|变化|增加|减少|说明|预算外|要求|的$|不|未|专项|用于"
)
BASES = frozenset(("决算", "年末"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “无…支出” whose name is a concept of the report."""
    compared = False
    year = subject.disclosure.key.year
    for passage in subject.told.passages:
        text = passage.text
        if not ("无" in text or "没有" in text or "未" in text or "不涉及" in text):
            continue
        if not is_told(passage):
            continue
        for match in NONE.finditer(text):
            fact = _meant(subject, match["name"], year)
            if fact is None:
                continue
            compared = True
            if fact.figure.amount > 0:
                yield _finding(passage, match, fact)
            else:
                yield Outcome(RULE, (fact.address,))
    for outcome in _in_words(subject):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有说某一项没有", "nothing is said to be none"))


def _in_words(subject: Subject) -> Iterator[Outcome]:
    """“无会议费支出” in one sentence, “会议费支出0.6万元” in another."""
    text = subject.wording.text
    seen: set[str] = set()  # said twice to be none, it is one mistake
    for match in COSTS.finditer(text, 0, subject.wording.notes):
        name = match["name"]
        if name in seen or subject.told.facts.get(name):
            continue  # said before, or by the data
        seen.add(name)
        pattern = re.compile(
            rf"(?<![一-鿿]){LEAD}{re.escape(name)}(?:支出|决算)?(?:为|共|共计|合计)?(?P<n>[0-9][0-9,.]*)(?:万元|元)"
        )
        for passage in subject.told.lines:
            found = pattern.search(passage.text) if name in passage.text else None
            if found is None or not found["n"].strip("0.,") or not is_told(passage):
                continue
            claim = match[0]
            words = {"claim": claim, "label": name, "printed": found[0][found[0].index(name) :]}
            start = found.start() + found[0].index(name)
            address = sentence_address(found["n"], name)
            finding = Finding(RULE, passage.place(start), words, (), address, found["n"])
            yield Outcome(RULE, finding=finding)
            break


def _meant(subject: Subject, name: str, year: int) -> Fact | None:
    """The figure that is named: the words themselves, or what they begin with."""
    if NOT_DENIED.search(name):
        return None
    told = subject.told
    bare = TAIL.sub("", name)
    for words in (name, bare, f"{bare}支出", f"{bare}费", f"{bare}预算拨款", f"{bare}拨款"):
        facts = told.facts.get(words, ())
        found = [f for f in facts if f.year == year and f.basis in BASES and not f.subject]
        if found:
            return next((f for f in found if f.figure.amount > 0), found[0])
    return None


def _finding(passage: Passage, match: re.Match[str], fact: Fact) -> Outcome:
    claim = match[0]
    words = {"claim": claim, "label": fact.label, "printed": str(fact.figure)}
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (fact.at,),
        passage.address or sentence_address(claim, match["name"]),
        claim,
        str(fact.figure),
    )
    return Outcome(RULE, (fact.address,), finding)
