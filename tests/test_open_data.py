"""The downloads as whoever takes them reads them: Excel, Frictionless, SQLite, Python's zip and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from built import checked, copy_project, library
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.making import Options
from site_builder.open_data import site_data
from site_builder.open_data.data_page import size_text
from site_builder.open_data.fields import FACTS, FINDINGS
from site_builder.open_data.pieces import TooLarge, combined, joined, piece, text_of, write_zip
from site_builder.open_data.rows import csv_rows, guarded, report_json, report_rows, sheet_rows
from site_builder.open_data.table_csv import table_csvs
from site_builder.open_data.xlsx import (
    Sheet,
    column_letters,
    head_row,
    number_cell,
    row,
    text_cell,
    workbook,
)
from site_builder.page import table_files

REPORTS = {
    "changning/yintian/2022",
    "fengshun/shatian/2021",
    "miluo/guiyi/2022",
    "taojiang/daligang/2020",
    "taojiang/lucidu/2022",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built once without PDFs."""
    root = copy_project(tmp_path_factory.mktemp("data"))
    done = build(root, Options(pdfs=False), say=lambda _: None)
    assert done.published, done.problems
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return root / "site"


def records(raw: bytes) -> list[dict[str, str]]:
    """A CSV file as Excel reads it; it must have its mark and its line ends."""
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


# -- CSV and JSON ----------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), [
    ("=35.36万元", "'=35.36万元"),
    ("+1", "'+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("-12.5", "-12.5"),
    ("-12.5万元", "'-12.5万元"),
    ("\t=1", "'\t=1"),
    ("＝1", "'＝1"),
    ("24.75", "24.75"),
    ("", ""),
])  # fmt: skip
def test_a_cell_that_could_run_is_guarded(text: str, expected: str) -> None:
    """A figure with its minus sign is none."""
    assert guarded(text) == expected


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
                         min_size=2, max_size=2).map(tuple), max_size=5))  # fmt: skip
def test_any_text_comes_back_from_csv(rows: list[tuple[str, ...]]) -> None:
    """Commas, quotation marks, line ends, spaces: read back as they were, but for the guard."""
    back = list(csv.reader(io.StringIO(csv_rows(rows), newline="")))
    assert [tuple(one) for one in back] == [tuple(map(guarded, one)) for one in rows]


def test_a_report_has_every_fact_as_printed(site: Path) -> None:
    """Each fact once, its text to the letter, its value exact, its place."""
    for disclosure in library().disclosures:
        folder = site / str(disclosure.key)
        got = records((folder / "facts.csv").read_bytes())
        facts = disclosure.report.facts
        assert [r["address"] for r in got] == [f.address for f in facts]
        assert [r["printed"] for r in got] == [guarded(f.figure.text) for f in facts]
        assert [Decimal(r["value"]) for r in got] == [f.figure.amount for f in facts]
        assert [r["source"] for r in got] == [str(f.at) for f in facts]
        found = records((folder / "findings.csv").read_bytes())
        findings = checked().reports[disclosure.key].findings
        assert [r["message"] for r in found] == [guarded(f.message()) for f in findings]
        said = [f.acknowledged.explanation if f.acknowledged else "" for f in findings]
        assert [r["explanation"] for r in found] == said


def test_json_has_the_same_and_keeps_digits(site: Path) -> None:
    """20.30 stays 20.30 for a reader of decimals; what is blank is left out."""
    for disclosure in library().disclosures:
        text = (site / str(disclosure.key) / "facts.json").read_text("utf-8")
        got = json.loads(text, parse_float=Decimal, parse_int=str)
        facts = disclosure.report.facts
        assert [f["printed"] for f in got["facts"]] == [f.figure.text for f in facts]
        assert [str(f["value"]) for f in got["facts"]] == [f"{f.figure.amount:f}" for f in facts]
        assert got["report"]["report"] == str(disclosure.key)
        assert all(value != "" for one in got["facts"] for value in one.values())


def test_a_blank_is_nowhere_a_zero(site: Path) -> None:
    """Cells that the town left blank are no facts, in no file."""
    disclosure = next(d for d in library().disclosures if d.key.town == "guiyi")
    blank = {c.address for t in disclosure.report.tables for c in t.cells() if not c.text}
    assert blank
    got = records((site / "miluo/guiyi/2022/facts.csv").read_bytes())
    assert blank.isdisjoint(r["address"] for r in got)


