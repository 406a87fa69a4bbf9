"""A report's facts and findings as rows for files: tidy CSV, rows of a workbook, JSON, a database.

Rows are made once a report. CSV is UTF-8 with BOM and CRLF for Chinese Excel, guarded against
formulas; in workbooks and JSON nothing is guarded, for nothing there is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring

from site_builder.check import Checked
from site_builder.library import Disclosure
from site_builder.open_data.fields import FACTS, FINDINGS, Field
from site_builder.open_data.xlsx import cells_of, number_cell, record_row, text_cell
from site_builder.output.json import write_json

BOM = "\ufeff"
FACT_COLUMNS = tuple(field.name for field in FACTS)
Row = tuple[str, ...]
# The first columns are those of the report: the same in all rows of one.
FACTS_SAME, FINDINGS_SAME = 7, 6
# What is left out of a fact in JSON: it stands in `report`.
_IN_REPORT = FACT_COLUMNS[:FACTS_SAME]


@dataclass(frozen=True)
class ReportRows:
    """One report as rows of text in the order of `fields.FACTS` and `fields.FINDINGS`."""

    facts: tuple[Row, ...]
    findings: tuple[Row, ...]


def report_rows(disclosure: Disclosure, checked: Checked) -> ReportRows:
    """The rows of one report."""
    return ReportRows(tuple(_facts(disclosure, checked)), tuple(_findings(disclosure, checked)))


def _of_report(disclosure: Disclosure) -> Row:
    return (
        str(disclosure.key),
        str(disclosure.county.name),
        str(disclosure.county.code),
        str(disclosure.town.name),
        str(disclosure.town.code),
    )


def _facts(disclosure: Disclosure, checked: Checked) -> Iterator[Row]:
    marked: dict[str, list[str]] = {}
    for finding in checked.findings:
        marked.setdefault(finding.address, []).append(finding.rule.id)
    report = disclosure.report
    captions = {t.form.address: str(t.form.caption) for t in report.tables}
    head = (*_of_report(disclosure), str(disclosure.town.credit_code), str(report.key.year))
    for fact in report.facts:
        figure = fact.figure
        yield (
            *head,
            captions[fact.table],
            fact.row,
            fact.column,
            fact.concept,
            fact.basis,
            str(fact.year),
            fact.subject,
            figure.text,
            f"{figure.amount:f}",
            figure.unit,
            figure.about,
            fact.address,
            str(fact.at),
            " ".join(marked.get(fact.address, ())),
        )


def _findings(disclosure: Disclosure, checked: Checked) -> Iterator[Row]:
    head = (*_of_report(disclosure), str(disclosure.key.year))
    for number, finding in enumerate(checked.findings, 1):
        answer = finding.acknowledged
        yield (
            *head,
            str(number),
            finding.rule.id,
            finding.level,
            finding.address,
            finding.printed,
            finding.recomputed,
            finding.difference,
            finding.formula,
            finding.message(),
            str(finding.at),
            answer.explanation if answer else "",
            answer.date.isoformat() if answer else "",
            answer.until.isoformat() if answer else "",
        )


# -- CSV -------------------------------------------------------------------------------------


def guarded(text: str) -> str:
    """A cell that no spreadsheet will run as a formula: `= + - @` at its head get an apostrophe.

    Numbers keep their minus sign: they are figures, not formulas.
    """
    if text[:1] in (
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
    ) and not _is_number(text):
        return "'" + text
    return text


_AT_HEAD = re.compile(",[-=+@＝＋－＠ ]")  # a cell that may be guarded, or is quoted for its space


def _is_number(text: str) -> bool:
    body = text[1:] if text[:1] == "-" else text
    return body.replace(".", "", 1).isdigit() and body.isascii()


@lru_cache(maxsize=65536)
def _csv_cell(text: str) -> str:
    said = guarded(text)
    if any(c in said for c in ',"\r\n') or said[:1] == " " or said[-1:] == " ":
        return '"' + said.replace('"', '""') + '"'
    return said


def csv_line(cells: Sequence[str]) -> str:
    """Cells as a line of CSV, guarded; most need nothing of the kind and are only joined."""
    line = ",".join(cells)
    if (
        line.isprintable()
        and line.count(",") == len(cells) - 1
        and '"' not in line
        and not _AT_HEAD.search(f",{line}")
        and " ," not in line
        and line[-1:] != " "
    ):
        return line
    return ",".join(map(_csv_cell, cells))


def csv_head(fields: Iterable[Field]) -> str:
    """The byte-order mark and the line of names."""
    return BOM + ",".join(field.name for field in fields) + "\r\n"


def csv_rows(rows: Sequence[Row], same: int = 0) -> str:
    """Rows as CSV lines, without a head; the first `same` cells are those of the first row in all."""
    head = "".join([_csv_cell(cell) + "," for cell in rows[0][:same]]) if rows else ""
    return "".join([f"{head}{csv_line(one[same:])}\r\n" for one in rows])


def facts_csv(disclosures: Iterable[tuple[Disclosure, Checked]]) -> str:
    """One line a fact; `printed` is the text as published, `value` its exact number in `unit`."""
    rows = [one for disclosure, checked in disclosures for one in _facts(disclosure, checked)]
    return csv_head(FACTS) + csv_rows(rows)


# -- workbooks -------------------------------------------------------------------------------


def sheet_rows(fields: Sequence[Field], rows: Sequence[Row], same: int = 0) -> list[str]:
    """Rows of a workbook: numbers as numbers, everything else, codes too, as text.

    The first `same` cells are those of the first row in all.
    """
    numbers = [f.type in ("number", "integer") for f in fields]
    if not rows:
        return []
    head = cells_of(
        number_cell(cell) if number else text_cell(cell)
        for cell, number in zip(rows[0][:same], numbers, strict=False)
    )
    places = tuple(n for n, number in enumerate(numbers[same:]) if number)
    return [record_row(one[same:], places, head, same) for one in rows]


# -- JSON ------------------------------------------------------------------------------------


def report_json(disclosure: Disclosure, rows: ReportRows) -> str:
    """One report as a JSON object: {"report": {…}, "facts": [{…}], "findings": [{…}]}.

    Numbers are written with the digits that were printed; blank fields are left out.
    """
    heading = disclosure.report.heading
    report = {
        "report": str(disclosure.key),
        "title": str(heading.title),
        "unit": str(heading.unit),
        "county": str(disclosure.county.name),
        "county_code": str(disclosure.county.code),
        "town": str(disclosure.town.name),
        "town_code": str(disclosure.town.code),
        "credit_code": str(disclosure.town.credit_code),
        "fiscal_year": disclosure.key.year,
        "form": str(disclosure.report.form.title),
        "date": heading.date.isoformat() if heading.date else "",
        "published": heading.published.isoformat() if heading.published else "",
        "source": str(heading.source),
    }
    head = json.dumps({k: v for k, v in report.items() if v != ""}, ensure_ascii=False)
    facts = ",\n".join(_json_rows(FACTS, rows.facts, _IN_REPORT))
    found = ",\n".join(_json_rows(FINDINGS, rows.findings, _IN_REPORT))
    return f'{{"report":{head},\n"facts":[\n{facts}],\n"findings":[\n{found}]}}'


def _json_rows(
    fields: Sequence[Field], rows: Iterable[Row], without: Sequence[str]
) -> Iterator[str]:
    wanted = [
        (place, f'"{field.name}":', field.type in ("number", "integer"))
        for place, field in enumerate(fields)
        if field.name not in without
    ]
    for one in rows:
        yield "{" + ",".join([
            name + (one[place] if bare else encode_basestring(one[place]))
            for place, name, bare in wanted
            if one[place]
        ]) + "}"  # fmt: skip


def findings_json(checked: Checked) -> str:
    """The findings of one report, as `check --format json` prints them."""
    return write_json(checked.findings)
