"""What a search finds, by reading everything and by Whoosh; the shards' files."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from built import library, site_entries
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.concepts import Concept
from site_builder.page import Page
from site_builder.search.amounts import also_called, names_of
from site_builder.search.hits import FIGURE_KINDS, KINDS, Entry, scan, words_of
from site_builder.search.near_names import apart, attempts, likeness, near, ranked, sounds
from site_builder.search.page_text import entries_of
from site_builder.search.postings import gathered
from site_builder.search.shard_files import Folder, packed
from site_builder.search.shards import Source, update_shards, write_shards
from site_builder.search.snippets import excerpt
from site_builder.search.word_index import answer, search_index, update_index
from site_builder.tokens import (
    BREAK,
    END_OF_ROW,
    LABEL,
    MARKS,
    folded,
    parse,
    required_terms,
    terms,
)
from site_builder.yaml_file import Text

GUIYI = Entry(
    "reports/miluo/guiyi/2022.html", "归义镇2022年度绩效评价报告", "", "page", "汨罗市", "归义镇",
    2022, "归义镇人民政府公开的报告。",
)  # fmt: skip
CARS = replace(
    GUIYI,
    url=f"{GUIYI.url}#s2",
    heading="二、“三公”经费",
    kind="narrative",
    text="厉行节约，公务用车运行维护费2.1万元。",
)
TABLE = replace(
    GUIYI,
    url=f"{GUIYI.url}#t1",
    heading="基础数据表",
    kind="table",
    text=BREAK.join(
        [f"“三公”经费{LABEL}", "27.5\x82", "25\x82", "24.75\x82", "公务接待费", "1,141.43"]
    ),
)
YINTIAN = Entry(
    "reports/changning/yintian/2021.html#s1", "荫田镇2021年度报告", "一、概况", "narrative",
    "常宁市", "荫田镇", 2021, "双季稻1.84万亩，三公经费共247500元，学习归义镇经验。",
)  # fmt: skip
ABOUT = Entry("about.html", "关于本站", "", "page", "", "", 0, "说明三公经费的口径。")
ENTRIES = [GUIYI, CARS, TABLE, YINTIAN, ABOUT]

# Reports before pages about checking and about the site, which hold the phrase whole or in their titles.
LATRINES = replace(
    YINTIAN, url=YINTIAN.url.replace("s1", "s2"), text="新建公共厕所3座，完成危房改造12户。"
)
OLD_LATRINES = replace(
    GUIYI, url="reports/miluo/guiyi/2012.html#s9", title="归义镇2012年度绩效评价报告",
    heading="九、改厕", kind="narrative", year=2012, text="厕所改造30户。",
)  # fmt: skip
TOWN = Entry("miluo/guiyi/index.html", "归义镇", "", "page", "汨罗市", "归义镇", 0, "各年度报告。")
CHECKED = replace(
    YINTIAN, url="changning/yintian/2021/checks/index.html#f1", title="荫田镇2021年度核对结果",
    heading="厕所改造数前后不一", kind="finding",
    text="一处写3座，一处写12户。",
)  # fmt: skip
RULE = Entry(
    "rules/count-twice/index.html", "厕所改造数前后不一", "", "page", "", "", 0,
    "count-twice · 错误；另见 cut-short",
)  # fmt: skip
OTHER_RULE = replace(
    RULE, url="rules/cut-short/index.html", title="厕所改造的数写短了",
    text="cut-short 看厕所改造；另见归义镇",
)  # fmt: skip
ORDERED = [RULE, OTHER_RULE, CHECKED, TOWN, LATRINES, OLD_LATRINES]
ORDERS = [
    ("厕所 改造", [OLD_LATRINES, LATRINES, RULE, OTHER_RULE, CHECKED]),
    ("厕所改造", [OLD_LATRINES, RULE, OTHER_RULE, CHECKED]),
    ("厕所改造数前后不一", [RULE, CHECKED]),  # what a rule is called
    ("cut-short", [OTHER_RULE, RULE]),  # and its name
    ("归义镇", [TOWN, OTHER_RULE]),
    ("归义镇 厕所", [OLD_LATRINES, OTHER_RULE]),
]

# The queries of the measurement in search.md, and what people type besides.
QUERIES = (
    """
