"""A county in which monitoring's own events come back to it, as over the bus; signals and studies."""

from __future__ import annotations

from collections import Counter
from typing import Any

from shouwang.access import roles
from shouwang.sealing import seal
from shouwang.testing import actor

from tests.services.monitoring.county import ENTRIES, VILLAGE, County
from tests.services.monitoring.sheet import household

COUNTY = actor(roles.COUNTY_OFFICER)
LEADERS = actor(roles.COUNTY_LEADING_GROUP)
TOWN = actor(roles.TOWN_OFFICER)
OTHER_VILLAGE = "430426100002"
ALL = ["emergency", "health", "agriculture", "human_resources", "development_reform"]
OWN = {entry.type: entry for entry in ENTRIES.values() if entry.kind == "on" and entry.source == "monitoring"}


def settle(county: County) -> None:
    """Deliver monitoring's own events to it until none is new."""
    heard: Counter[str] = county.__dict__.setdefault("heard", Counter())
    while new := _unheard(county, heard):
        for type, data in new:
            heard[repr((type, data))] += 1
            if type in OWN and not type.startswith("case."):
                county.hear("monitoring", type, OWN[type].name, data)


def _unheard(county: County, heard: Counter[str]) -> list[tuple[str, dict[str, Any]]]:
    left, found = Counter(heard), []
    for event in county.events():
        if left[repr(event)] > 0:
            left[repr(event)] -= 1
        else:
            found.append(event)
    return found


def village(county: County, code: str = VILLAGE, homes: int = 2, **changes: str) -> None:
    """A village with its households."""
    first = 10 if code == VILLAGE else 50
    rows = [row for number in range(homes) for row in household(first + number, 2 + 3 * number, **changes)]
    for row in rows:
        row["cells"] = {heading: code if text == VILLAGE else text for heading, text in row["cells"].items()}
    who = actor(roles.VILLAGE_CADRE, region=code)
    sealed = seal(county.keys.sealing.public, rows)
    given = {"village": code, "file": "名册.xlsx", "digest": "cd" * 8, "batch": 1, "batches": 1}
    county.call(who, "import_roster", as_of="2021-07-05", sealed=sealed, **given)


def signal(key: str, amount: int | None, region: str = VILLAGE, **more: Any) -> dict[str, Any]:
    told = {"key": key, "kind": "disaster", "region": region, "amount": amount, "unit": "households"}
    return {**told, "started_on": "2021-07-01", "ended_on": None, "facts": {}, **more}


def tell(county: County, *signals: dict[str, Any], batch: str = "b1", department: str = "emergency") -> None:
    """A department sends a batch, and what follows from it is done."""
    data = {"batch": batch, "department": department, "period": "2021-07", "signals": list(signals)}
    county.hear(department, "signals.found", "signals_found", data)
    settle(county)


def warnings(county: County, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = county.call(COUNTY, "warnings", region="430426", **more)
    return found


def hold(county: County, *warned: str, **more: Any) -> dict[str, Any]:
    today = str(county.clock.today())
    given = {"region": "430426", "held_on": today, "minutes": "祁防返贫纪要〔2021〕1号", "departments": ALL}
    measure = {"department": "emergency", "text": "抢修受损房屋", "due_on": "2021-08-01"}
    given |= {"warnings": list(warned), "conclusions": ["受灾户集中在两村"], "measures": [measure]}
    study: dict[str, Any] = county.call(COUNTY, "hold_joint_study", **{**given, **more})
    return study


def take(
    county: County, warning: str, step: str, action: str, who: Any = COUNTY, **more: Any
) -> dict[str, Any]:
    answer: dict[str, Any] = county.call(
        who, "take_warning_step", warning=warning, step=step, action=action, **more
    )
    settle(county)
    return answer


def messages(county: County, title: str) -> list[dict[str, Any]]:
    return [data for type, data in county.events() if type == "message.requested" and data["title"] == title]