# -- zips ------------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.binary(max_size=70_000))
def test_the_checksum_of_two_texts_follows_from_theirs(one: bytes, other: bytes) -> None:
    """As if they had been read in one go."""
    import zlib

    made = joined([piece(one), piece(other)])
    assert made.crc == zlib.crc32(one + other)
    assert made.size == len(one + other)
    assert text_of(made) == one + other
    assert combined(zlib.crc32(one), zlib.crc32(other), len(other)) == zlib.crc32(one + other)


def test_a_zip_of_pieces_is_a_zip() -> None:
    """Python's own reader agrees, name by name; what is empty is there and empty."""
    file = io.BytesIO()
    write_zip(
        file,
        {"a.txt": [piece("甲"), piece(""), piece("乙")], "b.txt": [], "c": [piece("x" * 99999)]},
    )
    with zipfile.ZipFile(file) as made:
        assert made.testzip() is None
        assert {n: made.read(n).decode() for n in made.namelist()} == {
            "a.txt": "甲乙",
            "b.txt": "",
            "c": "x" * 99999,
        }
        assert {i.date_time[:3] for i in made.infolist()} == {(1980, 1, 1)}


def test_a_zip_that_old_tools_cannot_read_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four gigabytes are the end of the format."""
    monkeypatch.setattr("site_builder.open_data.pieces.MOST", 1000)
    with pytest.raises(TooLarge):
        write_zip(io.BytesIO(), {"a": [piece("x" * 1001)]})


PLACES = {
    "miluo/guiyi/miluo-guiyi": {"miluo/guiyi/2022"},
    "taojiang/taojiang": {"taojiang/daligang/2020", "taojiang/lucidu/2022"},
    "years/2022/year-2022": {r for r in REPORTS if r.endswith("/2022")},
    "data/all": REPORTS,
}


@pytest.mark.parametrize("stem", PLACES)
def test_a_place_has_the_facts_of_its_reports_and_no_others(stem: str, site: Path) -> None:
    """Town, county, year and the whole: in CSV and JSON alike, what the reports' own files hold."""
    expected = {
        name: [
            r
            for report in sorted(PLACES[stem])
            for r in records((site / report / name).read_bytes())
        ]
        for name in ("facts.csv", "findings.csv")
    }
    with zipfile.ZipFile(site / f"{stem}.zip") as made:
        assert made.testzip() is None
        assert made.namelist() == ["facts.csv", "findings.csv", "reports.json", "datapackage.json"]
        for name, rows in expected.items():
            assert sorted(records(made.read(name)), key=str) == sorted(rows, key=str)
        got = json.loads(made.read("reports.json"))["reports"]
    assert {r["report"]["report"] for r in got} == PLACES[stem]
    assert sum(len(r["facts"]) for r in got) == len(expected["facts.csv"])
    assert sum(len(r["findings"]) for r in got) == len(expected["findings.csv"])


# -- Frictionless ----------------------------------------------------------------------------


def valid(descriptor: Path) -> dict[str, Any]:
    """The package at `descriptor`, which frictionless finds valid, data too."""
    package = Package(str(descriptor))
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])[:5]
    assert {task.stats["rows"] for task in report.tasks} == {
        one["rows"] for one in json.loads(descriptor.read_text("utf-8"))["resources"]
    }
    said: dict[str, Any] = json.loads(descriptor.read_text("utf-8"))
    return said


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_a_reports_package_is_valid(report: str, site: Path) -> None:
    """By the frictionless library: types, keys, required cells."""
    said = valid(site / report / "datapackage.json")
    types = {f["name"]: f.get("columnType") for f in said["resources"][0]["schema"]["fields"]}
    assert types["fiscal_year"] == "date:fiscal-year"
    assert types["value"] == "value"
    assert types["basis"] == "phase:id"


@pytest.mark.parametrize("stem", PLACES)
def test_a_places_package_is_valid(stem: str, site: Path, tmp_path: Path) -> None:
    """Unpacked, as an analyst does it."""
    with zipfile.ZipFile(site / f"{stem}.zip") as made:
        made.extractall(tmp_path)
    valid(tmp_path / "datapackage.json")


def test_a_wrong_figure_would_make_a_package_invalid(site: Path, tmp_path: Path) -> None:
    """The test above can fail: a word in a column of numbers, a fact twice."""
    shutil.copytree(site / "miluo/guiyi/2022", tmp_path / "x")
    path = tmp_path / "x" / "facts.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([*lines[:-1], lines[1], b""]))
    assert not Package(str(tmp_path / "x" / "datapackage.json")).validate().valid


