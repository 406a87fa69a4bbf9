"""The rules of reading: what a file must look like before its figures can be checked.

These are errors of form. They must be mended and cannot be acknowledged.
"""

from __future__ import annotations

from site_builder.finding import Rule, Words


def _form(id: str, title: Words, says: Words, remedy: Words, why: Words = Words("", "")) -> Rule:
    return Rule(id, "error", title, says, remedy, why, form=True)


FILE_SIZE = _form(
    "file-too-large",
    Words("文件过大", "File too large"),
    Words(
        "文件超过 {limit} 字节，没有读取", "the file is larger than {limit} bytes and was not read"
    ),
    Words(
        "请拆分文件，或检查是否误存了别的内容",
        "split the file, or see whether it holds something else",
    ),
)
FILE_MISSING = _form(
    "file-missing",
    Words("缺少文件", "File missing"),
    Words("找不到“{file}”", "cannot find “{file}”"),
    Words("请补上这个文件，或改正引用它的名称", "add the file or mend the name that refers to it"),
)
NOT_A_FILE = _form(
    "not-a-file",
    Words("是文件夹，不是文件", "A folder, not a file"),
    Words("“{file}”是文件夹，不是文件", "“{file}” is a folder, not a file"),
    Words("请把文件夹改名或移走，再补上文件", "rename or move the folder, then add the file"),
)
ENCODING = _form(
    "not-utf8",
    Words("不是 UTF-8 编码", "Not UTF-8"),
    Words("从这里起不是 UTF-8 编码", "from here on the bytes are not UTF-8"),
    Words("请在编辑器里另存为 UTF-8（无 BOM）", "save the file as UTF-8 without BOM"),
)
UNSEEN = _form(
    "unseen-character",
    Words("看不见的字符", "Invisible character"),
    Words("有看不见的字符{name}（{code}）", "invisible character{name_en} ({code})"),
    Words("请改为普通空格，或删除", "replace it by a plain space or delete it"),
)
SYNTAX = _form(
    "yaml-syntax",
    Words("YAML 写法有误", "YAML syntax"),
    Words("这里的写法读不懂：{problem}", "cannot be read as YAML: {problem_en}"),
    Words(
        "请检查缩进、引号和半角冒号加空格“: ”",
        "look at indentation, quotes and the colon with its space",
    ),
)
FULL_COLON = _form(
    "full-width-colon",
    Words("全角冒号", "Full-width colon"),
    Words("冒号是全角“：”", "the colon is full-width “：”"),
    Words("请改为半角冒号加空格“: ”", "write a half-width colon and a space"),
)
ANCHOR = _form(
    "yaml-anchor",
    Words("锚点、别名或标签", "Anchor, alias or tag"),
    Words("不支持{what}", "{what_en} is not allowed"),
    Words("请把内容直接写出来；要保留这个符号就加引号", "write the text out, or quote it"),
)
DUPLICATE = _form(
    "duplicate-key",
    Words("键重复", "Duplicate key"),
    Words("“{key}”重复，第 {line} 行已经有了", "“{key}” stands already at line {line}"),
    Words("请删去或改名其中一个", "delete or rename one of them"),
)
NOT_TEXT_KEY = _form(
    "key-not-text",
    Words("键不是文字", "Key is not text"),
    Words("键必须是文字，不能是表或列表", "a key must be text, not a table or list"),
    Words("请检查这一行的括号和问号", "look at the brackets and question marks of this line"),
)
SECOND_DOCUMENT = _form(
    "second-document",
    Words("不止一个文档", "More than one document"),
    Words("一个文件只能有一个文档，不支持 % 指令", "one document a file, no % directives"),
    Words("请删去“---”或“%”这一行", "delete the line with --- or %"),
)
DEPTH = _form(
    "too-deep",
    Words("嵌套过深", "Nested too deep"),
    Words("嵌套超过 {limit} 层，没有再读", "nested deeper than {limit} levels; reading stopped"),
    Words("请检查括号是否成对", "see whether the brackets match"),
)
NOT_TABLE = _form(
    "not-a-table",
    Words("结构不对", "Wrong structure"),
    Words("这里应是{wanted}", "expected {wanted_en} here"),
    Words(
        "请写成{wanted}，格式见 docs/data-format.zh-CN.md",
        "write {wanted_en}, as docs/data-format.md says",
    ),
)
UNKNOWN_KEY = _form(
    "unknown-key",
    Words("不认识的键", "Unknown key"),
    Words("不认识“{key}”{guess_zh}", "“{key}” is not known here{guess_en}"),
    Words("请改正写法，或删去", "mend it, or delete it"),
)
MISSING = _form(
    "missing-key",
    Words("缺少必填项", "Missing key"),
    Words("缺少“{key}”", "“{key}” is missing"),
    Words("请补上；没有数就留空：“{key}:”", "add it; leave it blank when there is nothing"),
)
EMPTY = _form(
    "empty-value",
    Words("必填项为空", "Empty value"),
    Words("“{key}”没有填写", "“{key}” has no value"),
    Words("请填写“{key}”", "fill in “{key}”"),
)
NUMBER = _form(
    "not-a-number",
    Words("不是数字", "Not a number"),
    Words("“{text}”不是{wanted}", "“{text}” is not {wanted_en}"),
    Words(
        "请对照原件改正：只写半角数字，如 24.75 这样的写法；没有就留空",
        "mend it after the original: half-width digits, in the manner of 24.75; blank when not reported",
    ),
)
PERCENT = _form(
    "not-a-percentage",
    Words("不是百分比", "Not a percentage"),
    Words("“{text}”不是百分比", "“{text}” is not a percentage"),
    Words(
        "请对照原件改正，如 98.91% 这样的写法（或照原表只写数字）",
        "mend it after the original, in the manner of 98.91%, or the bare number as printed",
    ),
)
MEASURE = _form(
    "not-a-measure",
    Words("不是带单位的数", "Not a figure with its unit"),
    Words("“{text}”不是一个带单位的数", "“{text}” is not one figure with its unit"),
    Words(
        "请对照原件改正，如 24.75万元、125人、71.42% 这样的写法；文字项请在表单里写“类型: 文字”",
        "mend it after the original, in the manner of 24.75万元, 125人, 71.42%; "
        "a text item needs 类型: 文字 in the form",
    ),
)
UNIT = _form(
    "unit-mismatch",
    Words("单位不同类", "Unit of another kind"),
    Words(
        "“{text}”的单位与“{concept}”的单位{unit}不同类",
        "“{text}”: unit of another kind than {unit} of “{concept}”",
    ),
    Words("请核对单位，或核对这一项的概念", "check the unit, or the concept of this item"),
)
DATE = _form(
    "not-a-date",
    Words("不是日期", "Not a date"),
    Words("“{text}”不是日期", "“{text}” is not a date"),
    Words(
        "请对照原件改正，如 2023-05-08 这样的写法；发布日期知道时刻的，如 2023-05-08 10:30",
        "mend it after the original, in the manner of 2023-05-08; for 发布日期 also 2023-05-08 10:30, "
        "when the time is known",
    ),
)
CHOICE = _form(
    "not-a-choice",
    Words("不在可选值内", "Not one of the choices"),
    Words("“{text}”不在可选值内{guess_zh}", "“{text}” is not one of the choices{guess_en}"),
    Words("可选：{choices}", "choose from: {choices}"),
)
PATH = _form(
    "bad-path",
    Words("路径不合规", "Bad path"),
    Words(
        "“{path}”不符合 <县>/<镇>/<年>.{ext} 的写法", "“{path}” is not <county>/<town>/<year>.{ext}"
    ),
    Words("县、镇用小写拼音，年用四位数字", "pinyin in lower case and a four-digit year"),
)
PATH_DIFFERS = _form(
    "path-differs",
    Words("与路径不符", "Differs from its path"),
    Words("{what}是“{text}”，文件路径说是“{path}”", "{what} is “{text}”, the path says “{path}”"),
    Words("请改正其中一个", "mend one of the two"),
)
DIVISION_CODE = _form(
    "division-code",
    Words("区划代码不符", "Division code of another county"),
    Words(
        "“{town}”的区划代码{code}不以“{county}”的{county_code}开头",
        "division code {code} of “{town}” does not begin with {county_code} of “{county}”",
    ),
    Words(
        "请对照统计用区划代码核对：乡镇代码的前六位是所属县的代码",
        "compare with the official list: a town's code begins with its county's six digits",
    ),
)
UNKNOWN_NAME = _form(
    "unknown-name",
    Words("引用的名称不存在", "Unknown name"),
    Words("没有叫“{name}”的{kind}{guess_zh}", "there is no {kind_en} called “{name}”{guess_en}"),
    Words("请改正名称，或先建立它", "mend the name, or add what it names"),
)
CIRCLE = _form(
    "sum-of-itself",
    Words("合计包含自身", "A sum of itself"),
    Words("合计转了一圈又回到自身：{circle}", "the sum leads back to itself: {circle}"),
    Words("请从“合计”“其中”里删去不是分项的那一个", "take out of 合计, 其中 what is no part"),
    Words(
        "合计等于分项之和；分项里又有这个合计，就永远对不上。",
        "A sum is made of its parts; a part that holds the sum never fits.",
    ),
)
BANDS = _form(
    "grade-bands",
    Words("等级区间不连贯", "Grade bands do not join"),
    Words("等级“{name}”{what}", "grade “{name}” {what_en}"),
    Words("请对照评分办法改正“下限”“上限”", "mend 下限 and 上限 as the scoring rules say"),
    Words(
        "每个得分都应落在一个等级里，也只落在一个等级里。",
        "Every score falls into one grade, and into one only.",
    ),
)
CREDIT = _form(
    "county-credit-code",
    Words("名录里的统一社会信用代码不合规", "Invalid credit code in the county's list"),
    Words("统一社会信用代码“{printed}”{problem}", "credit code “{printed}”: {problem_en}"),
    Words(
        "请对照登记证书逐位核对；没有就留空",
        "compare it with the certificate; leave it blank where there is none",
    ),
    Words(
        "各年报告的代码都与名录核对，名录错了，报告就跟着错。",
        "The codes of all reports are compared with the list.",
    ),
)
UNKNOWN_TARGET = _form(
    "unknown-figure",
    Words("正文链接找不到数据", "Link to no figure"),
    Words("数据中没有“{target}”{guess_zh}", "the data has no “{target}”{guess_en}"),
    Words(
        "写成 [24.75万元](#三公经费.决算)：概念.口径，或 表.行.列",
        "write [24.75万元](#三公经费.决算): concept.basis, or table.row.column",
    ),
)
AMBIGUOUS_TARGET = _form(
    "ambiguous-figure",
    Words("正文链接不止一处", "Link to several figures"),
    Words("“{target}”在数据中不止一处：{places}", "“{target}” names several figures: {places}"),
    Words("请写全地址：表.行.列", "write the whole address: table.row.column"),
)
UNCLEAR_LINK = _form(
    "unclear-figure",
    Words("链接文字不是一个数", "Link words are not one figure"),
    Words("“{text}”应只写一个带单位的数", "“{text}” should be one figure with its unit"),
    Words("把链接只加在数上：[24.75万元](#…)", "link the figure only: [24.75万元](#…)"),
)
MARKUP = _form(
    "markup-in-narrative",
    Words("正文里有 HTML", "HTML in the narrative"),
    Words("正文不能有 HTML：{text}", "HTML is not allowed in the narrative: {text}"),
    Words("请改用 Markdown，或删去", "use Markdown, or delete it"),
)
SLIP = _form(
    "markdown-slip",
    Words("正文的 Markdown 写法有误", "Markdown that reads otherwise than it was meant"),
    Words("正文写法有误：{what}", "not what it was meant to be: {what_en}"),
    Words("请照 docs/data-format.zh-CN.md 改正", "mend it as docs/data-format.md says"),
    Words(
        "网页和 PDF 会把这些记号原样印出来，或排成别的样子。",
        "Pages and PDFs print such marks as they are, or as something else.",
    ),
)
TABLE_IN_NARRATIVE = _form(
    "table-in-narrative",
    Words("正文里有表格", "Table in the narrative"),
    Words("正文不能有表格", "tables do not belong in the narrative"),
    Words(
        "请把表格写进 data/ 的报表，在正文里用 [附件1](#表名) 链接它",
        "put the table into data/ and link it: [附件1](#table)",
    ),
)
BAD_LINK = _form(
    "bad-link",
    Words("链接地址不允许", "Link not allowed"),
    Words("链接或图片“{target}”不允许", "the link or picture “{target}” is not allowed"),
    Words(
        "只能链接 #数据、相对地址和 http(s) 地址；图片请放进报表或附件",
        "only #figures, relative and http(s) addresses; no pictures",
    ),
)
NARRATIVE_MISSING = _form(
    "narrative-missing",
    Words("缺少正文", "Narrative missing"),
    Words("没有正文文件“{file}”", "there is no narrative “{file}”"),
    Words("请在 content/reports/ 下补上同名的 .md 文件", "add the .md file of the same name"),
)

