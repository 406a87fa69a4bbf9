"""Which conditions of the rules does no example hold? Each is taken out in turn, and all are run.

    .venv/bin/python tests/conditions.py [MODULE …]        # of site_builder/rules; all take half an hour

A room that rules share (column_labels) has to be named.

Of each `if` that decides on a finding the test is made always true and always false; of each `and`,
`or` and `not` a part is dropped. A change must be seen by the rules' pages, by tests/cases, in the
findings of the project's own reports, or by the tests of what findings say (test_words_of_*.py,
test_editions.py); those that nothing sees are printed. A condition that only saves time ends its
line in `# quick`: dropped, it must change nothing.
"""

from __future__ import annotations

import ast
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import ModuleType
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent.parent))

import pytest
from judged import judged

from site_builder import check
from site_builder.check import check_library
from site_builder.examples import PAGES, Example, examples, read_example
from site_builder.library import Library, read_library
from site_builder.rules import CHECKS
from site_builder.rules.outcome import Check

ROOT = Path(__file__).parent.parent
RULES = ROOT / "site_builder" / "rules"
TODAY = date(2024, 1, 1)
PATIENCE = 60  # seconds of work until a change counts as seen: it may loop for ever
QUICK = "# quick"
SAME = "same"
HERE = Path(__file__).parent
WORDS = (*sorted(HERE.glob("test_words_of_*.py")), HERE / "test_editions.py")


@dataclass
class Change(ast.NodeTransformer):
    """Changes the `number`th condition of a module; `line` and `what` say which, once it has."""

    number: int
    line: int = 0
    what: str = ""
    seen: int = -1

    def _is_it(self, node: ast.expr, how: str) -> bool:
        self.seen += 1
        if self.seen != self.number:
            return False
        self.line, self.what = node.lineno, f"{how}: {ast.unparse(node)[:100]}"
        return True

    def _settled(self, test: ast.expr) -> ast.expr:
        for truth in (True, False):
            if self._is_it(test, f"always {truth}"):
                return ast.Constant(truth)
        return test

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """What a function ends with may only say why there is nothing to say."""
        match node.body:
            case [*_, ast.If(body=[ast.Return(one)], orelse=[]), ast.Return(other)]:
                if _is_no_outcome(one) and _is_no_outcome(other):
                    for statement in node.body[:-2]:
                        self.visit(statement)
                    return node
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """An if of statements, unless it only says that there is nothing to say."""
        if all(map(_is_no_finding, node.body)):
            return node
        node.test = self._settled(node.test)
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """An if within an expression."""
        node.test = self._settled(node.test)
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """An if of a comprehension."""
        for number, test in enumerate(node.ifs):
            if self._is_it(test, "always True"):
                node.ifs[number] = ast.Constant(True)
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """A part of and, or."""
        for number, part in enumerate(node.values):
            if self._is_it(part, f"dropped from {type(node.op).__name__.lower()}"):
                del node.values[number]
                return node.values[0] if len(node.values) == 1 else node
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """A not."""
        if isinstance(node.op, ast.Not) and self._is_it(node, "without not"):
            return node.operand
        return self.generic_visit(node)


def _is_no_finding(statement: ast.stmt) -> bool:
    """Is it `yield Outcome(RULE)`, perhaps with a reason? That changes a count and no finding."""
    match statement:
        case ast.Expr(ast.Yield(said)):
            return _is_no_outcome(said)
    return False


def _is_no_outcome(said: ast.expr | None) -> bool:
    """Is it an `Outcome(RULE)`, perhaps with guards or a reason, and without a finding?"""
    match said:
        case ast.Call(ast.Name("Outcome"), args, keywords):
            return len(args) < 3 and not any(one.arg == "finding" for one in keywords)
    return False


