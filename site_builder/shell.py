"""The shell round every page: MkDocs makes it once for each depth, and finished pages are stamped in.

MkDocs sees a small tree: the pages of the menu and one placeholder page for each depth of folders,
with and without contents. Material's frame round a placeholder is the same for every page at that
depth, so a page costs the writing of a few words, not a run of a template. Nothing else knows
MkDocs or Material.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import jinja2
import yaml

from site_builder.page import Page
from site_builder.refusal import Refusal
from site_builder.settings import FILE
from site_builder.tree import Tree, write_if_changed

DEPTHS = range(8)  # folders that a page may lie below the site's root
FOLDER = "shell"  # no county has this name; see `DEPTHS`
# What is stamped over. Plain letters: neither Markdown nor a template changes them.
TITLE, DESCRIPTION, HEAD, BODY, CONTENTS = (
    f"Sh3ll{name}Sh3ll" for name in ("Title", "Description", "Head", "Body", "Contents")
)
SKIP = re.compile(r'<div data-md-component="skip">.*?</div>', re.S)
SPACE = re.compile(r"\n\s*\n+")
HEADING = re.compile(r'<h([1-6]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
TAG = re.compile(r"<sup>.*?</sup>|<[^>]+>", re.S)


@dataclass(frozen=True)
class Shell:
    """Frames by (depth, with contents), those of the menu's pages by path; and the theme's files.

    `digest` changes when any frame does; `name` is the site's.
    """

    frames: Mapping[tuple[int, bool], str]
    menu: Mapping[str, str]
    site: Path
    assets: tuple[str, ...]
    digest: str
    name: str = ""


class ShellError(Refusal):
    """MkDocs cannot make the shell; the message says what it says, at mkdocs.yml."""


def make_shell(
    root: Path, work: Path, *, draft: bool = False, hidden: Collection[str] = ()
) -> Shell:
    """The shell by the project's mkdocs.yml and themes/site, made in `work` when they changed.

    `hidden` are pages of the menu that this project does not have: no column of a site is empty.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if not (root / FILE).is_file():
        raise ShellError(f"{FILE}:1:1 找不到“{FILE}”", f"{FILE}:1:1 cannot find “{FILE}”")
    site, noted = work / "site", work / "inputs.sha256"
    inputs = _inputs(root, f"{draft} {sorted(hidden)}")
    if not (noted.exists() and noted.read_text("utf-8") == inputs):
        noted.unlink(missing_ok=True)
        try:
            _run_mkdocs(root, work / "docs", site, draft, hidden)
        except (click.ClickException, jinja2.TemplateError, yaml.YAMLError, KeyError) as error:
            said = " ".join(str(getattr(error, "message", "") or error).split())
            raise ShellError(
                f"{FILE}:1:1 MkDocs 不能照 mkdocs.yml 生成外壳，请运行 check 查看：{said}",
                f"{FILE}:1:1 MkDocs cannot make the shell by mkdocs.yml; run check: {said}",
            ) from error
        write_if_changed(noted, inputs.encode())
    frames: dict[tuple[int, bool], str] = {}
    menu: dict[str, str] = {}
    assets = []
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix != ".html" or path.name == "404.html":
            assets.append(name)
            continue
        frame = SPACE.sub("\n", SKIP.sub(_skip(), path.read_text("utf-8")))
        frame = frame.replace('<html lang="zh"', '<html lang="zh-CN"', 1)
        if name.startswith((f"{FOLDER}/", f"{FOLDER}-")):
            depth = int(path.stem.split("-")[1])
            frames[depth, "contents" in path.stem] = frame
        else:
            menu[name] = frame
    return Shell(frames, menu, site, tuple(assets), inputs, _site_name(root))


def _skip() -> str:
    return '<div data-md-component="skip"><a href="#content" class="md-skip">跳到正文</a></div>'


def stamped(page: Page, shell: Shell) -> str:
    """The whole page: its body, title and contents in the frame for its place."""
    frame = shell.menu.get(page.path)
    if frame is None:
        frame = shell.frames[page.path.count("/"), page.contents]
    for mark, words in (
        (TITLE, escape(page.title)),
        (DESCRIPTION, escape(page.description)),
        (HEAD, page.head),
        (CONTENTS, contents_html(page.html) if page.contents else ""),
        (f"<p>{BODY}</p>", f"{_crumbs(page)}{page.html}"),
    ):
        frame = frame.replace(mark, words)
    return frame


def stamp(pages: Iterable[Page], shell: Shell, tree: Tree) -> int:
    """Write the pages into the tree; give how many there were."""
    count = 0
    for page in pages:
        tree.write(page.path, stamped(page, shell).encode())
        count += 1
    return count


