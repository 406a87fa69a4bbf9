"""The project's own library, and its site built once for all tests that look at pages."""

from __future__ import annotations

import atexit
import datetime
import functools
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from site_builder.build import Build, build
from site_builder.check import CheckRun, check_library
from site_builder.library import Library, read_library
from site_builder.making import Options
from site_builder.search.hits import Entry
from site_builder.search.kept_entries import entries_of_tree

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 27)
PROJECT = ("data", "content", "themes", "mkdocs.yml")


@functools.cache
def library() -> Library:
    """The five reports."""
    return read_library(ROOT)


@functools.cache
def checked() -> CheckRun:
    """What the rules say of them."""
    return check_library(library(), TODAY)


def copy_project(target: Path) -> Path:
    """A copy of all that a build reads."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    return target


def built(target: Path, *, pdfs: bool = False) -> tuple[Path, Build]:
    """A copy of the project, built; `site/` lies in it."""
    root = copy_project(target)
    return root, build(root, Options(pdfs=pdfs), say=lambda _: None)


@functools.cache
def built_once() -> Path:
    """A copy of the project with its site, for tests that only look; removed at the end."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root, done = built(folder / "project")
    assert done.published, done.problems
    return root


@functools.cache
def site_entries() -> tuple[Entry, ...]:
    """What search finds on every page of the five reports' site."""
    return tuple(entries_of_tree(built_once() / "build" / "work"))


def visible(html: str) -> str:
    """The words of a page's content, white space dropped: what a reader can find on it."""
    body = html[html.index("<article") : html.index("</article>")]
    body = re.sub(r"<(script|style|title|desc)\b.*?</\1>", "", body, flags=re.S)
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", body)))


@contextmanager
def served(folder: Path, policy: str = "") -> Iterator[str]:
    """`folder` on a local web server; gives its address. `policy`: its Content-Security-Policy."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
