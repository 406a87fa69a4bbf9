"""Against the originals, where they lie beside the project: every number of theirs was carried over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built import ROOT, library

SOURCES = ROOT.parent / "shared" / "sources"
FILES = {
    "miluo/guiyi/2022": "000_*.txt",
    "fengshun/shatian/2021": "001_*.txt",
    "taojiang/daligang/2020": "002_*.txt",
    "changning/yintian/2022": "003_*.txt",
    "taojiang/lucidu/2022": "004_*.txt",
}
# Not figures: phone numbers, list numbers, and what belongs to a document's own name.
DROPPED = re.compile(
    r"(?<![0-9])1[3-9][0-9]{9}(?![0-9A-Z])|0[0-9]{3}-[0-9]{7}|(?<=\n)14(?=\n)|OLE_LINK1"
    r"|湘财绩【2013】29号"
)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the originals are not part of the project")
@pytest.mark.parametrize("disclosure", library().disclosures, ids=lambda d: str(d.key))
def test_every_number_of_the_original_is_kept(disclosure: object) -> None:
    """Two digits or more, or decimals: found in the data or in the narrative."""
    key = str(disclosure.key)  # type: ignore[attr-defined]
    source = next(SOURCES.glob(FILES[key])).read_text("utf-8")
    text = DROPPED.sub(" ", source)
    kept = "".join(
        (ROOT / name).read_text("utf-8")
        for name in (disclosure.report.file, disclosure.narrative.file)  # type: ignore[attr-defined]
    )
    kept += Path(ROOT / "data" / "forms" / f"{disclosure.report.form.name}.yaml").read_text("utf-8")  # type: ignore[attr-defined]
    wanted = set(re.findall(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?", text))
    wanted = {n for n in wanted if len(n) > 1}
    there = set(re.findall(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?", kept))
    there |= {str(int(n)) for n in there if n.isdigit()}
    assert sorted(n for n in wanted if n not in there and n.lstrip("0") not in there) == []