三公经费|项目支出|归义镇|1532.11|党群服务驿站|空心房|双季稻|袁仇|41.4|公务接待费
人居环境整治|一般公共预算|机关运行经费|三会一课|10.7万元|2022年度部门整体支出|因公出国（境）
驻村工作队|耕地抛荒|高标准农田|义务献血|荫田镇|政府采购金额|村振|荒|三公 经费|“三公”经费
归义镇 三公经费|2866.89|2,866.89|2866.890|28668900|2022年|2022年 三公经费|5|0|镇|。|（|）》
乡鎮|預算績效|ＰＤＦ|xp|X|10.7|10.7 万元|78人|95%|桃江县 耕地|没有这个词|2021 砂田镇
三公经费 10.7|9.5 万元 接待|归义镇2022|92.39元|18.98
""".strip()
    .replace("\n", "|")
    .split("|")
)


# What was mistyped, and what is offered: names of places without 市 or 镇, of two characters too, names of
# concepts, words of the texts; and a name run together with words.
NEAR = [
    ("泪罗", "汨罗"),
    ("贵义", "归义"),
    ("鸬滋渡", "鸬鹚渡"),
    ("桂义镇", "归义镇"),
    ("三公精费", "三公经费"),
    ("双季到", "双季稻"),
    ("扶平", "扶贫"),
    ("归义镇三公经费", "归义镇 三公经费"),
    ("三公精费2022年", "三公经费 2022年"),  # apart it is found no more than as it was typed
    ("汨萝 三公精费", "汨罗 三公经费"),  # one character in each of two words
]
APART = [
    ("三公经费2022年", "三公经费 2022年"),
    ("三公经费2022", "三公经费 2022年"),
    ("2022三公经费", "2022年 三公经费"),
    ("２０２２年度「三公」经费", "2022年 「三公」经费"),
    ("“2022年”“三公”经费", "2022年 “三公”经费"),
    ("三公经费“2022年”", "三公经费 2022年"),
    ("归义镇2022年份三公经费", "归义镇 2022年 三公经费"),
    ("因公出国（境）2022年 归义镇", "因公出国（境） 2022年 归义镇"),
    ("2022年末", "2022年末"),
    ("2022年末人数", "2022年末人数"),
    ("2022年度表", "2022年度表"),
    ("2000人次", "2000人次"),  # amounts
    ("2000平方米", "2000平方米"),
    ("2022年6月24日", "2022年6月24日"),
    ("2021-2022年三公经费", "2021-2022年三公经费"),
    ("year:2022 接待", "year:2022 接待"),
    ("2022", "2022"),
    ("支出2866.89", "支出2866.89"),
    ("三公 经费", "三公 经费"),
]


def fragments(entries: Sequence[Entry], count: int) -> list[str]:
    """Pieces of the entries' texts as someone might copy them: characters, words and numbers."""
    chance = random.Random(1)
    phrases = {p for entry in entries for p in re.split("[\x7f-\x87]+", entry.text)}
    texts = sorted(phrase for phrase in phrases if len(phrase) > 14)
    found = []
    while len(found) < count:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 11)
        piece = text[start : start + chance.randint(2, 12)].strip()
        numbers = re.findall(r"[0-9][0-9,.]*[0-9]", text)
        if numbers and chance.random() < 0.3:
            found.append(chance.choice(numbers))
        elif len(re.findall("[一-鿿]", piece)) >= 2 and not re.search("[0-9]", piece):
            found.append(piece)
    return found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("三公经费", [CARS, TABLE, YINTIAN, ABOUT]),  # quotation marks do not count
        ("三公 经费", [CARS, TABLE, YINTIAN, ABOUT]),  # a space typed by habit
        ("归义镇", [GUIYI, YINTIAN]),  # a title stands for its page, not for each section
        ("归义镇 三公经费", [CARS, TABLE, YINTIAN]),  # but says what a section is about
        ("2021年 双季稻", [YINTIAN]),
        ("24.75万元", [TABLE, YINTIAN]),
        ("41.4", []),
        ("1141.43", [TABLE]),
        ("稻", [YINTIAN]),
        ("經費", [CARS, TABLE, YINTIAN, ABOUT]),
        ("三公”经费厉行", []),  # a heading and its text are no phrase
        ("", []),
        ("“”", []),
    ],
)
def test_what_is_found(query: str, found: list[Entry]) -> None:
    assert scan(ENTRIES, query) == found


