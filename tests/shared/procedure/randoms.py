"""Random procedures, and random attempts at them: half sensible, half not."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.shared.procedure.kit import COUNTY, TOWN, VILLAGE
from tests.shared.procedure.oracle import Oracle, Spec

LEVELS = {"village": VILLAGE, "town": TOWN, "county": COUNTY}
ROLES = ("village_committee", "town_officer", "county_officer")
SIGNERS = (*ROLES, "town_head")
PAPERS = ("opinion", "valuation")
PERSONS = [f"p{n}" for n in range(8)]


def specification(rnd: Random) -> Spec:
    """Return a random procedure: actors, people, notices, groups, returns, green channel."""
    steps: list[Spec] = []
    for _ in range(rnd.randint(2, 4)):
        _add_stage(rnd, steps)
    _add_step(rnd, steps, f"s{len(steps)}")
    steps[-1]["ends"] = dict.fromkeys((one for one in steps[-1]["may"] if one == "pass"), "done")
    steps[-1]["green"] = []
    for step in steps:
        _tie(rnd, steps, step)
    return {"steps": steps, "withdraw": rnd.choice(ROLES)}


def _add_stage(rnd: Random, steps: list[Spec]) -> None:
    kind = rnd.choice(["step", "step", "notice", "own notice", "group"]) if steps else "step"
    if kind == "notice" and steps[-1]["role"] is not None:
        steps.append({**_blank(f"s{len(steps)}"), "days": rnd.randint(1, 12)})
    elif kind == "group":
        for _ in range(rnd.randint(2, 3)):
            _add_step(rnd, steps, f"s{len(steps)}", together=f"g{len(steps)}")
        label = steps[-1]["together"]
        for step in steps[-2:] if rnd.random() < 0.5 else []:
            step["together"] = label
    else:
        _add_step(rnd, steps, f"s{len(steps)}")
        behind_a_gate = len(steps) > 1 and steps[-2]["role"] is None
        if kind == "own notice" and not behind_a_gate:
            steps[-1]["days"] = rnd.randint(1, 12)


def _blank(id: str) -> Spec:
    return {
        "id": id,
        "role": None,
        "level": None,
        "people": 0,
        "from": [],
        "signatures": [],
        "papers": [],
        "apart_from": [],
        "may": ["pass"],
        "ends": {},
        "send_back_to": [],
        "together": "",
        "green": [],
        "needs": False,
        "days": 0,
        "when_upheld": "",
    }


def _add_step(rnd: Random, steps: list[Spec], id: str, together: str = "") -> None:
    role = rnd.choice(ROLES)
    helpers = rnd.sample(SIGNERS, 2)
    papers = [name for name in PAPERS if rnd.random() < 0.3]
    steps.append(
        {
            **_blank(id),
            "role": role,
            "level": role.partition("_")[0],
            "people": rnd.choice([0, 0, 1, 2]),
            "from": helpers,
            "signatures": [role for role in SIGNERS if rnd.random() < 0.1],
            "papers": papers,
            "may": ["pass", *(["refuse"] if rnd.random() < 0.4 else [])],
            "together": together,
            "green": [name for name in papers if rnd.random() < 0.6],
            "needs": rnd.random() < 0.2,
        }
    )


def _tie(rnd: Random, steps: list[Spec], step: Spec) -> None:
    """Give a step its ties to earlier ones."""
    books = Oracle({"steps": steps}, VILLAGE, date.min)
    rank = books.rank(step["id"])
    earlier = [one["id"] for one in steps if books.rank(one["id"]) < rank and one["role"] is not None]
    if not earlier:
        return
    if step["role"] is not None:
        step["apart_from"] = [id for id in earlier if rnd.random() < 0.25]
        if rnd.random() < 0.5:
            step["may"].append("send_back")
            step["send_back_to"] = rnd.sample(earlier, rnd.randint(0, min(2, len(earlier))))
        if step["together"] == "" and not step["days"] and not step["ends"] and rnd.random() < 0.35:
            step["may"].append("approve")
            step["ends"] = {"approve": "early"}
    if step["days"] and rnd.random() < 0.5:
        step["when_upheld"] = rnd.choice(earlier)


def as_yaml(spec: Spec) -> str:
    """Return the specification as a procedure file (JSON is YAML)."""
    head = {"id": "random", "version": 1, "valid": {"from": "@2021-01-01"}, "title": "随机", "source": "测试"}
    head["withdraw"] = {"by": spec["withdraw"]}
    head["steps"] = [_step_yaml(step) for step in spec["steps"]]
    return json.dumps(head, ensure_ascii=False).replace('"@2021-01-01"', "2021-01-01")


def _step_yaml(step: Spec) -> dict[str, Any]:
    given: dict[str, Any] = {"id": step["id"], "title": step["id"]}
    if step["role"] is not None:
        given["by"] = {"level": step["level"], "roles": [step["role"]]}
        if step["people"]:
            given["by"] |= {"people": step["people"], "from": step["from"]}
        given["may"] = step["may"]
        decisions = [action for action in step["may"] if action != "send_back"]
        given["guards"] = {action: ["uses_allowed"] for action in decisions}
    if step["days"]:
        given["notice"] = {"place": "village", "days": step["days"]}
    if step["needs"]:
        given["needs"] = ["fact"]
    if step["green"]:
        given["green_channel"] = {"guard": "emergency", "owed": step["green"], "within_days": 5}
    plain = ("papers", "signatures", "apart_from", "ends", "send_back_to", "together", "when_upheld")
    return given | {key: step[key] for key in plain if step[key]}


def attempt(rnd: Random, spec: Spec, books: Oracle, today: date, sense: float = 0.95) -> dict[str, Any]:
    """Return a random attempt; each part is right with probability `sense`, so that some go through."""

    def right(good: Any, bad: Any) -> Any:
        return good if rnd.random() < sense else bad

    acted = [one for one in spec["steps"] if one["role"] is not None]
    turn = [one for one in acted if books.in_turn(one)] or acted
    step = right(rnd.choice(turn), rnd.choice(spec["steps"]))
    action = rnd.choice([*step["may"], *(["pass"] * 3)])
    action = right(action, rnd.choice(["pass", "send_back", "refuse", "approve", "withdraw"]))
    role = right(spec["withdraw"] if action == "withdraw" else step["role"], rnd.choice(ROLES)) or ROLES[0]
    level = right(role.partition("_")[0], rnd.choice(list(LEVELS)))
    return {
        "step": step["id"],
        "action": action,
        "role": role,
        "level": level,
        "region": right(LEVELS[level], "430424"),
        "person": rnd.choice(PERSONS),
        "people": right(_right_people(rnd, step), _some_people(rnd)),
        "papers": right(_right_papers(rnd, step), _some_papers(rnd, today)),
        "facts": {
            "fact": right(1, None),
            "flag": right(True, rnd.choice([False, None])),
            "emergency": rnd.random() < 0.5,
        },
        "reason": right("理由", rnd.choice([None, " "])),
        "to": right(None, rnd.choice(spec["steps"])["id"]),
        "on": right(today, today - timedelta(days=rnd.randint(1, 3))),
    }


def _right_people(rnd: Random, step: Spec) -> list[tuple[str, str]]:
    wanted = [*(rnd.choice(step["from"]) for _ in range(step["people"])), *step["signatures"]]
    return list(zip(rnd.sample(PERSONS, len(wanted)), wanted, strict=True))


def _right_papers(rnd: Random, step: Spec) -> list[tuple[str, date | None]]:
    """Every paper of the step; now and then without those that the green channel lets come later."""
    later = step["green"] if rnd.random() < 0.4 else []
    return [(name, None) for name in step["papers"] if name not in later]


def _some_people(rnd: Random) -> list[tuple[str, str]]:
    return [(rnd.choice(PERSONS), rnd.choice(SIGNERS)) for _ in range(rnd.randint(0, 4))]


def _some_papers(rnd: Random, today: date) -> list[tuple[str, date | None]]:
    days = [None, *(today + timedelta(days=n) for n in (-6, -2, 0, 1))]
    return [(name, rnd.choice(days)) for name in PAPERS if rnd.random() < 0.6]
