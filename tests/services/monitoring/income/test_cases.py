"""The cases of income that officials can read, run against the rules; each decision also replays."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from shouwang.decision import Decision, Input
from shouwang.errors import ShouwangError
from shouwang.periods import Quarter, Window, twelve_months_before
from shouwang.testing.cases import YamlCase, case_params

from services.monitoring.domain.income import (
    book,
    collecting,
    concerned,
    flags,
    growth,
    line,
    plausible,
    review,
    together,
    village,
    watch,
    windows,
)
from services.monitoring.domain.income.periods_of import period
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.income import reading
from tests.services.monitoring.income.reading import QUARTER, UNKNOWN, WORDS, YES_NO, money
from tests.services.monitoring.reading import KINDS
from tests.services.monitoring.test_cases import REGION, sound, yuan_text

CASES = Path("services/monitoring/cases/income")
DECIDES = (
    book,
    collecting,
    concerned,
    flags,
    growth,
    line,
    plausible,
    review,
    together,
    village,
    watch,
    windows,
)


def cases(rule: str) -> Any:
    return pytest.mark.parametrize("case", case_params(CASES, rule=rule))


def view(case: YamlCase, **overlay: Any) -> Any:
    assert case.as_of is not None
    return POLICY.overlay(overlay).at(case.as_of, REGION)


def checked(case: YamlCase, found: Decision) -> None:
    case.check({"须核实": WORDS[sound(found).verdict]})


@cases("D-02")
def test_what_is_taken(case):
    given = case.given_of("时段", "采集日", "工资性收入", "理由", "务工月数", "成员", "期限")
    ref = "外人-99" if "成员" in given else reading.REF
    months = {ref: given["务工月数"]} if "务工月数" in given else None
    row = reading.row(str(given["时段"]), reason=given.get("理由"), months=months) | {"on": given["采集日"]}
    row["figures"] = {"wages": reading.fen(given["工资性收入"])} if "工资性收入" in given else {}
    by = replace(reading.collector(case.as_of), **{"days": None} if "期限" in given else {})
    case.check({"结果": reading.code(collecting.check, row, {reading.REF}, by)})


@cases("D-02.scope")
def test_who_is_collected(case):
    given = case.given_of("户类型", "监测对象", "销户")
    status = "monitored" if YES_NO[given["监测对象"]] else "registered"
    ended = {"on": str(given["销户"]), "kind": "death"} if "销户" in given else None
    home = {"kind": KINDS[given["户类型"]], "status": status, "ended": ended}
    found = concerned.collected_quarterly(home, QUARTER.last)
    case.check({"每季采集": WORDS[found]})


@cases("M-06.window")
def test_the_window(case):
    made = reading.book(case.given_of("台账")["台账"])
    found = windows.known(made, "wages", twelve_months_before(case.as_of))
    case.check({"工资性收入": yuan_text(found.fen if found else None)})


@cases("M-05.book")
def test_the_book(case):
    given = case.given_of("先报", "再报", "理由", "科目", "不含部门发放")
    kind = given.get("科目", "wages")
    state = reading.book(given["先报"], kind)[QUARTER.year]
    ((period, amount),) = given["再报"].items()
    row = reading.row(str(period), kind, amount, reason=given.get("理由"), apart="不含部门发放" in given)
    result = "taken"
    try:
        state, counted = collecting.collected(state, [row], 1, reading.collector(reading.ON))
        (result,) = [name for name, number in counted.items() if number]
    except ShouwangError as error:
        result = error.code
    found = windows.known({QUARTER.year: state}, kind, QUARTER.window)
    told = {"结果": result, "合计": yuan_text(found.fen if found else None), "留存": len(state["entries"])}
    case.check(told)


@cases("M-05.paid")
def test_what_was_paid(case):
    given = case.given_of("采集", "不含部门发放", "发放", "类别", "再次送达", "撤销", "撤销先到", "撤销又到")
    collected = {str(QUARTER): given["采集"]} if "采集" in given else {}
    made = reading.book(collected, "transfers", apart="不含部门发放" in given)
    state = made.get(QUARTER.year) or book.opened(reading.HOME, QUARTER.year)
    for on, amount in given["发放"].items():
        state = _withdrawn(state, on, given.get("撤销先到"))
        state = book.with_payment(state, "p", reading.payment(on, amount, given.get("类别", "transfer")))
    for key in ("撤销", "撤销又到"):
        state = _withdrawn(state, on, given.get(key))
    again = reading.payment(on, given.get("再次送达", amount), given.get("类别", "transfer"))
    result = reading.code(book.with_payment, state, "p", again)
    known = windows.figures({QUARTER.year: state}, QUARTER.window)
    amounts = {kind: yuan_text(known.get(kind, {}).get("fen")) for kind in ("transfers", "claims")}
    marks = [one.get("withdrawn", {}).get("on", "无") for one in state["payments"].values()]
    told = {"转移性收入": amounts["transfers"], "理赔收入": amounts["claims"], "结果": result}
    case.check(told | {"撤销日": marks})


def _withdrawn(state: Any, on: Any, told: Any) -> Any:
    """The book after a withdrawal of 金额 on a day ({day: amount}); as it was when none is told."""
    for day, amount in (told or {}).items():
        mark = {"on": str(day), "reason": "not_paid"}
        state = book.with_withdrawal(state, "p", reading.payment(on, amount), mark)
    return state


@cases("M-05.together")
def test_two_households_as_one(case):
    keys = (
        "本户",
        "并入户",
        "并入日",
        "登记日",
        "录入日",
        "周期",
        "科目",
        "不含部门发放",
        "本户发放",
        "并入户发放",
    )
    given = case.given_of(*keys)
    kind, more = given.get("科目", "wages"), {"apart": "不含部门发放" in given}
    own = reading.book_on(given["本户"], kind, given.get("录入日", reading.ON), **more)
    other = reading.book_on(given.get("并入户", {}), kind, reading.ON, **more)
    for made, key in ((own, "本户发放"), (other, "并入户发放")):
        for on, amount in given.get(key, {}).items():
            state = made.get(QUARTER.year) or book.opened(reading.HOME, QUARTER.year)
            made[QUARTER.year] = book.with_payment(state, f"{key}{on}", reading.payment(on, amount))
    days = (given.get("并入日", date(2021, 8, 10)), given.get("登记日", date(2021, 8, 12)))
    found = windows.known(
        together.together(own, other, together.Merged(*days)), kind, period(str(given["周期"])).window
    )
    label = {"wages": "工资性收入", "transfers": "转移性收入"}[kind]
    on = book.newest(list(found.sources)) if found else None
    told = {label: yuan_text(found.fen if found else None), "提供人": found.giver if found else "无"}
    case.check(told | {"最新日": str(on or "无")})


@cases("M-05.sources")
def test_who_gave_it_and_when(case):
    given = case.given_of("记录", "周期")
    state = book.opened(reading.HOME, QUARTER.year)
    for one in given["记录"]:
        more = {"on": one["采集日"], "giver": one.get("提供人"), "reason": one.get("理由")}
        row = reading.row(str(one["时段"]), amount=one["金额"], **more)
        state, _ = collecting.collected(state, [row], 1, reading.collector(reading.ON))
    first, last = (Quarter.parse(one) for one in given["周期"].split("–"))
    found = windows.figures({QUARTER.year: state}, Window(first.first, last.last))["wages"]
    told = {"合计": yuan_text(found["fen"]), "提供人": found["giver"], "最新日": found["on"]}
    case.check(told | {"编号": [one["id"] for one in state["entries"]]})


@cases("D-02.missing")
def test_what_a_quarter_lacks(case):
    given = case.given_of("台账", "不填")
    state = reading.whole_books([{"时段": one} for one in given["台账"]]).get(QUARTER.year)
    if "不填" in given:
        state["entries"] = [one for one in state["entries"] if one["kind"] != given["不填"]]
    case.check({"缺": len(book.missing(state, QUARTER))})


REVIEWED = ("人口", "采集", "发放", "撤销", "提出消除", "同村")


@cases("D-05.review")
def test_what_is_reviewed(case):
    given = case.given_of(*REVIEWED)
    of = reading.whole_books(given["采集"], given.get("人口", 1))
    for on, amount in given.get("发放", {}).items():
        of[QUARTER.year] = book.with_payment(of[QUARTER.year], str(on), reading.payment(on, amount))
    for on in given.get("撤销", []):
        mark = {"on": "2021-07-01", "reason": "not_paid"}
        paid = of[QUARTER.year]["payments"][str(on)]
        of[QUARTER.year] = book.with_withdrawal(of[QUARTER.year], str(on), paid, mark)
    others = [_neighbour(one) for one in given.get("同村", [])]
    around = review.neighbours([of, *others], QUARTER)
    policy = POLICY.at(QUARTER.last, REGION)
    found = review.checks(of, QUARTER, around, given.get("提出消除"), policy)
    inputs = {check: {one.name: one.value for one in decision.grounds} for check, decision in found.items()}
    case.check(
        {word: WORDS[found[check].verdict] for word, check in CHECKED.items()}
        | _told(inputs, around)
        | _course(of)
        | _facts(of)
    )


CHECKED = {"工资": "work", "经营": "production", "部门": "paid", "理赔": "claims", "整数": "round"}
CHECKED |= {"突增": "jump", "雷同": "identical"}


def _neighbour(amount: Any) -> dict[int, Any]:
    if amount == UNKNOWN:
        return reading.whole_books([{"时段": str(QUARTER), "只填": "claims"}])
    return reading.whole_books([{"时段": str(QUARTER), "工资性收入": amount}])


def _told(inputs: dict[str, Any], around: Any) -> dict[str, Any]:
    jump = inputs["jump"]
    months = inputs["work"]["全家务工月数"]
    return {
        "务工月数": UNKNOWN if months is None else str(months),
        "部门已发放": yuan_text(inputs["paid"]["部门已发放"]),
        "此前季均": yuan_text(jump["前四季人均纯收入季均"]),
        "距提出消除": jump.get("季末至提出风险消除", UNKNOWN),
        "雷同户数": UNKNOWN if inputs["identical"]["alike"] is None else inputs["identical"]["alike"],
        "中位数": yuan_text(int(around.spread.median)) if around.spread else UNKNOWN,
        "户数": around.spread.households if around.spread else 0,
    }


def _course(of: Any) -> dict[str, Any]:
    course = review.course(of, QUARTER)
    names = {"人均": "now", "上年同季": "year_ago", "近四季": "year", "此前四季": "year_before"}
    names |= {"人均支出": "own", "上年同季人均支出": "own_year_ago"}
    found = {key: yuan_text(getattr(course, name).value) for key, name in names.items()}
    pair = review.compared(of, QUARTER.window, QUARTER)
    return found | {"同比": [yuan_text(pair.per_head_before), yuan_text(pair.per_head)]}


def _facts(of: Any) -> dict[str, Any]:
    area, sold = (book.facts_of(of[QUARTER.year], QUARTER, name) or {} for name in ("area", "sold"))
    return {"面积": str(area.get("rice")), "猪": str(sold.get("pig"))}


@cases("D-07")
def test_falls_and_surges(case):
    keys = ("本季", "上年同季", "近四季", "此前四季", "本季支出", "上年同季支出", "脱贫户", "低收入", "搬迁")
    given = case.given_of(*keys)
    found = watch.income_watch(reading.course(given), reading.groups(given), view(case))
    case.check({"结果": WORDS[sound(found).verdict]})


@cases("D-07.groups")
def test_groups(case):
    given = case.given_of("低保", "特困", "搬迁", "户类型")
    names = {"minimum_living": "低保", "destitute": "特困", "relocated": "搬迁"}
    members = [
        {name: YES_NO[given[key][place]] for name, key in names.items()}
        for place in range(len(given["低保"]))
    ]
    found = concerned.groups({"kind": KINDS[given["户类型"]], "members": members, "collected_on": None})
    told = {"ex_poor": "脱贫户", "low_income": "低收入", "relocated": "搬迁"}
    case.check({told[name]: WORDS[one.value] for name, one in found.items()})


@cases("D-05.work")
def test_wages(case):
    given = case.given_of("工资性收入", "务工月数")
    worked = None if given["务工月数"] == UNKNOWN else Decimal(given["务工月数"])
    months = Input(worked, "村干部", reading.ON, "全家务工月数", "months")
    checked(
        case, plausible.wages_fit_the_months(money(given["工资性收入"], "工资性收入"), months, view(case))
    )


@cases("D-05.production")
def test_business(case):
    given = case.given_of("生产经营性收入", "面积", "出栏")
    facts = [
        None if name not in given else {one: Decimal(str(n)) for one, n in given[name].items()}
        for name in ("面积", "出栏")
    ]
    checked(case, plausible.business_fits_the_facts(money(given["生产经营性收入"]), *facts, view(case)))


@cases("D-05.paid")
def test_less_than_paid(case):
    given = case.given_of("采集", "发放")
    pair = (money(given["采集"], "转移性收入"), money(given["发放"], "部门已发放"))
    checked(case, plausible.not_less_than_paid(*pair, view(case)))


@cases("D-05.round")
def test_round(case):
    checked(case, plausible.not_all_round(reading.amounts(case.given_of("各项")["各项"]), view(case)))


@cases("D-05.jump")
def test_jump(case):
    given = case.given_of("本季", "此前季均", "距提出消除")
    removal = Input(given.get("距提出消除"), "村级", reading.ON, "季末至提出风险消除", "months")
    pair = (money(given["本季"], "本季人均"), money(given["此前季均"], "此前季均"))
    checked(case, plausible.no_jump_before_removal(*pair, removal, view(case)))


@cases("D-05.village")
def test_outlier(case):
    given = case.given_of("本户", "他户", "只看他户", "中位数", "离差", "户数")
    own = Input(reading.fen(given["本户"]), label="人均纯收入", unit="fen")
    checked(case, village.outlier(own, reading.spread(given), view(case)))


@cases("D-05.identical")
def test_identical(case):
    given = case.given_of("本户", "他户")
    everybody = [village.likeness(reading.amounts(one)) for one in [given["本户"], *given["他户"]]]
    alike = None if everybody[0] is None else Counter(everybody)[everybody[0]]
    same = Input(alike, label="本村数字相同的户（含本户）", unit="households")
    checked(case, village.not_the_same_as_others(same, view(case)))


@cases("D-05.flag")
def test_flags(case):
    steps = case.given_of("经过")["经过"]
    try:
        found = reading.flag(steps)
    except ShouwangError as error:
        case.check({"状态": error.code})
        return
    times = 0 if found["earlier"] is None else 1 + len(found["earlier"])
    waiting = len(flags.open_flags({"2021Q2-work": found}))
    case.check({"状态": found["status"], "次数": times, "待核实": waiting})


@cases("D-04")
def test_growth(case):
    given = case.given_of("上年", "本年", "应采集", "可比")
    one = reading.growth(given["上年"], given["本年"], given["应采集"], given["可比"])
    found = sound(growth.meets_the_target(one, view(case)))
    rate = growth.rate(one.now.value, one.before.value)
    case.check({"达到": WORDS[found.verdict], "增幅": UNKNOWN if rate is None else str(rate)})


@cases("D-04.average")
def test_average(case):
    years = [reading.growth(*pair) for pair in case.given_of("各年")["各年"]]
    case.check({"达到": WORDS[sound(growth.on_course(years, view(case))).verdict]})


@cases("D-04.summary")
def test_summary(case):
    total = growth.summary(reading.compared(one) for one in case.given_of("各户")["各户"])
    names = {"应采集": "scope", "已采集": "known", "可比": "compared", "下降": "falling", "分布": "bands"}
    now, before = growth.per_head(total, "now"), growth.per_head(total, "before")
    rate = growth.rate(now, before)
    falling = growth.portion(total["falling"], total["compared"])
    told = {"人均": yuan_text(now), "上年人均": yuan_text(before)}
    told |= {"增幅": UNKNOWN if rate is None else str(rate)}
    told |= {"下降占比": UNKNOWN if falling is None else str(falling)}
    case.check({key: total[name] for key, name in names.items()} | told)


@cases("M-07.adjustment")
def test_line(case):
    given = case.given_of("上年线", "增幅", "低保月标准", "国家标准")
    overlay: dict[str, Any] = {"rural_income_growth": given["增幅"]} if "增幅" in given else {}
    money_of = {"minimum_living_guidance": "低保月标准", "anti_poverty_standard": "国家标准"}
    overlay |= {name: reading.fen(given[key]) for name, key in money_of.items() if key in given}
    last = Input(
        reading.fen(given["上年线"]), "上年标准", date(2021, 12, 31), "上年监测基准线", "fen_per_person_year"
    )
    found = line.proposed_line(last, view(case, **overlay))
    case.check({"测算": yuan_text(found.value)})


@cases("M-05.as_of")
def test_the_book_as_of_a_day(case):
    """A book of 1 July, put right on 10 July."""
    given, put_right = case.given_of("先报", "更正", "发放日", "撤销日"), date(2021, 7, 10)
    state = reading.book({str(QUARTER): given["先报"]})[QUARTER.year]
    if "更正" in given:
        rows = [reading.row(str(QUARTER), "wages", given["更正"], reason="看错一位", on=put_right)]
        state, _ = collecting.collected(state, rows, 1, reading.collector(put_right))
    if "发放日" in given:
        state = book.with_payment(state, "p-1", reading.payment(given["发放日"], 9))
    if "撤销日" in given:
        mark = {"on": str(given["撤销日"]), "reason": "not_paid"}
        state = book.with_withdrawal(state, "p-1", reading.payment(given["发放日"], 9), mark)
    then = book.as_of(state, case.as_of)
    found = windows.known({QUARTER.year: then}, "wages", QUARTER.window)
    wages = yuan_text(found.fen if found else None)
    counted = sum("withdrawn" not in one for one in then["payments"].values())
    case.check({"工资性收入": wages, "发放笔数": counted, "留存": len(then["payments"])})
