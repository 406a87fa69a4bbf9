"""A fictional province of any size for measuring: 示例县s, their towns, and reports shaped like real ones.

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
TOWNS = 15  # of a county
YEARS = (2022, 2021, 2020, 2019, 2018, 2017, 2016, 2015, 2014, 2013)


def write_fictional(library: Library, target: Path, reports: int) -> None:
    """Write a project of `reports` fictional reports, ten years a town, 15 towns a county, to `target`."""
    root = library.root
    for name in ("data/forms", "data/profiles", "themes"):
        shutil.copytree(root / name, target / name, dirs_exist_ok=True)
    for name in FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)
    towns = (reports + len(YEARS) - 1) // len(YEARS)
    for first in range(0, towns, TOWNS):
        county = first // TOWNS
        code = f"00{county:04d}"
        lines = [f"县: {county_name(county)}", f'代码: "{code}"', "省: 示例省", "市: 示例市"]
        lines += ["名录完整: 是", "镇:"]
        for town in range(first, min(first + TOWNS, towns)):
            lines += [f"  town-{town:04d}:", f"    名称: 示例{town:04d}镇"]
            lines.append(f'    代码: "{code}{town % 1000:03d}"')
        path = target / "data" / "counties" / f"county-{county:03d}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    for number in range(reports):
        town, year = number % towns, YEARS[number // towns]
        # A town keeps its form from year to year.
        source = library.disclosures[town % len(library.disclosures)]
        _write(library, source, target, town, year, 2 + number % 97)


def county_name(number: int) -> str:
    """The name of a county: 示例县 for the first one."""
    return f"示例{number:03d}县" if number else "示例县"


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
    county = town // TOWNS
    place = f"county-{county:03d}/town-{town:04d}/{year}"
    for name, changes, folder, ext in (
        (source.report.file, figures, "data/reports", "yaml"),
        (source.narrative.file, words, "content/reports", "md"),
    ):
        text = _multiplied((library.root / name).read_text("utf-8"), changes)
        text = text.split("\n认可:\n")[0] + "\n"
        text = re.sub(r"(?m)^  年度: \d{4}$", f"  年度: {year}", text)
        text = re.sub(r"(?m)^  统一社会信用代码: .*$", "  统一社会信用代码:", text)
        bare = source.town.name.removesuffix("镇")
        text = text.replace(source.county.name, county_name(county)).replace(
            bare, f"示例{town:04d}"
        )
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
