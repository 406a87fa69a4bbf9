"""Links of a finished site: each case is a site of a few lines, and what is wrong with it."""

from __future__ import annotations

from html import unescape

import pytest
from built import built_once

from site_builder.links import LINK, OWN_ID, TAG, _ids, _links, _value, check_links

GOOD = {
    "index.html": """\
        <!doctype html><html lang="zh"><head><link rel="stylesheet" href="assets/site.css">
        <script src="assets/search.js"></script></head>
        <body id=top><a href="#top">顶部</a> <a href="">本页</a> <a href="#">本页</a>
        <a href="shili/index.html">示例县</a> <a href="shili/2022.html#t1">附件1</a>
        <a href="shili/2022.html?b=1#%E6%94%AF%E5%87%BA">支出</a>
        <a href="https://example.org/">站外</a> <a href="mailto:a@example.org">邮箱</a>
        <a href="//example.org/">站外</a><img src="assets/%E5%9B%BE.svg" alt="a>b"></body></html>""",
    "shili/index.html": '<a href="../index.html">首页</a> <a href="./2022.html">2022</a>',
    "shili/2022.html": '<h2 id="t1">一</h2><h2 id="支出">二</h2> <a name="x&amp;y"></a>'
    '<a href="#x&amp;y">三</a> <a href="../assets/data.csv" download>CSV</a>',
    "assets/site.css": "",
    "assets/search.js": "",
    "assets/data.csv": "",
    "assets/图.svg": "",
}


def bad_links(site, pages: dict[str, str]) -> list[str]:
    """The bad links of a site made of `pages`, each as it is told."""
    for name, text in pages.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [str(bad) for bad in check_links(site)]


def test_a_good_site_has_no_bad_links(tmp_path):
    """Pages, anchors, encoded names, attachments, the page itself, and links out of the site."""
    assert bad_links(tmp_path, GOOD) == []


@pytest.mark.parametrize(("html", "expected"), [
    ('<a href="gone.html">', "gone.html：没有这个文件"),
    ('<a href="shili/gone.html#t1">', "shili/gone.html#t1：没有这个文件"),
    ('<a href="assets/gone.csv">', "assets/gone.csv：没有这个文件"),
    ('<img src="gone.png">', "gone.png：没有这个文件"),
    ("<script src=gone.js></script>", "gone.js：没有这个文件"),
    ('<link href="gone.css">', "gone.css：没有这个文件"),
    ("<a href='gone.html'>", "gone.html：没有这个文件"),
    ('<A HREF="gone.html">', "gone.html：没有这个文件"),
    ('<a\n  class="x"\n  href = "gone.html">', "gone.html：没有这个文件"),
    ('<a title="a > b" href="gone.html">', "gone.html：没有这个文件"),
    ('<a href="%E6%94%AF.html">', "%E6%94%AF.html：没有这个文件"),
    ('<a href="#gone">', "#gone：页面里没有这个位置"),
    ('<a href="shili/2022.html#gone">', "shili/2022.html#gone：页面里没有这个位置"),
    ('<a href="shili/2022.html?b=1#gone">', "shili/2022.html?b=1#gone：页面里没有这个位置"),
    ('<p data-id="gone"></p><a href="#gone">', "#gone：页面里没有这个位置"),
    ('<a href="/index.html">', "/index.html：必须用相对地址"),
    ('<script src="/assets/search.js"></script>', "/assets/search.js：必须用相对地址"),
    ('<a href="../index.html">', "../index.html：指向站点之外"),
    ('<a href="shili/../../secret.html">', "shili/../../secret.html：指向站点之外"),
    ('<a href="shili">', "shili：指向文件夹，从磁盘打开时没有首页；请写 index.html"),
    ('<a href="shili/">', "shili/：指向文件夹，从磁盘打开时没有首页；请写 index.html"),
    ('<a href="./">', "./：指向文件夹，从磁盘打开时没有首页；请写 index.html"),
    ('<script src="https://example.org/a.js"></script>',
     "https://example.org/a.js：页面不得向站外请求"),
    ('<img src="http://example.org/a.png">', "http://example.org/a.png：页面不得向站外请求"),
    ('<link rel="stylesheet" href="//example.org/a.css">', "//example.org/a.css：页面不得向站外请求"),
    ('<iframe src="https://example.org/"></iframe>', "https://example.org/：页面不得向站外请求"),
    ('<form action="https://example.org/"></form>', "https://example.org/：页面不得向站外请求"),
    ('<object data="https://example.org/a.pdf"></object>',
     "https://example.org/a.pdf：页面不得向站外请求"),
    ('<a href="javascript:alert(1)">', "javascript:alert(1)：不允许的地址"),
    ('<a href="JavaScript:alert(1)">', "JavaScript:alert(1)：不允许的地址"),
    ('<a href="&#106;avascript:alert(1)">', "javascript:alert(1)：不允许的地址"),
    ('<a href="file:///etc/passwd">', "file:///etc/passwd：不允许的地址"),
    ('<img src="data:image/png;base64,AA">', "data:image/png;base64,AA：不允许的地址"),
])  # fmt: skip
def test_each_bad_link_is_told_with_its_page_and_why(tmp_path, html, expected):
    """A good site with one bad link: that link, its page and the reason."""
    pages = {**GOOD, "shili/index.html": '<a href="2022.html">2022</a>', "new.html": html}
    assert bad_links(tmp_path, pages) == [f"new.html → {expected}"]


