"""The counties that publish and their towns, keyed by the pinyin of the paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import reading_rules as rules
from site_builder.credit_codes import problem
from site_builder.finding import Finding, instead
from site_builder.place import Place
from site_builder.shape import Wrong, key, one_of, read, text
from site_builder.yaml_file import Text, read_yaml

# Folders at the top of the site that are no county's.
RESERVED = frozenset(
    [
        "about",
        "archive",
        "assets",
        "checks",
        "compare",
        "data",
        "feed",
        "help",
        "rules",
        "search",
        "servers",
        "shell",
        "site",
        "sitemap",
        "terms",
        "years",
    ]
)


def division_code(t: Text) -> Text:
    """A division code of 6 (county), 9 or 12 (town) digits; names repeat, codes do not."""
    if not (t.isascii() and t.isdigit() and len(t) in (6, 9, 12)):
        words = {"text": str(t), "wanted": "区划代码", "wanted_en": "a division code"}
        todo = "应为 6、9 或 12 位数字，请对照统计用区划代码核对"
        raise Wrong(rules.NUMBER, **words, **instead(todo, "write its 6, 9 or 12 digits"))
    return t


@dataclass(frozen=True)
class Town:
    """A reporting unit: its standard name, division and credit code when it has them.

    A bureau of the county reports as a town does, but has no division code.
    """

    name: Text = key("名称")
    code: str = key("代码", division_code, default="")
    credit_code: str = key("统一社会信用代码", text, default="")


@dataclass(frozen=True)
class County:
    """The publisher: its name, division code, place in the tree of divisions, and towns.

    Only of a county whose list is said to have every town can pages say how many of them there are.
    """

    name: Text = key("县")
    code: Text = key("代码", division_code)
    province: str = key("省", text, default="")
    prefecture: str = key("市", text, default="")
    listed_whole: str = key("名录完整", one_of("是", "否"), default="")
    towns: dict[str, Town] = key("镇", {str: Town}, default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether `towns` is every town of the county, not only those that were typed in."""
        return self.listed_whole == "是"


def read_counties(root: Path, found: list[Finding]) -> dict[str, County]:
    """All counties of data/counties/, by the pinyin of their file names."""
    counties: dict[str, County] = {}
    for path in sorted((root / "data" / "counties").glob("*.yaml")):
        name = path.relative_to(root).as_posix()
        table = read_yaml(path, name, found)
        if table is None:
            continue
        county = read(County, table, found)
        if county is None:
            continue
        if path.stem in RESERVED:
            found.append(Finding(rules.RESERVED, Place(name, 1, 1), {"name": path.stem}))
            continue
        counties[path.stem] = county
        for slug, town in county.towns.items():
            if isinstance(town.code, Text) and not town.code.startswith(county.code):
                words = {
                    "town": str(town.name),
                    "code": str(town.code),
                    "county": str(county.name),
                    "county_code": str(county.code),
                }
                found.append(Finding(rules.DIVISION_CODE, town.code.at, words))
            code = town.credit_code
            same = town.code.startswith(county.code)  # else the division is amiss already
            where = county.code if same else code[2:]
            if isinstance(code, Text) and (wrong := problem(code, where)) is not None:
                words = {"printed": str(code), "problem": wrong.zh, "problem_en": wrong.en}
                found.append(Finding(rules.CREDIT, code.at, words))
                county.towns[slug] = replace(town, credit_code="")  # no report is held to it
    if not counties and not found:
        words = {"file": "data/counties/<县>.yaml"}
        words |= instead(
            "请先写县的文件，文件名用县名的拼音，如 data/counties/shili.yaml：县名、代码和各镇",
            "begin with the county's file, named in pinyin: data/counties/shili.yaml",
        )
        found.append(Finding(rules.FILE_MISSING, Place("data/counties", 1, 1), words))
    return counties
