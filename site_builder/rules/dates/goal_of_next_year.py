"""年度目标写的是明年的事: among the goals of the year what is meant for the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import FULFILLED

RULE = Rule(
    "goal-of-next-year",
    "note",
    Words("年度目标写的是明年的事", "A goal of the year that is next year's"),
    Words(
        "这是{year}年度的绩效目标，这里写的却是“{printed}”",
        "among the goals of {year} it says “{printed}”",
    ),
    Words(
        "请核对，本年度的目标和下一年的打算分开写；原件如此的，在“认可”中说明",
        "keep this year's goals and next year's plans apart; if it is printed so, explain it",
    ),
    Words(
        "自评拿年度目标同结果比；明年的目标今年无法评价。",
        "Results are held against this year's goals; next year's cannot be evaluated.",
    ),
)
GOALS = re.compile("(?:绩效|年度|工作|总体|整体)目标")
PLANS = re.compile("下一步|下步|下一?年|打算|改进|建议|计划|明年|展望|长期")
COMING = re.compile(
    r"(?:力争|争取|计划|预计|确保|到)?(?<!“)(?<!转入)(?<!顺延)(?<!延到)(?<!延至)(?<!转至)(?<!留待)(?<!跨入)(?:明年|来年|下一?年度?)[^，,。；;”]{0,10}"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every section of goals; one finding for all such places."""
    places: list[tuple[Passage, re.Match[str]]] = []
    after = subject.disclosure.key.year + 1
    coming = re.compile(f"{after}年(?:力争|争取|计划|预计|拟)[^，,。；;”]{{0,10}}")
    # 到2023年底，参保率达到98%; 2023年，完成村道6公里: where nothing but goals is told
    aimed = re.compile(
        f"{after}年(?:(?<=[到至保取争现]{after}年)|(?<![^，,。；;：:\n]{after}年))(?:年?底|年?末|度)?(?:以?前)?[，,]?[^，,。；;”]{{2,10}}"
    )
    for passage in subject.told.lines:
        if "年" not in passage.text:  # quick
            continue
        if not GOALS.search(passage.section):
            continue
        if PLANS.search(passage.section) or f"{after}年" in passage.section:
            continue
        told = FULFILLED.search(passage.section) is not None
        match = COMING.search(passage.text) or coming.search(passage.text)
        if match is None and f"{after}年" not in passage.text:  # quick
            continue
        if match is None and not told and f"{after - 1}年" not in passage.text:
            match = aimed.search(passage.text)
        if match is None:
            continue
        if told and any(said.start < match.start() for said in passage.figures):
            continue  # an outlook at the end of what was done
        places.append((passage, match))
    if not places:
        yield Outcome(RULE)
        return
    passage, match = places[0]
    printed = match[0]
    words = {"year": str(subject.disclosure.key.year), "printed": printed}
    heading = passage.section.rpartition(" · ")[2]
    address = f"正文.{address_part(heading)}={address_part(printed)}"
    others = tuple(p.place(m.start()) for p, m in places[1:])
    finding = Finding(RULE, passage.place(match.start()), words, others, address, printed)
    yield Outcome(RULE, finding=finding)
