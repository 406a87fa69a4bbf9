"""The ledger of sealed editions: entries that only grow, each with the SHA-256 of the one before.

One ledger a county, `data/editions/<county>/ledger.txt`: plain lines that a person can review and
`sha256sum -c` can check. What is written is strict: an entry that is read and written again gives
the same bytes, or it is not believed.
"""

from __future__ import annotations

import codecs
import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from site_builder import reading_rules as rules
from site_builder.finding import Finding, ReportKey, instead
from site_builder.place import Place
from site_builder.yaml_file import UNSEEN

EDITIONS = Path("data", "editions")
LEDGER = "ledger.txt"
FIRST = (
    "# 封存账 1：只增不改。“本条”是这一条上面各行的 SHA-256，“上一条”是前一条的；"
    "文件行可用 sha256sum -c 核对"
)
NOTHING = "0" * 64  # what the first entry has before it

Why = tuple[str, str] | None  # what is wrong, in Chinese and English
Kind = Literal["封存", "更正", "撤回"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOT_FIRST = ("不是封存账的首行", "not the first line of a ledger")
BOM = (
    "文件开头多了 BOM（看不见的三个字节），多半是用记事本存过",
    "a byte-order mark before the first line, as some editors put it",
)
LINE_ENDS = (
    "行尾是 CRLF（Windows 的换行），封存账的行尾只能是 LF；多半是 git 或编辑器改的，封存的文件也会对不上",
    "the line ends are CRLF, as of Windows, and must be LF; git or an editor may have done it, "
    "to the sealed files, too",
)
RESTORED = instead(
    "请在 .gitattributes 里写一行 /data/editions/** -text，把 data/editions 移到别处，"
    "用 git restore data/editions 取回，再运行 site-builder verify",
    "write /data/editions/** -text into .gitattributes, move data/editions away, get it back by "
    "git restore data/editions, and run verify",
)
FILE = re.compile(r"([0-9a-f]{64})  ([^\s/.][^\s]*)")
KEY = re.compile(r"([a-z][a-z0-9-]*)/([a-z][a-z0-9-]*)/((?:19|20)[0-9]{2})")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file of an edition: its SHA-256 and its name below the county's folder of editions."""

    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that an edition says otherwise than the one before.

    `place` is a cell's address, a heading of the text, or a line of the report's head; `old` and
    `new` are as written, empty where there was or is nothing.
    """

    place: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One act: a report sealed, corrected or withdrawn.

    `edition` counts from 1; a withdrawal names the edition that it withdraws. `facts`, `errors` and
    `findings` are counted on the day of the act; `content` is the SHA-256 of what the report states
    (statement.py); `setting` names what set the PDF. `before` and `digest` chain the entries.
    """

    number: int
    kind: Kind
    key: ReportKey
    edition: int
    date: datetime.date
    title: str
    unit: str
    tool: str
    who: str = ""
    reason: str = ""
    setting: str = ""
    facts: int = 0
    findings: int = 0
    errors: int = 0
    content: str = ""
    changes: tuple[Changed, ...] = ()
    files: tuple[SealedFile, ...] = ()
    before: str = NOTHING
    digest: str = ""
    line: int = 1  # where it begins in the ledger

    @property
    def folder(self) -> str:
        """Where its files lie, below the county's folder of editions."""
        return f"{self.key.town}/{self.key.year}/{self.edition}"

    def file(self, end: str) -> SealedFile | None:
        """The file whose name ends so."""
        return next((f for f in self.files if f.name.endswith(end)), None)


def file_of(county: str) -> str:
    """A county's ledger, relative to the project."""
    return f"{EDITIONS.as_posix()}/{county}/{LEDGER}"


@dataclass(frozen=True)
class Ledger:
    """The acts of one county (its pinyin), in their order.

    One that is `broken` could not be read to its end: what is in force, nobody knows.
    """

    county: str
    entries: tuple[Entry, ...] = ()
    broken: bool = False

    @cached_property
    def _by_key(self) -> dict[ReportKey, tuple[Entry, ...]]:
        found: dict[ReportKey, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.key, []).append(entry)
        return {key: tuple(mine) for key, mine in sorted(found.items())}

    @cached_property
    def _by_town(self) -> dict[str, tuple[ReportKey, ...]]:
        found: dict[str, list[ReportKey]] = {}
        for key in self._by_key:
            found.setdefault(key.town, []).append(key)
        return {town: tuple(mine) for town, mine in found.items()}

    @property
    def keys(self) -> tuple[ReportKey, ...]:
        """Every report that was ever sealed, by town and year."""
        return tuple(self._by_key)

    def of_town(self, town: str) -> tuple[ReportKey, ...]:
        """Those of a town, by year."""
        return self._by_town.get(town, ())

    def of(self, key: ReportKey) -> tuple[Entry, ...]:
        """Everything done to one report."""
        return self._by_key.get(key, ())

    def editions(self, key: ReportKey) -> tuple[Entry, ...]:
        """The editions of one report, oldest first."""
        return tuple(e for e in self.of(key) if e.kind != "撤回")

    def current(self, key: ReportKey) -> Entry | None:
        """The edition in force; None when there is none, or it was withdrawn."""
        last = self.of(key)[-1:]
        return last[0] if last and last[0].kind != "撤回" else None

    def withdrawn(self, key: ReportKey) -> Entry | None:
        """The withdrawal in force."""
        last = self.of(key)[-1:]
        return last[0] if last and last[0].kind == "撤回" else None

    @property
    def head(self) -> str:
        """The digest of the last entry: whoever noted it can tell that nothing before it changed."""
        return self.entries[-1].digest if self.entries else NOTHING

    @property
    def files(self) -> dict[str, str]:
        """Every file that should lie in the county's folder, with its SHA-256."""
        return {f.name: f.digest for entry in self.entries for f in entry.files}

    def with_(self, entry: Entry) -> Ledger:
        """The ledger with one more entry, chained to the last."""
        entry = replace(entry, number=len(self.entries) + 1, before=self.head)
        body = _body(entry)
        digest = hashlib.sha256(body.encode()).hexdigest()
        return replace(self, entries=(*self.entries, replace(entry, digest=digest)))

    def written(self) -> bytes:
        """The ledger as its file's bytes."""
        blocks = [f"{FIRST}\n", *(f"{_body(e)}本条: {e.digest}\n" for e in self.entries)]
        return "\n".join(blocks).encode()


def corrections_of(ledger: Ledger) -> tuple[Entry, ...]:
    """All corrections and withdrawals of a county, newest first: for the feed and the archive."""
    return tuple(entry for entry in reversed(ledger.entries) if entry.kind != "封存")


# -- writing ---------------------------------------------------------------------------------


def one_line(text: str) -> str:
    """Text as it stands in a line of the ledger: white space joined, nothing unseen."""
    return " ".join(UNSEEN.sub(" ", text).split())


def _body(entry: Entry) -> str:
    """An entry without its own digest: what that digest is of."""
    lines = [
        f"序号: {entry.number}",
        f"类别: {entry.kind}",
        f"报告: {entry.key}",
        f"版次: {entry.edition}",
        f"日期: {entry.date.isoformat()}",
        f"题名: {one_line(entry.title)}",
        f"单位: {one_line(entry.unit)}",
    ]
    for name, text in (("责任者", entry.who), ("理由", entry.reason)):
        if text:
            lines.append(f"{name}: {one_line(text)}")
    lines.append(f"工具: {one_line(entry.tool)}")
    if entry.setting:
        lines.append(f"排版: {one_line(entry.setting)}")
    if entry.content:
        lines.append(
            f"计数: {entry.facts} 个数，{entry.findings} 处发现，其中错误 {entry.errors} 处"
        )
        lines.append(f"内容: {entry.content}")
    for one in entry.changes:
        lines.append(f"改动: {json.dumps([one.place, one.old, one.new], ensure_ascii=False)}")
    lines += [f"{f.digest}  {f.name}" for f in entry.files]
    lines.append(f"上一条: {entry.before}")
    return "\n".join(lines) + "\n"


# -- reading ---------------------------------------------------------------------------------


def counties_with_ledgers(root: Path) -> list[str]:
    """The counties (pinyin) that have a folder of editions."""
    base = root / EDITIONS
    if not base.is_dir():
        return []
    return sorted(p.name for p in base.iterdir() if p.is_dir() and not p.name.startswith("."))


def read_ledger(root: Path, county: str, found: list[Finding]) -> Ledger:
    """A county's ledger up to its first fault, which is a finding; empty when nothing is sealed."""
    folder = root / EDITIONS / county
    name = file_of(county)
    try:
        raw = (folder / LEDGER).read_bytes()
    except OSError:
        if folder.is_dir():
            found.append(Finding(rules.FILE_MISSING, Place(name, 1, 1), {"file": name}))
        return Ledger(county, broken=folder.is_dir())
    return parse_ledger(raw, county, found)


def parse_ledger(raw: bytes, county: str, found: list[Finding]) -> Ledger:
    """Like read_ledger, for bytes already read."""
    name = file_of(county)
    entries: list[Entry] = []
    before = NOTHING
    broken = False
    for line, block in _blocks(raw):
        if line == 1:
            why: Why = None
            if block != f"{FIRST}\n":
                why = BOM if raw.startswith(codecs.BOM_UTF8) else NOT_FIRST
            entry, down = None, 0
        else:
            entry, why, down = _entry(block, line)
        if entry is not None:
            why, down = _misfit(entry, block, county, entries, before)
        if why:
            more = {}
            if "\r" in block:
                why, more, down = LINE_ENDS, RESTORED, block[: block.index("\r")].count("\n")
            at = Place(name, line + down, 1)
            found.append(Finding(rules.LEDGER, at, {"why": why[0], "why_en": why[1], **more}))
            broken = True
            break
        if entry is not None:
            entries.append(entry)
            before = entry.digest
    ledger = Ledger(county, tuple(entries), broken)
    if not broken and ledger.written() != raw:
        ledger = replace(ledger, broken=True)
        at = Place(name, raw.count(b"\n") or 1, 1)
        words = {"why": "文件末尾有多余或缺少的内容", "why_en": "something too much at the end"}
        found.append(Finding(rules.LEDGER, at, words))
    return ledger


def _blocks(raw: bytes) -> Iterator[tuple[int, str]]:
    """The line at which each block begins, and its text; what is not UTF-8 is replaced."""
    line = 1
    for block in raw.decode("utf-8", "replace").removesuffix("\n").split("\n\n"):
        yield line, block + "\n"
        line += block.count("\n") + 2


def _entry(block: str, line: int) -> tuple[Entry | None, Why, int]:
    """An entry of its lines; or what is wrong, and how far down."""
    given: dict[str, str] = {}
    changes: list[Changed] = []
    files: list[SealedFile] = []
    for down, text in enumerate(block.removesuffix("\n").split("\n")):
        unread = (f"“{text[:40]}”读不懂", f"“{text[:40]}” cannot be read"), down
        if match := FILE.fullmatch(text):
            if any(part in ("", ".", "..") for part in match[2].split("/")):
                return None, *unread
            files.append(SealedFile(match[1], match[2]))
            continue
        key, colon, value = text.partition(": ")
        if not colon:
            return None, *unread
        if key == "改动":
            try:
                place, old, new = json.loads(value)
                changes.append(Changed(str(place), str(old), str(new)))
            except ValueError:
                return None, *unread
        else:
            given[key] = value
    try:
        match = KEY.fullmatch(given["报告"])
        counted = re.fullmatch(
            r"(\d+) 个数，(\d+) 处发现，其中错误 (\d+) 处",
            given.get("计数", "0 个数，0 处发现，其中错误 0 处"),
        )
        if match is None or counted is None or given["类别"] not in KINDS:
            raise ValueError
        entry = Entry(
            int(given["序号"]),
            given["类别"],
            ReportKey(match[1], match[2], int(match[3])),
            int(given["版次"]),
            datetime.date.fromisoformat(given["日期"]),
            given["题名"],
            given["单位"],
            given["工具"],
            given.get("责任者", ""),
            given.get("理由", ""),
            given.get("排版", ""),
            int(counted[1]),
            int(counted[2]),
            int(counted[3]),
            given.get("内容", ""),
            tuple(changes),
            tuple(files),
            given["上一条"],
            given["本条"],
            line,
        )
    except (KeyError, ValueError) as error:
        lacks = f"缺少“{error.args[0]}”" if isinstance(error, KeyError) else "有一行的写法不对"
        return None, (lacks, "a line is missing or misspelt"), 0
    return entry, None, 0


def _misfit(
    entry: Entry, block: str, county: str, entries: list[Entry], before: str
) -> tuple[Why, int]:
    """Why an entry is not believed, and how many lines down in its block."""
    body = _body(entry)
    written = f"{body}本条: {entry.digest}\n"
    if written != block:
        pairs = zip(written.split("\n"), block.split("\n"), strict=False)
        down = next((n for n, (a, b) in enumerate(pairs) if a != b), 0)
        return ("有一行的写法或位置不对", "a line is not as it is written"), down
    end = block.count("\n") - 1
    if hashlib.sha256(body.encode()).hexdigest() != entry.digest:
        return ("这一条的内容与它自己的 SHA-256 不符", "the entry does not fit its SHA-256"), end
    if entry.before != before:
        return ("“上一条”不是上一条的 SHA-256", "not the SHA-256 of the entry before"), end - 1
    if entry.number != len(entries) + 1 or entry.key.county != county:
        return ("序号或县不对", "wrong number or county"), 0
    done = [e for e in entries if e.key == entry.key]
    last = done[-1].edition if done else 0
    wanted = last if entry.kind == "撤回" else last + 1
    first = entry.kind == "封存"
    if entry.edition != wanted or first == bool(done):
        return ("版次不接着上一版", "the edition does not follow the last one"), 3
    if entries and entry.date < entries[-1].date:
        return ("日期早于上一条", "dated before the entry before"), 4
    return None, 0


def lines_of(entry: Entry) -> list[tuple[int, str, str]]:
    """The lines of an entry that have a name: in which line of the ledger, the name, what it says."""
    found = []
    for line, text in enumerate(_body(entry).splitlines(), entry.line):
        name, colon, value = text.partition(": ")
        if colon:
            found.append((line, name, value))
    return found


def texts(entries: Iterable[Entry]) -> str:
    """Entries as they stand in the ledger, for reading."""
    return "\n".join(f"{_body(e)}本条: {e.digest}\n" for e in entries)
