"""The page 名词解释: what a figure means, which number of it is meant, and the words of the site itself.

Concepts are those of data/concepts.yaml; bases and words are the program's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from site_builder.concepts import BASES, Concept
from site_builder.markup import escape
from site_builder.other_names import other_names
from site_builder.page import Page, crumbs_of

GLOSSARY = ("名词解释", "terms/index.html")
BASES_MEAN = {
    "上年决算": "上一年度的决算数，写在本年的报告里供对照。",
    "年初预算": "年初批准的预算数，没有算进年中的追加和调减。",
    "全年预算": "年初预算加上年中追加、减去年中调减以后的数，也叫调整预算数。",
    "决算": "一年里实际收到或支出的数，年度结束以后编报。",
    "年末": "年度最后一天的数，如人数、车辆、资产。",
    "自评": "单位给自己评的分数或等级。",
}
WORDS = {
    "口径": "一个数是怎么算的、指的是哪一个：同叫支出，年初预算和决算是两个数；同叫结转结余率，各地的公式也可能不同。"
    "口径不同的数不能直接比较，本站不把它们相加。",
    "未填报": "报告里有这一栏，但没有填。本站写作“—”，不当作零。",
    "核对发现": "报告公布的内容之间不一致的地方，由程序按公开的规则找出。只说明写的不一致，不等于认定违规。",
    "错误、警告、提示": "核对发现的三个级别：错误是数字或文字明显对不上，"
    "警告是很可能有误、需要核对，提示是值得说明一句。",
    "公开说明": "发布单位对一处核对发现的说明，写明日期和有效期。原件就是那样写的，保留原数，加以说明。",
    "覆盖率": "公布的数里，有规则能拿别的数同它核对的占多少。没有核对到的数不等于正确。",
    "收录": "本站录入了的报告。没有写明名录列全了的县，收录几个镇就说几个镇，不当作全县。",
    "封存、更正": "报告发布后封存成一版，不再改动；发现有误时更正另出一版，旧版保留，两版的差别列在页面上。",
}
MOST_NAMES = 4  # other names of a concept


def glossary_page(concepts: Mapping[str, Concept]) -> Page:
    """The page; each word is an anchor of its own, to be linked to and found."""
    bases = "".join(_word(name, escape(BASES_MEAN[name])) for name in BASES)
    words = "".join(_word(name, escape(said)) for name, said in WORDS.items())
    meant = "".join(_word(name, _meaning(name, c, concepts)) for name, c in concepts.items())
    html = (
        f"<h1>{GLOSSARY[0]}</h1>"
        '<p class="lead">报告里的数是什么意思，写的是哪一个数；本站的用语。</p>'
        '<nav class="parts" aria-label="本页各部分"><ul>'
        '<li><a href="#bases">哪一个数</a></li><li><a href="#concepts">各项数据</a></li>'
        '<li><a href="#words">本站用语</a></li></ul></nav>'
        f'<h2 id="bases">哪一个数</h2><div class="terms">{bases}</div>'
        f'<h2 id="concepts">各项数据</h2><div class="terms">{meant}</div>'
        f'<h2 id="words">本站用语</h2><div class="terms">{words}</div>'
    )
    description = "决算、年初预算、口径、“三公”经费等名词的意思。"
    return Page(GLOSSARY[1], GLOSSARY[0], html, description, crumbs_of(), contents=False)


def _word(name: str, html: str) -> str:
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{html}</p>'


def _meaning(name: str, concept: Concept, concepts: Mapping[str, Concept]) -> str:
    said = definition_html(concept, concepts)
    bare = name.rpartition("/")[2]
    others = dict.fromkeys([*map(str, concept.aliases), *other_names(bare)[:MOST_NAMES]])
    others.pop(name, None)
    if others:
        said += f"也写作：{escape('、'.join(others))}。"
    if concept.unit:
        said += f"单位：{escape(concept.unit)}。"
    return said


def definition_html(concept: Concept, linked: Collection[str] = ()) -> str:
    """What a concept means and what it is made of; those of `linked` are links to their own words."""
    said = escape(str(concept.definition))
    for names, sign, word in (
        (concept.parts, "＋", "等于"),
        (concept.some_of, "、", "其中有"),
        (concept.difference, "−", "等于"),
        (concept.ratio, "÷", "等于"),
    ):
        if names:
            said += f"{word}：{sign.join(_made_of(names, linked))}。"
    return said


def _made_of(names: Collection[str], linked: Collection[str]) -> Iterator[str]:
    for name in names:
        bare, _, basis = name.rpartition(".") if "." in name else (name, "", "")
        words = escape(f"{bare}·{basis}" if basis else bare)
        yield f'<a href="#{escape(bare)}">{words}</a>' if bare in linked else words
