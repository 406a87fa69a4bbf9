"""附件没有公开: annexes and tables that the text refers to and the report does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import Form, sentence_address
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "annex-missing",
    "warning",
    Words("提到的附件没有公开", "An annex referred to is not published"),
    Words(
        "正文写“{printed}”，{missing}",
        "the text says “{printed}”; {missing_en}",
    ),
    Words(
        "请补充公开这份附件；确实没有的，在“认可”中说明",
        "publish the annex, or explain why there is none",
    ),
    Words(
        "读者要凭附件核对正文的说法；公开报告应当连同附件一并公开。",
        "Readers check the text by its annexes; a report is published with them.",
    ),
    "预算法第七十五条（决算内容完整）；政府信息公开条例第六条（及时、准确）",
)
_WORD = re.compile(r"附(?P<kind>件|表)")
_NUMBER = re.compile(
    r" ?(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?![0-9年月份张]|项(?!目)|个(?!人))"
)
_SEEN = re.compile("(?:见|参见|参阅|附有|后附|另附|列入|载于)$")
_ELSEWHERE = re.compile("(?:[》〉号]|通知|文件|办法|方案|规定|细则|指南)[的之）)]*$")
_COUNTED = re.compile(
    r"(?P<n>[0-9]{1,2}|[二两三四五六七八九十]{1,2})(?:项(?!目)|个(?!人)|份|张|种)附(?:件|表)"
    r"|附(?:件|表)(?:共|有|共有|共计|计|为)*(?P<m>[0-9]{1,2}|[二两三四五六七八九十]{1,2})(?:项(?!目)|个(?!人)|份|张|种)"
)
_HEAD = re.compile(r"附(?:件(?:目录|清单|如下)?|表)?[：:]\s*(?P<rest>.*)$")
# 本报告附评价指标评分表: by name, without 附件 and without a number
_ATTACHED = re.compile(
    r"(?:报告|文|[后另现所并随。，,；;（(]|^)附(?:有|上)?(?![近加属着注录件表设随则带])"
    r"《?(?P<title>[^，,。；;《》：:（）()、的]{2,30}?(?:表|清单|明细|目录))》?(?=[，,。；;、（）()]|$)"
)
# What a table is called that holds the same.
_ALIKE = (
    re.compile("自评|评分|打分|计分|得分|评价|指标|目标|绩效"),
    re.compile("明细|清单|安排|支出|资金|项目"),
)
_ENTRY = re.compile(
    r"(?:^|[\s；;。，,])[（(]?(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2}(?=、))[）)]?[.、．)）]\s*(?P<title>[^0-9；;。\n](?:(?!\s[（(]?[0-9]{1,2}[）)]?[.、．])[^；;。\n])*)"
)
# 附件1：自评表, 附件2：明细表, one below the other
_LINE = re.compile("附件 ?(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:[：:.、．\\s]|$)")
# 本报告连同4个附件: all of them
_WHOLE = re.compile("(?:连同|随附|所附|后附|附有|列出|共有?|以下|下列|包括|含|及其?|和)$")
# 附件：自评表 at the end of a report: its only annex, without a number.
_TITLE = re.compile(
    "(?:表|报告|清单|目录|方案|说明|汇总|明细|附图|照片|证明|通知|批复)》?(?:[（(].*)?$"
)
_LOOSE = re.compile(r"[（(][^（）()]*[）)]|[0-9年度《》“”\s]")


@dataclass(frozen=True, slots=True)
class _Published:
    """What the form of the report holds: annex and table numbers, captions, tables in print."""

    annexes: frozenset[int]
    tables: frozenset[int]
    labels: int
    captions: tuple[str, ...]
    printed: int
    numbered: bool  # is every table one of the numbered 附表?


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line and every cell with words that mentions an annex."""
    disclosure = subject.disclosure
    form = disclosure.report.form
    published = subject.library.once(("annexes", form.name), lambda: _published(form))
    missing: set[tuple[str, str]] = set()
    mentioned = False
    passages = subject.told.lines
    listed = _listed(passages)
    for number, passage in enumerate(passages):
        if "附" not in passage.text:  # quick
            continue
        lines = _below(passages, number)
        for said, unlisted, start in _unlisted(passage.text, listed, published):
            if (said, unlisted.zh) not in missing:
                missing.add((said, unlisted.zh))
                address = sentence_address(said, passage.anchor)
                yield _finding(said, unlisted, passage.place(start), address)
        for said, lacking, start in _lacking(passage.text, lines, published):
            mentioned = True
            if lacking is not None and (said, lacking.zh) not in missing:
                missing.add((said, lacking.zh))
                address = sentence_address(said, passage.anchor)
                yield _finding(said, lacking, passage.place(start), address)
    for cell in subject.told.cells:
        if "附" in cell.text:  # quick
            for said, lacking, _ in _lacking(cell.text, (), published):
                mentioned = True
                if lacking is not None and (said, lacking.zh) not in missing:
                    missing.add((said, lacking.zh))
                    yield _finding(said, lacking, cell.at, cell.address)
    if not mentioned:
        yield Outcome(RULE, reason=Words("没有提到附件", "no annex is mentioned"))
    elif not missing:
        yield Outcome(RULE)


