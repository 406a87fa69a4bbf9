"""正文的数与表中不一致: a figure in a sentence, not linked, that differs from the fact it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.figure_heads import ENDS, naming_words, told_respectively
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import ACTUAL, BUDGET, Named, is_told, is_wished, year_of

RULE = Rule(
    "prose-contradicts",
    "warning",
    Words("正文的数与数据不一致", "A sentence states another figure"),
    Words(
        "正文写“{label}{printed}”，数据中“{fact}”是{recomputed}",
        "the sentence says “{label}{printed}”, the data have {recomputed} at “{fact}”",
    ),
    Words(
        "请对照原件核对；说的是同一个数的，改正或链接到数据；说的不是同一个数的，把话说清楚",
        "compare with the original: mend it, link it, or say which figure is meant",
    ),
    Words(
        "正文和表格说同一个名称、同一年、同一口径的数，应当相同。",
        "Sentence and table that name one thing of one year should state one figure.",
    ),
)
_SWAPPED = Words("；两个数用的是同样的数字，像是颠倒了", "; the digits are the same, swapped")
# Sections that tell of one kind of money only, where a total may well be another.
ONE_KIND = ("一般公共预算", "政府性基金", "国有资本", "社会保险基金")
PLANNED = re.compile("预算(?:安排|编制)|(?:支出|收支|收入)预算")
DONE = re.compile("决算|执行|完成|绩效")
# 年初预算900万元，其中：基本支出600万元；项目支出300万元: all of it is of the budget.
# - 村级组织运转：528.40万元，其中办公经费93.50万元
OF_ANOTHER = re.compile("[^一-鿿]*(?![^：:]*(?:经费|支出|收入|三公|预算))[一-鿿]{3,14}[：:]")
HEADED = re.compile(
    r"预算(?![^，,。；;0-9]{0,8}(?:执行|完成|支出数|决算))[^，,。；;0-9]{0,8}[0-9][0-9,.]*(?:万元|亿元|元)[，,（(]?其中"
)
SPENT = re.compile("决算|执行|实际|完成|支出合计|总支出")
REACH = 160  # characters before a figure that may say of what it is
# 实有41人（行政编制20人）: behind people who are there, posts (编制) are those that they hold.
PEOPLE_OR_POSTS = re.compile(
    "(?P<people>实有|在职|在岗|在编|现有)|核定|编制(?:总?数|人数)|总编制|定编"
)
# Names that as often mean the full mark.
FULL_MARK = frozenset(("总分", "分值", "总分值", "满分"))
BARE = frozenset(("支出", "收入", "支 出", "收 入"))
HUNDRED = Decimal(100)
# 截至11月底支出168.30万元: not all of the year.
PART_OF_YEAR = re.compile(
    "截[至止](?!(?:20[0-9]{2})?年|12月|目前|报告)|[上下]半年|季度|(?<!1)[0-9]月|1[01]月|[单当]月"
)
# Among measures and next steps, what was: “三公”经费实际支出12.68万元, 本次自评得分96.3分.
WAS = re.compile("实际(?:支出|完成|执行|使用|发生|列支|得分)|[本此]次(?:自评|评价)")
TO_BE = re.compile(
    "将|力争|争取|计划|拟|确保|明年|下一?步|下一?年|目标|预计|预期|达到|以上|以内|如|若|每"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every unlinked figure whose label, year and basis are clear."""
    may_be_named = subject.told.may_be_named
    for passage in subject.told.naming():
        text = passage.text
        told = is_told(passage) and not is_wished(passage.address.rpartition(".")[2])
        listed = _listed(subject, passage) if "分别" in text else {}  # quick
        for said in passage.figures:
            named, end, last = listed.get(said), said.start, False
            if named is None:
                if not may_be_named(text, said.start):  # quick
                    continue
                named, end, last = _named(subject, passage, said)
            if not said.unit or said.upto or not (told or _was(passage, said)):
                continue
            figure = said.figure
            if named is None or figure is None or _posts_held(passage, said, named):
                continue
            facts = _meant(subject, passage, said, named, figure, end, last)
            if named.name in FULL_MARK:
                full = subject.disclosure.profile.full_score if subject.disclosure.profile else None
                if figure.amount == (HUNDRED if full is None else full):
                    continue  # 总分100分: the full mark, not what was reached
            if facts:
                yield from _compared(subject, passage, said, named, figure, facts)


def _listed(subject: Subject, passage: Passage) -> dict[Said, Named]:
    """基本支出和项目支出分别为A和B: each figure with its name."""
    found: dict[Said, Named] = {}
    for words, figures in told_respectively(passage):
        names = subject.told.all_named(words)
        if len(names) == len(figures):
            found |= {said: Named("", name, "") for said, name in zip(figures, names, strict=True)}
    return found


def _was(passage: Passage, said: Said) -> bool:
    """Does a clause among plans say what came of the year?"""
    low, high = passage.clause(said.start)
    text = passage.text
    return WAS.search(text, low, said.start) is not None and TO_BE.search(text, low, high) is None


