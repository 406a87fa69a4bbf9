"""Nothing personal gets into a ledger by the words of an act; what stands in one is found. All numbers are made up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from archives import (
    KEY,
    LATER,
    act,
    archive,
    change_report,
    correct_it,
    corrected,
    edit,
    ledger_of,
    sealed,
    withdraw_it,
)
from projects import NARRATIVE, REPORT, TODAY, findings, project

from site_builder.__main__ import main
from site_builder.archive.editions import Act, correct, seal, withdraw
from site_builder.archive.ledger import file_of
from site_builder.archive.personal_acts import REASON, WHO, against_acting
from site_builder.archive.verify import verify
from site_builder.check import check_library
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.output.text import write_text
from site_builder.personal_numbers import masked

# Nobody's: a number of zeros, the region 100000 in 1900, a name that stands for no one.
PHONE = "13900000000"
ID = "100000190001010009"
NAME = "王小明"
LEDGER = file_of("shili")


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), *words])


def put(root: Path, kind: str, **given: object) -> None:
    """An entry as an older version of the tool would have made it, without looking at its words."""
    ledger = ledger_of(root)
    last = ledger.entries[-1]
    entry = replace(last, kind=kind, date=LATER, **given)  # type: ignore[arg-type]
    if kind == "撤回":
        entry = replace(entry, content="", files=(), changes=(), setting="")
    ledger = ledger.with_(entry)
    (root / LEDGER).write_bytes(ledger.written())


def explain(root: Path, address: str, until: str = "2027-05-08") -> None:
    """A public explanation of a telephone number there, at the end of the report's file."""
    with (root / REPORT).open("a", encoding="utf-8") as file:
        answer = f"规则: personal-phone, 位置: {address}, 说明: 公开的值班电话"
        file.write(f"认可:\n  - {{{answer}, 日期: 2023-05-08, 至: {until}}}\n")


def found(root: Path) -> list[Finding]:
    return [f for f in check_library(read_library(root), TODAY).findings if f.secret]


# -- refused before anything is written ------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("seal", ["--who", f"示例县财政局 {PHONE}"]),
        ("seal", ["--who", NAME]),
        ("correct", ["--reason", f"改正，联系{NAME}{PHONE}"]),
        ("correct", ["--reason", "改正漏写", "--who", f"示例县财政局、{NAME}"]),
        ("withdraw", ["--reason", f"身份证{ID}不该公开"]),
        ("withdraw", ["--reason", "误公开", "--who", NAME]),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_act_with_something_personal_in_its_words_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, words: list[str], lang: str
) -> None:
    """Exit code 1, the archive as it was, and the message repeats no value."""
    root = project(tmp_path)
    if command != "seal":
        sealed(root)
        change_report(root)
    before = archive(root)
    more = [] if command == "withdraw" else ["--no-pdf"]
    assert run(root, command, str(KEY), *words, *more, "--lang", lang) == 1
    assert archive(root) == before
    said = "".join(capsys.readouterr())
    assert not any(value in said for value in (PHONE, ID, NAME))
    meant = f"{words[-2]}）：第" if lang == "zh" else f"{words[-2]}): "
    assert meant in said
    assert ("没有写入任何内容" if lang == "zh" else "nothing was written") in said


def test_what_was_found_is_told_by_kind_and_place() -> None:
    """In both languages; of who is responsible also what to write there."""
    why = against_acting({REASON: f"电话{PHONE}", WHO: NAME})
    assert why is not None
    assert why.zh.startswith(
        "理由（--reason）：第3–13字有手机号码。责任者（--who）：第1–3字有人名。责任者写单位，不写个人；"
    )
    assert why.en.startswith("the reason (--reason): a mobile number at characters 3–13. ")


