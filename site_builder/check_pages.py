"""The pages about checking: for all reports, for a county, for one report, and for each rule.

The page for all lists counties, a county's its reports, a report's its findings: none lists the
whole library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from site_builder.check import ALL_RULES, Checked
from site_builder.counties import County
from site_builder.finding import LEVEL_NAMES, ReportKey
from site_builder.library import Disclosure
from site_builder.output.results import RESULTS, Results, counted
from site_builder.page import Page, crumbs_of, report_path
from site_builder.report_body import findings_html, place_html
from site_builder.rule_pages import GROUPS, rule_list_html, rule_page_html, rule_path
from site_builder.settings import Settings
from site_builder.summary import Summary, grouped
from site_builder.table_frame import framed

CHECKS = ("核对结果", "checks/index.html")
RULES = ("核对规则", "rules/index.html")
_HEADS = (*LEVEL_NAMES["zh"].values(), "公布的数", "核对到的数", "覆盖率")


def report_checks_path(key: ReportKey) -> str:
    """The address of a report's page of checks."""
    return report_path(key).replace("index.html", "checks/index.html")


def _numbers(summaries: Sequence[Summary]) -> str:
    """Cells for _HEADS over some reports."""
    levels = sum((s.levels for s in summaries), Counter[str]())
    facts = sum(s.facts for s in summaries)
    guarded = sum(s.guarded for s in summaries)
    share = f"{guarded * 100 // facts}%" if facts else "—"
    cells = [*(levels[level] for level in LEVEL_NAMES["zh"]), facts, guarded, share]
    return "".join(f'<td class="n">{cell}</td>' for cell in cells)


