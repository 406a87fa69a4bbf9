"""漏字: 与 left out before a year that is compared with, 与上年增加 for 比上年增加, 分别 without its 是."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding
from site_builder.rules.misspelt import MISSPELT
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

_YEAR = "(?:20[0-9]{2}年度?|上一?年度?|去年)(?:同期|年初)?(?:预算|决算|收入|支出|执行|实际)?[数额]?"
# 收入合计120万元，2021年度相比，减少5万元
COMPARED = re.compile("相比(?=[，,增减下上持基略有])")
ALONE = re.compile(f"(?<![^，,。；;：:\n]){_YEAR}$")
# 与上年增加5万元; not 2021年与2022年增长3%和5%
WITH = re.compile(f"与(?<![年度]与){_YEAR}(?:增加|减少|增长|下降|上升|降低)了?(?=[0-9])")
# 下属2个单位，分别国库中心、评审中心
LISTED = re.compile(
    "分别(?=[一-鿿]{2,20}?(?:中心|办公室|[科股室局所站]|大队|[镇乡]政府|人民政府)(?:[（(][^（）()]{0,16}[）)])?、)"
    "(?![是为有由在与同将对按以从归到用属设隶负承召走组开建赴深检督指调列位占于达就向针完实派划编核发拨支投给向去前抽联会新])"
)
COUNTED = re.compile("[0-9一二三四五六七八九十两]个[^，,。；;：:0-9]{0,14}[，,：:]?$")


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording = subject.wording
    yield from outcomes_of([*_compared(wording), *_listed(wording)], (MISSPELT,))


def _compared(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in COMPARED.finditer(text, 0, end) if "相比" in text else ():  # quick
        year = ALONE.search(text, max(0, match.start() - 20), match.start())
        if year is not None:
            yield _found(
                wording, year.start(), match.end(), "与" + text[year.start() : match.end()]
            )
    for match in WITH.finditer(text, 0, end):
        yield _found(wording, *match.span(), "比" + match[0][1:])


def _listed(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in LISTED.finditer(text, 0, end) if "分别" in text else ():  # quick
        if COUNTED.search(text, max(0, match.start() - 20), match.start()):
            after = text[match.end() : match.end() + 2]
            yield _found(wording, match.start(), match.end() + 2, f"分别是{after}")


def _found(wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(MISSPELT, wording, start, end, {"recomputed": meant}, meant)
