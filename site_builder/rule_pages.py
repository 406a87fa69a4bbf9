"""A page for each rule, made from the rule itself and from the examples that are its tests.

What an example is said to give is what it gives: the finding's words are made by running it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

import markdown

from site_builder.acknowledge import ACKNOWLEDGEMENT_RULES
from site_builder.check import ALL_RULES
from site_builder.examples import BLOCK, EXPECTED, PAGES, Example, examples, run_example
from site_builder.finding import LEVEL_NAMES, Finding, Rule, Words
from site_builder.reading_rules import READING_RULES
from site_builder.rules import SUBJECTS
from site_builder.table_frame import framed

# What a fenced block is, by the word behind its language.
BLOCK_NAMES: dict[tuple[str, str], Words] = {
    ("yaml", "form"): Words("表单", "form"),
    ("yaml", "data"): Words("数据", "data"),
    ("yaml", "concepts"): Words("概念", "concepts"),
    ("yaml", "profile"): Words("口径", "profile"),
    ("yaml", "ratios"): Words("比率", "ratios"),
    ("yaml", "plausibility"): Words("合理范围", "ranges"),
    ("yaml", "head"): Words("报告头", "head of the report"),
    ("yaml", "before"): Words("上年数据", "data of the year before"),
    ("yaml", "neighbour"): Words("邻镇数据", "data of a neighbouring town"),
    ("markdown", ""): Words("正文", "narrative"),
    ("markdown", "before"): Words("上年正文", "narrative of the year before"),
    ("markdown", "neighbour"): Words("邻镇正文", "narrative of a neighbouring town"),
}
GROUPS: tuple[tuple[str, Words, tuple[Rule, ...]], ...] = (
    *SUBJECTS,
    ("reading", Words("读取", "Reading"), READING_RULES),
    ("explaining", Words("公开说明", "Explaining"), ACKNOWLEDGEMENT_RULES),
)
HOW_TO_READ = (
    '<p class="note">例子照录入时的样子写：每行左边是栏目，冒号后面是填的内容；'
    "标亮的一行是核对程序指出的地方，下面是它说的话。</p>"
)
_PLACE = re.compile(r"\{[a-z_0-9]+\}")
# Words that only some findings have; a sentence without them reads well.
_SOMETIMES = re.compile(r"\{(?:guess_zh|guess_en|unscored)\}")


@dataclass(frozen=True)
class Ran:
    """An example of a rule's page and what running it gave."""

    example: Example
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Name and text of its blocks, in the order of the page."""
        listed = sorted(self.example.blocks.items(), key=lambda item: item[1][1])
        return [(name, text) for name, (text, _) in listed]


@cache
def page_text(rule_id: str) -> str:
    """The written page of a rule; empty when it has none (rules of form need none)."""
    path = PAGES / f"{rule_id}.md"
    return path.read_text("utf-8") if path.exists() else ""


def ran_examples(rule: Rule) -> Iterator[Ran]:
    """The examples of a rule's page, each with its findings."""
    for example in examples(page_text(rule.id), rule.id):
        yield Ran(example, run_example(example))


def rule_path(rule_id: str) -> str:
    """The address of a rule's page below the site's root."""
    return f"rules/{rule_id}/index.html"


def in_general(words: Words, lang: str = "zh") -> str:
    """A rule's sentence as it stands for any finding: … where a finding has its own words."""
    said = words.zh if lang == "zh" else words.en
    return _PLACE.sub("…", _SOMETIMES.sub("", said))


# -- the site --------------------------------------------------------------------------------


