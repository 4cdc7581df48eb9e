"""School, illness, disability, minimum living: who is to be cared for."""

from __future__ import annotations

from typing import Any

from deploy.synth.offices.case import CLEARS, TELLS, Case, Kind, between, head, months_before

CHILD, GROWN = between(8, 14), between(18, 60)


def away_from_school(case: Case) -> None:
    """A child of school age is on no roll."""
    _of_age(case, TELLS)
    if not case.so:
        _pupil(case, CLEARS)


def dropped_out(case: Case) -> None:
    """A child left school and has not come back; the school still has its name on the roll."""
    _of_age(case)
    _pupil(case)
    away = {"失学类型": "辍学", "原因": "厌学", "身体原因佐证材料": "", "失学日期": case.day(90)}
    if case.below:
        away |= {"失学类型": "休学", "原因": "身体原因", "身体原因佐证材料": "是"}
    back = "" if case.so or case.below else case.day(20)
    case.put("dropouts", mark=TELLS, **away, 劝返责任人数="3", 劝返次数="2", 复学日期=back)


def aid_not_paid(case: Case) -> None:
    """A pupil who is to be helped has been paid nothing this term."""
    _of_age(case)
    _pupil(case)
    _to_be_aided(case, "低保", 10 if case.below else 200)
    if not (case.so or case.below):
        _paid(case, "subsidies", CLEARS)


def vocational_aid_not_paid(case: Case) -> None:
    """A pupil of a vocational school got everything but what the programme owes."""
    _pupil(case, 学段="普通高中" if case.below else "中职")
    _to_be_aided(case, "脱贫户", 200)
    _paid(case, "subsidies")
    if not (case.so or case.below):
        _paid(case, "vocational_aid", CLEARS)


def graduate_idle(case: Case) -> None:
    """A graduate of the programme has found no work."""
    outcome = "未就业" if case.so or case.below else "已就业"
    case.put("graduates", mark=TELLS, 毕业日期=case.day(20 if case.below else 150), 毕业去向=outcome)


def _of_age(case: Case, mark: str = "") -> None:
    case.put("school_age", mark=mark, 出生日期=case.person["birth"])


def _pupil(case: Case, mark: str = "", **more: Any) -> None:
    usual = {"学段": "小学", "学籍状态": "在读", "是否寄宿": "否", "就读县代码": "430426"}
    case.put("roll", mark=mark, **{**usual, **more})


def _to_be_aided(case: Case, category: str, before: int) -> None:
    case.put("aid_list", mark=TELLS, 对象类别=category, 认定日期=case.day(before))


def _paid(case: Case, table: str, mark: str = "") -> None:
    paid = {"资助项目": "非寄宿生生活补助"} if table == "subsidies" else {}
    back = int(case.key.replace("-", "")) % (6 if table == "subsidies" else _months_of_term(case))
    amount = {"发放金额": "250.00", "发放日期": months_before(case.month, back)}
    case.put(table, back=back, mark=mark, 发放编号=f"B{case.key}", **paid, **amount)


def _months_of_term(case: Case) -> int:
    """Return how many months the term has that is to be paid by now: it began sixty days ago or more."""
    begin = 2 if 2 <= case.day(60).month < 9 else 9
    return (case.month.month - begin) % 12 + 1


def illness_new(case: Case) -> None:
    """A major illness was found this month."""
    _ill(case, 12 if case.so else 120, "救治中")


def illness_untreated(case: Case) -> None:
    """A major illness was found long ago, and the patient is not treated."""
    _ill(case, 120, "未救治" if case.so else "已救治")


def no_doctor(case: Case) -> None:
    """Somebody with a chronic illness has no family doctor this year."""
    case.put("chronic_patients", mark=TELLS, 病种="高血压", 最近随访日期=case.day(60))
    year, mark = case.month.year, "" if case.so else CLEARS
    signed = {"签约日期": case.day(250), "服务年度": str(year - 1 if case.so else year), "解约日期": ""}
    case.put("contracts", mark=mark, 协议编号=f"X{case.key}", **signed)


def _ill(case: Case, before: int, treatment: str) -> None:
    told = {"登记编号": f"D{case.key}", "确诊日期": case.day(before), "救治状态": treatment}
    case.put("major_illness", mark=TELLS, **told)


def care_not_paid(case: Case) -> None:
    """Somebody severely disabled has no care subsidy."""
    _card(case, "三级" if case.below else "一级", 900)
    if not (case.so or case.below):
        _care(case, CLEARS)


def newly_severe(case: Case) -> None:
    """Somebody became severely disabled this month."""
    _card(case, "二级", 12 if case.so else 150)
    _care(case)


def card_run_out(case: Case) -> None:
    """The card of somebody severely disabled has run out."""
    _card(case, "四级" if case.below else "二级", 900, "过期" if case.so or case.below else "有效")
    _care(case)


def _card(case: Case, grade: str, before: int, state: str = "有效") -> None:
    told = {"残疾类别": "肢体", "残疾等级": grade, "证件状态": state, "评定日期": case.day(before)}
    case.put("cards", mark=TELLS, **told)


def _care(case: Case, mark: str = "") -> None:
    case.put("subsidies", mark=mark, 补贴类别="重度残疾人护理补贴", 月补贴金额="70.00")


def allowance_lost(case: Case) -> None:
    """The minimum living allowance ended this month."""
    ended, reason = case.day(100 if case.below else 9), "收入超标"
    sums = {"保障人数": "2", "月保障金额": "0.00", "享受起始日期": case.day(900), "渐退起始日期": ""}
    told = {"户主身份证号": case.head["id_number"], "保障状态": "停保", "停保日期": ended}
    case.put("minimum_living", mark=TELLS, **told, 停保原因=reason, **sums)
    if not (case.so or case.below):
        _destitute(case, "自理", "是", CLEARS)


def nobody_cares(case: Case) -> None:
    """Somebody destitute who cannot look after himself lives alone, and nobody has agreed to help."""
    _destitute(case, "自理" if case.below else "半失能", "否" if case.so or case.below else "是", TELLS)


def _destitute(case: Case, ability: str, agreed: str, mark: str) -> None:
    told = {"供养方式": "分散供养", "自理能力": ability, "委托照料协议": agreed}
    case.put("destitute", mark=mark, **told, 月供养金="620.00", 认定日期=case.day(900))


EDUCATION = (
    Kind("away_from_school", away_from_school, CHILD, CLEARS),
    Kind("dropped_out", dropped_out, CHILD),
    Kind("aid_not_paid", aid_not_paid, CHILD, CLEARS),
    Kind("vocational_aid_not_paid", vocational_aid_not_paid, between(15, 21), CLEARS),
    Kind("graduate_idle", graduate_idle, between(19, 30)),
)
HEALTH = (
    Kind("illness_new", illness_new, head),
    Kind("illness_untreated", illness_untreated, head),
    Kind("no_doctor", no_doctor, head, CLEARS),
)
DISABLED = (
    Kind("care_not_paid", care_not_paid, GROWN, CLEARS),
    Kind("newly_severe", newly_severe, GROWN),
    Kind("card_run_out", card_run_out, GROWN),
)
CIVIL = (
    Kind("allowance_lost", allowance_lost, GROWN, CLEARS),
    Kind("nobody_cares", nobody_cares, GROWN),
)
