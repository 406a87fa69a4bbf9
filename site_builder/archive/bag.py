"""A BagIt 1.0 bag (RFC 8493) of one county and year, to hand over: readable and checkable without this tool."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from site_builder import __version__
from site_builder.archive.archive_settings import ArchiveSettings
from site_builder.archive.editions import EditionError
from site_builder.archive.ledger import EDITIONS, LEDGER, Entry, Ledger, read_ledger
from site_builder.archive.personal_acts import in_settings
from site_builder.archive.sealed import read_sources, sealed_library
from site_builder.finding import Finding, hushed
from site_builder.library import SLUG, Library, read_decreed
from site_builder.portal.catalogue import catalogue_of
from site_builder.tree import publish

ORIGINALS = Path("data", "originals")
ALGORITHMS = ("sha256", "sha512")
STILL = (1980, 1, 1, 0, 0, 0)  # the date of files in the ZIP: the oldest that the format knows
COLUMNS = (
    "报告", "版次", "类别", "日期", "索引号", "题名", "责任者", "年度", "保管期限", "密级", "公开方式",
    "全宗号", "理由", "文件夹", "内容SHA-256",
)  # fmt: skip

README = """\
移交包：{name}（{county}），{year}年度乡镇预算绩效公开档案

这个文件夹按 BagIt 1.0（RFC 8493）组织，不需要任何专门软件就能查看和核验。

一、里面有什么
  data/metadata.csv      目录：每份报告每一版的题名、责任者、年度、保管期限、密级、公开方式等；
                         空白表示移交方没有填写，没有代为填写。
  data/editions/         每一版封存的文件，路径为 镇/年度/版次：
      report.yaml        报表数据（原样）        narrative.md   报告正文（原样）
      facts.tsv          全部数据，每个数一行     findings.json  封存时的核对结果
      *.pdf              存档 PDF（PDF/A-3）
  data/editions/decrees/ 封存时所用的表单、概念、口径和县镇名录
  data/editions/ledger.txt   封存账：何时封存、更正、撤回，理由，每个文件的 SHA-256；
                         每条带上一条的 SHA-256，改动其中任何一个字，后面都对不上。
                         账是全县的，不能拆开：{entries}。
{rest}

二、怎样核验（Linux、macOS；Windows 可用 7-Zip 或 certutil -hashfile 文件 SHA256）
  cd 到这个文件夹，运行：
      sha256sum -c manifest-sha256.txt
      sha512sum -c manifest-sha512.txt
      sha256sum -c tagmanifest-sha256.txt
  每行都显示“成功”或“OK”就是没有改变。包里的文件是不是齐全，以上面三个清单为准。
  文件与封存账是否一致，到 data/editions 里运行：
      grep -E '^[0-9a-f]{{64}}  ' ledger.txt | sha256sum -c --ignore-missing
  （--ignore-missing：账上有、本包没有的文件跳过不查）

三、文字编码是 UTF-8；.tsv 和 .csv 可用表格软件打开。
"""


ENTRIES = "账上共 {every} 条，其中 {year} 年度 {mine} 条"
ELSEWHERE = """；
                         其余 {other} 条是别的年度的，那些文件不在本包里，不是丢失"""
ORIGINALS_README = "  data/originals/        签字盖章的原件（移交方提供了才有）"
PUBLIC_README = """\
  这是公开下载的包：不含签字盖章的原件，也不含已撤回的报告的文件；撤回的，账上仍有记录。"""


def bag_name(county: str, year: int) -> str:
    """The name of the bag's folder."""
    return f"{county}-{year}"


def write_bag(root: Path, county: str, year: int, out: Path) -> Path:
    """Write the bag as a folder below `out`, whole or not at all; EditionError when nothing is sealed."""
    files = dict(bag_files(root, county, year))
    target = out / bag_name(county, year)
    half = out / f".{target.name}.half"
    shutil.rmtree(half, ignore_errors=True)
    for name, content in files.items():
        path = half / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    publish(half, target)
    shutil.rmtree(half)
    return target


def zipped_bag(root: Path, county: str, year: int, *, public: bool = False) -> bytes:
    """The bag as a ZIP, the same bytes for the same archive; `public` as in bag_files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in bag_files(root, county, year, public=public):
            info = zipfile.ZipInfo(f"{bag_name(county, year)}/{name}", STILL)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, content)
    return out.getvalue()


def bag_files(
    root: Path, county: str, year: int, *, public: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The files of the bag by name, payload first; EditionError when nothing is sealed or a file is gone.

    A `public` one is for everybody: without originals (signatures, telephone numbers) and without
    the files of what was withdrawn, of which the ledger still tells.
    """
    if not SLUG.fullmatch(county):
        raise EditionError(
            f"“{county}”不是县的拼音，如 miluo", f"“{county}” is no county in pinyin, like miluo"
        )
    found: list[Finding] = []
    ledger = read_ledger(root, county, found)
    if found:
        raise EditionError(*(f"{found[0].at} {found[0].message(lang)}" for lang in ("zh", "en")))
    mine = [e for e in ledger.entries if e.key.year == year]
    if not mine:
        raise EditionError(
            f"{county} {year} 年度没有已封存的报告", f"no report of {county} {year} is sealed"
        )
    decreed = read_decreed(root)
    settings = decreed.archive
    if not public:  # of what is built the check has said it, and a draft is made all the same
        wrong = hushed([*settings.wrong, *in_settings(decreed)])
        if wrong:
            raise EditionError(
                *(
                    "；".join(f"{f.at} {f.message(lang)}" for f in wrong[:3])
                    for lang in ("zh", "en")
                )
            )
    sums: dict[str, list[str]] = {name: [] for name in ALGORITHMS}
    octets = count = 0
    for name, content in sorted(_payload(decreed, ledger, mine, settings, year, public)):
        for algorithm in ALGORITHMS:
            digest = hashlib.new(algorithm, content).hexdigest()
            sums[algorithm].append(f"{digest}  {name}\n")
        octets, count = octets + len(content), count + 1
        yield name, content
    known = decreed.counties.get(county)
    called = str(known.name) if known else county
    tags = {
        "README.txt": _readme(ledger, mine, called, year, public).encode(),
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info(ledger, called, mine, settings, year, f"{octets}.{count}"),
    }
    tags |= {f"manifest-{a}.txt": "".join(sums[a]).encode() for a in ALGORITHMS}
    for name, content in sorted(tags.items()):
        yield name, content
    for algorithm in ALGORITHMS:
        lines = (
            f"{hashlib.new(algorithm, content).hexdigest()}  {name}\n"
            for name, content in sorted(tags.items())
        )
        yield f"tagmanifest-{algorithm}.txt", "".join(lines).encode()


