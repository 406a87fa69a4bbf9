"""What a report's sentences say: its passages, and which facts a phrase in them names.

A phrase is understood only when it is a concept's name, another name of it, or a label of the
report's own forms, and when nothing but known words stands around it. Otherwise it names nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from site_builder.concepts import Concept
from site_builder.figures_in_text import MAYBE_HAN, Said
from site_builder.forms import NO_CONCEPT
from site_builder.library import Disclosure
from site_builder.other_names import other_names
from site_builder.report import Cell, Fact, Report
from site_builder.sentences import Passage, cell_passage, narrative_passages

ASIDE = re.compile(r"（(?:[^（）]|（[^（）]*）)*）|\([^()]*\)")
NOISE = re.compile(r"[“”‘’\"'《》\s　]")
NUMBERING = re.compile(r"^(?:[0-9]+[、.．]|[①-⑳]|其中[:：]?)+")
# Words between a name and its amount that do not change what is named.
FILLING = re.compile(
    r"(?:为|是|共计|合计|总计|共|计|达到|达|有|仅|只|了|[:：]|（[^（）]*）|\([^()]*\)|金额|总额|总数|数额|"
    r"决算数?|实际支出数?|实际|支出|预算安排|预算数?|预算金额|年初预算数?|全年预算数?|调整预算数?|数|的|"
    r"列支|发生|花费|方面|则|控制在|管理|规模|情况|使用|总体|均|都|全部|严格|也|年度|全年|资金|执行数?|[两三四五六]项(?:支出|开支|费用|经费)?)$"
)
LONGEST = 5  # of them, brackets aside
# The characters that filling words and closed quotations end on.
FILLED = frozenset(
    "为是共计达到有仅只了:：）)额数际出排算的理模况用体均都部格也度年金支行项费生面”》 约近过则在"
)
OPENED = frozenset("（(")  # 基本支出（1204.93万元）
FILLED_OR_MINUS = FILLED | frozenset("-−")
# Words before a name that do not change it either.
LEADING = re.compile(
    r"(?:其中|只有|仅有?|但|而|此外|同时|本次|此次|全年|本年度?|当年|今年|(?:19|20)[0-9]{2}年?度?|[我全本该][镇乡]|(?:部门)?整体支出绩效(?:评价)?|[本我]单位|[本我]部门|镇里|"
    r"实际|做到了?|实现|完成|发生|共|主要|包括|包含|列有|列支|开支|安排|安排的|年末|现有|编制内|账面|部门|单位|"
    r"[（(][一二三四五六七八九十0-9]{1,2}[）)]|[0-9]{1,2}[.、．]|控制的?|严控|报告称|方面|截至|截止|用于|由|是|即|有|年初县财政|县财政局?|批复|下达|核定|[:：、和及与的（(])*"
)
UNIT_NAME = re.compile(r"^.{0,16}?(?:人民政府|办事处|管理区|管委会)")
YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年|—|-|至)")
OTHER_YEAR = re.compile("上年|去年|上一年|明年|下年|次年|来年")
BASIS_SAID = re.compile(r"预算|决算|实际|上年|去年|年初|年末|调整|[0-9]{4}年")
ACTUAL = frozenset(("决算", "年末", "自评", ""))
BUDGET = frozenset(("年初预算", "全年预算"))
DIGITS = re.compile("[0-9][0-9.,]*")
# Where what is said is wished for, planned or decreed, not told.
WISHED = re.compile(
    r"目标|计划|打算|措施|建议|下一步|下步|要求|职责|思路|展望|安排部署|20[0-9]{2}年(?:工作|重点)?(?:安排|设想)|工作重点|努力方向|意见"
)
# 绩效目标完成情况: what came of goals is told, not wished for.
FULFILLED = re.compile(
    r"(?:目标|指标|计划|任务|建议|意见|要求|措施)(?:任务|指标)?的?(?:完成|实现|达成|落实|执行|整改|采纳)"
)
# Names made of filling words alone: 三公经费支出总额 is 三公经费, not 支出总额.
FILLERS_ALONE = re.compile("(?:支出|开支|经费|费用|决算|预算)?(?:总额|总数|合计|总计|总量)")
COMPARED = re.compile("[比较与同]20[0-9]{2}年[^，,；;]*[，,；;]")
# What an item of a list begins with: a bullet, a number, a bracket.
ITEM_OPENS = frozenset("-* \u3000（(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# Labels of sums of anything.
NO_NAMES = frozenset(("合计", "总计", "小计", "金额"))
PROJECT = re.compile(r"项目(?:支出|资金)?(?:绩效|自评|评价)|项目概况")
# 评价结论及建议, 存在问题和改进措施: the headings below say which of the two they tell.
TWOFOLD = re.compile("(?:结论|结果|成效|问题|不足|情况|原因|经验)[^·]{0,4}?[及和与、暨]")
TELLING = re.compile("结论|得分|结果|成效|问题|不足|情况|现状|原因")


class Named(NamedTuple):
    """A phrase taken apart: what stands before the name, the name, what stands after it."""

    before: str
    name: str
    after: str


@dataclass(frozen=True)
class Told:
    """The passages of a report and the facts that its phrases can name.

    `lines` are the passages of its narrative alone, `cells` its cells that hold words.
    """

    passages: tuple[Passage, ...]
    facts: dict[str, tuple[Fact, ...]]
    lines: tuple[Passage, ...] = ()
    cells: tuple[Cell, ...] = ()

    def holding(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """The passages that hold what `pattern` finds; all are searched as one text."""
        text, starts = self._joined
        search = pattern.search
        match = search(text)
        while match is not None:
            number = bisect_right(starts, match.start())
            yield self.passages[number - 1]
            match = search(text, starts[number]) if number < len(starts) else None

    def naming(self) -> list[Passage]:
        """The passages with a figure, not linked, before which a name may end."""
        text = "\n".join([passage.unlinked or passage.text for passage in self.passages])
        starts = self._joined[1]
        numbers = {bisect_right(starts, match.start()) for match in MAYBE_HAN.finditer(text)}
        endings = self._by_ending
        known = 0  # how far passages are known to be meant
        for match in DIGITS.finditer(text):
            start = match.start()
            if start >= known and (
                text[start - 2 : start] in endings
                or text[start - 1] in FILLED_OR_MINUS
                or (text[start - 1] in OPENED and text[start - 3 : start - 1] in endings)
            ):
                number = bisect_right(starts, start)
                numbers.add(number)
                known = starts[number] if number < len(starts) else len(text)
        return [self.passages[number - 1] for number in sorted(numbers)]

    @cached_property
    def items(self) -> tuple[int, ...]:
        """The numbers of the lines that begin as items of a list do."""
        return tuple([n for n, line in enumerate(self.lines) if line.text[:1] in ITEM_OPENS])

    @cached_property
    def text(self) -> str:
        """The narrative as one text, a passage a line."""
        return "\n".join([passage.text for passage in self.lines])

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """The passages as one text, one a line, and where each begins."""
        texts = [passage.text for passage in self.passages]
        starts = list(map(add, accumulate(map(len, texts), initial=0), count()))
        return "\n".join(texts), starts[:-1]

    def may_be_named(self, text: str, end: int) -> bool:
        """Could a name, with or without filling words, end before `end`? A quick no."""
        if text[end - 1 : end] in OPENED:
            end -= 1
        return text[end - 2 : end] in self._by_ending or text[end - 1 : end] in FILLED

    def named(self, phrase: str) -> Named | None:
        """The name that `phrase` ends on, filling words aside; None when it is not clear."""
        words = NOISE.sub("", phrase)[-48:]
        whole = words
        for _ in range(4):
            for name in self._by_ending.get(words[-2:], ()):
                if words.endswith(name):
                    before = words[: -len(name)]
                    if len(before) > 2:
                        before = UNIT_NAME.sub("", before)
                        inner = FILLERS_ALONE.fullmatch(name) and self.named(before)
                        if inner and not inner.after:
                            return Named(inner.before, inner.name, name + whole[len(words) :])
                    return Named(before, name, whole[len(words) :])
            last = words[-1:]
            if last not in FILLED:
                return None
            filling = FILLING.search(words, 0 if last in "）)" else max(0, len(words) - LONGEST))
            if filling is None:
                return None
            words = words[: filling.start()]
        return None

    @cached_property
    def _by_ending(self) -> dict[str, list[str]]:
        """Names by their last two characters, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.facts, key=len, reverse=True):
            if len(name) <= 24:
                found.setdefault(name[-2:], []).append(name)
        return found

    def clearly_named(self, phrase: str) -> Named | None:
        """Like `named`, when nothing stands before that could narrow the meaning."""
        named = self.named(phrase)
        return named if named and LEADING.fullmatch(named.before) else None

    def all_named(self, phrase: str) -> tuple[str, ...]:
        """The names that a phrase joins (公务接待费和公车运行维护费); none when one is not clear."""
        names: list[str] = []
        while (named := self.named(phrase)) is not None:
            names.insert(0, named.name)
            if LEADING.fullmatch(named.before):
                return tuple(names)
            joint = named.before[-1:]
            if joint not in "和与及、":
                return ()
            phrase = named.before[:-1]
        return ()


