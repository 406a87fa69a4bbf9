"""社区算进了行政村: as many villages as elsewhere villages and communities, where a community is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "communities-among-villages",
    "note",
    Words("社区算进了行政村", "Communities counted among the villages"),
    Words(
        "这里写“{printed}”，另一处写“{other}”，文中又有“{named}”：这{count}个里有没有社区",
        "here it says “{printed}”, elsewhere “{other}”, and “{named}” is named: are communities among the {count}?",
    ),
    Words(
        "请写明村和社区各几个，如“16个行政村、1个社区”；原件如此的，在“认可”中说明",
        "say how many of each, such as 16个行政村、1个社区; if it is printed so, explain it",
    ),
    Words(
        "行政村和社区分属村民委员会和居民委员会，各算各的。",
        "Villages and communities have committees of different kinds and are counted apart.",
    ),
    "村民委员会组织法、城市居民委员会组织法",
    yields_to=("town-size-differs",),
)
VILLAGES = re.compile("个(?:行政|建制)村(?<=[0-9]个..村)")
RULED = re.compile("(?:辖|有|共|设|的|由)(?P<n>[0-9]{1,2})$")
# Behind the villages their communities.
AND = re.compile("[^。；;]{0,24}?(?:社区|居委会|居民委员会)")
BOTH = re.compile(r"个村[（(](?:社区|居|居委会)[）)]")
NUMBER = re.compile("(?<![0-9.])[0-9]{1,2}$")
# A community among others by its name: 五羊坪村、大栗港社区、张家村.
KIND = (
    "智慧|平安|示范|文明|绿色|和谐|清廉|美丽|城[乡镇市]|农村|各村|乡村|老旧|无毒|安全|所有|"
    "全部|街道|试点|重点|推进|建设|走进|进入|打造|创建|其他"
)
NAMED = led_by("、，和", f"[、，和](?!(?:{KIND}))[一-鿿]{{2,4}}社区[、，。；和等被评获均已试]")
NAME = re.compile("[一-鿿]{2,4}社区")


def check(subject: Subject) -> Iterator[Outcome]:
    """The number of villages, the same number of villages and communities, a community's name."""
    text = subject.told.text
    both: dict[str, str] = {}
    for match in BOTH.finditer(text) if "村（" in text or "村(" in text else ():  # quick
        number = NUMBER.search(text, max(0, match.start() - 3), match.start())
        if number is not None:
            both.setdefault(number[0], number[0] + match[0])
    named = NAMED.search(text) if both else None  # quick
    name = NAME.search(text, named.start() + 1) if named is not None else None
    if name is None:
        yield Outcome(
            RULE, reason=Words("没有合写的村和社区", "villages and communities not told as one")
        )
        return
    for passage in subject.told.holding(VILLAGES):
        for match in VILLAGES.finditer(passage.text):
            start = match.start()
            ruled = RULED.search(passage.text, max(0, start - 4), start)
            if ruled is None or AND.match(passage.text, match.end()) or ruled["n"] not in both:
                continue
            count = ruled["n"]
            printed = count + match[0]
            words = {"printed": printed, "other": both[count], "named": name[0], "count": count}
            at, address = passage.place(ruled.start("n")), sentence_address(printed, "村")
            yield Outcome(RULE, finding=Finding(RULE, at, words, (), address, printed))
            return
    yield Outcome(RULE)
