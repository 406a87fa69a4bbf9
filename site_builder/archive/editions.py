"""Seal, correct and withdraw: the three acts that make an entry in a county's ledger, each whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import __version__
from site_builder.archive import judged
from site_builder.archive.archive_settings import ArchiveSettings
from site_builder.archive.edition_pdf import Sealing, edition_pdfs, setting_of
from site_builder.archive.ledger import (
    EDITIONS,
    KEY,
    LEDGER,
    Entry,
    Ledger,
    SealedFile,
    file_of,
    one_line,
)
from site_builder.archive.one_step import alone, change
from site_builder.archive.personal_acts import REASON, TITLE, UNIT, WHO, against_acting, in_settings
from site_builder.archive.refused import (
    UNREADABLE,
    Refused,
    against_sealing,
    personal_comment,
    why_not,
)
from site_builder.archive.sealed import (
    DECREES,
    FACTS,
    FINDINGS,
    facts_lines,
    sealed_library,
    sealed_report,
    sources_of,
)
from site_builder.archive.statement import Difference, differences, digest_of, statement
from site_builder.check import Checked, check_disclosure, check_library
from site_builder.finding import Finding, ReportKey, Words, hushed
from site_builder.library import (
    REPORTS,
    Disclosure,
    Library,
    county_folders,
    read_county,
    read_decreed,
    read_disclosure,
    report_files,
)
from site_builder.page import pdf_name
from site_builder.refusal import Refusal
from site_builder.rules.years.edition_changed import RULE as CHANGED
from site_builder.tree import write_if_changed

TOOL = f"site-builder {__version__}"


class EditionError(Refusal):
    """An act that cannot be done as asked."""


class PersonalError(EditionError):
    """An act whose own words hold something personal."""


@dataclass(frozen=True)
class Act:
    """When, by whom and why; `pdfs` says whether PDFs are made and sealed, by how many `jobs`.

    `progress` gets the title of each report whose PDF is set.
    """

    date: datetime.date
    who: str = ""
    reason: str = ""
    pdfs: bool = True
    jobs: int = 0
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Done:
    """What came of it: entries made, reports that were sealed already and are unchanged, refusals."""

    entries: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()


Ask = Callable[[Sequence[Difference]], str]


def chosen(root: Path, names: Iterable[str], year: int | None = None) -> list[ReportKey]:
    """The reports meant by county, county/town or county/town/year; of `year` only where it is given.

    EditionError for a name that means none.
    """
    every = list(_all_keys(root))
    found: set[ReportKey] = set()
    for name in names:
        wanted = name.strip("/").split("/")
        mine = [k for k in every if str(k).split("/")[: len(wanted)] == wanted]
        if not mine:
            raise EditionError(
                f"没有这样的报告：{name}（写成 县/镇/年，如 miluo/guiyi/2022）",
                f"no such report: {name} (write county/town/year, like miluo/guiyi/2022)",
            )
        found.update(mine)
    return sorted(k for k in found if year is None or k.year == year)


def _all_keys(root: Path) -> Iterator[ReportKey]:
    for folder in county_folders(root):
        for path in report_files(root, folder):
            match = KEY.fullmatch(path.relative_to(root / REPORTS).with_suffix("").as_posix())
            if match:
                yield ReportKey(match[1], match[2], int(match[3]))


# -- seal ------------------------------------------------------------------------------------


def seal(root: Path, keys: Iterable[ReportKey], act: Act) -> Done:
    """Seal what passes the gate; a county's editions appear all at once."""
    _nothing_personal({WHO: act.who})
    by_county: dict[str, list[ReportKey]] = {}
    for key in sorted(set(keys)):
        by_county.setdefault(key.county, []).append(key)
    done = Done()
    for county, mine in by_county.items():
        one = _seal_county(root, county, mine, act)
        done = Done(
            (*done.entries, *one.entries),
            (*done.unchanged, *one.unchanged),
            (*done.refused, *one.refused),
        )
    return done


def _seal_county(root: Path, county: str, keys: Sequence[ReportKey], act: Act) -> Done:
    with alone(root / EDITIONS):
        library = _read(root, county)
        ledger = library.ledgers.get(county) or Ledger(county)
        _in_time(ledger, act)
        run = check_library(library, act.date)
        unchanged: list[Entry] = []
        refused: list[Refused] = []
        sealings: list[Sealing] = []
        there = {d.key: d for d in library.disclosures}
        for key in keys:
            current, gone = ledger.current(key), ledger.withdrawn(key)
            mine = [f for f in run.open if f.report == key]
            if gone is not None:
                why = Words(
                    f"已于 {gone.date} 撤回；要重新公开，请运行 site-builder correct {key} --reason …",
                    f"withdrawn on {gone.date}; to publish it again run site-builder correct {key} --reason …",
                )
                refused.append(Refused(key, why))
            elif key not in there:
                path = f"{REPORTS.as_posix()}/{key}.yaml"
                broken = [f for f in library.findings if f.at.file == path or f.report == key]
                refused.append(Refused(key, UNREADABLE, tuple(broken)))
            elif current is not None and any(f.rule is CHANGED for f in mine):
                why = Words(
                    f"已封存第{current.edition}版，之后有改动；要更正，请运行 site-builder correct {key} --reason …",
                    f"changed since edition {current.edition} was sealed; to correct it run "
                    f"site-builder correct {key} --reason …",
                )
                refused.append(Refused(key, why, tuple(f for f in mine if f.rule is CHANGED)))
            elif current is not None:
                unchanged.append(current)
            elif against := against_sealing(mine):
                refused.append(Refused(key, why_not(against), against))
            elif comment := personal_comment(root, there[key]):
                refused.append(Refused(key, comment))
            elif personal := _personal_head(there[key]):
                refused.append(Refused(key, personal))
            else:
                sealings.append(_sealing(there[key], run.reports[key], library, act, "封存"))
        entries = _write(root, library, ledger, sealings, act)
        return Done(entries, tuple(unchanged), tuple(refused))