@pytest.mark.parametrize(
    "reason",
    [
        f"{NAME}来电要求撤回",
        f"应{NAME}本人要求撤回",
        f"公开了{NAME}的身份证信息",
        "公开了高小明的病情",
        "公开了张三的身份证",
        "公开了王小红家属的电话",
        "王明来电要求撤回",
        "经办人：\n王明",
        f"请联系{NAME}",
        f"经办人：{NAME}",
        f"走访低保户{NAME}家",
        "退还王小明500元、李小红300元、刘小军200元",
    ],
)
def test_names_in_a_reason_are_refused(reason: str) -> None:
    """Those that the rules for reports see, and who asked for the act or is told of by it."""
    why = against_acting({REASON: reason})
    assert why is not None
    assert NAME not in why.zh + why.en


def test_a_name_is_told_once() -> None:
    """Though two ways of reading find it, or its end is a name by itself."""
    for reason in (f"联系人：{NAME}", "公开了王高明的身份证"):
        why = against_acting({REASON: reason})
        assert why is not None
        assert why.zh.count("字有") == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (REASON, "措施一栏漏写“各项”"),
        (REASON, "涉及个人信息"),
        (REASON, "决算数抄错：24.75万元误写为42.75万元"),
        (REASON, "应示例镇要求，按示财绩〔2023〕13900000000号文件撤回"),
        (REASON, "时任书记要求更正，项目单位申请，群众反映属实"),
        (REASON, "公开了困难群众的身份证号码，联系方式见公告"),
        (WHO, "示例县财政局、示例镇人民政府"),
        (WHO, "示例县档案馆（高新区）、方山馆"),
    ],
)
def test_plain_reasons_and_offices_are_not(name: str, words: str) -> None:
    assert against_acting({name: words}) is None


@pytest.mark.parametrize("field", ["名称", "单位"])
def test_a_title_is_refused_even_where_it_is_explained(tmp_path: Path, field: str) -> None:
    """An explanation ends, the ledger does not."""
    end = {"名称": "绩效自评报告\n", "单位": "人民政府\n"}[field]
    root = project(tmp_path, {REPORT: (end, f"{end[:-1]}{PHONE}\n")})
    explain(root, field)
    assert findings(root) == [f"report:{2 if field == '名称' else 3}:7 personal-phone acknowledged"]
    (refused,) = seal(root, [KEY], act()).refused
    assert refused.why.zh.startswith(f"报告的“{field}”：第")
    assert PHONE not in refused.why.zh
    assert archive(root) == {}
    root = sealed(tmp_path / "again")
    edit(root, REPORT, end, f"{end[:-1]}{PHONE}\n")
    explain(root, field)
    (refused,) = correct_it(root).refused
    assert refused.why.zh.startswith(f"报告的“{field}”：第")


def test_a_correction_does_not_tell_what_it_takes_out(tmp_path: Path) -> None:
    """Neither the ledger's old and new nor the finding of a changed report, nor what `correct` shows."""
    root = sealed(project(tmp_path))
    number = f"值班电话：{PHONE}。"
    text = (root / NARRATIVE).read_text("utf-8")
    (root / NARRATIVE).write_text(
        text.replace("## 二、人员\n", f"## 二、人员\n\n{number}\n"), "utf-8"
    )
    changed = [f for f in check_library(read_library(root), TODAY).findings if not f.secret]
    assert [f.rule.id for f in changed] == ["sealed-changed"]
    assert PHONE not in changed[0].message()
    # Sealed all the same, by an explanation that was no good one.
    shutil.rmtree(root / "data" / "editions")
    before = (root / REPORT).read_text("utf-8")
    explain(root, "正文.二、人员")
    assert seal(root, [KEY], act()).entries
    edit(root, NARRATIVE, f"{number}\n\n", "")
    (root / REPORT).write_text(before, "utf-8")
    shown: list[str] = []

    def ask(changes: object) -> str:
        shown.append(str([c.changed for c in changes]))  # type: ignore[attr-defined]
        return "误公开"

    assert correct(root, KEY, act(LATER), ask).entries
    assert PHONE not in (root / LEDGER).read_text("utf-8") + shown[0]
    assert "值班电话：＊＊＊＊＊＊＊＊＊＊＊。" in (root / LEDGER).read_text("utf-8")


# -- what a ledger has already ---------------------------------------------------------------


