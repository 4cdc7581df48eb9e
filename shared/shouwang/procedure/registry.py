"""What a procedure may name: guards (functions that decide) and papers (with their title and printed form).

A service lists them once, in code; a procedure that names another refuses to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from shouwang.errors import ConfigurationError

if TYPE_CHECKING:
    from shouwang.decision import Decision

GuardFunction = Callable[[Mapping[str, Any], Any], "Decision"]


@dataclass(frozen=True, slots=True)
class Guard:
    """A named question to the facts and the policy view; answers a Decision (yes, no, unknown)."""

    name: str
    rule: str
    function: GuardFunction

    def __call__(self, facts: Mapping[str, Any], policy: Any) -> Decision:
        """Ask the question."""
        return self.function(facts, policy)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that a step may ask for: name in procedures, Chinese title, printed form (“附件1”)."""

    name: str
    title: str
    form: str = ""

    @property
    def label(self) -> str:
        """The title as people read it."""
        return f"《{self.title}》（{self.form}）" if self.form else f"《{self.title}》"


def guard(name: str, *, rule: str) -> Callable[[GuardFunction], Guard]:
    """Make a function (facts, policy view) -> Decision a guard that procedures may name; `rule`: "M-08"."""
    return lambda function: Guard(name, rule, function)


def paper(name: str, title: str, form: str = "") -> PaperKind:
    """Name a paper: `paper("application_and_authorisation", "个人申请及承诺授权书", "附件1")`."""
    return PaperKind(name, title, form)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


class _Registry(Generic[T]):
    kind: type

    def __init__(self, *items: T) -> None:
        self._items: dict[str, T] = {}
        for item in items:
            self.add(item)

    def add(self, item: T) -> T:
        """Take one more; a name that is taken already is refused."""
        if item.name in self._items:
            raise ConfigurationError(f"“{item.name}”登记了两次", where=type(self).__name__, remedy="请改名。")
        self._items[item.name] = item
        return item

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def names(self) -> list[str]:
        """Return every name, sorted."""
        return sorted(self._items)


class GuardRegistry(_Registry[Guard]):
    """The guards that the procedures of one service may name."""

    @classmethod
    def of(cls, *modules: ModuleType) -> GuardRegistry:
        """Collect every guard that these modules define."""
        return cls(*_unique(vars(module).values() for module in modules))

    def guard(self, name: str, *, rule: str) -> Callable[[GuardFunction], Guard]:
        """Make a function a guard and take it in at once."""
        return lambda function: self.add(Guard(name, rule, function))


class PaperRegistry(_Registry[PaperKind]):
    """The papers that the procedures of one service may name."""


def _unique(groups: Iterable[Iterable[object]]) -> list[Guard]:
    found: dict[int, Guard] = {}
    for group in groups:
        found |= {id(value): value for value in group if isinstance(value, Guard)}
    return list(found.values())
