"""Scores of a sentence that make one another: the rule that `told_scores` and `scores_made` share."""

from __future__ import annotations

from site_builder.finding import Rule, Words

RULE = Rule(
    "told-score-differs",
    "warning",
    Words("正文里的得分算不拢", "A score in a sentence that does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请核对总分、各类得分和扣分；原件如此的，保留原文并在“认可”中说明",
        "check total, classes and deductions; if they are printed so, explain it",
    ),
    Words(
        "得分由各项相加、由满分扣减得来，读者一算就知道对不对。",
        "A score is made of its classes, or of full marks less deductions: readers can work it out.",
    ),
    yields_to=(
        "prose-contradicts",
        "stated-score-differs",
        "told-share",
        "told-points",
        "told-parts-differ",
    ),
)
