"""The commands of site-builder; no logic of their own. Exit codes: 0 fine, 1 findings, 2 wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from site_builder import __version__
from site_builder.check import ALL_RULES, CheckRun
from site_builder.disk_refusal import disk_refusal
from site_builder.finding import ReportKey
from site_builder.library import read_by_county
from site_builder.output.github import write_github
from site_builder.output.json import write_json
from site_builder.output.junit import write_junit
from site_builder.output.results import write_coverage, write_results
from site_builder.output.sarif import write_sarif
from site_builder.output.text import write_text
from site_builder.selection import Selection, SelectionError, changed, check_project, named
from site_builder.suggest import suggestions, write_suggestions


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "check" and (clash := _clash(options)):
        parser.error(clash)
    root = Path(options.root).resolve()
    if not (root / "data").is_dir():
        parser.error(
            f"这里没有 data 文件夹：{options.root}（请在项目根目录运行，或用 --root 指明）"
        )
    try:
        result: int = options.run(options, root)
    except OSError as error:
        if not (said := disk_refusal(error)):
            raise
        print(f"错误 {said}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
        return 130
    return result


def _clash(options: argparse.Namespace) -> str:
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


def _check(options: argparse.Namespace, root: Path) -> int:
    if options.self:
        return _self(root, options.lang)
    try:
        if options.changed and (root / options.changed).exists():
            options.paths.insert(0, options.changed)  # --changed FILE: a file is no revision
            options.changed = "HEAD"
        chosen = _named(root, options)
        if options.changed:
            chosen = chosen.both(changed(root, options.changed))
    except SelectionError as error:
        print(error.said(options.lang), file=sys.stderr)
        return 2
    if options.suggest_links:
        count = 0
        for library in read_by_county(root, chosen.read):
            meant = [d for d in library.disclosures if chosen.means(d.key)]
            found = [one for disclosure in meant for one in suggestions(disclosure)]
            sys.stdout.write(write_suggestions(found))
            count += len(found)
        print(f"{count} 处数字可以链接到数据；没有改动任何文件")
        return 0
    run, files = check_project(root, chosen)
    if options.coverage:
        sys.stdout.write(write_coverage(run.reports.values(), options.lang))
    elif options.results:
        sys.stdout.write(write_results(list(run.reports.values()), ALL_RULES, options.lang))
    else:
        sys.stdout.write(_written(run, root, files, options))
    return 1 if run.open or (options.strict and run.pending) else 0


def _named(root: Path, options: argparse.Namespace) -> Selection:
    """The reports of the files on the command line; all where none is named."""
    paths = [Path(p) for p in options.paths]
    return named(root, paths) if paths else Selection(root, None)


def _written(
    run: CheckRun, root: Path, files: dict[ReportKey, str], options: argparse.Namespace
) -> str:
    """The findings in the format asked for; formats for machines hold the explained ones too."""
    if options.format == "json":
        return write_json(run.findings, options.lang)
    if options.format == "sarif":
        return write_sarif(run.findings, ALL_RULES, options.lang)
    if options.format == "junit":
        return write_junit(run.findings, files, options.lang)
    shown = run.findings if options.all else (*run.open, *run.pending)
    if options.format == "github":
        return write_github(shown, options.lang)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return write_text(shown, root, options.lang, colour)


def _self(root: Path, lang: str) -> int:
    from site_builder.self_check import self_check, write_tried

    failed = 0
    counts: Counter[str] = Counter()
    for tried in self_check(root):
        counts[tried.how] += 1
        failed += tried.how == "failed"
        print(write_tried(tried, lang))
    print(
        f"{counts.total()} 条规则：{counts['planted']} 条在数据里植入错误后报告，"
        f"{counts['example']} 条以示例页核对，{failed} 条没有响"
        if lang == "zh"
        else f"{counts.total()} rules: {counts['planted']} named a planted fault, "
        f"{counts['example']} judged by their page, {failed} failed"
    )
    return 1 if failed else 0


def _explain(options: argparse.Namespace, root: Path) -> int:  # noqa: ARG001 - one shape of command
    from site_builder.rule_pages import explanation
    from site_builder.shape import guess

    rule = next((r for r in ALL_RULES if r.id == options.rule), None)
    if rule is None:
        lang = options.lang
        near = guess(options.rule, [r.id for r in ALL_RULES])[f"guess_{lang}"]
        said = f"没有叫“{options.rule}”的规则" if lang == "zh" else f"no rule “{options.rule}”"
        print(f"{said}{near}", file=sys.stderr)
        return 2
    sys.stdout.write(explanation(rule, options.lang))
    return 0


def _schema(options: argparse.Namespace, root: Path) -> int:
    from site_builder.schema import write_schemas

    names = write_schemas(root, Path(options.out) if options.out else root / "schemas")
    print("\n".join(names))
    return 0


def _build(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import build
    from site_builder.making import Options

    done = build(root, Options(not options.no_pdf, options.jobs, options.draft))
    if done.problems:
        for problem in done.problems:
            print(f"错误 {problem}", file=sys.stderr)
        print(f"{len(done.problems)} 处链接或排版问题，站点没有发布", file=sys.stderr)
        return 1
    if not done.published and not options.draft:
        sys.stderr.write(write_text(done.stops, root, colour=sys.stderr.isatty()))
        print("有未说明的错误，站点没有生成；可用 --draft 先看草稿", file=sys.stderr)
        return 1
    return 0


def _yearbook(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_site import sealed_pdfs
    from site_builder.archive.ledger import Ledger
    from site_builder.archive.sealed import SealedFileError
    from site_builder.check import check_library
    from site_builder.library import read_county, read_decreed
    from site_builder.printing.typesetting import PrintError
    from site_builder.printing.yearbook import one_yearbook
    from site_builder.tree import WAITS, alone

    library = read_county(read_decreed(root), options.county)
    run = check_library(library)
    if run.stops:
        sys.stderr.write(write_text(run.stops, root, colour=sys.stderr.isatty()))
        print("有未说明的错误，年鉴没有生成", file=sys.stderr)
        return 1
    county = options.county
    cache = root / "build" / "pdf" / county
    try:
        sealed = sealed_pdfs(root, library.ledgers.get(county) or Ledger(county))
        with alone(root / "build", lambda: print(WAITS, file=sys.stderr)):
            made = one_yearbook(library, run, cache, county, options.year, options.jobs, sealed)
    except (PrintError, SealedFileError) as error:
        print(f"错误 {error}", file=sys.stderr)
        return 1
    if made is None:
        print(f"没有 {options.county} {options.year} 年的报告", file=sys.stderr)
        return 2
    print(os.path.relpath(made))
    return 0


def _fragment(options: argparse.Namespace, root: Path) -> int:
    from site_builder.portal.fragment import make_fragment

    try:
        done = make_fragment(root, options.report, options.out, not options.no_pdf)
    except SelectionError as error:
        print(error, file=sys.stderr)
        return 2
    if done.stops:
        sys.stderr.write(write_text(done.stops, root, colour=sys.stderr.isatty()))
        print("有未说明的错误，没有导出", file=sys.stderr)
        return 1
    for problem in done.problems:
        print(f"错误 {problem}", file=sys.stderr)
    return 1 if done.problems else 0


def _serve(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import preview
    from site_builder.shell import serve

    site, refresh = preview(root)
    refresh()
    watched = [root / name for name in ("data", "content", "themes", "mkdocs.yml")]
    print(f"预览：http://{options.host}:{options.port}/（Ctrl+C 结束）")
    serve(site, refresh, watched, (options.host, options.port))
    return 0


def _search(options: argparse.Namespace, root: Path) -> int:
    from site_builder.search.kept_entries import refresh_index
    from site_builder.search.question import QuestionError
    from site_builder.search.word_index import search_index

    index = root / "build" / "whoosh"
    if not refresh_index(root, index):
        print("还没有可以搜索的内容：请先运行 site-builder build", file=sys.stderr)
        return 2
    try:
        hits = search_index(index, " ".join(options.words), options.limit)
    except QuestionError as error:
        print(error, file=sys.stderr)
        return 2
    for hit in hits:
        print(f"{hit.entry.title} › {hit.entry.heading}\n  {hit.entry.url}\n  {hit.excerpt}\n")
    print(f"{len(hits)} 处")
    return 0 if hits else 1


def _seal(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_commands import seal_reports

    return seal_reports(root, options)


def _correct(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_commands import correct_report

    return correct_report(root, options)


def _withdraw(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_commands import withdraw_report

    return withdraw_report(root, options)


def _verify(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_commands import verify_archive

    return verify_archive(root, options)


def _bag(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_commands import make_bag

    return make_bag(root, options)


def _rules(options: argparse.Namespace, root: Path) -> int:  # noqa: ARG001 - one shape of command
    for rule in ALL_RULES:
        print(
            f"{rule.id}\t{rule.level}\t{rule.title.zh if options.lang == 'zh' else rule.title.en}"
        )
    return 0


def _bench(options: argparse.Namespace, root: Path) -> int:
    from site_builder.bench import bench, bench_scale

    if options.search:
        from site_builder.search.bench import bench_search

        bench_search(root, options.search)
    elif options.pdf:
        from site_builder.library import read_library
        from site_builder.printing.bench_pdf import bench_pdfs

        bench_pdfs(read_library(root))
    elif options.scale:
        bench_scale(root, options.scale)
    else:
        bench(root, options.reports, options.many)
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
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="生成整个站点到 site/ / build the site")
    build.add_argument("--draft", action="store_true", help="有错误也生成，页面标明草稿 / draft")
    build.add_argument("--no-pdf", action="store_true", help="不生成 PDF / leave the PDFs out")
    build.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes (0: all cores)")
    build.set_defaults(run=_build)

    yearbook = commands.add_parser(
        "yearbook", help="把一县一年的报告合成年鉴 / one PDF of a county's year"
    )
    yearbook.add_argument("county", help="县的拼音，如 miluo / county as in paths")
    yearbook.add_argument("year", type=int, help="年度 / fiscal year")
    yearbook.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")
    yearbook.set_defaults(run=_yearbook)

    fragment = commands.add_parser(
        "fragment",
        help="导出一份报告的正文和附件，供贴入门户系统 / one report for pasting into a CMS",
    )
    fragment.add_argument("report", metavar="县/镇/年度", help="如 shili/shilizhen/2022")
    fragment.add_argument("--out", help="写到这个 zip 文件（默认 build/fragments/）/ target")
    fragment.add_argument("--no-pdf", action="store_true", help="不附 PDF / leave the PDF out")
    fragment.set_defaults(run=_fragment)

    serve = commands.add_parser("serve", help="本机预览，改动即见 / live preview")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    search = commands.add_parser("search", help="搜索已生成的报告 / search what was built")
    search.add_argument(
        "words",
        nargs="+",
        help="文字或数字；也可写 三公经费:[20 TO 30]、支出合计:>1000、year:2022、town:归义镇、kind:table"
        " / words or numbers, fields and ranges",
    )
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=_search)

    _archive_commands(commands)

    rules = commands.add_parser("rules", help="列出全部规则 / list the rules")
    rules.add_argument("--lang", choices=("zh", "en"), default="zh")
    rules.set_defaults(run=_rules)

    explain = commands.add_parser("explain", help="说明一条规则，附例子 / explain a rule")
    explain.add_argument("rule", help="规则名，如 sum-differs / rule id")
    explain.add_argument("--lang", choices=("zh", "en"), default="zh")
    explain.set_defaults(run=_explain)

    schema = commands.add_parser(
        "schema", help="生成编辑器用的 JSON Schema / JSON Schemas for editors"
    )
    schema.add_argument("--out", help="写到这个文件夹（默认 schemas/）/ folder")
    schema.set_defaults(run=_schema)

    bench = commands.add_parser("bench", help="测量速度和体积 / measure speed and size")
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
    bench.set_defaults(run=_bench)
    return parser


def _archive_commands(commands: Any) -> None:
    """The commands of the archive: seal, correct, withdraw, verify, bag."""
    seal = commands.add_parser("seal", help="封存通过检查的报告为第一版 / seal reports that pass")
    seal.add_argument("names", nargs="*", metavar="县[/镇[/年]]", help="哪些报告 / which reports")
    seal.add_argument("--year", type=int, help="只封存这个年度 / this year only")
    seal.add_argument("--county", help="只封存这个县 / this county only")
    seal.add_argument("--all", action="store_true", help="全部报告 / all reports")
    seal.set_defaults(run=_seal)

    correct = commands.add_parser("correct", help="更正已封存的报告 / correct a sealed report")
    withdraw = commands.add_parser("withdraw", help="撤回已封存的报告 / withdraw a sealed report")
    for act, run in ((correct, _correct), (withdraw, _withdraw)):
        act.add_argument("name", metavar="县/镇/年", help="哪份报告 / which report")
        act.add_argument("--reason", default="", help="理由，会公开 / the reason, published")
        act.set_defaults(run=run)
    for act in (seal, correct, withdraw):
        act.add_argument("--date", help="日期（默认今天）/ date (default: today)")
        act.add_argument("--who", default="", help="责任者 / who is responsible")
    for act in (seal, correct):
        act.add_argument("--no-pdf", action="store_true", help="不生成、不封存 PDF / without PDFs")
        act.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")

    verify = commands.add_parser("verify", help="核验档案或已发布的文件 / verify the archive")
    verify.add_argument(
        "what", nargs="?", default="", help="县/镇/年、年度，或站点、移交包的文件夹 / what"
    )
    verify.add_argument("--pdf", action="store_true", help="把 PDF 重新排版再比较 / set PDFs anew")
    verify.add_argument("--jobs", type=int, default=0, help="并行进程数 / processes")
    verify.set_defaults(run=_verify)

    bag = commands.add_parser("bag", help="生成移交用的 BagIt 包 / make a BagIt bag")
    bag.add_argument("county", help="县（拼音）/ county")
    bag.add_argument("year", type=int, help="年度 / fiscal year")
    bag.add_argument("--out", default="dist", help="写到这个文件夹（默认 dist）/ folder")
    bag.set_defaults(run=_bag)


if __name__ == "__main__":
    sys.exit(main())