def told_by(disclosure: Disclosure, concepts: dict[str, Concept]) -> Told:
    """The passages of a disclosure and the names of its facts."""
    report = disclosure.report
    facts = _names(report, concepts)
    lines = tuple(narrative_passages(disclosure.narrative))
    wordy = [cell for cell in report.cells.values() if cell.fact is None and cell.text]
    cells = tuple([cell for cell in wordy if not cell.unread])
    passages = (*lines, *_passages(report))
    return Told(passages, facts, lines, cells)


@lru_cache(maxsize=65536)
def plain_label(label: str) -> str:
    """A label without asides, numbering and quotation marks: `3、公务接待` is 公务接待."""
    words = NUMBERING.sub("", NOISE.sub("", ASIDE.sub("", label)))
    return words.rstrip(":：")


@lru_cache(maxsize=256)
def _names_of(concepts: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """The names of concepts with other names, each with its concept: NO_CONCEPT when of two."""
    meant: dict[str, str] = {}
    for concept, aliases in concepts:
        for name in {plain_label(one) for one in (concept.rpartition("/")[2], *aliases)}:
            _means(meant, name, concept)
    return meant


@lru_cache(maxsize=256)
def _also(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What else names are called, each with its concept; nothing that is another's name."""
    known = dict(names)
    meant: dict[str, str] = {}
    for name, concept in names:
        for other in other_names(name) if concept != NO_CONCEPT else ():
            if known.get(other, concept) == concept:
                _means(meant, other, concept)
    return {other: concept for other, concept in meant.items() if other not in known}


def _means(meant: dict[str, str], name: str, concept: str) -> None:
    if len(name) > 1 and name not in NO_NAMES and meant.setdefault(name, concept) != concept:
        meant[name] = NO_CONCEPT


@lru_cache(maxsize=65536)
def says_basis(label: str) -> bool:
    """Does a label itself say which number of a concept it is: 政府采购预算?"""
    return BASIS_SAID.search(label) is not None


def _names(report: Report, concepts: dict[str, Concept]) -> dict[str, tuple[Fact, ...]]:
    """Which facts each name can mean; a name of two concepts means none."""
    known = tuple(
        [(name, concepts[name].aliases if name in concepts else ()) for name in report.by_concept]
    )
    meant = dict(_names_of(known))
    # A label that says its basis (政府采购预算) names its own facts, not the concept's others.
    basis_said: dict[str, list[Fact]] = {}
    own: dict[str, tuple[Fact, ...]] = {NO_CONCEPT: ()}
    for name, facts in report.by_concept.items():
        own[name] = tuple([fact for fact in facts if not fact.subject])
        for fact in own[name]:
            label = plain_label(fact.row)
            if meant.get(label) != name:
                _means(meant, label, name)
            if label != name and says_basis(label):
                basis_said.setdefault(label, []).append(fact)
    meant |= _also(tuple(meant.items()))
    found = {one: own[name] for one, name in meant.items() if own[name]}
    found.update((label, tuple(said)) for label, said in basis_said.items() if label in found)
    for table in report.tables:
        if table.form.kind != "fields" or table.form.subject:
            continue
        for line in table.lines:
            told = line.cells[0].fact
            if told is not None and not told.concept:
                label = plain_label(line.label)
                if len(label) > 2 and label not in meant:
                    found[label] = (*found.get(label, ()), told)
    return found


def _passages(report: Report) -> Iterator[Passage]:
    """Cells that hold words, those of a field after its label."""
    for table in report.tables:
        labelled = table.form.kind == "fields"
        told = [(n, c) for n in table.lines for c in n.cells if c.fact is None and len(c.text) > 3]
        for line, cell in told:
            if cell.unread:
                continue
            label = plain_label(line.label) if labelled else ""
            yield cell_passage(label, cell.text, cell.at, cell.address)


def year_of(passage: Passage, said: Said, report: Report, end: int | None = None) -> int | None:
    """The year that a figure in a sentence is of; None when it is told of another or unclear.

    Words behind `end` do not give it: 由上年的8.60万元下降到7.55万元.
    """
    start = passage.sentence(said.start)[0]
    before = passage.text[start : said.start if end is None else end]
    if OTHER_YEAR.search(before):
        return None
    # 比2022年减少42万元，其他收入52.19万元: what this is compared with is no year of what follows.
    years = YEAR.findall(COMPARED.sub("", before))
    return int(years[-1]) if years else report.key.year


def is_told(passage: Passage) -> bool:
    """Does the passage tell what was, of the town as a whole: no plan, no goal, no project?"""
    return _tells(passage.section)


def tells_problems(passage: Passage) -> bool:
    """Does its own heading announce problems, be it with what will be done about them?"""
    heading = passage.section.rpartition(" · ")[2]
    return "问题" in heading or "不足" in heading


@lru_cache(maxsize=4096)
def is_wished(section: str) -> bool:
    """Do headings announce goals, plans or duties, and not what came of them?"""
    headings = FULFILLED.sub("", section).split(" · ")
    last = headings[-1]
    told = TELLING.search(last) is not None and WISHED.search(last) is None
    return any(WISHED.search(one) and not (told and TWOFOLD.search(one)) for one in headings)


@lru_cache(maxsize=4096)
def _tells(section: str) -> bool:
    return not (is_wished(section) or PROJECT.search(section))