def _nothing_personal(words: dict[str, str]) -> None:
    """PersonalError where the words of an act, by their name in the ledger, hold something personal."""
    why = against_acting(words)
    if why is not None:
        raise PersonalError(*why)


def _personal_head(disclosure: Disclosure) -> Words | None:
    """What of a report stands in the ledger is refused even where its finding is explained."""
    heading = disclosure.report.heading
    return against_acting({TITLE: heading.title, UNIT: heading.unit})


def _read(root: Path, county: str) -> Library:
    """The county; EditionError where the ledger, or what is decreed, cannot be relied on."""
    decreed = read_decreed(root)
    library = read_county(decreed, county)
    broken = [f for f in library.findings if f.rule.id == "ledger-broken"]
    said_of = hushed([*decreed.findings, *in_settings(decreed)])
    broken += [f for f in said_of if f.level == "error" and not f.secret]
    if broken:
        said = ("；".join(f"{f.at} {f.message(lang)}" for f in broken[:3]) for lang in ("zh", "en"))
        raise EditionError(*said)
    if (root / EDITIONS / county).is_dir() and not (root / EDITIONS / county / LEDGER).exists():
        name = f"{EDITIONS.as_posix()}/{county}/{LEDGER}"
        raise EditionError(
            f"封存账不见了：{name}，请先恢复", f"the ledger has gone: restore {name}"
        )
    return library


def _in_time(ledger: Ledger, act: Act) -> None:
    if ledger.entries and act.date < ledger.entries[-1].date:
        last = ledger.entries[-1].date.isoformat()
        date = act.date.isoformat()
        raise EditionError(
            f"日期 {date} 早于账上最后一条（{last}）",
            f"{date} is before the ledger's last entry ({last})",
        )


# -- correct ---------------------------------------------------------------------------------


def correct(root: Path, key: ReportKey, act: Act, ask: Ask) -> Done:
    """Make the next edition of a sealed report that was changed; `ask` sees the changes, gives the reason.

    Nothing changed gives no entry, but for a report that was withdrawn: it is published again.
    EditionError where there is nothing to correct, or no reason.
    """
    _nothing_personal({WHO: act.who})
    with alone(root / EDITIONS):
        library = _read(root, key.county)
        ledger = library.ledgers.get(key.county) or Ledger(key.county)
        _in_time(ledger, act)
        editions = ledger.editions(key)
        if not editions:
            raise EditionError(
                f"{key} 还没有封存，请直接修改后运行 site-builder seal {key}",
                f"{key} is not sealed: change it, then run site-builder seal {key}",
            )
        last, back = editions[-1], ledger.withdrawn(key) is not None
        found: list[Finding] = []
        path = root / REPORTS / f"{key}.yaml"
        live = read_disclosure(library, path, found)
        if live is None:
            return Done(refused=(Refused(key, UNREADABLE, tuple(found)),))
        others = tuple(d for d in library.disclosures if d.key != key)
        every = tuple(sorted((*others, live), key=lambda d: d.key))
        around = replace(library, disclosures=every)
        checked = check_disclosure(live, around, act.date)
        # What is said of the ledger this act does not make worse, and cannot mend.
        own = [f for f in checked.findings if f.at.file != file_of(key.county)]
        own = [f for f in own if f.rule is not CHANGED]
        checked = replace(checked, findings=tuple(own))
        open_ = [*found, *(f for f in own if f.acknowledged is None)]
        if against := against_sealing(open_):
            return Done(refused=(Refused(key, why_not(against), against),))
        if comment := personal_comment(root, live):
            return Done(refused=(Refused(key, comment),))
        if personal := _personal_head(live):
            return Done(refused=(Refused(key, personal),))
        sealed = sealed_report(library, last)
        if sealed is None:
            raise EditionError(
                f"第{last.edition}版的文件读不出来，请先运行 site-builder verify {key}",
                f"the files of edition {last.edition} cannot be read: run site-builder verify {key}",
            )
        changed = differences(statement(sealed), statement(live))
        if not changed and not back:
            return Done(unchanged=(last,))
        reason = one_line(ask(changed))
        if not reason:
            raise EditionError(
                "更正要写明理由：--reason “…”，没有写入任何内容",
                "a correction needs a reason: --reason “…”; nothing was written",
            )
        _nothing_personal({REASON: reason})
        why = replace(act, reason=reason)
        sealing = _sealing(live, checked, library, why, "更正", last, changed)
        return Done(_write(root, library, ledger, [sealing], why))


