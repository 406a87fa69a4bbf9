"""标题下没有内容: a heading, and under it neither words nor further headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "empty-section",
    "note",
    Words("标题下没有内容", "A heading with nothing under it"),
    Words("“{printed}”下面没有内容", "nothing stands under “{printed}”"),
    Words(
        "请补上内容；内容是表格的，链接到那张表；原件如此的，在“认可”中说明",
        "add what is missing, or link the table that belongs there; if printed so, explain it",
    ),
    Words(
        "模板里有这一节，报告却没有写，读者不知道是没有还是漏了。",
        "The form asks for the section; left empty, nobody knows whether there was nothing to say.",
    ),
    "预算法第七十五条（决算内容完整）；财预〔2016〕143号第三条（条文待核）",
)
# A heading that says all there is to say: 五、其他需要说明的问题：无.
SAID = re.compile(r"[:：]\s*\S|(?:没有|无)(?:[。.]?$|其他|需要)|[。；;]$|.{26}")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every heading of the narrative."""
    narrative = subject.disclosure.narrative
    sections = narrative.sections
    if not any(section.level for section in sections):  # quick
        yield Outcome(RULE, reason=Words("正文没有标题", "the narrative has no headings"))
        return
    for number, section in enumerate(sections):
        below = sections[number + 1].level if number + 1 < len(sections) else 0
        title = section.title
        if section.markdown or below > section.level or SAID.search(title):
            yield Outcome(RULE)
            continue
        plain = _plain(title)
        tables = subject.disclosure.report.form.tables
        if len(plain) > 1 and any(plain in _plain(table.caption) for table in tables):
            continue  # what stands there is a table of the form
        address = f"正文.{address_part(title)}"
        at = Place(narrative.file, section.line, section.level + 2)
        words = {"printed": title}
        yield Outcome(RULE, finding=Finding(RULE, at, words, (), address, title))


def _plain(words: str) -> str:
    """Words without number and brackets, to compare a heading with a caption."""
    words = re.sub(
        r"^[（(]?[0-9一二三四五六七八九十]+[）)]?[、.．]?|[（(][^（）()]*[）)]", "", words
    )
    return re.sub(r"[\s、，。：:]", "", words)
