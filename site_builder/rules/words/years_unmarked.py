"""年份写漏了字: a year without 年 (2022部门决算, 2022度, 2022-预算数), or of five digits or three (22022年)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

RULE = Rule(
    "year-unmarked",
    "note",
    Words("年份没有写“年”或写错了位数", "A year without 年, or with a digit too many or too few"),
    Words("“{printed}”应写作“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "请补上“年”字或改正年份；原件如此的，保留原文并在“认可”中说明",
        "add 年 or mend the year; if it is printed so, keep and explain it",
    ),
    Words(
        "少了“年”字，年份会被当成编号或数量；多一位少一位，就不是年份了。",
        "Without 年 a year reads like a number or an amount; with five digits it is none.",
    ),
)
_OF_A_YEAR = '部门|财政|决算|预算|绩效|一般公共|政府性基金|[“”"]?三公'
BARE = re.compile(
    r"20[0-3][0-9](?<![0-9A-Za-z.\-—–～至/〔\[(（【第]20[0-3][0-9])"
    rf"(?!年)(?=[一-鿿]{{2,3}}[镇乡县]|[全我本][县镇市乡域区]|{_OF_A_YEAR})"
)
MEASURES = frozenset("元万亿户亩人个项名辆栋吨次斤家件台座处条间公平立米千")
# 2022收支总预算, 2022末; 较2021减少: what only a year has behind it, for years near the report's.
NEAR = re.compile(
    r"20[0-3][0-9](?<![0-9A-Za-z.\-—–～/〔\[(（【第]20[0-3][0-9])(?<![^截]至20[0-3][0-9])"
    r"(?=收支|[收支][入出](?:总?预算|总?决算|总[额计数]|合计|情况)|重点(?:工作|任务|项目)|工作(?:总结|计划|要点|任务|情况)|[上下]半年|"
    r"没有|未[发安支还]|[末底](?=[，,。；;、（(]|我|全|共|实有|在职|结[转余])|初(?=预算|[，,。；;])|本级|"
    r"度(?=部门|预算|决算|财政|收[入支]|支出|一般|政府|绩效|项目|工作|本|我|全|[“”\"]?三公|[，,](?<![一-鿿0-9].{6}))|"
    r"(?:[减增下上相持][少加降长升比平]|有所|略[有微降增升减])(?<=[较比与同].{6}))"
)
# 2022-预算数, 本-决算数, 比上-增加: a mark where a web page lost the 年
DASHED = re.compile(
    r"[-－—–](?:(?<=20[0-3][0-9].)(?=度|"
    + _OF_A_YEAR
    + r"|本级|收[入支]|支出|[末初底](?![0-9])|全[县镇乡市年]|工作)|"
    r"(?<=[^成基资版文样课]本.)(?=[预决]算|级|度)|(?<=[比较与同]上.)(?=[增减下持结预决同相末]))"
)
DASHED_BEFORE = re.compile("(?:20[0-9]{2}|[本上]).$")
DIGITS = re.compile("年(?<=[0-9OoＯIl]{3}年)")
# 附件12025年: the annex has the first digit
WRITTEN = re.compile(r"(?<![0-9A-Za-z.,，\-—–～至/年件表图第])[0-9OoＯIl]{3,5}$")
LETTERS = str.maketrans("OoＯIl", "00011")
OF_YEAR = re.compile("度(?!假)|[预决]算|[0-9]{1,2}月|[末初底]")
FAR = 3  # years from the report's


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording, year = subject.wording, subject.disclosure.key.year
    found = [*_bare(wording, year), *_dashed(wording), *_digits(wording, year)]
    yield from outcomes_of(found, (RULE,))


def _bare(wording: Wording, year: int) -> Iterator[Finding]:
    """“2019砂田镇”, “2022收支总预算”: what follows says that it is a year, and no measure does."""
    text = wording.text
    for match in BARE.finditer(text, 0, wording.notes):
        if text[match.end()] not in MEASURES:
            yield _found(wording, *match.span(), match[0] + "年")
    for match in NEAR.finditer(text, 0, wording.notes):
        if abs(int(match[0]) - year) < FAR:
            yield _found(wording, *match.span(), match[0] + "年")


def _dashed(wording: Wording) -> Iterator[Finding]:
    """“2022-预算数”, “本-决算数”."""
    text = wording.text
    for match in DASHED.finditer(text, 0, wording.notes):
        before = DASHED_BEFORE.search(text, match.end() - 5, match.end())
        assert before is not None  # the lookbehind's own words
        yield _found(wording, *before.span(), before[0][:-1] + "年")


def _digits(wording: Wording, year: int) -> Iterator[Finding]:
    """“22022年”, “202年度”, “2O22年”: with one digit less or more it is a year near the report's."""
    text = wording.text
    for match in DIGITS.finditer(text, 0, wording.notes):
        written = WRITTEN.search(text, max(0, match.start() - 6), match.start())
        if written is None:
            continue
        meant = _meant(written[0], year, OF_YEAR.match(text, match.end()) is not None)
        if meant:
            yield _found(wording, written.start(), match.end(), meant + "年")


def _meant(written: str, year: int, of_year: bool) -> str:
    """The year that digits stand for; empty where they are one, or are no year."""
    digits = written.translate(LETTERS)
    if len(digits) == 4:
        return digits if digits != written else ""
    if len(digits) == 3:
        one_more = {digits[:n] + d + digits[n:] for n in range(4) for d in "0123456789"}
        return str(year) if of_year and str(year) in one_more else ""
    one_less = [digits[:n] + digits[n + 1 :] for n in range(5)]
    near = [one for one in one_less if abs(int(one) - year) < FAR]
    return min(near, key=lambda one: abs(int(one) - year), default="")


def _found(wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(RULE, wording, start, end, {"recomputed": meant}, meant)