def test_a_page_that_holds_every_term_is_found_by_the_first_entry_with_each() -> None:
    rice = replace(GUIYI, url=f"{GUIYI.url}#s3", heading="三、农业", text="双季稻2000亩。")
    more = replace(rice, url=f"{GUIYI.url}#s4", text="双季稻。")
    page = [GUIYI, CARS, TABLE, rice, more]
    assert scan(page, "双季稻 公务用车") == [CARS, rice]
    assert scan(page, "双季稻 2000") == [rice]
    assert scan(page, "双季稻 油菜") == []
    assert scan([*page, YINTIAN], "双季稻 公务用车") == [CARS, rice]  # each page by itself


def test_whoosh_finds_the_same_and_the_best_first(tmp_path: Path) -> None:
    entries = site_entries()
    update_index(entries, tmp_path)
    for query in [*QUERIES, *fragments(entries, 40)]:
        found = [hit.entry for hit in search_index(tmp_path, query, None)]
        assert len(found) == len(set(found))
        assert set(found) == set(scan(entries, query)), query


@pytest.mark.parametrize(("query", "found"), APART)
def test_a_year_run_together_with_words_is_taken_apart(query: str, found: str) -> None:
    assert apart(query) == found
    assert attempts(query, {}) == ([] if found == query else [found])
    assert len(parse(query).terms) == len(query.split())  # what is found for it is not touched


def test_a_year_is_taken_apart_only_where_nothing_is_found_anywhere(tmp_path: Path) -> None:
    together = replace(ABOUT, text="见《三公经费2022年决算》")
    update_index(ENTRIES, tmp_path)
    assert search_index(tmp_path, "三公经费2022年") == []
    found = answer(tmp_path, "三公经费2022年")
    assert (found.words, found.instead) == ("三公经费2022年", ("三公经费", "2022年"))
    assert found.hits == search_index(tmp_path, "三公经费 2022年") != []
    assert [h.entry for h in answer(tmp_path, "三公经费2022年 kind:table").hits] == [TABLE]
    assert answer(tmp_path, "没有这个词2022年") == ([], "没有这个词2022年", (), [], [])
    update_index([*ENTRIES, together], tmp_path)
    found = answer(tmp_path, "三公经费2022年")
    assert ([h.entry for h in found.hits], found.instead) == ([together], ())
    found = answer(
        tmp_path, "三公经费2022年 kind:table"
    )  # it stands on the site, though in no table
    assert (found.hits, found.instead) == ([], ())


def test_one_wrong_character_is_proposed(tmp_path: Path) -> None:
    update_index(site_entries(), tmp_path, names=names_of(library()))
    for typed, name in NEAR:
        found = answer(tmp_path, typed)
        assert (found.hits, found.instead) == ([], ()), typed  # nothing is found in its stead
        assert name in found.meant, typed
        assert answer(tmp_path, name).hits, name
    assert answer(tmp_path, "year:2022 泪罗").meant == ["year:2022 汨罗"]
    assert "归义镇" in answer(tmp_path, "gyz").meant
    assert answer(tmp_path, "三公经费").meant == []
    assert answer(tmp_path, "xyz").meant == []
    assert answer(tmp_path, "“”").meant == []


