"""What is said of a rule: on its page of the site, in the list of rules, and by `explain`."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

import pytest
from built import ROOT

from site_builder.__main__ import main
from site_builder.check import ALL_RULES
from site_builder.finding import Rule
from site_builder.rule_pages import (
    explanation,
    in_general,
    page_text,
    ran_examples,
    rule_list_html,
    rule_page_html,
    rule_path,
)
from site_builder.rules import CHECKING_RULES

RULES = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda r: r.id)
VOID = {"br", "hr", "img", "input"}


class Balanced(HTMLParser):
    """Fails on an end tag that closes nothing or something else."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.stack.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def balanced(html: str) -> None:
    parser = Balanced()
    parser.feed(html)
    assert parser.stack == []
    assert len(parser.ids) == len(set(parser.ids))


def section(html: str, id_: str) -> str:
    """One section of a page."""
    return html.partition(f'<h2 id="{id_}">')[2].partition("</section>")[0]


def test_what_a_rule_reports_reads_as_a_sentence() -> None:
    """Of its own example, not a template; the basis says what a standard means."""
    rule = next(rule for rule in ALL_RULES if rule.id == "sum-differs")
    html = rule_page_html(rule)
    said = re.sub(r"<[^>]+>", "", section(html, "what"))
    assert re.search(r"例如：“.+”写的是[\d.]+万元，分项之和为[\d.]+万元，相差", said)
    assert "…" not in said
    assert "每个数只算到它写出的那一位" in section(html, "basis")
    assert "每行左边是栏目" in section(html, "examples")


@RULES
def test_a_rules_page_is_made_from_the_rule(rule: Rule) -> None:
    """Title, sentence, remedy, reason and basis stand on it; no place is left to be filled in."""
    html = rule_page_html(rule)
    balanced(html)
    for words in (rule.title.zh, rule.id, rule.why.zh, rule.basis):
        assert escape(words) in html
    said = section(html, "what")
    found = next((f for one in ran_examples(rule) for f in one.findings if f.rule is rule), None)
    if found is None:
        assert escape(in_general(rule.says)) in said
        assert "…" not in said or "“…”处是" in said
    else:
        assert escape(found.message().rstrip("。")) in said
        assert "“…”" not in section(html, "remedy")
    assert not re.search(r"\{[a-z_]+\}", html.partition('id="examples"')[0])


@pytest.mark.parametrize("rule", CHECKING_RULES, ids=lambda r: r.id)
def test_a_page_shows_what_its_examples_give(rule: Rule) -> None:
    """Every finding's sentence, made by running the example; and that sound ones give none."""
    html = rule_page_html(rule)
    plain = re.sub(r"<[^>]+>", "", html)
    ran = list(ran_examples(rule))
    for one in ran:
        for finding in one.findings:
            assert escape(finding.message()) in html
    assert plain.count("没有发现。") == sum(not one.findings for one in ran)
    assert html.count("<mark>") == len({line for one in ran for line, _ in one.example.expected})


def test_the_list_leads_to_every_page() -> None:
    """Each rule once, with its results where they are given."""
    html = rule_list_html({"sum-differs": Counter({"pass": 7, "finding": 2})})
    balanced(html)
    links = re.findall(r'href="([^"]+)"', html)
    listed = [f"rules/{link}" for link in links if not link.startswith("#")]
    assert sorted(listed) == sorted(rule_path(r.id) for r in ALL_RULES)
    row = html.partition('href="sum-differs/')[2].partition("</tr>")[0]
    assert [int(n) for n in re.findall(r'<td class="n">(\d+)', row)] == [7, 2, 0]


@RULES
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_says_what_why_and_what_to_do(rule: Rule, lang: str) -> None:
    """In either language; with examples for every rule of checking."""
    said = explanation(rule, lang)
    assert said.startswith(rule.id)
    assert in_general(rule.remedy, lang) in said
    if rule in CHECKING_RULES:
        assert "⇒ 没有发现" in said if lang == "zh" else "⇒ nothing is found" in said
        assert f"← {rule.id}" in said


def test_explain_runs_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The finding's own words stand below the broken example."""
    assert main(["--root", str(ROOT), "explain", "sum-differs"]) == 0
    out = capsys.readouterr().out
    assert "⇒ “合计·决算数”写的是158.75万元，分项之和为153.75万元，相差5.00万元" in out


def test_explain_guesses_a_misspelt_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """And exits 2: the command was used wrongly."""
    assert main(["--root", str(ROOT), "explain", "sum-difers"]) == 2
    assert "是不是“sum-differs”" in capsys.readouterr().err


def test_what_the_findings_must_say_is_no_block_of_its_own() -> None:
    """The messages themselves stand below the example, on the page and at the terminal."""
    rule = next(r for r in CHECKING_RULES if "```text says" in page_text(r.id))
    for shown in (explanation(rule), rule_page_html(rule)):
        assert "says" not in shown
