"""How well and how cheaply an engine finds words: truth, scores, and a server that counts bytes.

The truth is plain substring search over the words of every page. Bytes are those of the answers'
bodies, as a plain host sends them and as one with gzip would; the page's own theme is not counted.
"""

from __future__ import annotations

import functools
import gzip
import random
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from statistics import median

from site_builder.search.hits import Entry
from site_builder.tokens import BREAK, folded

Say = Callable[[str], None]


@dataclass
class Served:
    """What a server was asked for: file names, their bytes, and what gzip would make of them."""

    address: str
    asked: list[tuple[str, int, int]] = field(default_factory=list)

    def taken(self) -> tuple[int, int, int]:
        """Requests, bytes and bytes with gzip since it was last asked."""
        asked, self.asked = self.asked, []
        return len(asked), sum(size for _, size, _ in asked), sum(small for _, _, small in asked)


@dataclass
class Score:
    """What an engine did with the queries; pairs are counts: of the true ones, found and all."""

    recall: list[tuple[int, int]] = field(default_factory=list)
    precision: list[tuple[int, int]] = field(default_factory=list)
    first: tuple[int, int, int] = (0, 0, 0)
    next: list[tuple[int, int, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def judge(self, found: set[str], true: set[str]) -> None:
        """Note which of the `true` pages of one query were found, and which others."""
        self.recall.append((len(found & true), len(true)))
        self.precision.append((len(found & true), len(found)))


class Truth:
    """The words of every page, for plain substring search."""

    def __init__(self, entries: Iterable[Entry], judged: bool = True) -> None:
        self.judged = judged  # whether the words of all pages are held
        self.pages: dict[str, str] = {}
        self.count = 0
        self.phrases: list[str] = []
        chance = random.Random(7)
        for page, some in groupby(entries, key=lambda entry: entry.page):
            said = [text for e in some for text in (e.heading or e.title, e.text)]
            self.count += 1
            if judged:
                self.pages[page] = folded(BREAK.join(said))
            phrases = BREAK.join(said).split(BREAK)
            self.phrases += chance.sample(phrases, min(2, len(phrases)))

    def of(self, query: str) -> set[str]:
        """The pages that hold the query."""
        wanted = folded(query)
        return {page for page, said in self.pages.items() if wanted in said}

    def samples(self, count: int) -> list[str]:
        """Pieces of what stands on pages, as someone might copy them."""
        chance = random.Random(8)
        found: dict[str, None] = {}
        while len(found) < count:
            phrase = chance.choice(self.phrases)
            start = chance.randrange(max(1, len(phrase) - 6))
            piece = re.sub(r"[^一-鿿].*", "", phrase[start : start + chance.randint(2, 8)])
            if len(piece) > 1:
                found[piece] = None
        return list(found)


def report(name: str, score: Score, say: Say) -> None:
    def kilo(numbers: Iterable[int]) -> str:
        some = sorted(numbers) or [0]
        return f"{median(some) / 1000:.0f}/{some[-1] / 1000:.0f}"

    def mean(pairs: Iterable[tuple[int, int]]) -> str:
        some = [(part, whole) for part, whole in pairs if whole]
        total = sum(part * 1000 // whole for part, whole in some)
        return f"{total / 1000 / max(1, len(some)):.3f}"

    _, plain, small = score.first
    say(
        f"{name}：{len(score.recall)} 个查询召回 {mean(score.recall)}，准确 {mean(score.precision)}；"
        f"载入和第一次 {plain / 1000:.0f} KB（gzip {small / 1000:.0f}）{score.first[0]} 次请求；"
        f"以后中位/最多 {kilo(n for _, n, _ in score.next)} KB"
        f"（gzip {kilo(n for _, _, n in score.next)}）；"
        f"中位/最多 {median(score.seconds) * 1000:.0f}/{max(score.seconds) * 1000:.0f} ms"
    )


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """`folder` on a local web server that notes what it is asked for."""

    @functools.cache
    def sizes(path: Path) -> tuple[int, int]:
        raw = path.read_bytes()
        return len(raw), len(gzip.compress(raw, 6))

    class Noting(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_file():
                served.asked.append((self.path, *sizes(path)))
            super().do_GET()

    handler = functools.partial(Noting, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served = Served(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()
