"""正文里的得分算不拢: a score told in a sentence against full marks, deductions, classes and the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.rules.indicator_lines import indicator_tables
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage, led_by
from site_builder.told import is_wished

RULE = Rule(
    "told-score-differs",
    "warning",
    Words("正文里的得分算不拢", "A score in a sentence that does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请核对总分、各类得分和扣分；原件如此的，保留原文并在“认可”中说明",
        "check total, classes and deductions; if they are printed so, explain it",
    ),
    Words(
        "得分由各项相加、由满分扣减得来，读者一算就知道对不对。",
        "A score is made of its classes, or of full marks less deductions: readers can work it out.",
    ),
    yields_to=(
        "prose-contradicts",
        "told-balance",
        "stated-score-differs",
        "told-share",
        "linked-figure",
        "told-parts-differ",
    ),
)
# 分值35分，得31.6分，得分率90.29%
RATE = re.compile("得分率(?:为|达到?|是|[:：])?$")
FULL = re.compile("(?:分值|满分|权重|标准分|总分|应得分?|设定)(?:分值|共)?(?:为|是|共|计|[:：])*$")
# 总分100分，产出指标得分38分: of another whole
OF_A_CLASS = re.compile("指标|决策|过程|产出|效益|满意|管理|投入|方面|类")
GOT = re.compile("(?:得分?|评分|实得分?|评价得分)(?:为|了|[:：])?$")
# 自评98.5分, of the town as a whole
TOTAL = re.compile(
    r"(?:^|[，,。；;：:“])(?:[^，,。；;：:]{0,16}?(?:年度|整体支出|镇|乡|街道|项目|经|本次|绩效))?"
    r"(?:自评(?:总)?(?:得分|总分|评分|分数)?|综合(?:得分|评分|评定)|(?:评价|最终|总)得分)(?:为|得|是|共|计|达|[:：])*$"
)
OTHERS = re.compile(
    "上年|去年|上一年|满分|分值|权重|问卷|满意度|平均|预计|力争|标准|以上|复核|第三方|财政局|考核|20[0-9]{2}年(?!度)"
)
# 共扣1.5分; 其中预算管理扣3.4分
TAKEN = re.compile("(?P<all>[共计合总]{1,2}|累计)?(?:扣减|扣除|扣|扣掉|失)(?:了|分)?(?:为)?$")
ALL_TAKEN = re.compile("(?:共|共计|合计|总共|累计)扣")
RULES = re.compile(
    "逾期|缺|一[天项次处个]|上年|去年|考核|问卷|每|扣完为止|不得分|如|未按|酌情|标准|超过"
)
# 决策18.5分、过程17分、产出31.6分、效益22.4分
CLASS = re.compile(
    "[、，,和及；;]?(?:[一-鿿]{2,10}?)(?:指标|类指标|类|方面|部分)?(?:得分?|自评得分?)?(?:为)?$"
)
CLASSES = re.compile("得分(?:情况)?(?:分别)?(?:如下|为|是)[:：]?|其中[:：]?|[:：]|分别为")
POINTS = led_by("分", "分(?:(?<=[0-9]分)|率[一-鿿]{0,2}[0-9])")
HUNDRED = Decimal(100)


def check(subject: Subject) -> Iterator[Outcome]:
    """Rates of scores; the town's score against what was taken, its classes, the table's total."""
    compared = False
    score = _stated(subject)
    for passage in subject.told.holding(POINTS):
        if passage.address:
            continue
        found: list[Outcome] = []
        for segment in segments(passage, "分"):
            found += _rates(segment) if "得分率" in segment.text else ()
            if score is not None:
                found += _classes(segment, score, subject.wording.text)
        if score is not None:
            found += _told(passage, score)
            found += _taken(subject, passage, score) if passage.text.count("扣") > 1 else ()
        for outcome in found:
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有写得分", "no score is told"))


def _stated(subject: Subject) -> tuple[Decimal, Place] | None:
    """The town's score where only one table of indicators, or one fact, gives it."""
    report = subject.disclosure.report
    facts = [f for f in report.facts_of("自评得分", "自评") if not f.subject]
    if facts:
        same = len({f.figure.amount for f in facts}) == 1
        return (facts[0].figure.amount, facts[0].at) if same else None
    tables = [table for table, _ in indicator_tables(report)]
    if len(tables) != 1 or tables[0].form.subject or not tables[0].whole:
        return None
    column = tables[0].form.column_with("得分")
    cell = tables[0].total.get(column.label) if column is not None else None
    return None if cell is None or cell.fact is None else (cell.fact.figure.amount, cell.at)


