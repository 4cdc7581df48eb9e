"""The policy on one day in one place, as rules read it: `view.monitoring_line`, `view["monitoring_line"]`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from shouwang.policy.values import CodeTable, Unknown, Value


class View(ABC):
    """Named values of a day and a region; dotted names of groups read as `view.ordinary.share`."""

    def __init__(self, on: date, region: str) -> None:
        self.on = on
        self.region = region

    @abstractmethod
    def find(self, name: str) -> Value | Unknown:
        """Return the value or unknown; a name that does not exist is a ConfigurationError."""

    @abstractmethod
    def is_group(self, name: str) -> bool:
        """Say whether dotted names begin with `name`."""

    @abstractmethod
    def codes(self, name: str) -> CodeTable:
        """Return a code table; UnknownValue when none held on that day."""

    def __getitem__(self, name: str) -> Value:
        """Return the value with its reference; UnknownValue when it is not known."""
        found = self.find(name)
        if isinstance(found, Unknown):
            raise found.error()
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Group(self, name) if self.is_group(name) else self[name].value

    def pin(self, names: Iterable[str]) -> PinnedView:
        """Return a view that keeps these values for good; UnknownValue when one is not known."""
        return PinnedView({name: self[name] for name in names}, self.on, self.region)


class Group:
    """The parameters under a common first name."""

    def __init__(self, view: View, prefix: str) -> None:
        self._view = view
        self._prefix = prefix

    def __getitem__(self, name: str) -> Value:
        return self._view[f"{self._prefix}.{name}"]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._view, f"{self._prefix}.{name}")


class PinnedView(View):
    """Values kept with a running case; whatever was not pinned is asked of `rest`, when there is one."""

    def __init__(self, values: Mapping[str, Value], on: date, region: str, rest: View | None = None) -> None:
        super().__init__(on, region)
        self._values = dict(values)
        self._rest = rest

    @property
    def names(self) -> tuple[str, ...]:
        """The pinned names."""
        return tuple(self._values)

    def find(self, name: str) -> Value | Unknown:
        """Return the pinned value, else what the rest says, else unknown."""
        if name in self._values:
            return self._values[name]
        if self._rest is not None:
            return self._rest.find(name)
        return Unknown(name, f"本案立案时没有固定参数 {name}")

    def is_group(self, name: str) -> bool:
        """Say whether dotted names begin with `name`, here or in the rest."""
        pinned = any(pinned.startswith(f"{name}.") for pinned in self._values)
        return pinned or (self._rest is not None and self._rest.is_group(name))

    def codes(self, name: str) -> CodeTable:
        """Return the code table of the rest."""
        if self._rest is None:
            raise Unknown(name, f"本案立案时没有固定代码表 {name}").error()
        return self._rest.codes(name)

    def over(self, rest: View) -> PinnedView:
        """Return the same pinned values with `rest` behind them; day and region are those of `rest`."""
        return PinnedView(self._values, rest.on, rest.region, rest)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that is stored with the case."""
        values = {name: value.to_dict() for name, value in self._values.items()}
        return {"on": self.on.isoformat(), "region": self.region, "values": values}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], rest: View | None = None) -> PinnedView:
        """Read the JSON form."""
        values = {name: Value.from_dict(value) for name, value in data["values"].items()}
        return cls(values, date.fromisoformat(data["on"]), data["region"], rest)
