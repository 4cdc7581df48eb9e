"""A violation: its kind, where it lies, what is wrong. No personal data."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MONEY = {
    "ledger_unbalanced": "分录借贷不平",
    "cash_overdrawn": "支出超过到账",
    "money_does_not_sum": "金额合计不符",
    "paid_twice": "同一笔发放或落实了两次",
    "paid_unapproved": "未经备案就发放",
    "forbidden_use": "收益用于禁止的用途",
    "at_risk_left_out": "收益分配漏掉了有风险的户",
    "delivered_unevenly": "措施落实与部门记录不符",
    "right_withheld": "部门认定应享的保障没有落实成任务",
}
STEPS = {
    "gate_opened_early": "公示未满日就办了下一步",
    "gate_opened_on_objection": "异议未办结或属实就办了下一步",
    "wrong_order": "步骤次序不对",
    "before_the_document": "文件尚未印发就已立案",
    "wrong_actor": "没有合格的人经办",
    "too_few_people": "参与或签字的人不足",
    "own_review": "自己审核自己提交的",
    "missing_paper": "缺材料",
    "incomplete_project": "内容不全的项目入了库",
    "notice_elsewhere": "公示张贴的地方不对，或说的是别处的户",
}
HOUSEHOLDS = {
    "included_without_cause": "不合条件而纳入",
    "wrong_category": "监测对象类型不对",
    "refused_against_duty": "应纳未纳",
    "income_miscounted": "人均收入算错",
    "wrong_window": "收入周期不对",
    "removed_below_floor": "收入低于底线而消除风险",
    "removed_unable": "无劳动能力而消除风险",
    "removed_unmet": "未达四项标准而消除风险",
    "no_special_review": "应重点审查而未审查",
    "no_comparison": "没有部门比对就审定纳入",
    "compared_without_consent": "没有签字的附件1就查询了财产",
    "two_open_cases": "同一户同时有两件在办",
    "status_mismatch": "户或线索的状态与案件结果不符",
    "clue_unanswered": "线索逾期没有响应，也没有上报",
    "overdue_untold": "措施逾期而没有上报",
}
MACHINERY = {
    "event_unsent": "事件没有发出",
    "event_lost": "事件没有被处理",
    "event_handled_twice": "事件被处理了两次",
    "dead_letter": "留有死信",
    "personal_data_published": "公示或消息中有个人信息",
    "personal_data_in_clear": "明文中有个人信息",
    "read_unrecorded": "查看了个人而没有记录",
    "history_altered": "历史被改动",
}
KINDS = MONEY | STEPS | HOUSEHOLDS | MACHINERY


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
