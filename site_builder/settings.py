"""What mkdocs.yml says of the publisher and the site under `extra:`, each value with its place.

The identity that a government page must carry (网站标识码, ICP备案号 …) is granted, never made up: what
is blank stays blank, and `missing_identity` says what is. Everything else in mkdocs.yml is MkDocs'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from site_builder import reading_rules as rules
from site_builder.counties import County
from site_builder.finding import Finding
from site_builder.place import Place
from site_builder.shape import Wrong, as_table, key, one_of, read, text, unknown_keys
from site_builder.yaml_file import Items, Table, Text, read_yaml

FILE = "mkdocs.yml"
SITE_CODE = re.compile(r"[0-9]{10}|bm[0-9]{8}")
DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/")
LINK = re.compile(r"https?://[^\s\"'<>]+")
PLACES = ("统一社会信用代码", "区划代码", "年度")  # what a pattern of index numbers may name


def _formed(pattern: re.Pattern[str], wanted: str, wanted_en: str) -> Any:
    """A reader of text that has the form of `pattern` throughout."""

    def reads(t: Text) -> Text:
        if not pattern.fullmatch(t):
            raise Wrong(rules.SETTING, text=t, wanted=wanted, wanted_en=wanted_en)
        return t

    return reads


site_code = _formed(SITE_CODE, "10 位数字，或 bm 加 8 位数字", "ten digits, or bm and eight digits")
domain = _formed(DOMAIN, "域名，如 www.example.gov.cn", "a domain such as www.example.gov.cn")
address = _formed(
    ADDRESS,
    "以 https:// 开头、以 / 结尾的地址",
    "an address that begins with https:// and ends with /",
)
link = _formed(LINK, "以 https:// 开头的地址", "an address that begins with https://")


def index_pattern(t: Text) -> Text:
    """A pattern of index numbers; it names only what is known of a report."""
    for name in re.findall(r"\{([^{}]*)\}", t):
        if name not in PLACES:
            known = "、".join(PLACES)
            raise Wrong(
                rules.SETTING,
                text=t,
                wanted=f"只用{known}的格式，如 {{统一社会信用代码}}/{{年度}}",
                wanted_en=f"a pattern of {known} only, such as {{统一社会信用代码}}/{{年度}}",
            )
    return t


@dataclass(frozen=True)
class Publisher:
    """Who publishes: what stands in the footer of every page. Blank: not known."""

    host: str = key("主办单位", text, default="")
    undertaker: str = key("承办单位", text, default="")
    contact: str = key("联系方式", text, default="")
    site_code: str = key("网站标识码", site_code, default="")
    icp: str = key("ICP备案号", text, default="")
    police: str = key("公安备案号", text, default="")
    police_link: str = key("公安备案链接", link, default="")
    correction: str = key("找错入口", link, default="")
    site_map: str = key("站点地图", link, default="")


@dataclass(frozen=True)
class Site:
    """The portal that the site belongs to, and where the site itself will stand."""

    name: str = key("网站名称", text, default="")
    domain: str = key("网站域名", domain, default="")
    address: str = key("公开地址", address, default="")
    column_type: str = key("栏目类别", text, default="")
    separator: str = key("关键词分隔符", one_of(";", ",", "，"), default=";")
    licence: str = key("数据许可", text, default="")
    licence_link: str = key("数据许可链接", link, default="")


@dataclass(frozen=True)
class CatalogueDefaults:
    """What a report's catalogue entry says where the report itself says nothing; blank: nothing."""

    index: str = key("索引号格式", index_pattern, default="")
    subject: str = key("主题分类", text, default="")
    genre: str = key("体裁", text, default="")
    openness: str = key("公开类别", text, default="")
    manner: str = key("公开方式", text, default="")
    term: str = key("公开时限", text, default="")
    validity: str = key("有效性", text, default="")


@dataclass(frozen=True)
class Settings:
    """The site's settings; `missing` are findings of identity that nobody has filled in yet."""

    publisher: Publisher = Publisher()
    site: Site = Site()
    catalogue: CatalogueDefaults = CatalogueDefaults()
    missing: tuple[Finding, ...] = field(default=(), compare=False)