def rule_list_html(results: Mapping[str, Counter[str]] | None = None) -> str:
    """The body of rules/index.html: every rule by subject, with its results where they are given.

    `results` are counts of pass, finding and not-applicable by rule id, over all reports.
    """
    out = [
        "<h1>核对规则</h1>",
        f"<p>现有 {len(ALL_RULES)} 条规则。每条规则都有一页，写明检查什么、为什么、依据和怎么办；"
        "页上的例子就是规则的测试，例下的话由核对程序当场说出。</p>",
    ]
    for id_, title, rules in GROUPS:
        counted = None if id_ in ("reading", "explaining") else results
        heads = ["规则", "级别", *(("相符", "发现", "不适用") if counted is not None else ())]
        cells = "".join(
            f'<th scope="col"{" class=" + chr(34) + "n" + chr(34) if n > 1 else ""}>{head}</th>'
            for n, head in enumerate(heads)
        )
        rows = "".join(_row(rule, counted) for rule in rules)
        table = framed(
            id_,
            f"{title.zh}（{len(rules)} 条）",
            f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody>",
            kind="grid rules",
        )
        out.append(f'<h2 id="{id_}">{title.zh}</h2>{table}')
    return "".join(out)


def _row(rule: Rule, results: Mapping[str, Counter[str]] | None) -> str:
    counts = ""
    if results is not None:
        mine = results.get(rule.id, Counter())
        counts = "".join(
            f'<td class="n">{mine[name]}</td>' for name in ("pass", "finding", "not-applicable")
        )
    return (
        f'<tr><th scope="row" class="c1"><a href="{rule.id}/index.html">{escape(rule.title.zh)}</a>'
        f" <code>{rule.id}</code></th>"
        f'<td><span class="level {rule.level}">{LEVEL_NAMES["zh"][rule.level]}</span></td>{counts}</tr>'
    )


@cache
def rule_page_html(rule: Rule) -> str:
    """The body of a rule's page; it follows from the rule alone, so a preview makes it once."""
    must = ""
    if rule.form:
        must = "书写上的问题，必须更正，不能用“认可”说明。"
    elif "认可" not in rule.remedy.zh:
        must = "原件如此的，可以保留原数，在“认可”中公开说明。"
    level = LEVEL_NAMES["zh"][rule.level]
    found = next((f for one in ran_examples(rule) for f in one.findings if f.rule is rule), None)
    parts = [
        f"<h1>{escape(rule.title.zh)}</h1>"
        f'<p class="lead"><code>{rule.id}</code> · <span class="level {rule.level}">{level}</span>'
        f" · 自 {escape(rule.since)} 版起</p>",
        _section("what", "什么情况会报告", f"<p>{_told_by_example(rule, found)}</p>"),
    ]
    if rule.why.zh:
        parts.append(_section("why", "为什么", f"<p>{escape(rule.why.zh)}</p>"))
    whole = found is None or not _PLACE.search(rule.remedy.zh)
    remedy = in_general(rule.remedy) if whole else f"如上例：{found.remedy()}"  # type: ignore[union-attr]
    parts.append(_section("remedy", "怎么办", f"<p>{escape(remedy.rstrip('。'))}。{must}</p>"))
    if rule.basis:
        parts.append(_section("basis", "依据", f"<p>{escape(rule.basis)}</p>"))
    if shown := "".join(_shown_page(rule)):
        parts.append(_section("examples", "例子", HOW_TO_READ + shown))
    return "".join(parts)


def _told_by_example(rule: Rule, found: Finding | None) -> str:
    """What a rule reports in a sentence that can be read: that of an example, where it has one."""
    if found is not None:
        return f"{escape(rule.title.zh)}。例如：{escape(found.message().rstrip('。'))}。"
    general = in_general(rule.says)
    if general == rule.says.zh:
        return f"{escape(general)}。"
    return f"{escape(rule.title.zh)}。报告时这样写，“…”处是当时的名称和数：{escape(general)}。"


def _section(id_: str, title: str, html: str) -> str:
    return f'<section aria-labelledby="{id_}"><h2 id="{id_}">{title}</h2>{html}</section>'


def _shown_page(rule: Rule) -> Iterator[str]:
    """The written page: its words, its blocks with the marked lines, and what was found in each."""
    text = page_text(rule.id)
    ran = {_last_line(one.example): one for one in ran_examples(rule)}
    end = 0
    for match in BLOCK.finditer(text):
        yield _prose(text[end : match.start()])
        end = match.end()
        if match[2] != "says":  # what the findings say stands below
            yield _block(_block_name(match[1], match[2] or "", "zh"), match[3])
        one = ran.get(text.count("\n", 0, match.start(3)) + 1)
        if one is not None:
            yield _said(one.findings)
    yield _prose(text[end:])


