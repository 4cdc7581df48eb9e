"""Whether the measures taken against the risk are delivered: the tasks of the plan, not a word alone (R-01).

Source: 湘委乡振组发〔2021〕1号 二(三)1 ①; natural removal: docs/decisions/0142.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shouwang.decision import (
    NO,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    all_of,
    outcome,
    recordable,
    rule,
)
from shouwang.decision.verdict import verdict_of

CONFIRMED: Final = "confirmed"
ENDED: Final = "ended"
OWNER: Final = "帮扶服务"
HELPED, NATURAL = "helped", "natural"
WAYS: Final = {HELPED: "帮扶消除", NATURAL: "自然消除"}
_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 二(三)1"
_PLANNED: Final = "帮扶计划的措施均经农户确认｜帮扶计划尚有措施未经农户确认｜帮扶计划的措施是否落实不详"
_JUDGED: Final = "村级研判与入户核实认为已落实｜村级研判与入户核实认为未落实｜村级研判与入户核实没有说明"


@recordable("monitoring.tasks")
@dataclass(frozen=True)
class Tasks:
    """What assistance knows of the running plans: tasks, and how many are confirmed; None: no answer."""

    total: int | None
    confirmed: int | None
    on: date | None = None

    @property
    def delivered(self) -> bool | None:
        """Whether every task is confirmed; None where assistance is silent or nothing was planned."""
        if self.total is None or self.confirmed is None or self.total == 0:
            return None
        return self.confirmed == self.total


def tasks_of(plans: Sequence[Mapping[str, Any]] | None, on: str | None) -> dict[str, Any]:
    """Return the fact {total, confirmed, on} of the plans that are not ended; plans None: no answer."""
    if plans is None:
        return {"total": None, "confirmed": None, "on": on}
    tasks = [task for plan in plans if plan["status"] != ENDED for task in plan["tasks"]]
    confirmed = sum(task["status"] == CONFIRMED for task in tasks)
    return {"total": len(tasks), "confirmed": confirmed, "on": on}


def warnings(fact: Mapping[str, Any] | None) -> list[str]:
    """Return what a proposal is warned of: tasks that the household has not confirmed yet."""
    if fact is None or fact["total"] == fact["confirmed"]:
        return []
    left = fact["total"] - fact["confirmed"]
    return [f"帮扶计划尚有 {left} 项措施未经农户确认（{OWNER} {fact['on']}），入户核实前须落实。"]


@rule("R-01.measures", version=1, valid_from=_FROM, title="帮扶措施有效落实", source=_SOURCE)
def measures_confirmed(judged: Input, tasks: Tasks, way: Input) -> Decision:
    """Yes when plan and people on site agree that everything is delivered.

    An open task is a no whatever anybody judged. Without any task: a natural removal rests on the judgement
    on site, a helped one is unknown. Silence of assistance is unknown.
    """
    planned = verdict_of(tasks.delivered)
    natural = tasks.total == 0 and way.value == NATURAL
    verdict = verdict_of(judged.value) if natural else all_of(planned, judged.value)
    grounds = [_way(way), _counted(tasks), *([] if natural else [_planned(tasks)]), _judged(judged)]
    return outcome(verdict, grounds, _conclusion(verdict, planned, judged))


def _conclusion(verdict: Verdict, planned: Verdict, judged: Input) -> str:
    if planned is NO and judged.value is True:
        return "帮扶措施尚未落实到位，与村级研判不一致，以帮扶台账为准"
    if planned is YES and judged.value is False:
        return "帮扶措施是否有效落实有争议：台账已确认而现场认为未落实，须查明"
    return {YES: "帮扶措施已有效落实", NO: "帮扶措施未落实到位"}.get(verdict, "")


def _way(way: Input) -> Ground:
    shown = Input(WAYS.get(str(way.value)), way.owner, way.on, "消除方式")
    return Ground.of_input("way", shown, "拟按{value}办理")


def _counted(tasks: Tasks) -> Ground:
    if tasks.total is None:
        return Ground.of_input("tasks", Input(None, OWNER, tasks.on, "帮扶计划的措施"))
    told = f"{tasks.total} 项、农户已确认 {tasks.confirmed} 项"
    return Ground.of_input("tasks", Input(told, OWNER, tasks.on, "帮扶计划的措施"), "帮扶计划有措施 {value}")


def _planned(tasks: Tasks) -> Ground:
    given = Input(tasks.delivered, OWNER, tasks.on, "帮扶计划是否落实")
    return Ground.of_input("planned", given, _PLANNED)


def _judged(judged: Input) -> Ground:
    return Ground.of_input("judged", judged, _JUDGED)