def test_words_that_sound_alike_are_proposed_before_others() -> None:
    assert likeness("双季到", "双季稻") == 2
    assert likeness("扶平", "扶贫") == 1
    assert likeness("泪罗", "汨罗") == 0
    assert ranked("扶平", {"水平": 9, "扶持": 8, "扶贫": 1}) == ["扶贫"]
    assert ranked("荫天", {"荫一": 1, "荫二": 2, "荫三": 3, "荫四": 4}) == ["荫四", "荫三", "荫二"]
    names = sounds(["归义镇", "桂义镇", "公务接待费"])
    assert near("贵义镇", names) == ["归义镇", "桂义镇"]
    assert near("归义镇", names) == []  # there it is
    assert near("gwjd", names) == ["公务接待费"]


def test_a_name_is_found_by_what_else_it_is_called(tmp_path: Path) -> None:
    """Where that is nowhere; else it is offered: what is found holds what was typed."""
    also = also_called(library())
    assert also["招待费"] == ["公务接待费"]  # what clerks call it everywhere
    assert "公务接待" not in also  # part of the name
    update_index(ENTRIES, tmp_path, also=also)
    for typed, instead in (
        ("招待费", ("公务接待费",)),
        ("招待费 归义镇", ("公务接待费", "归义镇")),
        ("招待费2022年", ("公务接待费", "2022年")),
    ):
        found = answer(tmp_path, typed)
        assert ([h.entry for h in found.hits], found.instead) == ([TABLE], instead)
        assert found.also == []
    stated = replace(ABOUT, text="招待费从紧。")
    update_index([*ENTRIES, stated], tmp_path, also=also)
    found = answer(tmp_path, "招待费")
    assert ([h.entry for h in found.hits], found.instead) == ([stated], ())
    assert found.also == ["公务接待费"]
    concepts = {"公务接待费": Concept(Text("示例"), aliases=(Text("伙食"),))}
    assert also_called(replace(library(), concepts=concepts))["伙食"] == ["公务接待费"]  # 又名
    assert attempts("伙食", {"伙食": ["公务接待费", "会议费"]}) == []  # it could be either


def test_title_before_heading_before_figure_before_mention(tmp_path: Path) -> None:
    update_index(ENTRIES, tmp_path)
    assert [h.entry for h in search_index(tmp_path, "归义镇")] == [GUIYI, YINTIAN]
    assert [h.entry for h in search_index(tmp_path, "三公经费")] == [CARS, TABLE, YINTIAN, ABOUT]
    assert [h.entry for h in search_index(tmp_path, "24.75万元")] == [TABLE, YINTIAN]
    assert [h.entry for h in search_index(tmp_path, "三公经费 county:常宁市")] == [YINTIAN]
    assert [h.entry for h in search_index(tmp_path, "三公经费 kind:page")] == [ABOUT]
    assert [h.entry for h in search_index(tmp_path, "三公经费", 1)] == [CARS]
    assert search_index(tmp_path, "24.75万元")[0].excerpt == (
        "“三公”经费 | 27.5 | 25 | 【24.75】 | 公务接待费 | 1,141.43"
    )


@pytest.mark.parametrize(("query", "found"), ORDERS)
def test_reports_before_rules_and_checks_unless_they_are_called_so(
    tmp_path: Path, query: str, found: list[Entry]
) -> None:
    update_index(ORDERED, tmp_path)
    assert [h.entry.url for h in search_index(tmp_path, query)] == [e.url for e in found]


def test_only_pages_that_changed_are_indexed_again(tmp_path: Path) -> None:
    assert update_index(ENTRIES, tmp_path) == (5, 0)
    assert update_index(ENTRIES, tmp_path) == (0, 0)
    changed = replace(CARS, text="公务用车3辆。")
    assert update_index([GUIYI, changed, TABLE, ABOUT], tmp_path) == (3, 2)
    assert [h.entry for h in search_index(tmp_path, "公务用车")] == [changed]
    assert search_index(tmp_path, "双季稻") == []
    assert update_index([GUIYI, changed, TABLE, ABOUT], tmp_path) == (0, 0)


