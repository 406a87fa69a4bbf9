"""A cause told of a change in spending that would have turned it the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator

UP = "增加|增长|上升|提高|多支出|增支"
DOWN = "减少|下降|降低|压减|少支出|减支"
_MUCH = "[0-9][0-9.]*(?:[%％]|[万亿]?元)"
_WHY = (
    "(?:其|变动|变化|增减|增加|减少|增长|下降|的)*(?:主要)?"
    "(?:原因(?:是|为|在于|系|[:：])?(?:由于|因为|因)?|是?(?:由于|因为|因)|系(?!统)|得益于)|主要(?:是|系|为)"
)
# 比上年减少28.16万元，下降1.96%，原因是在职人员增加; 减少的主要原因是人员增加
BECAUSE = re.compile(
    rf"(?:(?P<up>{UP})|{DOWN})(?:了|约|率|幅|为)*{_MUCH}(?:[，,（(](?:同比|降幅|增幅|{UP}|{DOWN})*(?:了|为|率|达|约)*{_MUCH}[）)]?)?[，,。：（(]+(?:{_WHY})(?P<why>[^。；;）)]+)|"
    rf"(?:(?P<more>大于|高于|超过|{UP})|小于|低于|{DOWN})(?:年初|全年|上年|调整)?(?:预算|决算)?数?的(?:主要)?原因(?:是|为|在于|[:：])(?:由于|因为|因)?(?P<cause>[^。；;）)]+)"
)
# Led by one character each, which is found at once.
MAYBE = (
    re.compile("因(?<=[原是，,（。]因)(?=[^。；;]{0,60}[增减下上控节压精提频多新厉严])"),
    re.compile("由于"),
    re.compile("系(?<=[，,（要]系)(?!统)"),
    re.compile("得益于"),
    re.compile("主要[是为]"),
)
SPENDING = re.compile("支出|决算数|执行数|经费|费用|开支|[待护训议公旅务费]费")
OTHER = re.compile("收入|结余|结转|资产|负债|拨款(?!支出)|收费|税|预算调整|执行率|进度|缺口")
_STAFF = "(?:我[镇乡])?(?:在职|在编|编制内|实有)?(?:人员|人数|干部|职工)+(?:数量|编制|总数)?"
_OF_WORK = (
    "(?:公务)?(?:接待|来访|出差|会议|培训|车辆|活动|检查)(?:批次|人次|次数|数量|量|任务|工作|人数)*"
)
_ADVERBS = "(?:[比较](?:上年|去年))?(?:有所|相应|大幅|明显|逐年|普遍)*"
_ENDS = "(?:较多|较大|[0-9]+[人名])?(?=[，,。；;、和及与等所导引（()）]|$)"
_OPENS = "(?:本年度?|今年|当年|全年|20[0-9]{2}年度?|我[镇乡]|镇里|为|一是)*[，,]?"
MORE = re.compile(
    f"{_OPENS}(?:(?P<staff>{_STAFF}{_ADVERBS}(?:增加|增多|上升)|新(?:增|进|招|录用?|调入)[^，,。；;、0-9减退]{{0,8}}人员?)|{_OF_WORK}{_ADVERBS}(?:较多|增加|增多|频繁|繁重|加大)|"
    f"(?:油价|物价|工资(?:标准)?|津贴补贴|津补贴(?:标准)?|(?:社保)?缴费基数|人工成本|材料价格){_ADVERBS}(?:上涨|上调|提高|提标|调增|调标|增加)){_ENDS}"
)
LESS = re.compile(
    f"{_OPENS}(?:(?P<staff>{_STAFF}{_ADVERBS}(?:减少|下降))|{_OF_WORK}{_ADVERBS}(?:减少|下降|压减)|"
    "(?:厉行(?:勤俭)?节约|(?:严格|从严|严)控制?|压缩|压减|精简|严格(?:执行|落实|遵守)(?:中央)?八项规定)[^，,。；;、0-9增]{0,14})"
    f"{_ENDS}"
)
# What was low or high before, what is told of several together, what is weighed up
OTHERWISE = re.compile(
    "上年(?![增减有])|去年(?![增减有])|基数|虽|但|尽管|同时|基础上|前提|抵|大于|小于|超过|[0-9]万?元|补偿|改革|离退休|退休"
)


def against_its_cause(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a cause stands, and the change that it denies."""
    for match in BECAUSE.finditer(text):
        up = (match["up"] or match["more"]) is not None
        group = "why" if match["why"] is not None else "cause"
        low = max(text.rfind(mark, 0, match.start()) for mark in "。；;") + 1
        subject = text[low : match.start()]
        if not SPENDING.search(subject) or OTHER.search(subject) or OTHERWISE.search(match[group]):
            continue
        contrary, alike = (LESS, MORE) if up else (MORE, LESS)
        cause = contrary.match(text, match.start(group), match.end(group))
        if cause is None:
            continue
        # Of several causes those that fit may be the greater, but for staff, which costs most.
        rest = re.split("[、，,和及]", text[cause.end() : match.end(group)])
        if cause["staff"] is not None or not any(alike.match(one) for one in rest):
            way = text[match.start() : match.start(group)]
            yield match.start(group), cause.end(), re.split("[，,。：（(]", way)[0]
