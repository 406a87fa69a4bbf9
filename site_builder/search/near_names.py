"""What a person may have meant: names by their pinyin, and words that differ by one character.

`near` and `near_words` are for the command line; themes/site/assets/near.js does the same in a browser,
with the pinyin that `sounds` and `syllables` write.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

MOST = 8  # offered for a word
UNLIKE = 3  # of these, so many that sound otherwise
WORD = re.compile("[一-鿿]{2,8}")
PLACE = re.compile("(..+)[市县区镇乡]")
PARTICLES = frozenset("的了和在为与及是等有不对由将从其到")
LETTERS = re.compile("[a-z]{2,}")
LEVELS = range(0xB0, 0xF8), range(0xA1, 0xFF)  # the rows and columns of the characters of GB 2312


def sounds(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each name once, with the pinyin of its characters, a syllable each: 归义镇, "gui yi zhen".

    Characters that are not Chinese are left as they are, in lower case.
    """
    from pypinyin import lazy_pinyin  # 57 MB of dictionaries: only where names are written

    return [(name, " ".join(lazy_pinyin(name)).lower()) for name in dict.fromkeys(names) if name]


def syllables() -> dict[str, str]:
    """The characters in common use (GB 2312) by their syllables, without tones."""
    found: defaultdict[str, str] = defaultdict(str)
    for row in LEVELS[0]:
        common = bytes(b for column in LEVELS[1] for b in (row, column)).decode("gb2312", "ignore")
        for character, sound in sounds(common):
            found[sound] += character
    return dict(sorted(found.items()))


def blurred(sound: str) -> str:
    """A syllable as it is easily mistaken: zh for z, n for l, f for h, ng for n."""
    flat = re.sub("^([zcs])h", r"\1", sound)
    return re.sub("ng$", "n", re.sub("^f", "h", re.sub("^n", "l", flat)))


def one_off(typed: str, name: str) -> bool:
    """Is one character wrong, missing or too many?"""
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
    (_, a), (_, b) = sounds([typed])[0], sounds([word])[0]
    if a == b:
        return 2
    return int([*map(blurred, a.split())] == [*map(blurred, b.split())])


def near(typed: str, names: Sequence[str]) -> list[str]:
    """Names like what was typed, the most alike first: by their pinyin or its initials, all but one
    character alike (泪罗: 汨罗), or words with a name before or after them."""
    letters = re.sub(r"[\s']", "", typed.lower())
    if LETTERS.fullmatch(letters):
        return [
            name
            for name, said in sounds(names)
            if said.replace(" ", "").startswith(letters)
            or "".join(s[:1] for s in said.split()).startswith(letters)
        ][:MOST]
    found: dict[str, None] = {}
    for name in names:
        short = match[1] if (match := PLACE.fullmatch(name)) else name
        if typed in (name, short):
            return []
        if one_off(typed, name):
            found[name] = None
        elif len(short) == len(typed) and one_off(typed, short):
            found[short] = None
    if found:
        return sorted(found, key=lambda name: -likeness(typed, name))[:MOST]
    for name in names:
        if typed.startswith(name) and len(typed) > len(name) + 1:
            found[f"{name} {typed.removeprefix(name)}"] = None
        if typed.endswith(name) and len(typed) > len(name) + 1:
            found[f"{typed.removesuffix(name)} {name}"] = None
    return list(found)[:MOST]


def ranked(typed: str, times: Counter[str]) -> list[str]:
    """Words of the texts, those that sound like what was typed first, then the more frequent."""
    like = {word: likeness(typed, word) for word in times}
    order = sorted(times, key=lambda word: (-like[word], -times[word], word))
    unlike = [word for word in order if not like[word]][:UNLIKE]
    return [word for word in order if like[word] or word in unlike][:MOST]


def pieces(word: str) -> list[tuple[str, str]]:
    """What stands before and after each character of a word that may be wrong; none for other words."""
    if not WORD.fullmatch(word):
        return []
    return [(word[:i], word[i + 1 :]) for i in range(len(word))]


def counted(text: str, before: str, after: str) -> Counter[str]:
    """Words of a text that have one character between the two pieces."""
    between = re.findall(f"{before}([一-鿿]){after}", text)
    return Counter(f"{before}{c}{after}" for c in between if c not in PARTICLES)
