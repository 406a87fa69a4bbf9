"""What the commands of the archive say and ask: seal, correct, withdraw, verify, bag."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from site_builder.archive.bag import write_bag
from site_builder.archive.editions import (
    Act,
    Done,
    EditionError,
    PersonalError,
    chosen,
    correct,
    seal,
    withdraw,
)
from site_builder.archive.ledger import KEY, Entry
from site_builder.archive.manifests import Verified, verify_folder
from site_builder.archive.statement import Difference
from site_builder.archive.verify import verify
from site_builder.day import day_in_china
from site_builder.disk_refusal import disk_refusal
from site_builder.finding import ReportKey, Words
from site_builder.output.text import print_text
from site_builder.printing.typesetting import PrintError

ERROR = Words("错误", "error")
ASKS_CORRECTION = Words(
    "更正的理由（会公开；直接回车则不更正）：",
    "Reason of the correction (published; empty: do not correct): ",
)
ASKS_WITHDRAWAL = Words(
    "撤回的理由（会公开；直接回车则不撤回）：",
    "Reason of the withdrawal (published; empty: do not withdraw): ",
)
ACTS = {
    "封存": Words(
        "已封存 {key}：第{edition}版，{facts} 个数。",
        "sealed {key}: edition {edition}, {facts} figures; ",
    ),
    "更正": Words(
        "已更正 {key}：第{edition}版，{facts} 个数。",
        "corrected {key}: edition {edition}, {facts} figures; ",
    ),
    "撤回": Words("已撤回 {key}（第{edition}版）。", "withdrawn {key} (edition {edition}); "),
}
IN_LEDGER = Words(
    "账上第{number}条，SHA-256 {digest}", "entry {number} of the ledger, SHA-256 {digest}"
)
UNCHANGED = Words(
    "没有改动 {key}：第{edition}版（{day} 封存）仍是现行版",
    "not changed {key}: edition {edition} (of {day}) stays in force",
)
NOT_WRITTEN = Words("没有写入 {key}：{why}", "not written {key}: {why}")
BLANK = Words("（没有）", "(nothing)")
CHANGES = Words("共 {count} 处改动", "{count} changes")
SET = Words("已排版 {title}", "set: {title}")
ALL_RIGHT = Words("全部相符", "all as sealed")
DIFFERS = Words("{count} 处不符", "{count} differences")
FOLDER_VERIFIED = Words("核对了 {files} 个文件：{verdict}", "{files} files verified: {verdict}")
VERIFIED = Words(
    "核验了 {editions} 个版本的 {files} 个文件：{verdict}",
    "{files} files of {editions} editions verified: {verdict}",
)
VERIFIED_PDFS = Words(
    "核验了 {editions} 个版本的 {files} 个文件，{pdfs} 份 PDF 重新排版：{verdict}",
    "{files} files of {editions} editions verified, {pdfs} PDFs set anew: {verdict}",
)
NOTHING_SEALED = Words("没有已封存的版本", "nothing is sealed")
NOTHING_SEALED_THERE = Words("没有已封存的版本：{what}", "nothing is sealed: {what}")
BAG_MADE = Words(
    "移交包已生成：{made}（核验：cd {made} && sha256sum -c manifest-sha256.txt）",
    "The bag is made: {made} (verify: cd {made} && sha256sum -c manifest-sha256.txt)",
)


def seal_reports(options: argparse.Namespace, root: Path) -> int:
    """`seal`: exit code 0 when everything asked for is sealed now, 1 when something was refused."""
    names = [*options.names, *([options.county] if options.county else [])]
    try:
        if not names and not options.all and options.year is None:
            raise EditionError(
                "请写明封存哪些报告：县/镇/年，或 --year、--county、--all",
                "say which reports to seal: county/town/year, or --year, --county, --all",
            )
        if not names:
            names = sorted({p.name for p in (root / "data" / "reports").iterdir() if p.is_dir()})
        keys = chosen(root, names, options.year)
        if not keys:
            raise EditionError(
                f"没有 {options.year} 年度的报告", f"there is no report of {options.year}"
            )
        done = seal(root, keys, _act(options))
    except (EditionError, PrintError, OSError) as error:
        return _failed(error, options.lang)
    return _told(done, root, options.lang)


def correct_report(options: argparse.Namespace, root: Path) -> int:
    """`correct`: shows what changed, asks for the reason where none is given, makes the next edition."""

    def ask(changes: Sequence[Difference]) -> str:
        _show(changes, options.lang)
        given: str = options.reason
        if given or not sys.stdin.isatty():
            return given
        return input(ASKS_CORRECTION.plain(options.lang))

    try:
        act = replace(_act(options), reason="")
        done = correct(root, _key(options.name), act, ask)
    except (EditionError, PrintError, OSError) as error:
        return _failed(error, options.lang)
    return _told(done, root, options.lang)


def withdraw_report(options: argparse.Namespace, root: Path) -> int:
    """`withdraw`: the reason is asked for at a terminal where none is given."""
    reason = options.reason
    if not reason and sys.stdin.isatty():
        reason = input(ASKS_WITHDRAWAL.plain(options.lang))
    try:
        act = _act(options)
        entry = withdraw(root, _key(options.name), Act(act.date, act.who, reason))
    except (EditionError, OSError) as error:
        return _failed(error, options.lang)
    print(_said(entry, options.lang))
    return 0


def verify_archive(options: argparse.Namespace, root: Path) -> int:
    """`verify`: exit code 1 for any difference, each named by its file."""
    what, lang = options.what, options.lang
    folder = Path(what) if what and Path(what).is_dir() else None
    if folder is not None and (folder / "manifest-sha256.txt").exists():
        found = verify_folder(folder)
        for wrong in found.wrong:
            print(wrong.said(lang))
        counts = {"files": f"{found.files}", "verdict": _verdict(found, lang)}
        print(FOLDER_VERIFIED.said(lang, counts))
        return 1 if found.wrong else 0
    year = int(what) if re.fullmatch("(?:19|20)[0-9]{2}", what) else None
    wanted = "" if year is not None else _wanted(what)
    try:
        found = verify(root, wanted, year, options.pdf, options.jobs, _progress(lang))
    except (PrintError, OSError) as error:
        return _failed(error, options.lang)
    for wrong in found.wrong:
        print(wrong.said(lang))
    for remark in found.remarks:
        print(remark.plain(lang))
    if not found.editions and not found.wrong:
        print((NOTHING_SEALED_THERE if what else NOTHING_SEALED).said(lang, {"what": what}))
        return 2 if what else 0
    counts = {
        "editions": f"{found.editions}",
        "files": f"{found.files}",
        "pdfs": f"{found.pdfs}",
        "verdict": _verdict(found, lang),
    }
    print((VERIFIED_PDFS if options.pdf else VERIFIED).said(lang, counts))
    return 1 if found.wrong else 0


def make_bag(options: argparse.Namespace, root: Path) -> int:
    """`bag`: writes the bag and says where."""
    try:
        made = write_bag(root, options.county, options.year, Path(options.out))
    except (EditionError, OSError) as error:
        return _failed(error, options.lang)
    print(BAG_MADE.said(options.lang, {"made": f"{made}"}))
    return 0


# -- parts -----------------------------------------------------------------------------------


def _act(options: argparse.Namespace) -> Act:
    today = day_in_china()
    day = today
    if options.date:
        try:
            day = datetime.date.fromisoformat(options.date)
        except ValueError:
            raise EditionError(
                f"“{options.date}”不是日期，写成 2023-05-08",
                f"“{options.date}” is no date; write 2023-05-08",
            ) from None
        if day > today:
            raise EditionError(f"日期 {options.date} 还没有到", f"{options.date} is still to come")
    pdfs = not getattr(options, "no_pdf", True)
    reason, jobs = getattr(options, "reason", ""), getattr(options, "jobs", 1)
    return Act(day, options.who, reason, pdfs, jobs, _progress(options.lang))


def _progress(lang: str) -> Callable[[str], None]:
    """One PDF is set: seen by whoever waits, not by what reads the output."""

    def told(title: str) -> None:
        if sys.stderr.isatty():
            print(SET.said(lang, {"title": title}), file=sys.stderr)

    return told


def _key(name: str) -> ReportKey:
    match = KEY.fullmatch(name.strip("/"))
    if match is None:
        raise EditionError(
            f"“{name}”不是一份报告，写成 县/镇/年，如 miluo/guiyi/2022",
            f"“{name}” is no report; write county/town/year, like miluo/guiyi/2022",
        )
    return ReportKey(match[1], match[2], int(match[3]))


def _failed(error: Exception, lang: str) -> int:
    print(f"{ERROR.plain(lang)} {_why(error, lang)}", file=sys.stderr)
    return 1 if isinstance(error, PersonalError) else 2


def _why(error: Exception, lang: str) -> str:
    if isinstance(error, EditionError):
        return error.said(lang)
    if isinstance(error, PrintError):
        return f"{error.title}：{'；'.join(error.said(lang))}"
    return (disk_refusal(error, lang) if isinstance(error, OSError) else "") or str(error)


def _told(done: Done, root: Path, lang: str) -> int:
    for entry in done.entries:
        print(_said(entry, lang))
    for entry in done.unchanged:
        print(UNCHANGED.said(lang, _words(entry)))
    for one in done.refused:
        print_text(one.findings, root, lang, sys.stderr)
        why = {"key": str(one.key), "why": one.why.plain(lang)}
        print(NOT_WRITTEN.said(lang, why), file=sys.stderr)
    return 1 if done.refused else 0


def _said(entry: Entry, lang: str) -> str:
    return ACTS[entry.kind].said(lang, _words(entry)) + IN_LEDGER.said(lang, _words(entry))


def _words(entry: Entry) -> dict[str, str]:
    """What is said of an entry."""
    return {
        "key": str(entry.key),
        "edition": str(entry.edition),
        "facts": str(entry.facts),
        "day": entry.date.isoformat(),
        "number": str(entry.number),
        "digest": entry.digest,
    }


def _show(changes: Sequence[Difference], lang: str) -> None:
    for one in changes:
        changed = one.changed
        old = f"“{changed.old}”" if changed.old else BLANK.plain(lang)
        new = f"“{changed.new}”" if changed.new else BLANK.plain(lang)
        at = one.new.at if one.new is not None else one.either.at
        print(f"{at} {changed.place}：{old} → {new}")
    print(CHANGES.said(lang, {"count": f"{len(changes)}"}))


def _wanted(what: str) -> str:
    """County, town and year of a path below data/editions/, or of a name as for `seal`."""
    parts = Path(what).parts
    if "editions" in parts:
        parts = parts[parts.index("editions") + 1 :]
    if len(parts) > 1 and parts[1] in ("decrees", "ledger.txt"):
        parts = parts[:1]
    return "/".join(parts[:3])


def _verdict(found: Verified, lang: str) -> str:
    return (DIFFERS if found.wrong else ALL_RIGHT).said(lang, {"count": f"{len(found.wrong)}"})
