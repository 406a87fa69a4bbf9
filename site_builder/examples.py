"""The examples on a rule's page: small reports, broken and sound, that are the rule's tests too.

A page is `rules/pages/<rule>.md`. Fenced blocks make a report of 示例县示例镇, 2022:

    ```yaml form      the tables of the form, as under 表: in data/forms/
    ```yaml ties      its ties between tables, as under 勾稽:
    ```yaml data      the figures, as under 数据: in a report; starts a new example
    ```markdown       the narrative
    ```yaml concepts  concepts, as in data/concepts.yaml
    ```yaml profile   a profile, as in data/profiles/
    ```yaml ratios    named ratios, as in data/ratios.yaml
    ```yaml plausibility  ranges, as in data/plausibility.yaml
    ```yaml head      further keys of 报告:
    ```yaml before    the data of the year before (2021)
    ```yaml before-form   the tables of its form, where that is another
    ```markdown before  and its narrative
    ```yaml sealed    the data as they were sealed, with the markdown of:
    ```markdown sealed
    ```yaml neighbour   the data of 邻近镇, of the same county and year
    ```markdown neighbour  and its narrative
    ```yaml names     other names than 示例县, 示例镇 and 邻近镇, under 县, 镇 and 邻镇;
                      another county under 邻县, its city under 市, another year under 年度, the town's code under 代码
    ```text says      messages that the findings must have, a line for each

`names`, `form`, `concepts`, `profile`, `plausibility`, `head` and `before` hold for all examples after
them. A line that ends
in `# rule-id` (or ` ← rule-id` in a narrative) must be reported by that rule, and no other line by
any rule. Findings carry the page's own line numbers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from site_builder.archive.ledger import Entry, Ledger
from site_builder.check import check_library
from site_builder.concepts import parse_concepts
from site_builder.counties import County, Town
from site_builder.finding import Finding, ReportKey, in_order
from site_builder.form_file import parse_form
from site_builder.library import Disclosure, Library, disclose
from site_builder.place import Place
from site_builder.plausibility import parse_plausibility
from site_builder.profiles import Profile, parse_profile
from site_builder.prose import parse_narrative
from site_builder.ratios import parse_ratios
from site_builder.yaml_file import Table, parse_yaml, text_at

# Blocks that hold for all examples after them.
STANDING = frozenset(
    "names form ties before-form concepts profile ratios plausibility head before neighbour sealed".split()  # noqa: SIM905
)
PAGES = Path(__file__).parent / "rules" / "pages"
TODAY = datetime.date(2024, 1, 1)
BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
EXPECTED = re.compile(r"[ ]*(?:#|←)[ ]*([a-z][a-z-]*[a-z])[ ]*$", re.M)
KEY = ReportKey("shili", "shilizhen", 2022)
NEIGHBOUR = ReportKey("shili", "linjinzhen", 2022)
_HEAD = """\
名称: {town}人民政府{year}年度绩效自评报告
单位: 示例县{town}人民政府
来源: 示例
年度: {year}
表单: {form}
口径: profile
"""


@dataclass(frozen=True)
class Example:
    """One report on a rule's page: its blocks with the line each begins at, and what is expected."""

    page: str
    line: int
    blocks: dict[str, tuple[str, int]]
    expected: frozenset[tuple[int, str]] = field(default=frozenset())

    @property
    def broken(self) -> bool:
        """Is anything to be reported?"""
        return bool(self.expected)


def examples(text: str, page: str) -> Iterator[Example]:
    """The examples of a page, in order; each `data` begins one, and a further `markdown` one with the same data."""
    standing: dict[str, tuple[str, int]] = {}
    current: dict[str, tuple[str, int]] = {}
    for match in BLOCK.finditer(text):
        language, name = match[1], match[2] or ""
        line = text.count("\n", 0, match.start(3)) + 1
        block = (match[3], line)
        if language == "markdown":
            if name in ("before", "neighbour", "sealed"):
                standing[f"words {name}"] = block
                continue
            if "words" in current:
                yield _example(page, standing, current)
                current = {"data": current["data"]}
            current["words"] = block
            continue
        if (language, name) == ("text", "says"):
            current["says"] = block
            continue
        if language != "yaml":
            continue
        if name == "data":
            if current:
                yield _example(page, standing, current)
            current = {"data": block}
        elif name in STANDING:
            if current:
                yield _example(page, standing, current)
                current = {}
            standing[name] = block
    if current:
        yield _example(page, standing, current)


def _example(
    page: str, standing: dict[str, tuple[str, int]], current: dict[str, tuple[str, int]]
) -> Example:
    blocks = {**standing, **current}
    expected = set()
    for text, line in blocks.values():
        for match in EXPECTED.finditer(text):
            expected.add((line + text.count("\n", 0, match.start()), match[1]))
    first = min(line for _, line in current.values())
    return Example(page, first, blocks, frozenset(expected))


def run_example(example: Example) -> tuple[Finding, ...]:
    """The findings of reading and checking an example, in order."""
    found: list[Finding] = []
    library = read_example(example, found)
    if library is not None:
        found += check_library(library, TODAY).findings
    return tuple(in_order(found))


