"""One report as HTML sections: summary, charts, tables, narrative, findings. Screen and print share them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import markdown

from site_builder.charts import (
    Amount,
    Bar,
    Score,
    budget_chart,
    composition_chart,
    score_chart,
    three_public_chart,
)
from site_builder.check import Checked
from site_builder.finding import LEVEL_NAMES, Finding
from site_builder.forms import TableForm
from site_builder.key_figures import digits, summary_html
from site_builder.library import Disclosure
from site_builder.markup import escape, file_path
from site_builder.page import table_files
from site_builder.place import Place
from site_builder.prose import Section
from site_builder.prose_html import narrative_html
from site_builder.report import Fact, Report, TableData
from site_builder.tables import View, own_link, table_html

MOST_BARS = 9  # in one drawing, so that it fits a page with its labels readable
THREE_PUBLIC = (
    "三公经费",
    "公务接待费",
    "公务用车运行维护费",
    "公务用车购置费",
    "因公出国（境）费",
)


@dataclass(frozen=True)
class Part:
    """A section of the report: its anchor, title and finished HTML."""

    id: str
    title: str
    html: str
    kind: str = "page"  # what search takes its own words for


@dataclass(frozen=True)
class Body:
    """A report's sections in order, and the numbers that its findings got."""

    disclosure: Disclosure
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]


def report_body(
    disclosure: Disclosure,
    checked: Checked,
    converter: markdown.Markdown,
    downloads: str = "",
    catalogue: str = "",
    receipts: str = "",
) -> Body:
    """Everything that a report's page or PDF holds, section by section.

    `downloads` is HTML put after the summary, `receipts` the page that every figure leads to; print
    has neither. `catalogue` is HTML at the end: the entry in the catalogue of government information.
    """
    numbers: dict[str, list[int]] = {}
    for number, finding in enumerate(checked.findings, 1):
        numbers.setdefault(finding.address, []).append(number)
    report = disclosure.report
    view = View(numbers, receipts, table_files(report.form) if receipts else {})
    parts = [Part("summary", "概要", summary_html(disclosure, checked, view) + downloads)]
    charts = "".join(_charts(report))
    if charts:
        parts.append(Part("charts", "图示", charts, "chart"))
    printed = [t for t in report.tables if not t.form.in_prose]
    stated = [t for t in report.tables if t.form.in_prose]
    if printed:
        parts.append(Part("tables", "报表", _tables(printed, checked, view), "table"))
    words = narrative_html(disclosure, view, converter, _below_sections(disclosure, checked))
    parts.append(Part("narrative", "正文", words, "narrative"))
    if stated:
        note = (
            '<p class="note">以下数据只写在报告正文里，逐项摘出，便于检索、比较和核对；'
            "数字和单位照原文。</p>"
        )
        parts.append(Part("stated", "正文中的数据", note + _tables(stated, checked, view), "table"))
    more = '<p><a href="checks/index.html">各规则的结果，以及没有规则核对到的数</a></p>'
    parts.append(Part("findings", "核对结果", findings_html(disclosure, checked) + more, "finding"))
    parts.append(Part("about-report", "报告说明", _about(disclosure) + catalogue))
    return Body(disclosure, tuple(parts), checked.findings)


# -- charts --------------------------------------------------------------------------------


def _amount(fact: Fact | None) -> Amount | None:
    return None if fact is None else Amount(fact.figure.amount, digits(fact))


def _charts(report: Report) -> Iterator[str]:
    """What it is made of first: a low drawing, which in print fills the page that the summary begins."""
    yield from _compositions(report)
    for count, table in enumerate(t for t in report.tables if t.form.kind == "grid"):
        bars = list(_budget_bars(table))
        if len(bars) < 2:
            continue
        unit = table.form.unit or "万元"
        for start in range(0, len(bars), MOST_BARS):
            title = f"预算与决算：{table.form.caption}" + (
                f"（续{start // MOST_BARS}）" if start else ""
            )
            some = bars[start : start + MOST_BARS]
            yield budget_chart(f"chart-budget-{count}-{start}", title, unit, some)
    yield from _three_public(report)
    for count, table in enumerate(t for t in report.tables if t.form.kind == "indicators"):
        scores = list(_scores(table))
        if scores:
            title = f"各项得分：{table.form.caption}"
            yield score_chart(f"chart-scores-{count}", title, scores)


def _budget_bars(table: TableData) -> Iterator[Bar]:
    """Lines of a grid that have both a budget and an actual figure in money."""
    for line in table.lines:
        by_basis: dict[str, Fact] = {}
        for cell, column in zip(line.cells, table.form.columns, strict=False):
            if cell.fact is not None and not column.derived and cell.fact.figure.kind == "money":
                by_basis.setdefault(column.basis, cell.fact)
        budget, actual = by_basis.get("年初预算"), by_basis.get("决算")
        if budget is not None and actual is not None:
            yield Bar(line.label.strip(), None, _amount(budget), _amount(actual))


