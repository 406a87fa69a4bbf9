"""正文里的得分与评分表不符: points of a group told in a sentence, full marks claimed, against the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.report import Fact, TableData
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "told-points",
    "warning",
    Words("正文里的得分与评分表不符", "Points in a sentence are not those of the table"),
    Words(
        "正文写“{printed}”，评分表里{what}合计{recomputed}分",
        "the sentence says “{printed}”; the table has {recomputed} points for {what}",
    ),
    Words(
        "请对照评分表核对；原件如此的，保留原文并在“认可”中说明",
        "compare it with the table; if it is printed so, keep and explain it",
    ),
    Words(
        "正文的得分从评分表来，两处不同，读者不知道该信哪一处。",
        "Points in the text come from the table; where they differ nobody knows which to believe.",
    ),
)
# 产出指标49分, 效益指标得30分, 满意度得分为8分
GROUP = re.compile(
    r"(?P<group>产出|效益|满意度|成本)(?:类|性)?(?:指标)?(?:方面)?(?:[（(](?:满分|分值)?[0-9.]{1,5}分[）)])?[，,：:]?(?:自评|实际|实|共|合计|最终)*(?P<got>得分|得|计)?(?:为|是|共|了)*"
    r"(?P<n>[0-9]{1,3}(?:\.[0-9]{1,2})?)分(?![值以之钟])"
)
# 产出指标满分54分，得53.68分
OF_FULL = re.compile(
    r"(?P<group>产出|效益|满意度|成本)(?:类|性)?(?:指标)?(?:共|合计)?(?:满分|分值|权重|总分)(?:为|是|共)?(?P<full>[0-9]{1,3}(?:\.[0-9]{1,2})?)分"
    r"[，,]?(?:自评|实际)?得(?:分)?(?:为)?(?P<n>[0-9]{1,3}(?:\.[0-9]{1,2})?)分"
)
# 人居环境整治项目…，自评得99.81分: a project by its name, then its score
OF_PROJECT = re.compile(
    r"(?:自评|得分|评分|(?<=[，,；;。])得)(?:总分|结果)?(?:得分|得|分)?(?:为|是|达)?(?P<n>[0-9]{1,3}(?:\.[0-9]{1,2})?)分(?![值以之钟])"
)
MAY_SCORE = led_by("自得评", OF_PROJECT.pattern)
NOT_TOTAL = re.compile(
    "指标|产出|效益|满意|执行率|满分|平均|分别|上年|去年|扣|其中|财政|复核|抽查|整体|部门|我[镇乡]|单位|村(?!民)"
)
# A weight, a rule, another year's or a project's points.
# 产出指标扣3分, where nothing else is told of what it lost
TAKEN = re.compile(
    r"(?P<group>产出|效益|满意度|成本)(?:类|性)?(?:指标)?(?:方面)?[，,：:]?(?:自评|共|合计|仅|只)*(?:扣分?|失分?)(?:了|为)?"
    r"(?P<n>[0-9]{1,3}(?:\.[0-9]{1,2})?)分"
)
OF_SOME = re.compile(
    "其中|另|主要|个别|部分|如|一项|[两二三0-9]项|每|上年|去年|项目|平均|村|最多|以上|未按"
)
OF_OTHERS = re.compile(
    "村|不等|满分|分值|权重|标准分|上年|去年|上一年|项目|(?<!没有)(?<!未)扣|每|以上|以下|调查|问卷|平均|测评"
)
FULL = re.compile(
    r"(?:全部|所有|各项?|每项|(?P<count>[三四五六七八九])项)(?:绩效|一级|二级|三级|评价|考核)*指标(?:得分|自评)?(?:均|都|全部|皆)*"
    r"(?:得|获得?|拿到?|评为|为)了?满分|自评(?:均|都|全部)为满分|(?:未|没有)(?:发现|出现|发生)扣分(?:情况|现象|项目?)?(?=[，,。；;]|$)|"
    r"(?:没有|无|未)(?:任何|一[项处])?扣分(?:项目?|情况|指标|之处)?(?=[，,。；;]|$)|(?:均|都)(?:未|没有)扣分|零扣分"
)
FULL_SCORE = Decimal(100)
NUMBERS = "〇一二三四五六七八九"
NOT_FULL = re.compile(
    "除|未设|没有设|不设|三公|其余|其他|外|如|若|凡|不足|财务|违规|上年|去年|项目|考核"
)


class _Sum(NamedTuple):
    """The points of a group of indicators: got and to be had; where its first score stands."""

    score: Decimal
    weight: Decimal
    at: Place


def check(subject: Subject) -> Iterator[Outcome]:
    """Points told of a first-level group, and full marks claimed of all; one table of indicators."""
    tables = [lines for _, lines in subject.indicators]
    compared = False
    for outcome in _projects(subject):
        compared = True
        yield outcome
    if len(tables) == 1:
        for outcome in (
            *_groups(subject, tables[0]),
            *_of_full(subject, tables[0]),
            *_full(subject, tables[0]),
            *_lost(subject, tables[0]),
        ):
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有写各类指标的得分", "no points are told"))


def _sum(lines: list[IndicatorLine]) -> _Sum | None:
    """None where a line has no score or no weight, or there is no line."""
    score = weight = Decimal(0)
    places: list[Place] = []
    for line in lines:
        if line.score is None or line.weight is None:
            return None
        if line.score.fact is None or line.weight.fact is None:
            return None
        score += line.score.fact.figure.amount
        weight += line.weight.fact.figure.amount
        places.append(line.score.at)
    return _Sum(score, weight, places[0]) if places else None


def _groups(subject: Subject, lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    sums: dict[str, _Sum | None] = {}
    for passage in subject.told.holding(GROUP):
        if passage.address or not is_told(passage):
            continue
        for match in GROUP.finditer(passage.text):
            low, high = passage.sentence(match.start())
            if OF_OTHERS.search(passage.text, low, high):
                continue
            group = match["group"]
            if group not in sums:  # quick
                sums[group] = _sum([x for x in lines if group in x.levels[0]])
            told = Decimal(match["n"])
            meant = sums[group]
            if meant is None:
                continue
            if told == meant.score or (told == meant.weight and not match["got"]):
                yield Outcome(RULE)
            else:
                yield _found(passage, match, meant, f"“{group}”类指标得分")


def _of_full(subject: Subject, lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    """产出指标满分54分，得53.68分: both against the group."""
    for passage in subject.told.holding(OF_FULL):
        if passage.address or not is_told(passage):
            continue
        for match in OF_FULL.finditer(passage.text):
            meant = _sum([x for x in lines if x.levels and match["group"] in x.levels[0]])
            if meant is None:
                continue
            if Decimal(match["n"]) != meant.score:
                yield _found(passage, match, meant, f"“{match['group']}”类指标得分")
            elif Decimal(match["full"]) != meant.weight:
                weight = _Sum(meant.weight, meant.weight, meant.at)
                yield _found(passage, match, weight, f"“{match['group']}”类指标分值")
            else:
                yield Outcome(RULE)


def _lost(subject: Subject, lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    """产出指标扣3分: all that the group lost; of some of it more may have been lost."""
    for passage in subject.told.holding(TAKEN):
        if passage.address or not is_told(passage):
            continue
        for match in TAKEN.finditer(passage.text):
            meant = _sum([x for x in lines if match["group"] in x.levels[0]])
            low, high = passage.sentence(match.start())
            if meant is None or OF_SOME.search(passage.text, low, high):
                continue
            lost = meant._replace(score=meant.weight - meant.score)
            if Decimal(match["n"]) == lost.score:
                yield Outcome(RULE)
            else:
                yield _found(passage, match, lost, f"“{match['group']}”类指标扣分")


def _full(subject: Subject, lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    whole = _sum(list(lines))
    if whole is None:
        return
    for passage in subject.told.holding(FULL):
        if passage.address or not is_told(passage):
            continue
        for match in FULL.finditer(passage.text):
            low, high = passage.sentence(match.start())
            of_group = any(w in passage.text[low:high] for w in ("产出", "效益", "满意度", "成本"))
            if passage.text.startswith("的", match.end()):
                continue  # 全部指标均得满分的村有3个
            if of_group or NOT_FULL.search(passage.text[low:high].replace("扣分项目", "扣分")):
                continue
            if match["count"] and NUMBERS.index(match["count"]) != len(lines):
                continue  # 三项指标: of others
            if whole.score == whole.weight:
                yield Outcome(RULE)
            else:
                yield _found(passage, match, whole, f"满分{whole.weight:f}分的各项指标得分")
                break


def _projects(subject: Subject) -> Iterator[Outcome]:
    """The score of a project whose own table of indicators is open, against that table's total."""
    totals: dict[str, tuple[Decimal, Place]] = {}
    for table, _ in subject.indicators:
        weight, score = (_total(table, role) for role in ("分值", "得分"))
        if table.form.subject and score is not None and weight is not None:
            name = table.form.subject.removesuffix("工程").removesuffix("项目")
            if weight.figure.amount == FULL_SCORE:  # else the budget has points elsewhere
                totals[name] = score.figure.amount, score.at
    for passage in subject.told.holding(MAY_SCORE) if totals else ():  # quick
        text = passage.text
        for match in OF_PROJECT.finditer(text):
            low = passage.clause(match.start())[0]
            named = _named(passage, match.start(), totals)
            if len(named) != 1 or passage.address:
                continue
            if NOT_TOTAL.search(text[low : match.end()].replace(named[0], "")):
                continue
            amount, at = totals[named[0]]
            if Decimal(match["n"]) == amount:
                yield Outcome(RULE)
            else:
                meant = _Sum(amount, amount, at)
                yield _found(passage, match, meant, f"“{named[0]}”各项")


def _total(table: TableData, role: str) -> Fact | None:
    column = table.form.column_with(role)
    cell = table.total.get(column.label) if column is not None else None
    return cell.fact if cell is not None else None


def _named(passage: Passage, end: int, names: Iterable[str]) -> list[str]:
    """The projects that the sentence has named; if none, the paragraph; if none, its heading."""
    text = passage.text
    heads = (text[passage.sentence(end)[0] : end], text[:end], passage.section.split(" · ")[-1])
    found = ([name for name in names if name in head] for head in heads)
    return next(filter(None, found), [])


def _found(passage: Passage, match: re.Match[str], meant: _Sum, what: str) -> Outcome:
    printed, right = match[0], f"{meant.score:f}"
    words = {"printed": printed, "what": what, "recomputed": right}
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (meant.at,),
        sentence_address(printed, what),
        printed,
        right,
    )
    return Outcome(RULE, finding=finding)
