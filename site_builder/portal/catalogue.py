"""A report's entry in the catalogue of government information (政府信息公开目录).

条例第十二条: 索引、名称、内容概述、生成日期; what local norms add stands beside them. What neither the
report nor an explicit setting says is left out.
"""

from __future__ import annotations

import re
from html import escape

from site_builder.library import Disclosure
from site_builder.settings import Settings

# Fields that every report has; an entry with nothing else is no entry.
_ALWAYS = ("标题", "年度")


def catalogue_of(disclosure: Disclosure, settings: Settings) -> dict[str, str]:
    """The fields of the entry that are known, by name, in the order in which they are shown."""
    heading, defaults = disclosure.report.heading, settings.catalogue
    made = heading.made or heading.date
    fields = {
        "索引号": heading.index or _index(disclosure, defaults.index),
        "标题": heading.title,
        "发布机构": heading.agency,
        "文号": heading.document,
        "主题分类": heading.subject or defaults.subject,
        "体裁": heading.genre or defaults.genre,
        "年度": str(disclosure.key.year),
        "生成日期": made.isoformat() if made else "",
        "发布日期": heading.published_written or "",
        "公开类别": heading.openness or defaults.openness,
        "公开方式": heading.manner or defaults.manner,
        "公开时限": heading.term or defaults.term,
        "有效性": heading.validity or defaults.validity,
        "关键词": "；".join(heading.keywords),
        "概述": heading.abstract,
        "更正记录": "；".join(f"{c.date.isoformat()} {c.words}" for c in heading.corrections),
    }
    return {name: str(value) for name, value in fields.items() if value}


def catalogue_html(disclosure: Disclosure, settings: Settings) -> str:
    """The entry as a list of terms for the report's page; empty when nothing of it is known."""
    fields = catalogue_of(disclosure, settings)
    if not set(fields) - {*_ALWAYS, "生成日期"}:
        return ""
    items = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in fields.items()
    )
    return f'<h3 id="catalogue">信息公开目录</h3><dl class="about">{items}</dl>'


def _index(disclosure: Disclosure, pattern: str) -> str:
    """The index number by the county's own pattern; empty where something that it names is unknown."""
    known = {
        "统一社会信用代码": str(disclosure.town.credit_code),
        "区划代码": str(disclosure.town.code),
        "年度": str(disclosure.key.year),
    }
    if not all(known[name] for name in re.findall(r"\{([^{}]*)\}", pattern)):
        return ""
    return re.sub(r"\{([^{}]*)\}", lambda match: known[match[1]], pattern)