def _compositions(report: Report) -> Iterator[str]:
    """Income by source and spending by kind, where the report states the parts of a whole."""
    wholes = (
        ("income", "收入构成", "收入合计",
         ("一般公共预算拨款", "政府性基金预算拨款", "专户管理的非税收入", "其他收入", "年初结转和结余")),
        ("spending", "支出构成", "支出合计",
         ("基本支出/工资福利支出", "基本支出/商品和服务支出", "基本支出/对个人和家庭的补助",
          "基本支出/资本性支出", "基本支出/其他支出", "项目支出")),
        ("spending", "支出构成", "支出合计", ("基本支出", "项目支出")),
    )  # fmt: skip
    done: set[str] = set()
    for name, title, whole, names in wholes:
        total = report.fact_of(whole, "决算")
        facts = [(n, report.fact_of(n, "决算")) for n in names]
        parts = [
            (n.rpartition("/")[2], Amount(f.figure.amount, digits(f)))
            for n, f in facts
            if f is not None
            and f.figure.amount > 0
            and total
            and f.figure.unit == total.figure.unit
        ]
        if total is None or name in done or len(parts) < 2 or total.figure.amount <= 0:
            continue
        made = sum(a.value for _, a in parts)
        if made > total.figure.amount + 1:
            continue
        done.add(name)
        amount = Amount(total.figure.amount, digits(total))
        yield composition_chart(f"chart-{name}", title, total.figure.unit, amount, parts)


def _three_public(report: Report) -> Iterator[str]:
    bars = []
    for concept in THREE_PUBLIC:
        last, budget, actual = (
            _amount(report.fact_of(concept, basis)) for basis in ("上年决算", "年初预算", "决算")
        )
        if actual is not None and (last or budget or actual.value > 0):
            bars.append(Bar(concept, last, budget, actual))
    if bars and any(b.actual and b.actual.value > 0 for b in bars):
        yield three_public_chart("chart-three-public", "“三公”经费", "万元", bars)


NUMBERED = re.compile(r"^指标[0-9一二三四五六七八九十]{1,2}[:：.．、]\s*")


def _scores(table: TableData) -> Iterator[Score]:
    form = table.form
    places = {c.role: n + len(form.levels) for n, c in enumerate(form.columns) if c.role}
    if "得分" not in places:
        return
    # The short names of the second level, where they tell the lines apart.
    seconds = {(line.cells[0].text, line.cells[1].text) for line in table.lines}
    short = len(form.levels) > 2 and "分值" in places and len(seconds) == len(table.lines)
    for line in table.lines:
        score = line.cells[places["得分"]].fact
        weight = line.cells[places["分值"]].fact if "分值" in places else None
        name = line.cells[1].text if short else NUMBERED.sub("", line.label)
        yield Score(line.cells[0].text, name, _amount(score), _amount(weight))


# -- tables --------------------------------------------------------------------------------


def _tables(tables: Sequence[TableData], checked: Checked, view: View) -> str:
    """Tables under their annexes, each with the findings that concern its figures below it."""
    out = []
    annex = None
    for table in tables:
        if table.form.annex and table.form.annex != annex:
            annex = table.form.annex
            id_ = _annex_id(table.form)
            out.append(f'<h3 id="{escape(id_)}">{own_link(id_, escape(annex), view)}</h3>')
        out.append(table_html(table, view))
        addresses = {cell.address for cell in table.cells()}
        mine = [(n, f) for n, f in enumerate(checked.findings, 1) if f.address in addresses]
        if mine:
            out.append(beside_html(mine))
    return "".join(out)


def _section_of(disclosure: Disclosure, finding: Finding) -> Section | None:
    """The section of the narrative that a finding stands in."""
    if finding.at.file != disclosure.narrative.file:
        return None
    before = [s for s in disclosure.narrative.sections if s.line <= finding.at.line]
    return before[-1] if before else None


