"""What else clerks call the figures of a budget: 招待费 for 公务接待费, 支出总计 for 支出合计."""

from __future__ import annotations

import re
from functools import lru_cache

CARS = "公务用车 公车 公务车 公务车辆 车辆"
CARE = "运行维护费 运行费 运维费 运行费用 运行维护费用 运行维护经费 运行经费"
KNOWN: dict[str, str] = {
    "支出合计": "支出总计 支出总额 总支出 财政总支出 支出总数",
    "收入合计": "收入总计 收入总额 总收入 收入总数",
    "三公经费": "三公费用 三公支出 三公开支 三公经费开支 三公",
    "公务接待费": "公务接待 接待费 接待费用 公务接待费用 公务接待经费 公务接待支出 招待费 招待费用 业务招待费",
    "公务用车运行维护费": " ".join(car + care for car in CARS.split() for care in CARE.split()),
    "公务用车购置费": "公车购置费 公务车购置费 车辆购置费 公务用车购置",
    "因公出国（境）费": "出国费 因公出国费 因公出国境费 因公出国费用 因公出国境费用 出国境费",
    "机关运行经费": "机关运行费 机关运行费用 机关运转经费 机关运转费",
    "商品和服务支出": "商品服务支出 商品与服务支出 商品及服务支出 商品和服务",
    "对个人和家庭的补助": "对个人和家庭补助 对个人家庭补助 对个人家庭的补助 个人和家庭补助 对个人及家庭的补助",
    "工资福利支出": "工资福利 工资及福利支出 工资和福利支出 工资福利费 人员工资福利支出",
    "政府采购金额": "政府采购 政府采购额 政府采购总额 政府采购支出 政府采购支出总额",
    "在职人数": "在职人员 在职在编人员 在编在职人员 在编在岗人员 在岗在编人员 在编人员 在职干部职工 在编干部职工",
    "离退休人数": "离退休人员 离退休干部职工 离退休干部",
    "编制数": "核定编制 编制总数 核定编制数 人员编制",
    "公用经费": "公用支出 日常公用经费 公用经费支出",
    "资产总额": "资产合计 资产总计 资产总值",
    "负债总额": "负债合计 负债总计",
}
JOINT = re.compile("(?<=..)[的和与及](?=..)")


@lru_cache(maxsize=4096)
def other_names(name: str) -> tuple[str, ...]:
    """The ways to say a name; none for one that is not known."""
    known = KNOWN.get(name, "").split()
    if not known and (joint := JOINT.search(name)) is not None and len(name) > 6:
        known = [name[: joint.start()] + name[joint.end() :]]
    return tuple(known)
