"""What is personal in the words of an act, which the ledger keeps for good, and in those of mkdocs.yml.

Of an act these are reason, 责任者 and title. The rules are those for reports. Of names such words say more than
a report's: who is named as responsible alone, who asked for the act, and whose papers were published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.archive.ledger import LEDGER, Ledger, file_of, lines_of, one_line
from site_builder.finding import Finding, ReportKey, Words, instead
from site_builder.library import Library
from site_builder.place import Place
from site_builder.rules.persons import named_payments, personal_data
from site_builder.rules.surnames import is_name
from site_builder.wording import Source, Wording

REASON, WHO, TITLE, UNIT, CHANGE = "理由", "责任者", "题名", "单位", "改动"
# 王小明来电反映, 公布了王小明的身份证: a name ends here.
OF_NAME = re.compile(
    "(?:本人|家属)?(?:来电|来信|来访|反映|投诉|举报|申请|要求)|"
    "(?:本人|家属)?的(?:身份证|证件|电话|手机|住址|银行|账号|姓名|名字|病情|隐私|个人信息)"
)
# 请联系王小明: a name begins here.
TO_NAME = re.compile("(?:联系|致电|咨询)(?:人[:：]?)?")
AFTER = re.compile(r"([\u4e00-\u9fff]{2,3}?)(?=[^\u4e00-\u9fff]|$)")
NAMES = re.compile(r"[^\s、，,；;/（）()：:]+")
ARGUMENTS = {
    REASON: Words("理由（--reason）", "the reason (--reason)"),
    WHO: Words("责任者（--who）", "who is responsible (--who)"),
    TITLE: Words("报告的“名称”", "名称 of the report"),
    UNIT: Words("报告的“单位”", "单位 of the report"),
}
_INSTEAD = {
    WHO: Words("责任者写单位，不写个人；", "name the office, not a person; "),
}
# Keys of mkdocs.yml that name an office, or how to reach it.
OFFICES = frozenset(("责任者", "主办单位", "承办单位", "联系方式"))
_IN_SETTINGS = instead(
    "mkdocs.yml 里的话会写在页面或移交包上，不能用“认可”说明：请删去，只写单位名称和办公电话",
    "what mkdocs.yml says stands on pages or in bags, and cannot be explained: leave it out, and name the "
    "office and its telephone",
)
_IN_LEDGER = Words(
    "账只增不改，不能在这里直接删。请用 git 把 {folder} 恢复到这次操作之前（git restore --source=那之前的提交 "
    "{folder}），换一句话、带上原来的 --date，重做这次和以后的操作；已经公开的还要重新发布、收回旧的移交包，"
    "见 docs/archive.zh-CN.md",
    "the ledger only grows, so do not delete it here. Put {folder} back to before this act (git restore "
    "--source=<commit before> {folder}), then do it and the later ones again with other words and their "
    "--date; of what was published see docs/archive.md",
)


def against_acting(words: dict[str, str]) -> Words | None:
    """Why an act with these words (by their name in the ledger) is refused; None where nothing is personal.

    What was found is told by kind and place, never repeated.
    """
    zh, en = [], []
    for name, text in words.items():
        found = list(_found(name, one_line(text), Place("", 1, 1), ""))
        if not found:
            continue
        also = _INSTEAD.get(name, Words("", ""))
        zh.append(f"{ARGUMENTS[name].zh}：{'；'.join(f.message('zh') for f in found)}。{also.zh}")
        en.append(f"{ARGUMENTS[name].en}: {'; '.join(f.message('en') for f in found)}. {also.en}")
    if not zh:
        return None
    return Words(
        f"{''.join(zh)}封存账只增不改，人人可查，写进去就收不回来：请删去或改写后再运行，没有写入任何内容",
        f"{''.join(en)}the ledger only grows and is public: leave it out and run again; nothing was written",
    )


def in_ledger(ledger: Ledger, key: ReportKey) -> Iterator[Finding]:
    """What is personal in the entries of one report, for which an explanation (认可) may answer."""
    file = file_of(ledger.county)
    folder = {"folder": file.removesuffix(f"/{LEDGER}")}
    remedy = instead(*(_IN_LEDGER.said(lang, folder) for lang in ("zh", "en")))
    for entry in ledger.of(key):
        for line, name, text in lines_of(entry):
            at = Place(file, line, len(name) + len(": ") + 1)
            for finding in _found(name, text, at, f"封存账.{entry.number}.{name}"):
                yield replace(finding, words=finding.words | remedy).of(key)


def in_settings(library: Library) -> Iterator[Finding]:
    """What is personal in the words of mkdocs.yml, which every page or bag carries; no explanation answers for it.

    An office's telephone and mailbox belong there, and which of them is one the number does not say.
    """
    for name, text in library.words:
        wording = Wording(text, 0, (0,), (Source("note", text.at, ""),))
        found = [*personal_data.personal_in(wording), *named_payments.payments_in(wording)]
        told = {f.words.get("where") for f in found}
        names = _alone(text) if name in OFFICES else ()
        more = (personal_data.name_at(wording, start, end) for start, end in names)
        found += [f for f in more if f.words["where"] not in told]
        for finding in found:
            mailbox = finding.words.get("what") == personal_data.MAILBOX.zh
            if finding.rule is not personal_data.OFFICE and not mailbox:
                yield replace(finding, words=finding.words | _IN_SETTINGS)


def _found(name: str, text: str, at: Place, address: str) -> Iterator[Finding]:
    """What is personal in one line. Old and new of a change may be a report's own words: numbers only."""
    if name not in (*ARGUMENTS, CHANGE):
        return
    wording = Wording(text, 0, (0,), (Source("note", at, address),))
    found = [*personal_data.personal_in(wording), *named_payments.payments_in(wording)]
    if name == CHANGE:
        numbers = (personal_data.PHONE, personal_data.IDENTITY, personal_data.CARD)
        found = [f for f in found if f.rule in numbers]
    else:
        told = {f.words.get("where") for f in found}
        names = _alone(text) if name == WHO else _of_persons(text)
        more = (personal_data.name_at(wording, start, end) for start, end in names)
        found += [f for f in more if f.words["where"] not in told]
    yield from found


def _alone(text: str) -> Iterator[tuple[int, int]]:
    """Names that stand for themselves among offices."""
    for match in NAMES.finditer(text):
        if is_name(match[0]):
            yield match.span()


def _of_persons(text: str) -> Iterator[tuple[int, int]]:
    """Names of those who asked for something, whose papers they are, or whom to call."""
    for match in OF_NAME.finditer(text):
        owns = "的" in match[0]
        for size in (3, 2):
            start = match.start() - size
            if is_name(text[start : match.start()], clear=not owns):
                yield start, match.start()
                break
    for match in TO_NAME.finditer(text):
        after = AFTER.match(text, match.end())
        if after is not None and is_name(after[1]):
            yield after.span(1)
