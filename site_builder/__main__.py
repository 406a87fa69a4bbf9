"""The commands of site-builder: what does each, and what ends one. Exit codes: 0 fine, 1 findings, 2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from site_builder import checking_commands as checking
from site_builder import site_commands as site
from site_builder.command_line import clash, no_project, parser
from site_builder.disk_refusal import disk_refusal

Command = Callable[[argparse.Namespace, Path], int]
COMMANDS: dict[str, Command] = {
    "check": checking.check,
    "explain": checking.explain,
    "rules": checking.rules,
    "schema": checking.schema,
    "build": site.build,
    "yearbook": site.yearbook,
    "fragment": site.fragment,
    "serve": site.serve,
    "search": site.search,
    "bench": site.bench,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    line = parser()
    options = line.parse_args(arguments)
    if options.command == "check" and (said := clash(options)):
        line.error(said)
    root = Path(options.root).resolve()
    if not (root / "data").is_dir():
        line.error(no_project(options))
    lang = vars(options).get("lang", "zh")
    try:
        return _doing(options.command)(options, root)
    except OSError as error:
        if not (said := disk_refusal(error, lang)):
            raise
        print(f"{'错误' if lang == 'zh' else 'error'} {said}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止" if lang == "zh" else "stopped", file=sys.stderr)
        return 130


def _doing(command: str) -> Command:
    """What does a command. The archive is loaded when it is asked for: what sets PDFs takes its time."""
    if command in COMMANDS:
        return COMMANDS[command]
    from site_builder.archive import archive_commands as archive

    commands: dict[str, Command] = {
        "seal": archive.seal_reports,
        "correct": archive.correct_report,
        "withdraw": archive.withdraw_report,
        "verify": archive.verify_archive,
        "bag": archive.make_bag,
    }
    return commands[command]


if __name__ == "__main__":
    sys.exit(main())
