"""How the rules fared: results counted by rule, and which printed figures no rule guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from site_builder.check import Checked
from site_builder.finding import Rule
from site_builder.output.text import width

Results = dict[str, Counter[str]]  # rule id → how often pass, finding, not-applicable
RESULTS = ("pass", "finding", "not-applicable")
_HEADS = {
    "zh": ("规则", "相符", "发现", "不适用"),
    "en": ("rule", "pass", "finding", "not applicable"),
}


def counted(results: Iterable[Results]) -> Results:
    """Results of several reports by rule id."""
    total: Results = {}
    for one in results:
        for rule, counts in one.items():
            total.setdefault(rule, Counter()).update(counts)
    return total


def write_results(checked: Sequence[Checked], rules: Iterable[Rule], lang: str = "zh") -> str:
    """A line a rule, then why it did not apply and how often."""
    total = counted(one.results for one in checked)
    reasons: dict[str, Counter[str]] = {}
    for one in checked:
        for rule_id, reason in one.reasons:
            reasons.setdefault(rule_id, Counter())[reason] += 1
    out = [_row(_HEADS[lang])]
    for rule in rules:
        if rule.form:
            continue  # rules of form are judged while reading, and have nothing to count
        counts = total.get(rule.id, Counter())
        out.append(_row((rule.id, *(str(counts[name]) for name in RESULTS))))
        for reason, count in sorted(reasons.get(rule.id, Counter()).items(), key=_most_first):
            out.append(f"    {count} × {reason}\n")
    said = f"{len(checked)} 份报告" if lang == "zh" else f"{len(checked)} reports"
    return "".join(out) + said + "\n"


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    gap = " " * max(1, 24 - width(first))
    return first + gap + "".join(" " * max(1, 10 - width(c)) + c for c in others) + "\n"


def write_coverage(checked: Iterable[Checked], lang: str = "zh") -> str:
    """A line a report, and below it every printed figure that no rule compares with another."""
    out = []
    facts = guarded = 0
    for one in checked:
        coverage = one.coverage
        facts += coverage.facts
        guarded += coverage.guarded
        out.append(_share(str(one.key), coverage.facts, coverage.guarded, coverage.share, lang))
        for fact in coverage.unguarded:
            out.append(f"  {fact.at} “{fact.label}” {fact.figure}  {fact.address}\n")
    share = f"{guarded * 100 // facts}%" if facts else "—"
    out.append(_share("合计" if lang == "zh" else "all", facts, guarded, share, lang))
    return "".join(out)


def _share(name: str, facts: int, guarded: int, share: str, lang: str) -> str:
    if lang == "zh":
        return f"{name}：公布 {facts} 个数，核对到 {guarded} 个（{share}）\n"
    return f"{name}: {facts} figures, {guarded} guarded ({share})\n"
