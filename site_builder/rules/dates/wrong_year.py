"""年份有误: results under another year, an evaluation before the year was over, dates out of time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Report
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.shape import day, moment
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
EARLY = Rule(
    "early-evaluation",
    "error",
    Words("评价时间早于年度结束", "Evaluated before the year was over"),
    Words(
        "{year}年度还没有结束，绩效评价却写在{printed}进行",
        "the evaluation of {year} is said to be of {printed}, before the year was over",
    ),
    Words(
        "请核对年份；多半应为{recomputed}，原件如此的，保留原文并在“认可”中说明",
        "check the year, which is probably {recomputed}; if it is printed so, explain it",
    ),
    Words(
        "年度支出要到年末才有决算数，此前不可能对全年作出评价。",
        "A year's spending is known when it has ended; nobody can evaluate it before.",
    ),
    "财预〔2020〕10号（条文待核）",
)
COMPARED = Rule(
    "comparison-year",
    "warning",
    Words("比较的年份不对", "Compared with a year that does not match"),
    Words(
        "{year}年度的报告应与{recomputed}年比较，这里写的是与{printed}比较",
        "a report of {year} compares with {recomputed}; here it is {printed}",
    ),
    Words(
        "请核对年份；确实与更早年份比较的，请在“认可”中说明",
        "check the year; explain it where an earlier one is meant",
    ),
    Words(
        "支出、“三公”经费都与上一年比较；年份写错，增减就没有意义。",
        "Spending is compared with the year before; with another year rise and fall mean nothing.",
    ),
)
DATED = Rule(
    "dated-early",
    "warning",
    Words("报告日期早于年度结束", "Dated before the year was over"),
    Words(
        "报告日期写的是{printed}，{year}年度还没有结束",
        "the report is dated {printed}, when {year} was not over",
    ),
    Words(
        "请对照原件核对报告日期和年度；原件如此的，保留原文并在“认可”中说明",
        "check date and year with the original; if it is printed so, keep and explain it",
    ),
    Words("年度结束之前不会有全年的决算和自评。", "No accounts exist before a year is over."),
)
LATE = Rule(
    "deadline-missed",
    "warning",
    Words("超过规定期限", "After the deadline"),
    Words(
        "{what}是{printed}，超过了规定的{recomputed}",
        "{what_en} is {printed}, after the deadline of {recomputed}",
    ),
    Words("请说明延迟的原因", "say why it was late"),
    Words(
        "自评报告的报送和公开都有期限，迟延应当说明。",
        "Self-evaluations have deadlines; a delay needs a reason.",
    ),
    "预算法 第14条；预算法实施条例 第6条；政府信息公开条例 第26条",
)

YEAR = re.compile(r"20\d\d(?=年)")
# `year`年(度), perhaps in quotation marks, perhaps with a remark; not a month, not a range.
OF_YEAR = re.compile(
    r"年(?!\s*\d{1,2}\s*(?:月|[-—–~～至到、]))(?!来|初|底|末|以|至|到|第?[一二三四]季|[上下]半年|[春夏秋冬]|[-—~、和及])"
    r"度?[”’\"]?(?:（[^（）]{0,6}）)?"
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
SCORED = re.compile(r"(?:自评|评价|综合|自查)(?:得分|评分|结论|等级)")
# 2022年自评得分92.8分，今年提高2.1分: beside this year's.
BESIDE_NOW = re.compile("[今本]年|提高|提升|上升|降低|[高低]于")
ENDS = frozenset(("", *"。；！？\n"))  # of a sentence
JOINED = frozenset("-—~至到于自待从、和及与较比同")
OWN_LABEL = re.compile(r"(?:评价|自评|绩效|报告|所属|决算)年度[^：]{0,12}：$")

MONTH = re.compile(r"年(\d{1,2})月(?:\d{1,2}日|[份初中底末]|上旬|中旬|下旬)?")
EVALUATED = re.compile(r"(?:绩效)?(?:评价|自评)")
DONE = re.compile(r"开展|开始|启动|组织|进行|作|实施|成立|完成|起")
NOT_EVALUATED = re.compile(
    r"印发|出台|制定|修订|下发|通知|办法|培训|会议|监控|中期|事前|申报|目标|方案|获评|被评|评为|评选|"
    r"信访|满意度测评|评审|验收|财政局|第三方"
)
OWN_EVALUATION = re.compile(r"整体支出|自评|评价工作组|评价小组|部门支出|财政(?:性)?资金")
TIME_LABEL = re.compile(
    r"(?:评价|自评)(?:(?!项目)[^：]){0,12}(?:时间|日期|开展|开始|起)[^：]{0,16}："
)
# To December: the time that is evaluated, not when it was.
PERIOD = re.compile(r"[ 　]*[-—–~～至到]{1,2}[ 　]*(?:20\d\d年)?12月")

BUDGETARY = re.compile(
    r"三公|接待|用车|运行费|运行经费|公用经费|整体支出|基本支出|项目支出|总支出|支出情况|预算|决算|经费"
)
COMPARES = re.compile(
    r"比较|对比|相比|持平|减少|增加|下降|增长|上升|降低|节约|\d(?:\.\d+)?(?:万元|元|[%％])"
)
BEFORE_COMPARED = re.compile(
    r"(?:[较比与同和跟]|比较(?:对象|年度|年份)?(?:写的)?[为是]?|相比于?)[“]?$"
)
BOTH_COMPARED = re.compile(r"[^。；\n]{0,24}(?:比较|对比)")
# 比上年下降5%，比2019年下降40%: with two years, of which one is meant to be earlier
ALSO_COMPARED = re.compile(
    r"[，,](?:也|又|更|并)?[较比与同](?P<with>上年|去年|上一年|20[0-9]{2}年)"
)
BEFORE_EPIDEMIC = 2019
LONG_TERM = re.compile(
    r"以来|五年|十年|三年|翻|十[二三四]五|规划|年均|累计|分别|脱贫|欠款|清收|历年"
)
# 附《2020年度部门整体支出绩效自评表》, in the report of 2021: its own tables are this year's.
ANNEX = re.compile(
    r"《[^《》\n]{0,24}?(?P<year>20[0-9]{2})年度?(?P<what>[^《》\n]{0,24}?(?:自评表|评分表|基础数据表|自评指标表|自评报告|自评情况表))》"
)
ATTACHED = re.compile("附(?!近|加|属|着)|详见|填[报写制]|形成|撰写|报送")
OF_OTHERS = re.compile(
    "上年|去年|上一?年度|以前年度|往年|历年|参[照考]|对[比照]|比较|公开|整改|问题"
)
# 截至2020年12月31日，在编60人, in the report of 2021 that says nothing of the end of 2021
YEAR_END = re.compile(
    "截[至止]到?(?P<year>20[0-9]{2})年(?:12月31日|12月底|年?底|末)"
    "(?=[^。；;\n0-9]{0,24}?(?:编制|在职|在编|在岗|实有|户籍|总人口|下辖|辖|账面资产|资产总|负债总|净资产))"
)
CHANGED = re.compile("上年|去年|较|比|增加|减少|年初|变动")
SIGNED = re.compile(
    r"[ 　]*(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[ 　]*"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every year in sentences and cells, the title, the date of the report and the deadlines."""
    report, wording = subject.disclosure.report, subject.wording
    year = report.key.year
    found = [*_title(report), *_sentences(report, wording), *_annexes(year, wording)]
    found += _stocks(year, wording) if "截" in wording.text else ()  # quick
    yield from outcomes_of(found, (RULE, EARLY, COMPARED))
    yield from _dated(subject)
    yield from _deadlines(subject)


