"""How one amount may have been written for another: a wrong digit, two swapped, a point elsewhere."""

from __future__ import annotations

from decimal import Decimal

# Of fewer digits one that differs says nothing.
ENOUGH = 3


def aligned(one: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of two amounts, to the same place after the point; empty where one is longer."""
    exponent = min(int(one.as_tuple().exponent), int(other.as_tuple().exponent), 0)
    a, b = (str(int(abs(x).scaleb(-exponent))).zfill(1 - exponent) for x in (one, other))
    return (a, b) if len(a) == len(b) and (one < 0) == (other < 0) else ("", "")


def is_swapped(one: Decimal, other: Decimal) -> bool:
    """Do two neighbouring digits stand the other way round, and all else the same: 128.1, 121.8?"""
    a, b = aligned(one, other)
    off = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(off) != 2 or off[1] != off[0] + 1:
        return False
    return a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]


def is_slip(printed: Decimal, right: Decimal) -> bool:
    """One wrong digit, two swapped, or the point in another place: 47.44 for 37.44."""
    one, other = aligned(printed, right)
    off = sum(a != b for a, b in zip(one, other, strict=True))
    moved = any(printed.scaleb(power) == right for power in (1, 2, 3, 4, -1, -2, -3, -4))
    digits = max(len(n.as_tuple().digits) for n in (printed, right.normalize()))
    return moved or is_swapped(printed, right) or (off == 1 and digits >= ENOUGH)