def read_example(example: Example, found: list[Finding]) -> Library | None:
    """The library that an example makes; None where it has no form. Findings of reading are appended."""
    concepts_table = _table(example, "concepts", "", found)
    concepts = parse_concepts(concepts_table, found) if concepts_table is not None else {}
    ties = example.blocks.get("ties", ("", 1))[0]
    above = "表单: 示例表\n" + (f"勾稽:\n{_indented(ties)}" if ties else "")
    wrap = (f"{above}表:\n", 2)
    form_table = _table(example, "form", "", found, wrap=wrap)
    if form_table is None:
        return None
    forms = {"form": parse_form("form", form_table, concepts, found)}
    if (old := _table(example, "before-form", "", found, wrap=wrap)) is not None:
        forms["before-form"] = parse_form("before-form", old, concepts, found)
    ratios_table = _table(example, "ratios", "", found)
    ratios = {} if ratios_table is None else parse_ratios(ratios_table, concepts, found)
    profile_table = _table(example, "profile", "", found)
    profile = None
    if profile_table is not None:
        profile = parse_profile(profile_table, concepts, ratios, found)
    here = Place(example.page, 1, 1)
    names = {"县": "示例县", "镇": "示例镇", "邻镇": "邻近镇"}
    for name, value in (_table(example, "names", "", found) or {}).items():
        names[str(name)] = str(value)
    code = text_at(names.get("代码", ""), here)
    town = Town(text_at(names["镇"], here), text_at("000000001", here), code)
    towns = {
        KEY.town: town,
        NEIGHBOUR.town: Town(text_at(names["邻镇"], here), text_at("000000002", here)),
    }
    city = text_at(names.get("市", ""), here)
    county = County(
        text_at(names["县"], here), text_at("000000", here), prefecture=city, towns=towns
    )
    counties = {KEY.county: county}
    year = int(names.get("年度", KEY.year))
    if "邻县" in names:
        counties["linjin"] = County(text_at(names["邻县"], here), text_at("000001", here), towns={})
    plain = Profile(text_at("示例口径", here), ())
    ranges = _table(example, "plausibility", "", found)
    plausibility = {} if ranges is None else parse_plausibility(ranges, concepts, found)
    library = Library(
        Path(),
        counties,
        concepts,
        forms,
        {"profile": profile or plain},
        (),
        (),
        plausibility,
        ratios=ratios,
    )
    disclosures = []
    for key, data, words in (
        (replace_year(NEIGHBOUR, year), "neighbour", "words neighbour"),
        (replace_year(KEY, year - 1), "before", "words before"),
        (replace_year(KEY, year), "data", "words"),
    ):
        if data in example.blocks:
            one = _disclosure(example, library, key, data, words, found)
            if one is not None:
                disclosures.append(one)
    return _with_edition(example, replace(library, disclosures=tuple(disclosures)), found)


def _with_edition(example: Example, library: Library, found: list[Finding]) -> Library:
    """The library with a ledger of the example's report, where the page says what was sealed."""
    if "sealed" not in example.blocks:
        return library
    sealed = _disclosure(example, library, KEY, "sealed", "words sealed", found)
    entry = Entry(0, "封存", KEY, 1, TODAY, "示例", "示例", "示例")
    ledger = Ledger(KEY.county).with_(entry)
    library = replace(library, ledgers={KEY.county: ledger})
    library.once(("sealed", KEY, 1), lambda: sealed)
    return library


def replace_year(key: ReportKey, year: int) -> ReportKey:
    """The same town's report of another year."""
    return ReportKey(key.county, key.town, year)


def _disclosure(
    example: Example, library: Library, key: ReportKey, data: str, words: str, found: list[Finding]
) -> Disclosure | None:
    body, line = example.blocks[data]
    extra, extra_line = example.blocks.get("head", ("", 1)) if data == "data" else ("", 1)
    town = library.counties[key.county].towns[key.town].name
    own = {line.partition(":")[0] for line in extra.splitlines()}
    form = f"{data}-form" if f"{data}-form" in library.forms else "form"
    standard = _HEAD.format(town=town, year=key.year, form=form).splitlines(keepends=True)
    head = "".join(line for line in standard if line.partition(":")[0] not in own)
    # The data keep the page's line numbers: the head is read apart and put in front.
    table = _parse(_padded("数据:\n", body, line, 2), example.page, found)
    heading = _parse(
        _padded("报告:\n" + _indented(head), extra, extra_line, 2), example.page, found
    )
    if table is None or heading is None:
        return None
    joined = Table(heading)
    joined.update(table)
    joined.at = table.at
    text, words_line = example.blocks.get(words, ("", 1))
    text = "\n" * (words_line - 1) + EXPECTED.sub("", text)
    narrative = parse_narrative(text, example.page, found)
    return disclose(library, key, joined, narrative, found)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def _padded(opening: str, body: str, line: int, indent: int) -> tuple[str, int, int]:
    """`opening` above `body` indented; with how far lines and columns are off the page's."""
    text = opening + "".join(
        f"{' ' * indent}{row}\n" if row else "\n" for row in EXPECTED.sub("", body).splitlines()
    )
    return text, line - 1 - opening.count("\n"), indent


def _parse(padded: tuple[str, int, int], page: str, found: list[Finding]) -> Table | None:
    text, down, indent = padded
    mine: list[Finding] = []
    table = parse_yaml(text.encode(), page, mine)
    found += [replace(f, at=_moved(f.at, down, indent)) for f in mine]
    if table is not None:
        _move(table, down, indent)
    return table


def _table(
    example: Example, name: str, default: str, found: list[Finding], wrap: tuple[str, int] = ("", 0)
) -> Table | None:
    if name not in example.blocks and not default:
        return None
    body, line = example.blocks.get(name, (default, 1))
    return _parse(_padded(wrap[0], body, line, wrap[1]), example.page, found)


def _moved(at: Place, down: int, indent: int) -> Place:
    return Place(at.file, max(1, at.line + down), max(1, at.column - indent))


def _move(value: Any, down: int, indent: int) -> None:
    """Set every place in a tree to where it stands on the page."""
    value.at = _moved(value.at, down, indent)
    if isinstance(value, dict):
        for key, inner in value.items():
            key.at = _moved(key.at, down, indent)
            _move(inner, down, indent)
    elif isinstance(value, list):
        for inner in value:
            _move(inner, down, indent)
