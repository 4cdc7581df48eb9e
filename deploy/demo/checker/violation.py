"""A violation: its kind, where it lies, what is wrong. No personal data."""

from __future__ import annotations

from dataclasses import asdict, dataclass

KINDS = {
    "ledger_unbalanced": "分录借贷不平",
    "cash_overdrawn": "支出超过到账",
    "money_does_not_sum": "金额合计不符",
    "forbidden_use": "收益用于禁止的用途",
    "at_risk_left_out": "收益分配漏掉了有风险的户",
    "gate_opened_early": "公示未满日就办了下一步",
    "gate_opened_on_objection": "异议未办结就办了下一步",
    "wrong_order": "步骤次序不对",
    "wrong_actor": "没有合格的人经办",
    "too_few_people": "参与或签字的人不足",
    "own_review": "自己审核自己提交的",
    "missing_paper": "缺材料",
    "no_comparison": "没有部门比对就审定纳入",
    "two_open_cases": "同一户同时有两件在办",
    "status_mismatch": "户的状态与案件结果不符",
    "event_unsent": "事件没有发出",
    "event_lost": "事件没有被处理",
    "event_handled_twice": "事件被处理了两次",
    "delivered_unevenly": "措施落实与部门记录不符",
    "personal_data_published": "公示或消息中有个人信息",
    "personal_data_in_clear": "明文中有个人信息",
    "history_altered": "历史被改动",
}


@dataclass(frozen=True)
class Violation:
    """One finding."""

    kind: str
    where: str
    what: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of violation: {self.kind}")

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form with the Chinese label."""
        return {**asdict(self), "label": KINDS[self.kind]}
