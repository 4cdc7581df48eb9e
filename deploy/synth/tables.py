"""What the departments hand over: each table's headings, how often it comes, and the habits of its office.

The headings are copied from the departments' own exports; a test compares them. Every office has its habits:
xlsx with a title line, csv in GBK or UTF-8, ID numbers with an apostrophe or a small x, dates in five
spellings, thousands separators, full-width digits. Nobody is asked to forgive more than that: what is truly
wrong is a dirty row, and the truth says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from deploy.synth.habits import (
    apostrophe,
    cell,
    chinese,
    compact,
    dotted,
    grouped,
    number,
    slashed,
    small,
    wide,
    yuan,
)
from deploy.synth.sheets import Cell

Feed = Literal["settlements", "monthly", "quarterly", "yearly"]


@dataclass(frozen=True)
class Form:
    """How a department exports a table: `day` spells a date, `money` an amount, `person` an ID number."""

    department: str
    table: str
    title: str
    headings: tuple[str, ...]
    feed: Feed
    kind: Literal["csv", "xlsx"]
    encoding: str = ""
    day: Callable[[date], Cell] = date.isoformat
    money: Callable[[int], Cell] = str
    person: Callable[[str], Cell] = str

    @property
    def id_column(self) -> int:
        """Where the ID number stands."""
        return next(at for at, heading in enumerate(self.headings) if heading in ID_HEADINGS)


ID_HEADINGS = ("身份证号", "公民身份号码", "证件号码")


_HI, _CA = "health_insurance", "civil_affairs"
_ID = "身份证号"
FORMS: dict[str, Form] = {
    form.table: form
    for form in (
        Form(
            _HI,
            "insured",
            "参保登记",
            ("姓名", "证件号码", "村居代码", "参保年度", "险种", "参保状态", "个人缴费金额", "参保日期"),
            "yearly",
            "csv",
            "gb18030",
            day=slashed,
            money=yuan,
            person=apostrophe,
        ),
        Form(
            _HI,
            "settlements",
            "医保结算明细",
            (
                "结算单号",
                "姓名",
                _ID,
                "医疗类别",
                "定点医疗机构",
                "结算日期",
                "费用总额",
                "政策范围内费用",
                "基本医保支付",
                "大病保险支付",
                "医疗救助支付",
            ),
            "settlements",
            "xlsx",
            day=cell,
            money=number,
        ),
        Form(
            _CA,
            "minimum_living",
            "城乡低保人员台账",
            (
                "姓名",
                "公民身份号码",
                "户主身份证号",
                "村居代码",
                "保障状态",
                "保障人数",
                "月保障金额",
                "享受起始日期",
                "渐退起始日期",
                "停保日期",
                "停保原因",
            ),
            "monthly",
            "xlsx",
            day=dotted,
            money=number,
        ),
        Form(
            _CA,
            "destitute",
            "特困人员台账",
            ("姓名", _ID, "村居代码", "供养方式", "自理能力", "委托照料协议", "月供养金", "认定日期"),
            "monthly",
            "csv",
            "utf-8-sig",
            day=chinese,
            money=yuan,
            person=small,
        ),
        Form(
            _CA,
            "low_income",
            "低收入人口台账",
            ("姓名", _ID, "村居代码", "认定类别", "认定日期"),
            "monthly",
            "xlsx",
        ),
        Form(
            _CA,
            "deposits",
            "银行存款核对结果",
            ("姓名", "证件号码", "开户银行", "存款余额", "查询日期"),
            "quarterly",
            "csv",
            "gb18030",
            day=compact,
            money=grouped,
            person=apostrophe,
        ),
        Form(
            _CA,
            "vehicles",
            "机动车登记核对结果",
            ("姓名", _ID, "车辆类型", "评估价值", "登记日期"),
            "quarterly",
            "csv",
            "utf-8-sig",
            day=slashed,
            money=wide,
            person=small,
        ),
        Form(
            _CA,
            "houses",
            "不动产登记核对结果",
            ("姓名", _ID, "房屋性质", "建筑面积", "登记日期"),
            "quarterly",
            "csv",
            "gb18030",
            day=dotted,
        ),
        Form(
            _CA,
            "business",
            "市场主体登记核对结果",
            ("姓名", _ID, "主体类型", "任职", "登记状态", "注册资本", "成立日期"),
            "quarterly",
            "xlsx",
            day=cell,
            money=number,
        ),
        Form(
            _CA,
            "payroll",
            "财政供养人员核对结果",
            ("姓名", _ID, "人员类别", "月应发工资", "起始日期"),
            "quarterly",
            "xlsx",
            day=chinese,
            money=grouped,
        ),
    )
}
