"""What assistance tells people (N-03). No personal data: the household stands as its number."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import roles
from shouwang.store import Aggregate

from services.assistance.domain.tasks.escalation import LEVEL_LABELS, key_of

Json = dict[str, Any]
ROLE_OF: Final = {
    "department": roles.DEPARTMENT_OFFICER,
    "town": roles.TOWN_OFFICER,
    "county": roles.COUNTY_OFFICER,
    "leading_group": roles.COUNTY_LEADING_GROUP,
}


def assigned_message(agg: Aggregate, task: Json) -> Json:
    """Tell the department that a measure is assigned to it."""
    text = f"户 {agg.state['household']}：请于 {task['due_on']} 前落实“{task['title']}”。"
    return _message(agg, task, f"assigned/{task['id']}", roles.DEPARTMENT_OFFICER, "帮扶措施派单", text)


def overdue_message(agg: Aggregate, task: Json, level: str) -> Json:
    """Tell a level that a measure is overdue; after a dispute or a new deadline it is told again."""
    text = (
        f"户 {agg.state['household']}：“{task['title']}”（{task['department']}）"
        f"应于 {task['due_on']} 前落实，"
        f"已逾期，请{LEVEL_LABELS[level]}督办。"
    )
    return _message(agg, task, key_of(task, level), ROLE_OF[level], "帮扶措施逾期", text)


def disputed_message(agg: Aggregate, task: Json) -> Json:
    """Tell the department that the household did not receive what it recorded as delivered."""
    text = (
        f"户 {agg.state['household']} 反映没有收到“{task['title']}”，请于 {task['due_on']} 前核实并补交凭据。"
    )
    key = f"disputed/{task['id']}/{len(task['objections'])}"
    return _message(agg, task, key, roles.DEPARTMENT_OFFICER, "农户反映未收到", text)


def withdrawn_message(agg: Aggregate, task: Json) -> Json:
    """Tell the department that a sum was taken back as not paid, and by when the measure is due."""
    home = agg.state["household"]
    text = f"户 {home}：“{task['title']}”有登记落实经核实未发放，请于 {task['due_on']} 前落实。"
    key = f"withdrawn/{task['id']}/{len(task['changes'])}"
    return _message(agg, task, key, roles.DEPARTMENT_OFFICER, "登记落实已撤销，仍应落实", text)


def orphaned_message(agg: Aggregate, task: Json) -> Json:
    """Tell the county that a task has no department any more."""
    home, title = agg.state["household"], task["title"]
    text = f"户 {home}：承办部门 {task['department']} 已离开，“{title}”无人承办，请改派。"
    key = f"orphaned/{task['id']}/{task['orphaned_on']}"
    return _message(agg, task, key, roles.COUNTY_OFFICER, "帮扶措施无人承办", text)


def due_again_message(agg: Aggregate, proposal: Json, on: str) -> Json:
    """Ask the town to settle whether what a plan gave is given once more, as its department says now."""
    code = f"{proposal['department']}/{proposal['measure']}"
    home, title = agg.state["household"], proposal["title"]
    text = (
        f"户 {home}：{proposal['department']} 答复“{title}”再次符合条件，本计划已给付过，不自动再派。"
        "请核定，确需再次给付的用 give_again 办理。"
    )
    key = f"due_again/{agg.id}/{code}/{on}"
    return _of_plan(agg, key, roles.TOWN_OFFICER, "措施再次符合条件，待核定", text)


def dissolved_message(agg: Aggregate, owed: int, on: str) -> Json:
    """Tell the county that a household is registered no longer while its plan owes something."""
    text = (
        f"户 {agg.state['household']} 的成员已全部死亡或迁出，登记已终止，帮扶计划尚有 {owed} 项未落实："
        "请核实去向，无人应享的予以停止；仍在本县的，仍应落实到本人。"
    )
    key = f"dissolved/{agg.id}/{on}"
    return _of_plan(agg, key, roles.COUNTY_OFFICER, "登记终止户尚有帮扶任务", text)


def followed_message(agg: Aggregate, owed: int) -> Json:
    """Tell the county that a plan went on with its people to the household that took them in."""
    home, before = agg.state["household"], agg.state["before"][-1]
    text = (
        f"户 {before} 已并入户 {home}，其帮扶计划随之转入，尚有 {owed} 项未落实，仍应落实到本人："
        "与该户原有计划重复的请核定，无人应享的予以停止；联系人管不到该村的，请另行指定。"
    )
    key = f"followed/{agg.id}/{home}"
    return _of_plan(agg, key, roles.COUNTY_OFFICER, "帮扶计划随人转入他户", text)


def renumbered_message(agg: Aggregate, task: Json) -> Json:
    """Tell the department under which number the people of its task live now."""
    home, before = agg.state["household"], agg.state["before"][-1]
    text = (
        f"户 {before} 已并入户 {home}：“{task['title']}”仍应于 {task['due_on']} 前落实到本人，"
        "两个户号均可登记。"
    )
    key = f"renumbered/{task['id']}/{home}"
    return _message(agg, task, key, roles.DEPARTMENT_OFFICER, "任务所属户号变更", text)


def evaluation_message(agg: Aggregate, quarter: str, due_on: str) -> Json:
    """Tell the town that a plan was not evaluated in time."""
    text = f"户 {agg.state['household']} 的帮扶计划 {quarter} 应于 {due_on} 前评估，请尽快完成。"
    key = f"evaluation/{agg.id}/{quarter}"
    return _of_plan(agg, key, roles.TOWN_OFFICER, "帮扶成效季度评估逾期", text, due_on)


def _of_plan(agg: Aggregate, key: str, role: str, title: str, text: str, due_on: str | None = None) -> Json:
    return {
        "key": f"assistance/{key}",
        "role": role,
        "region": agg.region,
        "title": title,
        "text": text,
        "due": due_on,
        "subject": {"service": "assistance", "kind": "plan", "id": agg.id},
    }


def _message(agg: Aggregate, task: Json, key: str, role: str, title: str, text: str) -> Json:
    return _of_plan(agg, key, role, title, text, task["due_on"])
