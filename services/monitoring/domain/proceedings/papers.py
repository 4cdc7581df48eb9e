"""The papers of identification and removal by the name that procedures use: 附件1–5 and the records."""

from __future__ import annotations

from shouwang.procedure import PaperRegistry, paper

PAPERS = PaperRegistry(
    paper("application_and_authorisation", "防止返贫监测对象个人申请及承诺授权书", "附件1"),
    paper("information_record", "防止返贫监测对象信息采集表", "附件2"),
    paper("meeting_record", "民主评议会议记录"),
    paper("identification_approval", "防止返贫监测对象识别审批表", "附件3"),
    paper("measures_record", "防止返贫监测对象帮扶措施落实情况表", "附件4"),
    paper("removal_assessment", "防止返贫监测对象风险消除评估表", "附件5"),
    paper("special_review_record", "县级重点审查记录"),
    paper("joint_study_minutes", "部门联合会商纪要"),
)