SETTING = _form(
    "bad-setting",
    Words("站点设置写法不对", "Setting of the wrong form"),
    Words("“{text}”不是{wanted}", "“{text}” is not {wanted_en}"),
    Words(
        "请照 docs/publishing.zh-CN.md 改正 mkdocs.yml；没有就留空，不要编造",
        "mend mkdocs.yml as docs/publishing.md says; leave it blank where there is none",
    ),
)
SITE_CODE = _form(
    "site-code",
    Words("网站标识码不是本县的", "Site code of another county"),
    Words(
        "网站标识码{text}的前六位不是“{county}”{code}或其所属市的区划代码",
        "site code {text} does not begin with the division code {code} of “{county}” or of its prefecture",
    ),
    Words(
        "请照门户网站底部核对；没有就留空，不要抄别的网站的",
        "compare with the foot of the portal; leave it blank rather than copy another site's",
    ),
)
UNTIL = _form(
    "ends-before-it-begins",
    Words("认可的期限早于日期", "An explanation that ends before it begins"),
    Words("“至”（{until}）早于“日期”（{date}）", "至 ({until}) is before 日期 ({date})"),
    Words(
        "“日期”写作出说明的那一天，“至”写说明到哪一天为止：请改正其中一个",
        "日期 is the day of the explanation, 至 the day on which it ends: mend one of them",
    ),
)
RESERVED = _form(
    "reserved-name",
    Words("文件名被网站占用", "Name taken by the site"),
    Words(
        "“{name}”是网站自己的文件夹，不能作县的文件名",
        "“{name}” is a folder of the site's own, not a name for a county",
    ),
    Words("请改用别的拼音写法，如 {name}xian", "use another spelling, such as {name}xian"),
)
IDENTITY = Rule(
    "identity-missing",
    "note",
    Words("发布单位信息待补充", "Identity not filled in"),
    Words("还没有填写“{item}”", "“{item}” is not filled in"),
    Words(
        "请在 mkdocs.yml 的 extra.{section} 下{todo}；没有就留空，不要编造",
        "under extra.{section} of mkdocs.yml: {todo_en}; leave it blank where there is none",
    ),
    Words(
        "政府网站的页面底部和网页标签必须有这些信息，检查时会逐项核对；只有发布单位知道真实的值",
        "pages of a government site must carry it, and inspections look; only the publisher knows the true value",
    ),
    form=True,
    pending=True,
)
LEDGER = _form(
    "ledger-broken",
    Words("封存账被改动", "Ledger altered"),
    Words("封存账从这里起不可信：{why}", "the ledger cannot be believed from here: {why_en}"),
    Words(
        "封存账由工具写，不能手改：请用 git 恢复这个文件，再运行 site-builder verify",
        "the tool writes the ledger, nobody else: restore it by git and run verify",
    ),
    Words(
        "每条记录带着上一条的 SHA-256；改动其中一个字，后面就都对不上。",
        "Every entry carries the SHA-256 of the one before; one letter changed breaks the chain.",
    ),
)
SEALED_MISSING = _form(
    "sealed-missing",
    Words("已封存的报告不见了", "Sealed report is gone"),
    Words(
        "{report}已封存（第{edition}版，{date}），文件“{file}”却不在了",
        "{report} is sealed (edition {edition}, {date}), but “{file}” is not there",
    ),
    Words(
        "请恢复这个文件；确要撤回公开的，运行 site-builder withdraw {report} --reason …",
        "restore the file; to withdraw the report run site-builder withdraw {report} --reason …",
    ),
)

READING_RULES: tuple[Rule, ...] = (
    FILE_SIZE, FILE_MISSING, NOT_A_FILE, ENCODING, UNSEEN, SYNTAX, FULL_COLON, ANCHOR, DUPLICATE, NOT_TEXT_KEY,
    SECOND_DOCUMENT, DEPTH, NOT_TABLE, UNKNOWN_KEY, MISSING, EMPTY, NUMBER, PERCENT, MEASURE, UNIT,
    DATE, CHOICE, PATH, PATH_DIFFERS, DIVISION_CODE, CREDIT, CIRCLE, BANDS,
    UNKNOWN_NAME, UNKNOWN_TARGET, AMBIGUOUS_TARGET, UNCLEAR_LINK,
    MARKUP, SLIP, TABLE_IN_NARRATIVE, BAD_LINK, NARRATIVE_MISSING, UNTIL, RESERVED, SETTING, SITE_CODE, IDENTITY,
    LEDGER, SEALED_MISSING,
)  # fmt: skip
