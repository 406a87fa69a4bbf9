"""Names that a person may have meant: places and concepts with their pinyin, for “nothing found”."""

from __future__ import annotations

from collections.abc import Iterable


def sounds(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each name once, with the pinyin of its characters, a syllable each: 归义镇, "gui yi zhen".

    Characters that are not Chinese are left as they are, in lower case.
    """
    from pypinyin import lazy_pinyin  # 57 MB of dictionaries: only where names are written

    return [(name, " ".join(lazy_pinyin(name)).lower()) for name in dict.fromkeys(names) if name]
