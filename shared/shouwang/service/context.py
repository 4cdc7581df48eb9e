"""What a handler has at hand: who acts, on which day, under which policy, on which store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor
from shouwang.policy import CountyFigures


@dataclass
class Context:
    """One call, event or day.

    service: the service's name. actor: who acts (of an event or a day: the service itself). request_id: key
    under which aggregates remember the result. today: the business date (of a day made up for: that day).
    policy: Policy; engine: procedure Engine or None; store: the service's Store; bus: Bus; reads: ReadLog;
    keys: KeyRing; log: structlog logger; db: Database; var_dir: folder of this installation's own files.
    county_figures: the county's folder of figures, for a worker process that reads the policy itself.
    """

    service: str
    actor: Actor
    request_id: str
    clock: Any
    today: date
    policy: Any
    engine: Any
    store: Any
    bus: Any
    reads: Any
    keys: Any
    log: Any
    db: Any
    var_dir: Path
    relay: Any = None
    county_figures: CountyFigures | None = None

    def event(self, type: str, data: Mapping[str, Any]) -> Any:
        """Return an event to hand to `save`; it leaves when the aggregate is stored."""
        from shouwang.store import Event  # noqa: PLC0415

        return Event(type, dict(data))

    def save(
        self,
        repo: Any,
        agg: Any,
        action: str,
        detail: Mapping[str, Any] | None = None,
        *,
        events: Iterable[Any] = (),
        result: Any = None,
    ) -> Any:
        """Record `action` with actor, day and request id, store it, wake the relay; return the aggregate."""
        from shouwang.store import Entry  # noqa: PLC0415

        entry = Entry(action, self.actor.to_dict(), self.today, dict(detail or {}), self.request_id)
        agg.record(entry, events=list(events), result=result)
        repo.save(agg)
        if self.relay is not None:
            self.relay.wake()
        return agg

    def figures(self, region: str) -> Any:
        """Return the view of the policy for today and a region: `figures("430426").monitoring_line`."""
        return self.policy.at(self.today, region)
