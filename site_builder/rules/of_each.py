"""So many, so much of each, so much in all: the rule that things (`so_many_each`) and money (`so_much_each`) share."""

from __future__ import annotations

from site_builder.finding import Rule, Words

RULE = Rule(
    "so-many-each",
    "warning",
    Words("每处的数乘不出总数", "So many each do not make the total"),
    Words(
        "总数写的是{printed}，按{formula}应为{recomputed}",
        "the total is {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请核对个数、每处的数和总数；不是每处一样多的，写成“平均”；原件如此的在“认可”中说明",
        "check number, each and total; say “on average” where they differ; explain it if printed so",
    ),
    Words(
        "写了几个村、每村多少、共多少，读者乘一下就知道对不对。",
        "With how many villages, how many in each and how many in all, readers multiply.",
    ),
    yields_to=(
        "product-differs",
        "told-average",
        "told-total",
        "told-part-exceeds",
        "fewer-persons-than-groups",
    ),
)
