"""A fictional county of any size for measuring: 示例县, its towns, and reports shaped like real ones.

Each report is one of the project's own with other names and every sum of money multiplied by one
whole number, so that sums, shares and links still hold. For benches only; never published.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from site_builder.library import Disclosure, Library
from site_builder.place import Place

FILES = (
    "data/concepts.yaml",
    "data/plausibility.yaml",
    "data/ratios.yaml",
    "mkdocs.yml",
    "content/index.md",
    "content/about.md",
)
COUNTY = "shili"
YEARS = (2022, 2021, 2020, 2019, 2018, 2017, 2016, 2015, 2014, 2013)


def write_fictional(library: Library, target: Path, reports: int) -> None:
    """Write a project of `reports` fictional reports, ten years a town, to `target`."""
    root = library.root
    for name in ("data/forms", "data/profiles", "themes"):
        shutil.copytree(root / name, target / name, dirs_exist_ok=True)
    for name in FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)
    towns = (reports + len(YEARS) - 1) // len(YEARS) if reports > 200 else reports
    lines = ["县: 示例县", '代码: "000000"', "省: 示例省", "市: 示例市", "镇:"]
    for number in range(towns):
        code = f"000000{number:06d}"
        lines += [f"  town-{number:04d}:", f"    名称: 示例{number:04d}镇", f'    代码: "{code}"']
    county = target / "data" / "counties" / f"{COUNTY}.yaml"
    county.parent.mkdir(parents=True, exist_ok=True)
    county.write_text("\n".join(lines) + "\n", "utf-8")
    for number in range(reports):
        town, year = number % towns, YEARS[number // towns % len(YEARS)]
        source = library.disclosures[number % len(library.disclosures)]
        _write(library, source, target, town, year, 2 + number % 97)


def _write(
    library: Library, source: Disclosure, target: Path, town: int, year: int, factor: int
) -> None:
    figures = {
        f.at: (f.figure.text, factor) for f in source.report.facts if f.figure.kind == "money"
    }
    words = {
        link.at: (link.words, factor)
        for link, cell in source.links
        if cell is not None and cell.fact is not None and cell.fact.figure.kind == "money"
    }
    place = f"{COUNTY}/town-{town:04d}/{year}"
    for name, changes, folder, ext in (
        (source.report.file, figures, "data/reports", "yaml"),
        (source.narrative.file, words, "content/reports", "md"),
    ):
        text = _multiplied((library.root / name).read_text("utf-8"), changes)
        text = text.split("\n认可:\n")[0] + "\n"
        text = re.sub(r"(?m)^  年度: \d{4}$", f"  年度: {year}", text)
        text = re.sub(r"(?m)^  统一社会信用代码: .*$", "  统一社会信用代码:", text)
        bare = source.town.name.removesuffix("镇")
        text = text.replace(source.county.name, "示例县").replace(bare, f"示例{town:04d}")
        path = target / folder / f"{place}.{ext}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _multiplied(text: str, changes: dict[Place, tuple[str, int]]) -> str:
    lines = text.split("\n")
    for place in sorted(changes, reverse=True):
        written, factor = changes[place]
        line = lines[place.line - 1]
        at = line.find(written, place.column - 1)
        if at < 0:
            continue
        lines[place.line - 1] = line[:at] + _times(written, factor) + line[at + len(written) :]
    return "\n".join(lines)


def _times(written: str, factor: int) -> str:
    """A printed figure multiplied, its decimals kept: 24.75万元 × 2 = 49.50万元."""

    def one(match: re.Match[str]) -> str:
        whole, point, decimals = match[0].partition(".")
        product = str(abs(int(whole + decimals)) * factor).zfill(len(decimals) + 1)
        sign = "-" if whole.startswith("-") else ""
        if not point:
            return sign + product
        return f"{sign}{product[: -len(decimals)]}.{product[-len(decimals) :]}"

    return re.sub(r"-?[0-9]+(?:\.[0-9]+)?", one, written, count=1)