def test_an_index_of_another_analysis_is_made_anew(tmp_path: Path) -> None:
    update_index(ENTRIES, tmp_path)
    (tmp_path / "pages.json").write_text('{"analysis": "old"}')
    assert update_index(ENTRIES, tmp_path) == (5, 0)


def test_an_excerpt_shows_the_first_match() -> None:
    text = "开头" * 30 + "严控“三公”经费，" + "后文" * 60
    said = excerpt(replace(CARS, text=text), parse("三公经费"))
    assert said.startswith("…")
    assert "严控“【三公”经费】，" in said
    title = replace(CARS, text=f"只在{BREAK}标题里{LABEL}{BREAK}2{MARKS['元']}")
    assert excerpt(title, parse("三公经费")) == "只在 标题里 2"
    assert excerpt(replace(title, kind="table"), parse("标题")) == "只在 | 【标题】里 | 2"


def table(html: str) -> Entry:
    caption = '<caption><span id="t">表</span></caption>'
    page = Page("p/index.html", "页", f"<h1>页</h1><table>{caption}{html}</table>", year=2022)
    return entries_of(page)[1]


BLANKS = '<td class="n">—<span class="vh">未填报</span></td>'
BUDGETS = table(
    '<thead><tr><th scope="col">项目</th><th scope="col">预算数</th><th scope="col">决算数</th></tr></thead>'
    '<tr><th scope="row">公务接待费</th><td class="n" data-unit="万元">10</td>'
    '<td class="n" data-unit="万元">9.5</td></tr>'
    f'<tr><th scope="row">公务用车购置费：</th>{BLANKS}{BLANKS}</tr>'
    f'<tr><th scope="row">会议费</th>{BLANKS}<td class="n" data-unit="万元">0.3</td></tr>'
    '<tr><th scope="row">说明</th><td>另行公布</td></tr>'
)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("公务接待费", "【公务接待费】：预算数 10万元，决算数 9.5万元"),
        ("9.5万元", "公务接待费：决算数 【9.5】万元"),  # of a figure, its column only
        ("会议费", "【会议费】：决算数 0.3万元"),  # what is blank is not said
        ("公务用车购置费", "【公务用车购置费】：未填报"),  # unless all is
        ("决算数", "公务接待费：【决算数】 9.5万元；会议费：【决算数】 0.3万元"),
        ("另行", "说明：【另行】公布"),  # of a row that is cut otherwise no column is named
        ("表", "公务接待费：预算数 10万元，决算数 9.5万元；会议费：决算数 0.3万元；说明：另行公布"),
        ("会议费 未填报", "【会议费】：预算数 【未填报】"),
    ],
)
def test_an_excerpt_of_a_table_is_labels_and_values(query: str, said: str) -> None:
    assert excerpt(BUDGETS, parse(query)).startswith(said)


YEARS = table(
    '<thead><tr><th scope="col" rowspan="2">项目</th><th scope="colgroup" colspan="2">2021年</th>'
    '<th scope="colgroup" colspan="2">2022年</th><th scope="col" rowspan="2">增长<span class="sub">%</span></th></tr>'
    '<tr><th scope="col">预算</th><th scope="col">决算</th><th scope="col">预算</th>'
    '<th scope="col">决算</th></tr></thead>'
    '<tr class="subject"><th colspan="6" scope="rowgroup">经费</th></tr>'
    f'<tr><th scope="row">会议费<span class="sub">千元</span></th><td class="n">1</td><td class="n">2</td>{BLANKS}'
    '<td class="n">3</td><td class="n" data-unit="">-8.54%</td></tr>'
)
STAFF = table(
    '<tr><th scope="col">镇</th><th scope="col">在职人数<span class="sub">人</span></th><th scope="col">面积(亩)</th>'
    '<th scope="col">备注</th></tr>'
    f'<tr><th scope="row">示例镇</th><td class="n">78</td><td class="n">20</td>{BLANKS}</tr>'
)


