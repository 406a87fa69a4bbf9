"""The commands that look: check, explain, rules, schema. Exit codes: 0 fine, 1 findings, 2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from site_builder.check import ALL_RULES, CheckRun
from site_builder.finding import LEVEL_NAMES, ReportKey, Words
from site_builder.library import read_by_county
from site_builder.output.github import write_github
from site_builder.output.json import write_json
from site_builder.output.junit import write_junit
from site_builder.output.results import write_coverage, write_results
from site_builder.output.sarif import write_sarif
from site_builder.output.text import print_text
from site_builder.project_check import check_project
from site_builder.selection import Selection, SelectionError, changed, named
from site_builder.suggest import suggestions, write_suggestions

LINKABLE = Words(
    "{count} 处数字可以链接到数据；没有改动任何文件",
    "{count} figures could be linked to data; no file was changed",
)
TRIED = Words(
    "{rules} 条规则：{planted} 条在数据里植入错误后报告，{example} 条以示例页核对，{failed} 条没有响",
    "{rules} rules: {planted} named a planted fault, {example} judged by their page, {failed} failed",
)


def check(options: argparse.Namespace, root: Path) -> int:
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
        print(LINKABLE.said(options.lang, {"count": f"{count}"}))
        return 0
    each = options.coverage or options.results
    checked = check_project(root, chosen, each=each, jobs=options.jobs)
    run = checked.run
    if options.coverage:
        sys.stdout.write(write_coverage(run.reports.values(), options.lang))
    elif options.results:
        sys.stdout.write(write_results(list(run.reports.values()), ALL_RULES, options.lang))
    else:
        _write(run, root, checked.files, options)
    return 1 if run.open or (options.strict and run.pending) else 0


def _named(root: Path, options: argparse.Namespace) -> Selection:
    """The reports of the files on the command line; all where none is named."""
    paths = [Path(p) for p in options.paths]
    return named(root, paths) if paths else Selection(root, None)


def _write(
    run: CheckRun, root: Path, files: dict[ReportKey, str], options: argparse.Namespace
) -> None:
    """The findings in the format asked for; formats for machines hold the explained ones too."""
    lang = options.lang
    shown = run.findings if options.all else (*run.open, *run.pending)
    if options.format == "text":
        print_text(shown, root, lang, sys.stdout, brief=not (options.all or options.strict))
        return
    written = {
        "json": lambda: write_json(run.findings, lang),
        "sarif": lambda: write_sarif(run.findings, ALL_RULES, lang),
        "junit": lambda: write_junit(run.findings, files, lang),
        "github": lambda: write_github(shown, lang),
    }
    sys.stdout.write(written[options.format]())


def _self(root: Path, lang: str) -> int:
    from site_builder.self_check import self_check, write_tried

    failed = 0
    counts: Counter[str] = Counter()
    for tried in self_check(root):
        counts[tried.how] += 1
        failed += tried.how == "failed"
        print(write_tried(tried, lang))
    told = {name: f"{counts[name]}" for name in ("planted", "example")}
    print(TRIED.said(lang, told | {"rules": f"{counts.total()}", "failed": f"{failed}"}))
    return 1 if failed else 0


def explain(options: argparse.Namespace, root: Path) -> int:  # noqa: ARG001 - one shape of command
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


def rules(options: argparse.Namespace, root: Path) -> int:  # noqa: ARG001 - one shape of command
    from site_builder.rule_pages import GROUPS

    for number, (_, subject, listed) in enumerate(GROUPS):
        print("\n" * bool(number) + subject.said(options.lang, {}))
        for rule in listed:
            level = LEVEL_NAMES[options.lang][rule.level]
            print(f"  {rule.id:<28}{level:<8}{rule.title.said(options.lang, {})}")
    return 0


def schema(options: argparse.Namespace, root: Path) -> int:
    from site_builder.schema import write_schemas

    names = write_schemas(root, Path(options.out) if options.out else root / "schemas")
    print("\n".join(names))
    return 0
