"""The PDFs of all reports: one cached file each, set in several processes, only what changed."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from site_builder import __version__
from site_builder.check import CheckRun
from site_builder.finding import ReportKey, Words
from site_builder.library import Library
from site_builder.printing.edition_note import EditionNote
from site_builder.printing.pdf_text import text_differs
from site_builder.printing.print_fonts import THEME, fingerprint, missing, packages
from site_builder.printing.print_page import files_of, print_html, stem
from site_builder.printing.typesetting import Attached, PrintError, pdf_of
from site_builder.prose_html import converter

MADE_BY = (  # the modules that a PDF's bytes depend on
    "pdf_tags",
    "print_fonts",
    "print_page",
    "print_patches",
    "typesetting",
)
NAME = re.compile(
    r"([a-z][a-z0-9-]*)/([a-z][a-z0-9-]*)/([0-9]{4})/\1-\2-\3\.(?:pdf|inputs\.sha256)"
)
HALF = re.compile(r"\.(.+)\.[0-9]+")  # of a file, with the number of the process that writes it


@dataclass(frozen=True)
class _Setting:
    """One report to set: its document and where the file and the digest of its inputs go."""

    title: str
    html: str
    css: str
    families: frozenset[str]
    attached: tuple[Attached, ...]
    inputs: str
    target: Path


def render_pdfs(
    library: Library,
    run: CheckRun,
    cache: Path,
    jobs: int = 0,
    progress: Callable[[str], None] | None = None,
    editions: Mapping[ReportKey, EditionNote] | None = None,
    only: Collection[ReportKey] | None = None,
) -> dict[ReportKey, Path]:
    """One PDF per report, `<cache>/<county>/<town>/<year>/<county>-<town>-<year>.pdf`.

    A report is set only when its inputs differ from those noted beside its PDF; PDFs of reports
    that are gone are removed, and halves that a killed run left: nobody else may work in `cache`
    meanwhile (`tree.alone`). `jobs` is the number of processes (0: one per processor) and does
    not change a byte. `progress` gets the title of each report that was set. `editions` says
    which reports are sealed; `only` limits the work and the answer to some reports. The first
    PrintError stops the work; what was finished stays.
    """
    every = {d.key: _path(cache, d.key) for d in library.disclosures}
    _remove_stale(cache, set(every.values()))
    paths = {key: path for key, path in every.items() if only is None or key in only}
    changed = _changed(library, run, paths, editions or {})
    processes = jobs or os.cpu_count() or 1
    done = map(_set, changed) if processes == 1 else _in_parallel(changed, processes)
    for title in done:
        if progress is not None:
            progress(title)
    return paths


def print_css(library: Library) -> str:
    """The print theme in the project's fonts; PrintError where one of them is not installed."""
    if gone := missing(library.fonts):
        names = "、".join(gone)
        raise PrintError(
            "字体",
            (Words(
                f"没有安装：{names}。缺省字体请运行 scripts/system-packages site；"
                "mkdocs.yml 里 extra.print.fonts 指定的字体请先在本机安装",
                f"not installed: {names}. For the default fonts run scripts/system-packages site; "
                "those named by extra.print.fonts in mkdocs.yml are to be installed first",
            ),),
        )  # fmt: skip
    return library.fonts.into(THEME.read_text("utf-8"))


def _changed(
    library: Library,
    run: CheckRun,
    paths: dict[ReportKey, Path],
    editions: Mapping[ReportKey, EditionNote],
) -> Iterator[_Setting]:
    """The reports whose PDFs are not there or were made from something else."""
    if not library.disclosures:
        return
    words = converter()
    css = print_css(library)
    families = library.fonts.families()
    made_of = (css, fingerprint(library.fonts), sources(MADE_BY))
    for disclosure in library.disclosures:
        key = disclosure.key
        if key not in paths:
            continue
        checked = run.reports[key]
        html = print_html(disclosure, checked, words, library.root, editions.get(key))
        attached = files_of(disclosure, checked, library.root)
        inputs = inputs_digest(html, repr(attached), *made_of)
        target = paths[key]
        if not (target.exists() and noted(target) == inputs):
            title = disclosure.report.heading.title
            yield _Setting(title, html, css, families, attached, inputs, target)


def inputs_digest(*given: str) -> str:
    """SHA-256 of all that a PDF is made from: `given`, and the versions of what makes it."""
    digest = hashlib.sha256()
    for one in (f"{__version__} {packages()}", *given):
        digest.update(hashlib.sha256(one.encode()).digest())
    return digest.hexdigest()


@functools.lru_cache(maxsize=4)
def sources(modules: tuple[str, ...]) -> str:
    """The text of modules of this package: when one changes, so may the bytes."""
    folder = Path(__file__).parent
    return "".join((folder / f"{name}.py").read_text("utf-8") for name in modules)


def _in_parallel(settings: Iterator[_Setting], processes: int) -> Iterator[str]:
    """Set in several processes, a few documents ahead of them; yields titles as they finish."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[str]] = set()
        try:
            for setting in settings:
                waiting.add(pool.submit(_set, setting))
                if len(waiting) > 2 * processes:
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in finished)
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _set(setting: _Setting) -> str:
    """Set one report, read its text back, put it in place whole, note its inputs; its title."""
    made = pdf_of(setting.html, setting.title, setting.css, setting.families, setting.attached)
    if differs := text_differs(setting.html, made):
        raise PrintError(setting.title, (text_other(differs),))
    put_noted(setting.target, made, setting.inputs)
    return setting.title


def text_other(differs: str) -> Words:
    """What is said where a PDF's text is not that of its HTML."""
    return Words(
        f"PDF 里读出的文字与原文不同：{differs}",
        f"the PDF's text is not what was written: {differs}",
    )


def put_noted(target: Path, made: bytes, inputs: str) -> None:
    """Put a PDF in place and note beside it what it was made from.

    The old note goes first: a run that is killed between leaves none, not one of another PDF.
    """
    note_of(target).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    put_whole(target, made)
    put_whole(note_of(target), f"{inputs}\n".encode())


def put_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def whole_name(name: str) -> str:
    """What a file is called when it is whole; `name` may be that of half of it."""
    half = HALF.fullmatch(name)
    return half[1] if half else name


def _path(cache: Path, key: ReportKey) -> Path:
    return cache / key.county / key.town / str(key.year) / f"{stem(key)}.pdf"


def note_of(target: Path) -> Path:
    """Where the digest of a PDF's inputs is kept."""
    return target.with_suffix(".inputs.sha256")


def noted(target: Path) -> str:
    note = note_of(target)
    return note.read_text("ascii", "replace").strip() if note.exists() else ""


def _remove_stale(cache: Path, wanted: set[Path]) -> None:
    """Remove PDFs of reports that are gone, with their notes and folders, and halves; nothing else."""
    keep = wanted | {note_of(path) for path in wanted}
    for path in sorted(cache.glob("*/*/*/*")):
        whole = path.with_name(whole_name(path.name)).relative_to(cache)
        if path not in keep and NAME.fullmatch(whole.as_posix()):
            path.unlink()
            for folder in path.parents[:3]:
                if not any(folder.iterdir()):
                    folder.rmdir()
