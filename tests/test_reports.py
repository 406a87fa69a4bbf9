"""The five real reports: counts taken from the originals, their contradictions, and every guard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built import ROOT, TODAY, built, checked, copy_project, library, visible

from site_builder.__main__ import main
from site_builder.check import check_library
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, read_library
from site_builder.page import report_path

# Cells of the printed tables, counted on the originals (blank ones too), and all facts.
CELLS = {
    "miluo/guiyi/2022": {
        "财政供养人员情况": 3,
        "经费控制情况": 16 * 3,
        "楼堂馆所控制情况": 6,
        "年度资金": 6,
        "年度资金构成": 6,
        "绩效指标": 11 * 8 + 4 + 2,
        "项目资金": 4 * 6,
        "项目绩效指标": 11 * 8 + 4 + 2,
    },
    "fengshun/shatian/2021": {"人员编制情况": 8 * 2, "绩效指标": 27 * 5 + 1},
    "taojiang/daligang/2020": {"三公经费支出对比": 3 * 7, "三公经费预算执行情况": 3 * 4},
    "taojiang/lucidu/2022": {
        "基本支出使用情况": 6 * 3,
        "三公经费使用情况": 3 * 5,
        "项目支出明细": 10 * 2,
    },
    "changning/yintian/2022": {},
}
FACTS = {
    "miluo/guiyi/2022": 191,
    "fengshun/shatian/2021": 124,
    "taojiang/daligang/2020": 146,
    "taojiang/lucidu/2022": 160,
    "changning/yintian/2022": 109,
}
# What a person auditing the originals finds within the rules: report, rule, what is printed there.
CONTRADICTIONS = """
changning/yintian/2022 change-of-parts 报告称三公经费基本持平
changning/yintian/2022 claim-denied 预算编制及时、准确，执行情况良好
changning/yintian/2022 comparison-year 2020年
changning/yintian/2022 comparison-year 2020年
changning/yintian/2022 difference-differs 12.87万元
changning/yintian/2022 document-number 【2013】29号
changning/yintian/2022 doubly-approximate 约960余万元
changning/yintian/2022 doubly-approximate 约960余万元
changning/yintian/2022 doubly-approximate 超过1万余人次
changning/yintian/2022 exact-and-about 101400余元
changning/yintian/2022 exact-and-about 101400余元
changning/yintian/2022 goals-not-stated 部门绩效目标
changning/yintian/2022 heading-number 一、2022年度工作情况
changning/yintian/2022 misspelt-word 公务服务质量
changning/yintian/2022 misspelt-word 劳动保证法
changning/yintian/2022 misspelt-word 国家反电诈APP
changning/yintian/2022 misspelt-word 国家反电诈APP
changning/yintian/2022 misspelt-word 科学性和规定性
changning/yintian/2022 no-result 三、评价结论及建议
changning/yintian/2022 rest-untold 339人
changning/yintian/2022 satisfaction-unmeasured 受益群体满意度高
changning/yintian/2022 small-group 正文.（五）综合治理方面=1人
changning/yintian/2022 small-group 正文.（五）综合治理方面=3人，强制隔离戒毒10人
changning/yintian/2022 small-group 正文·信访与普法.解除社区矫正
changning/yintian/2022 small-group 正文·禁毒与反诈.参加药物治疗
changning/yintian/2022 small-group 正文·禁毒与反诈.死亡
changning/yintian/2022 small-group 正文·禁毒与反诈.羁押
changning/yintian/2022 unit-missing 0万
changning/yintian/2022 unit-slip 92.39元
fengshun/shatian/2021 carry-over-counted 2788.56万元
fengshun/shatian/2021 comparison-without-figures “三公”经费实际支出小于预算安排
fengshun/shatian/2021 doubled-words 公众或服务对象满意度
fengshun/shatian/2021 doubled-words 公用经费控制率
fengshun/shatian/2021 doubled-words 资产盘点情况
fengshun/shatian/2021 doubled-words 资产管理合规性
fengshun/shatian/2021 far-from-budget 1.32万元
fengshun/shatian/2021 flawless-beside-failure 没有资产管理问题
fengshun/shatian/2021 formula-upside-down 0/1.32
fengshun/shatian/2021 goal-of-next-year 力争明年动工
fengshun/shatian/2021 goals-without-figures 可衡量
fengshun/shatian/2021 heading-number （四）部门整体收入和部门整体支出情况
fengshun/shatian/2021 indicator-unscored 绩效指标.12.得分
fengshun/shatian/2021 indicator-unscored 绩效指标.13.得分
fengshun/shatian/2021 indicator-unscored 绩效指标.14.得分
fengshun/shatian/2021 list-lacks-item 绩效指标.5.自评说明
fengshun/shatian/2021 misspelt-word 26综
fengshun/shatian/2021 misspelt-word 26综
fengshun/shatian/2021 misspelt-word 价段
fengshun/shatian/2021 misspelt-word 价段
fengshun/shatian/2021 more-than-insured 截至12月21日缴费到账人数12849人
fengshun/shatian/2021 ratio-differs 28.39%
fengshun/shatian/2021 ratio-undefined 0%
fengshun/shatian/2021 reason-repeated 绩效指标.25.自评说明
fengshun/shatian/2021 result-of-earlier-year 2020年年末由低于5万元升到28.7万元
fengshun/shatian/2021 satisfaction-unmeasured 称都较为满意
fengshun/shatian/2021 score-denied 所附说明写2021年未按每年按要求进行资产盘点
fengshun/shatian/2021 score-despite-failure 2
fengshun/shatian/2021 score-misnamed 绩效目标完成率
fengshun/shatian/2021 score-total 94
fengshun/shatian/2021 task-short 目标全部完成
fengshun/shatian/2021 told-twice 2032.56万元
fengshun/shatian/2021 unit-missing 5千万
fengshun/shatian/2021 wrong-self-name 我局
fengshun/shatian/2021 wrong-self-name 我局
fengshun/shatian/2021 year-unmarked 2019
fengshun/shatian/2021 zero-not-among-problems 0
miluo/guiyi/2022 annex-missing 六项附件
miluo/guiyi/2022 budget-equals-outturn 4204.57
miluo/guiyi/2022 conversion-residue =35.36万元
miluo/guiyi/2022 document-number [2022]14号
miluo/guiyi/2022 doubled-words 规规定
miluo/guiyi/2022 far-from-budget 1532.11
miluo/guiyi/2022 far-from-budget 796.84
miluo/guiyi/2022 form-instruction 一个专项一行
miluo/guiyi/2022 full-marks 100
miluo/guiyi/2022 heading-number 二、一般公共预算支出情况
miluo/guiyi/2022 heading-number （3）项目支出产出情况
miluo/guiyi/2022 heading-number （三）项目支出绩效目标完成程度
miluo/guiyi/2022 heading-unfulfilled 七、存在的问题及原因分析
miluo/guiyi/2022 heading-unfulfilled 项目支出绩效评价报告·五、主要经验及做法、存在的问题及原因分析
miluo/guiyi/2022 kind-of-money 4204.57万元
miluo/guiyi/2022 linked-figure 186.5m
miluo/guiyi/2022 linked-figure 186.5m
miluo/guiyi/2022 misspelt-name 汩罗市
miluo/guiyi/2022 misspelt-word 上管部门
miluo/guiyi/2022 misspelt-word 发现壮大
miluo/guiyi/2022 misspelt-word 完全管理秩序
miluo/guiyi/2022 misspelt-word 征对
miluo/guiyi/2022 misspelt-word 据实反应
miluo/guiyi/2022 misspelt-word 政策向导
miluo/guiyi/2022 misspelt-word 污水网管
miluo/guiyi/2022 misspelt-word 的到改善
miluo/guiyi/2022 misspelt-word 老引旧
miluo/guiyi/2022 misused-mark «预算法»
miluo/guiyi/2022 one-ratio-for-all 经费控制情况.3、公务接待.2022年决算数
miluo/guiyi/2022 outdated-phrase 行政单位会计制度
miluo/guiyi/2022 plan-in-the-past 2023年3月份前
miluo/guiyi/2022 procurement-exceeds 1315
miluo/guiyi/2022 project-name-differs 菜地清理硬化
miluo/guiyi/2022 projects-not-evaluated 35.36
miluo/guiyi/2022 result-not-measured ≧95%
miluo/guiyi/2022 result-uncounted 100%保障了工资及运转、民生和基本公共服务
miluo/guiyi/2022 results-copied 绩效指标.2.实际完成值
miluo/guiyi/2022 saving-beside-excess 压缩非必要开支
miluo/guiyi/2022 target-cannot-fail 0%~100%
miluo/guiyi/2022 target-unmeasurable 100%
miluo/guiyi/2022 told-twice 20万元
miluo/guiyi/2022 told-twice 20万元
miluo/guiyi/2022 unit-missing 35.36万
miluo/guiyi/2022 wrong-self-name 本乡
miluo/guiyi/2022 wrong-self-name 本乡
miluo/guiyi/2022 wrong-year 2023年
miluo/guiyi/2022 wrong-year 2023年
miluo/guiyi/2022 wrong-year 2023年度
miluo/guiyi/2022 wrong-year 2023年度
taojiang/daligang/2020 annex-missing 指明详见附件2
taojiang/daligang/2020 annex-missing 统计结果称见附件
taojiang/daligang/2020 claim-denied 支出总额没有超出预算
taojiang/daligang/2020 claim-denied 没有截留、挤占、挪用
taojiang/daligang/2020 column-repeats-last-year 三公经费支出对比.公务接待费.2020年.合计
taojiang/daligang/2020 communities-among-villages 17个行政村
taojiang/daligang/2020 comparison-year 2018年度
taojiang/daligang/2020 comparison-year 2018年度
taojiang/daligang/2020 conversion-residue NGXIANGMU
taojiang/daligang/2020 count-told-twice 签订扶贫公益性岗位64个
taojiang/daligang/2020 document-number [2021]14号
taojiang/daligang/2020 early-evaluation 2020年3月初
taojiang/daligang/2020 early-evaluation 2020年3月初
taojiang/daligang/2020 goal-missed 4%
taojiang/daligang/2020 heading-number 三、项目组织实施情况
taojiang/daligang/2020 heading-number 二、奋力保民生、促和谐
taojiang/daligang/2020 misspelt-word 专款专用、转账核算
taojiang/daligang/2020 misspelt-word 任有余额
taojiang/daligang/2020 misspelt-word 保植
taojiang/daligang/2020 misspelt-word 攻艰
taojiang/daligang/2020 misspelt-word 财政决算帐
taojiang/daligang/2020 misspelt-word 退补渔民
taojiang/daligang/2020 misspelt-word 退补渔民
taojiang/daligang/2020 sum-differs 2009.47万元
taojiang/daligang/2020 survey-differs 发放200份
taojiang/daligang/2020 told-classes-short 857.42万元
taojiang/lucidu/2022 claim-contradicted 编制内在职人员控制率小于100%
taojiang/lucidu/2022 claim-doubtful 支出总额在预算总额以内
taojiang/lucidu/2022 claim-exaggerated 主要因为公务接待费降幅大
taojiang/lucidu/2022 claim-exaggerated 主要是公务接待费下降幅度大
taojiang/lucidu/2022 difference-differs 798.84元
taojiang/lucidu/2022 doubled-words 发放
taojiang/lucidu/2022 doubled-words 镇镇
taojiang/lucidu/2022 doubled-words 镇镇
taojiang/lucidu/2022 early-evaluation 2022年3月
taojiang/lucidu/2022 early-evaluation 2022年3月
taojiang/lucidu/2022 goal-far-exceeded 20亿元
taojiang/lucidu/2022 heading-number 面临的挑战和存在的不足
taojiang/lucidu/2022 implausible 10名
taojiang/lucidu/2022 implausible 13.05万吨
taojiang/lucidu/2022 implausible 13.05万吨
taojiang/lucidu/2022 implausible 4.8分
taojiang/lucidu/2022 implausible 546.93
taojiang/lucidu/2022 linked-figure 22.90万元
taojiang/lucidu/2022 linked-figure 798.84元
taojiang/lucidu/2022 misspelt-name 鸬鹚镇
taojiang/lucidu/2022 misspelt-word 人民政府着落于
taojiang/lucidu/2022 misspelt-word 保植
taojiang/lucidu/2022 misspelt-word 实施无人抚养
taojiang/lucidu/2022 misspelt-word 已评价结果为导向
taojiang/lucidu/2022 misspelt-word 稳固拓展脱贫
taojiang/lucidu/2022 named-size 2350亩
taojiang/lucidu/2022 named-size 2350亩
taojiang/lucidu/2022 outdated-phrase 村支两委换届
taojiang/lucidu/2022 outdated-phrase 党的十九大和十九届历次全会精神
taojiang/lucidu/2022 outdated-phrase 全面完成脱贫攻坚
taojiang/lucidu/2022 outdated-phrase 落实党的十九大报告精神
taojiang/lucidu/2022 over-establishment 107人
taojiang/lucidu/2022 ratio-differs 0.099
taojiang/lucidu/2022 ratio-differs 0.099
taojiang/lucidu/2022 ratio-truncated 113.82%
taojiang/lucidu/2022 ratio-truncated 7.40%
taojiang/lucidu/2022 ratio-truncated 7.40%
taojiang/lucidu/2022 sentence-denies-itself 评上
taojiang/lucidu/2022 sub-item-as-peer 22.5万元
taojiang/lucidu/2022 sum-rounded 2607万元
taojiang/lucidu/2022 told-twice 22.90万元
taojiang/lucidu/2022 unit-missing 200余万
taojiang/lucidu/2022 unpaired-mark ”
"""
DISCLOSURES = pytest.mark.parametrize("disclosure", library().disclosures, ids=lambda d: str(d.key))


@DISCLOSURES
def test_every_cell_of_the_printed_tables_is_there(disclosure: Disclosure) -> None:
    """Cells per table as counted on the original."""
    counted = {
        t.form.key: sum(1 for _ in t.cells())
        for t in disclosure.report.tables
        if t.form.key in CELLS[str(disclosure.key)]
    }
    assert counted == CELLS[str(disclosure.key)]


@DISCLOSURES
def test_every_fact_is_there(disclosure: Disclosure) -> None:
    """Facts per report."""
    assert len(disclosure.report.facts) == FACTS[str(disclosure.key)]


def test_the_contradictions_of_the_originals_and_no_others() -> None:
    """The list above, each at a line that holds what is printed."""
    found = [f for f in checked().findings if not f.rule.pending]
    assert sorted(f"{f.report} {f.rule.id} {f.printed or f.address}" for f in found) == sorted(
        CONTRADICTIONS.strip().split("\n")
    )
    for finding in found:
        line = (ROOT / finding.at.file).read_text("utf-8").split("\n")[finding.at.line - 1]
        words = re.sub(r"\[([^\[\]]*)\]\(#[^\s]*?\)", r"\1", line)
        assert finding.printed in words or finding.printed in line, finding.at


def test_every_contradiction_is_explained_in_public() -> None:
    """Nothing stops the build, and nothing is left without words."""
    assert checked().open == ()
    found = [f for f in checked().findings if not f.rule.pending]
    assert all(f.acknowledged and len(f.acknowledged.explanation) > 10 for f in found)


def guarded_totals() -> list[tuple[str, int, int, str]]:
    """Every figure of the five reports that a rule calls a total, difference or ratio."""
    from site_builder.relations import cases_of

    places = {}
    for disclosure in library().disclosures:
        known = {f.address for f in checked().reports[disclosure.key].findings}
        for case in cases_of(disclosure, library().concepts):
            fact = case.result
            if case.absent or not case.operands or fact.address in known or fact.figure.about:
                continue
            if case.kind == "合计":
                places[fact.at] = fact.figure.text
    return [(at.file, at.line, at.column, text) for at, text in sorted(places.items())]


@pytest.mark.parametrize(("file", "line", "column", "text"), guarded_totals())
def test_one_changed_digit_in_a_total_is_named(
    tmp_path: Path, file: str, line: int, column: int, text: str
) -> None:
    """Whichever digit of a total is changed, `check` names its line and exits 1."""
    root = copy_project(tmp_path / "project")
    source = (ROOT / file).read_text("utf-8")
    lines = source.split("\n")
    for place in [m.start() for m in re.finditer(r"[0-9]", text)]:
        other = str((int(text[place]) + 1) % 10)
        changed = text[:place] + other + text[place + 1 :]
        if re.match(r"0[0-9]", changed):
            continue  # 04204.57 is no number at all
        row = lines[line - 1]
        broken = [*lines]
        broken[line - 1] = row[: column - 1] + changed + row[column - 1 + len(text) :]
        (root / file).write_text("\n".join(broken), "utf-8")
        run = check_library(read_library(root, [root / file]), TODAY)
        named = {f.at.line for f in run.open} | {p.line for f in run.open for p in f.others}
        assert line in named, (changed, [str(f.at) for f in run.open])
    assert main(["--root", str(root), "check", file]) == 1


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, done = built(tmp_path_factory.mktemp("built") / "project")
    assert done.problems == ()
    return root / "site"


@DISCLOSURES
def test_every_fact_stands_on_its_page(disclosure: Disclosure, site: Path) -> None:
    """Each fact's printed text is on the page, in the cell that carries its address."""
    html = (site / report_path(disclosure.key)).read_text("utf-8")
    words = visible(html)
    for fact in disclosure.report.facts:
        assert re.sub(r"\s+", "", fact.figure.text) in words
        assert f'id="{fact.address}"' in html


