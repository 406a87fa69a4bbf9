"""两年的数一模一样: figures that repeat last year's to the digit, or move by one ratio."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact, Report, TableData
from site_builder.rules.labelled_years import of_other_year
from site_builder.rules.outcome import Outcome, Subject

_WHY = Words(
    "实际发生的数逐年变化；整批一字不差，多半是沿用了旧表。",
    "What happened changes from year to year; a batch that does not was likely carried over.",
)
RULE = Rule(
    "same-as-last-year",
    "warning",
    Words("与上年报告的数大面积相同", "Most figures repeat last year's report"),
    Words(
        "与上年报告可比的{count}个金额中，有{same}个一字不差，例如{examples}",
        "of {count} amounts comparable with last year's report, {same} are the same to the digit, "
        "such as {examples}",
    ),
    Words(
        "请核对是不是沿用了上年的表；确实相同的，在“认可”中说明",
        "see whether last year's tables were carried over; explain it if they are really equal",
    ),
    _WHY,
)
COLUMN = Rule(
    "column-repeats-last-year",
    "note",
    Words("本年一列与上年一列完全相同", "This year's column repeats last year's"),
    Words(
        "“{table}”中本年决算与上年决算{count}项全部相同（{examples}）",
        "in “{table}” all {count} figures of this year equal last year's ({examples})",
    ),
    Words(
        "请核对是否照抄了上年的数；确实持平的，可以在“认可”中说明",
        "see whether last year's figures were copied; if nothing changed, say so",
    ),
    _WHY,
)
RATIO = Rule(
    "one-ratio-for-all",
    "note",
    Words("多项都按同一比例变动", "Several figures move by one ratio"),
    Words(
        "“{table}”中{count}项的本年决算都恰好是上年决算的{ratio}（{examples}）",
        "in “{table}” {count} figures are exactly {ratio} of last year's ({examples})",
    ),
    Words(
        "请核对这些数是实际发生数，还是按比例推算的；推算的请换成实际数或加以说明",
        "are these figures actual, or last year's times a factor? Give actual ones or explain",
    ),
    Words(
        "各项实际支出不会恰好同比例增减；这样的数多半是推算出来的。",
        "Actual spending does not move in step; such figures were likely computed.",
    ),
)
LEAST_YEARS = 5  # amounts to compare before anything is said of two years
LEAST_ROWS = 3  # rows of one table that repeat last year's
LEAST_RATIO = 4  # rows of one table with one ratio
SHARE = Fraction(4, 5)


def check(subject: Subject) -> Iterator[Outcome]:
    """This report against last year's, and within it this year's column against last year's."""
    disclosure = subject.disclosure
    report = disclosure.report
    before = subject.library.of_year(*disclosure.key[:2], disclosure.key.year - 1)
    if before is None:
        yield Outcome(RULE, reason=Words("没有上年的报告", "no report of last year"))
    elif of_other_year(report) is not None:
        yield Outcome(RULE, reason=Words("表单是别的年度的", "the form is of another year"))
    else:
        yield _years(report, before.report)
    for table in report.tables:
        pairs = _pairs(table, report.key.year)
        if len(pairs) >= LEAST_ROWS:
            yield _column(table, pairs)
        if len(pairs) >= LEAST_RATIO:  # quick
            yield _ratio(table, pairs)


def _years(report: Report, before: Report) -> Outcome:
    """Amounts with decimals, each concept or cell once, against the same in last year's report."""
    pairs: dict[str, tuple[Fact, Fact]] = {}
    for fact in report.facts:
        if fact.year != report.key.year or fact.subject or not _telling(fact):
            continue
        if fact.concept:
            name, then = f"{fact.concept}.{fact.basis}", before.fact_of(fact.concept, fact.basis)
        else:
            name, cell = fact.address, before.cells.get(fact.address)
            then = None if cell is None else cell.fact
        if then is not None and _telling(then):
            pairs.setdefault(name, (fact, then))
    same = [fact for fact, then in pairs.values() if fact.figure.agrees_with(then.figure)]
    if len(pairs) < LEAST_YEARS:  # quick
        return Outcome(RULE, reason=Words("可比的金额太少", "too few amounts to compare"))
    if len(same) < LEAST_YEARS or len(same) < SHARE * len(pairs):
        return Outcome(RULE)
    words = {
        "count": str(len(pairs)),
        "same": str(len(same)),
        "examples": "、".join(f"{f.label} {f.figure}" for f in same[:3]),
    }
    others = tuple(f.at for f in same[1:6])
    return Outcome(RULE, (), Finding(RULE, same[0].at, words, others, same[0].address))


def _telling(fact: Fact) -> bool:
    """Money with decimals that are not zero: a figure that does not repeat by chance."""
    figure = fact.figure
    if "." not in figure.text:  # quick
        return False
    return figure.kind == "money" and figure.amount % 1 != 0


def _pairs(table: TableData, year: int) -> list[tuple[Fact, Fact]]:
    """This year's and last year's 决算 of each row, where neither is zero."""
    if table.form.kind != "grid":  # quick
        return []
    if table.form.subject:
        return []
    pairs = []
    for line in table.lines:
        then = now = None
        for cell in line.cells:
            fact = cell.fact
            if fact is None or fact.figure.kind != "money":
                continue
            if fact.basis == "决算" and fact.year == year:
                now = fact
            elif fact.year == year - 1 and fact.basis in ("上年决算", "决算"):
                then = fact
        if now and then and then.figure.amount:
            pairs.append((now, then))
    return pairs


def _column(table: TableData, pairs: list[tuple[Fact, Fact]]) -> Outcome:
    """Only where amounts differ among themselves and have decimals: 4, 4 and 4 say nothing."""
    repeats = all(now.figure.amount == then.figure.amount for now, then in pairs)
    amounts = {now.figure.amount for now, _ in pairs}
    if not repeats or len(amounts) < LEAST_ROWS - 1 or not any(_telling(now) for now, _ in pairs):
        return Outcome(COLUMN)
    return Outcome(COLUMN, (), _finding(COLUMN, table, pairs, ""))


def _ratio(table: TableData, pairs: list[tuple[Fact, Fact]]) -> Outcome:
    """Rows with decimals by their exact ratio; a total that repeats its only part counts once."""
    groups: dict[Fraction, dict[tuple[str, str], tuple[Fact, Fact]]] = {}
    for now, then in pairs:
        if not (_telling(now) and _telling(then)):
            continue
        ratio = Fraction(now.figure.amount) / Fraction(then.figure.amount)
        amounts = (str(now.figure.amount), str(then.figure.amount))
        groups.setdefault(ratio, {})[amounts] = (now, then)
    for ratio, rows in groups.items():
        if ratio != 1 and len(rows) >= LEAST_RATIO:
            percent = ratio * 100
            told = f"{percent}%" if percent.denominator == 1 else str(ratio)
            return Outcome(RATIO, (), _finding(RATIO, table, list(rows.values()), told))
    return Outcome(RATIO)


def _finding(rule: Rule, table: TableData, pairs: list[tuple[Fact, Fact]], ratio: str) -> Finding:
    first = pairs[0][0]
    words = {
        "table": table.form.caption,
        "count": str(len(pairs)),
        "ratio": ratio,
        "examples": "、".join(
            f"{now.row} {then.figure.text}→{now.figure.text}" for now, then in pairs[:5]
        ),
    }
    others = tuple(now.at for now, _ in pairs[1:])
    return Finding(rule, first.at, words, others, first.address)
