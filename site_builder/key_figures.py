"""The figures that a reader looks for first, with budget and last year beside them, and in plain words.

Nothing is said here that the report does not print, but differences: this year's figure minus the
budget or last year's, exact, where both are printed in one unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.check import Checked
from site_builder.figure import shown
from site_builder.library import Disclosure
from site_builder.markup import escape
from site_builder.report import Fact, Report
from site_builder.tables import View, mark_html

KEY_FIGURES = (
    ("支出合计", "决算"),
    ("收入合计", "决算"),
    ("三公经费", "决算"),
    ("在职人数", "年末"),
    ("自评得分", "自评"),
)
BESIDE = (("年初预算", "年初预算"), ("上年决算", "上年"))
FORMULA = "差＝本年决算−预算，或本年决算−上年决算：按公布的数直接相减。"


def digits(fact: Fact) -> str:
    """A figure as printed, without its unit."""
    return fact.figure.text.removesuffix(fact.figure.unit)


def gap(now: Fact, then: Fact) -> str:
    """now − then with its sign, to the digits of the finer one: −0.25; "" where it cannot be told.

    Approximate figures have no difference, nor have figures in different units.
    """
    one, other = now.figure, then.figure
    if one.unit != other.unit or one.about or other.about:
        return ""
    difference = one.amount - other.amount
    text = shown(abs(difference), max(one.decimals, other.decimals))
    return text if not difference else f"{'+' if difference > 0 else '−'}{text}"


def named(concept: str) -> str:
    """A concept as people say it: 支出合计 is 支出, 三公经费 “三公”经费."""
    return {"支出合计": "支出", "收入合计": "收入", "三公经费": "“三公”经费"}.get(concept, concept)


def summary_html(disclosure: Disclosure, checked: Checked, view: View) -> str:
    """Plain words, key figures with what stands beside them, and whether the figures add up."""
    report = disclosure.report
    cards = list(_cards(disclosure, view))
    list_ = f'<ul class="keys">{"".join(cards)}</ul>' if cards else ""
    formula = f'<p class="note">{FORMULA}</p>' if 'class="gap"' in list_ else ""
    words = "".join(_words(report, disclosure.town.name))
    said = f'<p class="say">{words}</p>' if words else ""
    return f"{said}{_adds_up(checked)}{list_}{formula}"


def _cards(disclosure: Disclosure, view: View) -> Iterator[str]:
    report, profile = disclosure.report, disclosure.profile
    for concept, basis in KEY_FIGURES:
        fact = report.fact_of(concept, basis)
        if fact is None:
            continue
        beside = []
        if concept == "在职人数" and (posts := report.fact_of("编制数", "年末")):
            beside.append(f"编制 {escape(str(posts.figure))}")
        if basis == "决算":
            for other, name in BESIDE:
                if (there := report.fact_of(concept, other)) is not None:
                    difference = gap(fact, there)
                    tail = f' <span class="gap">差 {difference}</span>' if difference else ""
                    short = name.removeprefix("年初")
                    beside.append(f"<span>{short} {escape(digits(there))}</span>{tail}")
        if concept == "自评得分" and profile is not None and profile.full_score is not None:
            beside.append(f"满分 {profile.full_score}")
        if concept == "自评得分" and (grade := report.text_of("自评等级")):
            beside.append(f"等级“{escape(grade.text.strip('“”'))}”")
        mark = mark_html(fact.address, view.marks)
        stop = '<span class="stop">；</span>'
        below = stop.join(f'<span class="of">{one}</span>' for one in beside)
        below = f'<span class="beside">{below}</span>' if below else ""
        where = f"{view.receipts}#{escape(fact.address)}"
        kind = "big rc" if view.receipts else "big"
        yield (
            f'<li><span class="what">{escape(named(concept))}</span>'
            f'<a class="{kind}" href="{where}">{escape(digits(fact))}</a>'
            f'<span class="u">{escape(fact.figure.unit)}</span>{mark}{below}</li>'
        )


def _words(report: Report, town: str) -> Iterator[str]:
    """What was spent, on what, against budget and last year; what is not printed is said too."""
    whole = report.fact_of("支出合计", "决算")
    if whole is None:
        return
    year = report.key.year
    yield f"{year}年，{escape(town)}支出<strong>{escape(str(whole.figure))}</strong>"
    parts = [(name, report.fact_of(name, "决算")) for name in ("基本支出", "项目支出")]
    told = [f"{name}{escape(str(f.figure))}" for name, f in parts if f is not None]
    yield f"，其中{'、'.join(told)}" if told else ""
    yield "。"
    beside = [(name, report.fact_of("支出合计", basis)) for basis, name in BESIDE]
    missing = [name for name, there in beside if there is None]
    told = [words for name, there in beside if there and (words := _against(whole, there, name))]
    yield f"{'，'.join(told)}。" if told else ""
    if missing:
        yield f"报告没有列出支出合计的{'和'.join(missing)}数。"
    small = report.fact_of("三公经费", "决算")
    if small is not None:
        told = [
            words
            for basis, name in BESIDE
            if (there := report.fact_of("三公经费", basis))
            and (words := _against(small, there, name))
        ]
        yield f"“三公”经费{escape(str(small.figure))}"
        yield f"，{'，'.join(told)}。" if told else "。"


def _against(now: Fact, then: Fact, name: str) -> str:
    """比年初预算少0.25万元 (24.75−25); "" where no difference can be told."""
    difference = gap(now, then)
    if not difference:
        return ""
    if difference[0] not in "+−":
        return f"与{name}相同"
    word = "多" if difference[0] == "+" else "少"
    formula = f"（{escape(digits(now))}−{escape(digits(then))}）"
    return f"比{name}{word}{difference[1:]}{escape(now.figure.unit)}{formula}"


def _adds_up(checked: Checked) -> str:
    """Do the figures add up? How many can be checked, what was found; never a certificate."""
    coverage = checked.coverage
    errors = sum(f.level == "error" for f in checked.findings)
    others = len(checked.findings) - errors
    explained = sum(f.acknowledged is not None for f in checked.findings)
    listed = f'<a href="#findings-error">有 {errors} 处对不上</a>'
    head = listed if errors else "没有发现对不上的数"
    said = f"<strong>数字对得上吗？{head}</strong>"
    said += f"，另有 {others} 处提示" if others else ""
    said += f"；{explained} 处附有公开说明" if explained else ""
    said += (
        f"。公布的 {coverage.facts} 个数中，{coverage.guarded} 个能与别的数相互核对"
        '，结果见<a href="#findings">核对结果</a>。'
    )
    return f'<p class="adds-up {"some" if errors else "none"}">{said}</p>'
