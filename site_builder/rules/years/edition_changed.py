"""已封存的报告被改动: a sealed report that states something otherwise than its edition, and no correction says so."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.archive.ledger import Entry, file_of
from site_builder.archive.sealed import as_sealed, sealed_report
from site_builder.archive.statement import Difference, differences, statement
from site_builder.finding import Finding, Rule, Words
from site_builder.library import Disclosure
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "sealed-changed",
    "error",
    Words("已封存的报告被改动", "Sealed report changed"),
    Words(
        "{report}已于{date}封存为第{edition}版，“{place}”{what}",
        "{report} was sealed on {date} as edition {edition}; “{place}” {what_en}",
    ),
    Words(
        "改错了就改回原样；确要更正，运行 site-builder correct {report} --reason …，会留下第{next}版和更正说明",
        "write it as it was; or run site-builder correct {report} --reason …, which makes edition "
        "{next} and a public notice",
    ),
    Words(
        "公开过的数不能悄悄改：改动要有理由、有日期，新旧两个数都让人看得到。",
        "What was published is not changed in silence: a correction has a reason, a date, and both "
        "values to be seen.",
    ),
    "政府信息公开条例第六条（及时、准确）",
    form=True,
)
_NOT_SEALED = Words("还没有封存", "not sealed")
_UNKNOWN = Words("封存账不能读到底", "the ledger cannot be read to its end")
LONGEST = 60  # characters of a sentence that a message quotes


def check(subject: Subject) -> Iterator[Outcome]:
    """What the report states against the edition in force."""
    mine, library = subject.disclosure, subject.library
    ledger = library.ledger_of(mine.key)
    if ledger.broken:  # what is in force may stand behind the fault, which is said there
        yield Outcome(RULE, reason=_UNKNOWN)
        return
    entry = ledger.current(mine.key)
    if entry is None:
        yield Outcome(RULE, reason=_NOT_SEALED)
        return
    if as_sealed(mine.key, library, entry):  # quick
        yield Outcome(RULE)
        return
    sealed = sealed_report(library, entry)
    if sealed is None:
        yield Outcome(RULE, finding=_lost(mine, entry))
        return
    found = differences(statement(sealed), statement(mine))
    for one in found:
        yield Outcome(RULE, finding=_finding(one, mine, entry))
    if not found:
        yield Outcome(RULE)


def _finding(one: Difference, mine: Disclosure, entry: Entry) -> Finding:
    """A difference as a finding: at the new text; at the old one where nothing stands now."""
    old, new = one.changed.old, one.changed.new
    words = {
        "report": str(mine.key),
        "date": entry.date.isoformat(),
        "edition": str(entry.edition),
        "next": str(entry.edition + 1),
        "place": one.either.name,
    }
    if not old:
        words |= {
            "what": f"封存时没有，现在写的是“{_short(new)}”",
            "what_en": f"was not there: “{_short(new)}”",
        }
    elif not new:
        words |= {
            "what": f"封存时是“{_short(old)}”，现在没有了",
            "what_en": f"was “{_short(old)}” and is gone",
        }
    else:
        words |= {
            "what": f"封存时是“{_short(old)}”，现在写的是“{_short(new)}”",
            "what_en": f"was “{_short(old)}” and is “{_short(new)}”",
        }
    others = () if one.old is None else (one.old.at,)
    address = one.either.name if one.either.part in ("cell", "meaning") else ""
    printed = _short(new) if one.either.part == "cell" else ""
    return Finding(RULE, _place(one, mine), words, others, address, printed)


def _lost(mine: Disclosure, entry: Entry) -> Finding:
    """The files of the edition are not as they were sealed, so that nothing can be compared."""
    words = {
        "report": str(mine.key),
        "date": entry.date.isoformat(),
        "edition": str(entry.edition),
        "next": str(entry.edition + 1),
        "place": entry.folder,
        "what": "的封存文件不见了或被改动，无法对照，请运行 site-builder verify",
        "what_en": "has sealed files that are gone or changed: run site-builder verify",
    }
    return Finding(RULE, Place(file_of(mine.key.county), entry.line, 1), words)


def _place(one: Difference, mine: Disclosure) -> Place:
    """Where the new text stands; of what is gone, the line where it stood, in today's file."""
    if one.new is not None:
        return one.new.at
    line, part = one.either.at.line, one.either.part
    if part == "sentence":
        sections = mine.narrative.sections
        ends = (max(s.line, s.first + len(s.markdown.splitlines()) - 1) for s in sections)
        last = max(ends, default=1)
        return Place(mine.narrative.file, min(line, last), 1)
    if part == "decree":
        return Place(f"data/forms/{mine.report.form.name}.yaml", 1, 1)
    last = max((c.at.line for c in mine.report.cells.values()), default=1)
    return Place(mine.report.file, min(line, last), 1)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
