"""What a person may have meant where nothing is found as it was typed: in three steps, each of which is told.

A year run together with words is taken apart; a name by which clerks call a concept is looked for by the
concept's own (`attempts`). Words that differ by one character and names meant by their pinyin are proposed
only (`near`, `ranked`): the reader decides. themes/site/assets/near.js does the same in a browser, with the
pinyin that `sounds` and `syllables` write.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from site_builder.tokens import CLOSE, OPEN, fold, folded

MOST = 8  # offered for a word
UNLIKE = 3  # of words that sound otherwise
WORD = re.compile("[一-鿿]{2,8}")
PLACE = re.compile("(..+)[市县区镇乡]")
PARTICLES = frozenset("的了和在为与及是等有不对由将从其到")
LETTERS = re.compile("[a-z]{2,}")
LEVELS = range(0xB0, 0xF8), range(0xA1, 0xFF)  # the rows and columns of the characters of GB 2312
OPENING, CLOSING = "“‘「『《", "”’」』》"
# A year run together with words, folded: 三公经费2022年, 2022年度三公经费, 2022三公经费, 归义镇2022年三公经费. Words
# are two characters at least (2022年末 is no two terms), behind a year without 年 three (2000人次).
JOINED = re.compile(
    f"(?P<before>[^{OPEN}{CLOSE}]+[^{OPEN}{CLOSE},./~:、至和-])?{OPEN}(?P<year>(?:19|20)[0-9]{{2}}){CLOSE}"
    "(?:年份|年度|年(?![份度末初底前后来内间])|$"
    f"|(?=[^{OPEN}{CLOSE}]{{3}})(?![余多万亿千元亩户年]|平方|立方|公里|公斤|公顷))"
    f"(?P<after>[^{OPEN}{CLOSE},./~:、至和-][^{OPEN}{CLOSE}]+)?"
)


def attempts(words: str, also: Mapping[str, Sequence[str]]) -> list[str]:
    """What to look for, in this order, where the words are found nowhere as they were typed.

    `also` are other names, folded, with the names that are meant.
    """
    spaced = apart(words)
    named = " ".join(_only(also.get(folded(part), ())) or part for part in spaced.split())
    return [asked for asked in dict.fromkeys((spaced, named)) if asked != " ".join(words.split())]


def apart(words: str) -> str:
    """The words with a space beside a year that stands in one word with others: 三公经费 2022年."""
    return " ".join(bit for part in words.split() for bit in _bits(part))


def _bits(part: str) -> list[str]:
    found = fold(part)
    joined = JOINED.fullmatch(found.text)
    if joined is None or not (joined["before"] or joined["after"]):
        return [part]
    before = part[: found.starts[joined.end("before")]] if joined["before"] else ""
    after = part[found.ends[joined.start("after") - 1] :] if joined["after"] else ""
    bits = before.rstrip(OPENING), f"{joined['year']}年", after.lstrip(CLOSING)
    return [bit for bit in bits if bit]


def _only(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ""


def sounds(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each name once, with the pinyin of its characters, a syllable each: 归义镇, "gui yi zhen".

    Characters that are not Chinese are left as they are, in lower case.
    """
    from pypinyin import lazy_pinyin  # 57 MB of dictionaries: only where names are written

    return [(name, " ".join(lazy_pinyin(name)).lower()) for name in dict.fromkeys(names) if name]


@lru_cache(maxsize=1)
def syllables() -> Mapping[str, str]:
    """The characters in common use (GB 2312) by their syllables, without tones."""
    found: defaultdict[str, str] = defaultdict(str)
    for row in LEVELS[0]:
        common = bytes(b for column in LEVELS[1] for b in (row, column)).decode("gb2312", "ignore")
        for character, sound in sounds(common):
            found[sound] += character
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def _sound_of() -> Mapping[str, str]:
    return {c: sound for sound, characters in syllables().items() for c in characters}


def blurred(sound: str) -> str:
    """A syllable as it is easily mistaken: zh for z, n for l, f for h, ng for n."""
    flat = re.sub("^([zcs])h", r"\1", sound)
    return re.sub("ng$", "n", re.sub("^f", "h", re.sub("^n", "l", flat)))


def one_off(typed: str, name: str) -> bool:
    """Is one character wrong, missing or too many? Of two characters one may be wrong."""
    longest, least = max(len(typed), len(name)), min(len(typed), len(name))
    if longest - least > 1 or longest < 2 or longest + least == 3:
        return False
    left = right = 0
    while left < least and typed[left] == name[left]:
        left += 1
    while right < least - left and typed[-1 - right] == name[-1 - right]:
        right += 1
    return longest - left - right <= 1


def likeness(typed: str, word: str) -> int:
    """2 for words of one sound, 1 where it is easily mistaken, 0 for others."""
    sound = _sound_of()
    a, b = ([sound.get(c, c) for c in words] for words in (typed, word))
    return 2 if a == b else int([*map(blurred, a)] == [*map(blurred, b)])


def near(typed: str, names: Sequence[tuple[str, str]]) -> list[str]:
    """Of names with their pinyin those like what was typed, the most alike first: by their pinyin or its
    initials, all but one character alike (泪罗: 汨罗), or words with a name before or after them."""
    letters = re.sub(r"[\s']", "", typed.lower())
    if LETTERS.fullmatch(letters):
        return [
            name
            for name, said in names
            if said.replace(" ", "").startswith(letters)
            or "".join(s[:1] for s in said.split()).startswith(letters)
        ][:MOST]
    found: dict[str, None] = {}
    for name, _ in names:
        short = match[1] if (match := PLACE.fullmatch(name)) else name
        if typed in (name, short):
            return []
        if one_off(typed, name):
            found[name] = None
        elif len(short) == len(typed) and one_off(typed, short):
            found[short] = None
    if found:
        return sorted(found, key=lambda name: -likeness(typed, name))[:MOST]
    for name, _ in names:
        if len(typed) < len(name) + 2:
            continue
        if typed.startswith(name):
            found[f"{name} {typed.removeprefix(name)}"] = None
        if typed.endswith(name):
            found[f"{typed.removesuffix(name)} {name}"] = None
    return list(found)[:MOST]


def ranked(typed: str, times: Mapping[str, int]) -> list[str]:
    """Words of the texts that sound like what was typed, the more alike and frequent first; where none
    does, a few others."""
    like = {word: likeness(typed, word) for word in times}
    order = sorted(times, key=lambda word: (-like[word], -times[word], word))
    return [word for word in order if like[word]][:MOST] or order[:UNLIKE]


def around(word: str) -> list[tuple[str, str]]:
    """What stands before and after each character of a word that may be wrong; none for other words."""
    if not WORD.fullmatch(word):
        return []
    return [(word[:i], word[i + 1 :]) for i in range(len(word))]


def counted(text: str, before: str, after: str) -> Counter[str]:
    """Words of a text that have one character between the two pieces."""
    between = re.findall(f"{before}([一-鿿]){after}", text)
    return Counter(f"{before}{c}{after}" for c in between if c not in PARTICLES)
