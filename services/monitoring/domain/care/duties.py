"""A duty: what is due, for whom, until when, and where to act; overdue first (D-02, D-03, D-06, D-07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from services.monitoring.domain.care import escalation

Json = dict[str, Any]


@dataclass(frozen=True)
class Duty:
    """One duty. key: kind and id; roles: who may carry it out; person: whose it is, if one person's.

    act: entry point; rule: its number; level: where it stands now (village, town, county), higher once late.
    """

    key: str
    kind: str
    label: str
    region: str
    household: str | None
    roles: tuple[str, ...]
    person: str | None
    due_on: str | None
    act: str
    rule: str
    level: str

    def shown(self, on: date) -> Json:
        """Return it for people: with overdue and age in days."""
        late = escalation.is_overdue(self.due_on, on)
        return {
            **asdict(self),
            "roles": list(self.roles),
            "overdue": late,
            "age_days": escalation.age_days(self.due_on, on),
        }


def place(duty: Duty) -> str:
    """Return where a duty stands in every list: by its day, what has none last."""
    return f"{duty.due_on or '9999-12-31'}|{duty.key}"


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Return them overdue first, the oldest first; what has no day comes last."""
    return sorted(duties, key=place)


def for_whom(duties: Iterable[Duty], role: str | None, person: str | None) -> list[Duty]:
    """Return those of a role and a person; what no single person owns is everybody's of its role."""
    return [one for one in duties if _for_role(one, role) and person in (None, one.person)]


def _for_role(duty: Duty, role: str | None) -> bool:
    return role is None or role in duty.roles


def page(duties: list[Duty], after: str | None, limit: int) -> tuple[list[Duty], str | None]:
    """Return one page behind a place, and the place where the next begins (None: nothing follows).

    By place and not by number: what was done in between leaves no gap and brings nothing twice.
    """
    rest = [one for one in duties if after is None or place(one) > after]
    part = rest[:limit]
    return part, place(part[-1]) if len(rest) > limit else None
