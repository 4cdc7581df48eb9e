"""One household as a flat row of codes: what the rules need of it, and nobody's name or number.

The same row stands in the columnar snapshot and behind every standing, so that a rule over columns and a rule
over one household read the same thing. Figures are those of the newest twelve months that the household has,
in the registry or in its income book (docs/decisions/0171, 0180); whether they are too old to be used is
asked when a rule reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.periods import Window

from services.monitoring.domain.income.windows import Books
from services.monitoring.domain.portrait.newest import newest_window, with_newest_figures
from services.monitoring.domain.proceedings import facts as fact_rules
from services.monitoring.domain.proceedings.removal import any_member
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS

Json = dict[str, Any]
Row = dict[str, Any]

READ: Final = (
    *("members", "kind", "size", "status", "category", "figures", "risks", "collected_on", "last_record"),
    *fact_rules.CHECKS.values(),
)
"""The parts of a household's state that a row is made of."""
BOOK_YEARS: Final = 4
"""This year and those before it whose books are read: figures of an older window are used by no policy."""
CHECKS: Final = (*fact_rules.CHECKS, "insurance")
GROUPS: Final = ("destitute", "minimum_living")
ALIKE: Final = "*"
Giver = tuple[str, str | None]
_NEVER: Final = Window(date.min, date.min)


def row_of(household: str, village: str, version: int, registered: Mapping[str, Any], books: Books) -> Row:
    """Return the row of a household's state (what `READ` names of it) and of its income books.

    {household, village, version, kind, status, category, size, window_start, window_end, <seven figures in
    fen>, risks, housing, school, water, insurance, difficulty, labour, destitute, minimum_living, givers}.
    """
    state = with_newest_figures(registered, books)
    window = newest_window(state["figures"]) or _NEVER
    facts = fact_rules.of_case(state, newest_record(state), window)
    told = _told(facts)
    known = any(told[name][0] is not None for name in MONEY_FIELDS)
    return {
        **{"household": household, "village": village, "version": version},
        **{name: state[name] for name in ("status", "category")},
        "window_start": window.start.isoformat() if known else None,
        "window_end": window.end.isoformat() if known else None,
        **{name: value for name, (value, _) in told.items()},
        "risks": [one["risk"] for one in facts["danger"]["risks"]],
        "labour": [one["value"] for one in facts["labour"]],
        **{name: any_member(facts["special"][name]) for name in GROUPS},
        "givers": _packed({name: giver for name, (_, giver) in told.items()} | _first_givers(facts)),
    }


def newest_record(state: Mapping[str, Any]) -> Json:
    """Return the newest check on site, unless the village has collected the form anew since."""
    record: Json = state["last_record"] or {}
    checked = max(_days(record), default="")
    return record if checked >= (state["collected_on"] or "") else {}


def _days(record: Mapping[str, Any]) -> Iterable[str]:
    answers = [record.get(part, {}).values() for part in ("figures", "answers", "labour", "insured")]
    given = [one for part in answers for one in part] + list(record.get("risks", ()))
    return (one["on"] for one in given if one["on"])


def _told(facts: Json) -> dict[str, tuple[Any, Giver]]:
    """Return value and giver of every single answer of a row."""
    figures, checks = facts["income"]["figures"], facts["danger"]["checks"]
    answers = {name: figures.get(name) for name in MONEY_FIELDS}
    answers |= {name: checks.get(name) for name in CHECKS}
    answers |= {"size": facts["income"]["size"], "kind": facts["kind"], "difficulty": facts["difficulty"]}
    return {name: _split(one) for name, one in answers.items()}


def _split(answer: Json | None) -> tuple[Any, Giver]:
    return (None, ("", None)) if answer is None else (answer["value"], (answer["by"], answer["on"]))


def _first_givers(facts: Json) -> dict[str, Giver]:
    lists = {"risks": facts["danger"]["risks"], "labour": facts["labour"]}
    return {name: (given[0]["by"], given[0]["on"]) for name, given in lists.items() if given}


def _packed(givers: Mapping[str, Giver]) -> str:
    """Return who gave what and when as one text: the most frequent giver once, then the others."""
    counted = list(givers.values())
    usual = max(counted, key=counted.count)
    others = {name: giver for name, giver in givers.items() if giver != usual}
    return json.dumps({ALIKE: usual, **others}, ensure_ascii=False, separators=(",", ":"))


def facts_of(row: Row, usable_from: date | None) -> Json:
    """Return the facts of a row in the form of a case's (`proceedings.facts`).

    usable_from: the earliest end of a window that may be used; older figures, and all when it is None, are
    unknown. Several risks are told with the giver of the first.
    """
    givers = json.loads(row["givers"])

    def given(name: str, value: Any) -> Json:
        by, on = givers.get(name, givers[ALIKE])
        return {"value": value, "by": by, "on": on}

    return {
        "income": _income(row, given, usable_from),
        "danger": {
            "risks": [{"risk": risk, **given("risks", True)} for risk in row["risks"]],
            "checks": {name: given(name, row[name]) for name in CHECKS},
        },
        **{name: given(name, row[name]) for name in ("kind", "difficulty")},
        "labour": [given("labour", one) for one in row["labour"]],
        "special": {name: [row[name]] for name in GROUPS},
    }


def _income(row: Row, given: Any, usable_from: date | None) -> Json:
    usable = is_usable(row["window_end"], usable_from)
    named = [name for name in MONEY_FIELDS if usable and row[name] is not None]
    return {
        "window": {"start": row["window_start"], "end": row["window_end"]} if row["window_end"] else None,
        "size": given("size", row["size"]),
        "figures": {name: given(name, row[name]) for name in named},
    }


def is_usable(window_end: str | None, usable_from: date | None) -> bool:
    """Return whether figures of a window that ended then may still be used."""
    if window_end is None or usable_from is None:
        return False
    return window_end >= usable_from.isoformat()
