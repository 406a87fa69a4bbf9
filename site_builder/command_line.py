"""The command line: the commands with their options, in Chinese and English; nothing is done here."""

from __future__ import annotations

import argparse
from typing import Any

from site_builder import __version__


class _Formatter(argparse.HelpFormatter):
    """The help of argparse, whose own words are in Chinese and English too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法 / usage: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser of one command, which says in its help what the command is for."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "参数 / arguments", "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示这些说明 / show this help")


def parser() -> argparse.ArgumentParser:
    """All commands; each that speaks to a person takes --lang."""
    made = _Parser(
        prog="site-builder",
        description="乡镇预算绩效公开：检查每个数、生成网站、保存档案"
        " / check, render and keep budget-performance disclosures",
    )
    made.add_argument("--root", default=".", help="项目根目录（默认当前目录） / project root")
    version = f"site-builder {__version__}"
    said = "显示版本 / show the version"
    made.add_argument("--version", action="version", version=version, help=said)
    commands = made.add_subparsers(dest="command", required=True, metavar="命令")

    check = _command(commands, "check", "检查数据和正文 / check data and narratives")
    check.add_argument("paths", nargs="*", help="只检查这些文件 / only these files")
    check.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif", "junit"),
        default="text",
        help="输出格式 / format",
    )
    check.add_argument("--all", action="store_true", help="连同已认可的一起列出 / acknowledged too")
    check.add_argument(
        "--strict",
        action="store_true",
        help="发布单位信息待补充也算问题 / fail on identity that is not filled in, too",
    )
    check.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="REV",
        help="只检查与 git 版本（默认 HEAD）不同的报告 / only what differs from a git revision",
    )
    view = check.add_mutually_exclusive_group()
    view.add_argument(
        "--coverage", action="store_true", help="列出没有规则核对的数 / figures no rule guards"
    )
    view.add_argument(
        "--results", action="store_true", help="按规则统计结果 / results counted by rule"
    )
    view.add_argument(
        "--suggest-links",
        action="store_true",
        help="正文里可以链接到数据的数 / links that could be added",
    )
    view.add_argument(
        "--self", action="store_true", help="给每条规则植入一处错误，看它响不响 / check the checker"
    )
    check.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes (0: all cores)")

    build = _command(commands, "build", "生成整个站点到 site/ / build the site")
    build.add_argument("--draft", action="store_true", help="有错误也生成，页面标明草稿 / draft")
    build.add_argument("--no-pdf", action="store_true", help="不生成 PDF / leave the PDFs out")
    build.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes (0: all cores)")

    yearbook = _command(
        commands, "yearbook", "把一县一年的报告合成年鉴 / one PDF of a county's year"
    )
    yearbook.add_argument("county", help="县的拼音，如 miluo / county as in paths")
    yearbook.add_argument("year", type=int, help="年度 / fiscal year")
    yearbook.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")

    fragment = _command(
        commands,
        "fragment",
        "导出一份报告的正文和附件，供贴入门户系统 / one report for pasting into a CMS",
    )
    fragment.add_argument(
        "report", metavar="县/镇/年度", help="哪份报告，如 shili/shilizhen/2022 / which report"
    )
    fragment.add_argument("--out", help="写到这个 zip 文件（默认 build/fragments/） / target")
    fragment.add_argument("--no-pdf", action="store_true", help="不附 PDF / leave the PDF out")

    serve = _command(commands, "serve", "本机预览，改动即见 / live preview")
    serve.add_argument("--host", default="127.0.0.1", help="本机地址 / address")
    serve.add_argument("--port", type=int, default=8000, help="端口（默认 8000） / port")

    search = _command(commands, "search", "搜索已生成的报告 / search what was built")
    search.add_argument(
        "words",
        nargs="+",
        help="文字或数字；也可写 三公经费:[20 TO 30]、支出合计:>1000、year:2022、town:归义镇、kind:table"
        " / words or numbers, fields and ranges",
    )
    search.add_argument("--limit", type=int, default=20, help="最多列出几条（默认 20） / most hits")

    _archive_commands(commands)

    _command(commands, "rules", "列出全部规则 / list the rules")

    explain = _command(commands, "explain", "说明一条规则，附例子 / explain a rule")
    explain.add_argument("rule", help="规则名，如 sum-differs / rule id")

    schema = _command(commands, "schema", "生成编辑器用的 JSON Schema / JSON Schemas for editors")
    schema.add_argument("--out", help="写到这个文件夹（默认 schemas/） / folder")

    bench = _command(commands, "bench", "测量速度和体积 / measure speed and size")
    bench.add_argument("--reports", type=int, default=200, help="生成的报告数 / generated reports")
    bench.add_argument(
        "--many", type=int, default=5000, help="只读取和核对的报告数 / read and check"
    )
    bench.add_argument(
        "--scale",
        type=int,
        default=0,
        help="只测这么多份报告的整站 / a whole site of so many reports",
    )
    bench.add_argument(
        "--pdf", action="store_true", help="只测 PDF 和年鉴 / PDFs and yearbooks only"
    )
    bench.add_argument(
        "--search",
        type=int,
        default=0,
        metavar="REPORTS",
        help="只测这么多份报告的搜索 / search on a site of so many reports",
    )
    for name, command in commands.choices.items():
        if name not in ("schema", "bench"):
            command.add_argument(
                "--lang", choices=("zh", "en"), default="zh", help="语言 / language"
            )
    return made


def _command(commands: Any, name: str, said: str) -> Any:
    """A command, of which the list of commands and its own help say the same."""
    return commands.add_parser(name, help=said, description=said)


def _archive_commands(commands: Any) -> None:
    """The commands of the archive: seal, correct, withdraw, verify, bag."""
    seal = _command(commands, "seal", "封存通过检查的报告为第一版 / seal reports that pass")
    seal.add_argument("names", nargs="*", metavar="县[/镇[/年]]", help="哪些报告 / which reports")
    seal.add_argument("--year", type=int, help="只封存这个年度 / this year only")
    seal.add_argument("--county", help="只封存这个县 / this county only")
    seal.add_argument("--all", action="store_true", help="全部报告 / all reports")

    correct = _command(commands, "correct", "更正已封存的报告 / correct a sealed report")
    withdraw = _command(commands, "withdraw", "撤回已封存的报告 / withdraw a sealed report")
    for act in (correct, withdraw):
        act.add_argument("name", metavar="县/镇/年", help="哪份报告 / which report")
        act.add_argument("--reason", default="", help="理由，会公开 / the reason, published")
    for act in (seal, correct, withdraw):
        act.add_argument("--date", help="日期（默认今天） / date (default: today)")
        act.add_argument("--who", default="", help="责任者 / who is responsible")
    for act in (seal, correct):
        act.add_argument("--no-pdf", action="store_true", help="不生成、不封存 PDF / without PDFs")
        act.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")

    verify = _command(commands, "verify", "核验档案或已发布的文件 / verify the archive")
    verify.add_argument(
        "what", nargs="?", default="", help="县/镇/年、年度，或站点、移交包的文件夹 / what"
    )
    verify.add_argument("--pdf", action="store_true", help="把 PDF 重新排版再比较 / set PDFs anew")
    verify.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")

    bag = _command(commands, "bag", "生成移交用的 BagIt 包 / make a BagIt bag")
    bag.add_argument("county", help="县（拼音） / county")
    bag.add_argument("year", type=int, help="年度 / fiscal year")
    bag.add_argument("--out", default="dist", help="写到这个文件夹（默认 dist） / folder")


def clash(options: argparse.Namespace) -> str:
    """Which options of `check` would ignore one another; empty when none do."""
    view = next(
        (v for v in ("self", "coverage", "results", "suggest_links") if vars(options)[v]), ""
    )
    if not view:
        return ""
    given = {
        "--format": options.format != "text",
        "--all": options.all,
        "--changed": options.changed and view == "self",
        "文件": options.paths and view == "self",
    }
    ignored = "、".join(name for name, is_given in given.items() if is_given)
    view = f"--{view.replace('_', '-')}"
    if not ignored:
        return ""
    if options.lang == "en":
        return f"{view} does not go with {ignored.replace('文件', 'files')}"
    return f"{view} 不能和 {ignored} 同时用"


def no_project(options: argparse.Namespace) -> str:
    """What is said where --root is no project."""
    if vars(options).get("lang") == "en":
        return f"no folder data here: {options.root} (run it in the project, or name it by --root)"
    return f"这里没有 data 文件夹：{options.root}（请在项目根目录运行，或用 --root 指明）"
