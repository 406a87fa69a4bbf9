"""What was asked for cannot be had or done: said in Chinese and English to whoever asked."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - what is said of a request
    """Raised with the same sentence in both languages, finished: what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.zh

    def said(self, lang: str) -> str:
        """The message in `lang`."""
        return self.zh if lang == "zh" else self.en
