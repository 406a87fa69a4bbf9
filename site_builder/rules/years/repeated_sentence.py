"""成绩照抄上年: a sentence of what was done this year, figures and all, that last year's report has too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.library import Disclosure
from site_builder.likeness import likeness
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, narrative_passages
from site_builder.told import is_wished

RULE = Rule(
    "results-repeated",
    "warning",
    Words("这句话连数字都与上年报告相同", "A sentence that repeats last year's, figures and all"),
    Words(
        "“{printed}”与{year}年报告{like}，{figures}",
        "“{printed}” stands {like_en} in the report of {year}{figures_en}",
    ),
    Words(
        "请换成本年的情况和数字；两年确实一样的，在“认可”中说明",
        "write what happened this year; explain it if both years were really alike",
    ),
    Words(
        "一年做了多少次、排查了多少处，不会两年一个不差；多半是沿用了上年的稿子。",
        "What was done in a year does not come out the same twice; last year's draft was used again.",
    ),
)
# What stands still from year to year, and what is decreed and not done.
STANDING = re.compile(
    "面积|人口|编制|位于|距|辖|核定|海拔|耕地|内设|设有|机构|标准|满分|权重|分值|按照|根据|办法|规定|党员|支部|"
    "问卷|截至|累计|以来|每[人亩户公]|十[三四]五|职能|职责|不低于|不超过|不少于|控制在|目标|全日制|公务用车|保有量|持平|自20|占地|总长|共有|现有|建有|^有[一-鿿]"
)
DONE = re.compile(
    "开展|排查|发放|整改|新增|举办|组织|投入|化解|培训|受理|调处|处置|慰问|走访|完成|建成|修建|硬化|清理|拆除|召开|出动|收集|清运|巡查|巡林|巡河|输送|新建|改造|栽植|查处|接访|救助|安装|疏通|个中有|项中有|项目中|获"
)
# What began last year goes on, and is told again.
BEGUN = re.compile(
    "开工|成立|启动|印发|批复|立项|改革|设立|购置|始建|任命|合并|下达|签订|换届|以来|起|已于|已在"
)
GROWN = re.compile("[0-9][^，,。；;0-9]{1,3}[，,][比较同](?:上年|去年|比)[^，,。；;]{0,16}[0-9]")
CLAUSE = re.compile("[^。；;！？!?]+")
SENTENCE = re.compile("[^。；;！？!?\\n]{10,}")  # one of many lines
NUMBER = re.compile(r"[0-9][0-9,.]*(?<![,.])(?!年)")
FIGURED = re.compile("[0-9十百千万]")
MARK = re.compile(
    "^(?:[一二三四五六七八九十]+是|[-*]|[0-9]{1,2}[.、．]|（[一二三四五六七八九十]+）| |"
    "[，,]|全年共?|本年度?|今年(?:以来)?|年内|一年来|我[镇乡]|全[镇乡]|[镇乡]里|共|20[0-9]{2}年度?(?![0-9]))+"
)
CASES = re.compile("[0-9]起")
LEAST = 10  # characters


def check(subject: Subject) -> Iterator[Outcome]:
    """Sentences with two figures, or a date of last year, against last year's sentences."""
    mine, library = subject.disclosure, subject.library
    before = library.of_year(*mine.key[:2], mine.key.year - 1)
    if before is None:
        yield Outcome(RULE, reason=Words("没有上年的报告", "no report of last year"))
        return
    alike = likeness(library, mine)
    if alike.most_is(alike.of_last_year):  # as is said once, of the whole
        yield Outcome(RULE)
        return
    ends = library.once(("ends of sentences", mine.key), lambda: _ends(subject.told.text))
    shared = ends & library.once(("ends of sentences", before.key), lambda: _ends(_text(before)))
    told: set[Place] = set()
    for passage in subject.told.lines if shared else ():  # quick
        if not any(end in passage.text for end in shared):  # quick
            continue
        if not is_wished(passage.section):
            for outcome in _repeated(passage, before):
                assert outcome.finding is not None  # as is said there
                told.add(outcome.finding.at)
                yield outcome
    mine_by = library.once(("sentences by numbers", mine.key), lambda: _numbered(subject.told.text))
    by = library.once(("sentences by numbers", before.key), lambda: _numbered(_text(before)))
    common = mine_by.keys() & by.keys()
    for passage in subject.told.lines if common else ():  # quick
        if not is_wished(passage.section):
            yield from _retold(passage, by, before, told)
    yield Outcome(RULE)


def _numbered(text: str) -> dict[tuple[str, ...], list[str]]:
    """Sentences by their numbers, in any order, years left out; those with two and more."""
    found: dict[tuple[str, ...], list[str]] = {}
    for match in SENTENCE.finditer(text):
        numbers = NUMBER.findall(match[0])
        if len(numbers) > 1:  # quick
            found.setdefault(tuple(sorted(numbers)), []).append(match[0])
    return found


