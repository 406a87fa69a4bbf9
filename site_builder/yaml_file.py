"""Read one YAML file as text, lists and tables, each value with its place; refuse the rest of YAML.

Only an unsurprising part of YAML is accepted: one document of mappings, sequences and scalars.
A scalar stays text; what it means is decided by whoever asks for it, so none of YAML's guesses
(no → False, 1:30 → 90, 20.30 → 20.3) can happen. What can be read past is reported and read
past (duplicate keys, anchors, tags, invisible characters); syntax, depth, size and encoding end
the reading of that file. Events come from libyaml in a flat loop: no recursion to overflow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from site_builder import reading_rules as rules
from site_builder.finding import Finding, Words, instead
from site_builder.place import Place, place_in

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_UNSEEN = 20
# What libyaml says, by how it begins, and what the author most often did.
PROBLEMS = {
    "did not find expected key": "本行或上一行的缩进与同级的各行不齐",
    "did not find expected '-' indicator": "列表的各项缩进不齐，或少了“- ”",
    "did not find expected ',' or": "花括号或方括号没有配对，或少了半角逗号",
    "did not find expected node content": "括号或逗号之间少了内容",
    "could not find expected ':'": "本行或上一行少了半角冒号加空格“: ”",
    "mapping values are not allowed": "一行里多了一个“: ”，或上一行的缩进不对；文字里有冒号要加引号",
    "found character that cannot start any token": "文字以特殊符号开头，要加引号",
    "found unexpected end of stream": "引号没有配对",
    "found unknown escape character": "双引号里的反斜杠写法不对，请改用单引号",
    "block sequence entries are not allowed": "“- ”不能写在这里，请另起一行",
}

ODD_DASHES = frozenset("–—－−‐")
DASH = Words(
    "列表的一项要以半角减号和空格开头：“- ”", "an item of a list begins with a hyphen and a space"
)
BRACE = Words("大括号要用半角的“{”“}”", "braces should be half-width")
QUOTE = Words(
    "名称以半角引号开头：印着引号的请用中文引号“”，或把整个名称用单引号括起来",
    "a name begins with a straight quotation mark: write “ ”, or put the whole name in single quotes",
)
SPACE = Words("请改为半角空格", "write plain spaces")
UNSEEN_NAMES = {
    "\t": (Words("制表符 Tab", "a tab"), SPACE),
    "\u00a0": (Words("不换行空格", "a no-break space"), SPACE),
    "\u3000": (Words("全角空格", "a full-width space"), SPACE),
    "\u200b": (Words("零宽空格", "a zero-width space"), Words("请删去", "delete it")),
    "\r": (
        Words("换行符", "a carriage return"),
        Words("请删去它，或在这里换行", "delete it, or begin a new line here"),
    ),
    "\ufeff": (
        Words("文件开头的 BOM", "a byte-order mark"),
        Words("请在编辑器里另存为 UTF-8（无 BOM）", "save the file as UTF-8 without BOM"),
    ),
}

# Characters that look like a space or like nothing, and so hide mistakes.
UNSEEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u3000\u200b-\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]|\r(?!\n)"
)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Text(str):
    """A scalar as written, with its place."""

    __slots__ = ("at",)
    at: Place


class Table(dict[Text, Any]):
    """A mapping in file order; its keys are Text and keep their own places."""

    __slots__ = ("at",)
    at: Place

    def of(self, name: str) -> Any:
        """The value of the key `name`, None when it is not there."""
        return self.get(name)  # type: ignore[call-overload]  # a Text equals its str


class Items(list[Any]):
    """A sequence, with the place it starts at."""

    __slots__ = ("at",)
    at: Place


Value = Text | Table | Items


def text_at(text: str, at: Place) -> Text:
    """`text` as if written at `at`."""
    value = Text(text)
    value.at = at
    return value


def read_yaml(path: Path, name: str, found: list[Finding]) -> Table | None:
    """Read the file at `path`, called `name` in findings; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        rule = rules.NOT_A_FILE if path.is_dir() else rules.FILE_MISSING
        found.append(Finding(rule, Place(name, 1, 1), {"file": name}))
        return None
    return parse_yaml(raw, name, found)


def decode(raw: bytes, name: str, found: list[Finding]) -> str | None:
    """UTF-8 text of a file, refused when too large, not UTF-8 or holding invisible characters."""
    if len(raw) > MAX_BYTES:
        found.append(Finding(rules.FILE_SIZE, Place(name, 1, 1), {"limit": str(MAX_BYTES)}))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        found.append(Finding(rules.ENCODING, place_in(before, len(before), name)))
        return None
    for seen, unseen in enumerate(UNSEEN.finditer(text) if _may_hide(text) else ()):
        if seen == MAX_UNSEEN:
            break
        at = place_in(text, unseen.start(), name)
        found.append(Finding(rules.UNSEEN, at, _unseen(unseen[0], unseen.start() == 0)))
    return text


