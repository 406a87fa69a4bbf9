"""Which year a text tells of: 2021年, meant as a whole or not; 上年, 去年, 同期."""

from __future__ import annotations

import re

YEAR = re.compile(r"20\d\d(?=年)")
# 年(度) behind its number, perhaps in quotation marks, perhaps with a remark; not a month, not a range.
OF_YEAR = re.compile(
    r"年(?!\s*\d{1,2}\s*(?:月|[-—–~～至到、]))(?!来|初|底|末|以|至|到|第?[一二三四]季|[上下]半年|[春夏秋冬]|[-—~、和及])"
    r"度?[”’\"]?(?:（[^（）]{0,6}）)?"
)
YEAR_BEFORE = re.compile("上年|去年|同期|上一年")
WHOLE_YEAR = re.compile("全年|年度|一年")
