"""残留文字: what templates, word processors and hurried copying leave in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_uppercase

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.rules.regulations import PUNCTUATION_MARKS
from site_builder.sentences import Passage
from site_builder.wording import Source, Wording

_REMEDY = Words(
    "请对照原件删去或补全；原件如此的，保留原文并在“认可”中说明",
    "mend it by the original; if it is printed so, keep and explain it",
)
CONVERSION = Rule(
    "conversion-residue",
    "warning",
    Words("排版或转换留下的代码", "Code left by a word processor"),
    Words("“{printed}”是{what}，不是正文", "“{printed}” is {what_en}, not text"),
    _REMEDY,
    Words(
        "书签、域代码、公式和乱码是软件留下的，读者看不懂，也说明发布前没有人读过。",
        "Bookmarks, field codes, formulas and garbled characters show that nobody read it.",
    ),
)
TEMPLATE = Rule(
    "template-residue",
    "warning",
    Words("模板没有填完", "Template not filled in"),
    Words("“{printed}”像是模板里等着填写的地方", "“{printed}” seems to be a blank of the template"),
    _REMEDY,
    Words(
        "模板的占位符留在公开的报告里，这一项等于没有填写。",
        "A placeholder in a published report means that the item was never filled in.",
    ),
)
INSTRUCTION = Rule(
    "form-instruction",
    "note",
    Words("表格的填写提示", "Instruction of the form"),
    Words(
        "“{printed}”是给填表人的提示，不是内容",
        "“{printed}” tells the clerk how to fill in the form",
    ),
    Words(
        "公开时可以删去提示；表单原样如此的，可在“认可”中说明",
        "it can be left out when published; explain it if the form prints it",
    ),
    Words(
        "填写提示留着，读者会以为这一行还有内容。",
        "A reader takes it for a line that should hold something.",
    ),
)
DOUBLED = Rule(
    "doubled-words",
    "warning",
    Words("重复的文字", "Words written twice"),
    Words("“{printed}”连写了两遍", "“{printed}” stands here twice in a row"),
    _REMEDY,
    Words(
        "连写两遍多半是复制时带进来的，可能还漏掉了原来该有的字。",
        "Words doubled by copying may stand where others are missing.",
    ),
)
PUNCTUATION = Rule(
    "doubled-punctuation",
    "note",
    Words("标点重复", "Punctuation doubled"),
    Words("标点“{printed}”连在一起", "“{printed}” stand side by side"),
    Words("请只留一个", "keep one of them"),
    Words(
        "标点连用，多半是删改后留下的，请看看是不是少了字。",
        "Doubled marks are left by editing; see whether words are missing.",
    ),
    PUNCTUATION_MARKS,
    yields_to=("template-residue",),
)
# All branches of a search begin with a letter of their own: so it skips the rest at once.
CODE = re.compile(
    r"\[bookmark[:\]][^\]\n]{0,24}\]?|OLE_LINK\d*|_GoBack|_Toc\d+|HYPERLINK|MERGEFORMAT|PAGEREF|FORMTEXT|"
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|#\d+);|"
    r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!)|"
    r"错误[!！]未(?:找到引用源|定义书签)|Error! (?:Reference|Bookmark)|"
    r"=(?:SUM|IF|ROUND|AVERAGE|VLOOKUP)\(|锟斤拷|烫烫烫|屯屯屯|ï»¿|ï¼|â€|Ã[\x80-\xbf]"
)
# A run of capitals in a Chinese text is the name of a field (NGXIANGMU), unless it is a known word.
CAPITALS = re.compile(r"[A-Z](?!YPERLINK|ERGEFORMAT|AGEREF|ORMTEXT)[A-Z]{6,}(?![A-Za-z0-9])")
CELL_FORMULA = re.compile(r"=\s*-?\d")
ACTUAL = re.compile(r"完成值|完成情况|实际值")
BLANK = r"XX|xx|ＸＸ|××|\*\*|＊＊|□□|___|＿＿|〇〇|○○"
FILLED_BY = (
    r"[XxＸ×*＊□_＿〇○]{0,20}(?=年|月|日|万元|亿元|元|[%％]|镇|乡|县|市|局|单位|部门|项目|人民政府|分|"
    r"[村社][委区]?(?![^，,。；;、]{0,4}[某×Xx*]))"
)
# 组织财政、纪检、XX等方面的人员: one of a list
BLANKS = re.compile(
    rf"(?:{BLANK}){FILLED_BY}|□□|(?:XX|xx|ＸＸ|××)(?<=[、，：（(和及]..)(?=[、，。；）)等和及])"
)
# 农村低保标准（≥**元/人·月）: the name that a form gives an indicator, whose target stands beside it.
REMINDS = re.compile(r"[（(][ ]?(?:[<>]=?|[≥≤＞＜≧≦])$")
# （请简要说明自评结果的应用方式）, 请结合实际逐项分析: at the head of a bracket or sentence
_ASKED = (
    r"请(?<![^（(【\[。；：:\n]请)(?:简要|简单|概括|详细|如实|据实|逐[项条]|分[项别]|重点|具体|自行|(?:结合|根据|按照?|对照)[^，,。；;（()）\n]{1,10}?)*"
    r"(?:说明|描述|[概简阐]述|介绍|分析|总结|概括|写[明出]|列[明出示]|填[写报列]|[注标]明|补充|勾选|选择|删除|替换|核[实对]|确认|更新)[^，,。；;（()）【】\n]{0,24}|"
    r"简(?<=[（(【]简)[要单](?:说明|描述|[概阐]述|介绍|分析|总结)[^，,。；;（()）【】\n]{0,24}|"
    r"待(?<=[（(【]待)(?:核[实对]|补|确认|更新)(?=[）)】])"
)
TO_FILL = re.compile(
    r"请填写|请输入|请在此(?:填写|输入)|点击此处|单击此处|此处插入|此处粘贴|此处填写|此处输入|待填写?(?=[，。；）)\n]|$)|待补充|"
    r"根据实际(?:情况)?(?:据实|如实|逐项)?填[写报](?:[，,][^，,。；;（()）\n]{0,12})?(?=[，,。；;）)]|$)|可不填(?:写|报)?(?=[，,。；;）)]|$)|"
    r"如[无没][^，,。；;（()）]{0,8}[，,]?[则可请](?:不填|填写?“?无|删)|字(?:以内|左右)(?<=[0-9]字..)(?=[）)])|"
    r"（(?:单位名称|项目名称|填写[^）\n]{0,10}|此处[^）\n]{0,10})）|\((?:单位名称|项目名称|填写[^)\n]{0,10})\)|"
    + _ASKED
)
BRACES = re.compile(r"\{\{?[^{}\n]{1,30}\}|\$\{")
BOXES = re.compile(r"[□☐][^□☐\n]{1,12}[□☐]|[是有][□☐]|[□☐][是否有无]")
TICKED = re.compile(r"[☑☒■√✓✔✅]|[Rr](?=[是否])")
PROMPT = re.compile(
    r"一个专项一行|一个项目一[行张]|一个一级项目[^）)，。\n]{0,6}一张表?|可自行加行|可加行|可增行|可另附页|此表可续"
)
# What CODE, CAPITALS, BLANKS, TO_FILL and PROMPT find, searched for at once.
RARE = re.compile(
    "|".join(
        [CODE.pattern, BLANK, TO_FILL.pattern, PROMPT.pattern]
        + [f"{letter}[A-Z]{{6}}" for letter in ascii_uppercase]
    )
)
# 占%，比上年减少万元: a unit whose figure was never filled in
UNIT_ALONE = re.compile(
    r"[%％](?<![0-9０-９.].)(?=[，,。；;、）)\n]|$)|万元(?<![0-9０-９.]万元)(?=[，,、。；;\n]|$)|"
    r"亿元(?<=[ 　_＿]亿元)(?=[，,。；;\n]|$)|元(?<=[ 　_＿]元)(?=[，,。；;\n]|$)"
)
UNFILLED = re.compile(
    "(?:(?:比|较)(?:上年|去年|年初预算|预算)[^，,。；;、0-9]{0,6}?(?:增长|增加|下降|减少|上升|降低|提高)了?|"
    "(?:^|[，,；;])(?:同比)?(?:增长|增加|下降|减少)|占[^，,。；;、（(0-9]{0,12}|"
    "(?<![均年增])(?:产值|收入|支出|资金|经费|投资|金额)(?:完成|为|共|达|合计|总计)?|(?:共|合|总)计|"
    "[0-9][^，,。；;0-9]{1,4}[，,；;])[ 　_＿]*$|"
    "(?:增加|减少|增长|下降|节约|安排|支出|收入|费|额|资金|预算数?|决算数?|为|共计|合计)[ 　_＿]+$"
)
SAME = re.compile(r"([\u4e00-\u9fff]{2,10})\1")
# Two characters said twice on purpose (研究研究), or a verb before a noun that begins with it
# (学习学习强国, 救助救助对象).
TWICE = re.compile(
    r"..(?=对象|人员|员|区|站|所|会|部(?!分)|家庭|户|金|点|生活|队|组|班|针|业|中心|平台|大厅|办法|制度|方案|细则|意见|"
    r"用地|银行|工程|强国|规划|基地|村|镇)|年全(?=[省市县区镇乡村盟旗州])|"
    r"考虑|讨论|研究|商量|一[个步年条项点次户村]|逐[个步户项]|[一二两三四五六七八九十百千万]{2}|.的|"
    r"哈哈|谢谢|天天|人人|家家|户户|年年|处处|时时|事事|点点|面面"
)
LONG_CLAUSE = 5
# 应办结诉求86件，办结诉求86件: what was due, and what was done
WAS_DUE = re.compile("(?:应|计划|拟|需)$")
# One character or unit twice that is never right: 鸬鹚渡镇镇派出所, 相关规规定, 12万元元, 95%%, 600亩亩.
ONCE = re.compile(
    r"镇镇(?=[一-鿿])(?![有通皆都])(?!(?<=[全我本各]镇镇)[级域区直情属内村容])|规规定(?<=[相有]关规规定)|按规规定|元元(?<=[0-9万亿]元元)(?!素)|"
    r"万万元(?<=[0-9]...)|元万元(?<=[0-9]...)|亿万元(?<=[0-9]...)|"
    r"%[%％](?<=[0-9]..)|％[%％](?<=[0-9]..)|亩亩(?<=[0-9]..)|户户(?<=[0-9]..)(?![厕籍])|吨吨(?<=[0-9]..)|"
    r"费费(?<=[经待护议训旅置]费费)(?![用率])|度度(?<=年度度)|算算(?<=[预决]算算)|况况(?<=情况况)"
)
# An amount twice: 854万854万.
AMOUNT_TWICE = re.compile(
    r"(?<![0-9.])([0-9][0-9.,]*(?:[万亿]元?|元|公里|平方米|[亩人户个]|[%％]))\1"
)
MOST = 20  # characters of an amount
UNIT_AND_DIGIT = re.compile("[万亿元里米亩人户个%％][0-9]")
# A line of nothing but — 14 —, or the last line of all that is a number: the number of a page.
PAGE = re.compile(r"[—–-](?<=^.)[—–-]? ?[0-9]{1,3} ?[—–-]{1,2}$", re.M)
LAST_PAGE = re.compile(r"[0-9]{1,3}")
# What ONCE finds, as plain text: a quick no.
TWO_OF_ONE = (
    "镇镇",
    "规规定",
    "元元",
    "亿万元",
    "万万元",
    "元万元",
    "%%",
    "％％",
    "%％",
    "％%",
    "亩亩",
    "户户",
    "吨吨",
    "费费",
    "度度",
    "算算",
    "况况",
)
MARKS = re.compile(r"[。，；：、.,;][。，；：、.,;]")
OF_WHICH = re.compile("其中[：:，,]其中")
TWO_POINTS = re.compile(r"[0-9]\.\.[0-9]")  # 14..3%
CHINESE_MARKS = frozenset("。，；：、")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence, heading and cell; the labels of the form."""
    wording = subject.wording
    rare = RARE.search(wording.text, 0, wording.notes) is not None
    found = [
        *_code(wording, rare),
        *_pages(subject),
        *_formulas(subject),
        *_blanks(wording, rare),
        *_doubled(subject),
    ]
    yield from outcomes_of(found, (CONVERSION, TEMPLATE, INSTRUCTION, DOUBLED, PUNCTUATION))