def _title(report: Report) -> Iterator[Finding]:
    title, year = report.heading.title, report.key.year
    years = re.findall(r"(?<!\d)(20\d\d)(?=年)", title)
    if years and str(year) not in years:
        words = {"year": str(year), "printed": f"{years[0]}年", "what": str(title)}
        yield Finding(
            RULE, title.at, words, address="名称", printed=f"{years[0]}年", recomputed=str(year)
        )


def _sentences(report: Report, wording: Wording) -> Iterator[Finding]:
    year, text = report.key.year, wording.text
    for match in YEAR.finditer(text, 0, wording.notes):
        told = int(match[0])
        start, end = match.span()
        month = MONTH.match(text, end)
        if month is not None:
            if told <= year and int(month[1]) < 12:
                yield from _early(year, wording, start, month)
        elif told > year or told == year - 1:
            yield from _other_year(report, wording, start, end)
        elif told < year:
            yield from _compared(year, wording, start, end)


def _annexes(year: int, wording: Wording) -> Iterator[Finding]:
    """The report's own tables, called by another year."""
    text = wording.text
    for match in ANNEX.finditer(text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        told = int(match["year"])
        said = text[low : match.start()] + text[match.end() : high]
        if told != year and ATTACHED.search(said) and not OF_OTHERS.search(said):
            end = match.end("year") + 1
            yield _finding(RULE, wording, match.start("year"), end, year, match["what"])


def _stocks(year: int, wording: Wording) -> Iterator[Finding]:
    """Staff as of the end of last year, where the end of the report's own is nowhere."""
    text = wording.text
    told = list(YEAR_END.finditer(text, 0, wording.notes))
    if any(int(match["year"]) >= year for match in told):
        return
    for match in told:
        low, high = wording.sentence(match.start())
        of_year = f"{year}年" in text[low:high]
        if int(match["year"]) == year - 1 and not of_year and not CHANGED.search(text, low, high):
            end = match.end("year") + 1
            what = text[end : match.end()]
            yield _finding(RULE, wording, match.start("year"), end, year, what)


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
            yield _finding(RULE, wording, start, of_year.end(), year, label)
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
    if PLANNED.search(text, opening, start) or PLANNED.search(result[1]):
        return
    if PLANNED.search(text, result.start(2), result.start(3)):
        return
    if (told < year or comma_ is not None) and not _is_this_year(
        report, text[of_year.end() : high], result[3]
    ):
        return
    yield _finding(RULE, wording, start, of_year.end(), year, text[of_year.end() : result.end()])


def _is_this_year(report: Report, said: str, value: str) -> bool:
    """Is last year's label on this year's score or total? A sum counts only to the cent."""
    if SCORED.search(said) and not PLANNED.search(said) and str(report.key.year) not in said:
        return not BESIDE_NOW.search(said)
    digits = value.removesuffix("万元").strip()
    if len(digits.partition(".")[2]) < 2:
        return False
    years = {
        fact.year
        for fact in report.facts
        if fact.figure.text.removesuffix("万元") == digits and fact.concept
    }
    return years == {report.key.year}


def _early(year: int, wording: Wording, start: int, month: re.Match[str]) -> Iterator[Finding]:
    """An evaluation dated within the year that it evaluates: “于2020年3月初起开展…绩效评价”."""
    text = wording.text
    told = int(text[start : start + 4])
    low, high = wording.sentence(start)
    if PERIOD.match(text, month.end()):
        return
    if not TIME_LABEL.search(text, low, start):
        after = text[month.end() : min(high, month.end() + 36)]
        before = text[max(low, start - 12) : start]
        evaluated = EVALUATED.search(after)
        if evaluated is None or not DONE.search(after[: evaluated.end() + 6]):
            return
        nearby = after[: evaluated.end() + 4]
        if not OWN_EVALUATION.search(text, low, high):
            return
        if NOT_EVALUATED.search(nearby) or NOT_EVALUATED.search(before[-6:]):
            return
        others = {int(y[0]) for y in YEAR.finditer(after[: evaluated.end() + 4])}
        if others - {year} or (told < year and year not in others):
            return
    meant = f"{year + 1}{text[start + 4 : month.end()]}"
    yield _finding(EARLY, wording, start, month.end(), year, "", meant)


def _compared(year: int, wording: Wording, start: int, end: int) -> Iterator[Finding]:
    """Money compared with a year before last: “较2020年2.4万元减少1.2万元” in a report of 2022."""
    text = wording.text
    low, high = wording.sentence(start)
    tail = OF_YEAR.match(text, end)
    if tail is None:
        return
    after = text[tail.end() : min(high, tail.end() + 26)]
    before = text[max(low, start - 8) : start]
    own = text[max(low, start - 26) : tail.end()] + after
    if not BUDGETARY.search(own) or LONG_TERM.search(own):
        return
    if BEFORE_COMPARED.search(before):
        if len({match["with"] for match in ALSO_COMPARED.finditer(text, low, high)}) > 1:
            return
        # Years after an epidemic are compared with those before it: it takes more to be a slip.
        usual = any(f"{word}{year - 1}年" in text for word in "较比与同")
        own_costs = year - 2 == int(text[start:end]) > BEFORE_EPIDEMIC and "三公" in text[low:start]
        if not COMPARES.search(before + after) or not (usual or own_costs or "整体支出" in own):
            return
    elif text[start - 1 : start] not in "、和及与，" or not (
        BOTH_COMPARED.match(text, tail.end(), high) and str(year) in text[low:start]
    ):
        return
    yield _finding(COMPARED, wording, start, tail.end(), year, "", str(year - 1))


def _finding(
    rule: Rule, wording: Wording, start: int, end: int, year: int, what: str, meant: str = ""
) -> Finding:
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
        "recomputed": meant or str(year),
    }
    return Finding(
        rule,
        spot.at,
        words,
        address=address,
        printed=printed,
        recomputed=meant or str(year),
        length=spot.length,
    )