def test_what_stands_in_a_ledger_is_found(tmp_path: Path) -> None:
    """At its line, masked, with what can be done; the build stops as at any error."""
    root = sealed(tmp_path)
    change_report(root)
    correct_it(root)
    put(root, "撤回", reason=f"联系电话{PHONE}", who=NAME)
    line = ledger_of(root).entries[-1].line
    assert findings(root) == [
        f"{LEDGER}:{line + 7}:6 named-person",
        f"{LEDGER}:{line + 8}:5 personal-phone",
    ]
    name, phone = found(root)
    assert (name.address, phone.address) == ("封存账.3.责任者", "封存账.3.理由")
    assert phone.report == KEY
    assert "不能在这里直接删" in phone.remedy()
    assert "docs/archive.md" in phone.remedy("en")
    said = "".join(write_text([name, phone], root, lang) for lang in ("zh", "en"))
    assert PHONE not in said
    assert NAME not in said
    assert run(root, "check") == 1


def test_old_and_new_of_a_change_are_looked_at_for_numbers(tmp_path: Path) -> None:
    """Names there are the report's own, which were explained."""
    root = corrected(tmp_path)
    ledger = ledger_of(root)
    first, second = ledger.entries
    told = replace(second.changes[0], old=f"走访低保户{NAME}家，电话{PHONE}")
    ledger = replace(ledger, entries=(first,)).with_(replace(second, changes=(told,)))
    (root / LEDGER).write_bytes(ledger.written())
    assert [(f.rule.id, f.address) for f in found(root)] == [("personal-phone", "封存账.2.改动")]


def test_of_a_report_in_force_it_can_be_explained(tmp_path: Path) -> None:
    """The number of an office, say, that was meant to be public."""
    root = corrected(tmp_path)
    ledger = ledger_of(root)
    first, second = ledger.entries
    second = replace(second, reason=f"更正，咨询电话：{PHONE}")
    (root / LEDGER).write_bytes(replace(ledger, entries=(first,)).with_(second).written())
    assert [f.acknowledged for f in found(root)] == [None]
    explain(root, "封存账.2.理由")
    assert [f.acknowledged is not None for f in found(root)] == [True]
    assert run(root, "check") == 0


def test_a_report_can_be_corrected_all_the_same(tmp_path: Path) -> None:
    """The act makes the ledger no worse; its own findings do not go into the new edition."""
    root = corrected(tmp_path)
    ledger = ledger_of(root)
    first, second = ledger.entries
    second = replace(second, reason=f"更正，咨询电话：{PHONE}")
    (root / LEDGER).write_bytes(replace(ledger, entries=(first,)).with_(second).written())
    edit(root, REPORT, "村数: 12个", "村数: 13个")
    assert [e.findings for e in correct_it(root).entries] == [0]


def test_the_way_out_that_the_documentation_tells(tmp_path: Path) -> None:
    """The folder as it was before the act, and the act once more in other words."""
    root = corrected(tmp_path / "p")
    shutil.copytree(root / "data" / "editions", tmp_path / "before")
    put(root, "撤回", reason=f"联系电话{PHONE}")
    assert run(root, "check") == 1
    shutil.rmtree(root / "data" / "editions")
    shutil.copytree(tmp_path / "before", root / "data" / "editions")
    withdraw(root, KEY, Act(LATER, reason="误公开", pdfs=False))
    assert run(root, "check") == 0
    assert verify(root).wrong == ()


def test_sound_ledgers_are_silent(tmp_path: Path) -> None:
    """Sealed, corrected, withdrawn."""
    root = corrected(tmp_path, who="示例县财政局")
    assert findings(root) == []
    withdraw_it(root)
    assert findings(root) == []
    put(root, "更正", edition=3, setting=f"程序 电话{PHONE}")  # not the words of a person
    assert found(root) == []


def test_the_number_of_an_office_may_be_corrected_in_public() -> None:
    """Old and new of a landline are shown, those of a mobile are not."""
    assert masked(f"电话：0731-84000000，手机{PHONE}") == "电话：0731-84000000，手机" + "＊" * 11
