"""All facts and findings as one SQLite file, for Datasette and for whoever asks in SQL.

`value` is the exact number as text; `number` is the same for computing, worked out by SQLite when
it is asked for. Rows go in in one order, so the same inputs give the same bytes by the same SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from site_builder.library import Library
from site_builder.open_data.county_data import Record
from site_builder.open_data.fields import FACTS, FINDINGS

APPLICATION = 0x6A786767  # “jxgg”: says of the file whose it is
# The fields of a row that stand once, in `reports`.
_SAID_ONCE = ("report", "county", "county_code", "town", "town_code", "credit_code", "fiscal_year")
_FACTS = [n for n, f in enumerate(FACTS) if f.name not in _SAID_ONCE]
_FINDINGS = [n for n, f in enumerate(FINDINGS) if f.name not in _SAID_ONCE]
SCHEMA = """
CREATE TABLE counties (
  county TEXT PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL, province TEXT, prefecture TEXT
) WITHOUT ROWID;
CREATE TABLE towns (
  town TEXT PRIMARY KEY, county TEXT NOT NULL REFERENCES counties (county),
  name TEXT NOT NULL, code TEXT, credit_code TEXT
) WITHOUT ROWID;
CREATE TABLE concepts (
  concept TEXT PRIMARY KEY, unit TEXT, definition TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE reports (
  id INTEGER PRIMARY KEY, report TEXT NOT NULL UNIQUE,
  county TEXT NOT NULL REFERENCES counties (county), town TEXT NOT NULL REFERENCES towns (town),
  fiscal_year INTEGER NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL, form TEXT NOT NULL,
  date TEXT, published TEXT, source TEXT NOT NULL
);
CREATE TABLE facts (
  id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id),
  "table" TEXT NOT NULL, "row" TEXT NOT NULL, "column" TEXT,
  concept TEXT REFERENCES concepts (concept), basis TEXT, describes_year INTEGER NOT NULL,
  subject TEXT, printed TEXT NOT NULL, value TEXT NOT NULL, unit TEXT, approximate TEXT,
  address TEXT NOT NULL, source TEXT NOT NULL, findings TEXT,
  number NUMERIC GENERATED ALWAYS AS (CAST(value AS NUMERIC)) VIRTUAL
);
CREATE TABLE findings (
  id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id),
  number INTEGER NOT NULL, rule TEXT NOT NULL, level TEXT NOT NULL, address TEXT, printed TEXT,
  recomputed TEXT, difference TEXT, formula TEXT, message TEXT NOT NULL, source TEXT NOT NULL,
  explanation TEXT, explained_on TEXT, explained_until TEXT
);
"""
AFTER = """
CREATE INDEX facts_by_report ON facts (report_id);
CREATE INDEX facts_by_concept ON facts (concept, basis, describes_year);
CREATE INDEX findings_by_report ON findings (report_id);
CREATE INDEX findings_by_rule ON findings (rule);
CREATE INDEX reports_by_year ON reports (fiscal_year);
CREATE VIEW all_facts AS
  SELECT reports.report, counties.name AS county, towns.name AS town, reports.fiscal_year,
    facts."table", facts."row", facts."column", facts.concept, facts.basis, facts.describes_year,
    facts.subject, facts.printed, facts.number, facts.unit, facts.approximate, facts.address,
    facts.findings
  FROM facts JOIN reports ON reports.id = facts.report_id
    JOIN towns ON towns.town = reports.town JOIN counties ON counties.county = reports.county;
"""
_ABOUT = ("report", "county", "town", "fiscal_year", "title", "unit", "form", "date", "published",
          "source")  # fmt: skip


def write_database(path: Path, library: Library, reports: Iterable[Record]) -> None:
    """Write the file at `path` anew. A report is what `open_data` says of it, its facts, its findings.

    Blank is NULL. Of `library` only what is decreed is looked at.
    """
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as base:
        base.execute("PRAGMA page_size = 4096")
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute("BEGIN")
        for statement in filter(str.strip, SCHEMA.split(";")):
            base.execute(statement)
        _decreed(base, library)
        _reports(base, reports)
        for statement in filter(str.strip, AFTER.split(";")):
            base.execute(statement)
        base.execute("COMMIT")
    base.close()


def _decreed(base: sqlite3.Connection, library: Library) -> None:
    for slug, county in sorted(library.counties.items()):
        base.execute(
            "INSERT INTO counties VALUES (?, ?, ?, ?, ?)",
            _plain((slug, county.name, county.code, county.province, county.prefecture)),
        )
        base.executemany(
            "INSERT INTO towns VALUES (?, ?, ?, ?, ?)",
            [
                _plain((f"{slug}/{name}", slug, town.name, town.code, town.credit_code))
                for name, town in sorted(county.towns.items())
            ],
        )
    base.executemany(
        "INSERT INTO concepts VALUES (?, ?, ?)",
        [_plain((name, c.unit, c.definition)) for name, c in sorted(library.concepts.items())],
    )


def _reports(base: sqlite3.Connection, reports: Iterable[Record]) -> None:
    facts = _insert("facts", [FACTS[n].name for n in _FACTS])
    findings = _insert("findings", [FINDINGS[n].name for n in _FINDINGS])
    about = f"INSERT INTO reports VALUES (?, {', '.join('?' for _ in _ABOUT)})"
    for number, (report, its_facts, its_findings) in enumerate(reports, 1):
        key, county, town, *others = report
        base.execute(about, (number, *_plain((key, county, f"{county}/{town}", *others))))
        base.executemany(facts, [(number, *[one[n] or None for n in _FACTS]) for one in its_facts])
        base.executemany(
            findings, [(number, *[one[n] or None for n in _FINDINGS]) for one in its_findings]
        )


def _insert(table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} (report_id, {listed}) VALUES (?{', ?' * len(names)})"


def _plain(values: Iterable[str]) -> list[str | None]:
    """Text as SQLite takes it; blank is NULL."""
    return [str(value) or None for value in values]
