"""What a sentence calls a figure: the words right before it, without numbering and filling words."""

from __future__ import annotations

import re

from site_builder.figures_in_text import Said
from site_builder.sentences import Passage

_FILLING = re.compile(
    "(?:资金|金额|数额|仅为|仅|只有|只|共计|总共|共|合计|达到|达|为|是|有|约|了|(?<![户人亩村座车年月日])均|已|也|[:：]|“|”)+$"
)
_OPENING = re.compile(
    "^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[0-9]{1,2}[.、．]|其中|但|而|且|因|由于|"
    "全年|本年度?|当年|年末|年度|截至|全[镇乡街县]|我[镇乡]|[本该全](?:镇|乡|街道|项目)|项目(?!支出)|[:：、“”\\s*-])+"
)
_DAY_OF_YEAR = re.compile("20[0-9]{2}年(?:度|末|底)?")


MOST_SHOWN = 20  # characters of a label in a message


def shown_label(label: str) -> str:
    """A label as a message quotes it: whole, or its end behind “…” where it is long."""
    return label if len(label) <= MOST_SHOWN else f"…{label[1 - MOST_SHOWN :]}"


def figure_name(passage: Passage, said: Said) -> str:
    """资金到位率 of “一是资金到位不足，资金到位率仅94.48%”; empty where no words stand before it."""
    label = passage.label(said).removesuffix(said.sign).rstrip("（(")
    label = _DAY_OF_YEAR.sub("", label)
    return _OPENING.sub("", _FILLING.sub("", label.strip()))
