"""The rules of checking, by what they look at: a package a subject, with its rules and what runs them.

A new rule: one file in the package of its subject, its lines in the `__init__` of that package.

Which runs first does not matter.
"""

from __future__ import annotations

from site_builder.finding import Rule, Words
from site_builder.rules import (
    claims,
    complete,
    dates,
    indicators,
    persons,
    ratios,
    sums,
    told,
    twice,
    units,
    words,
    years,
)
from site_builder.rules.outcome import Check

# In the order in which rules are listed.
SUBJECTS: tuple[tuple[str, Words, tuple[Rule, ...]], ...] = (
    ("sums", Words("合计与差额", "Sums and differences"), sums.RULES),
    ("ratios", Words("比率与占比", "Ratios and shares"), ratios.RULES),
    ("twice", Words("同一个数写了两处", "The same thing told twice"), twice.RULES),
    ("told", Words("正文里的计算", "Arithmetic in sentences"), told.RULES),
    ("claims", Words("说法与数字", "Claims against figures"), claims.RULES),
    ("indicators", Words("指标与得分", "Indicators and scores"), indicators.RULES),
    ("units", Words("单位与常理", "Units and plausibility"), units.RULES),
    ("dates", Words("年份、日期与期限", "Years, days and deadlines"), dates.RULES),
    ("years", Words("与上年、与别的镇相比", "Years and towns together"), years.RULES),
    ("complete", Words("内容齐全", "What must be there"), complete.RULES),
    ("words", Words("名称、文字与残留", "Names, words and leftovers"), words.RULES),
    ("persons", Words("个人信息", "Personal data"), persons.RULES),
)
CHECKS: tuple[Check, ...] = (
    *sums.CHECKS,
    *ratios.CHECKS,
    *twice.CHECKS,
    *told.CHECKS,
    *claims.CHECKS,
    *indicators.CHECKS,
    *units.CHECKS,
    *dates.CHECKS,
    *years.CHECKS,
    *complete.CHECKS,
    *words.CHECKS,
    *persons.CHECKS,
)
CHECKING_RULES: tuple[Rule, ...] = tuple(rule for _, _, rules in SUBJECTS for rule in rules)
