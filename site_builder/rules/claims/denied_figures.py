"""说没有，数据里却有: a sentence says that there was none of what the report prints an amount of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "figure-denied",
    "error",
    Words("文字说没有，数据里却有", "None by its words, an amount by its figures"),
    Words(
        "文字说“{claim}”，{where}{printed}",
        "the text says “{claim}”; {where_en}{printed}",
    ),
    Words(
        "请核对这句话和这个数；原件如此的，保留原文并在“认可”中说明",
        "check the sentence and the figure; if both are printed so, explain it",
    ),
    Words(
        "“本单位无此项支出”多半是模板里的话，有数的没有改。",
        "“None” is what the template says; with an amount it should have been replaced.",
    ),
)
NONE = re.compile(
    r"(?:无|没有|未发生|未产生|未安排|未列支|不涉及)(?P<name>[^，,。；;：:、（）()0-9]{3,20})(?=[，,。；;：:、（）()]|$)"
)
MAYBE_NONE = re.compile("[无没未不](?:(?<=无)(?=[一-鿿“]{3})|有|[发产安列]|涉)")
COSTS = re.compile(
    r"(?:无|没有|未发生|未产生)(?P<name>(?:会议|培训|公务接待|公务用车购置|因公出国（境）|出国（境）|差旅|印刷|租赁|维修|劳务|咨询|招待)费)(?:用|支出|开支)?(?=[，,。；;、]|$)"
)
# None of it, and so many of what it would have been: 未发生公务接待费 … 接待25批次.
ACCIDENT = "(?:安全)?(?:生产)?(?:责任)?(?:安全)?事故"
PAIRS = (
    (
        re.compile(
            r"(?:无|没有|未发生|未产生)公务接待(?=[费支情，,。；;、）)]|$)|公务接待费(?:支出|决算)?(?:为|共)?0(?:\.0+)?(?:万元|元)"
        ),
        re.compile(
            r"(?:公务|国内)接待(?:共|累计|上级|来宾|检查|考察)*(?P<n>[0-9]+)(?:余|多)?(?:批次?|人次)|"
            r"接待(?:国内|上级|公务|来宾|检查|指导|调研|考察|各级|相关|对口|督查|领导|部门|单位)+[^，,。；;0-9]{0,6}(?P<m>[0-9]+)(?:余|多)?(?:批次?|人次)"
        ),
        "公务接待",
    ),
    (
        re.compile(
            r"(?:未|没有|无)(?:再|新|更新)*(?:购置|购买|购入|采购|购|更新)(?:和更新|（更新）|任何|新的?)*(?:公务用车|公务车|公车)(?!运行|维护)|"
            r"(?:无|没有)公务用车购置|公务用车购置(?:费|支出)*未(?:支出|发生|安排|列支)|公务用车购置(?:数|费)?(?:支出|决算)?(?:为|共)?0(?:\.0+)?(?:万元|元|辆|台)"
        ),
        re.compile(
            r"(?:新?购置|新购入?|购买|采购)(?:了)?(?:[^，,。；;、0-9一二两三无没未]{0,6}用?)?(?:公务用车|公务车|公车)(?P<n>[0-9]+|[一二两三])[辆台]|"
            r"(?:新?购置|新购入?|购买|采购)(?:了)?(?P<m>[0-9]+|[一二两三])[辆台](?:[^，,。；;、0-9无没未]{0,6}用?)?(?:公务用车|公务车|公车)(?=[，,。；;、（(用供]|$)|"
            r"(?:公务用车|公务车|公车)购置(?:费用?|支出)(?:支出|决算)*(?:为|共)?(?P<k>[0-9]+(?:\.[0-9]+)?)(?:万元|元)"
        ),
        "公务用车",
    ),
    (
        re.compile(
            r"(?:无|没有|未发生|未产生|未安排|未组织)(?:任何|人员)*因公(?:临时)?出国|因公出国（境）(?:费用?|经费|支出)+(?:决算)?(?:为|共)?0(?:\.0+)?(?:万元|元)"
        ),
        re.compile(
            r"(?:组织|安排|因公)*出国(?:（境）)?(?:考察|学习|培训)?(?:团组?)?(?P<n>[0-9]+)(?:个|批次?|人次?)|"
            r"因公(?:临时)?出国(?:（境）|境)?(?:费用?|经费|支出)+(?:支出|决算)?(?:为|共计?|达)?(?P<m>[0-9]+(?:\.[0-9]+)?)(?:万元|元)"
        ),
        "出国",
    ),
    (
        re.compile(r"(?:无|没有|未发生|未安排)政府采购(?:支出|项目|预算|业务)?(?=[，,。；;、]|$)"),
        re.compile(
            r"(?:政府采购)(?:项目|支出|金额|总额|预算)*(?:共|为|共计|合计)?(?P<n>[0-9]+)(?:\.[0-9]+)?(?:个|项|万元|元)"
        ),
        "政府采购",
    ),
    (
        re.compile(
            r"(?<!基金)(?<!项目)(?<!预算)(?<!拨款)(?:年末|年底|年终|期末|全年|本年度?|当年)(?:财政拨款|资金|预算)?(?:均|都)?(?:无|没有|未形成|未产生)(?:资金)?(?:结转和?结余|结余结转|结转|结余)(?=资金|[，,。；;、）)]|$)|"
            r"(?:结转和?结余|结余结转)(?:资金)?为(?:零|0(?:万元|元))"
        ),
        re.compile(
            r"(?:年末|年底|年终|期末)[^，,。；;0-9上初无没]{0,8}?(?:结转和?结余|结余结转|结转|结余)(?:资金|金额|余额)?(?:为|共|计|达)*(?P<n>[0-9]+)(?:\.[0-9]+)?(?:万元|元)"
        ),
        "结",
    ),
    (
        re.compile(rf"(?:零|未发生(?:任何|一起|1起)?){ACCIDENT}|{ACCIDENT}(?:零发生|零起)"),
        re.compile(rf"发生[^，,。；;0-9零无]{{0,6}}{ACCIDENT}(?P<n>[0-9]+)[起例]"),
        "事故",
    ),
    (
        re.compile(
            "(?:未|没有|无|零)(?:发生|出现)?(?:一起|1起|任何)?(?:道路)?交通[^，,。；;0-9]{0,6}(?:死亡|亡人)(?:事故)?"
        ),
        re.compile(
            "交通事故[^。；;0-9]{0,8}(?:致|造成|导致)[^。；;0-9]{0,4}(?P<n>[1-9一二两三])人?名?[^。；;0-9]{0,6}(?:死亡|身亡|遇难)"
        ),
        "亡",
    ),
    (
        re.compile(
            "(?:未|没有|无|零)(?:再)?(?:新增|举借|新举借)(?:任何|新的)?(?:政府|隐性|村级)*(?:债务|借款|贷款)"
        ),
        re.compile(
            r"(?:新增|举借|新举借|借入)(?:政府|隐性|村级)*(?:债务|借款|贷款)(?:资金)?(?:为|共|计|达)?(?P<n>[0-9]+)(?:\.[0-9]+)?(?:万元|元)"
        ),
        "债",
    ),
    (
        re.compile(
            "(?:没有|不存在|未形成|未产生)(?:任何|一分钱?|一笔)?的?负债(?=[，,。；;、）)]|$)|"
            "(?<![村体司业社])(?:无|零|无任何)负债(?=[，,。；;、）)]|$)|负债(?:总额|余额)?为(?:零|0(?:万元|元))"
        ),
        re.compile(
            r"(?<![村体司业社])负债(?:总额|合计|余额)?(?:为|共|计|达)*(?P<n>[0-9]+)(?:\.[0-9]+)?(?:万元|元)"
        ),
        "负债",
    ),
    (
        re.compile("道路交通[^。；;0-9]{0,14}零事故"),
        re.compile(r"(?:发生|处置|处理)[^，,。；;0-9零无]{0,6}交通事故(?P<n>[0-9]+)[起例]"),
        "交通",
    ),
    (
        re.compile("(?:零|未发生(?:任何|一起|1起)?)森林(?:草原)?火灾|森林(?:草原)?火灾零发生"),
        re.compile(
            "(?:扑救|扑灭|发生|处置)[^，,。；;0-9]{0,4}森林(?:草原)?火[灾情警](?P<n>[0-9]+)[起次场]"
        ),
        "火灾",
    ),
)
# 公务接待零支出
ZERO = re.compile("(?:实现|做到|均为|均|全部|全年|为)*零(?:支出|开支|列支|发生)")
MAYBE_ZERO = led_by("零", "零[支开列发][出支生]")
# Whose it is, when it is not the town's.
OF_OTHERS = re.compile("各?村[级组]?|社区|站所|学校|卫生院|下属|所属|上级|企业|县[里级]")
# What the data call the cost of it, where NONE does not say so.
NAMES = {"公务用车": "公务用车购置费", "出国": "因公出国（境）费", "负债": "负债总额"}
REACH = 16  # characters before a word that a denial of it may begin with
PART_OF_YEAR = re.compile("上半年|季度|[0-9]月|春节|期间|假期|防火期")
# Another year, a plan, or a part of the town.
OTHERWISE = re.compile(
    "年初(?:未|没有|无)|上年|去年|往年|历年|以来|20[0-9]{2}年|较|比|预算|计划|标准|下一步|力争|确保|明年|下年|次年|拟|申请|打算|如需|各?村级?(?:没|无|未)|站所|财政所|所属|下属|事业单位"
)
LEAD = r"(?:全年|本年度?|当年|20[0-9]{2}年度?|其中[:：]?|[，,。；;、（(])*"
TAIL = re.compile("(?:预算)?(?:支出|收入|费用|拨款|资金|情况|安排|开支|经费)*$")
BASES = frozenset(("决算", "年末"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “无…支出” whose name is a concept of the report."""
    compared = False
    year = subject.disclosure.key.year
    for passage in subject.told.holding(MAYBE_NONE):
        text = passage.text
        if not is_told(passage):
            continue
        for match in NONE.finditer(text):
            if OF_OTHERS.search(text, passage.opening(match.start()), match.start()):
                continue
            fact = _meant(subject, match["name"], year)
            if fact is None:
                continue
            compared = True
            if fact.figure.amount > 0:
                yield _finding(passage, match, fact, match["name"])
            else:
                yield Outcome(RULE, (fact.address,))
    for outcome in (*_zero(subject, year), *_in_words(subject)):
        compared = True
        yield outcome
    for outcome in _pairs(subject):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有说某一项没有", "nothing is said to be none"))