@pytest.mark.parametrize("target", ["http://[x", "https://[::1", "//[x"])
def test_an_address_that_is_none_does_not_stop_the_check(tmp_path, target):
    """An address that Python cannot split is told as bad, not raised."""
    told = bad_links(tmp_path, {"index.html": f'<a href="{target}">'})
    assert [line.partition("：")[0] for line in told] == [f"index.html → {target}"]


def test_links_are_relative_to_their_page(tmp_path):
    """The same words mean another file in another folder."""
    pages = {
        "index.html": '<a href="a.html">',
        "shili/index.html": '<a href="a.html"> <a href="../a.html">',
        "a.html": "",
    }
    assert bad_links(tmp_path, pages) == ["shili/index.html → a.html：没有这个文件"]


def test_bad_links_come_in_order_of_pages(tmp_path):
    """By page, then in the order in which they stand."""
    pages = {"b.html": '<a href="2"> <a href="1">', "a.html": '<a href="3">', "c/a.html": ""}
    told = [line.partition("：")[0] for line in bad_links(tmp_path, pages)]
    assert told == ["a.html → 3", "b.html → 2", "b.html → 1"]


def test_own_pages_are_read_as_any_page_is():
    """The quick way and the slow one find the same links on every page that this program makes."""
    for path in (built_once() / "site").rglob("*.html"):
        html = path.read_text("utf-8")
        slow = [
            (tag.lower(), _value(quoted))
            for tag, attributes in dict.fromkeys(TAG.findall(html))
            for quoted in LINK.findall(attributes)
        ]
        assert sorted(_links(html)) == sorted(slow), path
        assert {unescape(one) for one in OWN_ID.findall(html)} <= _ids(html)


@pytest.mark.parametrize("html", [
    "<a class='x' href=\"gone.html\">",
    "<a class=\"x>\" href=\"gone.html\">",
    "<a class=\"x\"\nhref=\"gone.html\"><a href=gone.html>",
    "<A CLASS=\"x\" HREF=\"gone.html\">",
    "<a name=\"x\"><a href=\"gone.html\">",
])  # fmt: skip
def test_html_of_others_is_read_as_well(html):
    """Other quotes, other letters, > in a value: nothing of it hides a link."""
    assert ("a", "gone.html") in list(_links(html))


def test_a_place_on_a_page_to_come_is_looked_up_there(tmp_path):
    """Before and after it, and on a page that is not among those to be checked."""
    pages = {
        "a.html": '<a href="b.html#x"> <a href="b.html#gone"> <a href="c.html#gone">',
        "b.html": '<p id="x"> <a href="a.html#gone">',
        "c.html": "",
    }
    bad_links(tmp_path, pages)
    told = [str(bad).partition("：")[0] for bad in check_links(tmp_path, ["a.html", "b.html"])]
    assert told == ["a.html → b.html#gone", "a.html → c.html#gone", "b.html → a.html#gone"]


def test_a_page_that_never_ends_a_tag_takes_no_time(tmp_path):
    """Nothing is tried twice: a quote that stays open does not make it slow."""
    assert bad_links(tmp_path, {"index.html": "<a x" + " 'y' \"z\" =" * 20_000}) == []


def test_code_that_shows_a_link_is_no_link(tmp_path):
    """What is escaped is words, and a comment is nothing."""
    pages = {"index.html": "<code>&lt;a href=&quot;gone.html&quot;&gt;</code>"}
    assert bad_links(tmp_path, pages) == []
