"""Stage finished pages for MkDocs and let it put Material's shell round them; nothing else knows MkDocs.

A staged `.md` holds front matter and a finished body. Only files that changed are written, so that
a dirty build and the live preview cost what changed; pages that are no more are removed.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from site_builder.page import Page
from site_builder.raw_page import MARK


def stage(pages: Iterable[Page], docs: Path) -> int:
    """Write the pages below `docs` as MkDocs reads them; give how many changed or went."""
    wanted = set()
    changed = 0
    for page in pages:
        path = docs / page.path.replace(".html", ".md")
        wanted.add(path)
        changed += write_if_changed(path, _staged(page).encode())
    for old in sorted(docs.rglob("*"), reverse=True):
        if old.is_file() and old not in wanted:
            old.unlink()
            changed += 1
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()
    return changed


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` to `path` unless it stands there already; whole or not at all."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True


def _staged(page: Page) -> str:
    """Front matter in JSON (which is YAML) and the body, as one block Markdown leaves alone."""
    meta: dict[str, Any] = {"title": page.title}
    if page.description:
        meta["description"] = page.description
    if page.crumbs:
        meta["crumbs"] = [list(crumb) for crumb in page.crumbs]
    meta["hide"] = ["navigation"] if page.contents else ["navigation", "toc"]
    front = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in meta.items())
    return f"---\n{front}---\n{MARK}\n{page.html}\n"


def build_shell(
    root: Path, docs: Path, site: Path, draft: bool = False, dirty: bool = False
) -> None:
    """Run MkDocs over the staged tree: `docs` in, `site` out, by the project's mkdocs.yml."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    # A dirty build warns of its own incompleteness each time; stale pages are removed by us.
    logging.getLogger("mkdocs").setLevel(logging.ERROR if dirty else logging.WARNING)
    config = load_config(str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site))
    config["extra"]["draft"] = draft
    # A build date would make the same inputs give other bytes on another day.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    build(config, dirty=dirty)
    _remove_unused(site)


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
