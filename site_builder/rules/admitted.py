"""Words that say that something was to be done and was not: 未按要求盘点, 尚未建立, 没有组织验收."""

from __future__ import annotations

import re

# 没有按要求盘点, not 没有违规: what was to be done.
NOT_DONE = re.compile(
    "(?:未能?|没有?能?|尚未)(?:严格|全部|完全|全面|及时)?(?:在[^，,。；;]{2,8})?"
    "(?:按|在(?:规定的?)?(?:时间|时限|期限)|及时|如期|定期|做到|完成|开展|进行|组织|落实|建立|制[定订]|履行|执行|实施|实现|"
    "达到|达标|到位|设置|设定|编制|编报|报送|上报|公开|公示|上缴|缴|盘点|验收|整改|入账|登记|备案|签订)"
)
# It is denied, told of others, or asked of all; or not doing it is as it should be.
DENIED = re.compile(
    "不存在|未发现|没有发现|未出现|没有出现|未发生|没有发生|现象|问题|情形|行为|因未|无未|杜绝|防止|对[未没]|"
    "[未没][^，,。；;]{1,14}的(?:[，,]|项目|单位|村|部门|资金|企业|户|事项|予以|一律|由|要(?!求))|"
    "出国|出境|考察|滞纳|罚|(?:未|没有)(?:进行|开展)?[^，,。；;]{0,6}(?:调整|调剂|追加|变更|处罚)"
)


def admitted(text: str) -> re.Match[str] | None:
    """Where a short text says that something was not done; None where it says or means otherwise."""
    return None if DENIED.search(text) else NOT_DONE.search(text)