def _retold(
    passage: Passage, by: dict[tuple[str, ...], list[str]], before: Disclosure, told: set[Place]
) -> Iterator[Outcome]:
    """Sentences with all the numbers of one of last year's, in nearly its words; `told` are found already."""
    for match in CLAUSE.finditer(passage.text):
        numbers = tuple(sorted(NUMBER.findall(match[0])))
        if numbers not in by or passage.place(match.start()) in told:
            continue
        said = _plain(match[0])
        if not DONE.search(said) or STANDING.search(said) or BEGUN.search(CASES.sub("", said)):
            continue
        figures = [f for f in passage.figures if match.start() <= f.start < match.end()]
        if not _telling(figures) or not _many(figures):
            continue
        thens = (_place(one, before) for one in map(_plain, by[numbers]) if _alike(said, one))
        then = next(thens, None)
        if then is not None:
            yield _finding(passage, match, figures, False, then, before, ("几乎相同", "nearly"))


def _many(figures: list[Said]) -> bool:
    """Are they so many, or so great, that two years do not have the same by chance?"""
    large = [f for f in figures if f.figure is not None and (f.figure.amount > 30 or "." in f.text)]
    return bool(large) and (len(figures) > 2 or len(large) > 1)


def _alike(one: str, other: str) -> bool:
    """Do two sentences share most of their pairs of characters?"""
    a, b = ({s[n : n + 2] for n in range(len(s) - 1)} for s in (one, other))
    return 40 * len(a & b) >= 13 * (len(a) + len(b))


def _text(disclosure: Disclosure) -> str:
    return "\n".join([passage.text for passage in narrative_passages(disclosure.narrative)])


def _ends(text: str) -> frozenset[str]:
    """What the sentences with a figure end on; where none is last year's, no sentence is."""
    return frozenset(
        [
            s.rstrip()[-LEAST:]
            for s in SENTENCE.findall(text)
            if FIGURED.search(s)  # quick
        ]
    )


def _repeated(passage: Passage, before: Disclosure) -> Iterator[Outcome]:
    """The sentences of a passage that last year's report has too."""
    last_year = f"{before.key.year}年"
    for match in CLAUSE.finditer(passage.text):
        said = _plain(match[0])
        # What grew since last year cannot be what it was last year, and have grown as much then.
        grown = GROWN.search(said) is not None
        standing = "持平" in said if grown else STANDING.search(said.replace(last_year, ""))
        if len(said) < LEAST or standing:
            continue
        figures = [f for f in passage.figures if match.start() <= f.start < match.end()]
        dated = re.search(rf"{last_year}[0-9]{{1,2}}月", said) and not BEGUN.search(said)
        if dated or ((grown or DONE.search(said)) and _telling(figures)):
            then = _place(said, before)
            if then is not None:
                yield _finding(passage, match, figures, bool(dated), then, before)


def _place(said: str, before: Disclosure) -> Place | None:
    """Where last year's report says the same."""
    for passage in narrative_passages(before.narrative):
        for match in CLAUSE.finditer(passage.text) if said in passage.text else ():  # quick
            if _plain(match[0]) == said:
                return passage.place(match.start())
    return None


def _plain(words: str) -> str:
    """A sentence without the mark of a list, and the year, before it."""
    return MARK.sub("", words.strip()).strip()


def _telling(figures: list[Said]) -> bool:
    """Two figures or more, none linked, that are not all round or shares of one hundred."""
    counted = [f for f in figures if f.unit and f.text not in ("100%", "0起", "0件")]
    odd = [f for f in counted if f.figure is not None and f.figure.amount % 10 != 0]
    return len(counted) > 1 and bool(odd)


def _finding(
    passage: Passage,
    match: re.Match[str],
    figures: list[Said],
    dated: bool,
    at: Place,
    before: Disclosure,
    like: tuple[str, str] = ("一字不差", "word for word"),
) -> Outcome:
    printed = match[0].strip("，,、 -*")
    numbers = "、".join(f.text for f in figures[:4])
    if dated:
        told, told_en = f"说的是{before.key.year}年的事", f", and is of {before.key.year}"
    else:
        told, told_en = f"{numbers}都没有变", f" with {numbers}"
    words = {
        "printed": printed,
        "year": str(before.key.year),
        "like": like[0],
        "like_en": like[1],
        "figures": told,
        "figures_en": told_en,
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (at,),
        sentence_address(printed[:16], passage.anchor),
        printed,
        length=len(match[0]),
    )
    return Outcome(RULE, finding=finding)