def _below_sections(disclosure: Disclosure, checked: Checked) -> dict[str, str]:
    """Notes under the sections that findings stand in, by the section's id."""
    by_section: dict[str, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(checked.findings, 1):
        section = _section_of(disclosure, finding)
        if section is not None:
            by_section.setdefault(section.id, []).append((number, finding))
    return {id_: beside_html(mine) for id_, mine in by_section.items()}


def _annex_id(form: TableForm) -> str:
    return f"annex-{form.address}"


def beside_html(findings: Iterable[tuple[int, Finding]]) -> str:
    """Short notes of findings right below the table they concern."""
    items = "".join(
        f'<li><a href="#finding-{n}">核对发现{n}</a>：{escape(f.message())}'
        + (f"　<em>说明：{escape(f.acknowledged.explanation)}</em>" if f.acknowledged else "")
        + "</li>"
        for n, f in findings
    )
    return f'<ul class="beside-findings">{items}</ul>'


# -- findings ------------------------------------------------------------------------------


def findings_html(disclosure: Disclosure, checked: Checked) -> str:
    """Every finding with printed, recomputed, difference and formula, and its explanation.

    Errors stand first, notes last; each keeps its number, by which figures and tables name it.
    """
    coverage = checked.coverage
    levels = LEVEL_NAMES["zh"]
    head = (
        f"<p>规则核对了 {coverage.guarded} 个数（占 {coverage.share}）。"
        "核对发现只说明公布的内容之间不一致，不等于认定违规；没有发现也不等于证明全部正确。</p>"
    )
    if not checked.findings:
        return head + "<p>没有发现不一致。</p>"
    by_level: dict[str, list[str]] = {level: [] for level in levels}
    for number, finding in enumerate(checked.findings, 1):
        by_level[finding.level].append(_finding(number, finding, disclosure))
    there = [(level, f"findings-{level}", items) for level, items in by_level.items() if items]
    leads = "、".join(
        f'<a href="#{id_}">{levels[level]} {len(items)}</a>' for level, id_, items in there
    )
    listed = "".join(
        f'<h3 class="weight" id="{id_}">{levels[level]}（{len(items)}）</h3><ol class="findings">{"".join(items)}</ol>'
        for level, id_, items in there
    )
    return f'{head}<p class="by-level">按轻重排列：{leads}。号码是在报告里出现的先后。</p>{listed}'


def place_html(at: Place, disclosure: Disclosure) -> str:
    """Where something stands in the files of a report; 报告说明 names the two."""
    said = at.in_words(disclosure.report.file, disclosure.narrative.file)
    return file_path(said) if said == str(at) else escape(said)


def _finding(number: int, finding: Finding, disclosure: Disclosure) -> str:
    level = LEVEL_NAMES["zh"][finding.level]
    where = ""
    if finding.address in disclosure.report.cells:
        where = f'<a href="#{escape(finding.address)}">{escape(finding.address)}</a>'
    elif (section := _section_of(disclosure, finding)) is not None:
        where = f'<a href="#{section.id}">正文：{escape(section.title or "开头")}</a>'
    reckoned = any(c.isdigit() for c in finding.recomputed)
    rows = [
        ("写的是", finding.printed),
        ("核算为" if reckoned else "对照为", finding.recomputed),
        ("相差", finding.difference),
        ("算式", finding.formula),
    ]
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value
    )
    place = place_html(finding.at, disclosure)
    said = ""
    if (answer := finding.acknowledged) is not None:
        said = (
            f'<p class="explained"><strong>公开说明</strong>（{answer.date.isoformat()}，'
            f"有效至 {answer.until.isoformat()}）：{escape(answer.explanation)}</p>"
        )
    return (
        f'<li id="finding-{number}" class="finding {finding.level}" data-kind="finding" '
        f'value="{number}">'
        f'<p data-number="{number}"><span class="level">{level}</span> '
        f'<a href="../../../rules/{finding.rule.id}/index.html">{escape(finding.rule.title.zh)}</a>'
        f" {where}</p><p>{escape(finding.message())}</p>"
        f"<dl>{facts}<div><dt>出处</dt><dd>{place}</dd></div></dl>{said}</li>"
    )


# -- about the report ----------------------------------------------------------------------


def _about(disclosure: Disclosure) -> str:
    report = disclosure.report
    heading = report.heading
    rows = [
        ("报告名称", heading.title),
        ("编报单位", heading.unit),
        (
            "所属县",
            f"{disclosure.county.province}{disclosure.county.prefecture}{disclosure.county.name}",
        ),
        ("区划代码", disclosure.town.code),
        ("统一社会信用代码", heading.credit_code or ""),
        ("年度", str(report.key.year)),
        ("表单", report.form.title),
        ("表单依据", report.form.basis),
        ("核对口径", disclosure.profile.name if disclosure.profile else ""),
        ("口径依据", "；".join(disclosure.profile.citations) if disclosure.profile else ""),
        ("报告日期", heading.date.isoformat() if heading.date else ""),
        ("来源", heading.source),
    ]
    said = [(name, escape(str(value))) for name, value in rows if value]
    said += [
        ("数据文件", file_path(report.file)),
        ("正文文件", file_path(disclosure.narrative.file)),
    ]
    facts = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in said)
    notes = "".join(f"<li>{escape(note)}</li>" for note in heading.notes)
    list_ = f"<ul>{notes}</ul>" if notes else ""
    return f'<dl class="about">{facts}</dl>{list_}'
