"""年份有误: results, staff, the report itself and what it evaluates, told of another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Report
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.year_words import OF_YEAR, YEAR
from site_builder.wording import Wording

RULE = Rule(
    "wrong-year",
    "error",
    Words("年份与报告年度不符", "Results under another year"),
    Words(
        "这是{year}年度的报告，这里却写“{printed}”的“{what}”",
        "this is the report of {year}, yet “{what}” is told of “{printed}”",
    ),
    Words(
        "请核对年份，多半是沿用其他年度的报告时没有改；原件如此的，保留原文并在“认可”中说明",
        "check the year, most likely left over from another report; if it is printed so, explain it",
    ),
    Words(
        "决算、自评得分和结论只属于一个年度；年份写错，读者就会把数字用到另一年去。",
        "Accounts and scores belong to one year; under another they mislead whoever uses them.",
    ),
)
OWN_WORDS = re.compile("[，,](?=(?:[我本全]|部门|整体|绩效|自评))")
RESULT = re.compile(
    r"([^，。；！？\n]{0,16}?)"
    r"(基本支出|项目(?:经费)?支出|整体支出|总支出|支出总[额计]|支出合计|决算支出|实际支出|全年支出|收入[合总]计|总收入|"
    r"[“”]?三公[“”]?经费|机关运行经费|公用经费|财政拨款|绩效(?:自评|评价)?(?:结论|得分|评分|结果|等级)|"
    r"(?:自评|自查|评价|综合)(?:得分|评分|结论|等级))"
    r"[^，。；！？\n]{0,14}?"
    r"(\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元|分)|[为是：“][“]?(?:优秀|优良|良好|优|良|中|合格))"
)
# What is planned, wished or budgeted for another year is in place; so is what another year's paper says.
PLANNED = re.compile(
    r"计划|目标|将|力争|拟|预计|预期|规划|争取|打算|下一步|明年|来年|下年|预算(?!执行|支出|拨款|财政|收入)|编制|申报|谋划|部署|"
    r"做好|要求|任务|安排|结转|通知|文件|上年|上一年|去年|同期|相比|比较|增[加长]|减少|下降|整改"
)
OF_PROJECT = re.compile("[一-鿿]{4}(?:项目|工程)$")
SCORED = re.compile(r"(?:自评|评价|综合|自查)(?:得分|评分|结论|等级)")
SCORE = re.compile(
    r"(?:自评|评价|综合|总)(?:得分|评分|总分|得)?(?:为|是)?[0-9]{1,3}(?:\.[0-9]+)?分"
)
# 2022年自评得分92.8分，今年提高2.1分: beside this year's.
BESIDE_NOW = re.compile("[今本]年|提高|提升|上升|降低|[高低]于")
ENDS = frozenset(("", *"。；！？\n"))  # of a sentence
JOINED = frozenset("-—~至到于自待从、和及与较比同")
OWN_LABEL = re.compile(r"(?:评价|自评|绩效|报告|所属|决算|预算|填报)年度[^：]{0,12}：$")
# 现将2021年度部门整体支出绩效自评情况报告如下, in the report of 2022: before the year and behind it
PRESENTS = re.compile("现(?<![出呈表体实发兑])[将就](?!要|任|职|读)[^，,。；;\n《》]{0,24}$")
PRESENTED = re.compile(
    r"年度?(?P<what>[^，,。；;\n《》]{0,30}?(?:绩效|自评|评价|整体支出|决算)[^，,。；;\n《》]{0,16})"
    r"(?:(?:报告|汇报|说明|公开|公示|公布)如下|作?如下(?:报告|汇报|说明))"
)
# 示例镇人民政府2021年度部门整体支出绩效自评报告, as a line of its own
NAMED = re.compile(
    r"年度?(?P<what>[^，,。；;：:\n《》0-9]{0,24}?(?:自评|评价)(?:情况|工作|结果)?的?(?:报告|说明))(?=\n|，是)"
)
WHO = re.compile("(?:[一-鿿]{0,20}(?:人民政府|[镇乡]|街道|办事处|单位|机关)[ 　]?(?:关于)?)?")
# 本次评价范围为2021年1月1日至12月31日的全部支出; 评价对象是2021年度部门预算资金
EVALUATES = re.compile(
    r"(?:(?:评价|自评)(?:工作)?的?(?:时间|资金)?(?:范围|对象|时段|期间|区间|年度|基准日)|本(?:报告|次评价|次自评)主?要?(?:反映|针对|涉及)的?|本(?:自评|评价)?报告(?:[为是系即]))"
    r"(?:[为是：:系限于指]|我[镇乡]|本[镇乡]|我?单位)*$"
)
EVALUATED = re.compile(
    r"年(?=度(?:部门|整体|全部|预算|[我本全][镇乡]|[一-鿿]{2,3}[镇乡]|单位|收支|支出|财政(?:收支|性?资金|支出))|全年|1月(?:1日)?[至到—–~-]|12月31日)"
    r"度?(?P<what>[^，,。；;\n]{0,16})"
)
# 按照通知要求，我镇对2021年度部门整体支出进行了绩效自评
MADE = re.compile("[，,](?:[我本全][镇乡]|本单位|我单位)?[对就]$")
EVALUATION = re.compile(
    "年度?(?P<what>[^，,。；;：:\n《》0-9]{0,24}?(?:进行|开展|组织|实施)了?(?:绩效|自我|全面|综合)*(?:自评|评价))"
)
LONG = 6  # characters of a sum that no other equals by chance
LOOK = 30  # characters before a year

# 附《2020年度部门整体支出绩效自评表》, in the report of 2021: its own tables are this year's.
ANNEX = re.compile(
    r"《[^《》\n]{0,24}?(?P<year>20[0-9]{2})年度?(?P<what>[^《》\n]{0,24}?(?:自评表|评分表|基础数据表|自评指标表|自评报告|自评情况表|年度报告))》"
)
ATTACHED = re.compile("附(?!近|加|属|着)|详见|填[报写制]|形成|撰写|报送")
MADE_IT = re.compile("(?:编[制写]|形成|撰写)了$")
OF_OTHERS = re.compile(
    "上年|去年|上一?年度|以前年度|往年|历年|参[照考]|对[比照]|比较|公开|整改|问题"
)
# 截至2020年12月31日，在编60人, in the report of 2021 that says nothing of the end of 2021
YEAR_END = re.compile(
    "年(?:12月31日|12月底|年?底|年?末)[止，,]*"
    "(?=[^。；;\n0-9]{0,24}?(?:编制|在职|在编|在岗|实有|户籍|总人口|下辖|辖|账面资产|资产总|负债总|净资产))"
)
# 年末在职51人: the end of this year, told without its number, of the same kind of thing
OWN_ENDS = {
    re.compile(f"(?:{kind})"): re.compile(
        f"(?<![0-9上]年)(?<![0-9上])年[末底](?:共有?|全[镇乡]|实际)*(?:{kind})"
    )
    for kind in (
        "编制|在职|在编|在岗|实有",
        "户籍|总人口|下辖|辖|常住",
        "账面资产|资产总|负债总|净资产",
    )
}
HELD_AGAINST = frozenset("由从比较与同和跟自于在")
CHANGED = re.compile("上年|去年|较|比|增加|减少|年初|变动")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every year in sentences and cells, and the title."""
    report, wording = subject.disclosure.report, subject.wording
    year = report.key.year
    years = list(YEAR.finditer(wording.text, 0, wording.notes))
    found = [*_title(report), *_annexes(year, wording), *_stocks(year, wording, years)]
    for match in years:
        told = int(match[0])
        if told != year:  # quick
            found += _subjects(year, wording, match.start())
        if told > year or told == year - 1:
            found += _other_year(report, wording, *match.span())
    yield from outcomes_of(found, (RULE,))


