"""专用名称缺字错字: a fixed term of the field with one character left out, or with one that looks or sounds like it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding
from site_builder.rules.misspelt import MISSPELT, OPTIONAL, is_alike
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

# Names that leave no choice of words (财政部 政府收支分类科目; 部门决算公开格式; usual names of work).
_TERMS = """
公务接待费 公务用车购置费 公务用车运行维护费 公务用车购置及运行维护费 一般公共预算收入 一般公共预算支出
一般公共预算财政拨款 一般公共服务支出 政府性基金预算 国有资本经营预算 财政拨款收入 财政拨款支出 上级补助收入
附属单位上缴收入 年初结转和结余 年末结转和结余 工资福利支出 商品和服务支出 对个人和家庭的补助 社会保障和就业支出
卫生健康支出 城乡社区支出 住房保障支出 住房公积金 政府采购支出 部门整体支出
国内公务接待 中央八项规定精神 厉行节约 脱贫攻坚 人居环境整治 党风廉政建设 最低生活保障
退役军人事务 安全生产监管 易地扶贫搬迁
"""
TERMS = tuple(_TERMS.split())
# Terms by their first and by their second half.
BEGIN: dict[str, list[str]] = {}
END: dict[str, list[str]] = {}
for _term in TERMS:
    BEGIN.setdefault(_term[: len(_term) // 2], []).append(_term)
    END.setdefault(_term[len(_term) // 2 :], []).append(_term)


def _halves() -> re.Pattern[str]:
    """A half without the other that makes a term of it: rare, and all are searched for at once."""
    rests: dict[str, list[str]] = {}  # by first character, so that the search skips all others
    for half in sorted(BEGIN, key=len, reverse=True):
        behind = "|".join(term[len(half) :] for term in TERMS if term.startswith(half))
        rests.setdefault(half[0], []).append(f"{half[1:]}(?!{behind})")
    for half in sorted(END, key=len, reverse=True):
        before = [term[: 1 - len(half)] for term in END[half]]
        rests.setdefault(half[0], []).append("".join(f"(?<!{one})" for one in before) + half[1:])
    return re.compile("|".join(f"{one}(?:{'|'.join(rest)})" for one, rest in rests.items()))


HALF = _halves()
HAN = re.compile("[一-鿿]")
# 没有公出国（境）费用: of 因公出国, whatever stands before it
ABROAD = re.compile("公出国(?<!因公出国)")
# “三工”经费
THREE = re.compile('三[工功攻共供恭宫司](?=[”’"]?经费)')


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    yield from outcomes_of(_found(subject.wording), (MISSPELT,))


def _found(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in ABROAD.finditer(text, 0, end):
        yield _wrong(wording, *match.span(), "因公出国")
    for match in THREE.finditer(text, 0, end):
        yield _wrong(wording, *match.span(), "三公")
    half = HALF.search(text, 0, end)
    while half is not None:
        for term in BEGIN.get(half[0], ()):
            yield from _of_first_half(wording, text, term, half.start())
        for term in END.get(half[0], ()):
            yield from _of_second_half(wording, text, term, half.start())
        half = HALF.search(text, half.start() + 1, end)  # halves may overlap: 务接待, 接待费


def _of_first_half(wording: Wording, text: str, term: str, start: int) -> Iterator[Finding]:
    """Where a term begins at `start` and does not end as it should."""
    half = len(term) // 2
    place, rest = start + half, term[half:]
    same = _same(rest, text[place : place + len(rest)])
    behind, odd = rest[same + 1 :], place + same
    # 脱贫坚: too little is left of it
    if len(behind) > 1 and rest[same] not in OPTIONAL and text.startswith(behind, odd):
        yield _wrong(wording, start, place + len(rest) - 1, term)
    elif is_alike(rest[same], text[odd : odd + 1]) and text.startswith(behind, odd + 1):
        yield _wrong(wording, start, place + len(rest), term)


def _of_second_half(wording: Wording, text: str, term: str, place: int) -> Iterator[Finding]:
    """Where a term ends, its second half at `place`, and does not begin as it should."""
    half = len(term) // 2
    first, end = term[:half], place + len(term) - half
    same = _same(first[::-1], text[max(0, place - half) : place][::-1])
    right, before = first[half - same - 1], first[: half - same - 1]
    odd = place - same  # behind the character that differs, or where one is left out
    start = max(0, odd - len(before))
    if (
        text[start:odd] == before
        and right not in OPTIONAL
        and not HAN.match(text[start - 1 : start])
    ):
        yield _wrong(wording, start, end, term)
    elif text[max(0, start - 1) : odd - 1] == before and is_alike(right, text[odd - 1 : odd]):
        yield _wrong(wording, start - 1, end, term)


def _same(one: str, other: str) -> int:
    """How many characters two strings have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _wrong(wording: Wording, start: int, end: int, term: str) -> Finding:
    return finding_at(MISSPELT, wording, start, end, {"recomputed": term}, term)