@DISCLOSURES
def test_every_figure_of_the_narrative_stands_on_its_page(
    disclosure: Disclosure, site: Path
) -> None:
    """Rendering loses no digit of the words."""
    words = visible((site / report_path(disclosure.key)).read_text("utf-8"))
    source = (ROOT / disclosure.narrative.file).read_text("utf-8")
    plain = re.sub(r"\]\(#[^\s]*?\)(?=[^)]|$)", "]", source)
    for figure in set(re.findall(r"[0-9]+(?:\.[0-9]+)?", plain)):
        assert figure in words


def test_no_personal_data_is_kept() -> None:
    """No mobile number stands in the project, in any form."""
    mobile = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
    for path in [*ROOT.glob("data/**/*.yaml"), *ROOT.glob("content/**/*.md")]:
        assert not mobile.search(path.read_text("utf-8")), path.name


def test_a_build_stops_at_an_unexplained_error(tmp_path: Path) -> None:
    """A wrong total keeps the old site; a draft goes beside it, under a banner."""
    root, done = built(tmp_path / "project")
    assert done.published
    before = (root / "site" / "index.html").read_text("utf-8")
    report = root / "data/reports/changning/yintian/2022.yaml"
    text = report.read_text("utf-8")
    report.write_text(text.replace("1809.48万元", "1909.48万元", 1), "utf-8")
    assert main(["--root", str(root), "build", "--no-pdf"]) == 1
    assert (root / "site" / "index.html").read_text("utf-8") == before
    assert main(["--root", str(root), "build", "--no-pdf", "--draft"]) == 0
    assert "草稿" in (root / "build" / "draft" / "index.html").read_text("utf-8")
    assert (root / "site" / "index.html").read_text("utf-8") == before


