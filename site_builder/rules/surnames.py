"""Chinese surnames, for telling a person's name from other words; no list is complete."""

from __future__ import annotations

# Surnames that begin hardly any other word of a report: enough to take what follows for a name.
CLEAR = frozenset(
    "王李刘陈杨赵吴徐孙朱胡郭罗梁宋郑谢韩唐冯董萧肖曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛阎潘杜戴姜范"
    "姚谭廖邹熊郝崔邱秦邵孟钱尹黎乔贺赖龚殷葛柳毕聂焦侯翟樊詹欧涂缪涂祝柯阮蒙瞿裴湛佘饶柏鄢"
)
# The others that are common: only after a role (填表人：…) or before a title is it a name.
OTHERS = frozenset(
    "高林何马黄周张许曾叶余程钟汪田任方石夏金陆孔白康毛江史顾龙万段雷汤易常武文施洪季倪严牛温"
    "芦章鲁庞邢俞翁安齐伍兰辛管祁盛路鲍童曲成游申尚单包司柴蓝凌耿霍甘骆丘桂米庄华封向简岳"
    "符苗屈车黎植欧阳莫连戚靳左宁宫闫卓费戈舒卜明谷时冉靖皮卞项苟匡仇敖仲闻幸揭刁占邬"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "夏侯", "令狐")
# Words that begin like a name and end like an office, a thing or a blank to be filled.
NO_NAME_END = tuple("办所室局部站科队组会院厂店司委处班校心社村镇乡县市省区馆某等们长员人")
_WORDS = (
    "高度 高位 高效 方面 方式 方案 方便 方可 万元 万亩 任务 任职 任免 白天 康复 康养 常态 常务 常年 "
    "石油 金融 金额 文件 文化 文明 安全 安排 安置 安装 安心 明确 成立 成员 成效 成长 时间 时任 时期 "
    "单位 管理 管护 温馨 余名 余户 余人 程序 程度 张贴 向上 向前 车辆 连续 连片 费用 项目 包括 包片 "
    "包村 包户 华侨 章程 周边 周期 周围 许可 黄金 江河 田间 路面 路口 雷电 段落 易地 马上 林业 林长 "
    "何时 洪水 严格 牛羊 兰花 蓝天 童年 曲线 游客 申请 申报 尚未 司法 甘蔗 向阳 简单 符合 左右 宁静 "
    "明年 幸福 敖包 陈述 梁柱 杨树 柳树 钱款 孟夏 程控 盛大 成本 史料 龙头 万户 马路 白酒 周年 易发 "
    "金属 金银 林地 方向 曾经 曾任 叶片 康健 温度 严重 严禁 严控 常住 常规 张挂 安保 宋体 何况 何种"
)
NO_NAMES = frozenset(_WORDS.split())


def is_name(text: str, clear: bool = False) -> bool:
    """Can `text` be a whole name: a surname and one or two characters? `clear`: surnames only of CLEAR."""
    if not all("\u4e00" <= character <= "\u9fff" for character in text):
        return False
    if text[:2] in COMPOUND and 3 <= len(text) <= 4:
        return True
    if not 2 <= len(text) <= 3 or text in NO_NAMES or text[:2] in NO_NAMES:
        return False
    if text[0] not in CLEAR and (clear or text[0] not in OTHERS):
        return False
    return not text.endswith(NO_NAME_END)
