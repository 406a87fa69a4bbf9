"""元 for 万元, or the reverse: the rule of unit-slip, and the finding on an amount of a sentence."""

from __future__ import annotations

from decimal import Decimal

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome
from site_builder.segment import Amount
from site_builder.sentences import Passage

RULE = Rule(
    "unit-slip",
    "warning",
    Words("单位像是写错了", "The unit seems wrong"),
    Words(
        "“{label}”写的是{printed}，{other}是{recomputed}{why}",
        "“{label}” is printed as {printed}, {other_en} is {recomputed}{why_en}",
    ),
    Words(
        "请对照原件核对单位；原件如此的，保留原文并在“认可”中说明",
        "check the unit against the original; if it is printed so, keep it and explain it",
    ),
    Words(
        "“万元”漏掉“万”，数就差一万倍；“m³”漏掉“³”，体积就成了长度。",
        "元 for 万元 is off by ten thousand; m for m³ makes a volume a length.",
    ),
    yields_to=("linked-figure",),
)
TEN_THOUSAND = Decimal(10_000)
OFF = (
    "，相差一万倍，像是把“万元”写成了“元”",
    ": ten thousand times apart, as if 万元 were written as 元",
)
OFF_UP = (
    "，相差一万倍，像是把“元”写成了“万元”",
    ": ten thousand times apart, as if 元 were written as 万元",
)
OFF_FAR_UP = (
    "，相差一万倍，像是把“万元”写成了“亿元”",
    ": ten thousand times apart, as if 万元 were written as 亿元",
)
UNITS = ("元", "万元")
LONGEST = 16  # characters of a label in an address


def in_other(figure: Figure) -> Figure | None:
    """The figure with its digits and 万元 for its 元, or the reverse; None where it is of neither."""
    if figure.unit not in UNITS:
        return None
    unit = UNITS[figure.unit == "元"]
    return Figure(figure.amount, unit, figure.text, figure.about)


def slipped(
    passage: Passage,
    amount: Amount,
    other: Words,
    others: tuple[Place, ...],
    unit: str = "",
    called: str = "",
) -> Outcome:
    """The finding on an amount in 元 or 万元 (or that is meant in `unit`), of which `other` says what else is told.

    It may be `called` by words farther before than those right before it.
    """
    meant, unit = unit, unit or UNITS[amount.figure.unit == "元"]
    label = called or passage.label(amount.said).strip(" 　*-“”") or "金额"
    why = OFF if amount.figure.unit == "元" else OFF_UP
    if meant:
        why = (
            f"，像是把“{meant}”写成了“{amount.figure.unit}”",
            f", as if {meant} were written as {amount.figure.unit}",
        )
    words = {
        "label": shown_label(label),
        "printed": str(amount.figure),
        "other": other.zh,
        "other_en": other.en,
        "recomputed": f"{amount.figure.amount}{unit}",
        "why": why[0],
        "why_en": why[1],
    }
    address = passage.address or sentence_address(amount.said.text, label[-LONGEST:])
    at, printed = passage.place(amount.said.start), amount.said.text
    finding = Finding(RULE, at, words, others, address, printed, words["recomputed"])
    return Outcome(RULE, (), finding)


def off(
    passage: Passage, amount: Amount, right: Decimal, formula: str, others: tuple[Place, ...]
) -> Outcome | None:
    """车均5.97元 of 17.9万元 ÷ 3辆: the finding on what is right but for its unit, in which it should be `right`."""
    figure = amount.figure
    if figure.unit not in UNITS:
        return None
    scaled = right / TEN_THOUSAND if figure.unit == "元" else right * TEN_THOUSAND
    if abs(scaled - figure.amount) > figure.ulp():
        return None
    return slipped(passage, amount, Words(f"按{formula}应", f"by {formula} it"), others)