def _crumbs(page: Page) -> str:
    """Where the page stands, from the home page on; the home page itself has none."""
    if not page.crumbs:
        return ""
    items = "".join(
        f'<li><a href="{page.up}{path}">{escape(title)}</a></li>' for title, path in page.crumbs
    )
    return (
        f'<nav class="crumbs" aria-label="当前位置"><ol>{items}'
        f'<li aria-current="page">{escape(page.title)}</li></ol></nav>'
    )


# -- contents --------------------------------------------------------------------------------


def contents_html(html: str) -> str:
    """The headings of a finished body as the theme's list of contents; nothing when there are none."""
    found = [(int(m[1]), m[2], TAG.sub("", m[3]).strip()) for m in HEADING.finditer(html)]
    if not found:
        return ""
    items = "".join(_items(found))
    return (
        '<label class="md-nav__title" for="__toc"><span class="md-nav__icon md-icon"></span>目录</label>'
        f'<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>{items}</ul>'
    )


def _items(found: list[tuple[int, str, str]]) -> Iterator[str]:
    at = 0
    while at < len(found):
        level, id_, name = found[at]
        end = at + 1
        while end < len(found) and found[end][0] > level:
            end += 1
        inner = "".join(_items(found[at + 1 : end]))
        below = (
            f'<nav class="md-nav" aria-label="{escape(name)}"><ul class="md-nav__list">{inner}</ul></nav>'
            if inner
            else ""
        )
        yield (
            f'<li class="md-nav__item"><a href="#{id_}" class="md-nav__link">'
            f'<span class="md-ellipsis">{name}</span></a>{below}</li>'
        )
        at = end


# -- MkDocs ----------------------------------------------------------------------------------


def _inputs(root: Path, given: str) -> str:
    """SHA-256 of what the shell is made from: settings, theme, versions, this module, `given`."""
    digest = hashlib.sha256(f"{version('mkdocs')} {version('mkdocs-material')} {given}".encode())
    theme = sorted(p for p in (root / "themes" / "site").rglob("*") if p.is_file())
    for path in (root / "mkdocs.yml", Path(__file__), *theme):
        name = path.relative_to(root) if path in theme else path.name
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _site_name(root: Path) -> str:
    """site_name of mkdocs.yml."""
    match = re.search(r"^site_name:[ ]*(.+?)[ ]*$", (root / "mkdocs.yml").read_text("utf-8"), re.M)
    return match[1].strip("\"'") if match else ""


def _run_mkdocs(root: Path, docs: Path, site: Path, draft: bool, hidden: Collection[str]) -> None:
    """Let MkDocs put Material's frame round the placeholders."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    shutil.rmtree(docs, ignore_errors=True)
    docs.mkdir(parents=True)
    config = load_config(str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site))
    config["extra"]["draft"] = draft
    config["nav"] = [one for one in config["nav"] or () if not set(_menu([one])) & set(hidden)]
    for name in _menu(config["nav"]):
        _placeholder(docs / name, contents=False)
    for depth in DEPTHS:
        folder = docs.joinpath(*[FOLDER] * depth)
        for kind in ("contents", "bare"):
            _placeholder(folder / f"{FOLDER}-{depth}-{kind}.md", contents=kind == "contents")
    # A build date would make the same inputs give other bytes on another day.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    build(config)
    _remove_unused(site)


def _menu(nav: Any) -> Iterator[str]:
    """The pages that the menu names."""
    for item in nav or ():
        if isinstance(item, str):
            if item.endswith(".md"):
                yield item
        else:
            for inner in item.values():
                yield from _menu([inner] if isinstance(inner, str) else inner)


def _placeholder(path: Path, contents: bool) -> None:
    """A page for MkDocs: front matter in JSON (which is YAML), and one word for the body."""
    meta = {
        "title": TITLE,
        "description": DESCRIPTION,
        "hide": ["navigation"] if contents else ["navigation", "toc"],
    }
    front = "".join(f"{k}: {json.dumps(v)}\n" for k, v in meta.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}---\n{BODY}\n", "utf-8")


def _remove_unused(site: Path) -> None:
    """What the theme ships and nothing here uses: its own search, source maps, an empty sitemap."""
    scripts = site / "assets" / "javascripts"
    for folder in (scripts / "lunr", scripts / "workers"):
        shutil.rmtree(folder, ignore_errors=True)
    for unused in (*site.glob("assets/**/*.map"), *site.glob("sitemap.xml*")):
        unused.unlink()


def serve(
    site: Path, refresh: Callable[[], object], watched: Iterable[Path], address: tuple[str, int]
) -> None:
    """Serve `site` with live reload; `refresh` runs at each change of the watched folders."""
    from mkdocs.livereload import LiveReloadServer

    def rebuild() -> None:
        refresh()

    host, port = address
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site))
    for path in watched:
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
