"""What the commands of the archive say and ask: seal, correct, withdraw, verify, bag."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from site_builder.archive.bag import write_bag
from site_builder.archive.editions import Act, Done, EditionError, chosen, correct, seal, withdraw
from site_builder.archive.ledger import KEY, Entry
from site_builder.archive.statement import Difference
from site_builder.archive.verify import Verified, verify, verify_folder
from site_builder.day import day_in_china
from site_builder.finding import ReportKey
from site_builder.output.text import write_text
from site_builder.printing.typesetting import PrintError


def seal_reports(root: Path, options: argparse.Namespace) -> int:
    """`seal`: exit code 0 when everything asked for is sealed now, 1 when something was refused."""
    names = [*options.names, *([options.county] if options.county else [])]
    try:
        if not names and not options.all and options.year is None:
            raise EditionError("请写明封存哪些报告：县/镇/年，或 --year、--county、--all")
        if not names:
            names = sorted({p.name for p in (root / "data" / "reports").iterdir() if p.is_dir()})
        keys = chosen(root, names, options.year)
        if not keys:
            raise EditionError(f"没有 {options.year} 年度的报告")
        done = seal(root, keys, _act(options))
    except (EditionError, PrintError, OSError) as error:
        return _failed(error)
    return _told(done, root)


def correct_report(root: Path, options: argparse.Namespace) -> int:
    """`correct`: shows what changed, asks for the reason where none is given, makes the next edition."""

    def ask(changes: Sequence[Difference]) -> str:
        _show(changes)
        given: str = options.reason
        if given or not sys.stdin.isatty():
            return given
        return input("更正的理由（会公开；直接回车则不更正）：")

    try:
        act = replace(_act(options), reason="")
        done = correct(root, _key(options.name), act, ask)
    except (EditionError, PrintError, OSError) as error:
        return _failed(error)
    return _told(done, root)


def withdraw_report(root: Path, options: argparse.Namespace) -> int:
    """`withdraw`: the reason is asked for at a terminal where none is given."""
    reason = options.reason
    if not reason and sys.stdin.isatty():
        reason = input("撤回的理由（会公开；直接回车则不撤回）：")
    try:
        act = _act(options)
        entry = withdraw(root, _key(options.name), Act(act.date, act.who, reason))
    except (EditionError, OSError) as error:
        return _failed(error)
    print(_said(entry))
    return 0


def verify_archive(root: Path, options: argparse.Namespace) -> int:
    """`verify`: exit code 1 for any difference, each named by its file."""
    what = options.what
    folder = Path(what) if what and Path(what).is_dir() else None
    if folder is not None and (folder / "manifest-sha256.txt").exists():
        found = verify_folder(folder)
        print("\n".join(map(str, found.wrong)), end="\n" if found.wrong else "")
        print(f"核对了 {found.files} 个文件：" + _verdict(found))
        return 1 if found.wrong else 0
    year = int(what) if re.fullmatch("(?:19|20)[0-9]{2}", what) else None
    wanted = "" if year is not None else _wanted(what)
    try:
        found = verify(root, wanted, year, options.pdf, options.jobs, _progress)
    except (PrintError, OSError) as error:
        return _failed(error)
    for line in (*found.wrong, *found.remarks):
        print(line)
    if not found.editions and not found.wrong:
        print(f"没有已封存的版本{f'：{what}' if what else ''}")
        return 2 if what else 0
    pdfs = f"，{found.pdfs} 份 PDF 重新排版" if options.pdf else ""
    print(f"核验了 {found.editions} 个版本的 {found.files} 个文件{pdfs}：" + _verdict(found))
    return 1 if found.wrong else 0


def make_bag(root: Path, options: argparse.Namespace) -> int:
    """`bag`: writes the bag and says where."""
    try:
        made = write_bag(root, options.county, options.year, Path(options.out))
    except (EditionError, OSError) as error:
        return _failed(error)
    print(f"移交包已生成：{made}（核验：cd {made} && sha256sum -c manifest-sha256.txt）")
    return 0


# -- parts -----------------------------------------------------------------------------------


def _act(options: argparse.Namespace) -> Act:
    today = day_in_china()
    day = today
    if options.date:
        try:
            day = datetime.date.fromisoformat(options.date)
        except ValueError:
            raise EditionError(f"“{options.date}”不是日期，写成 2023-05-08") from None
        if day > today:
            raise EditionError(f"日期 {options.date} 还没有到")
    pdfs = not getattr(options, "no_pdf", True)
    reason, jobs = getattr(options, "reason", ""), getattr(options, "jobs", 1)
    return Act(day, options.who, reason, pdfs, jobs, _progress)


def _progress(title: str) -> None:
    """One PDF is set: seen by whoever waits, not by what reads the output."""
    if sys.stderr.isatty():
        print(f"已排版 {title}", file=sys.stderr)


def _key(name: str) -> ReportKey:
    match = KEY.fullmatch(name.strip("/"))
    if match is None:
        raise EditionError(f"“{name}”不是一份报告，写成 县/镇/年，如 miluo/guiyi/2022")
    return ReportKey(match[1], match[2], int(match[3]))


def _failed(error: Exception) -> int:
    print(f"错误 {error}", file=sys.stderr)
    return 2


def _told(done: Done, root: Path) -> int:
    for entry in done.entries:
        print(_said(entry))
    for entry in done.unchanged:
        day = entry.date.isoformat()
        print(f"没有改动 {entry.key}：第{entry.edition}版（{day} 封存）仍是现行版")
    for one in done.refused:
        sys.stderr.write(write_text(one.findings, root, colour=sys.stderr.isatty()))
        print(f"没有写入 {one.key}：{one.why}", file=sys.stderr)
    return 1 if done.refused else 0


def _said(entry: Entry) -> str:
    at = f"账上第{entry.number}条，SHA-256 {entry.digest}"
    if entry.kind == "撤回":
        return f"已撤回 {entry.key}（第{entry.edition}版）。{at}"
    return f"已{entry.kind} {entry.key}：第{entry.edition}版，{entry.facts} 个数。{at}"


def _show(changes: Sequence[Difference]) -> None:
    for one in changes:
        changed = one.changed
        old = f"“{changed.old}”" if changed.old else "（没有）"
        new = f"“{changed.new}”" if changed.new else "（没有）"
        at = one.new.at if one.new is not None else one.either.at
        print(f"{at} {changed.place}：{old} → {new}")
    print(f"共 {len(changes)} 处改动")


def _wanted(what: str) -> str:
    """County, town and year of a path below data/editions/, or of a name as for `seal`."""
    parts = Path(what).parts
    if "editions" in parts:
        parts = parts[parts.index("editions") + 1 :]
    if len(parts) > 1 and parts[1] in ("decrees", "ledger.txt"):
        parts = parts[:1]
    return "/".join(parts[:3])


def _verdict(found: Verified) -> str:
    return f"{len(found.wrong)} 处不符" if found.wrong else "全部相符"