def _named(subject: Subject, passage: Passage, said: Said) -> tuple[Named | None, int, bool]:
    """What a figure is of, up to where its year is told, and whether it is the year before."""
    if said.sign and said.sign not in ("约", "大约", "近", "将近", "超过"):
        return None, 0, False
    label = passage.label(said).removesuffix(said.sign)
    if said.about and label.endswith("控制在"):
        return None, 0, False
    if label[-1:] not in ENDS:  # quick
        return subject.told.clearly_named(label), said.start, False
    words, end, last = naming_words(passage, said)
    return subject.told.clearly_named(words), end, last


def _posts_held(passage: Passage, said: Said, named: Named) -> bool:
    """Are posts told of people in them (实有41人，其中行政编制20人), rather than posts granted?"""
    if "编制" not in named.name:
        return False
    start = passage.sentence(said.start)[0]
    before = list(PEOPLE_OR_POSTS.finditer(passage.text, start, said.start))
    return bool(before and before[-1]["people"])


def _meant(
    subject: Subject,
    passage: Passage,
    said: Said,
    named: Named,
    figure: Figure,
    end: int,
    last: bool,
) -> list[Fact]:
    """The facts of the same name, year, basis and kind of unit."""
    year = year_of(passage, said, subject.disclosure.report, end)
    if last:
        year = subject.disclosure.key.year - 1
    facts = subject.told.facts[named.name]
    planned = (
        "预算" in named.after
        # a label that says its basis: 政府采购预算
        or ("预算" in named.name and all(fact.basis in BUDGET for fact in facts))
        # under 支出预算情况说明 a figure is of the budget
        or (PLANNED.search(passage.section) and not DONE.search(passage.section))
    )
    if not planned:
        low = max(0, said.start - REACH)
        stretch = passage.text[low : said.start].rpartition("。")[2]
        has_both = "预算" in stretch and "其中" in stretch  # quick
        headed = HEADED.search(stretch) if has_both else None  # quick
        planned = headed is not None and SPENT.search(stretch, headed.end()) is None
    bases = BUDGET if planned else ACTUAL
    if "调整" in named.after or "全年" in named.after:
        bases = frozenset(("全年预算",)) if planned else bases
    if year == subject.disclosure.key.year - 1 and not planned:
        bases = frozenset(("上年决算", "决算"))
    return [
        fact
        for fact in facts
        if fact.year == year
        and fact.basis in bases
        and figure.factor_to(fact.figure.unit) is not None
    ]


def _compared(
    subject: Subject, passage: Passage, said: Said, named: Named, figure: Figure, facts: list[Fact]
) -> Iterator[Outcome]:
    same = [fact for fact in facts if figure.agrees_with(fact.figure)]
    if same:
        yield Outcome(RULE, (same[0].address,))
        return
    first = facts[0]
    if not all(fact.figure.agrees_with(first.figure) for fact in facts):
        return
    factor = figure.factor_to(first.figure.unit)
    digits = sorted(c for c in said.text if c.isdigit())
    swapped = digits == sorted(c for c in first.figure.text if c.isdigit())
    assert factor is not None  # as of all that are meant
    if _power(figure, first.figure, factor):
        return
    less = figure.amount * factor < first.figure.amount
    if not swapped and (
        _part_of(passage, said, named, less) or _one_project(subject, named, figure)
    ):
        return
    if PART_OF_YEAR.search(passage.text, passage.sentence(said.start)[0], said.start):
        return
    words = {
        "label": named.name,
        "printed": said.text,
        "fact": first.label,
        "recomputed": str(first.figure),
    }
    yield Outcome(
        RULE,
        (first.address,),
        Finding(
            RULE,
            passage.place(said.start),
            words,
            (first.at,),
            passage.address or sentence_address(said.text, named.name),
            said.text,
            str(first.figure),
            cause=_SWAPPED if swapped else _other_basis(subject, named, figure),
        ),
    )


def _one_project(subject: Subject, named: Named, figure: Figure) -> bool:
    """茶园改造1150亩，项目支出268万元: what the list of projects says of one of them."""
    return named.name == "项目支出" and any(
        fact.concept != "项目支出" and figure.agrees_with(fact.figure)
        for fact in subject.disclosure.report.facts
    )


def _other_basis(subject: Subject, named: Named, figure: Figure) -> Words | None:
    """Is it the budget, or last year's figure, of the same name?"""
    for fact in subject.told.facts[named.name]:
        if figure.agrees_with(fact.figure):
            return Words(f"；这是“{fact.label}”的数", f"; it is the figure of “{fact.label}”")
    return None


def _power(figure: Figure, other: Figure, factor: Decimal) -> bool:
    """The same digits in another unit: another rule says so."""
    if figure.unit == other.unit:
        return False  # 1.45万元 for 14.50万元: a point in the wrong place
    a, b = (figure.amount * factor).normalize(), other.amount.normalize()
    return a.as_tuple().digits == b.as_tuple().digits


def _part_of(passage: Passage, said: Said, named: Named, less: bool) -> bool:
    """Is it told as some of something else, which may hold less of it than the whole?"""
    if "三公" not in passage.section and any(kind in passage.section for kind in ONE_KIND):
        return True
    before = passage.text[passage.sentence(said.start)[0] : said.start]
    # “三公”经费控制较好，全年支出14.42万元: spending of what the sentence began with
    bare = named.name in BARE and "经费" in before
    if "其中" in before and OF_ANOTHER.match(passage.text):
        return True
    return less and ("其中" in before or bare)
