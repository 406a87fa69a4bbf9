"""The commands of site-builder; no logic of their own. Exit codes: 0 fine, 1 findings, 2 wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from site_builder import __version__
from site_builder.check import ALL_RULES, check_library
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


def _build(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import build

    done = build(root, draft=options.draft, pdfs=not options.no_pdf, jobs=options.jobs)
    if done.problems:
        for problem in done.problems:
            print(f"错误 {problem}", file=sys.stderr)
        print(f"{len(done.problems)} 处链接或排版问题，站点没有发布", file=sys.stderr)
        return 1
    if not done.published and not options.draft:
        sys.stderr.write(write_text(done.run.stops, root, colour=sys.stderr.isatty()))
        print("有未说明的错误，站点没有生成；可用 --draft 先看草稿", file=sys.stderr)
        return 1
    return 0


def _serve(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import preview
    from site_builder.shell import serve

    site = root / "build" / "preview" / "site"
    refresh = preview(root, site)
    refresh()
    watched = [root / name for name in ("data", "content", "themes", "mkdocs.yml")]
    print(f"预览：http://{options.host}:{options.port}/（Ctrl+C 结束）")
    serve(site, refresh, watched, (options.host, options.port))
    return 0


def _search(options: argparse.Namespace, root: Path) -> int:
    from site_builder.word_index import search_index

    index = root / "build" / "whoosh"
    if not index.is_dir():
        print("还没有索引：请先运行 site-builder build", file=sys.stderr)
        return 2
    hits = search_index(index, " ".join(options.words), options.limit)
    for hit in hits:
        print(f"{hit.entry.title} › {hit.entry.heading}\n  {hit.entry.url}\n  {hit.excerpt}\n")
    print(f"{len(hits)} 处")
    return 0 if hits else 1


def _rules(options: argparse.Namespace, root: Path) -> int:  # noqa: ARG001 - one shape of command
    for rule in ALL_RULES:
        print(
            f"{rule.id}\t{rule.level}\t{rule.title.zh if options.lang == 'zh' else rule.title.en}"
        )
    return 0


def _bench(options: argparse.Namespace, root: Path) -> int:
    from site_builder.bench import bench

    bench(root, options.reports)
    return 0


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

    build = commands.add_parser("build", help="生成整个站点到 site/ / build the site")
    build.add_argument("--draft", action="store_true", help="有错误也生成，页面标明草稿 / draft")
    build.add_argument("--no-pdf", action="store_true", help="不生成 PDF / leave the PDFs out")
    build.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes (0: all cores)")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="本机预览，改动即见 / live preview")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    search = commands.add_parser("search", help="搜索已生成的报告 / search what was built")
    search.add_argument("words", nargs="+", help="文字或数字 / words or numbers")
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=_search)

    rules = commands.add_parser("rules", help="列出全部规则 / list the rules")
    rules.add_argument("--lang", choices=("zh", "en"), default="zh")
    rules.set_defaults(run=_rules)

    bench = commands.add_parser("bench", help="测量速度和体积 / measure speed and size")
    bench.add_argument("--reports", type=int, default=200, help="生成的报告数 / generated reports")
    bench.set_defaults(run=_bench)
    return parser


if __name__ == "__main__":
    sys.exit(main())
