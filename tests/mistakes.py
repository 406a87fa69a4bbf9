"""What the tables of mistakes share: a row, and edits that several rows make."""

from __future__ import annotations

from projects import FILES, REPORT, Change

# id, file, what is changed, what is found
Row = tuple[str, str, Change, list[str]]

REPORTS = "data/reports/shili/shilizhen"
CONTENT = "content/reports/shili/shilizhen"
BUDGET = "全年预算: 421.00"  # a cell that only a share is computed from
NEXT_YEAR = FILES[REPORT].replace("年度: 2022", "年度: 2021")


def budget(written: str) -> tuple[str, str]:
    """The cell at 46:13 of the report, written otherwise."""
    return BUDGET, f"全年预算: {written}"


def explained(rule: str, address: str, date: str = "2026-01-05", until: str = "2026-12-31") -> str:
    """An acknowledgement at the end of the report; its entry starts at 62:5."""
    return f"""\
认可:
  - 规则: {rule}
    位置: {address}
    说明: 原件如此。
    日期: {date}
    至: {until}
"""


def explaining(edit: tuple[str, str], acknowledgement: str) -> list[tuple[str, str]]:
    """An edit of the report and an acknowledgement at its end."""
    last = "    总分: {分值: 100, 得分: 95}\n"
    return [edit, (last, last + acknowledgement)]


NOTHING: list[str] = []
SLIP = ("其他收入: 20.50万元", "其他收入: 25.50万元")  # sum-differs at 28:11
SLIP_AT = "基本情况.收入合计"