def _zero(subject: Subject, year: int) -> Iterator[Outcome]:
    """公务接待零支出, and the data print an amount of it."""
    for passage in subject.told.holding(MAYBE_ZERO):
        for match in ZERO.finditer(passage.text) if is_told(passage) else ():
            low = passage.opening(match.start())
            for name in subject.told.all_named(passage.text[low : match.start()]):
                fact = _of_year(subject.told.facts[name], year)
                if fact is not None and fact.figure.amount > 0:
                    yield _finding(passage, match, fact, name, low)


def _in_words(subject: Subject) -> Iterator[Outcome]:
    """“无会议费支出” in one sentence, “会议费支出0.6万元” in another."""
    text = subject.wording.text
    denied: dict[str, re.Match[str]] = {}  # said twice to be none, it is one mistake
    for match in COSTS.finditer(text, 0, subject.wording.notes):
        denied.setdefault(match["name"], match)
    for name, match in denied.items():
        if subject.told.facts.get(name):
            continue  # the data say so
        pattern = re.compile(
            rf"(?<![一-鿿]){LEAD}{re.escape(name)}(?:支出|决算)?(?:为|共|共计|合计)?(?P<n>[0-9][0-9,.]*)(?:万元|元)"
        )
        for passage in subject.told.lines:
            found = pattern.search(passage.text) if name in passage.text else None  # quick
            if found is None or not found["n"].strip("0.,") or not is_told(passage):
                continue
            claim = match[0]
            words = _said(claim, found[0][found[0].index(name) :])
            start = found.start() + found[0].index(name)
            address = sentence_address(found["n"], name)
            finding = Finding(RULE, passage.place(start), words, (), address, found["n"])
            yield Outcome(RULE, finding=finding)
            break


