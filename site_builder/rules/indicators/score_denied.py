"""说法与得分矛盾: a score whose own words deny it, a score told under another indicator's name.

In a table, a score despite words that deny it is `score-despite-failure`; here the sentences are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Cell, Line, TableData
from site_builder.rules.admitted import NOT_DONE
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.wording import Wording

_REMEDY = Words(
    "请核对说明和得分，改正写错的一处；原件如此的，保留原文并在“认可”中说明",
    "mend what is wrong, words or score; if both are printed so, keep and explain them",
)
DENIED = Rule(
    "score-denied",
    "warning",
    Words("得分与说明相反", "Words that deny the score"),
    Words(
        "“{label}”得了{printed}分，说明却写“{claim}”",
        "“{label}” scores {printed}, yet its words say “{claim}”",
    ),
    _REMEDY,
    Words(
        "没有做到的事情得了分，这个分数就没有依据。",
        "A score for what was not done has nothing to stand on.",
    ),
)
UNDESERVED = Rule(
    "zero-denied",
    "warning",
    Words("得零分却说没有问题", "Scores nothing, yet nothing was wrong"),
    Words(
        "“{label}”得0分，说明却写“{claim}”",
        "“{label}” scores 0, yet its words say “{claim}”",
    ),
    _REMEDY,
    Words("扣分应当写明原因。", "What is deducted needs a reason."),
)
MISNAMED = Rule(
    "score-misnamed",
    "warning",
    Words("得分写在别的指标名下", "A score under another indicator's name"),
    Words(
        "“{label}”的得分写成了“{claim}”的得分",
        "the score of “{label}” is told as that of “{claim}”",
    ),
    _REMEDY,
    Words(
        "指标名称张冠李戴，读者无从知道这个得分属于哪一项。",
        "Under another's name nobody knows which indicator scored it.",
    ),
)

# The denial is denied, a rule of scoring is told, or it is said of others.
NOT_DENIED = re.compile(
    r"不存在|没有出现|未出现|未发现|没有发现|未发生|没有发生|杜绝|避免|防止|是否|如[果有未]|若|凡|对未|对没|"
    r"扣|不得分|得0分|则|的，|(?:未|没有)[^，。；]{0,10}(?:现象|情况|问题|行为)"
)
OF_WEIGHT = re.compile("(?:分值|满分|权重|标准分)(?:为|[:：])?$")
DEDUCTED = re.compile(r"扣|满分|不得分|酌情")
FLAWLESS = re.compile(
    r"(?:无|不存在|没有)[^，。；（）]{0,12}问题|账[实账]相符|(?:制度|资料|手续)(?:齐全|健全|完备)|程序规范|"
    r"(?:已|按[时期]|定期|按规定)[^，。；（）]{0,12}(?:公开|盘点|上缴|报送)|(?:均已|已全部|全部)(?:按[^，。；]{0,6})?(?:完成|公开|落实|上缴|到位)|完成率(?:为|达)?100[%％]"
)
FAULTS = re.compile(
    r"未(?!发现)|没(?!有发现)|不足|滞后|缺|超|差|逾期|延|待|不(?!存在)|但|晚|亏|少|仅|预算(?:为|数)?0|[^0-9.]0%"
)
EXPLAINS = re.compile(r"说明|完成|原因|情况|实际|备注|理由|依据")
PRESCRIBES = re.compile(r"标准|细则|解释|评分办法|年度指标值|预期|目标值|计算")
NUMBERED = re.compile(r"^(?:[①-⑳]|[（(]?[\d一二三四五六七八九十]{1,2}[）).、．])+")
SCORED = re.compile(r"(?:得分?|自评(?:得分?)?)(?:为|：)?\s*\d")
# In a sentence: “…盘点情况得2分，我镇未按要求进行盘点”, “③项目完成及时性。绩效目标完成率得分4分”.
TOLD = re.compile(r"分[，,。：（(]([^；;。\n]{2,60})")
POINTS = re.compile(r"(\d+(?:\.\d+)?)$")
SCORES = re.compile(r"(?:自评)?得分?$")
TITLED = re.compile(
    r"[①-⑳]([\u4e00-\u9fff“”]{4,20})。\s*([\u4e00-\u9fff“”]{4,40}?)(?:自评)?得分?(?:为)?\s*\d"
)
# （2）生态效益。水质达标，社会效益指标得5分: under the number of one, the name of another of them.
NUMBERED_TITLE = re.compile(
    r"(?:[①-⑳]|[（(][0-9一二三四五六七八九十]{1,2}[）)]|(?<![0-9.])[0-9]{1,2}[.．、])(?P<name>[\u4e00-\u9fff]{4,12})[。：:（(]"
)
NAMES_SCORE = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,14}?)(?:指标)?(?:自评)?得分?(?:为)?\s*\d")
POINTS_TOLD = re.compile("得分?为?[ ]?[0-9]")
# 资产管理分值4分，自评得4分; 得满分
IN_FULL = re.compile(
    r"[满分权](?:(?<=得满)分|(?<=了满)分|(?:(?<=满)分|(?<=分)值|(?<=权)重)(?:为|[:：])?(?P<full>\d+(?:\.\d+)?)分[，,、（(]?"
    r"(?:本项|该项|此项)?(?:自评|实际)?(?:得分?|自评)(?:为)?(?P<got>\d+(?:\.\d+)?)分)"
)
NOUNS = re.compile(r"[\u4e00-\u9fff]{2,}")
_PAIRS = (
    "情况 合规 规性 管理 完成 及时 进行 要求 工作 指标 得分 年度 我镇 我们 开展 按照 没有 规定 时性"
)
EMPTY = frozenset(_PAIRS.split())


def check(subject: Subject) -> Iterator[Outcome]:
    """Each line with a score against its own words, then the scores told in sentences."""
    found: list[Finding] = []
    for table in subject.disclosure.report.tables:
        found += _table(table)
    found += _sentences(subject.wording)
    yield from outcomes_of(found, (DENIED, UNDESERVED, MISNAMED))


def _table(table: TableData) -> Iterator[Finding]:
    columns = (*(None for _ in table.form.levels), *table.form.columns)
    scores = [n for n, c in enumerate(columns) if c is not None and c.role == "得分"]
    if not scores:
        return
    weights = [n for n, c in enumerate(columns) if c is not None and c.role == "分值"]
    words = [
        n
        for n, c in enumerate(columns)
        if c is not None and EXPLAINS.search(c.label) and not PRESCRIBES.search(c.label)
    ]
    names = {NUMBERED.sub("", line.label) for line in table.lines}
    for line in table.lines:
        score = line.cells[scores[0]]
        if score.fact is None:
            continue
        full = line.cells[weights[0]].fact if weights else None
        if full is not None and not full.figure.amount:
            continue  # it could get nothing
        for cell in (line.cells[n] for n in words):
            if cell.text and cell.fact is None:  # quick
                yield from _cell(line, cell, score, score.fact.figure.amount, names)


def _cell(
    line: Line, cell: Cell, score: Cell, amount: Decimal, names: set[str]
) -> Iterator[Finding]:
    text, name = cell.text, NUMBERED.sub("", line.label)
    if amount == 0:
        claim = FLAWLESS.search(text)
        if claim is not None and not FAULTS.search(text.replace(claim[0], "")):
            yield _finding(UNDESERVED, name, cell, score, claim[0])
    for told in SCORED.finditer(text):
        before = text[: told.start()].removesuffix("自评")
        ending = (n for n in names if len(n) >= 4 and before.endswith(n))
        other = max(ending, key=len, default="")
        if not name.endswith(other) and not other.endswith(name):
            yield _finding(MISNAMED, name, cell, score, other)


def denial(text: str, name: str) -> str:
    """The clause that denies what an indicator called `name` measures; empty when none does."""
    for match in NOT_DONE.finditer(text):
        start = max(text.rfind(c, 0, match.start()) for c in "，。；、：:\n") + 1
        ends = [e for c in "，。；\n" if (e := text.find(c, match.end())) >= 0]
        end = min(ends, default=len(text))
        clause = text[start:end]
        if about(clause, name) and not NOT_DENIED.search(clause):
            return clause.strip()
    return ""


def about(clause: str, name: str) -> bool:
    """Do two of the name's characters in a row stand in the clause?"""
    for noun in NOUNS.findall(name):
        for place in range(len(noun) - 1):
            pair = noun[place : place + 2]
            if pair not in EMPTY and pair in clause:
                return True
    return False