def _published(form: Form) -> _Published:
    annexes: set[int] = set()
    tables: set[int] = set()
    for table in form.tables:
        for match in _WORD.finditer(f"{table.annex} {table.caption}"):
            if number := _NUMBER.match(f"{table.annex} {table.caption}", match.end()):
                (annexes if match["kind"] == "件" else tables).add(_int(number["n"]))
    return _Published(
        frozenset(annexes),
        frozenset(tables),
        len({t.annex for t in form.tables if t.annex}),
        tuple(_LOOSE.sub("", f"{t.annex}{t.caption}") for t in form.tables),
        sum(1 for t in form.tables if not t.in_prose),
        all("附表" in f"{t.annex} {t.caption}" for t in form.tables if not t.in_prose),
    )


def _lacking(
    text: str, lines: tuple[Passage, ...], published: _Published
) -> Iterator[tuple[str, Words | None, int]]:
    """Each mention in `text`: its words, what is missing (None when it is there), where."""
    head = _HEAD.search(text)
    if head is not None:
        entries = _entries(head["rest"], lines)
        if len(entries) > 1:
            gone = [
                f"{n}.{title.strip()}" for n, title in entries if not _there(n, title, published)
            ]
            names = "、".join(gone)
            words = None
            if gone:
                words = Words(f"公开的报告里没有“{names}”", f"the report lacks “{names}”")
            yield text[head.start() :][:12].rstrip("：:"), words, head.start()
            return
        title = head["rest"].strip("。 ") if head.start() == 0 else ""
        if len(title) > 3 and _TITLE.search(title):
            yield text[:14], _unlike(title, published), 0
            return
    for match in _ATTACHED.finditer(text):
        start = match.start() + match[0].index("附")
        yield text[start : match.end()], _unlike(match["title"], published), start
    counted = _COUNTED.search(text)
    if counted is not None:
        stated = _int(counted["n"] or counted["m"])
        words = None
        if stated > max(published.labels, len(published.annexes), len(published.tables)):
            have = published.labels
            words = Words(
                f"公开的报告{f'只有{have}项' if have else '一项也没有'}",
                f"{stated} are stated, {have} are published",
            )
        yield counted[0], words, counted.start()
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if _ELSEWHERE.search(before):
            continue
        number = _NUMBER.match(text, match.end())
        if number is not None:
            known = published.annexes if match["kind"] == "件" else published.tables
            n = _int(number["n"])
            last = max(known, default=0) if published.numbered else published.printed
            there = n in known or (match["kind"] == "表" and n <= last)
            name = f"附{match['kind']}{n}"
            words = None
            if not there:
                words = Words(f"公开的报告里没有“{name}”", f"the report has no such annex ({n})")
            yield _around(text, match.start(), number.end()), words, match.start()
        elif _SEEN.search(before) and not text.startswith("的", match.end()):
            there = published.labels > 0 or (match["kind"] == "表" and published.printed > 0)
            said = _around(text, match.start(), match.end())
            words = None
            if not there:
                kind = match["kind"]
                words = Words(f"公开的报告里没有附{kind}", "the report has no annex")
            yield said, words, match.start()


