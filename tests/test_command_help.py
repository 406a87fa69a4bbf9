"""What --help says: every line in Chinese, then in English."""

from __future__ import annotations

import argparse
import re

import pytest

from site_builder.command_line import parser

BOTH = re.compile("[^/]*[\u4e00-\u9fff].* / [^\u4e00-\u9fff]*[A-Za-z][^\u4e00-\u9fff]*")


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The command line's own parser and that of each command."""
    made = parser()
    (commands,) = (a for a in made._actions if isinstance(a, argparse._SubParsersAction))
    return {"": made, **commands.choices}


def said(one: argparse.ArgumentParser) -> dict[str, str | None]:
    """Each line of help by what it is about; of a parser with commands also theirs."""
    lines: dict[str, str | None] = {group.title or "": group.title for group in one._action_groups}
    lines["description"] = one.description
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines |= {choice.dest: choice.help for choice in action._choices_actions}
        else:
            lines["/".join(action.option_strings) or action.dest] = action.help
    return lines


@pytest.mark.parametrize("name", parsers())
def test_every_line_of_help_is_in_chinese_and_english(name: str) -> None:
    """None is left out, none is in one language only, and nothing of argparse's own is left."""
    one = parsers()[name]
    lines = said(one)
    assert [about for about, line in lines.items() if not BOTH.fullmatch(line or "")] == []
    text = one.format_help()
    assert text.startswith("用法 / usage: site-builder")
    assert not re.search("positional arguments|^options:|show this help message", text, re.M)


@pytest.mark.parametrize(
    "line", ["check data", "检查", "check / 检查", "检查 check", "检查/ check", "检查 / 检查"]
)
def test_a_line_in_one_language_is_seen(line: str) -> None:
    assert not BOTH.fullmatch(line)
