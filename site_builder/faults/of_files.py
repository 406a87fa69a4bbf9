"""What cannot be read: a fault in files, their names and bytes, YAML, keys and cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from site_builder.library import Disclosure
from site_builder.place import Place, place_in
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    appended,
    each_fact,
    in_report,
)
from site_builder.report import Fact
from site_builder.yaml_file import MAX_BYTES, MAX_DEPTH

DEEP = "深: " + "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2) + "\n"


def _too_large(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        text = ground.text(file) + f"# {'x' * MAX_BYTES}\n"
        yield Planted({file: text.encode()}, Place(file, 1, 1), disclosure.key)


def _orphan(ground: Ground) -> Iterator[Planted]:
    """A narrative whose report is not there."""
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.narrative.file
        lost = file.rpartition("/")[0] + "/1999.md"
        yield Planted({lost: ground.text(file).encode()}, Place(lost, 1, 1), None)


def _folder_for_a_file(_: Ground) -> Iterator[Planted]:
    """A folder that is called as the page 关于本站."""
    yield Planted({"content/about.md/a": b""}, Place("content/about.md", 1, 1), None)


def _no_narrative(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.narrative.file
        yield Planted({file: None}, Place(file, 1, 1), disclosure.key)


def _bad_byte(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        raw = ground.text(file).encode().rstrip(b"\n") + b"\n"
        yield Planted(
            {file: raw + b"# \xff\n"}, Place(file, raw.count(b"\n") + 1, 3), disclosure.key
        )


def _bad_path(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        other = file.rpartition("/")[0] + "/2022年.yaml"
        yield Planted({other: ground.text(file).encode()}, Place(other, 1, 1), None)


def _no_source(ground: Ground) -> Iterator[Planted]:
    """A head without its source; what is missing is reported at the head's first key."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file
        text = ground.text(file)
        head = re.search(r"^报告:\n( +)", text, re.M)
        source = re.search(r"^  来源:.*\n", text, re.M)
        if head is not None and source is not None and source.start() > head.end():
            changed = text[: source.start()] + text[source.end() :]
            at = place_in(text, head.end(), file)
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _cell_as(kind: str, new: Callable[[str], str], ground: Ground) -> Iterator[Planted]:
    """A cell of one kind (figure, share, measure) written in a way that cannot be read."""

    def wanted(disclosure: Disclosure, fact: Fact) -> bool:
        form = next(t.form for t in disclosure.report.tables if t.form.address == fact.table)
        if form.kind == "fields":
            item = next(
                (i for i in form.items if f"{form.address}.{i.address}" == fact.address), None
            )
            return kind == "measure" and item is not None and item.type == "measure"
        column = next((c for c in form.columns if fact.address.endswith(f".{c.address}")), None)
        if column is None or column.type != "figure":
            return False
        return kind == ("share" if fact.figure.unit == "%" else "figure")

    yield from each_fact(ground, wanted, new)


def _other_unit(ground: Ground) -> Iterator[Planted]:
    """Money where the concept is money, printed in people."""
    concepts = ground.library.concepts

    def wanted(_: Disclosure, fact: Fact) -> bool:
        known = concepts.get(fact.concept)
        return known is not None and known.unit == "万元" and fact.figure.text.endswith("万元")

    yield from each_fact(ground, wanted, lambda text: text.removesuffix("万元") + "人")


FAULTS: dict[str, Plant] = {
    "file-too-large": _too_large,
    "file-missing": _orphan,
    "not-a-file": _folder_for_a_file,
    "not-utf8": _bad_byte,
    "unseen-character": appended("yaml", "# 全角\u3000空格\n", 5),
    "yaml-syntax": appended("yaml", "备注: @甲\n", 5),
    "full-width-colon": appended("yaml", "备注：无\n", 3),
    "yaml-anchor": in_report(r"^  来源: (?=\S)()", "&a "),
    "duplicate-key": appended("yaml", "报告: 又一份\n"),
    "key-not-text": appended("yaml", "? [甲]\n: 乙\n", 3),
    "second-document": appended("yaml", "---\n甲: 1\n"),
    "too-deep": appended("yaml", DEEP, 0),
    "not-a-table": partial(_cell_as, "figure", lambda text: f"[{text}]"),
    "unknown-key": appended("yaml", "备注: 无\n"),
    "missing-key": _no_source,
    "empty-value": in_report(r"^  来源:( .*)$", "", column=False),
    "not-a-number": partial(_cell_as, "figure", lambda text: f"{text}万元"),
    "not-a-percentage": partial(_cell_as, "share", lambda text: text.removesuffix("%") + "％"),
    "not-a-measure": partial(_cell_as, "measure", lambda _: "若干"),
    "unit-mismatch": _other_unit,
    "not-a-date": in_report(r"^  报告日期:[ ]?(.*)$", " 2023年5月8日", column=False),
    "bad-path": _bad_path,
    "path-differs": in_report(r"^  年度: ([0-9]{4})$", "1999"),
    "unknown-name": in_report(r"^  口径: (\S+)$", r"\g<1>-0"),
    "narrative-missing": _no_narrative,
}