def test_every_field_is_explained_on_the_page(site: Path) -> None:
    """In both languages, from the same list as the files."""
    html = (site / "data/index.html").read_text("utf-8").replace("<wbr>", "")
    for field in (*FACTS, *FINDINGS):
        assert f"<code>{field.name}</code>" in html
        assert escape(field.says.zh) in html
    assert len({f.name for f in FACTS}) == len(FACTS)


def test_the_page_leads_to_every_download_above_a_town(site: Path) -> None:
    """Each with its size; none that is not there, none left out."""
    html = (site / "data/index.html").read_text("utf-8")
    found = dict(re.findall(r'<a href="\.\./([^"]+)" download>(?:[^<]*<br><small>)?([^<]+)<', html))
    stems = ["data/all", "miluo/miluo", "taojiang/taojiang", "changning/changning"]
    stems += ["fengshun/fengshun", *(f"years/{y}/year-{y}" for y in (2020, 2021, 2022))]
    expected = {f"{stem}.{ending}" for stem in stems for ending in ("xlsx", "zip")}
    assert set(found) == expected | {"data/all.sqlite"}
    assert found == {name: size_text((site / name).stat().st_size) for name in found}


# -- workbooks -------------------------------------------------------------------------------


def test_a_report_as_a_workbook(site: Path) -> None:
    """The printed tables one by one, then facts and findings; figures are numbers as they were written."""
    book = openpyxl.load_workbook(site / "miluo/guiyi/2022/miluo-guiyi-2022.xlsx")
    disclosure = next(d for d in library().disclosures if d.key.town == "guiyi")
    printed = [t for t in disclosure.report.tables if not t.form.in_prose]
    assert len(book.sheetnames) == len(printed) + 2
    assert book.sheetnames[-2:] == ["数据", "核对发现"]
    sheet = book["经费控制情况"]
    rows = list(sheet.iter_rows(min_row=2, max_row=4))
    assert [c.value for c in rows[0]][1:] == ["2021年决算数", "2022年预算数", "2022年决算数"]
    assert [c.value for c in rows[1]] == ["“三公”经费", 27.5, 25, 24.75]
    assert rows[1][1].number_format == "0.0"
    assert rows[2][1].value is None  # blank, not 0
    facts = list(book["数据"].iter_rows(min_row=2, values_only=True))
    assert [r[14] for r in facts] == [f.figure.text for f in disclosure.report.facts]
    values = [Decimal(str(r[15])) for r in facts]
    assert values == [f.figure.amount for f in disclosure.report.facts]
    assert {type(r[2]) for r in facts} == {str}  # a code is text