def _last_line(example: Example) -> int:
    """Where the last block that is the example's own begins."""
    return max(line for _, line in example.blocks.values())


def _block_name(language: str, name: str, lang: str) -> str:
    known = BLOCK_NAMES.get((language, name))
    return known.said(lang, {}) if known else f"{language} {name}".strip()


def _prose(text: str) -> str:
    """Words between blocks; the page's own title is the rule's id and is left out."""
    words = re.sub(r"\A# .*\n", "", text)
    return markdown.markdown(re.sub(r"^##(?=[# ])", "###", words, flags=re.M))


def _block(name: str, text: str) -> str:
    lines = []
    for line in text.rstrip("\n").split("\n"):
        plain = escape(EXPECTED.sub("", line), quote=False)
        lines.append(f"<mark>{plain}</mark>" if EXPECTED.search(line) else plain)
    code = "\n".join(lines)
    return (
        f'<figure class="example"><figcaption>{name}</figcaption>'
        f'<pre tabindex="0"><code>{code}</code></pre></figure>'
    )


def _said(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return '<p class="example-ok">没有发现。</p>'
    items = "".join(
        f'<li class="finding {f.level}"><p><span class="level">{LEVEL_NAMES["zh"][f.level]}</span> '
        f"{escape(f.rule.title.zh)}</p><p>{escape(f.message())}</p>"
        f'<p class="remedy">{escape(f.remedy())}</p></li>'
        for f in findings
    )
    return f'<ol class="findings">{items}</ol>'


# -- the terminal ----------------------------------------------------------------------------


def explanation(rule: Rule, lang: str = "zh") -> str:
    """A rule for a person at a terminal: what, why, basis, remedy, a broken and a sound example."""
    zh = lang == "zh"
    level = LEVEL_NAMES[lang][rule.level]
    title = rule.title.zh if zh else rule.title.en
    since = f"自 {rule.since} 版起" if zh else f"since {rule.since}"
    kind = ""
    if rule.form:
        kind = " · 必须更正" if zh else " · must be mended"
    parts = [
        ("检查什么" if zh else "What it finds", in_general(rule.says, lang)),
        ("为什么" if zh else "Why", rule.why.zh if zh else rule.why.en),
        ("依据" if zh else "Basis", rule.basis),
        ("怎么办" if zh else "What to do", in_general(rule.remedy, lang)),
    ]
    out = [f"{rule.id} · {title} · {level} · {since}{kind}\n"]
    out += [f"\n{head}\n  {said}\n" for head, said in parts if said]
    ran = list(ran_examples(rule))
    broken = next((r for r in ran if rule.id in {id_ for _, id_ in r.example.expected}), None)
    sound = next((r for r in ran if not r.example.broken), None)
    if broken is not None:
        out.append(f"\n{'有误的例子' if zh else 'A broken example'}\n{_as_text(broken, lang)}")
    if sound is not None:
        out.append(f"\n{'正确的例子' if zh else 'A sound example'}\n{_as_text(sound, lang)}")
    return "".join(out)


def _as_text(ran: Ran, lang: str) -> str:
    out = []
    for name, text in ran.blocks:
        if name == "says":
            continue
        words, _, whose = name.partition(" ")
        block = ("markdown", whose) if words == "words" else ("yaml", name)
        said = _block_name(*block, lang)
        body = "".join(f"    {line}\n" for line in EXPECTED.sub(_arrow, text).rstrip().split("\n"))
        out.append(f"  {said}:\n{body}")
    for finding in ran.findings:
        out.append(f"  ⇒ {finding.message(lang)}\n    → {finding.remedy(lang)}\n")
    if not ran.findings:
        out.append("  ⇒ 没有发现\n" if lang == "zh" else "  ⇒ nothing is found\n")
    return "".join(out)


def _arrow(match: re.Match[str]) -> str:
    return f"   ← {match[1]}"