def test_the_same_inputs_give_the_same_site(tmp_path: Path, site: Path) -> None:
    """Built twice in different folders, every file is byte for byte the same."""
    root, _ = built(tmp_path / "elsewhere" / "project")
    again = {p.relative_to(root / "site"): p for p in (root / "site").rglob("*") if p.is_file()}
    first = {p.relative_to(site): p for p in site.rglob("*") if p.is_file()}
    assert again.keys() == first.keys()
    differing = [str(n) for n in first if first[n].read_bytes() != again[n].read_bytes()]
    assert differing == []


def test_reports_stand_at_their_permanent_addresses(site: Path) -> None:
    """<county>/<town>/<year>/ for good."""
    assert report_path(ReportKey("miluo", "guiyi", 2022)) == "miluo/guiyi/2022/index.html"
    for disclosure in library().disclosures:
        assert (site / report_path(disclosure.key)).is_file()


def test_words_before_the_first_heading_can_be_pointed_at(tmp_path: Path) -> None:
    """A finding in them does not leave a dead link."""
    root = copy_project(tmp_path / "project")
    path = root / "content/reports/changning/yintian/2022.md"
    path.write_text("前言。。\n\n" + path.read_text("utf-8"), "utf-8")
    assert main(["--root", str(root), "check"]) == 1
    assert main(["--root", str(root), "build", "--no-pdf"]) == 0