# -- withdraw --------------------------------------------------------------------------------


def withdraw(root: Path, key: ReportKey, act: Act) -> Entry:
    """Withdraw a sealed report: its page stays, with the reason; its figures go. EditionError if not sealed."""
    _nothing_personal({REASON: act.reason, WHO: act.who})
    with alone(root / EDITIONS):
        library = _read(root, key.county)
        ledger = library.ledgers.get(key.county) or Ledger(key.county)
        _in_time(ledger, act)
        current = ledger.current(key)
        if current is None:
            raise EditionError(
                f"{key} 没有在公开的封存版，不能撤回",
                f"{key} has no edition in force that could be withdrawn",
            )
        reason = one_line(act.reason)
        if not reason:
            raise EditionError(
                "撤回要写明理由：--reason “…”，没有写入任何内容",
                "a withdrawal needs a reason: --reason “…”; nothing was written",
            )
        entry = Entry(
            0, "撤回", key, current.edition, act.date, current.title, current.unit, TOOL,
            act.who, reason,
        )  # fmt: skip
        ledger = ledger.with_(entry)
        change(root / EDITIONS / key.county, {LEDGER: ledger.written()})
        return ledger.entries[-1]


# -- writing ---------------------------------------------------------------------------------


def _sealing(
    disclosure: Disclosure,
    checked: Checked,
    library: Library,
    act: Act,
    kind: str,
    last: Entry | None = None,
    changed: Sequence[Difference] = (),
) -> Sealing:
    """A report as it is about to be sealed; EditionError when its files change under our hands."""
    key = disclosure.key
    sources = sources_of(disclosure, library.root)
    found: list[Finding] = []
    again = sealed_library(library, key, sources.files, found).disclosures
    content = digest_of(statement(disclosure))
    if not again or digest_of(statement(again[0])) != content:
        raise EditionError(
            f"{key} 的文件刚刚被改动，没有封存，请重新运行",
            f"the files of {key} changed just now; nothing was sealed, run it again",
        )
    files = sources.files | {FACTS: facts_lines(again[0]), FINDINGS: judged.written(checked)}
    edition = last.edition + 1 if last else 1
    entry = Entry(
        0,
        "更正" if kind == "更正" else "封存",
        key,
        edition,
        act.date,
        one_line(disclosure.report.heading.title),
        one_line(disclosure.report.heading.unit),
        TOOL,
        one_line(act.who),
        one_line(act.reason),
        facts=len(disclosure.report.facts),
        findings=len(checked.findings),
        errors=sum(f.level == "error" for f in checked.findings),
        content=content,
        changes=tuple(one.changed for one in changed),
    )
    return Sealing(replace(entry, files=tuple(_named(entry, files))), files)


def _named(entry: Entry, files: dict[str, bytes]) -> Iterator[SealedFile]:
    """The files as the ledger names them: an edition's own, then the decrees that it shares."""
    for name in sorted(files, key=lambda n: (n.startswith(DECREES), n)):
        place = name if name.startswith(DECREES) else f"{entry.folder}/{name}"
        if re.search(r"\s", place):
            raise EditionError(
                f"表单或口径的文件名里有空格：{name}，请先改名",
                f"a blank in the name of a form or profile: rename {name}",
            )
        yield SealedFile(hashlib.sha256(files[name]).hexdigest(), place)


def _write(
    root: Path, library: Library, ledger: Ledger, sealings: Sequence[Sealing], act: Act
) -> tuple[Entry, ...]:
    """Set the PDFs, then put files and ledger in place in one step; the entries made."""
    if not sealings:
        return ()
    county = ledger.county
    pdfs = edition_pdfs(library, ledger, sealings, act.jobs, act.progress) if act.pdfs else {}
    files: dict[str, bytes] = {}
    before = len(ledger.entries)
    for one in sealings:
        entry = one.entry
        for file in entry.files:
            files[file.name] = one.files[file.name.removeprefix(f"{entry.folder}/")]
        if (pdf := pdfs.get(entry.key)) is not None:
            name = f"{entry.folder}/{pdf_name(entry.key)}"
            sealed = SealedFile(hashlib.sha256(pdf).hexdigest(), name)
            entry = replace(entry, files=(*entry.files, sealed), setting=setting_of(library))
            _put_pdf(root, library.archive, county, name, pdf, files)
        ledger = ledger.with_(entry)
    files[LEDGER] = ledger.written()
    change(root / EDITIONS / county, files)
    return ledger.entries[before:]


def _put_pdf(
    root: Path,
    settings: ArchiveSettings,
    county: str,
    name: str,
    pdf: bytes,
    files: dict[str, bytes],
) -> None:
    """With the other files, or in a folder of its own: there it counts only once the ledger names it."""
    if settings.beside(root):
        files[name] = pdf
    else:
        write_if_changed(settings.pdf(root, county, name), pdf)
