"""Agriculture, banks, disasters, work, health insurance: what a household earns, owes, loses and pays."""

from __future__ import annotations

from deploy.synth.offices.case import CLEARS, OWNER, TELLS, Case, Kind, between, head, months_before

WORKING_AGE = between(20, 58)
RUNNING, FAILING = "项目-运行", "项目-停产"


def harvest_lost(case: Case) -> None:
    """The household's own rice is lost."""
    state = "绝收" if case.so else "减产" if case.below else "正常"
    case.put("production", mark=TELLS, 品种="水稻", 产业类别="种植业", 面积="3.5", 存栏="0", 生产状况=state)


def partner_stopped(case: Case) -> None:
    """The project that bought from the household has stopped; who only has a dividend is not hit by it."""
    project, way = (FAILING if case.so or case.below else RUNNING), "分红" if case.below else "订单生产"
    case.put("linked_households", mark=TELLS, 项目编号=f"{project}-{case.key}", 联结方式=way)
    for name, state in ((RUNNING, "正常"), (FAILING, "停产")):
        told = {"项目编号": f"{name}-{case.key}", "运行状况": state}
        case.put_place("projects", **told, 失败退出日期="", 带动户数="20")


def loss_uninsured(case: Case) -> None:
    """Pigs died; nobody had insured them."""
    loss = "600.00" if case.below else "9000.00"
    case.put("losses", mark=TELLS, 品种="生猪", 受灾日期=case.day(40), 经济损失=loss)
    if not (case.so or case.below):
        _insured(case, 40, "4000.00", CLEARS)


def loss_not_paid(case: Case) -> None:
    """The insured pigs died in summer, and the insurer has paid nothing."""
    before = 20 if case.below else 150
    case.put("losses", mark=TELLS, 品种="生猪", 受灾日期=case.day(before), 经济损失="2000.00")
    _insured(case, before, "0.00" if case.so or case.below else "1500.00", "")


def _insured(case: Case, before: int, paid: str, mark: str) -> None:
    year = str(case.day(before).year)
    premium = {"农户自缴保费": "24.00", "已补农户自缴保费": ""}
    case.put("insurance", mark=mark, 险种标的="生猪", 保险年度=year, 赔付金额=paid, **premium)


def loan_overdue(case: Case) -> None:
    """A small loan is overdue."""
    since, overdue = (case.day(6), "3000") if case.below else (case.day(75), "3000")
    late = {"逾期本金": overdue, "逾期日期": since} if case.so or case.below else {}
    _loan(case, TELLS, 放款日期=case.day(500), **late)


def loan_run_out(case: Case) -> None:
    """The time of a loan is over, it is not paid back, and the bank has not said so."""
    _loan(case, TELLS, 放款日期=case.day(24 * 31 + 60 if case.so else 700))


def loan_misused(case: Case) -> None:
    """The loan was lent on to an enterprise."""
    use = "户贷企用" if case.so or case.below else "养殖"
    _loan(case, TELLS, 贷款用途=use, 放款日期=case.day(300), 贷款余额="0" if case.below else "30000")


def loan_wanted(case: Case) -> None:
    """A household asked for a loan long ago, and nobody gave it one."""
    asked = case.day(8 if case.below else 70)
    told = {"农户类型": "脱贫户", "需求金额": "30000", "提出日期": asked}
    case.put("loan_needs", mark=TELLS, **told, 有产业发展前景="是", 有还款能力="")
    if not (case.so or case.below):
        _loan(case, CLEARS, 放款日期=case.day(10))


def _loan(case: Case, mark: str, **more: object) -> None:
    usual = {"借据编号": f"J{case.key}", "贷款用途": "种植", "贷款金额": "50000", "贷款余额": "30000"}
    terms = {"贷款期限": "24", "续贷或展期日期": "", "逾期本金": "", "逾期日期": ""}
    case.put("loans", mark=mark, **{**usual, **terms, **more})


def much_lost(case: Case) -> None:
    """A flood took much from the household."""
    _hit(case, "12000.00" if case.so else "800.00", 20, "0")


def no_relief(case: Case) -> None:
    """A household in need of relief since the flood has had none."""
    _hit(case, "900.00", 3 if case.below else 40, "3")
    if not (case.so or case.below):
        paid = {"救助类别": "应急期救助", "救助金额": "500.00", "发放日期": case.day(30)}
        case.put("relief", mark=CLEARS, whose=OWNER, 灾害编号=f"Z{case.key}", **paid)


def _hit(case: Case, loss: str, before: int, persons: str) -> None:
    event = {"灾害编号": f"Z{case.key}", "灾害种类": "洪涝灾害", "受灾日期": case.day(before)}
    case.put("victims", mark=TELLS, whose=OWNER, **event, 直接经济损失=loss, 需救助人数=persons)


def bills_heavy(case: Case) -> None:
    """Somebody was twice in hospital and paid much after all three insurances."""
    for back, own in ((1, 9_000), (4, 7_000)):
        paid = own if case.so else 300 if case.below else 60
        claim = {"结算单号": f"S{back}-{case.key}", "医疗类别": "住院"}
        sums = {"费用总额": f"{paid + 22_000}.00", "政策范围内费用": f"{paid + 20_000}.00"}
        covered = {"基本医保支付": "20000.00", "大病保险支付": "", "医疗救助支付": ""}
        claim["结算日期"] = months_before(case.month, back).isoformat()
        case.put("settlements", back=back, mark=TELLS, **claim, **sums, **covered)


def not_insured(case: Case) -> None:
    """Somebody has no medical insurance this year."""
    state = "未参保" if case.so else "正常参保"
    paid = {"参保年度": str(case.month.year), "险种": "城乡居民", "个人缴费金额": "320.00", "参保日期": ""}
    case.put("insured", mark=TELLS, 参保状态=state, **paid)


AGRICULTURE = (
    Kind("harvest_lost", harvest_lost, head),
    Kind("partner_stopped", partner_stopped, head),
    Kind("loss_uninsured", loss_uninsured, head, CLEARS),
    Kind("loss_not_paid", loss_not_paid, head),
)
LENDING = (
    Kind("loan_overdue", loan_overdue, WORKING_AGE),
    Kind("loan_run_out", loan_run_out, WORKING_AGE),
    Kind("loan_misused", loan_misused, WORKING_AGE),
    Kind("loan_wanted", loan_wanted, WORKING_AGE, CLEARS),
)
EMERGENCY = (Kind("much_lost", much_lost, head), Kind("no_relief", no_relief, head, CLEARS))
HEALTH_INSURANCE = (
    Kind("bills_heavy", bills_heavy, head),
    Kind("not_insured", not_insured, between(1, 90)),
)
