"""The commands of site-builder; no logic of their own. Exit codes: 0 fine, 1 findings, 2 wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from site_builder import __version__
from site_builder.check import check_library
from site_builder.library import read_library
from site_builder.output.json import write_json
from site_builder.output.text import write_text


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root = Path(options.root).resolve()
    if not (root / "data").is_dir():
        parser.error(
            f"这里没有 data 文件夹：{options.root}（请在项目根目录运行，或用 --root 指明）"
        )
    result: int = options.run(options, root)
    return result


def _check(options: argparse.Namespace, root: Path) -> int:
    only = [Path(p) for p in options.paths] or None
    for path in only or ():
        if not (path if path.is_absolute() else root / path).exists() and not path.exists():
            print(f"找不到文件：{path}／no such file", file=sys.stderr)
            return 2
    run = check_library(read_library(root, only))
    if options.format == "json":
        sys.stdout.write(write_json(run.findings, options.lang))
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        shown = run.findings if options.all else run.open
        text = write_text(shown, root, options.lang, colour)
        sys.stdout.write(text)
    return 1 if run.open else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="site-builder",
        description="乡镇预算绩效公开：检查每个数、生成网站、保存档案。"
        " Check, render and keep budget-performance disclosures.",
    )
    parser.add_argument("--root", default=".", help="项目根目录（默认当前目录）/ project root")
    parser.add_argument("--version", action="version", version=f"site-builder {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    check = commands.add_parser("check", help="检查数据和正文 / check data and narratives")
    check.add_argument("paths", nargs="*", help="只检查这些文件 / only these files")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")
    check.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    check.add_argument("--all", action="store_true", help="连同已认可的一起列出 / acknowledged too")
    check.set_defaults(run=_check)
    return parser


if __name__ == "__main__":
    sys.exit(main())