# -- code and blanks -----------------------------------------------------------------------


def _code(wording: Wording, rare: bool) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in CODE.finditer(text, 0, end) if rare else ():  # quick
        yield _found(
            CONVERSION, wording, *match.span(), "排版软件的代码", "code of a word processor"
        )
    for match in CAPITALS.finditer(text, 0, end) if rare else ():  # quick
        before = text[match.start() - 1 : match.start()]
        if "\u4e00" <= before <= "\u9fff":
            yield _found(CONVERSION, wording, *match.span(), "字段的代号", "the code of a field")


def _pages(subject: Subject) -> Iterator[Finding]:
    last = [p for p in subject.told.lines[-1:] if LAST_PAGE.fullmatch(p.text)]
    for passage in (*subject.told.holding(PAGE), *last):
        line = passage.text
        if passage.address:
            continue
        words = {"printed": line, "what": "页码", "what_en": "the number of a page"}
        address = f"正文={address_part(line)}"
        yield Finding(CONVERSION, passage.place(0), words, (), address, line, length=len(line))


def _formulas(subject: Subject) -> Iterator[Finding]:
    """A result that begins with the sign of a formula: “=35.36万元” as 实际完成值."""
    for table in subject.disclosure.report.tables:
        columns = [ACTUAL.search(column.label) is not None for column in table.form.columns]
        first = len(table.form.levels)
        for line in table.lines if any(columns) else ():  # quick
            for cell, actual in zip(line.cells[first:], columns, strict=False):
                if actual and CELL_FORMULA.match(cell.text):
                    yield _of_cell(cell.at, cell.address, cell.text)


