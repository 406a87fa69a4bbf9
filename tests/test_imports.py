"""One direction of imports, and no float: the shape of the package, read from its sources."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import site_builder

ROOT = Path(site_builder.__file__).parent

# A module imports only from modules above it. `output.*` are the modules of that folder that are
# not named themselves, `rules.*.*` those in the packages of rules: they do not import each other, so
# a new rule or format needs no line here. `rules.*` are the lists of those packages.
ORDER = """
    site_builder
    uncollected
    day
    tree
    disk_refusal
    refusal
    place
    record
    markup
    table_frame
    figure
    slips
    finding
    reading_rules
    personal_numbers
    yaml_file
    misread
    shape
    tokens
    credit_codes
    counties
    settings
    shell_settings
    concepts
    forms
    form_ties
    form_file
    profiles
    plausibility
    ratios
    printing
    printing.print_fonts
    report
    slots
    per_project
    explained
    report_file
    unfound
    markdown_slips
    prose
    patterns
    figures_in_text
    sentences
    archive
    archive.ledger
    archive.archive_settings
    links
    page
    dead_links
    library
    archive.statement
    archive.sealed
    likeness
    relations
    cause
    other_names
    told
    segment
    spending_kinds
    wording
    rules.indicator_lines
    rules.goal_words
    rules.regulations
    rules.admitted
    rules.outcome
    rules.misspelt
    rules.column_labels
    rules.named_rows
    rules.goals_met
    rules.goals_told
    rules.figure_heads
    rules.outcome_cells
    rules.indicator_named
    rules.rows_told
    rules.figure_names
    rules.surnames
    rules.names_alike
    rules.delicate
    rules.prices
    rules.wrong_unit
    rules.changes
    rules.year_words
    rules.labelled_years
    rules.two_years
    rules.counted_in
    rules.averages
    rules.each_and_all
    rules.balances
    rules.list_lines
    rules.taken_apart
    rules.items_before
    rules.of_each
    rules.part_lists
    rules.shares_of_one
    rules.parts_exceed
    rules.item_totals
    rules.scores_in_sentence
    rules.terms
    rules.claimed
    rules.claimed_since
    rules.whole_by_parts
    rules.goal_in_sentence
    rules.budget_in_sentence
    rules.rest_in_sentence
    rules.limit_in_sentence
    rules.cause_in_sentence
    rules.rows_in_words
    rules.miscounts
    rules.told_quotients
    rules.wholes_by_name
    rules.told_rates
    rules.three_public
    rules.told.told_changes
    rules.told.told_balance
    rules.told.told_flow
    rules.words.residue
    rules.*.*
    rules.*
    rules
    acknowledge
    coverage
    archive.personal_acts
    check
    archive.judged
    suggest
    selection
    project_check
    schema_parts
    schema
    examples
    planting
    faults.of_files
    faults.of_decrees
    faults.of_prose
    faults.of_figures
    faults.of_indicators
    faults.of_years
    faults
    self_check
    rule_pages
    output
    output.text
    output.*
    summary
    search
    search.amounts
    portal
    portal.catalogue
    portal.meta
    charts
    tables
    prose_html
    key_figures
    report_body
    check_pages
    glossary
    receipts
    open_data
    open_data.fields
    open_data.pieces
    open_data.xlsx
    open_data.table_sheets
    open_data.rows
    open_data.table_csv
    open_data.data_package
    open_data.county_data
    open_data.database
    open_data.site_data
    open_data.download_links
    portal.feed
    portal.sitemap
    open_data.data_page
    portal.linked_data
    portal.heads
    search.hits
    search.question
    search.page_text
    search.near_names
    search.postings
    search.shard_files
    search.shards
    search.snippets
    search.word_index
    search.kept_entries
    archive.edition_notice
    report_page
    totals
    trends
    compare
    archive.edition_page
    archive.archive_pages
    place_pages
    pages
    shell
    kept
    fictional
    printing.edition_note
    printing.pdf_nodes
    printing.pdf_headers
    printing.pdf_tags
    printing.print_patches
    printing.typesetting
    printing.print_page
    printing.pdf_text
    printing.pdf
    printing.pdf_fonts
    printing.pdf_merge
    printing.yearbook
    portal.plain_html
    archive.edition_pdf
    archive.one_step
    archive.refused
    archive.editions
    archive.bag
    archive.manifests
    archive.verify
    archive.archive_site
    portal.fragment
    archive.archive_commands
    making
    town_build
    county_build
    site_build
    build
    printing.bench_pdf
    search.bench_scores
    search.bench_peers
    search.bench
    bench
    checking_commands
    site_commands
    command_line
    __main__
""".split()  # noqa: SIM905 - a list to read


def module_of(path: Path) -> str:
    """`output.json` for output/json.py, `rules` for rules/__init__.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    return ".".join(parts) or "site_builder"


SOURCES = {module_of(path): path for path in sorted(ROOT.rglob("*.py"))}


def imported(tree: ast.AST, module: str, known: set[str]) -> set[str]:
    """The modules of this package that `module` imports, at the top or anywhere inside.

    `from site_builder.rules import scores` imports rules.scores; of the package that holds it,
    only names that are no modules count.
    """
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}".removeprefix("site_builder.")
                names.add(f"site_builder.{inner}" if inner in known else base)
    inside = {name for name in names if name.partition(".")[0] == "site_builder"}
    return {name.removeprefix("site_builder.") for name in inside}


def place(module: str) -> int:
    """The line of `module` in the order: its own or its folder's; -1 when it has none."""
    folder = module.rpartition(".")[0]
    for name in (module, f"{folder}.*", f"{folder.rpartition('.')[0]}.*.*"):
        if name in ORDER:
            return ORDER.index(name)
    return -1


def test_every_module_has_its_place_in_the_order():
    """A new module is put into the list above, once."""
    assert [module for module in SOURCES if place(module) < 0] == []
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_only_from_those_above_it(module):
    """Reading the package from the top, every name is known when it is used."""
    tree = ast.parse(SOURCES[module].read_text("utf-8"))
    used = imported(tree, module, set(SOURCES))
    assert sorted(other for other in used if place(other) >= place(module)) == []


def test_the_check_sees_imports_of_every_form():
    """Each way of writing an import is recognised."""
    source = """
import site_builder.pages
from site_builder import __version__, tokens
from site_builder.rules import scores, CHECKS
def f():
    from site_builder.pdf import render_pdfs
import os
"""
    known = {"pages", "tokens", "rules", "rules.scores", "pdf"}
    found = imported(ast.parse(source), "m", known)
    assert found == {"pages", "site_builder", "tokens", "rules.scores", "rules", "pdf"}


def floats(tree: ast.AST) -> list[int]:
    """The lines with a float literal or a use of `float`."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
    )


@pytest.mark.parametrize("module", SOURCES)
def test_no_float_is_made(module):
    """Amounts are Decimal and nothing else is measured: no `float(…)`, no literal like 0.5."""
    assert floats(ast.parse(SOURCES[module].read_text("utf-8"))) == []


def test_the_check_sees_floats():
    """A literal and a call are seen; words and whole numbers are none."""
    assert floats(ast.parse("a = 0.5\nb = float('1')\nc = 1\nd = '0.5'\ne = 1e3\n")) == [1, 2, 5]
