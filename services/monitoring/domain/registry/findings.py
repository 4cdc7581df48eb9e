"""A cross-check that found something to be clarified: which rule, which field, whose, and why (M-02, M-04).

It accepts the household and brings the question to a person. What would make head count or identity wrong
is an error instead, and holds the household at import (roster.py, roster_household.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

TO_CLARIFY: Final = "clarify"
FORM: Final = "湘委乡振组发〔2021〕1号 附件6"


@dataclass(frozen=True)
class Finding:
    """Something to be clarified. item: printed number of the field; ref: the member, or None."""

    code: str
    rule: str
    item: str
    message: str
    source: str
    ref: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as the worklist shows it; names no value of a person."""
        return {
            "code": self.code,
            "severity": TO_CLARIFY,
            "rule": self.rule,
            "item": self.item,
            "message": self.message,
            "source": self.source,
            "ref": self.ref,
        }


@dataclass(frozen=True)
class Limits:
    """The ages that the checks need, from the policy of the day; None is unknown, and the check says so.

    work: working age. school: compulsory schooling. Each (from, to), both ends inclusive, completed years.
    students: state of A12 → (youngest, oldest) that is plausible.
    """

    work: tuple[int, int] | None
    school: tuple[int, int] | None
    students: Mapping[str, tuple[int, int]]

    @property
    def complete(self) -> bool:
        """Whether every age is known."""
        return None not in (self.work, self.school)


def about(code: str, ref: str | None = None) -> Finding:
    """Return the finding of a code (see CATALOGUE), about a member or the household."""
    rule, item, message = CATALOGUE[code]
    return Finding(code, rule, item, message, f"{FORM} {item}", ref)


CATALOGUE: Final[dict[str, tuple[str, str, str]]] = {
    "limits.unknown": ("K-05", "A14", "年龄界限的政策数值已过期或未定，年龄类核对没有进行。"),
    "member.birth_unknown": ("M-03", "A7", "没有证件号，年龄和性别不能核对。"),
    "member.still_listed": ("D-01", "A5", "新名册没有列出此人：是离户、死亡还是漏列，请核实。"),
    "member.listed_though_left": ("D-01", "A5", "名册列有已登记离户的人：是返回还是误列，请核实。"),
    "register.death": ("M-01", "A5", "公安登记死亡，登记簿仍列为成员：请核实后办理死亡。"),
    "register.move_out": ("M-01", "A5", "公安登记户口已迁出：请核实是离户，还是由县决定计入。"),
    "register.cancelled": ("M-01", "A5", "公安登记户口已注销：请核实是离户，还是由县决定计入。"),
    "register.none": ("M-01", "A5", "本县公安户籍查无此人：请核实证件号和户籍，县外户籍由县决定是否计入。"),
    "register.elsewhere": ("M-01", "A5", "户籍在本县另一村居：请核实应计入哪一户。"),
    "register.apart": ("M-01", "A5", "户籍与户主不在一户：请核实应计入哪一户。"),
    "register.town": ("M-01", "A5", "户籍类别为城镇：请由县认定户籍性质和是否享受城镇待遇。"),
    "labour.under_age": ("M-04", "A14", "未满劳动年龄，却填为有劳动力或丧失劳动力。"),
    "labour.over_age": ("M-04", "A14", "超过劳动年龄，应为弱劳动力或半劳动力、无劳动力或技能劳动力。"),
    "labour.lost_over_age": ("M-04", "A14", "丧失劳动力只指劳动年龄内的人；超过劳动年龄的应为无劳动力。"),
    "labour.none_in_working_age": ("M-04", "A14", "在劳动年龄内，不应填无劳动力；因病因残的应为丧失劳动力。"),
    "labour.weak_though_healthy": ("M-04", "A14", "在劳动年龄内而健康，却填为弱劳动力或半劳动力。"),
    "labour.card_alone": ("M-04", "A14", "持残疾证的成年人填为没有劳动力，须经村民大会和村委会按实际评判。"),
    "student.age": ("M-02", "A12", "在校生情况与年龄不符。"),
    "student.not_at_school": ("M-02", "A12", "义务教育适龄而不在校，本户却未填失学辍学。"),
    "student.dropout_without_child": ("M-02", "A24", "填有失学辍学，但本户没有不在校的适龄儿童少年。"),
    "relation.two_spouses": ("M-02", "A8", "户主有不止一名配偶。"),
    "relation.spouse_sex": ("M-02", "A8", "户主与配偶性别相同。"),
    "relation.sex": ("M-02", "A8", "与户主关系和性别不符。"),
    "relation.not_older": ("M-02", "A8", "长辈的年龄不大于户主。"),
    "relation.not_younger": ("M-02", "A8", "晚辈的年龄不小于户主。"),
    "relation.two_parents": ("M-02", "A8", "户主有不止一名父亲或母亲。"),
    "relation.in_law": ("M-02", "A8", "岳父母与公婆的称谓和户主性别不符。"),
    "work.months_without_area": ("M-02", "A15", "有务工月数，务工区域却填“其他”。"),
    "work.area_without_months": ("M-02", "A16", "填了务工区域，务工月数却为 0。"),
    "work.student": ("M-02", "A16", "在校学生的务工月数应为 0。"),
    "health.disabled_without_card": ("M-03", "A13", "健康状况为残疾，却没有残疾证号。"),
    "health.card_though_healthy": ("M-03", "A13", "持有残疾证，健康状况却填健康。"),
    "insurance.serious_without_basic": ("M-02", "A18", "未参加基本医疗保险，却填参加大病保险。"),
    "insurance.pension_under_age": ("M-02", "A19", "未满十六周岁，却填参加基本养老保险。"),
    "benefits.destitute_and_minimum": ("M-02", "A21", "同一人不能既享受低保又是特困供养人员。"),
    "resettlement.site_without": ("M-15", "A2", "不住大中型安置区，却填了安置区地址。"),
    "resettlement.nobody_relocated": ("M-15", "A22", "住在大中型安置区，却没有一名搬迁人口。"),
    "resettlement.small_site": ("M-15", "A1", "所填安置区的安置人数不足大中型安置区的标准。"),
    "risk.disaster_kind_without": ("M-10", "A27a", "填了自然灾害类型，风险类型却没有因自然灾害。"),
    "risk.disaster_without_kind": ("M-10", "A27a", "风险类型有因自然灾害，却没有选灾害类型。"),
    "risk.illness_nobody_ill": ("M-10", "A27", "风险类型有因病，全户健康状况却都是健康。"),
    "risk.disability_nobody": ("M-10", "A27", "风险类型有因残，全户却无残疾人。"),
    "income.costs_without_business": ("M-02", "A32", "有生产经营性支出，却没有生产经营性收入。"),
    "income.months_without_wages": ("M-02", "A28", "有人务工，工资性收入却为 0。"),
    "income.minimum_without_transfers": ("M-02", "A31", "有人享受低保或特困供养，转移性收入却为 0。"),
}
"""Code → rule, field, what is to be clarified."""