def _dated(subject: Subject) -> Iterator[Outcome]:
    """The date in the head of the report, and the line at its end that holds nothing but a date."""
    written, year = subject.disclosure.report.heading.date_written, subject.disclosure.key.year
    if written is None:
        yield Outcome(DATED, reason=Words("没有填写报告日期", "no date of the report is given"))
    elif day(written).year > year:
        yield Outcome(DATED)
    else:
        words = {"printed": written, "year": str(year)}
        finding = Finding(DATED, written.at, words, address="报告日期", printed=written)
        yield Outcome(DATED, finding=finding)
    for passage in subject.told.lines[-3:]:
        match = SIGNED.fullmatch(passage.text)
        if match is None:
            continue
        last = int(match["year"]) == year and (match["month"], match["day"]) == ("12", "31")
        if int(match["year"]) > year or last:
            return
        printed = match[0].strip()
        words = {"printed": printed, "year": str(year)}
        at = passage.place(match.start("year"))
        address = f"正文={address_part(printed)}"
        yield Outcome(DATED, finding=Finding(DATED, at, words, (), address, printed))
        return


def _deadlines(subject: Subject) -> Iterator[Outcome]:
    heading, profile = subject.disclosure.report.heading, subject.disclosure.profile
    due = (None, None) if profile is None else (profile.report_by, profile.publish_by)
    dates = (
        ("报告日期", "the date of the report", heading.date_written, due[0]),
        ("发布日期", "the date of publication", heading.published_written, due[1]),
    )
    for what, what_en, written, by in dates:
        if by is None:
            reason = Words(f"口径没有规定{what}的期限", "the profile sets no deadline")
            yield Outcome(LATE, reason=reason)
        elif written is None:
            yield Outcome(LATE, reason=Words(f"没有{what}", "no such date"))
        elif moment(written) <= by:
            yield Outcome(LATE)
        else:
            words = {
                "what": what,
                "what_en": what_en,
                "printed": moment(written).isoformat(),
                "recomputed": by.isoformat(),
            }
            finding = Finding(
                LATE,
                written.at,
                words,
                address=what,
                printed=words["printed"],
                recomputed=words["recomputed"],
            )
            yield Outcome(LATE, finding=finding)
