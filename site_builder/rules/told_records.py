"""正文里一条记录的数写颠倒了: a figure behind the name of a list's record, with that record's digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.report import Fact, Report
from site_builder.rules.column_labels import names_people
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
from site_builder.told import is_told, year_of

RULE = Rule(
    "told-record-differs",
    "warning",
    Words("正文里的数与清单里的数字颠倒", "Digits of a list's record swapped in a sentence"),
    Words(
        "正文写“{label}”{printed}，清单里“{column}”是{recomputed}；用的是同样的数字，像是写颠倒了",
        "the text says {printed} of “{label}”, the list has {recomputed} under “{column}”: same digits, swapped",
    ),
    Words(
        "请对照原件核对哪一处是对的；原件如此的，在“认可”中说明",
        "look in the original which is right; if it is printed so, explain it",
    ),
    Words(
        "正文说的一个项目、一项补助的数，应当与清单里的相同。",
        "What the text says of a project or a subsidy should be what the list says.",
    ),
    yields_to=("prose-contradicts", "told-total", "told-parts-differ"),
)
_FILLING = re.compile(
    r"(?:资金|经费|补助|项目|工程)?(?:共|总|已|实际|累计)?(?:投入|支出|安排|完成|发放|补助|惠及|涉及|使用)?(?:资金|经费)?(?:共|合计|为|[:：])?$"
)
_NAME = re.compile("[\u4e00-\u9fff、（）]{4,20}")


def check(subject: Subject) -> Iterator[Outcome]:
    """Names of records in the narrative, each with the figures right behind it."""
    records = _records(subject.disclosure.report)
    compared = False
    whole = subject.wording.text if records else ""  # quick
    known = {name: facts for name, facts in records.items() if name in whole}  # quick
    for passage in subject.told.lines if known else ():  # quick
        here = {name: facts for name, facts in known.items() if name in passage.text}  # quick
        if not here:  # quick
            continue
        if not is_told(passage):
            continue
        for said, name, fact in _swapped(passage, here):
            compared = True
            year = year_of(passage, said, subject.disclosure.report)
            if fact is None or year != subject.disclosure.key.year:
                yield Outcome(RULE)
                continue
            words = {
                "label": name,
                "printed": said.text,
                "column": fact.column,
                "recomputed": str(fact.figure),
            }
            at, address = passage.place(said.start), sentence_address(said.text, address_part(name))
            finding = Finding(
                RULE,
                at,
                words,
                (fact.at,),
                address,
                said.text,
                str(fact.figure),
                length=len(said.text),
            )
            yield Outcome(RULE, finding=finding)
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有说清单里的记录", "no record is told of"))


def _records(report: Report) -> dict[str, list[Fact]]:
    """The figures of each record of a list, by the words that name it; names of two are out."""
    found: dict[str, list[Fact]] = {}
    twice = set()
    for table in report.tables:
        if table.form.kind != "list" or names_people(table.form):
            continue
        for line in table.lines:
            name = next((c.text for c in line.cells if _NAME.fullmatch(c.text)), "")
            facts = [c.fact for c in line.cells if c.fact is not None]
            if name and facts:
                if name in found:
                    twice.add(name)
                found[name] = facts
    return {name: facts for name, facts in found.items() if name not in twice}


def _swapped(
    passage: Passage, records: dict[str, list[Fact]]
) -> Iterator[tuple[Said, str, Fact | None]]:
    """Figures behind a name, and the fact whose digits each has in another order, if none agrees."""
    name, end = "", -1
    for said in passage.figures:
        low = passage.clause(said.start)[0]
        before = passage.text[low : said.start]
        if said.start != end:  # 农村低保210人80.64万元: the second figure follows the first
            bare = _FILLING.sub("", before)
            name = next((n for n in records if before.endswith(n) or bare.endswith(n)), "")
        figure = said.figure
        end = said.end
        if not name or figure is None or said.about or said.linked:
            continue
        facts = records[name]
        differ = not any(figure.agrees_with(f.figure) for f in facts)
        yield said, name, next((f for f in facts if differ and _alike(figure, f.figure)), None)


def _alike(one: Figure, other: Figure) -> bool:
    """Two neighbouring digits changed places, in one unit."""
    a, b = (re.sub("[^0-9]", "", f.text) for f in (one, other))
    if len(a) != len(b) or len(a) < 3 or one.unit != other.unit:
        return False
    off = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return (
        len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    )
