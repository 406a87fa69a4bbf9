"""What is decreed and settled: a fault in counties, forms, profiles, settings and the ledger."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from site_builder.archive.ledger import Entry, Ledger, file_of
from site_builder.finding import ReportKey
from site_builder.place import Place, place_in
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
)
from site_builder.settings import FILE as SETTINGS
from site_builder.yaml_file import Text

SEALED = datetime.date(2000, 1, 1)


def _other_county(ground: Ground) -> Iterator[Planted]:
    """A town whose division code belongs to another county."""
    for slug, county in ground.library.counties.items():
        file = f"data/counties/{slug}.yaml"
        for town in county.towns.values():
            if not isinstance(town.code, Text):  # a bureau's, left blank
                continue
            files = ground.edited([(town.code.at, f'"{town.code}"', f'"999999{town.code[6:]}"')])
            if files is not None and town.code.at.file == file:
                yield Planted(files, town.code.at, None)


def _in_form(ground: Ground) -> Iterator[Planted]:
    """A yes-or-no of a form that says neither."""
    for path in sorted((ground.library.root / "data" / "forms").glob("*.yaml")):
        file = path.relative_to(ground.library.root).as_posix()
        text = ground.text(file)
        for match in re.finditer(r"^    (?:正文|可增项|总分|一级指标分值): (是)$", text, re.M):
            changed = text[: match.start(1)] + "对" + text[match.end(1) :]
            yield Planted({file: changed.encode()}, place_in(text, match.start(1), file), None)


def _decreed(folder: str, pattern: str, new: str, ground: Ground) -> Iterator[Planted]:
    """The first match of `pattern` in a file of data/<folder>/ replaced; reported in its line."""
    for path in sorted((ground.library.root / "data" / folder).glob("*.yaml")):
        file = path.relative_to(ground.library.root).as_posix()
        text = ground.text(file)
        if (match := re.search(pattern, text, re.M)) is not None:
            changed = text[: match.start()] + match.expand(new) + text[match.end() :]
            at = place_in(text, match.start(), file)._replace(column=0)
            yield Planted({file: changed.encode()}, at, None)


def _required(ground: Ground) -> Iterator[Planted]:
    """A profile that requires what a report does not state."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        profile = f"data/profiles/{report.heading.profile}.yaml"
        text = ground.text(profile).rstrip("\n") + "\n"
        lost = next((c for c in ground.library.concepts if c not in report.by_concept), None)
        if lost is not None and "\n必报:" not in text:
            changed = f"{text}必报: [{lost}]\n".encode()
            yield Planted({profile: changed}, Place(report.file, 0, 0), None)


def _equal_by_form(ground: Ground) -> Iterator[Planted]:
    """A form that says of two different figures that they are equal."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        file = f"data/forms/{report.form.name}.yaml"
        text = ground.text(file).rstrip("\n") + "\n"
        money = [f for f in report.facts if f.figure.kind == "money" and not f.figure.about]
        for first, second in pairwise(money):
            if "\n勾稽:" not in text and abs(first.figure.amount - second.figure.amount) > 1:
                entry = f"勾稽:\n  - {{等于: [{first.address}, {second.address}]}}\n"
                yield Planted({file: (text + entry).encode()}, first.at, None)


def _setting(section: str, name: str, value: str) -> Plant:
    """A setting of mkdocs.yml alone in its file, reported at its value, or its key if it has none."""
    column = len(f"    {name}: ") + 1 if value else 5

    def plant(_: Ground) -> Iterator[Planted]:
        words = f"extra:\n  {section}:\n    {name}: {value}\n"
        yield Planted({SETTINGS: words.encode()}, Place(SETTINGS, 3, column), None)

    return plant


def _code_of_another_county(ground: Ground) -> Iterator[Planted]:
    """A site code of no county, in a project that publishes one county."""
    _, *others = sorted((ground.library.root / "data" / "counties").glob("*.yaml"))
    words = "extra:\n  publisher:\n    网站标识码: 0000000000\n".encode()
    root = ground.library.root
    gone = {path.relative_to(root).as_posix(): None for path in others}
    yield Planted({SETTINGS: words, **gone}, Place(SETTINGS, 3, 12), None)


def _county_called_as_a_folder(ground: Ground) -> Iterator[Planted]:
    """A county whose file has the name of one of the site's folders."""
    first = next(iter(sorted((ground.library.root / "data" / "counties").glob("*.yaml"))))
    name = "data/counties/search.yaml"
    yield Planted({name: first.read_bytes()}, Place(name, 1, 1), None)


def _ledger(ground: Ground, year: int) -> Iterator[tuple[ReportKey, bytes]]:
    """A county's ledger in which a report of `year` is sealed."""
    for disclosure in ground.library.disclosures:
        key = disclosure.key._replace(year=year)
        heading = disclosure.report.heading
        entry = Entry(0, "封存", key, 1, SEALED, heading.title, heading.unit, "site-builder")
        yield key, Ledger(key.county).with_(entry).written()


def _altered_ledger(ground: Ground) -> Iterator[Planted]:
    """An entry dated otherwise than it was written."""
    for key, raw in _ledger(ground, 1999):
        file = file_of(key.county)
        forged = raw.replace(SEALED.isoformat().encode(), b"2000-01-02")
        yield Planted({file: forged}, Place(file, 0, 0), None)


def _sealed_and_gone(ground: Ground) -> Iterator[Planted]:
    """A report that the ledger knows and nobody has."""
    for key, raw in _ledger(ground, 1999):
        yield Planted({file_of(key.county): raw}, Place(f"data/reports/{key}.yaml", 1, 1), None)


FAULTS: dict[str, Plant] = {
    "not-a-choice": _in_form,
    "division-code": _other_county,
    "sum-of-itself": partial(_decreed, "forms", r"(?<=^      )(\S+)(: \{.*合计: \[)", r"\1\2\1, "),
    "grade-bands": partial(_decreed, "profiles", r"下限: 80, 上限: 90", "下限: 80, 上限: 89"),
    "county-credit-code": partial(_decreed, "counties", r"(统一社会信用代码: )(?=\S)", r"\g<1>9"),
    "reserved-name": _county_called_as_a_folder,
    "bad-setting": _setting("site", "网站域名", "https://www.example.org/"),
    "site-code": _code_of_another_county,
    "identity-missing": _setting("publisher", "主办单位", ""),
    "ledger-broken": _altered_ledger,
    "sealed-missing": _sealed_and_gone,
    "required-missing": _required,
    "not-equal": _equal_by_form,
}
