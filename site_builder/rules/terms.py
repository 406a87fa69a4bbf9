"""A term beside what gives it: the rule that `terms_told` (months, years) and `days_ahead` share."""

from __future__ import annotations

from site_builder.finding import Rule, Words

RULE = Rule(
    "term-differs",
    "warning",
    Words("月数、年数与起止时间不符", "Months or years that their dates deny"),
    Words(
        "写的是“{printed}”，{dates}是{recomputed}",
        "it says “{printed}”; {dates} make {recomputed}",
    ),
    Words(
        "请核对起止时间和月数、年数；原件如此的，保留原文并在“认可”中说明",
        "check the dates and the term; if they are printed so, explain it",
    ),
    Words(
        "工期、期限同起止时间是一回事，读者一数就知道。",
        "A term and its dates are one thing, and readers count.",
    ),
)
