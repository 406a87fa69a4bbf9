"""Misspelt words: their rule, and which characters are taken for each other."""

from __future__ import annotations

from site_builder.finding import Rule, Words

MISSPELT = Rule(
    "misspelt-word",
    "warning",
    Words("错别字", "Misspelt word"),
    Words("“{printed}”应为“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "请改正；原件如此的，保留原文并在“认可”中说明",
        "mend it; if it is printed so, keep and explain it",
    ),
    Words(
        "错别字是网站检查必查的内容，写错的词也搜索不到。",
        "Inspections of websites look for misspellings, and no search finds them.",
    ),
    "国办秘函〔2019〕19号（政府网站与政务新媒体检查指标，条文待核）",
)
# What is left out or put in often, and means no other thing.
OPTIONAL = frozenset("及和与的用")
# Characters that are taken for each other, by their looks or by their sound.
_ALIKE = """
拨拔 维唯惟 护户 待代侍 费废 置制值致 境镜竟 预予 基机 金全 结节 余佘 利立历厉励 服付 保报 障章 健建键 康慷 林淋 房防
积极绩 运云 行形 采彩 购够构 整正 体休 项顷 规归 精情 振镇震 兴新 攻功 坚艰 廉兼 组祖 识织 准谁 效校郊 财才材
政正 入人八 支技 出岀 按接 般班船 共供 务物 经径 补朴 助住 农衣 业亚 社设 区驱 扶抚 贫贪 迁签 易异 居具
环坏 治冶 产严 监鉴 退腿 役投 低底 标示 前期
"""
ALIKE = {frozenset((one, other)) for group in _ALIKE.split() for one in group for other in group}


def is_alike(right: str, printed: str) -> bool:
    """Are two characters taken for each other, by their looks or by their sound?"""
    return frozenset((right, printed)) in ALIKE
