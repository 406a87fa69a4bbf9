"""异常字符: characters that look like common ones, or like nothing, and those that no font has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.printing.print_fonts import uncovered
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "odd-character",
    "warning",
    Words("异常字符", "Characters that are not what they look like"),
    Words(
        "有{count}个搜索不到、换一台电脑就可能显示不出的字符：{listed}",
        "{count} characters that no search finds and few fonts show: {listed}",
    ),
    Words(
        "请用输入法重新录入这些字；变成“�”或方框的，请对照原件补上",
        "type them again; where only � or a box is left, look the original up",
    ),
    Words(
        "从 PDF 复制的文字里常混进部首字符、兼容字符和自造字，看着一样，搜索、朗读和字体却都不认。",
        "Text copied from PDF holds radicals, compatibility and private characters that only look alike.",
    ),
    "GB 18030—2022；Unicode",
)
MISSING = Rule(
    "missing-glyph",
    "error",
    Words("字体缺字", "Characters that no font has"),
    Words(
        "有{count}个字符在存档 PDF 的字体里没有：{listed}",
        "{count} characters are in no font of the archived PDF: {listed}",
    ),
    Words(
        "请换成常用的写法：表情符号删去或写成文字，自造字对照原件查出正字",
        "write it the usual way: words for an emoji; look private characters up in the original",
    ),
    Words(
        "存档件要求每个字符都有字形并能读出（PDF/A-3a），缺一个字整份 PDF 就做不成。",
        "An archived file must show and spell every character (PDF/A-3a): one gap, and none is made.",
    ),
    "ISO 19005-3；GB/T 23286.3—2021",
)
# Radicals, compatibility ideographs, private use, and what a broken decoder leaves.
ODD = re.compile(
    "[\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\ufffd\U0002f800-\U0002fa1f\U000f0000-\U0010fffd]"
)
# All of them lie outside these blocks, and nothing that is written every day does: a quick no.
UNUSUAL = re.compile("[^\n-\u2bff\u3000-\uabff\uff00-\ufffc]")
# Twelve characters of the compatibility block are ordinary ones all the same.
ORDINARY = frozenset("\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29")
# Radicals that Unicode gives no equivalent for (the others it does), with the usual character.
USUAL = dict(
    zip(
        "⺁⺄⺈⺌⺍⺕⺗⺝⺟⺠⺢⺩⺪⺫⺬⺭⺮⺯⺳⺶⺷⺻⺼⺾⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻏⻐⻓⻔⻖⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻱",
        "厂乙刀小小彐心月母民水王疋目示礻竹糸网羊羊聿肉艹虎衤西西见角讠贝足车辶邑钅长门阝青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龙龟",
        strict=True,
    )
)
SHOWN = 5


def usual(character: str) -> str:
    """The character that is meant; empty when only the original can say."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character else USUAL.get(character, "")


def check(subject: Subject) -> Iterator[Outcome]:
    """Everything that is written, the transcriber's notes included; one finding a line or cell."""
    text = subject.wording.text
    missing = [m.start() for m in uncovered().finditer(text)]
    gaps = {text[n] for n in missing}
    some = ODD.finditer(text) if UNUSUAL.search(text) else ()  # quick
    odd = [m.start() for m in some if m[0] not in ORDINARY and m[0] not in gaps]
    for rule, places in ((RULE, odd), (MISSING, missing)):
        found: dict[int, list[int]] = {}
        for place in places:
            found.setdefault(subject.wording.number(place), []).append(place)
        if not found:
            yield Outcome(rule)
        for one in found.values():
            yield Outcome(rule, finding=_finding(rule, subject, one))


def _finding(rule: Rule, subject: Subject, places: list[int]) -> Finding:
    """What is wrong at these places of one line or cell."""
    wording = subject.wording
    characters = list(dict.fromkeys(wording.text[i] for i in places))
    listed = "、".join(_said(c) for c in characters[:SHOWN])
    words = {"count": str(len(places)), "listed": listed + "…" * (len(characters) > SHOWN)}
    spot = wording.spot(places[0], places[0] + 1)
    return Finding(
        rule,
        spot.at,
        words,
        address=spot.source.address,
        recomputed="".join(usual(c) for c in characters),
        length=spot.length,
    )


def _said(character: str) -> str:
    code = f"U+{ord(character):04X}"
    meant = usual(character)
    return f"“{character}”（{code}）应为“{meant}”" if meant else f"“{character}”（{code}）"
