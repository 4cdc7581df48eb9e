"""A case: one run through one version of a procedure. Immutable; every outcome is a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from shouwang.procedure.parts import JSON, Debt, Entry, Notice, day_of, iso

OPEN: Final = "open"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
ABORTED: Final = "aborted"
RESERVED: Final = frozenset({OPEN, REFUSED, WITHDRAWN, ABORTED})


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands and how it came there.

    `step`: the step it stands at (the one that ended it, once closed). `status`: open, refused, withdrawn,
    aborted or an end of the procedure. `passed`: of steps to be taken in any order, those already passed.
    `pinned`: parameters fixed when it opened, {name: {value, unit, source, …}}. `supersedes`: the case whose
    decision this one corrects; `superseded_by`: the case that corrects this one.
    """

    id: str
    procedure: str
    version: int
    region: str
    opened_on: date
    step: str
    entered_on: date
    status: str = OPEN
    passed: tuple[str, ...] = ()
    pinned: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    notice: Notice | None = None
    debts: tuple[Debt, ...] = ()
    supersedes: str | None = None
    superseded_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything may still happen."""
        return self.status == OPEN

    @property
    def last_on(self) -> date:
        """The day of the newest entry: nothing may be dated before it."""
        return self.entries[-1].on if self.entries else self.opened_on

    def add(self, *entries: Entry, **changes: Any) -> Case:
        """Return the case with more entries and other fields changed."""
        return replace(self, entries=self.entries + entries, **changes)

    def to_dict(self) -> JSON:
        """Return the JSON form in which an aggregate keeps it."""
        return {
            "id": self.id,
            "procedure": self.procedure,
            "version": self.version,
            "region": self.region,
            "opened_on": self.opened_on.isoformat(),
            "step": self.step,
            "entered_on": iso(self.entered_on),
            "status": self.status,
            "passed": list(self.passed),
            "pinned": {name: dict(pin) for name, pin in self.pinned.items()},
            "entries": [entry.to_dict() for entry in self.entries],
            "notice": self.notice.to_dict() if self.notice else None,
            "debts": [debt.to_dict() for debt in self.debts],
            "supersedes": self.supersedes,
            "superseded_by": self.superseded_by,
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Case:
        """Read the JSON form."""
        return Case(
            id=data["id"],
            procedure=data["procedure"],
            version=data["version"],
            region=data["region"],
            opened_on=date.fromisoformat(data["opened_on"]),
            step=data["step"],
            entered_on=day_of(data["entered_on"]) or date.fromisoformat(data["opened_on"]),
            status=data["status"],
            passed=tuple(data["passed"]),
            pinned=data["pinned"],
            entries=tuple(Entry.from_dict(one) for one in data["entries"]),
            notice=Notice.from_dict(data["notice"]) if data["notice"] else None,
            debts=tuple(Debt.from_dict(one) for one in data["debts"]),
            supersedes=data["supersedes"],
            superseded_by=data["superseded_by"],
        )
