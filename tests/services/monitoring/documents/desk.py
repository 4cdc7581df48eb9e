"""Printing in tests: the county's office asks, opens what was sealed to it, and draws it."""

from __future__ import annotations

from typing import Any

from shouwang.access import Actor
from shouwang.sealing import KeyPair, open_sealed

from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.steps import COUNTY, HOME

PAIR = KeyPair.generate()
TASKS = [
    {
        "id": f"{HOME}-P1-T1",
        "department": "health_insurance",
        "measure": "A45-02",
        "title": "大病保险",
        "amount_fen": 120000,
        "status": "confirmed",
        "assigned_on": "2021-08-01",
        "due_on": "2021-08-31",
        "delivered": {"on": "2021-08-20", "amount_fen": 120000, "evidence": []},
        "confirmed_on": "2021-08-25",
    },
    {
        "id": f"{HOME}-P1-T2",
        "department": "employment",
        "measure": "A40-01",
        "title": "技能培训",
        "amount_fen": None,
        "status": "assigned",
        "assigned_on": "2021-08-01",
        "due_on": "2021-09-30",
        "delivered": None,
        "confirmed_on": None,
    },
]
PLAN = {
    "plan": f"{HOME}-P1",
    "household": HOME,
    "case": f"{HOME}-I1",
    "region": VILLAGE,
    "made_on": "2021-08-01",
    "risks": ["illness"],
    "status": "running",
    "tasks": TASKS,
    "silent": ["civil_affairs"],
}


def asked(form: str, **more: Any) -> dict[str, Any]:
    return {"form": form, "region": VILLAGE, "key": PAIR.public_text, "purpose": "测试打印", **more}


def printed(county: County, form: str, who: Actor = COUNTY, **more: Any) -> dict[str, Any]:
    """The answer, with what was sealed in it."""
    answer = county.call(who, "print_forms", **asked(form, **more))
    return answer | open_sealed(PAIR.private, answer["sealed"])


def one(county: County, form: str, **more: Any) -> dict[str, Any]:
    """The values of the only sheet."""
    (sheet,) = printed(county, form, **more)["sheets"]
    values: dict[str, Any] = sheet["values"]
    return values
