"""Check a whole project, a county in memory at a time, in several processes where it is large."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from site_builder.check import Checked, CheckRun, check_library
from site_builder.day import day_in_china
from site_builder.finding import ReportKey, in_order
from site_builder.library import Library, by_county, read_county, read_decreed, report_files
from site_builder.selection import Selection

Piece = tuple[str, list[Path] | None]
# Reports from which on a second process is worth its start.
MANY = 200


@dataclass(frozen=True)
class ProjectCheck:
    """What was found in the reports meant, and the file of each of them.

    `run.reports` is empty unless what was said of each report was asked for.
    """

    run: CheckRun
    files: dict[ReportKey, str]


def check_project(
    root: Path, chosen: Selection, *, each: bool = False, jobs: int = 0, many: int = MANY
) -> ProjectCheck:
    """Check the reports meant; `each` keeps what is said of every report, found or not.

    `jobs` is the number of processes (0: one per processor) and changes nothing that is said:
    no rule looks beyond a county. Fewer than `many` reports, or those of one county, take one.
    """
    decreed, today = read_decreed(root), day_in_china()
    pieces = by_county(root, chosen.read)
    findings = list(chosen.of(check_library(decreed, today)).findings)
    reports: dict[ReportKey, Checked] = {}
    files: dict[ReportKey, str] = {}
    check = partial(_checked, decreed, chosen, today, each)
    processes = min(jobs or os.cpu_count() or 1, len(pieces))
    alone = processes < 2 or not _is_many(root, pieces, many)
    for one in map(check, pieces) if alone else _in_parallel(check, pieces, processes):
        findings += one.run.findings
        reports |= one.run.reports
        files |= one.files
    return ProjectCheck(CheckRun(tuple(in_order(findings)), reports), files)


def _checked(
    decreed: Library, chosen: Selection, today: datetime.date, each: bool, piece: Piece
) -> ProjectCheck:
    library = read_county(decreed, *piece)
    run = chosen.of(check_library(library, today))
    files = {d.key: d.report.file for d in library.disclosures if d.key in run.reports}
    return ProjectCheck(CheckRun(run.findings, run.reports if each else {}), files)


def _is_many(root: Path, pieces: Iterable[Piece], many: int) -> bool:
    count = 0
    for folder, files in pieces:
        count += len(report_files(root, folder) if files is None else files)
        if count >= many:
            return True
    return False


def _in_parallel(
    check: partial[ProjectCheck], pieces: list[Piece], processes: int
) -> Iterator[ProjectCheck]:
    """In the order of the counties, so that nothing depends on which is done first."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(check, pieces)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
