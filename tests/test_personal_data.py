"""What is personal is found wherever it is written, and said in no format. All numbers are made up."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from projects import NARRATIVE, REPORT, TODAY, Change, findings, project

from site_builder.__main__ import main
from site_builder.check import CHECKING_RULES, check_library
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.output.github import write_github
from site_builder.output.json import write_json
from site_builder.output.junit import write_junit
from site_builder.output.sarif import write_sarif
from site_builder.output.text import write_text
from site_builder.personal_numbers import ID_WEIGHTS, digits_of, id_check, luhn

# Nobody's: a number of zeros, the region 100000 in 1900, a name that stands for no one.
PHONE = "13900000000"
CARD = "6222000000000000004"


def identity(first: str = "10000019000101000") -> str:
    """A number whose last digit fits the others."""
    total = sum(int(d) * w for d, w in zip(first, ID_WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


ID = identity()


def found(root: Path, changes: dict[str, Change]) -> list[Finding]:
    """All findings of the project with `changes`."""
    return list(check_library(read_library(project(root, changes)), TODAY).findings)


def written(all_: Iterable[Finding], root: Path) -> str:
    """The findings in every format and both languages."""
    listed = list(all_)
    parts = []
    for lang in ("zh", "en"):
        for colour in (False, True):
            parts.append(write_text(listed, root, lang, colour))
        parts += [write_json(listed, lang), write_github(listed, lang)]
        parts.append(write_sarif(listed, CHECKING_RULES, lang))
        parts.append(write_junit(listed, {}, lang))
    return "\n".join(parts)


IN_NARRATIVE: Change = ("年末在职", f"电话{PHONE}，{ID}，账号{CARD}，走访低保户王小明家，年末在职")
IN_CELL: Change = ("措施: 严格控制开支。", f"措施: 联系人：王小明，电话{PHONE}。")
SECRETS = (PHONE, ID, CARD, "王小明")


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        (
            {NARRATIVE: IN_NARRATIVE},
            {"personal-phone", "personal-id", "bank-card", "sensitive-person"},
        ),
        ({REPORT: IN_CELL}, {"personal-phone", "role-name"}),
    ],
)
def test_values_are_said_in_no_format(
    tmp_path: Path, changes: dict[str, Change], rules: set[str]
) -> None:
    all_ = found(tmp_path, changes)
    assert {f.rule.id for f in all_ if f.secret} == rules
    said = written(all_, tmp_path)
    for secret in SECRETS:
        assert secret not in said


def test_the_line_is_shown_with_the_value_masked(tmp_path: Path) -> None:
    all_ = found(tmp_path, {NARRATIVE: ("年末在职", f"电话{PHONE}。年末在职")})
    (finding,) = [f for f in all_ if f.rule.id == "personal-phone"]
    text = write_text([finding], tmp_path)
    assert "8 │ 电话" + "＊" * 11 + "。年末在职[30人]" in text
    assert finding.message() == "第3–13字有手机号码"
    assert (finding.printed, finding.recomputed, finding.length) == ("", "", 11)


def test_other_findings_of_the_line_show_it_masked_too(tmp_path: Path) -> None:
    all_ = found(
        tmp_path,
        {NARRATIVE: ("年末在职[30人]", f"电话{PHONE}，年末在职[31人]")},
    )
    assert {"personal-phone", "linked-figure"} <= {f.rule.id for f in all_}
    assert PHONE not in write_text(all_, tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        f"联系电话{PHONE}",
        f'"联系电话{PHONE}"',
        f"|-\n      联系方式\n      {PHONE}",
        f"联系方式\n      电话{PHONE}",
    ],
    ids=["plain", "quoted", "block", "folded"],
)
def test_a_value_is_masked_however_yaml_writes_it(tmp_path: Path, value: str) -> None:
    all_ = found(tmp_path, {REPORT: ("措施: 严格控制开支。", f"措施: {value}")})
    assert [f.rule.id for f in all_] == ["personal-phone"]
    assert PHONE not in written(all_, tmp_path)


def test_a_number_in_the_place_of_a_figure_is_said_by_no_other_rule(tmp_path: Path) -> None:
    """Whatever else is wrong with such a cell, no message repeats it."""
    all_ = found(tmp_path, {REPORT: ("收入合计: 420.50万元", f"收入合计: 电话{PHONE}")})
    assert "personal-phone" in {f.rule.id for f in all_}
    assert len(all_) > 1
    assert PHONE not in written(all_, tmp_path)


def test_a_label_is_masked_with_its_value(tmp_path: Path) -> None:
    all_ = found(tmp_path, {REPORT: ("维修道路: 3.2公里", f"联系{PHONE}的道路: 3.2公里")})
    (finding,) = [f for f in all_ if f.rule.id == "personal-phone"]
    assert PHONE not in finding.address
    assert PHONE not in written([finding], tmp_path)


def test_notes_and_explanations_are_read(tmp_path: Path) -> None:
    change: Change = (
        "  来源: 示例镇公开的报告\n",
        f"  来源: 示例镇公开的报告\n  说明: [电话{PHONE}]\n",
    )
    assert "report:10:8 personal-phone" in findings(project(tmp_path, {REPORT: change}))


def test_the_command_line_says_nothing_of_it(tmp_path: Path) -> None:
    root = project(tmp_path, {NARRATIVE: IN_NARRATIVE, REPORT: IN_CELL})
    for format_ in ("text", "json"):
        out = io.StringIO()
        with redirect_stdout(out):
            assert main(["--root", str(root), "check", "--format", format_]) == 1
        for secret in SECRETS:
            assert secret not in out.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "统一社会信用代码11430922006491074D",
        "统一社会信用代码119999000000000198",
        "索引号1137078555222300XQ/2015-00020，文号示财绩〔2023〕13900000000号",
        "项目编码13800138000",
        "拨付15000000000元，总投资13900000000.00元",
        "2022年1月1日至2022年12月31日",
        "网站标识码4309220018",
        "收入1319.60 0 1532.11",
        "ISBN 9787000000000",
        f"流水号{ID}",
    ],
)
def test_codes_amounts_and_dates_are_not_personal(tmp_path: Path, words: str) -> None:
    all_ = found(tmp_path, {NARRATIVE: ("年末在职", f"{words}。年末在职")})
    assert [f for f in all_ if f.secret] == []


@pytest.mark.parametrize(
    ("run", "digits"),
    [("１３９００００００００", PHONE), ("139-0000 0000", PHONE), ("1000Ｘ", "1000X")],
)
def test_digits_are_read_in_every_shape(run: str, digits: str) -> None:
    plain, places = digits_of(run)
    assert plain == digits
    assert len(places) == len(digits)


def test_check_digits() -> None:
    assert id_check(ID)
    assert not id_check(identity("10000019000101001")[:17] + ID[17])
    assert luhn(CARD)
    assert not luhn(CARD[:-1] + "5")
