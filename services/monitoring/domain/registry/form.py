"""附件2 as data: every field A1–A55 with its kind, code table, level, part and phase (M-02, M-13).

The one list from which the workbook (roster_form), the completeness of a phase and the printed 附件2 are
made. Parts 1 and 2 of the print are missing in the source and are rebuilt from 附件6; its misprints are put
right (docs/decisions/0111). Codes and labels of the tables stand in policy/roster_codes.yaml and
measure_codes.yaml. Source: 湘委乡振组发〔2021〕1号 附件2、附件6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "village",
    "key",
    "text",
    "name",
    "sex",
    "id",
    "phone",
    "code",
    "codes",
    "yesno",
    "ticked",
    "months",
    "yuan",
    "date",
]
"""village: 12-digit division code · key: 1–6 digits · sex: 男/女 · id: 18, or 20 with disability category and
grade · phone: digits and "-" · code: one label of the table · codes: labels joined by "、" · yesno: 是/否 ·
ticked: ticked or not · months: 0–12 in halves ("3.5") · yuan: up to two decimals · date: ISO "2021-06-03"."""

Level = Literal["household", "person", "measure"]
PARTS: Final = {
    1: "基本信息",
    2: "家庭成员信息",
    3: "“三保障”和饮水安全状况",
    4: "风险类型",
    5: "收支情况",
    6: "帮扶措施",
    7: "风险消除",
}
CHECK, INCLUDED, REMOVAL = 1, 2, 3
PHASES: Final = {CHECK: "入户核实", INCLUDED: "纳入后", REMOVAL: "风险消除时"}
YES_NO_CODES: Final = {"01": "是", "02": "否"}
"""A17–A26; A44 and A50–A52 print only 01 “是则勾选”."""


@dataclass(frozen=True)
class Field:
    """One field of 附件2.

    item: printed number. field: its name in the registry. heading: as printed. kind, table: how it is
    filled in. level: once a household, once a person, or a row of help. part: 1–7 of the form; phase: when
    it is due (1 household check, 2 after inclusion, 3 at removal). derived: computed, never typed. column:
    heading in the workbook, "" when the workbook does not ask for it. required_when: the field, and the
    value of it, without which this one does not apply. definition: in our words, after 附件6.
    """

    item: str
    field: str
    heading: str
    kind: Kind
    level: Level
    part: int
    phase: int
    table: str = ""
    derived: str = ""
    column: str = ""
    required_when: tuple[str, object] | None = None
    definition: str = ""

    @property
    def number(self) -> str:
        """The printed number: "A17"."""
        return self.item


def _h(item: str, field: str, heading: str, kind: Kind, part: int, **more: object) -> Field:
    return _field(item, field, heading, kind, "household", part, CHECK, more)


def _p(item: str, field: str, heading: str, kind: Kind, **more: object) -> Field:
    return _field(item, field, heading, kind, "person", 2, CHECK, more)


def _m(item: str, heading: str, table: str = "") -> Field:
    kind: Kind = "codes" if table else "ticked"
    return Field(item, f"measures.{item}", heading, kind, "measure", 6, INCLUDED, table)


def _field(
    item: str,
    field: str,
    heading: str,
    kind: Kind,
    level: Level,
    part: int,
    phase: int,
    more: dict[str, object],
) -> Field:
    column = "" if more.get("derived") else heading
    given: dict[str, object] = {"column": column, **more}
    return Field(item, field, heading, kind, level, part, phase, **given)  # type: ignore[arg-type]


FIELDS: Final[tuple[Field, ...]] = (
    _h(
        "A1",
        "large_resettlement",
        "居住在大中型易地扶贫搬迁集中安置区（800人以上）",
        "yesno",
        1,
        column="是否居住在大中型易地扶贫搬迁集中安置区",
        definition="同一安置点安置建档立卡搬迁群众八百人及以上的，为大中型集中安置区。",
    ),
    _h(
        "A2",
        "resettlement_site",
        "安置区地址",
        "text",
        1,
        required_when=("large_resettlement", True),
        definition="安置区的具体位置，写到安置区或安置点；不住安置区的不填。",
    ),
    _h(
        "A3",
        "category",
        "监测对象类型",
        "code",
        1,
        table="monitoring_category",
        derived="识别程序审定",
        definition="脱贫不稳定户、边缘易致贫户、突发严重困难户三类之一，一户一类。",
    ),
    _h(
        "A4",
        "kind",
        "脱贫户",
        "code",
        1,
        table="household_kind",
        column="户类型",
        definition="是否建档立卡脱贫户，由身份证号与系统比对得出。",
    ),
    _p(
        "A5",
        "name",
        "姓名",
        "name",
        definition="以身份证为准，无证的以户口簿为准；哪些人算家庭成员见附件6 A5。",
    ),
    _p("A6", "sex", "性别", "sex", derived="由 A7 得出", column="性别", definition="由身份证号得出。"),
    _p(
        "A7",
        "id_number",
        "居民身份证（残疾人证）号码",
        "id",
        column="身份证（残疾人证）号码",
        definition="18 位身份证号；持二代残疾人证的填 20 位，末两位为残疾类别和等级。",
    ),
    _p("A8", "relation", "与户主关系", "code", table="relation_to_head", definition="每户有且只有一名户主。"),
    _p("A9", "ethnicity", "民族", "code", table="ethnicity", definition="以身份证或户口簿为准。"),
    _p("A10", "political", "政治面貌", "code", table="political_status"),
    _p("A11", "education", "文化程度", "code", table="education_level"),
    _p("A12", "student", "在校生情况", "code", table="student_status", definition="目前在哪一级学校就读。"),
    _p("A13", "health", "健康状况", "code", table="health_status", definition="大病指须经常住院的病。"),
    _p(
        "A14",
        "labour",
        "劳动技能",
        "code",
        table="labour_ability",
        definition="按年龄和实际能力评判，不因持残疾证直接列为无劳动力。",
    ),
    _p("A15", "work_area", "务工区域", "code", table="work_area", definition="在家务农、上学等选“其他”。"),
    _p(
        "A16",
        "work_months",
        "务工时间（月）",
        "months",
        definition="全年累计 0–12 个月，可填半月；没有务工填 0。",
    ),
    _p("A17", "medical_insurance", "是否参加城乡居民（职工）基本医疗保险", "yesno"),
    _p("A18", "serious_illness_insurance", "是否参加大病保险", "yesno"),
    _p("A19", "pension_insurance", "是否参加城乡居民（职工）基本养老保险", "yesno"),
    _p("A20", "minimum_living", "是否享受城乡居民最低生活保障", "yesno"),
    _p("A21", "destitute", "是否特困供养人员", "yesno"),
    _p("A22", "relocated", "是否易地扶贫搬迁（同步搬迁）人口", "yesno", definition="由系统比对得出。"),
    _h("A23", "housing_unsafe", "是否住房出现安全问题", "yesno", 3),
    _h("A24", "school_dropout", "是否义务教育阶段适龄儿童少年失学辍学", "yesno", 3),
    _h("A25", "water_unsafe", "是否饮水出现安全问题", "yesno", 3),
    _h(
        "A26",
        "uninsured",
        "是否有家庭成员未参加城乡居民（职工）基本医疗保险",
        "yesno",
        3,
        derived="A17 指标生成",
        definition="有一人未参加即为“是”，全户都参加才为“否”。",
    ),
    _h("A27", "risks", "风险类型", "codes", 4, table="risk_type", definition="可多选；选“其他”的另写文字。"),
    _h(
        "A27a",
        "disasters",
        "因自然灾害",
        "codes",
        4,
        table="disaster_type",
        column="自然灾害类型",
        required_when=("risks", "disaster"),
        definition="只在 A27 选“因自然灾害”时填。",
    ),
    _h("A28", "wages", "工资性收入（元）", "yuan", 5, definition="全户十二个月的全部工资收入。"),
    _h("A29", "business", "生产经营性收入（元）", "yuan", 5),
    _h("A30", "property", "财产性收入（元）", "yuan", 5),
    _h("A31", "transfers", "转移性收入（元）", "yuan", 5),
    _h("A32", "business_costs", "生产经营性支出（元）", "yuan", 5),
    _h("A33", "net_income", "家庭纯收入（元）", "yuan", 5, derived="A28+A29+A30+A31−A32"),
    _h("A34", "net_income_per_head", "家庭人均纯收入（元）", "yuan", 5, derived="A33÷家庭人口"),
    _h("A35", "claims", "理赔收入（元）", "yuan", 5),
    _h("A36", "own_payments", "合规自付支出（元）", "yuan", 5, definition="结报后本人实际支付的数。"),
    _h("A37", "reference_income", "纳入监测对象的收入参考范围（元）", "yuan", 5, derived="A33+A35−A36"),
    _h(
        "A38",
        "reference_per_head",
        "纳入监测对象的人均收入参考范围（元）",
        "yuan",
        5,
        derived="A37÷家庭人口",
    ),
    _m("A39", "产业帮扶", "industry_help"),
    _m("A40", "就业帮扶", "employment_help"),
    _m("A41", "金融帮扶", "financial_help"),
    _m("A42", "公益岗位帮扶", "public_post_help"),
    _m("A43", "住房安全保障", "housing_help"),
    _m("A44", "饮水安全保障"),
    _m("A45", "健康帮扶", "health_help"),
    _m("A46", "义务教育保障", "compulsory_education_help"),
    _m("A47", "教育帮扶", "education_help"),
    _m("A48", "综合保障", "social_security_help"),
    _m("A49", "社会帮扶", "social_help"),
    _m("A50", "搬迁"),
    _m("A51", "生产生活条件改善"),
    _m("A52", "基础设施建设"),
    Field(
        "A53", "removal_way", "风险消除方式", "code", "household", 7, REMOVAL, "removal_way", "消除程序审定"
    ),
    Field("A54", "removal_on", "风险消除时间", "date", "household", 7, REMOVAL, "", "消除程序审定"),
    Field(
        "A55",
        "collector",
        "监测联系人",
        "name",
        "household",
        7,
        CHECK,
        column="信息采集人",
        definition="入户采集信息的人，不是帮扶联系人；印在第七部分，入户核实时即填。",
    ),
)

HEADER: Final[tuple[Field, ...]] = (
    Field("", "address", "家庭住址", "text", "household", 1, CHECK, column="家庭住址"),
    Field("", "group", "村民小组", "text", "household", 1, CHECK, column="村民小组"),
    Field("", "phone", "联系电话", "phone", "household", 1, CHECK, column="联系电话"),
    Field(
        "",
        "other_risk",
        "其他风险（文字备注）",
        "text",
        "household",
        4,
        CHECK,
        column="其他风险备注",
        required_when=("risks", "other"),
    ),
    Field("", "collector_phone", "监测联系人电话", "phone", "household", 7, CHECK, column="信息采集人电话"),
    Field("", "collected_on", "采集日期", "date", "household", 1, CHECK, column="采集日期"),
)
"""What the form asks without a number: address, phone, the words for A27 其他, the phone of A55, its date."""

BY_ITEM: Final[dict[str, Field]] = {field.item: field for field in FIELDS}
BY_NAME: Final[dict[str, Field]] = {field.field: field for field in (*FIELDS, *HEADER)}


def fields_of(part: int) -> tuple[Field, ...]:
    """Return the numbered fields of one of the seven parts, in printed order."""
    return tuple(field for field in FIELDS if field.part == part)
