"""What a household earned and what threatened it, computed anew from the record of its case.

湘委乡振组发〔2021〕1号 附件2 注1 and 附件6 A14, A23–A38. Unknown stays unknown (None), never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Json = dict[str, Any]

EARNED = ("wages", "business", "property", "transfers")
CHECKS = ("housing_unsafe", "school_dropout", "water_unsafe")
PROGRESS = ("measures_delivered", "fed_and_clothed", "income_stable", "spending_controlled")
ABLE = frozenset({"ordinary", "skilled", "weak"})
MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """A case with its household, both in clear. Amounts are fen a head; None is unknown."""

    case: Json
    household: Json
    history: list[Json]

    @property
    def record(self) -> Json:
        """What the case itself says, above what the registry says."""
        return self.case["record"] or {}

    @property
    def net(self) -> int | None:
        """A34 = (A28 + A29 + A30 + A31 − A32) ÷ size."""
        return a_head(self._net(), self._size())

    @property
    def reference(self) -> int | None:
        """A38 = (A33 + A35 − A36) ÷ size."""
        net, claims, own = self._net(), self._figure("claims"), self._figure("own_payments")
        if net is None or claims is None or own is None:
            return None
        return a_head(net + claims - own, self._size())

    @property
    def risks(self) -> list[str]:
        """A27 as the case has it."""
        given = self.record.get("risks")
        return list(self.household["risks"]) if given is None else [one["risk"] for one in given]

    @property
    def problems(self) -> list[bool | None]:
        """A23–A26: whether something is not in order; A26 by every member's A17."""
        insured = self.of_members("insured", "medical_insurance")
        uninsured = True if False in insured else None if None in insured else False
        return [*(self.answer(name) for name in CHECKS), uninsured]

    @property
    def at_risk(self) -> bool | None:
        """Whether anything threatens it."""
        if self.risks or True in self.problems:
            return True
        return None if None in self.problems else False

    @property
    def able_to_work(self) -> bool | None:
        """Whether one of its members can work (A14; half able is able)."""
        labour = self.of_members("labour", "labour")
        return True if ABLE & set(labour) else None if None in labour else False

    def stated(self, name: str) -> Any:
        """Return what the newest decision of the case says that it saw; None when it names no such input."""
        for entry in reversed(self.case["case"]["entries"]):
            grounds = [ground for one in entry["decisions"] or () for ground in one["grounds"]]
            if found := [one["value"] for one in grounds if one["name"] == name]:
                return found[0]
        return None

    def answer(self, name: str) -> Any:
        """Return an answer of the record, else of the registry."""
        given = self.record.get("answers", {}).get(name)
        return given["value"] if given else self.household.get(name)

    def of_members(self, part: str, field: str) -> list[Any]:
        """Return an answer for each member."""
        given = self.record.get(part, {})
        return [
            given[one["ref"]]["value"] if one["ref"] in given else one[field]
            for one in self.household["members"]
        ]

    def _net(self) -> int | None:
        earned, costs = [self._figure(name) for name in EARNED], self._figure("business_costs")
        if costs is None or None in earned:
            return None
        return sum(one for one in earned if one is not None) - costs

    def _figure(self, name: str) -> int | None:
        """Return a figure of the case's window; where the registry has moved on, what the decision saw."""
        for source in (self.record.get("figures", {}), self.household["figures"]):
            one, window = source.get(name), self.case["window"]
            if one and (one["from"], one["to"]) == (window["start"], window["end"]):
                return int(one["fen"])
        stated = self.stated(name)
        return None if stated is None else int(stated)

    def _size(self) -> int | None:
        """Return how many persons there were: those of today unless the registry changed since."""
        ended = self.case["case"]["entries"][-1]["on"]
        changed = any(one["action"] == "household.changed" and one["on"] >= ended for one in self.history)
        return self.stated("size") if changed else len(self.household["members"])


def a_head(total: int | None, size: int | None) -> int | None:
    """Return whole fen a head, halves away from zero."""
    if total is None or not size:
        return None
    rounded = (2 * abs(total) + size) // (2 * size)
    return rounded if total >= 0 else -rounded


def twelve_months_before(opened_on: str) -> Json:
    """Return the twelve whole months before the month in which a case was opened (A33)."""
    first = date.fromisoformat(opened_on).replace(day=1)
    last = date.fromordinal(first.toordinal() - 1)
    start = first.replace(year=first.year - 1)
    return {"start": start.isoformat(), "end": last.isoformat()}