def _of_cell(at: Place, address: str, text: str) -> Finding:
    words = {
        "printed": text,
        "what": "以等号开头的算式或模板符号",
        "what_en": "a formula or the sign of a target",
    }
    return Finding(
        CONVERSION, at, words, address=address, printed=text, recomputed=text.lstrip("= ")
    )


def _blanks(wording: Wording, rare: bool) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in BLANKS.finditer(text, 0, end) if rare else ():  # quick
        if not _masks_a_name(text, match):
            yield _found(TEMPLATE, wording, *match.span())
    for match in TO_FILL.finditer(text, 0, end) if rare else ():  # quick
        yield _found(TEMPLATE, wording, *match.span())
    for match in UNIT_ALONE.finditer(text, 0, end):
        low, _ = wording.bounds(match.start())
        before = UNFILLED.search(text, max(low, match.start() - 24), match.start())
        if before is not None and wording.source(match.start()).kind == "sentence":
            yield _found(TEMPLATE, wording, before.start(), match.end())
    if "{" in text:  # quick
        for match in BRACES.finditer(text, 0, end):
            yield _found(TEMPLATE, wording, *match.span())
    if any(box in text for box in "□☐"):  # quick
        for match in BOXES.finditer(text, 0, end):
            low, high = wording.bounds(match.start())
            if not TICKED.search(text, low, high):
                yield _found(TEMPLATE, wording, *match.span())
    for match in PROMPT.finditer(text, 0, end) if rare else ():  # quick
        yield _found(INSTRUCTION, wording, *match.span())