def test_merged_heads_are_merged(site: Path) -> None:
    """Some form of the five has heads of two rows; they stand as printed."""
    merged = 0
    for path in site.rglob("*-20*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for area in sheet.merged_cells.ranges:
                assert sheet.cell(area.min_row, area.min_col).value
                merged += 1
    assert merged > 10


@pytest.mark.parametrize("stem", PLACES)
def test_a_place_as_a_workbook(stem: str, site: Path) -> None:
    """A row a fact, a row a finding, with a filter over all of them."""
    book = openpyxl.load_workbook(site / f"{stem}.xlsx")
    facts = sum(len(d.report.facts) for d in library().disclosures if str(d.key) in PLACES[stem])
    assert book["数据"].max_row == facts + 1
    assert book["数据"].auto_filter.ref == f"A1:U{facts + 1}"
    assert book["数据"].freeze_panes == "A2"


def test_nothing_in_a_workbook_is_a_formula() -> None:
    """Nor does a character that XML cannot hold, or a long text, spoil it."""
    lines = [
        row([text_cell(t)]) for t in ("=1+1", "@SUM(A1)", "a\x01b", "<&>", " 甲 ", "长" * 40_000)
    ]
    file = io.BytesIO()
    write_zip(file, workbook([Sheet("表/[1]'", [lines], head=0)], "题"))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet.title == "表1"
    values = [one[0] for one in sheet.iter_rows(values_only=True)]
    assert values[:5] == ["=1+1", "@SUM(A1)", "a�b", "<&>", " 甲 "]
    assert len(str(values[5])) == 32_767
    assert {c.data_type for (c,) in sheet.iter_rows()} <= {"s", "inlineStr", "f"} - {"f"}


@pytest.mark.parametrize(("text", "inside"), [
    ("11,122,315.04", "<v>11122315.04</v>"),
    ("24.75", "<v>24.75</v>"),
    ("11,22", 't="str"><v>11,22</v>'),
    ("4753.66万元", 't="str"><v>4753.66万元</v>'),
])  # fmt: skip
def test_a_printed_number_can_be_added_up_in_a_sheet(text: str, inside: str) -> None:
    """Commas between thousands do not make it words; a unit does."""
    assert inside in number_cell(text)


def test_every_cell_says_its_place(site: Path) -> None:
    """Excel does without, Gnumeric does not."""
    with zipfile.ZipFile(site / "taojiang/taojiang.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row r=\"(\d+)\">(.*?)</row>", sheet, re.S)
    assert [int(number) for number, _ in rows] == list(range(1, 308))
    for number, cells in rows:
        places = re.findall(r"<c ([^>]*?)/?>", cells)
        assert all(re.match(rf'r="[A-U]{number}"', place) for place in places)
        assert places == sorted(places, key=lambda place: place.split('"')[1][0])


def test_sheets_of_one_name_get_numbers() -> None:
    """Excel opens no file with two sheets of one name, or with one of more than 31 characters."""
    file = io.BytesIO()
    sheets = [Sheet("项" * 40, [[head_row(["甲"])]]) for _ in range(3)]
    write_zip(file, workbook(sheets, ""))
    names = openpyxl.load_workbook(file).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(number: int, letters: str) -> None:
    """As spreadsheets count."""
    assert column_letters(number) == letters


# -- SQLite ----------------------------------------------------------------------------------


@pytest.fixture
def base(site: Path) -> Any:
    with closing(sqlite3.connect(f"file:{site / 'data/all.sqlite'}?mode=ro", uri=True)) as opened:
        yield opened


def test_the_database_is_sound(base: sqlite3.Connection) -> None:
    """Whole, its references lead somewhere, its tables are those that are documented."""
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    names = {
        name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    assert names == {"counties", "towns", "concepts", "reports", "facts", "findings"}


def test_the_database_has_every_fact(base: sqlite3.Connection) -> None:
    """With its exact text and value; a blank is NULL."""
    got = base.execute(
        "SELECT printed, value FROM facts JOIN reports ON reports.id = report_id ORDER BY report, facts.id"
    ).fetchall()
    facts = [f for d in library().disclosures for f in d.report.facts]
    assert got == [(f.figure.text, f"{f.figure.amount:f}") for f in facts]
    assert base.execute("SELECT count(*) FROM facts WHERE concept = ''").fetchone() == (0,)


def test_the_database_answers_questions(base: sqlite3.Connection) -> None:
    """Numbers compare as numbers; the view reads without joins."""
    (spent,) = base.execute(
        """SELECT number FROM all_facts WHERE town = '归义镇' AND concept = '三公经费'
           AND basis = '决算' AND describes_year = 2022 LIMIT 1"""
    ).fetchone()
    assert spent == 24.75
    largest = base.execute("SELECT printed FROM facts ORDER BY number DESC LIMIT 1").fetchone()
    smallest = base.execute("SELECT number FROM facts ORDER BY number LIMIT 1").fetchone()
    assert largest is not None
    assert smallest[0] < 0


# -- the run ---------------------------------------------------------------------------------


def downloads(site: Path) -> dict[str, bytes]:
    endings = (".csv", ".json", ".xlsx", ".zip", ".sqlite")
    return {
        p.relative_to(site).as_posix(): p.read_bytes()
        for p in site.rglob("*")
        if p.suffix in endings
    }


def test_the_same_inputs_give_the_same_bytes_and_nothing_is_made_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder, another day: not a byte differs. An unchanged run makes no file of the whole."""
    other = copy_project(tmp_path / "other")
    build(other, Options(pdfs=False), say=lambda _: None)
    assert downloads(other / "site") == downloads(root / "site")
    monkeypatch.setattr(site_data, "write_database", None)  # would fail if it were called
    build(other, Options(pdfs=False), say=lambda _: None)
    assert downloads(other / "site") == downloads(root / "site")


def test_a_report_that_changes_makes_its_year_again_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the whole, as a build from nothing would."""
    root = copy_project(tmp_path / "1")
    build(root, Options(pdfs=False), say=lambda _: None)
    path = root / "data/reports/taojiang/daligang/2020.yaml"
    text = path.read_text("utf-8")
    assert "来源: " in text
    path.write_text(text.replace("来源: ", "来源: 更正后的", 1), "utf-8")
    made: list[str] = []
    write = site_data._write_zip
    monkeypatch.setattr(
        site_data,
        "_write_zip",
        lambda tree, name, *rest: (made.append(name), write(tree, name, *rest)),
    )
    build(root, Options(pdfs=False), say=lambda _: None)
    stems = ("years/2020/year-2020", "data/all")
    assert made == [f"{stem}.{ending}" for stem in stems for ending in ("zip", "xlsx")]
    got = downloads(root / "site")
    shutil.rmtree(root / "build")
    build(root, Options(pdfs=False), say=lambda _: None)
    assert downloads(root / "site") == got


def test_a_report_that_goes_leaves_every_download(tmp_path: Path) -> None:
    """Its town, its year and the whole no longer have it, as in a build from nothing."""
    root = copy_project(tmp_path / "1")
    build(root, Options(pdfs=False), say=lambda _: None)
    for name in ("data", "content"):
        (path,) = (root / name / "reports/fengshun/shatian").glob("2021.*")
        path.unlink()
    done = build(root, Options(pdfs=False), say=lambda _: None)
    assert done.published, done.problems
    got = downloads(root / "site")
    assert not [name for name in got if "fengshun" in name or "2021" in name]
    with zipfile.ZipFile(root / "site/data/all.zip") as made:
        reports = json.loads(made.read("reports.json"))["reports"]
    assert {r["report"]["report"] for r in reports} == REPORTS - {"fengshun/shatian/2021"}
    shutil.rmtree(root / "build")
    build(root, Options(pdfs=False), say=lambda _: None)
    assert downloads(root / "site") == got


def test_above_a_sheets_rows_there_is_no_workbook_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for 500 rows the year and county still have theirs."""
    monkeypatch.setattr(site_data, "MOST_ROWS", 500)
    root = copy_project(tmp_path / "1")
    build(root, Options(pdfs=False), say=lambda _: None)
    got = downloads(root / "site")
    assert "data/all.xlsx" not in got
    assert {"data/all.zip", "years/2022/year-2022.xlsx", "taojiang/taojiang.xlsx"} <= set(got)
    assert "1,048,576" in (root / "site/data/index.html").read_text("utf-8")


def test_rows_are_as_wide_as_their_fields() -> None:
    """No column without a name, no name without a column."""
    for disclosure in library().disclosures:
        rows = report_rows(disclosure, checked().reports[disclosure.key])
        assert {len(r) for r in rows.facts} == {len(FACTS)}
        assert {len(r) for r in rows.findings} == {len(FINDINGS)}
        assert len(sheet_rows(FACTS, rows.facts)) == len(rows.facts)
        assert (
            json.loads(report_json(disclosure, rows))["report"]["fiscal_year"]
            == disclosure.key.year
        )


@pytest.mark.parametrize(
    ("size", "said"), [(12, "12 字节"), (1499, "1 KB"), (1500, "2 KB"), (1_250_000, "1.3 MB")]
)
def test_sizes_are_said_for_people(size: int, said: str) -> None:
    """In units of a thousand, as phones count."""
    assert size_text(size) == said


# -- printed tables ----------------------------------------------------------------------------


def test_each_printed_table_is_a_csv_below_it(site: Path) -> None:
    """Linked from the page; every line with the cells as printed, every head once."""
    seen = 0
    for disclosure in library().disclosures:
        folder = site / str(disclosure.key)
        page = (folder / "index.html").read_text("utf-8")
        names = table_files(disclosure.report.form)
        for table in disclosure.report.tables:
            if table.form.in_prose:
                assert table.form.address not in names
                continue
            name = names[table.form.address]
            assert f'href="{name}" download' in page
            raw = (folder / name).read_bytes()
            assert raw.startswith(b"\xef\xbb\xbf")
            head, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
            assert len(set(head)) == len(head)
            assert {len(line) for line in lines} == {len(head)}
            for line, one in zip(lines, table.lines, strict=False):
                width = len(one.cells)
                assert line[-width:] == [guarded(cell.text) for cell in one.cells]
            seen += 1
    assert seen > 10


def test_the_heads_of_a_tables_file_say_units() -> None:
    """A head with its merged head, and its unit unless it is there already; rows where theirs differ."""
    report = next(d for d in library().disclosures if str(d.key) == "miluo/guiyi/2022").report
    files = {file.title: file for file in table_csvs(report)}
    assert len({file.name for file in files.values()}) == len(files)
    heads = [head for file in files.values() for head in file.heads]
    assert "批复规模 (m²)" in heads
    assert any(head.endswith("（万元）") for head in heads)