def apart(work: Callable[[], str]) -> str:
    """What `work` returns in a process of its own; the name of its exception if it fails."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            said = work()
        except BaseException as error:
            said = type(error).__name__
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said or "timeout"


@dataclass(frozen=True)
class Tried:
    """What every change is tried on: each example with the library it makes, and the project itself.

    Nothing was checked yet, so nothing that a rule keeps with a library is there before it runs.
    """

    examples: tuple[tuple[Example, Library], ...]
    project: Library

    def of(self, pages: frozenset[str]) -> Tried:
        """The same with the examples of these pages first: they see most changes."""
        return replace(
            self, examples=tuple(sorted(self.examples, key=lambda one: one[0].page not in pages))
        )

    def findings(self, checks: tuple[Check, ...]) -> Iterator[str]:
        """What these checks find, as tests see it: lines, rules and kinds of address; whole findings."""
        with mock.patch.object(check, "CHECKS", checks):
            for one, library in self.examples:
                yield digest(sorted(judged(one, check_library(library, TODAY).findings)))
            yield digest(check_library(self.project, TODAY).findings)


def digest(found: object) -> str:
    """Equal for equal findings."""
    return sha256(repr(found).encode()).hexdigest()


def first_difference(found: Iterator[str], sound: list[str]) -> str:
    """Is anything found that is not found by the rule as it is?"""
    same = all(one == other for one, other in zip(found, sound, strict=True))
    return SAME if same else "differs"


def said_otherwise(checks: tuple[Check, ...]) -> str:
    """Do the tests of what findings say fail with these checks in the place of those they change?"""
    mine = {(c.__module__, c.__name__): c for c in checks}
    every = tuple(mine.get((c.__module__, c.__name__), c) for c in CHECKS)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    with mock.patch.object(check, "CHECKS", every):
        options = ["-q", "-x", "-p", "no:cacheprovider"]
        failed = pytest.main([*options, *map(str, WORDS)])
    return "differs" if failed else SAME


def everything() -> Tried:
    """All pages, all of tests/cases, and the project's reports."""
    read = []
    for file in (*sorted(PAGES.glob("*.md")), *sorted((ROOT / "tests" / "cases").glob("*.md"))):
        for one in examples(file.read_text("utf-8"), file.stem):
            library = read_example(one, [])
            if library is not None:
                read.append((one, library))
    return Tried(tuple(read), read_library(ROOT))


def checks_of(file: Path, tree: ast.AST) -> tuple[Check, ...]:
    """The checks of a module of rules as its changed code has them; of a room those that use it."""
    module = ModuleType(".".join(file.relative_to(ROOT).with_suffix("").parts))
    module.__file__ = str(file)
    package, _, name = module.__name__.rpartition(".")
    sys.modules[module.__name__] = module
    setattr(sys.modules[package], name, module)
    exec(compile(tree, file, "exec"), vars(module))  # type: ignore[arg-type]
    for own, value in list(vars(check).items()):  # what checking itself has of a room
        if getattr(value, "__module__", "") == module.__name__ and own in vars(module):
            setattr(check, own, vars(module)[own])
    checks = [vars(module)[c.__name__] for c in CHECKS if c.__module__ == module.__name__]
    uses = re.compile(rf"from (?:{module.__name__} import|{package} import .*\b{name}\b)")
    for other in () if checks else sorted(RULES.rglob("[a-z]*.py")):
        source = other.read_text("utf-8")
        if uses.search(source):
            checks += checks_of(other, ast.parse(source))
    # One that uses several rooms was made anew for each: the last has all of them.
    return tuple({(c.__module__, c.__name__): c for c in checks}.values())


def unseen(file: Path, tried: Tried) -> Iterator[str]:
    """The changes of one module that nothing sees; and quick conditions that are not only quick."""
    source = file.read_text("utf-8")
    lines = source.split("\n")
    tried = tried.of(frozenset(re.findall(r'Rule\(\s*"([a-z-]+)"', source)))

    def sound() -> str:
        return " ".join(tried.findings(checks_of(file, ast.parse(source))))

    expected = apart(sound).split(" ")
    for number in count():
        change = Change(number)
        changed = ast.fix_missing_locations(change.visit(ast.parse(source)))
        if not change.what:
            return
        quick = lines[change.line - 1].endswith(QUICK)

        def found(changed: ast.AST = changed) -> str:
            return first_difference(tried.findings(checks_of(file, changed)), expected)

        def said(changed: ast.AST = changed) -> str:
            return said_otherwise(checks_of(file, changed))

        same = apart(found) == SAME and apart(said) == SAME
        # Without a branch a quick test says no too often; without a part of an `and` not often enough.
        if same and (not quick or change.what.startswith("dropped from or")):
            yield f"{file.name}:{change.line} {change.what}"
        elif quick and not same and change.what.startswith("dropped from and"):
            yield f"{file.name}:{change.line} not only quick: {change.what}"


def main(names: list[str]) -> int:
    """Print what is unseen; 1 if there is any, or if it cannot be told."""
    names = names or sorted({c.__module__.rpartition(".")[2] for c in CHECKS})
    if apart(lambda: said_otherwise(())) != SAME:
        print("the tests of what findings say fail as they are: they would see every change")
        return 1
    tried = everything()
    found = 0
    for name in names:
        for line in unseen(next(RULES.rglob(f"{name}.py")), tried):
            print(line, flush=True)
            found += 1
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