def _masks_a_name(text: str, match: re.Match[str]) -> bool:
    """`138****1234`, `4306**市`, `（≥**元）`: masked on purpose, or by the form."""
    if REMINDS.search(text, max(0, match.start() - 4), match.start()):
        return True
    if text[match.end() : match.end() + 1] == "年":
        return False  # 20XX年
    return text[match.start() - 1 : match.start()].isdigit() and match[0][0] in "*＊Xx×"


def _doubled(subject: Subject) -> Iterator[Finding]:
    wording = subject.wording
    text, end = wording.text, wording.notes
    for match in SAME.finditer(text, 0, end):
        if text[match.start() - 1 : match.start()] in ("各", "每", "该"):
            continue  # 各项目项目资金
        if len(match[1]) > 2 or TWICE.match(text, match.end(1)) is None:
            yield _found(DOUBLED, wording, *match.span(1))
    if any(two in text for two in TWO_OF_ONE):  # quick
        # 许镇镇: a town whose name ends so
        towns = [str(town.name) for town in subject.disclosure.county.towns.values()]
        for match in ONCE.finditer(text, 0, end):
            named = any(text.endswith(name, 0, match.end()) for name in towns)
            if not named and not _is_all_number(wording, match.start()):
                yield _found(DOUBLED, wording, match.start(), match.end())
    for unit in UNIT_AND_DIGIT.finditer(text, 0, end):
        amount = AMOUNT_TWICE.search(text, max(0, unit.start() - MOST), unit.end() + MOST)
        if amount is None or amount.end(1) != unit.start() + 1:
            continue
        passage, first = wording.source(unit.start()).passage, wording.bounds(unit.start())[0]
        # 372.29万元 372.29万元: the cells of a table
        apart = passage is not None and (
            passage.place(unit.end() - 1 - first).column
            - passage.place(unit.start() - first).column
            > 1
        )
        if not apart:
            yield _found(DOUBLED, wording, *amount.span(1))
    if _may_repeat(subject.told.lines):  # quick
        yield from _repeated(wording)
    for match in OF_WHICH.finditer(text, 0, end):
        yield _found(DOUBLED, wording, *match.span())
    place = text.find("的的", 0, end)
    while place >= 0:
        if text[place - 1 : place] not in ("目", "标") and text[place + 2 : place + 3] not in (
            "确",
            "士",
        ):
            yield _found(DOUBLED, wording, place, place + 2)
        place = text.find("的的", place + 2, end)
    place = 0
    while (doubled := MARKS.search(text, place, end)) is not None:
        start, place = doubled.span()
        if start - wording.bounds(start)[0] == wording.source(start).label - 1:
            place = start + 1  # the colon between a label and its cell is nobody's
        elif (
            doubled[0] == ",,"
            or not CHINESE_MARKS.isdisjoint(doubled[0])
            or TWO_POINTS.match(text, start - 1)
        ):
            yield _found(PUNCTUATION, wording, start, place)


