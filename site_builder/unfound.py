"""Why a link of a narrative finds no figure: the key of the data that was misspelt or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder import reading_rules as rules
from site_builder.concepts import basis_named
from site_builder.finding import Finding, instead
from site_builder.forms import TableForm, address_of
from site_builder.place import Place
from site_builder.report import Report
from site_builder.slots import Slot, fields_of, rows_of


def cause_of(
    target: str, report: Report, found: Iterable[Finding]
) -> tuple[dict[str, str], tuple[Place, ...]]:
    """Words for what makes `target` dead, and where it is; none where nothing found in the data does.

    The form has a place for it, and the table or the line of that place is not in the data: then the
    link is right, and what it means is under another name there.
    """
    meant: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.at.file == report.file and finding.rule in (rules.UNKNOWN_KEY, rules.MISSING):
            of_key = "meant" if finding.rule is rules.UNKNOWN_KEY else "key"
            name = finding.words.get(of_key, "").rpartition(".")[2]
            meant.setdefault(name, []).append(finding)
    for name in _names(target, report) if meant else ():
        causes = meant.get(name, [])
        if len(causes) == 1:
            return _said(name, causes[0])
    return {}, ()


def _said(name: str, cause: Finding) -> tuple[dict[str, str], tuple[Place, ...]]:
    spot = f"{cause.at.file}:{cause.at.line}"
    wrong, wrong_en = (
        ("写错了", "is misspelt") if "meant" in cause.words else ("缺少", "is missing")
    )
    return {
        "guess_zh": f"；多半是因为 {spot} {wrong}“{name}”",
        "guess_en": f"; probably because “{name}” {wrong_en} at {spot}",
        **instead(
            "请先改正那一处；这里的链接多半不用改", "mend that first; the link is probably right"
        ),
    }, (cause.at,)


def _names(target: str, report: Report) -> Iterator[str]:
    """The keys under which the form has what `target` means: tables, then lines and columns."""
    address = address_of(target)
    there = {table.form.address for table in report.tables}
    for form in report.form.tables:
        if f"{address}.".startswith(f"{form.address}.") and form.address not in there:
            yield form.key
    for form in report.form.tables:
        for slot in _slots(form):
            if _means(slot, address):
                yield from (slot.row, *slot.path) if form.address in there else (form.key,)


def _slots(form: TableForm) -> Iterator[Slot]:
    for _, slots in rows_of(form):
        yield from slots
    yield from fields_of(form).values()


def _means(slot: Slot, address: str) -> bool:
    concept, _, basis = address.partition(".")
    return f".{slot.address}".endswith(f".{address}") or (
        slot.concept == concept and slot.basis == basis_named(basis)
    )