@pytest.mark.parametrize(
    ("entry", "query", "said"),
    [
        (
            YEARS,
            "会议费",
            "【会议费】：2021年 预算 1千元，2021年 决算 2千元，2022年 决算 3千元，增长 -8.54%",
        ),
        (YEARS, "2022年", "会议费：【2022年】 决算 3千元"),
        (STAFF, "示例镇", "【示例镇】：在职人数 78人，面积(亩) 20"),
        (STAFF, "备注", "示例镇：【备注】 未填报"),
    ],
)
def test_an_excerpt_names_columns_of_two_lines_and_units_of_heads(
    entry: Entry, query: str, said: str
) -> None:
    assert excerpt(entry, parse(query)) == said


def test_heads_that_may_stand_otherwise_name_nothing() -> None:
    """Two lines of heads of which not all lower ones stand below a wider one."""
    odd = table(
        '<thead><tr><th scope="col">项目</th><th scope="colgroup" colspan="2">2021年</th><th scope="col">2022年</th>'
        '</tr><tr><th scope="col">预算</th><th scope="col">决算</th><th scope="col">决算</th></tr></thead>'
        '<tr><th scope="row">会议费</th><td class="n">1</td><td class="n">2</td><td class="n">3</td></tr>'
    )
    assert excerpt(odd, parse("会议费")) == "【会议费】：1，2，3"


def test_no_excerpt_is_a_string_of_dashes() -> None:
    """Of no table on the site, whatever it was found by."""
    for entry in site_entries():
        if entry.kind in FIGURE_KINDS and END_OF_ROW in entry.text:
            said = excerpt(entry, parse("没有这个词"))
            assert said, entry.url
            assert "—" not in said.split("，"), entry.url
            assert said.count("未填报") <= 8, (entry.url, said)
            assert not re.search(r"未填报[，；|：— ]+未填报", said), (entry.url, said)


# ---- terms, gathered from many entries at once ----


def assert_gathered(entries: Sequence[Entry]) -> None:
    """The lists of each term are those that the definition gives, entry by entry."""
    own, ranks, context = gathered([[entry] for entry in entries])
    for number, entry in enumerate(entries):
        words = words_of(entry)
        held = {term for term in own if number in own[term]}
        labels = {t for t in held if t in ranks and number in [own[t][rank] for rank in ranks[t]]}
        about = {term for term in context if number in context[term]}
        said = (terms(words.own), terms(words.label), terms(words.context))
        assert (held, labels, about) == said, entry


def test_gathered_terms_are_those_of_each_entry() -> None:
    assert_gathered(ENTRIES)
    assert_gathered(site_entries()[::40])


@pytest.mark.parametrize(
    "text",
    [
        "３５.５万元，2022，123人",  # full-width digits are found by folding only
        "合计5…6，3.5…5.5，1．5亿，5.．6",  # points that fold out of others, beside numbers
        "10 万元、10“万”元、十10.0000萬元",  # what a number is united with
        "12.", ".5", "①2", "1,234,56", "2022.6.24千元",
        f"支出{LABEL}{BREAK}2,866.890\x82{BREAK}{BREAK}万元{LABEL}",
    ],
)  # fmt: skip
def test_gathered_terms_of_odd_phrases(text: str) -> None:
    assert_gathered([replace(CARS, text=text), replace(CARS, heading=text.partition(BREAK)[0])])


WORDS = st.text("“三公 ,.．…，01２元万萬\u200b①\x7f\x84", max_size=20)
UNITED = st.builds(
    str.join, st.sampled_from(["3\x82", "0.50\x80", "，1,234\x83\x7f"]), st.lists(WORDS)
)


