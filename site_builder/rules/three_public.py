"""“三公”经费 in sentences: what it and its costs are called, and which of them are the cost of cars."""

from __future__ import annotations

import re
from collections.abc import Container

from site_builder.segment import Amount

NAME = '三公[”"’』]?经费'
WHOLE = re.compile(f"{NAME}[^，,。；;]{{0,16}}$")
_CAR, _BOUGHT, _RUN = "(?:用车|公车|车辆)", "购置", "(?:运行|运维)"
# In a clause about them. 公务用车购置及运行维护费 holds the two that may stand behind it.
KINDS = {
    "abroad": re.compile("出国"),
    "cars": re.compile(f"{_BOUGHT}(?:费)?[及和与、]|公务用车(?:费|经费)"),
    "bought": re.compile(_BOUGHT),
    "run": re.compile(_RUN),
    "reception": re.compile("公务接待|接待费"),
}
# Wherever it stands, for whose change is told.
NAMED = re.compile(
    f"(?P<whole>{NAME}(?![^，,。；;0-9]{{0,6}}(?:只减|原则|要求|规定|管理|零增)))|(?P<abroad>出国)|(?P<reception>接待费)|"
    f"(?P<cars>{_CAR}?{_BOUGHT}(?:费)?[及和与](?:公务?用?车)?{_RUN}[^，,。；;：:0-9]{{0,4}}费?|"
    f"{_CAR}{_RUN}(?:维护)?(?:费)?[及和与](?:公务?用?车)?{_BOUGHT}费?)|"
    f"(?P<bought>{_CAR}{_BOUGHT})|(?P<run>{_CAR}{_RUN})"
)
# What makes an amount a change, a goal or a share, and not what was spent.
NO_LEVEL = re.compile("增|减|降|升|较|比|节约|节省|超|均|占|完成|[低高多少]于")
LINES_BACK = 3  # from the lines before, where 决算中，因公出国… begins a paragraph of its own
_CLAUSE = re.compile("[，,。；;：:、]")


def last_clause(amount: Amount) -> str:
    return _CLAUSE.split(amount.words)[-1]


def of_cars(known: Container[str], bought: bool) -> tuple[str, ...]:
    """By one name, or what buying and running them cost; where none was bought, running them."""
    if "cars" in known:
        return ("cars",)
    return ("bought", "run") if bought else ("run",)
