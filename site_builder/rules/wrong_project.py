"""写的是别的项目: the report of one project that tells of another, copied from that one's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.told import YEAR

RULE = Rule(
    "other-project",
    "warning",
    Words("正文写的像是别的项目", "The text seems to tell of another project"),
    Words(
        "报告名称里是“{own}”，正文写的是“{printed}”",
        "the title names “{own}”, the text “{printed}”",
    ),
    Words(
        "请核对是不是套用了别的项目的报告；确实是同一个项目的，统一名称或在“认可”中说明",
        "see whether another project's report was copied; else use one name, or explain it",
    ),
    Words(
        "套用别的项目的报告又没有改全，读者不知道钱花在哪个项目上。",
        "Where a copied report was not changed throughout, nobody knows which project it tells of.",
    ),
)
TITLE = re.compile(
    r"(?P<name>[^，。、]{4,40}?(?:项目|工程))(?=[^，。]{0,12}(?:绩效|自评|评价|监控))"
)
# Who tells of the project that the report is about: its evaluation, or all its money.
NAMED = re.compile(
    r"(?P<name>[^，,。；;：:、（）()《》“”0-9]{6,40}项目)"
    r"(?:的绩效(?:评价|自评)|(?:预算资金|估算投资|概算投资|计划总投资|预算总投资)[为是]?(?=[0-9]))"
)
# Other projects are told of as parts, lists or comparisons.
ASIDE = re.compile("其中|包括|分别|以及|等项目|上年|去年|子项目|类项目|各项目|另")
DIVISIONS = re.compile(
    r"^(?:[^省市县区镇乡村]{1,5}?(?:自治区|自治州|省|市|县|区|镇|乡(?!村)|街道|村|社区))+"
)
GENERAL = frozenset(
    (
        "项目",
        "工程",
        "建设",
        "改造",
        "提升",
        "示范",
        "农村",
        "乡村",
        "新建",
        "年度",
        "绩效",
        "实施",
        "资金",
        "开展",
        "设项",
    )
)
LEADING = re.compile(r"^(?:.*(?:开展了?|实施的?|承担的?|关于|完成了?|对|为))")


def check(subject: Subject) -> Iterator[Outcome]:
    """The first lines of a report whose title names one project."""
    disclosure = subject.disclosure
    title = disclosure.report.heading.title
    match = TITLE.search(title)
    if match is None or re.search("[、和及与]|整体支出", match["name"]):
        yield Outcome(RULE, reason=Words("报告名称不是一个项目的", "the title names no project"))
        return
    own = _pairs(YEAR.sub("", match["name"]))
    if not own:
        yield Outcome(RULE, reason=Words("项目名称太笼统", "the project's name is too general"))
        return
    found = False
    seen: set[str] = set()
    for passage in subject.told.lines:
        for named in NAMED.finditer(passage.text) if "项目" in passage.text else ():  # quick
            start = passage.sentence(named.start())[0]
            name = LEADING.sub("", named["name"])
            theirs = _pairs(name)
            if ASIDE.search(passage.text, start, named.end()) or len(theirs) < 3 or name in seen:
                continue
            if own & theirs:
                continue
            seen.add(name)
            found = True
            at = named.start() + len(named["name"]) - len(name)
            words = {"own": match["name"][-24:], "printed": name}
            address = sentence_address(name, passage.anchor)
            finding = Finding(RULE, passage.place(at), words, (), address, name, length=len(name))
            yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)


def _pairs(name: str) -> set[str]:
    """What a name says, two characters at a time, without places and what every project is called."""
    plain = DIVISIONS.sub("", name).replace("的", "·")
    pairs = {plain[n : n + 2] for n in range(len(plain) - 1)}
    return {pair for pair in pairs - GENERAL if re.fullmatch("[一-鿿]{2}", pair)}
