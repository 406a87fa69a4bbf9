"""Which numbers in a text are a person's: telephones, identity cards, bank accounts.

The patterns are conservative: amounts, dates, and the codes of units, papers and projects are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from site_builder.finding import MASK

Kind = Literal["phone", "identity", "card", "landline"]
Number = tuple[Kind, int, int]

# A run of digits, perhaps in groups; full-width ones are digits too, and so is a last X. It begins
# with one set of characters, the blocks that hold digits: so that the search skips the rest at once.
RUN = re.compile(
    r"[0-9\u0660-\u1c59\ua620-\uabf9\uff10-\uff19\U000104a0-\U0001fbf9](?<=\d)"
    r"[\d \u3000\-‐-―－]{5,}[\dXxＸｘ](?:(?<![XxＸｘ])|(?![A-Za-z0-9]))"
)
MOBILE = re.compile(r"(?:86)?1[3-9][0-9]{9}")
ID_18 = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)
ID_15 = re.compile(r"[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_LABEL = re.compile(r"身份证|证件号|公民身份")
ACCOUNT_LABEL = re.compile(r"账号|帐号|账户|帐户|卡号|开户|银行卡|一卡通号")
UNIT_ACCOUNT = re.compile(r"对公|单位账|单位帐|公户|专户|零余额|基本户|国库|财政")
CALL_LABEL = re.compile(r"电话|手机|联系方式|联络方式|传真|座机|微信|号码|[Tt][Ee][Ll]")
# Codes of units, papers and projects; ids of records; what follows an amount.
CODE_LABEL = re.compile(
    r"(?:代码|编码|编号|索引号|文号|流水号|订单号|单号|备案号?|许可证号?|标识码|序号|批号|合同号?|宗地|"
    r"图号|工号|档号|条码|税号|案号|票号|凭证号?|区划|[〔\[（(]\d{4}[〕\]）)])[^，。；\n]{0,4}$"
)
AREA_BEFORE = re.compile(r"[（(]0[0-9]{2,3}[）)][ ]?$")
AMOUNT_TAIL = re.compile(r"[ ]?(?:[元万亿亩吨斤]|平方|公里|立方|[%％]|[.．/:：]\d)")


def digits_of(run: str) -> tuple[str, list[int]]:
    """The digits of a run in plain form (NFKC), spaces and dashes left out; where each stood."""
    plain, places = [], []
    for place, character in enumerate(run):
        folded = unicodedata.normalize("NFKC", character).upper()
        if len(folded) == 1 and (folded.isdecimal() or folded == "X"):
            plain.append(folded if folded == "X" else str(unicodedata.decimal(folded)))
            places.append(place)
    return "".join(plain), places


def id_check(digits: str) -> bool:
    """The check digit of an 18-digit identity number (GB 11643, mod 11-2)."""
    total = sum(int(d) * w for d, w in zip(digits[:17], ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17]


def luhn(digits: str) -> bool:
    """The check digit of a card number (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def numbers_in(text: str) -> Iterator[Number]:
    """Each number of a person in `text`: its kind, where it begins, and where it has ended."""
    for run in RUN.finditer(text):
        start = run.start()
        whole, places = digits_of(run[0])
        groups = re.split(r"[ \u3000\-‐-―－]+", run[0])
        if len(groups) == 1:
            kind = _kind_of(text, start, run.end(), whole, 1)
            if kind is not None:
                yield kind, start, run.end()
            continue
        # Each group by itself first (a number beside another), then all of them as one.
        offset, seen = 0, False
        for group in groups:
            offset = run[0].index(group, offset)
            if len(group) >= 11:
                plain, _ = digits_of(group)
                kind = _kind_of(text, start + offset, start + offset + len(group), plain, 1)
                if kind is not None:
                    seen = True
                    yield kind, start + offset, start + offset + len(group)
            offset += len(group)
        if not seen:
            sizes = tuple(len(group) for group in groups)
            kind = _kind_of(text, start, start + places[-1] + 1, whole, len(groups), sizes)
            if kind is not None:
                yield kind, start, start + places[-1] + 1


def masked(text: str) -> str:
    """`text` with the numbers masked that nobody publishes; a landline may be an office's."""
    for kind, start, end in numbers_in(text):
        if kind != "landline":
            text = text[:start] + MASK * (end - start) + text[end:]
    return text


def _kind_of(
    text: str, start: int, end: int, digits: str, groups: int, sizes: tuple[int, ...] = ()
) -> Kind | None:
    """What a number is; None for amounts, codes and what cannot be told from them."""
    before = text[max(0, start - 16) : start]
    before = before.rpartition("\n")[2]
    edge = before[-1:]
    if edge and (edge in ".．" or (edge.isascii() and edge.isalnum())):
        return None
    tail = text[end : end + 3]
    if AMOUNT_TAIL.match(tail) or (tail[:1].isascii() and tail[:1].isalnum()):
        return None
    if AREA_BEFORE.search(before) and len(digits) in (7, 8):
        return "landline"
    id_label = ID_LABEL.search(before) is not None
    if not id_label and CODE_LABEL.search(before):
        return None
    size = len(digits)
    if size == 18 and ID_18.fullmatch(digits) and (id_label or id_check(digits)):
        return "identity"
    if size == 15 and id_label and ID_15.fullmatch(digits):
        return "identity"
    if "X" in digits:
        return None
    if ACCOUNT_LABEL.search(before) and 10 <= size <= 21:
        return None if UNIT_ACCOUNT.search(before) else "card"
    if 16 <= size <= 19 and luhn(digits) and (groups == 1 or set(sizes[:-1]) == {4}):
        return "card"
    called = CALL_LABEL.search(before) is not None
    if MOBILE.fullmatch(digits):
        return (
            "phone" if groups == 1 or called or sizes in ((3, 4, 4), (3, 3, 5), (2, 11)) else None
        )
    if digits[0] == "0" and 10 <= size <= 12 and (called or (groups == 2 and sizes[0] in (3, 4))):
        return "landline"
    if called and 7 <= size <= 8 and digits[0] in "2345678" and groups == 1:
        return "landline"
    return None
