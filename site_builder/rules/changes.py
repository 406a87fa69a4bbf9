"""Changes told in sentences: the rule that judges them, and the words that say which way and since when."""

from __future__ import annotations

import re

from site_builder.finding import Rule, Words

RULE = Rule(
    "told-change",
    "warning",
    Words("正文里的增减算不出来", "A change in a sentence that its amounts do not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或核对前后两个数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check the two amounts; if they are printed so, explain it",
    ),
    Words(
        "写了前后两个数又写增减多少，读者一算就知道对不对。",
        "Where a sentence gives both amounts and the change, readers can check it.",
    ),
)
UP = "增长|增加|增产|上升|提高|提升|增幅|扩大|上涨|增收|增至|增支|攀升|回升|增多|涨幅|净增|上浮|多支出|多花|增"
DOWN = "下降|减少|减产|降低|降幅|减幅|下滑|压减|缩减|节减|减支|核减|压缩|压降|回落|下调|跌幅|下浮|少支出|少花|降"
# 项目支出B，较上年的A增长C%
THAN = re.compile(
    r"^[，,（(]?(?:较|比|同比|与|相比)(?:[^，,。；;]{0,12}(?:上年|去年|20[0-9]{2}年|上一年|同期|原来)[^，,。；;]{0,10}|"
    r"[^，,。；;0-9]{0,6}(?:[造建革理设治改贫届施动]前|年初(?!预算|计划|目标)|期初|原有|原先|过去)的?)$"
)
# What is told of a budget or a goal, and not of the year before.
ASIDE = re.compile("预算|占|完成|任务|计划|目标")