def _said(claim: str, printed: str) -> dict[str, str]:
    """The words of a finding whose amount stands in another sentence."""
    where = {"where": "另一处却写", "where_en": "another place has "}
    return {"claim": claim, "printed": f"“{printed}”", **where}


def _pairs(subject: Subject) -> Iterator[Outcome]:
    """“未发生公务接待费” in one place, “接待25批次” in another."""
    text, year = subject.wording.text, subject.disclosure.key.year
    for none, some, word in PAIRS:
        if not _stands(text, word, none):  # quick
            continue
        denied = _told(subject, none, year)
        if denied is None:
            continue
        told = _told(subject, some, year, denied)
        if told is None:
            fact = _meant(subject, NAMES[word], year) if word in NAMES else None
            if fact is not None and fact.figure.amount > 0:
                yield _finding(*denied, fact, fact.concept)
            else:
                yield Outcome(RULE)
            continue
        (passage, match), (other, claim) = told, denied
        words = _said(claim[0], match[0])
        address = sentence_address(match[0], claim[0])
        at, others = passage.place(match.start()), (other.place(claim.start()),)
        yield Outcome(RULE, finding=Finding(RULE, at, words, others, address, match[0]))


def _stands(text: str, word: str, pattern: re.Pattern[str]) -> bool:
    """Does a pattern that holds `word` stand anywhere? Searched for around the word only."""
    place = text.find(word)
    while place >= 0:
        if pattern.search(text, max(0, place - REACH), place + 2 * REACH) is not None:  # quick
            return True
        place = text.find(word, place + len(word))
    return False