def _clauses(text: str) -> list[str]:
    """What stands between commas and full stops, each mark one character."""
    return text.replace("。", "，").replace("；", "，").split("，")


def _is_all_number(wording: Wording, index: int) -> bool:
    """Does a cell hold only a number up to `index`? Reading has said that 95%% is no figure."""
    source, (low, _) = wording.source(index), wording.bounds(index)
    return source.kind == "cell" and not wording.text[low + source.label : index].strip(
        ",.0123456789"
    )


def _may_repeat(lines: tuple[Passage, ...]) -> bool:
    """Does a clause end in the one behind it? A quick no for all lines at once."""
    clauses = _clauses("，".join([line.text for line in lines]))
    long = [clause for clause in clauses if len(clause) > LONG_CLAUSE]  # quick
    return any(map(str.endswith, long, long[1:]))


def _repeated(wording: Wording) -> Iterator[Finding]:
    """A clause that stands word for word behind itself: 加强领导，加强领导，…"""
    for number, source in enumerate(wording.origins):
        if not isinstance(source, Source) or source.passage is None:
            continue
        start, clauses = wording.starts[number], _clauses(source.passage.text)
        for one, other in pairwise(clauses):
            if len(other) > LONG_CLAUSE and (
                one == other
                or (
                    len(other) > LONG_CLAUSE + 1
                    and one.endswith(other)
                    and not WAS_DUE.search(one, 0, len(one) - len(other))
                )
            ):
                end = start + len(one)
                yield _found(DOUBLED, wording, end - len(other), end)
            start += len(one) + 1


def _found(
    rule: Rule, wording: Wording, start: int, end: int, what: str = "", what_en: str = ""
) -> Finding:
    return finding_at(rule, wording, start, end, {"what": what, "what_en": what_en})
