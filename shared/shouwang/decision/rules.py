"""Rules: pure functions with a number, a version and a first day. Old versions stay callable."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Generic, ParamSpec

from shouwang.decision.codec import encode
from shouwang.decision.decision import Decision, outcome
from shouwang.decision.ground import Ground
from shouwang.decision.recording import RecordingView
from shouwang.decision.verdict import UNKNOWN
from shouwang.errors import ConfigurationError, UnknownValue
from shouwang.policy.values import Unknown
from shouwang.suggestions import did_you_mean

P = ParamSpec("P")
VIEW_NAMES = ("policy", "policy_view")


class RuleVersion(Generic[P]):
    """One version of a rule; calling it decides, and records the inputs and parameters used."""

    def __init__(
        self,
        function: Callable[P, Decision],
        *,
        id: str,
        version: int,
        valid_from: date,
        title: str,
        source: str,
    ) -> None:
        self.id = id
        self.version = version
        self.valid_from = valid_from
        self.title = title
        self.source = source
        self.function = function
        self.signature = inspect.signature(function)
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Decision:
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        view = self._record_view(bound.arguments)
        inputs = {name: encode(value) for name, value in bound.arguments.items() if name != self.view_name}
        try:
            found = self.function(*bound.args, **bound.kwargs)
        except UnknownValue as error:
            found = _undecided(error)
        return self._sign(found, inputs, view)

    @property
    def view_name(self) -> str | None:
        """The argument that takes the policy, if the rule has one."""
        return next((name for name in VIEW_NAMES if name in self.signature.parameters), None)

    def _record_view(self, arguments: dict[str, Any]) -> RecordingView | None:
        if self.view_name is None:
            return None
        view = RecordingView(arguments[self.view_name])
        arguments[self.view_name] = view
        return view

    def _sign(self, found: Decision, inputs: Mapping[str, Any], view: RecordingView | None) -> Decision:
        if (found.rule, found.version) not in ((self.id, self.version), ("", 0)):
            raise ConfigurationError(
                f"规则 {self.id} 第 {self.version} 版给出了 {found.rule} 第 {found.version} 版的决定。",
                code="decision.rule_differs",
                remedy="规则里请用 outcome(…) 返回结果。",
            )
        return replace(
            found,
            rule=self.id,
            version=self.version,
            title=found.title or self.title,
            source=found.source or self.source,
            on=found.on or (view.on if view else None),
            region=found.region or (view.region if view else ""),
            inputs=inputs,
            parameters=view.used if view else {},
        )


class Rules:
    """The register of all rules that were imported."""

    def __init__(self) -> None:
        self._versions: dict[str, list[RuleVersion[Any]]] = {}

    def __iter__(self) -> Iterator[RuleVersion[Any]]:
        for versions in self._versions.values():
            yield from versions

    def add(self, new: RuleVersion[Any]) -> None:
        """Register a version; two of the same number, or not in the order of their days, are refused."""
        known = [old for old in self._versions.get(new.id, []) if not _same_function(old, new)]
        for old in known:
            if (old.version < new.version) != (old.valid_from < new.valid_from) or old.version == new.version:
                raise ConfigurationError(
                    f"规则 {new.id} 第 {new.version} 版与第 {old.version} 版的版本号或生效日冲突。",
                    code="decision.rule_twice",
                    where=_place(new),
                    remedy=f"已有的在 {_place(old)}；同一条规则的另一面请用 “{new.id}.名字”。",
                )
        self._versions[new.id] = sorted([*known, new], key=lambda version: version.version)

    def version(self, id: str, *, on: date) -> RuleVersion[Any]:
        """Return the version in force on a day; UnknownValue before the first."""
        valid = [version for version in self._of(id) if version.valid_from <= on]
        if not valid:
            first = self._of(id)[0].valid_from
            raise Unknown(id, f"规则 {id} 自 {first} 起施行，{on} 尚无规则").error()
        return valid[-1]

    def get(self, id: str, version: int) -> RuleVersion[Any]:
        """Return exactly this version, however old."""
        for found in self._of(id):
            if found.version == version:
                return found
        raise ConfigurationError(
            f"规则 {id} 没有第 {version} 版。",
            code="decision.no_such_rule",
            remedy="旧版规则须一直保留：请装上含这一版的程序，或核对版本号。",
        )

    def _of(self, id: str) -> list[RuleVersion[Any]]:
        if id not in self._versions:
            raise ConfigurationError(
                f"没有登记规则 {id}。", code="decision.no_such_rule", remedy=did_you_mean(id, self._versions)
            )
        return self._versions[id]


RULES = Rules()


def rule(
    id: str, *, version: int, valid_from: date, title: str, source: str = "", rules: Rules = RULES
) -> Callable[[Callable[P, Decision]], RuleVersion[P]]:
    """Make a function a version of a rule: `@rule("M-12", version=1, valid_from=…, title=…, source=…)`.

    The function is pure. Its argument `policy` (or `policy_view`) takes the policy of a day and region; the
    others are inputs. A parameter that answers unknown makes the decision unknown, never "no".
    """

    def register(function: Callable[P, Decision]) -> RuleVersion[P]:
        made = RuleVersion(
            function, id=id, version=version, valid_from=valid_from, title=title, source=source
        )
        rules.add(made)
        return made

    return register


def _undecided(error: UnknownValue) -> Decision:
    name = str(error.details.get("name", ""))
    return outcome(UNKNOWN, [Ground.of_parameter(Unknown(name, error.message))])


def _same_function(old: RuleVersion[Any], new: RuleVersion[Any]) -> bool:
    return _place(old) == _place(new) and old.version == new.version


def _place(version: RuleVersion[Any]) -> str:
    return f"{version.function.__module__}.{version.function.__qualname__}"
