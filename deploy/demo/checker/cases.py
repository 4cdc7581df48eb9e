"""Cases of every procedure as the checks look at them: the document, its case, where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deploy.demo.checker.expected import FORWARD, HOMES
from deploy.demo.checker.reading import Stored

Json = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A case where it lies; `doc` is the aggregate that holds it."""

    service: str
    collection: str
    doc: Json

    @property
    def id(self) -> str:
        """The id of the aggregate, by which notices name it."""
        return str(self.doc["_id"])

    @property
    def where(self) -> str:
        """How a violation names it."""
        return f"{self.service}/{self.id}"

    @property
    def case(self) -> Json:
        """The case as it stands; corrected ones before it are part of its entries."""
        case: Json = self.doc["state"]["case"]
        return case

    @property
    def procedure(self) -> str:
        """The name of its procedure."""
        return str(self.case["procedure"])

    @property
    def entries(self) -> list[Json]:
        """Everything that happened in it, in order."""
        entries: list[Json] = self.case["entries"]
        return entries

    @property
    def household(self) -> str | None:
        """The household that it is about, if it is about one."""
        household: str | None = self.doc["state"].get("household")
        return household

    def statuses(self) -> set[str]:
        """Return the status of the case and of those that it corrects."""
        earlier = self.doc["state"].get("earlier_cases", ())
        return {one["status"] for one in (self.case, *earlier)}

    def forward(self, step: str) -> list[Json]:
        """Return the entries in which a step was passed."""
        return [one for one in self.entries if one["step"] == step and one["action"] in FORWARD]

    def ended_on(self) -> str:
        """Return the day of the newest entry."""
        return str(self.entries[-1]["on"])


def all_cases(stored: Stored) -> Iterator[Found]:
    """Yield every case of every service."""
    for service, collection in HOMES:
        for doc in stored.documents(service, collection):
            yield Found(service, collection, doc)


def cases_of_households(stored: Stored) -> list[Found]:
    """Return the cases of identification and removal."""
    return [Found("monitoring", "cases", doc) for doc in stored.documents("monitoring", "cases")]


def day(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)
