"""Houses and water: where a household lives and what it drinks."""

from __future__ import annotations

from typing import Any

from deploy.synth.offices.case import CLEARS, OWNER, TELLS, Case, Kind, head


def house_dangerous(case: Case) -> None:
    """The house was found dangerous, and people live in it."""
    grade = "D级" if case.so or case.below else "B级"
    _appraised(case, grade, 200, TELLS, "否" if case.below else "是")


def helped_house_hit(case: Case) -> None:
    """A house that was made safe with public money has come down."""
    damage = "倒塌" if case.so else "一般损坏"
    claim = {"改造编号": f"W{case.key}", "改造方式": "拆除重建", "补助金额": "40000.00"}
    case.put("helped_houses", whose=OWNER, **_house(case), **claim, 竣工验收日期=case.day(900))
    case.put(
        "damaged_houses", mark=TELLS, whose=OWNER, **_house(case), 受灾日期=case.day(30), 损坏程度=damage
    )
    _appraised(case, "B级", 5)


def hit_not_appraised(case: Case) -> None:
    """A house was badly hit, and nobody has looked at it since."""
    damage = "一般损坏" if case.below else "严重损坏"
    case.put(
        "damaged_houses", mark=TELLS, whose=OWNER, **_house(case), 受灾日期=case.day(40), 损坏程度=damage
    )
    cleared = not (case.so or case.below)
    _appraised(case, "B级", 3 if cleared else 400, CLEARS if cleared else "")


def _appraised(case: Case, grade: str, before: int, mark: str = "", occupied: str = "是") -> None:
    told = {"鉴定等级": grade, "鉴定日期": case.day(before), "是否有人居住": occupied}
    case.put("appraisals", mark=mark, whose=OWNER, **_house(case), **told)


def _house(case: Case) -> dict[str, Any]:
    return {"房屋编号": f"F{case.key}"}


def water_failed(case: Case) -> None:
    """The last test of the household's own source failed."""
    _source(case, TELLS)
    for before, passed in ((120, not case.below), (30, not case.so)):
        _tested(case, before, passed)


def water_short(case: Case) -> None:
    """The source has been dry for weeks."""
    _source(case, TELLS)
    _tested(case, 30, True)
    since, state = case.day(1 if case.below else 20), "正在缺水" if case.so or case.below else "已恢复"
    case.put_place("shortages", **_point(case), 缺水起始日期=since, 缺水状况=state)


def water_broken(case: Case) -> None:
    """A broken pipe was reported weeks ago."""
    _source(case, TELLS)
    _tested(case, 30, True)
    told, state = case.day(2 if case.below else 25), "待修" if case.so or case.below else "已修复"
    case.put_place("repairs", **_point(case), 报修日期=told, 维修状态=state)


def water_untested(case: Case) -> None:
    """Nobody has tested the source for most of a year."""
    _source(case, TELLS)
    _tested(case, 300, True)
    if not case.so:
        _tested(case, 60, True, CLEARS)


def _source(case: Case, mark: str) -> None:
    case.put("water_users", mark=mark, whose=OWNER, **_point(case))
    case.put_place("supply_points", **_point(case), 供水类型="分散供水", 投用日期=case.day(2_000))


def _tested(case: Case, before: int, passed: bool, mark: str = "") -> None:
    told = {"采样日期": case.day(before), "是否合格": "是" if passed else "否"}
    case.put_place("water_tests", mark=mark, **_point(case), **told)


def _point(case: Case) -> dict[str, Any]:
    return {"供水点编号": f"Q{case.key}"}


HOUSING = (
    Kind("house_dangerous", house_dangerous, head),
    Kind("helped_house_hit", helped_house_hit, head),
    Kind("hit_not_appraised", hit_not_appraised, head, CLEARS),
)
WATER = (
    Kind("water_failed", water_failed, head),
    Kind("water_short", water_short, head),
    Kind("water_broken", water_broken, head),
    Kind("water_untested", water_untested, head, CLEARS),
)
