"""Links of a narrative to files that the site will not have, judged as the build judges links.

Where a link leads is for `links` to say, and what lies beside a page for `page`; so `check` names, at
its place in the narrative, what would stop the build. Places on other pages are the build's to look up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from site_builder import reading_rules as rules
from site_builder.counties import RESERVED, County
from site_builder.finding import Finding, ReportKey, Words, instead
from site_builder.links import NO_FILE, NO_FOLDER, led
from site_builder.page import (
    county_stem,
    files_of_place,
    files_of_report,
    report_path,
    table_files,
    town_stem,
)
from site_builder.prose import Narrative
from site_builder.report import Report
from site_builder.shape import guess

# Of what stands over all counties, and of editions, no more is known here than which kinds of files there are.
KINDS = frozenset(
    (".html", ".pdf", ".csv", ".xlsx", ".json", ".zip", ".xml", ".txt", ".yaml", ".md")
)
AT_TOP = ("index.html", "sitemap.xml", "feed.xml", "manifest-sha256.txt")
YEAR = re.compile("(?:19|20)[0-9]{2}")
TABLE = re.compile(r"table-[1-9][0-9]*\.csv")  # of a report whose tables are not known
_PAGES = Words(
    "链接本镇别的年度写 ../2021/index.html，链接数据写 #三公经费.决算，站外写 https://…；没有页面就删去链接",
    "write ../2021/index.html for another year, #三公经费.决算 for data, https://… for other sites",
)
_FILES = Words(
    "正文不能带附件：表格写进 data/ 的报表，用 [附件1](#表名) 链接；文件在别的网站上的写 https://…；"
    "可以链接的只有网站自己生成的下载文件，如 facts.csv；没有就删去链接",
    "a narrative has no attachments: put tables into data/ and link them as [附件1](#table), write https://… for "
    "a file on another site; only downloads that the site makes can be linked, such as facts.csv; or delete the link",
)


def dead_links(
    key: ReportKey,
    narrative: Narrative,
    report: Report | None,
    reports: Path,
    counties: Mapping[str, County],
) -> Iterator[Finding]:
    """A finding for each link to no file; `reports` is the folder of all reports, `report` the one told of."""
    if key.county not in counties:  # said of the county's file or of the path
        return
    page = report_path(key)
    tables = _tables(report) if report is not None else None
    missing = partial(_missing, key, tables, reports, counties)
    for target, at in narrative.pages:
        path = target.partition("#")[0]
        why, there = led(page, page.split("/")[:-1], path, missing)
        if why is None:
            continue
        name = PurePosixPath(there).name
        file = PurePosixPath(name).suffix not in ("", ".html", ".md")
        words = {
            "name": target,
            "kind": "文件" if file else "页面",
            "kind_en": "file" if file else "page",
        }
        beside = files_of_report(key, tables or ())
        words |= guess(name, beside) if file else {"guess_zh": "", "guess_en": ""}
        if why is not NO_FILE:
            words |= {"guess_zh": f"：{why.zh}", "guess_en": f": {why.en}"}
        words |= instead(*(_FILES if file else _PAGES))
        yield Finding(rules.UNKNOWN_NAME, at, words)


def _tables(report: Report) -> frozenset[str]:
    """The files of the tables that a report prints."""
    names = table_files(report.form)
    return frozenset(
        names[table.form.address] for table in report.tables if not table.form.in_prose
    )


def _missing(
    own: ReportKey,
    tables: Collection[str] | None,
    reports: Path,
    counties: Mapping[str, County],
    name: str,
) -> Words | None:
    """Why the site will have no file `name`; None when it will."""
    county, *rest = name.split("/")
    if county not in counties:
        known = name in AT_TOP or (county in RESERVED and PurePosixPath(name).suffix in KINDS)
        return None if known else _none(name, RESERVED | {"."})
    if len(rest) < 2:
        there = files_of_place(county_stem(county)) if _any(reports / county, "*/*.yaml") else ()
        return _none("/".join(rest), counties[county].towns, there)
    town, *rest = rest
    if town not in counties[county].towns:
        return NO_FILE
    folder = reports / county / town
    if not YEAR.fullmatch(rest[0]) or not (folder / f"{rest[0]}.yaml").exists():
        there = files_of_place(town_stem(county, town)) if _any(folder, "*.yaml") else ()
        return _none("/".join(rest), (), there)
    key = ReportKey(county, town, int(rest[0]))
    return _beside(key, "/".join(rest[1:]), tables if key == own else None)


def _beside(key: ReportKey, name: str, tables: Collection[str] | None) -> Words | None:
    """Why nothing of that name lies beside or below the page of a report; None when something does."""
    if name.startswith("editions/") and PurePosixPath(name).suffix in KINDS:
        return None
    if tables is None and TABLE.fullmatch(name):
        return None
    there = files_of_report(key, tables or ())
    return _none(name, {file.partition("/")[0] for file in there if "/" in file}, there)


def _none(name: str, folders: Collection[str], there: Collection[str] = ()) -> Words | None:
    """None where `name` is there, else why not; no name is the folder itself."""
    if name in there:
        return None
    return NO_FOLDER if name in ("", *folders) else NO_FILE


def _any(folder: Path, pattern: str) -> bool:
    return next(folder.glob(pattern), None) is not None
