"""What a sealed report's PDF says of its edition: number, day, hashes, and what was corrected."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """One thing that an edition says otherwise than the one before.

    `place` is what a reader calls it: a cell's address or a heading of the text; `old` and `new`
    are as written, empty where there was or is nothing.
    """

    date: datetime.date
    edition: int  # the edition that says it anew
    place: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True)
class EditionNote:
    """A sealed edition as its own PDF names it.

    `hashes` are names in Chinese and hexadecimal digests, in the order in which they are
    printed; `corrections` are those of all editions up to this one, oldest first.
    """

    number: int  # from 1
    sealed: datetime.date
    hashes: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