@given(st.lists(WORDS | UNITED, min_size=1, max_size=4))
def test_gathered_terms_of_any_phrases(texts: list[str]) -> None:
    assert_gathered([replace(CARS, text=text) for text in texts])


YEARS_TOLD = st.lists(
    st.sampled_from(
        [
            "2022",
            "1998年",
            "2022.6.24",
            "2022.5",
            "2,022",
            "2022,2023",
            "20225",
            "3",
            ".",
            ",",
            " ",
            "“",
        ]
    )
    | st.text("费“ ,.．，２万①\u200b\x7f\x84\x86", max_size=5),
    max_size=9,
).map("".join)


@settings(max_examples=1000)
@given(st.lists(YEARS_TOLD, min_size=1, max_size=3))
def test_gathered_terms_of_years_with_what_stands_before_them(texts: list[str]) -> None:
    assert_gathered([replace(CARS, text=text) for text in texts])


def test_a_year_and_the_character_before_it_are_a_term() -> None:
    said = terms(folded("“三公”经费 2022年；支出2022.5万元；1,2022"))
    assert {term for term in said if term[1:].startswith(("2", "22"))} >= {
        "费2022/2022",
        ",2022/2022",
    }
    assert "出20225/2022.5" not in said  # no year
    assert "费2022/2022" in required_terms(folded("三公经费2022年"))
    assert terms(folded("三公经费2022年")) == {
        "三公",
        "公经",
        "经费",
        "费",
        "年",
        "2022/2022",
        "费2022/2022",
    }


# ---- the shards' files; test_search_browser.py searches them ----


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in paths
    }


def texts_in(folder: Path) -> Iterator[Entry]:
    """The entries whose texts lie in t/, as a browser reads them."""
    scripts = Folder(folder)
    for path in (folder / "t").rglob("*.js"):
        name = path.relative_to(folder).with_suffix("").as_posix()
        url, title, county, town, year, rows = scripts.read(name)
        for anchor, heading, kind, text in rows:
            at = f"{url}#{anchor}" if anchor else url
            yield Entry(at, title, heading, KINDS[kind], county, town, year, text)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_shards(site_entries(), tmp_path)
    assert sorted(texts_in(tmp_path), key=repr) == sorted(site_entries(), key=repr)


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    write_shards(ENTRIES, tmp_path / "a")
    write_shards(iter(ENTRIES), tmp_path / "b")
    a, b = snapshot(tmp_path / "a"), snapshot(tmp_path / "b")
    assert {name: raw for name, (_, raw) in a.items()} == {
        name: raw for name, (_, raw) in b.items()
    }
    assert all(raw.startswith(b'siteSearch.add("') for _, raw in a.values())


def test_an_unchanged_file_is_left_alone_and_a_stale_one_removed(tmp_path: Path) -> None:
    write_shards(ENTRIES, tmp_path, part_entries=1)
    before = snapshot(tmp_path)
    write_shards(ENTRIES, tmp_path, part_entries=1)
    assert snapshot(tmp_path) == before
    write_shards([GUIYI, CARS, TABLE, YINTIAN], tmp_path, part_entries=1)
    after = snapshot(tmp_path)
    assert "t/0/-/0-0.js" in before.keys() - after.keys()
    assert not (tmp_path / "t" / "0").exists()
    assert after["p/2021/0.js"] == before["p/2021/0.js"]
    assert after["t/2022/reports/0-0.js"] == before["t/2022/reports/0-0.js"]


def unread() -> Sequence[Entry]:
    raise AssertionError("a county that did not change is read")