def _rates(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number, rate in enumerate(amounts):
        if number < 2 or rate.figure.unit != "%" or not RATE.search(rate.words) or not rate.exact:
            continue
        one, two = amounts[number - 2 : number]
        if {one.figure.unit, two.figure.unit} != {"分"}:
            continue
        if FULL.search(one.words) and GOT.search(two.words):
            full, got = one, two
        elif GOT.search(one.words) and FULL.search(two.words):
            full, got = two, one
        else:
            continue
        if full.figure.amount <= 0 or ("总分" in full.words and OF_A_CLASS.search(got.words)):
            continue
        right = percent_of(got.figure.amount, full.figure.amount)
        if abs(right - rate.figure.amount) < rate.figure.ulp():
            yield Outcome(RULE)
            continue
        formula = f"{got.said.text} ÷ {full.said.text}"
        decimals = max(2, rate.figure.decimals)
        yield _found(segment.passage, rate, "得分率", formula, f"{shown(right, decimals)}%")


def _told(passage: Passage, score: tuple[Decimal, Place]) -> Iterator[Outcome]:
    """自评98分, where the table totals 98.5."""
    text = passage.text
    for said in passage.figures:
        if said.unit != "分" or said.linked or said.sign or said.about or said.upto:
            continue
        figure = said.figure
        if figure is None or TOTAL.search(text, 0, said.start) is None:
            continue
        low, high = passage.clause(said.start)
        if OTHERS.search(text, low, high) or figure.amount == score[0]:
            continue
        if is_wished(passage.section) and "本次" not in text[low : said.start]:
            continue
        if "项目" in text[low : said.start] or "项目" in passage.section.rpartition(" · ")[2]:
            continue
        amount = Amount(said, figure, text[low : said.start])
        yield _found(passage, amount, "自评得分", "报告的总得分", f"{score[0]:f}分", (score[1],))


def _taken(subject: Subject, passage: Passage, score: tuple[Decimal, Place]) -> Iterator[Outcome]:
    """甲扣2.5分、乙扣2分、丙扣1.5分: together no more than what is short of full marks."""
    profile = subject.disclosure.profile
    full = HUNDRED if profile is None or profile.full_score is None else profile.full_score
    gap = full - score[0]
    items: list[Amount] = []
    for segment in segments(passage, "扣"):
        if RULES.search(segment.text):
            return
        items += [a for a in segment.amounts if a.figure.unit == "分" and TAKEN.search(a.words)]
    exact = all(a.exact for a in items)
    if len(items) < 2 or not exact or gap <= 0 or "项目" in passage.section.rpartition(" · ")[2]:
        return
    amounts = [a.figure.amount for a in items]
    heads = [a for a in items if ALL_TAKEN.search(a.words)] or (
        [items[0]] if amounts[0] == gap else []
    )
    parts = [a for a in items if a not in heads]
    total = sum((a.figure.amount for a in parts), Decimal(0))
    whole = heads[0].figure.amount if heads else gap
    if not parts or total == whole or (not heads and (total < gap or total > gap * 2)):
        yield Outcome(RULE)
        return
    if len(parts) < 2 or len(heads) > 1:
        return
    formula = " + ".join(a.said.text for a in parts)
    words = {
        "label": "扣分之和" if not heads else "共扣",
        "printed": f"{whole:f}分" if heads else f"{full:f} − {score[0]:f} = {gap:f}分",
        "formula": formula,
        "recomputed": f"{total:f}分",
    }
    first = (heads or parts)[0]
    printed = first.said.text
    address = passage.address or sentence_address(printed, "扣分")
    at = passage.place(first.said.start)
    finding = Finding(RULE, at, words, (score[1],), address, printed, words["recomputed"])
    yield Outcome(RULE, finding=finding)


def _classes(segment: Segment, score: tuple[Decimal, Place], all_: str) -> Iterator[Outcome]:
    """Three classes and more that nearly make the score, and do not."""
    run: list[Amount] = []
    for amount in (*segment.amounts, None):
        if (
            amount is not None
            and amount.figure.unit == "分"
            and amount.exact
            and (CLASS.fullmatch(amount.words) if run else CLASSES.search(amount.words))
        ):
            run.append(amount)
            continue
        if len(run) > 2 and not any(TAKEN.search(a.words) for a in run):
            total = sum((a.figure.amount for a in run), Decimal(0))
            if total == score[0] or re.search(rf"(?<![0-9.]){total.normalize():f}分", all_):
                yield Outcome(RULE)  # of one project, whose score is told, too
            elif abs(total - score[0]) <= 5 and total != HUNDRED:
                formula = " + ".join(a.said.text for a in run)
                last = run[-1]
                label = "各类得分之和"
                words = {
                    "label": label,
                    "printed": f"{score[0]:f}分",
                    "formula": formula,
                    "recomputed": f"{total:f}分",
                }
                passage = segment.passage
                address = passage.address or sentence_address(run[0].said.text, label)
                at = passage.place(run[0].said.start)
                others = (score[1], passage.place(last.said.start))
                yield Outcome(
                    RULE,
                    finding=Finding(
                        RULE, at, words, others, address, words["printed"], words["recomputed"]
                    ),
                )
        run = []


def _found(
    passage: Passage,
    amount: Amount,
    label: str,
    formula: str,
    right: str,
    others: tuple[Place, ...] = (),
) -> Outcome:
    words = {"label": label, "printed": amount.said.text, "formula": formula, "recomputed": right}
    finding = Finding(
        RULE,
        passage.place(amount.said.start),
        words,
        others,
        passage.address or sentence_address(amount.said.text, label),
        amount.said.text,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
