"""Stable error codes of monitoring, each with what it means: what callers may rely on (see docs)."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "access.not_own_household": "农户只能办理本户事项",
    "access.wrong_service": "只有帮扶服务可以取得密封人员",
    "case.already_monitored": "该户已是监测对象",
    "case.closed": "本案已结",
    "case.not_a_member": "附件1 应由本户成员签字",
    "case.not_monitored": "该户不是监测对象",
    "case.parallel": "该户已有在办案件",
    "case.record_not_here": "核实内容只随入户核实提交",
    "clue.busy": "同一户的线索正被多人同时登记",
    "clue.channel": "该渠道不由此人使用",
    "clue.closed": "线索已办结",
    "clue.future": "发现日期晚于今天",
    "clue.in_case": "该结论只能由识别程序得出",
    "clue.not_open": "线索不在待响应状态",
    "clue.not_responded": "线索尚未响应",
    "clue.whom": "没有说明线索是谁的",
    "comparison.no_authorisation": "没有农户签字的附件1",
    "comparison.other_case": "比对结果不属于本案或该部门",
    "explain.no_case": "该户没有案件",
    "explain.no_standing": "到那一天还没有重算过该户",
    "explain.what": "没有说明解释什么",
    "registry.no_such_person": "登记簿中没有此人",
    "registry.sealed_person": "密封内容里没有证件号",
    "roster.form": "名册内容不成行",
    "roster.missing_columns": "不是附件2 采集表",
    "round.days": "排查期不在该半年内",
    "round.no_such_household": "登记簿中没有该户",
    "round.visit_day": "走访日期不在排查期内",
    "round.wrong_village": "该户不在台账的村",
    "snapshot.cannot_open": "登记簿快照打不开",
    "what_if.no_effect": "所改的参数或规则不影响推算",
    "what_if.no_expression": "规则的这一版没有成表的写法",
    "what_if.no_snapshot": "还没有登记簿快照",
    "what_if.nothing": "没有说明改哪个参数或规则",
    "what_if.value": "假设值与参数的单位不符",
    "why_not.listed": "该户已是监测对象",
}
