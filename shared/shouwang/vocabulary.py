"""Words that every service and every department shares: risks, states, categories, groups, measure codes.

Source: 湘委乡振组发〔2021〕1号 附件1 (states ①–⑤, risks ⑥–⑭) and 附件6 (code tables A23–A27, A39–A52).
Figures are policy and stand elsewhere; these are only names, with their codes and Chinese labels.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self


class Labelled(StrEnum):
    """A word with the code and the Chinese label that are printed for it."""

    @property
    def code(self) -> str:
        """The printed code: of 附件6 for risks, of 附件1 (①–⑤) for states."""
        return _PRINTED[type(self).__name__, self.value][0]

    @property
    def label(self) -> str:
        """The Chinese label."""
        return _PRINTED[type(self).__name__, self.value][1]

    @classmethod
    def from_label(cls, label: str) -> Self:
        """Return the member of a Chinese label; KeyError when there is none."""
        return {member.label: member for member in cls}[label]


class State(Labelled):
    """What is not secured: ①–⑤ of 附件1, 3 and 5. The code is the printed number."""

    INCOME = "income"
    HOUSING = "housing"
    SCHOOL = "school"
    WATER = "water"
    INSURANCE = "insurance"


class Risk(Labelled):
    """The nine risk types of A27. The code is that of 附件6; 附件1 prints them as ⑥–⑭."""

    ILLNESS = "illness"
    EDUCATION = "education"
    DISABILITY = "disability"
    DISASTER = "disaster"
    ACCIDENT = "accident"
    INDUSTRY_FAILURE = "industry_failure"
    UNSTABLE_EMPLOYMENT = "unstable_employment"
    NO_LABOUR = "no_labour"
    OTHER = "other"


class Category(Labelled):
    """The three categories of monitored households (二(一)2)."""

    UNSTABLE_EX_POOR = "unstable_ex_poor"
    MARGINAL = "marginal"
    SUDDEN_HARDSHIP = "sudden_hardship"


class Group(Labelled):
    """Groups of persons whom measures favour.

    Source: 湘振局发〔2021〕18号 第二章第二节二, 衡办发〔2021〕7号 三(二)3.
    """

    DESTITUTE = "destitute"
    MINIMUM_LIVING = "minimum_living"
    LOW_INCOME = "low_income"
    RELAPSED = "relapsed"
    SEVERELY_DISABLED = "severely_disabled"
    ORPHAN = "orphan"
    UNATTENDED_CHILD = "unattended_child"
    MONITORED = "monitored"


_PRINTED: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("State", "income"): ("①", "收入"),
    ("State", "housing"): ("②", "住房安全"),
    ("State", "school"): ("③", "义务教育"),
    ("State", "water"): ("④", "饮水安全"),
    ("State", "insurance"): ("⑤", "基本医疗保险"),
    ("Risk", "illness"): ("01", "因病"),
    ("Risk", "education"): ("02", "因学"),
    ("Risk", "disability"): ("03", "因残"),
    ("Risk", "disaster"): ("04", "因自然灾害"),
    ("Risk", "accident"): ("05", "因意外事故"),
    ("Risk", "industry_failure"): ("06", "因产业项目失败"),
    ("Risk", "unstable_employment"): ("07", "因务工就业不稳"),
    ("Risk", "no_labour"): ("08", "缺劳动力"),
    ("Risk", "other"): ("09", "其他"),
    ("Category", "unstable_ex_poor"): ("①", "脱贫不稳定户"),
    ("Category", "marginal"): ("②", "边缘易致贫户"),
    ("Category", "sudden_hardship"): ("③", "突发严重困难户"),
    ("Group", "destitute"): ("", "特困"),
    ("Group", "minimum_living"): ("", "低保"),
    ("Group", "low_income"): ("", "低收入"),
    ("Group", "relapsed"): ("", "返贫致贫"),
    ("Group", "severely_disabled"): ("", "重度残疾"),
    ("Group", "orphan"): ("", "孤儿"),
    ("Group", "unattended_child"): ("", "事实无人抚养儿童"),
    ("Group", "monitored"): ("", "监测对象"),
}

RISKS: Final = tuple(risk.value for risk in Risk)
STATES: Final = tuple(state.value for state in State)
CATEGORIES: Final = tuple(category.value for category in Category)
GROUPS: Final = tuple(group.value for group in Group)

SIGNAL_KINDS: Final[dict[str, str]] = {
    "disaster": "自然灾害和火灾",
    "epidemic": "疫情等突发公共卫生事件",
    "price_fall": "大宗农副产品价格持续大幅下跌",
    "industry_failure": "乡村产业项目失败",
    "unemployment": "农村劳动力失业明显增多",
    "relocation_site": "易地扶贫搬迁集中安置区就业和社区融入",
    "sector": "“两不愁三保障”等行业领域风险",
    "town_report": "乡镇上报的其他风险",
}
"""Kinds of regional and large-scale risk (S-08). Source: 湘委乡振组发〔2021〕1号 四(一)."""
SIGNAL_UNITS: Final[dict[str, str]] = {"households": "户", "persons": "人", "percent": "%"}

MEASURE_CODES: Final[dict[str, str]] = {
    "A39": "产业帮扶",
    "A40": "就业帮扶",
    "A41": "金融帮扶",
    "A42": "公益岗位帮扶",
    "A43": "住房安全保障",
    "A44": "饮水安全保障",
    "A45": "健康帮扶",
    "A46": "义务教育保障",
    "A47": "教育帮扶",
    "A48": "综合保障",
    "A49": "社会帮扶",
    "A50": "搬迁",
    "A51": "生产生活条件改善",
    "A52": "基础设施建设",
}

_ITEMS: Final[dict[str, str]] = {
    "A39": "种植业 林果业 养殖业 加工业 乡村旅游 消费帮扶 其他",
    "A40": "技能培训 劳务输出 外出务工补贴 以工代赈 经营主体就业 其他",
    "A41": "小额信贷 其他",
    "A42": "护林员 护草员 保洁员 其他",
    "A43": "危房改造 其他",
    "A45": "参加城乡居民基本医疗保险个人缴费补贴 大病保险 医疗救助 其他",
    "A46": "劝返 送教上门 寄宿生生活补助 其他",
    "A47": "雨露计划 助学贷款 助学金 其他",
    "A48": "低保 特困供养 临时救助 残疾人补贴 防贫保险 其他",
    "A49": "社会捐助 其他",
}

MEASURE_ITEMS: Final[dict[str, str]] = {
    f"{group}-{number:02d}": label
    for group, labels in _ITEMS.items()
    for number, label in enumerate(labels.split(), start=1)
}
"""Item codes within a measure code (A-02): "A45-02" → 大病保险. A44 and A50–A52 are yes/no, without items."""


def measure_label(code: str) -> str | None:
    """Return the Chinese label of "A45" or "A45-02"; None when there is no such measure."""
    return MEASURE_ITEMS.get(code) or MEASURE_CODES.get(code)
