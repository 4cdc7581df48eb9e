"""What may befall a household: the catalogue of planted life events and of what only looks like one.

A deck holds every story as often as a town of 3,000 households should see it. Each story says how it comes to
light, whether and why it must be missed, and how it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["department", "civil_affairs", "self_report", "hotline", "inspection", "none"]
SCREENED = ("department", "civil_affairs")
"""Channels of the departments: the hospital bills of health insurance, the registers of civil affairs."""
Course = Literal["lasting", "recovered", "thin", "between", "relapsing", "unable", "dies"]

COURSES: dict[str, str] = {
    "lasting": "风险延续到期末",
    "recovered": "风险已过、收入回升：可消除",
    "thin": "风险已过，人均仍不足五千：不得消除",
    "between": "风险已过，人均在五千与六千五之间：须县级专门审查",
    "relapsing": "一度好转，提名时收入又落：不得消除",
    "unable": "全家无劳动能力：不得消除",
    "dies": "识别过程中患者去世，仍留档",
}
MISSED: dict[str, str] = {
    "never_reported": "本户未说，邻里未报，两轮走访都不在家，部门无数据",
    "reported_after_the_year": "期末才发生或才申报，来不及走完程序",
    "settlement_row_rejected": "结算明细中身份证号有误，整行被拒，别处又无人报告",
    "treated_without_insurance": "在外自费治疗，未经医保结算，本户未说",
    "no_authorisation": "本户不肯签承诺授权书，程序不能开始",
    "roster_row_rejected": "名册中该户有坏行，整户暂存，始终未改正，不在登记簿中",
}


@dataclass(frozen=True)
class Story:
    """One story: `shape` says what it does to the money, `hidden` what the household conceals."""

    kind: str
    shape: str
    channel: Channel
    course: Course = "lasting"
    missed: str = ""
    objection: Literal["", "unfounded", "upheld"] = ""
    real: bool = True
    hidden: str = ""

    @property
    def found(self) -> bool:
        """Whether a county that makes no mistake identifies it within the year."""
        return self.real and not self.missed


RISKS: dict[str, tuple[str, ...]] = {
    "illness": ("illness",),
    "accident": ("accident",),
    "job_loss": ("unstable_employment",),
    "disaster": ("disaster",),
    "drop_out": ("education",),
    "disability": ("disability",),
    "industry_failure": ("industry_failure",),
    "housing": ("unstable_employment",),
    "water": ("unstable_employment",),
    "uninsured": ("illness",),
    "no_labour": ("no_labour",),
    "schooling": ("education",),
}
"""What A27 names each kind."""
STATES: dict[str, str] = {
    "drop_out": "school",
    "housing": "housing",
    "water": "water",
    "uninsured": "insurance",
}


def _real(kind: str, shape: str, channel: Channel, times: int, **more: str) -> list[Story]:
    return [Story(kind, shape, channel, **more)] * times  # type: ignore[arg-type]


def _missed(kind: str, shape: str, reason: str, times: int = 1) -> list[Story]:
    channel: Channel = "department" if reason in ("no_authorisation", "roster_row_rejected") else "none"
    return [Story(kind, shape, channel, missed=reason)] * times


REAL: tuple[Story, ...] = (
    *_real("illness", "bill", "department", 3),
    *_real("illness", "drain", "department", 3),
    *_real("illness", "drain", "department", 1, objection="unfounded"),
    *_real("illness", "bill", "department", 4, course="recovered"),
    *_real("illness", "bill", "department", 1, course="dies"),
    *_real("illness", "drain", "self_report", 2),
    *_missed("illness", "bill", "settlement_row_rejected"),
    *_missed("illness", "bill", "treated_without_insurance"),
    *_missed("illness", "bill", "reported_after_the_year"),
    *_missed("illness", "bill", "no_authorisation"),
    *_missed("illness", "bill", "roster_row_rejected"),
    *_real("accident", "crash", "self_report", 2),
    *_real("accident", "crash", "hotline", 1),
    *_real("accident", "crash", "hotline", 1, objection="unfounded"),
    *_real("accident", "crash", "self_report", 2, course="recovered"),
    *_missed("accident", "crash", "never_reported"),
    *_missed("accident", "crash", "reported_after_the_year"),
    *_real("job_loss", "no_wages", "self_report", 3),
    *_real("job_loss", "no_wages", "self_report", 2, course="recovered"),
    *_real("job_loss", "no_wages", "self_report", 1, course="between"),
    *_real("job_loss", "no_wages", "self_report", 2, course="relapsing"),
    *_real("job_loss", "no_wages", "inspection", 3),
    *_real("job_loss", "no_wages", "hotline", 1),
    *_missed("job_loss", "no_wages", "never_reported", 2),
    *_missed("job_loss", "no_wages", "reported_after_the_year"),
    *_real("disaster", "no_harvest", "self_report", 2),
    *_real("disaster", "no_harvest", "self_report", 1, objection="unfounded"),
    *_real("disaster", "no_harvest", "self_report", 2, course="recovered"),
    *_real("disaster", "no_harvest", "inspection", 3),
    *_missed("disaster", "no_harvest", "never_reported"),
    *_real("drop_out", "slide", "inspection", 4),
    *_real("drop_out", "slide", "hotline", 1),
    *_missed("drop_out", "slide", "never_reported"),
    *_real("disability", "no_wages", "inspection", 2),
    *_real("disability", "no_wages", "civil_affairs", 1),
    *_real("disability", "no_wages", "self_report", 1),
    *_real("disability", "no_wages", "self_report", 2, course="unable"),
    *_missed("disability", "no_wages", "never_reported"),
    *_real("industry_failure", "no_harvest", "self_report", 2),
    *_real("industry_failure", "no_harvest", "self_report", 1, objection="unfounded"),
    *_real("industry_failure", "no_harvest", "inspection", 2),
    *_real("industry_failure", "no_harvest", "self_report", 2, course="thin"),
    *_missed("industry_failure", "no_harvest", "never_reported"),
    *_real("housing", "slide", "inspection", 4),
    *_real("housing", "slide", "self_report", 1),
    *_real("water", "slide", "inspection", 2),
    *_real("water", "slide", "hotline", 1),
    *_real("uninsured", "slide", "inspection", 3),
    *_real("no_labour", "no_wages", "inspection", 2),
    *_real("no_labour", "no_wages", "civil_affairs", 1),
    *_real("no_labour", "no_wages", "hotline", 1),
    *_missed("no_labour", "no_wages", "never_reported"),
    *_real("schooling", "slide", "self_report", 2),
)


def _false(kind: str, shape: str, channel: Channel, times: int, **more: str) -> list[Story]:
    return [Story(kind, shape, channel, real=False, **more)] * times  # type: ignore[arg-type]


FALSE: tuple[Story, ...] = (
    *_false("rich_bill", "rich_bill", "department", 4),
    *_false("insured_bill", "insured_bill", "department", 3),
    *_false("support_ended", "plain", "civil_affairs", 2),
    *_false("insured_elsewhere", "plain", "inspection", 2),
    *_false("student_months", "plain", "inspection", 4),
    *_false("seasonal_rest", "rest", "inspection", 3),
    *_false("quick_new_job", "rest", "self_report", 2),
    *_false("investment_year", "investment", "inspection", 2),
    *_false("transfer_school", "plain", "inspection", 1),
    *_false("hidden_wealth", "declared_low", "self_report", 1, hidden="payroll", objection="upheld"),
    *_false("hidden_wealth", "declared_low", "self_report", 1, hidden="payroll"),
    *_false("hidden_wealth", "declared_low", "self_report", 2, hidden="deposits"),
    *_false("hidden_wealth", "declared_low", "self_report", 1, hidden="vehicles", objection="upheld"),
    *_false("hidden_wealth", "declared_low", "self_report", 1, hidden="houses"),
    *_false("hidden_wealth", "declared_low", "self_report", 1, hidden="business"),
)

FALSE_EXPECTED: dict[str, tuple[str, str, str]] = {
    "rich_bill": ("illness", "clue_closed", "自付虽大，收入和积蓄足以承担"),
    "insured_bill": ("illness", "clue_closed", "商业保险已赔付大部分自付费用"),
    "support_ended": ("no_labour", "clue_closed", "停发低保是因为家里有人稳定就业，收入宽裕"),
    "insured_elsewhere": ("illness", "clue_closed", "在外省参加职工医保，本县登记为未参保"),
    "student_months": ("unstable_employment", "clue_closed", "务工月数少是因为在读，仅寒暑假务工"),
    "seasonal_rest": ("unstable_employment", "clue_closed", "返乡建房数月，收入仍宽裕，已约定复工"),
    "quick_new_job": ("unstable_employment", "withdrawn", "失业后很快另找到工作，自行撤回申请"),
    "investment_year": ("industry_failure", "not_included", "当年投入大、账面收入低，但产业正常，并无风险"),
    "transfer_school": ("education", "clue_closed", "不在本地就读，实已转学随父母就读"),
    "hidden_wealth": ("unstable_employment", "refused", "隐瞒财产或财政供养收入"),
}
"""Kind → (the risk that it looks like, what should become of it, why it is none)."""
