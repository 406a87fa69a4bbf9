"""Any input at all: whatever stands in a file, checking ends with findings at places in it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import (
    CONCEPTS,
    COUNTY,
    FILES,
    FORM,
    PROFILE,
    REPORT,
    findings,
    project,
    said,
)

from site_builder.check import check_library
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.output.json import write_json
from site_builder.output.text import write_text
from site_builder.yaml_file import parse_yaml

LEAF = re.compile(
    r"(?<=: )[^\s,{}\[\]][^,{}\[\]\n]*|(?<=[\[-] )[^\s{}\[\]:][^,{}\[\]:\n]*(?=[,\]\n])"
)
SUBSTITUTES = {"list": "[甲]", "table": "{甲: 乙}", "words": "甲乙", "blank": ""}


@pytest.mark.parametrize("substitute", SUBSTITUTES)
@pytest.mark.parametrize("file", [COUNTY, CONCEPTS, PROFILE, FORM, REPORT])
def test_nothing_in_place_of_a_value_is_ever_worse_than_a_finding(tmp_path, file, substitute):
    """Whatever stands in place of any one value, checking ends with findings, not a traceback."""
    text = FILES[file]
    raised = []
    project(tmp_path)
    for leaf in LEAF.finditer(text):
        changed = text[: leaf.start()] + SUBSTITUTES[substitute] + text[leaf.end() :]
        (tmp_path / file).write_text(changed, "utf-8")
        try:
            findings(tmp_path)
        except Exception as error:  # any at all is what must not happen
            line = text.count("\n", 0, leaf.start()) + 1
            raised.append(f"{line} “{leaf[0]}”: {error!r}")
    assert raised == []


@pytest.mark.parametrize("file", [COUNTY, CONCEPTS, PROFILE, FORM])
def test_a_table_or_list_in_place_of_words_is_found_in_a_decree(tmp_path, file):
    """No value of the county, concepts, profile or form can be a list or table unnoticed."""
    text = FILES[file]
    unnoticed = []
    project(tmp_path)
    for leaf in LEAF.finditer(text):
        changed = text[: leaf.start()] + "{甲: 乙}" + text[leaf.end() :]
        (tmp_path / file).write_text(changed, "utf-8")
        try:
            found = findings(tmp_path)
        except Exception:  # the test above says so
            continue
        if not found:
            line = text.count("\n", 0, leaf.start()) + 1
            unnoticed.append(f"{line} “{leaf[0]}”")
    assert unnoticed == []


@pytest.mark.parametrize("record", ["{}", "无", "[]", "{得分: 1}", ""])
def test_a_broken_indicator_is_never_worse_than_a_finding(tmp_path, record):
    """An indicator without its columns is found, and the scores of the others stay theirs."""
    line = "      - {一级指标: 产出指标, 三级指标: 维修道路, 年度指标值: ≥3公里,\n"
    changed = FILES[REPORT].replace(line, f"      - {record}\n{line}")
    found = findings(project(tmp_path, {REPORT: changed}))
    assert [f for f in found if "score-exceeds" in f or "weights" in f] == []
    assert found or record == ""


# ---- any input at all ----------------------------------------------------------------------

ODD = st.sampled_from(
    "\t\u00a0\u3000\u200b\ufeff\u0085\u2028\x00\x01\r\n：:，,[]{}&*!|>'\"#%?-–＋０9甲 ~@`"
)
YAML_LIKE = st.text(alphabet="ab:- \n[]{},&*!|>'\"#%?：\t甲0", max_size=60).map(str.encode)


def outside(text: str, line: int, column: int) -> bool:
    """Is there no such place in `text`? One past the end of a line and of the file is a place."""
    lines = [*text.split("\n"), ""]
    return not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(st.binary(max_size=60) | YAML_LIKE | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_place(raw):
    """parse_yaml never raises; what it does not read has a finding, at a place in the file."""
    found: list[Finding] = []
    table = parse_yaml(raw, "any", found)
    assert table is not None or found
    text = raw.decode("utf-8", "replace")
    assert [f"{f.at} {f.rule.id}" for f in found if outside(text, *f.at[1:])] == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(0, 3), st.lists(ODD))
def test_a_damaged_file_is_never_worse_than_findings(any_root, file, start, cut, put):
    """A few characters lost or put in anywhere: findings with places in the file, no traceback."""
    text = FILES[file]
    start %= len(text)
    damaged = text[:start] + "".join(put) + text[start + cut :]
    (any_root / file).write_bytes(damaged.encode())
    run_ = check_library(read_library(any_root))
    (any_root / file).write_text(text, "utf-8")
    strange = [f for f in run_.findings if f.at.file == file and outside(damaged, *f.at[1:])]
    assert [said(f) for f in strange] == []
    assert write_text(run_.findings, any_root)
    assert json.loads(write_json(run_.findings, "en"))


@pytest.fixture(scope="module")
def any_root(tmp_path_factory):
    """The project, for a property to damage and mend."""
    return project(tmp_path_factory.mktemp("any"))