def _table(id_: str, caption: str, first: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    cells = "".join(f'<th scope="col" class="n">{head}</th>' for head in heads)
    return framed(
        id_,
        caption,
        f'<thead><tr><th scope="col" class="c1">{first}</th>{cells}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody>",
    )


def with_pending(page: Page, settings: Settings) -> Page:
    """The page with what the publisher has yet to fill in, at its end."""
    if not settings.missing:
        return page
    items = "、".join(escape(finding.words["item"]) for finding in settings.missing)
    words = f"本站还没有填写：{items}。这些信息由发布单位提供，没有的不编造。"
    return replace(page, html=f'{page.html}<h2 id="pending">待补充</h2><p>{words}</p>')


def checks_page(counties: dict[str, County], summaries: Sequence[Summary]) -> Page:
    """The results over all reports, county by county, and the rules that found most."""
    rows = []
    for slug, mine in grouped(summaries, lambda s: s.key.county).items():
        name = f'<a href="{slug}/index.html">{escape(counties[slug].name)}</a>（{len(mine)} 份）'
        rows.append(f'<tr><th scope="row" class="c1">{name}</th>{_numbers(mine)}</tr>')
    found = sum((s.found for s in summaries), Counter[str]())
    named = {rule.id: rule for rule in ALL_RULES}
    by_rule = [
        f'<tr><th scope="row" class="c1"><a href="../{rule_path(id_)}">'
        f"{escape(named[id_].title.zh)}</a></th>"
        f'<td>{LEVEL_NAMES["zh"][named[id_].level]}</td><td class="n">{count}</td></tr>'
        for id_, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    html = (
        "<h1>核对结果</h1>"
        "<p>每份报告的数字按同一套规则相互核对：合计与分项、差额与比率、同一个数在不同地方是否一致、"
        "分值与得分、正文与表格、年份与名称。核对发现只说明公布的内容之间不一致，不等于认定违规；"
        "没有发现也不等于证明全部正确。每处发现都附有公开说明。</p>"
        '<p><a href="../rules/index.html">全部核对规则</a>各有一页，写明检查什么、为什么、依据和例子。</p>'
        + _table("counties", "各县核对情况", "县", _HEADS, rows)
        + '<h2 id="by-rule">发现最多的规则</h2>'
        + _table("rules", "各规则的发现", "规则", ("级别", "发现"), by_rule).replace(
            '<th scope="col" class="n">级别', '<th scope="col">级别'
        )
    )
    return Page(CHECKS[1], CHECKS[0], html, "各报告的核对结果。", crumbs_of())


def county_checks_page(slug: str, name: str, mine: Sequence[Summary]) -> Page:
    """A county's results, report by report."""
    rows = [
        f'<tr><th scope="row" class="c1"><a href="../../{report_checks_path(s.key)}">'
        f"{escape(s.town)}{s.key.year}年度</a></th>{_numbers([s])}</tr>"
        for s in mine
    ]
    html = f"<h1>{escape(name)}核对结果</h1>" + _table(
        "reports", "各报告核对情况", "报告", _HEADS, rows
    )
    crumbs = crumbs_of(CHECKS)
    description = f"{name}各报告的核对结果。"
    return Page(f"checks/{slug}/index.html", str(name), html, description, crumbs, county=str(name))


def report_checks_page(disclosure: Disclosure, checked: Checked) -> Page:
    """A report's findings, what each rule gave and why it did not apply, and what none guards."""
    key = disclosure.key
    title = f"{disclosure.town.name}{key.year}年度核对结果"
    unguarded = "".join(
        f'<li><a href="../index.html#{escape(f.address)}">{escape(f.label)}</a> '
        f"{escape(str(f.figure))} <small>{place_html(f.at, disclosure)}</small></li>"
        for f in checked.coverage.unguarded
    )
    listed = findings_html(disclosure, checked).replace('href="#', 'href="../index.html#')
    listed = listed.replace('href="../index.html#findings-', 'href="#findings-')
    listed = listed.replace('href="../../../rules/', 'href="../../../../rules/')
    html = (
        f"<h1>{escape(title)}</h1>"
        f'<p class="lead"><a href="../index.html">{escape(disclosure.report.heading.title)}</a></p>'
        f'<h2 id="findings">发现</h2>{listed}'
        f'<h2 id="results">各规则的结果</h2>{_results(checked)}'
        f'<h2 id="unguarded">没有规则核对到的数（{len(checked.coverage.unguarded)} 个）</h2>'
        + (f"<ul>{unguarded}</ul>" if unguarded else "<p>没有。</p>")
        + '<script defer src="../../../../assets/findings.js"></script>'
    )
    crumbs = crumbs_of(
        (disclosure.county.name, f"{key.county}/index.html"),
        (disclosure.town.name, f"{key.county}/{key.town}/index.html"),
        (f"{key.year}年度", report_path(key)),
    )
    return Page(
        report_checks_path(key),
        "核对结果",
        html,
        f"{title}。",
        crumbs,
        county=str(disclosure.county.name),
        town=str(disclosure.town.name),
        year=key.year,
    )


def _results(checked: Checked) -> str:
    """What each rule gave, by subject; rules that met nothing to judge, by the reason."""
    counts = counted([checked.results])
    reasons: dict[str, Counter[str]] = {}
    for rule_id, reason in checked.reasons:
        reasons.setdefault(rule_id, Counter())[reason] += 1
    rows, idle = [], dict[str, list[str]]()
    for _, title, rules in GROUPS:
        mine = []
        for rule in rules:
            if rule.id not in counts:
                continue
            link = f'<a href="../../../../{rule_path(rule.id)}">{escape(rule.title.zh)}</a>'
            why = "；".join(
                f"{escape(reason)}（{n}）" if n > 1 else escape(reason)
                for reason, n in reasons.get(rule.id, Counter()).most_common(4)
            )
            if not (counts[rule.id]["pass"] or counts[rule.id]["finding"]):
                idle.setdefault(why, []).append(link)
                continue
            cells = "".join(f'<td class="n">{counts[rule.id][name]}</td>' for name in RESULTS)
            mine.append(
                f'<tr><th scope="row" class="c1">{link}</th>{cells}<td class="txt">{why}</td></tr>'
            )
        if mine:
            head = f'<tr class="subject"><th colspan="5" scope="rowgroup">{title.zh}</th></tr>'
            rows.append(f"<tbody>{head}{''.join(mine)}</tbody>")
    heads = "".join(f'<th scope="col" class="n">{head}</th>' for head in ("相符", "发现", "不适用"))
    inner = (
        f'<thead><tr><th scope="col" class="c1">规则</th>{heads}'
        f'<th scope="col">不适用的原因</th></tr></thead>{"".join(rows)}'
    )
    items = "".join(
        f"<li>{why}（{len(links)} 条）：{'、'.join(links)}</li>"
        for why, links in sorted(idle.items(), key=lambda item: -len(item[1]))
    )
    many = sum(map(len, idle.values()))
    return framed("each-rule", "相符、发现与不适用", inner) + (
        f'<h3 id="idle">这份报告用不上的规则（{many} 条）</h3><ul>{items}</ul>' if items else ""
    )


def rules_page(results: Results) -> Page:
    """The list of rules with what they gave over all reports."""
    html = rule_list_html(results)
    return Page(RULES[1], RULES[0], html, "全部核对规则。", crumbs_of(CHECKS))


def rule_pages() -> Iterator[Page]:
    """A page a rule: the same for every project, for its examples are the program's own."""
    for rule in ALL_RULES:
        title = rule.title.zh
        crumbs = crumbs_of(CHECKS, RULES)
        yield Page(rule_path(rule.id), title, rule_page_html(rule), title, crumbs)
