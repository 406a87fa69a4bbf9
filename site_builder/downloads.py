"""Facts and findings as files to download: tidy CSV, guarded against formulas; JSON of findings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from site_builder.check import Checked
from site_builder.library import Disclosure
from site_builder.output.json import write_json

FACT_COLUMNS = (
    "county", "county_code", "town", "town_code", "credit_code", "fiscal_year", "table", "row",
    "column", "concept", "basis", "describes_year", "subject", "printed", "value", "unit",
    "approximate", "address", "source", "findings",
)  # fmt: skip


def guarded(text: str) -> str:
    """A cell that no spreadsheet will run as a formula: `= + - @` at its head get an apostrophe.

    Numbers keep their minus sign: they are figures, not formulas.
    """
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    body = text[1:] if text[:1] == "-" else text
    return body.replace(".", "", 1).isdigit() and body.isascii()


def facts_csv(disclosures: Iterable[tuple[Disclosure, Checked]]) -> str:
    """One line a fact, UTF-8 with BOM and CRLF for Chinese Excel; units stand in a column.

    `printed` is the text as published, `value` its exact number in `unit`; codes are text.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(FACT_COLUMNS)
    for disclosure, checked in disclosures:
        marked: dict[str, list[str]] = {}
        for finding in checked.findings:
            marked.setdefault(finding.address, []).append(finding.rule.id)
        report = disclosure.report
        captions = {t.form.address: t.form.caption for t in report.tables}
        for fact in report.facts:
            row = (
                disclosure.county.name,
                disclosure.county.code,
                disclosure.town.name,
                disclosure.town.code,
                disclosure.town.credit_code,
                str(report.key.year),
                captions[fact.table],
                fact.row,
                fact.column,
                fact.concept,
                fact.basis,
                str(fact.year),
                fact.subject,
                fact.figure.text,
                f"{fact.figure.amount:f}",
                fact.figure.unit,
                fact.figure.about,
                fact.address,
                str(fact.at),
                " ".join(marked.get(fact.address, [])),
            )
            writer.writerow([guarded(str(cell)) for cell in row])
    return out.getvalue()


def findings_json(checked: Checked) -> str:
    """The findings of one report, as `check --format json` prints them."""
    return write_json(checked.findings)
