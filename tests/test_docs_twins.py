"""What a clerk reads stands in Chinese, too: each such page says what its English twin says."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from built import ROOT

CHINESE = ".zh-CN.md"
TWINS = sorted(
    str(path.relative_to(ROOT))
    for folder in (ROOT, ROOT / "docs")
    for path in folder.glob(f"*{CHINESE}")
)
EACH = pytest.mark.parametrize("chinese", TWINS)
HAN = re.compile("[一-鿿]")
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)[^)]*\)")
CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)")
# A remark on a line: behind “# ” in what is run or read, behind two spaces in a list of files.
REMARK = {"text": re.compile(r"(?<=\S)\s{2,}.*"), "": re.compile(r"(^|\s+)#( .*)?$")}


class Section(NamedTuple):
    """A heading with what stands below it until the next one."""

    level: int
    title: str
    prose: str
    blocks: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> list[int]:
        """The cells of each line of its tables."""
        lines = [line for line in self.prose.split("\n") if line.startswith("|")]
        return [line.replace(r"\|", "").count("|") for line in lines]

    @property
    def paragraphs(self) -> list[str]:
        """By what each begins with: `-` or a number in a list, `|` a table, else nothing."""
        parts = re.split(r"\n\s*\n|\n(?=- |\d+\. |\|)", self.prose.strip())
        return [re.sub(r"(- |\d+\. |\|)?.*", r"\1", part, count=1, flags=re.S) for part in parts]

    @property
    def code(self) -> set[str]:
        """What it calls by its name; what a reader fills in (`<county>`) has a name in each."""
        return {re.sub("<[^>]+>", "<>", said) for _, said in CODE.findall(self.prose)}


def english(chinese: str) -> str:
    """README.zh-CN.md is the twin of README.md."""
    return chinese.replace(CHINESE, ".md")


def sections(name: str) -> list[Section]:
    """A page, heading by heading; what stands in a block of code is no heading."""
    parts = re.split(r"^```(\w*)\n(.*?)^```$", (ROOT / name).read_text("utf-8"), flags=re.S | re.M)
    found: list[Section] = []
    for prose, lang, block in zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True):
        before, *headed = re.split(r"^(#+) (.*)$", prose, flags=re.M)
        if found:
            found[-1] = found[-1]._replace(prose=found[-1].prose + before)
        for level, title, below in zip(headed[::3], headed[1::3], headed[2::3], strict=True):
            found.append(Section(len(level), title, below, ()))
        if block:
            found[-1] = found[-1]._replace(blocks=(*found[-1].blocks, (lang, block)))
    return found


def plain(lang: str, block: str) -> list[str]:
    """A block's lines without remarks, and without the language that messages are asked for."""
    remark = REMARK.get(lang, REMARK[""])
    lines = [remark.sub("", line.replace(" --lang en", "")).rstrip() for line in block.split("\n")]
    return [re.sub("<[^>]+>", "<>", line).replace("、", ", ") for line in lines]


@EACH
def test_twins_have_the_same_headings(chinese: str) -> None:
    """Level by level; and each has words of its own language."""
    own, other = sections(chinese), sections(english(chinese))
    assert [s.level for s in own] == [s.level for s in other]
    assert all(HAN.search(s.title) for s in own[1:])


@EACH
def test_twins_show_the_same_code(chinese: str) -> None:
    """What is copied from either is the same; its remarks are in the page's language."""
    for own, other in zip(sections(chinese), sections(english(chinese)), strict=True):
        assert [lang for lang, _ in own.blocks] == [lang for lang, _ in other.blocks], own.title
        for (lang, block), (_, original) in zip(own.blocks, other.blocks, strict=True):
            assert plain(lang, block) == plain(lang, original), own.title


@EACH
def test_twins_say_the_same_things(chinese: str) -> None:
    """As many paragraphs, rows and items; the same keys, paths and commands are named in each."""
    for own, other in zip(sections(chinese), sections(english(chinese)), strict=True):
        assert own.rows == other.rows, own.title
        assert own.paragraphs == other.paragraphs, own.title
        assert {said.replace(CHINESE, ".md") for said in own.code} == other.code, own.title


@EACH
def test_a_chinese_page_leads_to_chinese_pages(chinese: str) -> None:
    """Where there is one; an English page is said to be one. Twins lead to each other."""
    text = (ROOT / chinese).read_text("utf-8")
    assert f"[English]({Path(english(chinese)).name})" in text.split("\n")
    assert f"]({Path(chinese).name})" in (ROOT / english(chinese)).read_text("utf-8")
    folder = (ROOT / chinese).parent
    for target in LINK.findall(text.partition("\n[English]")[2].partition("\n")[2]):
        if not re.match("[a-z]+:", target):
            assert (folder / target).exists(), target
            twin = re.sub(r"(?<!\.zh-CN)\.md$", CHINESE, target)
            assert twin == target or not (folder / twin).exists(), f"{target}: there is {twin}"
            words = text[text.index(f"]({target})") :][: len(target) + 20]
            assert not target.endswith(".md") or twin == target or "英文" in words, target


def test_a_message_names_the_page_of_its_language() -> None:
    """“格式见 docs/data-format.zh-CN.md” in Chinese, “as docs/data-format.md says” in English."""
    seen = set()
    for path in sorted((ROOT / "site_builder").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            for page in re.findall(r"docs/[\w.-]+\.md", node.value):
                place = f"{path.name}:{node.lineno}: {page}"
                assert (ROOT / page).exists(), place
                in_chinese = HAN.search(node.value) is not None
                twin = re.sub(r"(?<!\.zh-CN)\.md$", CHINESE, page)
                wanted = twin if in_chinese and (ROOT / twin).exists() else english(page)
                assert page == wanted, place
                seen.add((in_chinese, english(page)))
    assert {(True, "docs/data-format.md"), (False, "docs/data-format.md")} <= seen
