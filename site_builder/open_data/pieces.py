"""Text that is deflated once and then joined into the files of zips without deflating it again.

A report's rows go into the downloads of its town, its county, its year and the whole. Each time
only bytes are copied: every piece ends on a flush of a deflate stream of its own, so that pieces
stand behind each other as they are, and the checksum of the whole follows from theirs.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

LEVEL = 3  # of 9: half the time of 6, for a sixth more bytes
SMALL = 4096  # bytes of a text that is deflated in a small window: ten times as quick to set up
_END = b"\x03\x00"  # an empty last block: the end of a deflate stream
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LAST = struct.Struct("<4s4H2LH")
_DAY = (1 << 5) | 1  # 1980-01-01, the first day that a zip can say: same inputs, same bytes
_UTF8 = 0x800
MOST = 0xFFFFFFFF  # bytes of a member, and of a zip: the classic format, which every tool reads
_POLYNOMIAL = 0xEDB88320  # of CRC-32, as zip has it


@dataclass(frozen=True, slots=True)
class Piece:
    """Deflated text: its bytes, and size and CRC-32 of the text. `rows` are the rows in it."""

    data: bytes = b""
    size: int = 0
    crc: int = 0
    rows: int = 0


class TooLarge(Exception):  # noqa: N818 - said to whoever wants such a file
    """A member or a zip of 4 GiB or more."""


def piece(text: str | bytes, rows: int = 0, level: int = LEVEL) -> Piece:
    """`text` deflated once, by zlib's `level`."""
    raw = text.encode() if isinstance(text, str) else text
    if not raw:
        return Piece(rows=rows)
    if len(raw) <= SMALL:
        made = zlib.compressobj(level, zlib.DEFLATED, -12, 5)
    else:
        made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = made.compress(raw) + made.flush(zlib.Z_SYNC_FLUSH)
    return Piece(data, len(raw), zlib.crc32(raw), rows)


@lru_cache(maxsize=512)
def fixed(text: str) -> Piece:
    """`text` deflated once for all files that have it: what stands around rows."""
    return piece(text)


def joined(pieces: Iterable[Piece], between: Piece | None = None) -> Piece:
    """Pieces one behind the other as one, `between` between any two that are not empty."""
    data: list[bytes] = []
    size = crc = rows = 0
    for one in _between(pieces, between):
        data.append(one.data)
        crc = combined(crc, one.crc, one.size)
        size += one.size
        rows += one.rows
    return Piece(b"".join(data), size, crc, rows)


def _between(pieces: Iterable[Piece], between: Piece | None) -> Iterator[Piece]:
    first = True
    for one in pieces:
        if not one.size:
            continue
        if between is not None and not first:
            yield between
        first = False
        yield one


def combined(crc: int, other: int, size: int) -> int:
    """The CRC-32 of a text with CRC `crc` followed by one of `size` bytes with CRC `other`.

    A CRC is the remainder of a polynomial: what stood before is multiplied by x to the power of
    8 · `size`, which is what zlib's crc32_combine does; Python has no name for that.
    """
    return _product(_shift(size), crc) ^ other if crc else other


@lru_cache(maxsize=4096)
def _shift(size: int) -> int:
    """x to the power of 8 · `size`."""
    power, made = 3, 1 << 31
    while size:
        if size & 1:
            made = _product(_squares()[power & 31], made)
        size >>= 1
        power += 1
    return made


@lru_cache(maxsize=1)
def _squares() -> tuple[int, ...]:
    """x to the power of 1, 2, 4, 8 …"""
    made = [1 << 30]
    while len(made) < 32:
        made.append(_product(made[-1], made[-1]))
    return tuple(made)


def _product(one: int, other: int) -> int:
    """Two remainders multiplied: their bits are coefficients, the highest bit that of 1."""
    made, bit = 0, 1 << 31
    while one:
        if one & bit:
            made ^= other
            one ^= bit
        bit >>= 1
        other = (other >> 1) ^ _POLYNOMIAL if other & 1 else other >> 1
    return made


def text_of(one: Piece) -> bytes:
    """The text of a piece."""
    return zlib.decompress(one.data + _END, -zlib.MAX_WBITS) if one.size else b""


def write_zip(file: BinaryIO, members: Mapping[str, Iterable[Piece]]) -> None:
    """Write a zip with these members; a member's pieces pass through one at a time.

    `file` must be one that can be written in any order. Every date in it is 1980-01-01.
    """
    entries = []
    for name, pieces in members.items():
        start = file.tell()
        head = len(_local(name, 0, 0, 0))
        file.seek(start + head)
        length = size = crc = 0
        for one in pieces:
            file.write(one.data)
            length += len(one.data)
            crc = combined(crc, one.crc, one.size)
            size += one.size
        file.write(_END)
        length += len(_END)
        end = file.tell()
        if size > MOST or end > MOST:
            raise TooLarge(name)
        file.seek(start)
        file.write(_local(name, crc, length, size))
        file.seek(end)
        entries.append((name, crc, length, size, start))
    begin = file.tell()
    for name, crc, length, size, start in entries:
        raw = name.encode()
        file.write(_CENTRAL.pack(
            b"PK\x01\x02", 20, 20, _UTF8, 8, 0, _DAY, crc, length, size,
            len(raw), 0, 0, 0, 0, 0, start,
        ) + raw)  # fmt: skip
    end = file.tell()
    file.write(_LAST.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), end - begin, begin, 0))


def _local(name: str, crc: int, length: int, size: int) -> bytes:
    raw = name.encode()
    head = _LOCAL.pack(b"PK\x03\x04", 20, _UTF8, 8, 0, _DAY, crc, length, size, len(raw), 0)
    return head + raw
