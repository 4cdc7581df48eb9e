"""The rows of 附件4 (帮扶措施落实情况表): one a measure, with everything that is known of it (A-09).

The head's name, size and phone of the printed form belong to monitoring; the household stands as its number.
Source: 湘委乡振组发〔2021〕1号 附件4, 附件6 A39–A52.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shouwang.vocabulary import MEASURE_CODES, measure_label

from services.assistance.domain.planning.rules import group, word_of
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import given_evidence, given_fen

Json = dict[str, Any]


def rows(plans: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return the rows of every plan of a household, oldest plan first, numbered from 1.

    Ended measures stay in the table with what ended them: a measure that was replaced was a measure, and what
    was paid of it all the same was paid. disputed: the household waits for an answer.
    """
    tasks = [(plan, task) for plan in sorted(plans, key=lambda one: one["made_on"]) for task in plan["tasks"]]
    return [_row(number, plan, task) for number, (plan, task) in enumerate(tasks, start=1)]


def _row(number: int, plan: Mapping[str, Any], task: Mapping[str, Any]) -> Json:
    done = max(parts.delivered_on(task), default=None)
    return {
        "number": number,
        "case": plan["case"],
        "risks": [word_of(risk) for risk in _risks(plan, task)],
        "code": task["measure"],
        "measure": MEASURE_CODES.get(group(task["measure"]), task["measure"]),
        "item": measure_label(task["measure"]) or task["title"],
        "title": task["title"],
        "department": task["department"],
        "person": task["person"],
        "started_on": task["assigned_on"],
        "due_on": task["due_on"],
        "done_on": done.isoformat() if done else None,
        "amount_fen": given_fen(task),
        "evidence": given_evidence(task),
        "confirmed_on": task["confirmed_on"],
        "state": tasks.STATUS_LABELS[task["status"]],
        "disputed": tasks.is_disputed(task),
        "effect": task.get("effect"),
    }


def _risks(plan: Mapping[str, Any], task: Mapping[str, Any]) -> list[str]:
    """Return the risks of the household that the measure answers; of a safety net, all of the household's."""
    answered = [risk for risk in plan["risks"] if risk in task["risks"]]
    return answered or list(plan["risks"])