# What a page of a government site must carry, and where it comes from. Asked for by 国务院办公厅
# 《政府网站发展指引》 (footer) and its page tags; 承办单位 and the links beside it are not demanded.
IDENTITY: dict[str, tuple[str, str, str]] = {
    "主办单位": ("publisher", "填写主办单位全称", "the full name of the office in charge"),
    "联系方式": (
        "publisher",
        "填写办公电话或邮箱，不要写个人手机",
        "an office telephone or mailbox, nobody's own",
    ),
    "网站标识码": (
        "publisher",
        "向网站主管单位问明门户网站的标识码",
        "ask who runs the portal for its code",
    ),
    "ICP备案号": (
        "publisher",
        "照门户网站底部抄写 ICP 备案号",
        "as printed at the foot of the portal",
    ),
    "公安备案号": (
        "publisher",
        "照门户网站底部抄写公安备案号",
        "as printed at the foot of the portal",
    ),
    "网站名称": ("site", "填写门户网站的规范名称", "the portal's own name"),
    "网站域名": (
        "site",
        "填写门户网站的域名，如 www.example.gov.cn",
        "the portal's domain, such as www.example.gov.cn",
    ),
    "公开地址": (
        "site",
        "填写本站将来的完整地址，以 / 结尾；没有它就不生成站点地图",
        "the address the site will have, ending in /; without it there is no sitemap",
    ),
}
SECTIONS: dict[str, Any] = {
    "publisher": Publisher,
    "site": Site,
    "catalogue": CatalogueDefaults,
}

SHOWN = ("site_name", "site_description", "site_author", "copyright", "nav", "extra")


def read_settings(root: Path, counties: dict[str, County], found: list[Finding]) -> Settings:
    """The settings of the project at `root`; without mkdocs.yml, none. Misfits go to `found`."""
    said: list[Finding] = []
    table = read_yaml(root / FILE, FILE, said)
    if table is None:
        found += said
        return Settings()
    extra = table.of("extra")
    if not isinstance(extra, Table):
        return Settings(missing=tuple(missing_identity({}, Place(FILE, 1, 1))))
    given = {name: extra.of(name) for name in SECTIONS}
    tables = {name: value for name, value in given.items() if isinstance(value, Table)}
    # Of the rest of the file MkDocs is the judge: only what is said of these tables counts here.
    found += [f for f in said if within(f.at, table, extra, tables)]
    for value in given.values():
        if value not in (None, "") and not isinstance(value, Table):
            as_table(value, found)
    meant: set[str] = set()  # names that unknown keys seem to stand for
    read_ones = {
        name: _section(SECTIONS[name], value, found, meant) for name, value in tables.items()
    }
    settings = Settings(**read_ones)
    _check_site_code(settings.publisher.site_code, counties, found)
    return Settings(
        settings.publisher,
        settings.site,
        settings.catalogue,
        tuple(f for f in missing_identity(tables, extra.at) if f.words["item"] not in meant),
    )


def within(at: Place, whole: Table, extra: Table, tables: dict[str, Table]) -> bool:
    """Does `at` stand in one of the tables? Each reaches from its key to the next one."""
    starts = [name.at.line for name in (*whole, *extra)]
    for name in extra:
        ends = [line for line in starts if line > name.at.line]
        if str(name) in tables and name.at.line <= at.line < min(ends, default=at.line + 1):
            return True
    return False


def _section(shape: Any, table: Table, found: list[Finding], meant: set[str]) -> Any:
    """One table of settings, read key by key: a wrong one does not lose the others."""
    names = {f.metadata["key"]: f for f in fields(shape)}
    meant |= unknown_keys(table, names, found)
    values: dict[str, Any] = {}
    for name, value in table.items():
        one = names.get(str(name))
        if one is None or value == "":
            continue
        alone = Table({name: value})
        alone.at = table.at
        got = read(shape, alone, found)
        if got is not None:
            values[one.name] = getattr(got, one.name)
    return shape(**values)


def _check_site_code(code: str, counties: dict[str, County], found: list[Finding]) -> None:
    """The six digits at its head are the county's, or its prefecture's, where one county publishes."""
    if not isinstance(code, Text) or code.startswith("bm") or len(counties) != 1:
        return
    (county,) = counties.values()
    own = str(county.code)[:6]
    if code[:6] not in (own, f"{own[:4]}00"):
        words = {"text": str(code), "county": str(county.name), "code": own}
        found.append(Finding(rules.SITE_CODE, code.at, words))


def site_words(root: Path) -> tuple[tuple[str, Text], ...]:
    """Every text of mkdocs.yml that pages or bags may show, with the key it stands under."""
    table = read_yaml(root / FILE, FILE, []) if (root / FILE).is_file() else None
    shown = [(name, table.of(name)) for name in SHOWN] if table is not None else []
    return tuple(text for name, value in shown for text in _texts(name, value))


def _texts(name: str, value: Any) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield name, value
    elif isinstance(value, Items):
        for item in value:
            yield from _texts(name, item)
    elif isinstance(value, Table):
        for key_, item in value.items():
            yield name, key_
            yield from _texts(str(key_), item)


def missing_identity(tables: dict[str, Table], at: Place) -> Iterator[Finding]:
    """A finding for each item of identity that is blank, at its key, or where it belongs."""
    for name, (section, todo, todo_en) in IDENTITY.items():
        table = tables.get(section)
        if table is not None and table.of(name) not in (None, ""):
            continue
        there = next((k.at for k in table or () if k == name), None)
        words = {"item": name, "section": section, "todo": todo, "todo_en": todo_en}
        yield Finding(rules.IDENTITY, there or (table.at if table else at), words)
