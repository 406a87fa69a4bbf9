"""What mkdocs.yml says of the shell (name, theme, menu), judged before MkDocs runs: each with its place.

MkDocs stops at some mistakes without saying where, and goes on past others to thousands of pages
with a dead link each. One finding at the line of mkdocs.yml is what its author can use.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from site_builder import reading_rules as rules
from site_builder.finding import Finding, instead
from site_builder.place import Place
from site_builder.settings import FILE, SECTIONS
from site_builder.shape import as_items, as_table, guess, likeness, unknown_key, unknown_keys
from site_builder.yaml_file import Items, Table, Text, decode, read_yaml

# What MkDocs 1.6 knows at the top of mkdocs.yml.
KEYS = (
    "INHERIT", "site_name", "nav", "exclude_docs", "draft_docs", "not_in_nav", "site_url",
    "site_description", "site_author", "theme", "docs_dir", "site_dir", "copyright", "dev_addr",
    "use_directory_urls", "repo_url", "repo_name", "edit_uri_template", "edit_uri", "extra_css",
    "extra_javascript", "extra_templates", "markdown_extensions", "mdx_configs", "strict",
    "remote_branch", "remote_name", "extra", "plugins", "hooks", "watch", "validation",
)  # fmt: skip
THEME = "material"
# The pages that a menu can name, whatever the project holds.
MENU = (
    "index.md",
    "years/index.md",
    "compare/index.md",
    "checks/index.md",
    "archive/index.md",
    "search/index.md",
    "data/index.md",
    "about/index.md",
    "rules/index.md",
    "terms/index.md",
)
WORDS = ("content/index.md", "content/about.md")
LIKE = 4 / 5  # from here on a key under extra is a slip of one that is read


def shell_faults(root: Path, counties: Collection[str]) -> list[Finding]:
    """What is wrong with the shell's part of mkdocs.yml and with the site's own words."""
    found: list[Finding] = []
    for name in WORDS:
        own_words(root, name, found)
    path = root / FILE
    table = read_yaml(path, FILE, []) if path.is_file() else None
    if table is None:  # `read_settings` says why
        return found
    meant = unknown_keys(table, KEYS, found)
    for name in ("site_name", "theme", "nav"):
        value = table.of(name)
        if value is None and name not in meant:
            words = {"key": name} | instead(
                f"请补上“{name}:”并填写", f"add “{name}:” with its value"
            )
            found.append(Finding(rules.MISSING, table.at, words))
        elif value == "":
            found.append(Finding(rules.EMPTY, value.at, {"key": name}))
    found += _theme(table.of("theme"), root)
    found += _menu(table.of("nav"), counties)
    found += _files(table, root)
    found += _plain_addresses(table)
    if isinstance(extra := table.of("extra"), Table):
        spare = [name for name in SECTIONS if name not in extra]
        for key in extra:
            if key not in SECTIONS and any(likeness(key, name) >= LIKE for name in spare):
                found.append(unknown_key(key, spare))
    return found


def own_words(root: Path, name: str, found: list[Finding]) -> str:
    """The site's own words in the file `name`; empty where there is none, or none that can be read."""
    path = root / name
    if not path.exists():
        return ""
    try:
        raw = path.read_bytes()
    except OSError:
        found.append(Finding(rules.NOT_A_FILE, Place(name, 1, 1), {"file": name}))
        return ""
    return decode(raw, name, found) or ""


def _templates() -> Path | None:
    """Where the theme's files lie; None where it is not installed."""
    spec = importlib.util.find_spec(THEME)
    return Path(spec.origin).parent / "templates" if spec and spec.origin else None


def _theme(theme: Any, root: Path) -> Iterator[Finding]:
    """The theme's name, language, icon and own folder: what MkDocs would stop at."""
    if theme is None or theme == "":
        return
    if isinstance(theme, Text):
        if theme != THEME:
            yield _choice(theme, [THEME])
        return
    found: list[Finding] = []
    table = as_table(theme, found)
    yield from found
    if table is None:
        return
    name = table.of("name")
    if name is None or name == "":
        at = table.at if name is None else name.at
        yield Finding(
            rules.MISSING,
            at,
            {"key": "theme.name"} | instead("请写 name: material", "write name: material"),
        )
    elif name != THEME:
        yield _choice(name, [THEME])
    own = table.of("custom_dir")
    if own not in (None, "") and not (isinstance(own, Text) and (root / own).is_dir()):
        yield Finding(rules.FILE_MISSING, own.at, {"file": str(own)})
    if (templates := _templates()) is None:
        return
    language = table.of("language")
    known = sorted(p.stem for p in (templates / "partials" / "languages").glob("*.html"))
    if language not in (None, "") and language not in known:
        yield _choice(language, [name for name in known if name[:2] in ("zh", "en")])
    icons = table.of("icon")
    for icon in icons.values() if isinstance(icons, Table) else ():
        if isinstance(icon, Text) and icon and not _icon(icon, templates, root, own):
            yield Finding(rules.FILE_MISSING, icon.at, {"file": f".icons/{icon}.svg"})


def _icon(icon: Text, templates: Path, root: Path, own: Any) -> bool:
    folders = [templates, *([root / own] if isinstance(own, Text) else [])]
    return any((folder / ".icons" / f"{icon}.svg").is_file() for folder in folders)


def _menu(nav: Any, counties: Collection[str]) -> Iterator[Finding]:
    """Every page that the menu names is one that the site has."""
    if nav is None or nav == "":
        return
    found: list[Finding] = []
    items = as_items(nav, found)
    yield from found
    for page in _pages(items or Items()):
        first = page.split("/")[0]
        if "://" in page or page in MENU or first in counties or page.startswith("years/"):
            continue
        words = {"name": str(page), "kind": "页面", "kind_en": "page", **guess(page, MENU)}
        yield Finding(rules.UNKNOWN_NAME, page.at, words)


def _pages(items: Items) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Items):
            yield from _pages(item)
        else:
            for value in item.values():
                yield from _pages(value if isinstance(value, Items) else _alone(value))


def _alone(value: Any) -> Items:
    items = Items([value])
    items.at = value.at
    return items


def _files(table: Table, root: Path) -> Iterator[Finding]:
    """Sheets and scripts that every page asks for lie in the theme's own folder."""
    theme = table.of("theme")
    own = theme.of("custom_dir") if isinstance(theme, Table) else None
    if not isinstance(own, Text) or not (root / own).is_dir():
        return
    named = [theme.of("favicon")]
    for key in ("extra_css", "extra_javascript"):
        value = table.of(key)
        named += value if isinstance(value, Items) else []
    for name in named:
        if (
            isinstance(name, Text)
            and name
            and "://" not in name
            and not (root / own / name).exists()
        ):
            yield Finding(rules.FILE_MISSING, name.at, {"file": f"{own}/{name}"})


def _plain_addresses(table: Table) -> Iterator[Finding]:
    """Pages are named as they lie: MkDocs' other way would give the menu other pages."""
    value = table.of("use_directory_urls")
    if isinstance(value, Text) and value.lower() not in ("false", "no", "off", ""):
        yield _choice(value, ["false"])


def _choice(value: Any, choices: Collection[str]) -> Finding:
    given = str(value) if isinstance(value, Text) else ""
    words = {"text": given, "choices": "、".join(choices), **guess(given, choices)}
    return Finding(rules.CHOICE, value.at, words)
