"""What is known about a case when an action is taken. What is missing is unknown, never "no"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shouwang.decision import Decision, Verdict
from shouwang.policy import Unknown


class MissingFact(KeyError):
    """A guard asked for a fact that nobody gave: the engine answers unknown and names it."""


class Facts(Mapping[str, Any]):
    """The facts as guards read them."""

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        self._given = dict(given or {})

    def __getitem__(self, name: str) -> Any:
        if name not in self._given:
            raise MissingFact(name)
        return self._given[name]

    def __contains__(self, name: object) -> bool:
        return name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def known(self, name: str) -> bool:
        """Whether the fact is there and is not itself an unknown (None, Unknown, an undecided decision)."""
        return name in self._given and not _is_unknown(self._given[name])


def _is_unknown(value: Any) -> bool:
    if value is None or isinstance(value, Unknown) or value is Verdict.UNKNOWN:
        return True
    if isinstance(value, Mapping):
        return value.get("verdict") == Verdict.UNKNOWN.value
    return isinstance(value, Decision) and value.is_unknown