def _title(report: Report) -> Iterator[Finding]:
    title, year = report.heading.title, report.key.year
    years = re.findall(r"(?<!\d)(20\d\d)(?=年)", title)
    if years and str(year) not in years:
        words = {"year": str(year), "printed": f"{years[0]}年", "what": str(title)}
        yield Finding(
            RULE, title.at, words, address="名称", printed=f"{years[0]}年", recomputed=str(year)
        )


def _annexes(year: int, wording: Wording) -> Iterator[Finding]:
    """The report's own tables, called by another year."""
    text = wording.text
    for match in ANNEX.finditer(text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        told = int(match["year"])
        said = text[low : match.start()] + text[match.end() : high]
        made = MADE_IT.search(text, low, match.start())
        if told != year and (made or (ATTACHED.search(said) and not OF_OTHERS.search(said))):
            end = match.end("year") + 1
            yield _finding(wording, match.start("year"), end, year, match["what"])


def _subjects(year: int, wording: Wording, start: int) -> Iterator[Finding]:
    """The report by its name, as it presents itself, and what it says that it evaluates."""
    text, end = wording.text, start + 4
    before = text[max(0, start - LOOK) : start]
    evaluated = (
        EVALUATED if EVALUATES.search(before) else EVALUATION if MADE.search(before) else None
    )
    if evaluated is not None and (what := evaluated.match(text, end)) is not None:
        low, high = wording.sentence(start)
        if evaluated is EVALUATED:  # 对2022年度资金开展了自评，评价时段为2021年1月1日至12月31日
            low = max(low, text.rfind("，", low, start))
    elif PRESENTS.search(before) and (what := PRESENTED.match(text, end)) is not None:
        low, high = start, what.end()
    elif (what := NAMED.match(text, end)) is not None:
        low, high = wording.bounds(start)
        if not WHO.fullmatch(text, low, start):
            return
        if wording.source(low).kind == "title":  # quick
            return  # as is said of it
    else:
        return
    if str(year) not in text[low:high] and not OF_OTHERS.search(text, low, high):
        yield _finding(wording, start, end + 1, year, what["what"])


def _stocks(year: int, wording: Wording, years: list[re.Match[str]]) -> Iterator[Finding]:
    """Staff as of the end of last year, where the end of the report's own is nowhere."""
    text = wording.text
    told = [(y, end) for y in years if (end := YEAR_END.match(text, y.end())) is not None]
    if any(int(told_year[0]) >= year for told_year, _ in told):
        return
    for told_year, match in told:
        start = told_year.start()
        low, high = wording.sentence(start)
        # 2021年按当年人口算是1117元（2021年末户籍人口17048人）
        if _own_end(wording, match.end()) or f"{told_year[0]}年" in text[low:start]:
            continue
        of_year = f"{year}年" in text[low:high] or text[start - 1] in HELD_AGAINST
        if int(told_year[0]) < year - 1 or of_year or CHANGED.search(text, low, high):
            continue
        what = text[match.start() + 1 : match.end()].rstrip("，,")
        yield _finding(wording, start, match.start() + 1, year, what)


def _own_end(wording: Wording, place: int) -> bool:
    """年末在职51人。…2021年末在职53人: is the end of this year told of the same?"""
    text, (_, high) = wording.text, wording.sentence(place)
    return any(
        own.search(text, 0, wording.notes) is not None
        for kind, own in OWN_ENDS.items()
        if kind.search(text, place, high)
    )


def _other_year(report: Report, wording: Wording, start: int, end: int) -> Iterator[Finding]:
    """Results told of a year that is not the report's: “2023年全年基本支出2672.46万元”."""
    text, year, told = wording.text, report.key.year, int(wording.text[start:end])
    of_year = OF_YEAR.match(text, end)
    if of_year is None:
        return
    if text[of_year.end() : of_year.end() + 1] in ENDS:
        low, _ = wording.sentence(start)
        if OWN_LABEL.search(text, low, start):
            label = text[low:start].rstrip("：")
            yield _finding(wording, start, of_year.end(), year, label)
        return
    # 2022年度，我镇整体支出自评得分…: a comma, and who.
    comma_ = OWN_WORDS.match(text, of_year.end())
    result = RESULT.match(text, comma_.end() if comma_ is not None else of_year.end())
    if result is None:
        return
    low, high = wording.sentence(start)
    if text[start - 1] in JOINED:
        return
    if text.rfind("《", low, start) > text.rfind("》", low, start):
        return
    if str(year) in text[low : result.end()]:
        return
    comma = max(text.rfind(c, low, start) for c in "，、：")
    opening = max(low, comma + 1)
    if PLANNED.search(text, opening, start) or PLANNED.search(
        text[result.start() : result.start(3)]
    ):
        return
    if OF_PROJECT.search(result[1]):
        return  # 2021年高标准农田建设项目绩效评价得分: what the project is called by
    if SCORED.search(result[2]) and SCORE.search(text, wording.bounds(start)[0], start):
        return  # 本镇自评97.65分。…2021年度自评得分为96.80分
    if (told < year or comma_ is not None) and not _is_this_year(
        report, text[of_year.end() : high], result[3]
    ):
        return
    yield _finding(wording, start, of_year.end(), year, text[of_year.end() : result.end()])


def _is_this_year(report: Report, said: str, value: str) -> bool:
    """Is last year's label on this year's score or total? A sum counts only to the cent."""
    if SCORED.search(said) and not PLANNED.search(said) and str(report.key.year) not in said:
        return not BESIDE_NOW.search(said)
    digits = value.removesuffix("万元").strip()
    if len(digits.partition(".")[2]) < 2 and len(digits.replace(",", "")) < LONG:
        return False
    years = {
        fact.year
        for fact in report.facts
        if fact.figure.text.removesuffix("万元") == digits and fact.concept
    }
    return years == {report.key.year}


def _finding(wording: Wording, start: int, end: int, year: int, what: str) -> Finding:
    spot = wording.spot(start, end)
    printed = wording.text[start:end].partition("（")[0].rstrip('”’"')
    what = what.strip("“”")
    address = spot.source.address
    if spot.source.kind in ("sentence", "heading"):
        # Without amounts: an address holds no point, so that nobody need know how they are written.
        named = re.split(r"[0-9为：]", what)[0]
        address = f"{address}={address_part(printed + named)}"
    words = {
        "year": str(year),
        "printed": printed,
        "what": what,
        "recomputed": str(year),
    }
    return Finding(
        RULE,
        spot.at,
        words,
        address=address,
        printed=printed,
        recomputed=str(year),
        length=spot.length,
    )