def _payload(
    decreed: Library,
    ledger: Ledger,
    mine: list[Entry],
    settings: ArchiveSettings,
    year: int,
    public: bool,
) -> Iterator[tuple[str, bytes]]:
    root = decreed.root
    base = root / EDITIONS / ledger.county
    given = [e for e in mine if not (public and ledger.withdrawn(e.key))]
    for name in sorted({f.name for entry in given for f in entry.files}):
        path = settings.pdf(root, ledger.county, name) if name.endswith(".pdf") else base / name
        try:
            content = path.read_bytes()
        except OSError:
            raise EditionError(
                f"封存的文件不见了：{path}（请先运行 site-builder verify）",
                f"a sealed file has gone: {path} (run site-builder verify)",
            ) from None
        if hashlib.sha256(content).hexdigest() != ledger.files[name]:
            raise EditionError(
                f"封存的文件已改变：{path}（请先运行 site-builder verify）",
                f"a sealed file has changed: {path} (run site-builder verify)",
            )
        yield f"data/editions/{name}", content
    yield f"data/editions/{LEDGER}", ledger.written()
    yield "data/metadata.csv", _metadata(decreed, mine, settings)
    if public:
        return
    originals = root / ORIGINALS / ledger.county
    for path in sorted(originals.glob(f"*/{year}*")):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and not file.is_symlink():
                yield f"data/originals/{file.relative_to(originals).as_posix()}", file.read_bytes()


def _metadata(decreed: Library, mine: list[Entry], settings: ArchiveSettings) -> bytes:
    """A line an entry; what nobody filled in stays blank."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n", restval="")
    writer.writeheader()
    for entry in mine:
        known: dict[str, str] = {}
        if entry.kind != "撤回":
            made = sealed_library(
                decreed, entry.key, read_sources(decreed.root, entry), []
            ).disclosures
            known = catalogue_of(made[0], decreed.settings) if made else {}
        writer.writerow(
            {
                "报告": str(entry.key),
                "版次": str(entry.edition),
                "类别": entry.kind,
                "日期": entry.date.isoformat(),
                "索引号": known.get("索引号", ""),
                "题名": entry.title,
                "责任者": entry.who or settings.who or entry.unit,
                "年度": str(entry.key.year),
                "保管期限": settings.retention,
                "密级": settings.secrecy,
                "公开方式": settings.openness or known.get("公开方式", ""),
                "全宗号": settings.fonds,
                "理由": entry.reason,
                "文件夹": entry.folder if entry.kind != "撤回" else "",
                "内容SHA-256": entry.content,
            }
        )
    return out.getvalue().encode()


def _readme(ledger: Ledger, mine: list[Entry], name: str, year: int, public: bool) -> str:
    """What whoever opens the bag needs to know; of the ledger also what it tells of other years."""
    every, own = len(ledger.entries), len(mine)
    entries = ENTRIES.format(every=every, year=year, mine=own)
    if every > own:
        entries += ELSEWHERE.format(other=every - own)
    rest = PUBLIC_README if public else ORIGINALS_README
    return README.format(name=name, county=ledger.county, year=year, entries=entries, rest=rest)


def _info(
    ledger: Ledger, county: str, mine: list[Entry], settings: ArchiveSettings, year: int, oxum: str
) -> bytes:
    """bag-info.txt: dates are those of the ledger; blank words are left out."""
    units = sorted({entry.unit for entry in mine})
    given = [
        ("Source-Organization", settings.who or "；".join(units)),
        ("External-Description", f"{county}{year}年度乡镇预算绩效公开档案"),
        ("External-Identifier", bag_name(ledger.county, year)),
        ("Bagging-Date", max(entry.date for entry in mine).isoformat()),
        ("Payload-Oxum", oxum),
        ("Bag-Software-Agent", f"site-builder {__version__}"),
        ("年度", str(year)),
        ("保管期限", settings.retention),
        ("密级", settings.secrecy),
        ("公开方式", settings.openness),
        ("全宗号", settings.fonds),
        ("封存账最后一条", ledger.head),
    ]
    return "".join(f"{name}: {value}\n" for name, value in given if value).encode()