def _entries(rest: str, lines: tuple[Passage, ...]) -> list[tuple[str, str]]:
    """The numbers and titles behind 附件：, in its own line or in those below."""
    entries = [(m["n"], m["title"]) for m in _ENTRY.finditer(" " + rest)]
    for line in lines if not rest else ():
        match = _ENTRY.match(line.text)
        if match is None:
            break
        entries.append((match["n"], match["title"]))
    return entries


def _below(passages: tuple[Passage, ...], number: int) -> tuple[Passage, ...]:
    """The next lines, up to the next heading."""
    anchor = passages[number].anchor
    following = passages[number + 1 : number + 30]
    return tuple(takewhile(lambda line: line.anchor == anchor, following))


def _listed(passages: tuple[Passage, ...]) -> int:
    """How many annexes the only list of them has, numbered from one on; none where it is not clear."""
    lists: list[list[int]] = []
    single: list[int] = []
    for number, passage in enumerate(passages):
        if not passage.text.startswith("附件"):  # quick
            continue
        head, line = _HEAD.match(passage.text), _LINE.match(passage.text)
        if head is not None:
            entries = _entries(head["rest"], _below(passages, number))
            lists.append([_int(n) for n, _ in entries])
        elif line is not None:
            single.append(_int(line["n"]))
    lists = [one for one in (*lists, single) if len(one) > 1]
    if len(lists) != 1 or lists[0] != list(range(1, len(lists[0]) + 1)):
        return 0
    return len(lists[0])


def _unlisted(text: str, listed: int, published: _Published) -> Iterator[tuple[str, Words, int]]:
    """Published annexes beyond the list at the end, and another number than it has."""
    if not listed:
        return
    lacking = Words(f"附件清单列了{listed}项", f"the list of annexes has {listed}")
    for match in _COUNTED.finditer(text):
        stated = _int(match["n"] or match["m"])
        whole = match["m"] or _WHOLE.search(text, 0, match.start())
        if listed < stated <= len(published.annexes) or (whole and stated < listed):
            yield match[0], lacking, match.start()
    for match in _WORD.finditer(text):
        number = _NUMBER.match(text, match.end())
        if number is None or match["kind"] == "表" or _ELSEWHERE.search(text[: match.start()]):
            continue
        if listed < _int(number["n"]) and _int(number["n"]) in published.annexes:
            yield _around(text, match.start(), number.end()), lacking, match.start()


def _unlike(title: str, published: _Published) -> Words | None:
    """What is missing where no table in print can be the one of this title."""
    kind = next((one for one in _ALIKE if one.search(title)), None)
    if published.printed and (kind is None or any(map(kind.search, published.captions))):
        return None
    return Words(f"公开的报告里没有“{title}”", f"the report lacks “{title}”")


def _there(number: str, title: str, published: _Published) -> bool:
    loose = _LOOSE.sub("", title).strip("：:，,、")
    named = any(loose in c or (len(c) > 5 and c in loose) for c in published.captions)
    return named or _int(number) in published.annexes


def _around(text: str, start: int, end: int) -> str:
    """The mention with the few words before it."""
    first = start
    while first > 0 and start - first < 8 and text[first - 1] not in "，。；：、（）() 　\n":
        first -= 1
    return text[first:end]


def _int(written: str) -> int:
    number = Decimal(written) if written.isascii() else han_number(written)
    assert number is not None  # numerals only
    return int(number)


def _finding(said: str, lacking: Words, at: Place, address: str) -> Outcome:
    words = {"printed": said, "missing": lacking.zh, "missing_en": lacking.en}
    return Outcome(RULE, (), Finding(RULE, at, words, (), address, said))
