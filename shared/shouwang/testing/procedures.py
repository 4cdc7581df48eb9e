"""Who may do what, where: the table that the engine really carries out, against one written by hand.

The hand-written table is a YAML file: step, action, role, and how far the role reaches.

    household_check:
      pass: {town_officer: own}
    "*":
      withdraw: {household: own, village_cadre: own}

`own`: only where the case lies in the actor's own area; `neighbour`: also from the next village or town of
the county; `elsewhere`: also from another county. A role that is not listed may not. `"*"` holds what goes
for the whole case: withdraw, abort, correct. Nothing of it is read from the procedure's own YAML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from shouwang.access import Actor, Level
from shouwang.access.roles import ROLES, USUAL_LEVEL
from shouwang.decision import YES, Decision
from shouwang.errors import Refused
from shouwang.procedure import Case, Engine, Guard, GuardRegistry
from shouwang.procedure.model import LEAVING, Procedure
from shouwang.procedure.reasons import WHO
from shouwang.testing.builders import VILLAGE
from shouwang.yaml_lines import load_mapping

Table = dict[str, dict[str, dict[str, str]]]

WHOLE_CASE: Final = "*"
REACH: Final = ("own", "neighbour", "elsewhere")
_DIGITS: Final[dict[str, int]] = {"household": 12, "village": 12, "town": 9}
_COUNTY_DIGITS: Final = 6
_OTHER_COUNTY: Final = "439999"


def access_table(
    engine: Engine, procedure: str, *, version: int | None = None, region: str = VILLAGE
) -> Table:
    """Return step -> action -> role -> reach, by asking the engine as every role from every place.

    Guards answer yes and nobody has acted yet, so that only level, role and region count. `version`: the
    newest unless given. `region`: of the case (a village unless given).
    """
    versions = engine.library.versions(procedure)
    found = engine.library.version(procedure, version) if version else versions[-1]
    open_handed = Engine(engine.library, replace(engine.known, guards=_yes_to_all(engine.known.guards)))
    table: Table = {}
    for role in sorted(ROLES):
        for reach, place in _places(role, region):
            for step, action in _allowed(open_handed, found, _actor(role, place), region):
                _note(table, step, action, role, reach)
    return table


def read_table(path: Path) -> Table:
    """Read a hand-written table."""
    rows = load_mapping(path)
    return {
        step: {action: dict(roles) for action, roles in actions.items()} for step, actions in rows.items()
    }


def differences(actual: Table, expected: Table) -> list[str]:
    """Return each cell in which the two differ, as one readable line."""
    keys = sorted({*_cells(actual), *_cells(expected)})
    found = ((key, _cells(actual).get(key, "nobody"), _cells(expected).get(key, "nobody")) for key in keys)
    return [
        f"{step}.{action} {role}: engine says {really}, table says {written}"
        for (step, action, role), really, written in found
        if really != written
    ]


def check_access(engine: Engine, procedure: str, path: Path, **options: Any) -> None:
    """Fail, naming every cell, unless the engine carries out exactly the hand-written table."""
    found = differences(access_table(engine, procedure, **options), read_table(path))
    assert not found, f"{path.name}:\n" + "\n".join(found)


def _yes_to_all(guards: GuardRegistry) -> GuardRegistry:
    def yes(_facts: Mapping[str, Any], _policy: Any) -> Decision:
        return Decision("testing", 1, YES)

    return GuardRegistry(*(Guard(guard.name, guard.rule, yes) for guard in guards))


def _places(role: str, region: str) -> Iterator[tuple[str, str]]:
    digits = _DIGITS.get(USUAL_LEVEL[role], _COUNTY_DIGITS)
    yield "own", region[:digits]
    if digits > _COUNTY_DIGITS:
        yield "neighbour", region[: digits - 3] + "998"
    yield "elsewhere", (_OTHER_COUNTY + region[_COUNTY_DIGITS:])[:digits]


def _actor(role: str, place: str) -> Actor:
    return Actor(f"{role}-0", place, cast(Level, USUAL_LEVEL[role]), place, (role,))


def _allowed(engine: Engine, procedure: Procedure, actor: Actor, region: str) -> Iterator[tuple[str, str]]:
    for step in procedure.steps:
        if step.is_gate:
            continue
        case = _standing_at(procedure, step.id, region)
        for one in engine.possibilities(case, actor, {}, procedure.valid_from):
            leaves = one.action in LEAVING
            if (leaves or one.step == step.id) and not WHO & {reason.code for reason in one.reasons}:
                yield WHOLE_CASE if leaves else step.id, one.action
    if _may_correct(engine, procedure, actor, region):
        yield WHOLE_CASE, "correct"


def _may_correct(engine: Engine, procedure: Procedure, actor: Actor, region: str) -> bool:
    closed = replace(_standing_at(procedure, procedure.steps[-1].id, region), status="closed")
    try:
        engine.correct(closed, id="table-2", actor=actor, on=procedure.valid_from, reason="table")
    except Refused as refused:
        return not WHO & {reason["code"] for reason in refused.reasons}
    return True


def _standing_at(procedure: Procedure, step: str, region: str) -> Case:
    day = procedure.valid_from
    return Case("table", procedure.id, procedure.version, region, day, step, day)


def _note(table: Table, step: str, action: str, role: str, reach: str) -> None:
    roles = table.setdefault(step, {}).setdefault(action, {})
    known = set(roles.get(role, "").split()) | {reach}
    roles[role] = " ".join(name for name in REACH if name in known)


def _cells(table: Table) -> dict[tuple[str, str, str], str]:
    return {
        (step, action, role): reach
        for step, actions in table.items()
        for action, roles in actions.items()
        for role, reach in roles.items()
    }