def test_a_county_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    """And the shards are those of a first run."""
    changed = [GUIYI, replace(CARS, text="公务用车3辆。")]
    site, notes = tmp_path / "site", tmp_path / "notes"
    changning = Source("changning", "1", lambda: [YINTIAN])
    update_shards([Source("miluo", "1", lambda: [GUIYI, CARS, TABLE]), changning], site, notes)
    kept = Source("changning", "1", unread)
    update_shards([Source("miluo", "2", lambda: changed), kept], site, notes)
    again, fresh = snapshot(site), tmp_path / "fresh"
    update_shards([Source("miluo", "2", lambda: changed), changning], fresh, tmp_path / "other")
    assert {name: raw for name, (_, raw) in again.items()} == {
        name: raw for name, (_, raw) in snapshot(fresh).items()
    }
    update_shards([kept], site, notes)  # the other county is gone
    assert sorted(path.name for path in notes.iterdir()) == ["changning.note"]
    assert not (site / "t" / "2022").exists()


@pytest.mark.parametrize("damage", ["note", "text", "term", "head", "half", "all"])
def test_what_was_lost_of_the_shards_is_made_again(tmp_path: Path, damage: str) -> None:
    site, notes = tmp_path / "site", tmp_path / "notes"
    sources = [Source("miluo", "1", lambda: ENTRIES)]
    update_shards(sources, site, notes)
    before = snapshot(site)
    if damage == "note":
        (notes / "miluo.note").write_bytes(b"cos\n")
    elif damage == "text":
        (site / "t" / "2022" / "miluo" / "0-0.js").unlink()
    elif damage == "term":
        (site / "p" / "2021-2022" / "0.js").unlink()
    elif damage == "head":
        (site / "p" / "2021-2022" / "head.js").unlink()
    elif damage == "half":
        head = site / "p" / "2021-2022" / "head.js"
        head.write_bytes(head.read_bytes()[:60])
    else:
        shutil.rmtree(site)
    update_shards(sources, site, notes)
    assert {name: raw for name, (_, raw) in snapshot(site).items()} == {
        name: raw for name, (_, raw) in before.items()
    }


@pytest.mark.parametrize("writes", range(1, 5))
def test_a_run_that_was_killed_leaves_no_head_over_shards_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """What it was about is taken back, and the shards are those of before."""
    write_shards(ENTRIES, tmp_path, shard_bytes=300)
    before = snapshot(tmp_path)
    write, left = Folder.write, [writes]

    def killed(folder: Folder, name: str, version: str, data: object) -> bytes:
        if name.startswith("p/"):
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
        return write(folder, name, version, data)

    changed = [replace(entry, text=f"另有说明{entry.text}") for entry in ENTRIES]
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            write_shards(changed, tmp_path, shard_bytes=300)
    write_shards(ENTRIES, tmp_path, shard_bytes=300)
    assert {name: raw for name, (_, raw) in snapshot(tmp_path).items()} == {
        name: raw for name, (_, raw) in before.items()
    }


def test_years_are_put_together_from_the_oldest(tmp_path: Path) -> None:
    entries = [replace(CARS, url=f"r/{y}.html", year=y) for y in range(2015, 2024)]
    write_shards(entries, tmp_path, part_entries=4)
    folders = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert folders == ["2015-2018", "2019-2022", "2023"]


def test_a_large_year_is_cut_between_counties(tmp_path: Path) -> None:
    entries = [
        replace(CARS, url=f"{county}/{n}.html", county=county) for county in "abc" for n in range(3)
    ]
    write_shards([*entries, ABOUT], tmp_path, part_entries=5)
    folders = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert folders == ["0", "2022.1", "2022.2", "2022.3"]
    assert (tmp_path / "w" / "head.js").exists()  # so many parts that it pays to ask which


def test_no_file_is_larger_than_asked_for(tmp_path: Path) -> None:
    write_shards(site_entries(), tmp_path, shard_bytes=9000)
    sizes = [path.stat().st_size for path in (tmp_path / "p").rglob("[0-9]*.js")]
    assert len(sizes) > 5
    assert max(sizes) < 9100


def test_numbers_are_packed_in_digits_of_45() -> None:
    assert packed([0, 1, 44]) == "#$O"
    assert packed([45]) == "P$"
    assert "\\" not in packed(range(3000))
    assert '"' not in packed(range(3000))
