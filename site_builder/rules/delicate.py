"""Words for what must not be told of a person: illness, poverty, drugs, probation."""

from __future__ import annotations

import re

STATUS = re.compile(
    r"吸毒|戒毒|涉毒|社区矫正|社区康复|精神障碍|精神病|艾滋|残疾|精神分裂|癫痫|抑郁症|脑瘫|瘫痪|缓刑|服刑|肺癌|肝癌|胃癌|肠癌|乳腺癌|低保|特困|五保|孤儿|监测户|监测对象|未成年|"
    r"事实无人抚养|刑满释放|失独|癌症|尿毒症|白血病|肺结核|乙肝|困境儿童|留守儿童|贫困户|脱贫户"
)
