"""What VS Code shows while typing: yaml-language-server, with the project's own settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from built import ROOT
from referencing import Registry, Resource

from site_builder.__main__ import main
from site_builder.schema import all_schemas, as_text

SERVER = "yaml-language-server@2.0.0"
REPORT = "data/reports/miluo/guiyi/2022.yaml"
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
SCHEMAS = all_schemas(ROOT)
MADE_OF = {
    "concepts.schema.json": "data/concepts.yaml",
    "county.schema.json": "data/counties/*.yaml",
    "form.schema.json": "data/forms/*.yaml",
    "profile.schema.json": "data/profiles/*.yaml",
    "ratios.schema.json": "data/ratios.yaml",
    "plausibility.schema.json": "data/plausibility.yaml",
    "report.schema.json": "data/reports/*/*/*.yaml",
}


def test_the_schemas_are_up_to_date() -> None:
    """`site-builder schema` writes what is committed; nothing else lies there."""
    committed = {p.name: p.read_text("utf-8") for p in (ROOT / "schemas").glob("*")}
    assert committed == {name: as_text(schema) for name, schema in SCHEMAS.items()}


def test_the_command_writes_them_and_removes_the_stale(tmp_path: Path) -> None:
    """One file a kind and one a form."""
    (tmp_path / "report.gone-2001.schema.json").write_text("{}")
    assert main(["--root", str(ROOT), "schema", "--out", str(tmp_path)]) == 0
    assert {p.name for p in tmp_path.iterdir()} == set(SCHEMAS)


def as_an_editor_reads(text: str) -> Any:
    """YAML as the server reads it: numbers are numbers, dates are text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in all_ if not tag.endswith("timestamp")]
        for first, all_ in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def errors(name: str, text: str) -> list[str]:
    registry: Any = Registry().with_resources(
        (n, Resource.from_contents(s)) for n, s in SCHEMAS.items()
    )
    checker = jsonschema.Draft7Validator(SCHEMAS[name], registry=registry)
    return [e.message for e in checker.iter_errors(as_an_editor_reads(text))]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_draft_07(name: str) -> None:
    """The newest draft that the server knows."""
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"].startswith("http://json-schema.org/draft-07/")


@pytest.mark.parametrize("name", MADE_OF)
def test_the_projects_own_files_fit_their_schema(name: str) -> None:
    """No file that the checker accepts is underlined."""
    files = sorted(ROOT.glob(MADE_OF[name]))
    assert files
    for path in files:
        assert errors(name, path.read_text("utf-8")) == [], path
        assert any(path.match(f"**/{glob}") or path == ROOT / glob for glob in globs(name))


def globs(name: str) -> list[str]:
    return [g for file, g in SETTINGS["yaml.schemas"].items() if file == f"./schemas/{name}"]


def test_a_misspelt_key_of_each_kind_does_not_fit() -> None:
    """As in the checker, so in the editor."""
    for name, glob in MADE_OF.items():
        text = sorted(ROOT.glob(glob))[0].read_text("utf-8")
        keys = {
            "concepts": "单位:",
            "county": "名称:",
            "form": "种类:",
            "profile": "依据:",
            "ratios": "分子:",
            "plausibility": "依据:",
            "report": "来源:",
        }
        key = keys[name.split(".")[0]]
        assert key in text
        assert errors(name, text.replace(key, "错" + key, 1)), name


# -- the server ------------------------------------------------------------------------------