def _unseen(character: str, first: bool) -> dict[str, str]:
    """The words for a character that cannot be seen: its name, and what to do about it."""
    known = UNSEEN_NAMES.get(character)
    words = {"code": f"U+{ord(character):04X}"}
    if known is None or (character == "\ufeff" and not first):
        return words | {"name": "", "name_en": ""}
    name, todo = known
    return words | {"name": f"：{name.zh}", "name_en": f": {name.en}"} | instead(*todo)


def _may_hide(text: str) -> bool:
    """Is there anything that does not print, as all of UNSEEN do not? A quick no."""
    return not text.replace("\n", "").isprintable()


def parse_yaml(raw: bytes, name: str, found: list[Finding]) -> Table | None:
    """Like read_yaml, for bytes already read."""
    text = decode(raw, name, found)
    if text is None:
        return None
    # A tab or a byte-order mark ends libyaml's reading. They are reported above already, and
    # what does not parse after them is their doing, not a second mistake.
    unseen = _may_hide(text) and UNSEEN.search(text) is not None
    if unseen:
        text = UNSEEN.sub(" ", text.removeprefix("\ufeff"))
    loader = None
    try:
        loader = _LOADER(text)
        return _build(loader, name, found)
    except yaml.MarkedYAMLError as error:
        if not unseen:
            found.append(_syntax_error(error, text, name))
    except yaml.reader.ReaderError as error:
        at = place_in(text, int(error.position), name)
        seen = text[int(error.position) : int(error.position) + 1]
        found.append(Finding(rules.UNSEEN, at, _unseen(seen or "?", False)))
    except yaml.YAMLError as error:
        words = _problem(str(error).split("\n")[0])
        found.append(Finding(rules.SYNTAX, Place(name, 1, 1), words))
    finally:
        if loader is not None:
            loader.dispose()
    return None


class _Stop(Exception):  # noqa: N818 - a way out of the loop, not an error
    """Reading ends here; the finding is already noted."""


def _build(loader: Any, name: str, found: list[Finding]) -> Table | None:
    """Turn the parser's events into one Table, without recursion."""
    try:
        top = _events(loader, name, found)
    except _Stop:
        return None
    if not top:
        words = {"wanted": "“键: 值”的表", "wanted_en": "a table of keys and values"}
        words |= instead(
            "请照 docs/data-format.zh-CN.md 填写，或恢复这个文件",
            "fill it in as docs/data-format.md says, or restore it",
        )
        cause = Words("；文件是空的", "; the file is empty")
        found.append(Finding(rules.NOT_TABLE, Place(name, 1, 1), words, cause=cause))
        return None
    if type(top[0]) is not Table:
        words = {"wanted": "“键: 值”的表", "wanted_en": "a table of keys and values"}
        found.append(Finding(rules.NOT_TABLE, Place(name, 1, 1), words))
        return None
    return top[0]


def _events(loader: Any, name: str, found: list[Finding]) -> Items:
    new = tuple.__new__
    get_event, scalar, items = loader.get_event, yaml.ScalarEvent, Items
    top = Items()
    parent: Table | Items = top  # the innermost open container
    key: Text | None = None  # the key in it that waits for its value
    around: list[tuple[Table | Items, Text | None]] = []  # the same of those around it
    value: Any
    while True:
        event = get_event()
        kind = type(event)
        if kind is scalar:
            value = Text(event.value)
        elif kind is yaml.MappingStartEvent:
            value = Table()
        elif kind is yaml.SequenceStartEvent:
            value = Items()
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            parent, key = around.pop()
            continue
        elif kind is yaml.StreamEndEvent:
            return top
        elif kind is yaml.AliasEvent:
            value = Text("")
        elif kind is yaml.DocumentStartEvent and (top or event.version or event.tags):
            found.append(Finding(rules.SECOND_DOCUMENT, _at(event, name)))
            raise _Stop
        else:
            continue
        mark = event.start_mark
        value.at = at = new(Place, (name, mark.line + 1, mark.column + 1))
        if event.anchor is not None or (kind is not yaml.AliasEvent and event.tag is not None):
            found += [Finding(rules.ANCHOR, at, words) for words in _beyond(event)]
        if key is not None:
            # Of a key given twice the first value counts; the second is reported, not read.
            parent.setdefault(key, value)  # type: ignore[union-attr]  # only a table has keys
            key = None
        elif type(parent) is items:
            parent.append(value)
        elif kind is scalar:
            key = value
            if key in parent:
                first = next(k for k in parent if k == key)
                words = {"key": str(key), "line": str(first.at.line)}
                found.append(Finding(rules.DUPLICATE, at, words, (first.at,)))
            continue
        else:
            found.append(Finding(rules.NOT_TEXT_KEY, at))
            raise _Stop
        if kind is not scalar and kind is not yaml.AliasEvent:
            if len(around) >= MAX_DEPTH:
                found.append(Finding(rules.DEPTH, at, {"limit": str(MAX_DEPTH)}))
                raise _Stop
            around.append((parent, key))
            parent, key = value, None