def _finding(rule: Rule, name: str, cell: Cell, score: Cell, claim: str) -> Finding:
    words = {"label": name, "claim": claim[:40]}
    return Finding(rule, cell.at, words, (score.at,), cell.address, claim[:40])


def _sentences(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in TITLED.finditer(text, 0, end):
        title, told = match[1], match[2]
        if title in told or told in title or told.startswith(("该项", "本项", "此项")):
            continue
        yield _said(MISNAMED, wording, match.start(2), match.end(2), title, told, told)
    yield from _misnamed(wording)
    for match in IN_FULL.finditer(text, 0, end):
        if match["full"] != match["got"]:
            continue
        if wording.source(match.start()).kind == "sentence":
            yield from _denied_in_full(wording, match)
    for match in TOLD.finditer(text, 0, end):
        said = match[1]
        points = POINTS.search(text, max(0, match.start() - 6), match.start())
        if not NOT_DONE.search(said):  # quick
            continue
        if points is None or DEDUCTED.search(said):
            continue
        if OF_WEIGHT.search(text, max(0, points.start() - 5), points.start()):
            continue
        if Decimal(points[1]) == 0 or wording.source(match.start()).kind != "sentence":
            continue
        low, _ = wording.sentence(points.start(), "。；！？，\n")
        label = SCORES.sub("", text[low : points.start()].strip(" -*：:"))
        claim = denial(said, label)
        if claim:
            start = match.start(1) + said.index(claim)
            yield _said(DENIED, wording, start, start + len(claim), label, points[1], claim)


def _misnamed(wording: Wording) -> Iterator[Finding]:
    """A line with the number and name of one indicator that tells the score of another."""
    text, end = wording.text, wording.notes
    last: dict[int, int] = {}  # where a line begins, and where its last score is told
    for match in POINTS_TOLD.finditer(text, 0, end):
        last[text.rfind("\n", 0, match.start()) + 1] = match.end()
    titles = [
        (t, high) for low, high in last.items() for t in NUMBERED_TITLE.finditer(text, low, high)
    ]
    names = {title["name"] for title, _ in titles}
    for title, high in titles:
        said = NAMES_SCORE.search(re.split("[（(①-⑳]", text[title.end() : high])[0])
        if said is not None and said["name"] in names - {title["name"]}:
            name = said["name"]
            start = title.end() + said.start("name")
            yield _said(MISNAMED, wording, start, start + len(name), title["name"], name, name)


def _denied_in_full(wording: Wording, match: re.Match[str]) -> Iterator[Finding]:
    """Full marks, and the sentence says before it, or the next one after it, that it was not done."""
    text = wording.text
    low, _ = wording.sentence(match.start(), "。；！？\n")
    label = re.split("[，,]", text[low : match.start()])[-1].strip(" -*：:（(得了")
    after = text[match.end() : match.end() + 80].lstrip("）)。，, ").partition("\n")[0]
    begin = text.index(after, match.end())
    after = after.partition("。")[0]
    for start, said in ((low, text[low : match.start()]), (begin, after)):
        claim = denial(said, label)
        if claim:
            at = start + said.index(claim)
            printed = match["got"] or "满"
            yield _said(DENIED, wording, at, at + len(claim), label[-12:], printed, claim)
            return


def _said(
    rule: Rule, wording: Wording, start: int, end: int, label: str, printed: str, claim: str
) -> Finding:
    spot = wording.spot(start, end)
    address = f"{spot.source.address}={address_part(claim)}"
    words = {"label": label, "printed": printed, "claim": claim}
    return Finding(rule, spot.at, words, address=address, printed=claim, length=spot.length)