class Editor:
    """A client of the server: opens one text at a time, asks for completion, hears diagnostics."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.number = 0
        self.heard: dict[str, list[Any]] = {}
        # As VS Code's extension sets it, but for the public schemas, which need the network.
        self.settings: dict[str, Any] = {
            "completion": True,
            "validate": True,
            "hover": True,
            "schemas": SETTINGS["yaml.schemas"],
            "schemaStore": {"enable": False},
        }
        folder = {"uri": ROOT.as_uri(), "name": "project"}
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": ROOT.as_uri(),
                "capabilities": capabilities,
                "workspaceFolders": [folder],
            },
        )
        self.tell("initialized", {})
        self.configured = False
        self.tell("workspace/didChangeConfiguration", {"settings": {}})
        while not self.configured:
            self.receive()

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def receive(self) -> dict[str, Any]:
        out = self.process.stdout
        assert out is not None
        size = 0
        while (line := out.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the server has ended"
        message: dict[str, Any] = json.loads(out.read(size))
        if "method" in message and "id" in message:
            answer: Any = None
            if message["method"] == "workspace/configuration":
                wanted = [item.get("section") for item in message["params"]["items"]]
                answer = [self.settings if section == "yaml" else {} for section in wanted]
                self.configured = True
            self.send({"id": message["id"], "result": answer})
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.heard.setdefault(params["uri"], []).append(params["diagnostics"])
        return message

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while (answer := self.receive()).get("id") != self.number or "method" in answer:
            pass
        return answer.get("result")

    def open(self, file: str, text: str) -> str:
        # A file of its own each time: nothing heard of one text can be meant for another.
        self.number += 1
        uri = (ROOT / file.replace("guiyi", f"guiyi{self.number}")).as_uri()
        uri = uri.replace("forms/miluo", f"forms/miluo{self.number}")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def offered(self, file: str, text: str) -> set[str]:
        """What is offered where | stands in the text."""
        before, _, after = text.partition("|")
        uri = self.open(file, before + after)
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        answer = self.ask(
            "textDocument/completion", {"textDocument": {"uri": uri}, "position": position}
        )
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"] for item in items}

    def underlined(self, file: str, text: str) -> list[tuple[str, str]]:
        """Each underlined piece of the text with what is said of it."""
        uri = self.open(file, text)
        end = time.monotonic() + 30
        while not self.heard.get(uri) and time.monotonic() < end:
            self.receive()
        found = []
        lines = text.split("\n")
        for one in self.heard[uri][-1]:
            start, stop = one["range"]["start"], one["range"]["end"]
            line = lines[start["line"]]
            stop_at = stop["character"] if stop["line"] == start["line"] else len(line)
            found.append((line[start["character"] : stop_at], one["message"]))
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """The server from npm, kept in .cache/; without node, npm or a registry the test is skipped."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("node and npm are missing")
    folder = ROOT / ".cache" / SERVER.replace("@", "-")
    start = folder / "node_modules" / ".bin" / "yaml-language-server"
    if not start.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), SERVER]
        try:
            done = subprocess.run(command, capture_output=True, timeout=180, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip("npm install took too long")
        if done.returncode != 0:
            pytest.skip(f"npm cannot install {SERVER}: {done.stderr.decode()[-200:]}")
    one = Editor([node, str(start.resolve()), "--stdio"])
    yield one
    one.close()


HEAD = """\
报告:
  名称: 示例
  单位: 示例
  年度: 2022
  表单: miluo-2022
  口径: miluo-2022
  来源: 示例
"""


def test_chinese_keys_of_a_report_are_completed(editor: Editor) -> None:
    """The tables of the form that the head names; below a row its columns."""
    tables = editor.offered(REPORT, HEAD + "数据:\n  |\n")
    assert {"经费控制情况", "绩效指标", "年度资金"} <= tables
    columns = editor.offered(
        REPORT, HEAD + "数据:\n  经费控制情况:\n    “三公”经费:\n      2021年决算数: 1\n      |\n"
    )
    assert {"2022年预算数", "2022年决算数"} <= columns
    assert "2021年决算数" not in columns


def test_choices_are_completed(editor: Editor) -> None:
    """Forms in a head, kinds and bases in a form."""
    forms = editor.offered(REPORT, "报告:\n  名称: 示例\n  表单: |\n")
    assert {"miluo-2022", "taojiang-2022"} <= forms
    form = "data/forms/miluo-2022.yaml"
    assert {"网格", "填报"} <= editor.offered(form, "表单: 示例\n表:\n  甲:\n    种类: |\n")


def test_a_sound_report_is_not_underlined(editor: Editor) -> None:
    """Nothing to see in the project's own file."""
    assert editor.underlined(REPORT, (ROOT / REPORT).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("2022年预算数: ", "2022年预算书: ", "2022年预算书"),
        ("  来源:", "  来原:", "来原"),
        ("表单: miluo-2022", "表单: miluo-2023", "miluo-2023"),
        ("2022年决算数: ", "2022年决算数: 约", "约"),
    ],
)
def test_a_slip_is_underlined(editor: Editor, old: str, new: str, meant: str) -> None:
    """A misspelt key, a form that is not there, a figure with a word."""
    text = (ROOT / REPORT).read_text("utf-8")
    assert old in text
    found = editor.underlined(REPORT, text.replace(old, new, 1))
    assert any(piece.startswith(meant) for piece, _ in found), found