def _beyond(event: Any) -> Iterator[dict[str, str]]:
    """What an event has of the YAML that is not accepted, in words."""
    if type(event) is yaml.AliasEvent:
        yield {"what": "别名（*）", "what_en": "an alias (*)"}
        return
    if event.anchor:
        yield {"what": "锚点（&）", "what_en": "an anchor (&)"}
    if event.tag:
        yield {"what": "标签（!）", "what_en": "a tag (!)"}


def _at(event: Any, name: str) -> Place:
    return Place(name, event.start_mark.line + 1, event.start_mark.column + 1)


def _syntax_error(error: yaml.MarkedYAMLError, text: str, name: str) -> Finding:
    """Say a parser error in the author's words, and spot the usual cause."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and "quoted scalar" in str(error.context):
        mark = error.context_mark  # where the quotation mark stands that nothing closes
        if str(error.problem).startswith("found unexpected"):
            at = Place(name, mark.line + 1, mark.column + 1)
            return Finding(rules.SYNTAX, at, _problem(str(error.problem)))
    if mark is None:
        return Finding(rules.SYNTAX, Place(name, 1, 1), _problem(str(error.problem)))
    lines = text.split("\n")
    for number in (mark.line, mark.line - 1):  # libyaml often stops on the line after the mistake
        line = lines[number] if 0 <= number < len(lines) else ""
        before = line if number < mark.line else line[: line.find("：")]
        if "：" in line and ":" not in before:
            column = line.index("：") + 1
            return Finding(rules.FULL_COLON, Place(name, number + 1, column))
    usual = _usual_slip(error, lines)
    if usual is not None:
        number, column, problem = usual
        words = {"problem": problem.zh, "problem_en": problem.en}
        return Finding(rules.SYNTAX, Place(name, number + 1, column + 1), words)
    at = Place(name, mark.line + 1, mark.column + 1)
    return Finding(rules.SYNTAX, at, _problem(str(error.problem)))


def _usual_slip(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, Words] | None:
    """What the author most often did, and where (line and column from 0); None when it is not seen."""
    mark, problem = error.problem_mark, str(error.problem)
    if mark is None or mark.line >= len(lines):
        return None
    line = lines[mark.line]
    item = line.lstrip()
    if item[:1] in ODD_DASHES or re.match("-[^- ]", item):
        return mark.line, len(line) - len(item), DASH
    if "｛" in line or "｝" in line:
        return mark.line, re.search("[｛｝]", line).start(), BRACE  # type: ignore[union-attr]
    if item[:1] in ("'", '"') and problem.startswith("did not find expected key"):
        return mark.line, len(line) - len(item), QUOTE
    if "parsing a flow" in str(error.context):
        comma = line.rfind("，", 0, mark.column + 1)
        if comma < 0:
            opened = error.context_mark
            if opened is not None and opened.line < mark.line:
                if (wide := lines[opened.line].find("｝")) >= 0:
                    return opened.line, wide, BRACE
                return opened.line, opened.column, _left_open(lines[opened.line])
            return None
        return (
            mark.line,
            comma,
            Words(
                "括号里的逗号是全角“，”，要写半角“,”加空格",
                "the comma within brackets is full-width",
            ),
        )
    if problem.startswith("could not find expected ':'") and error.context_mark is not None:
        above = error.context_mark.line
    elif problem.startswith("mapping values are not allowed"):
        above = max((n for n in range(mark.line) if lines[n].strip()), default=mark.line)
    else:
        return None
    before = lines[above]
    indent = len(before) - len(before.lstrip())
    if ": " not in before and not before.rstrip().endswith(":"):
        if (tight := re.search(r":(?=\S)", before)) is not None:
            problem_ = Words("冒号后面少了空格", "a space is missing behind the colon")
            return above, tight.start(), problem_
        return (
            above,
            indent,
            Words("这一行少了半角冒号加空格“: ”", "this line has no colon and space"),
        )
    more = len(line) - len(line.lstrip()) - indent
    if more > 0 and above < mark.line and not before.rstrip().endswith(":"):
        return (
            mark.line,
            indent + more,
            Words(
                f"这一行比上一行多缩进了{more}格，或者是上一行少缩进了",
                f"indented by {more} more than the line above, or that one by too little",
            ),
        )
    return None


def _left_open(line: str) -> Words:
    """Why a bracket is not closed on its own line: forgotten, or behind a # that begins a comment."""
    if re.search(r"[ ]#|: #", line):
        return Words(
            "这一行的括号没有配对：空格后面的“#”会把后面的都变成注解；值里有“#”要加引号",
            "a bracket is left open: “#” behind a space makes the rest a comment; quote a value with #",
        )
    return Words("这一行的括号没有配对", "a bracket is left open on this line")


def _problem(said: str) -> dict[str, str]:
    """libyaml's complaint, and what it comes from most often in a clerk's words."""
    zh = next((words for start, words in PROBLEMS.items() if said.startswith(start)), said)
    return {"problem": zh, "problem_en": said}
