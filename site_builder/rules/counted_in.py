"""In which units they are counted of whom each gets so much: 每人 in 人, 名 or 位, 每村 in 个."""

from __future__ import annotations

_INTO = {
    "人 名 位": "人 名 位",
    "场 场次": "场 场次",
    "批 批次": "批 批次",
    "公里 千米": "公里 千米",
    "平方米": "平方米 ㎡",
    "队": "支 个",
    "站": "个 座",
    "班": "个 期",
    "校 学校": "所",
    "村 行政村 社区 组 小组 村民小组 支部 网格 点 片 片区": "个",
}
_UNITS = {of: frozenset(units.split()) for names, units in _INTO.items() for of in names.split()}


def counted_in(of: str) -> frozenset[str]:
    """The units that a number of them may have; what is a unit itself is counted in it."""
    return _UNITS.get(of, frozenset((of,)))