def _told(
    subject: Subject,
    pattern: re.Pattern[str],
    year: int,
    beside: tuple[Passage, re.Match[str]] | None = None,
) -> tuple[Passage, re.Match[str]] | None:
    """Where the narrative says so of the whole year; beside a denial, in its own section or line."""
    for passage in subject.told.lines:
        if beside is not None and passage.section != beside[0].section:
            continue
        for match in pattern.finditer(passage.text):
            low, _ = passage.sentence(match.start())
            said = passage.text[low : match.end()].replace(f"{year}年", "")
            part = beside is None and PART_OF_YEAR.search(said) and "全年" not in said
            if part or OTHERWISE.search(said) or not is_told(passage):
                continue
            number = "".join(filter(None, match.groupdict().values()))
            if beside is not None and not number.strip("0."):
                continue
            return passage, match
    return None


def _meant(subject: Subject, name: str, year: int) -> Fact | None:
    """The figure that is named: the words themselves, or what they begin with."""
    told, bare = subject.told.facts, TAIL.sub("", name)
    names = (name, bare, f"{bare}支出", f"{bare}费", f"{bare}预算拨款", f"{bare}拨款")
    found = (_of_year(told.get(words, ()), year) for words in names)
    return next(filter(None, found), None)


def _of_year(facts: Iterable[Fact], year: int) -> Fact | None:
    """What was spent or left in the year, of the figures of one name."""
    return next((f for f in facts if f.year == year and f.basis in BASES), None)


def _finding(
    passage: Passage, match: re.Match[str], fact: Fact, name: str, low: int | None = None
) -> Outcome:
    start = match.start() if low is None else low
    claim = passage.text[start : match.end()].strip()
    words = {
        "claim": claim,
        "where": f"数据中“{fact.label}”是",
        "where_en": f"the data have at “{fact.label}” ",
        "printed": str(fact.figure),
    }
    finding = Finding(
        RULE,
        passage.place(start),
        words,
        (fact.at,),
        passage.address or sentence_address(claim, name),
        claim,
        str(fact.figure),
    )
    return Outcome(RULE, (fact.address,), finding)
