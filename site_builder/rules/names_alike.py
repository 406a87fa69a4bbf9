"""A place's name with one character wrong: taken for another like it, or left out."""

from __future__ import annotations

import re

# Characters that are taken for each other, by shape or by sound; each line is one family.
_FAMILIES = (
    "汨汩 栗粟票 荫阴茵萌 砂沙纱 渡度镀 鸬鲈泸卢芦庐炉 鹚磁瓷慈鶿 归旧 义议仪 港巷 田由甲申 桃挑逃 江汪 丰风峰封 "
    "顺须 常尝长 宁柠拧 洲州 陵凌棱菱 潭谭坛 塘堂糖溏 浏刘 堡保褒 坪平萍评 岭领苓 岗冈杠 铺浦埔脯 冲仲种中 湾弯 "
    "溪奚西 桥侨乔 坝把垻 沅阮元沆 澧沣 郴彬 耒来未末 攸悠修 淦金 茅芧矛 己已巳 戊戌戍 候侯 晴睛清青 圩墟 垌洞同 "
    "樟漳章 龙尤 太大天夭 白百 石右 士土 千干 岩严 梅海 汕仙山 泽择 沩为 资次 益溢 湘相 衡横 邵绍 娄楼 怀杯 "
    "花华 秀绣 新兴 永水 安按 和河禾 阳洋扬 林临淋 马码 口囗 双又 福富幅 仁人 例列倒 礼利 文纹 武舞 玉王 城成诚"
)
CONFUSED = _FAMILIES.split()
# 由镇长任组长, 按镇政府要求: words, not 甲镇 or 安镇 misspelt.
WORDS = frozenset("由按和同中未已又须新大来成兴归常例")
BEFORE = re.compile("[一-鿿](?<![县市区州省])")  # of which a name of one character cannot be told


def misspelt(text: str, end: int, name: str, suffix: str) -> int:
    """Where a misspelling of `name` that ends at `end` begins; -1 when there is none.

    One character taken for another like it; in names of three and more characters any other
    character, or one left out. Two characters that agree in one are two different places.
    """
    bare = name.removesuffix(suffix)
    size = len(bare)
    head = end - len(suffix)
    written = text[max(0, head - size) : head]
    if len(written) == size:
        wrong = [(a, b) for a, b in zip(written, bare, strict=True) if a != b]
        if len(wrong) == 1:
            a, b = wrong[0]
            alike = any(a in family and b in family for family in CONFUSED)
            if size == 1 and (a in WORDS or BEFORE.search(text, max(0, head - 2), head - 1)):
                return -1
            if alike or (
                size >= 3 and "\u4e00" <= written[0] <= "\u9fff" and a not in "和与及在为我本"
            ):
                return head - size
    if size >= 3:
        written = text[max(0, head - size + 1) : head]
        if any(written == bare[:i] + bare[i + 1 :] for i in range(size)):
            return head - size + 1
    return -1
