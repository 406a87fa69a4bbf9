"""Items of a list by what they open with: ——, （一）, 1., ①, 一、; in a sentence 一是, 二是."""

from __future__ import annotations

import re

# Which mark it is, is the outermost group; its number is within.
OPENS = re.compile(
    "(?P<dash>——|[-—*] ?)|(?P<bracket>[（(](?P<a>[一二三四五六七八九十0-9]{1,2})[）)])|"
    "(?P<number>(?P<b>[0-9]{1,2})[.、．])|(?P<first>(?P<c>[一二三四五六七八九])是)|(?P<circle>(?P<d>[①-⑳]))|(?P<han>(?P<e>[一二三四五六七八九十]{1,2})、)"
)
POINT = re.compile("[一二三四五六七八九]是")
