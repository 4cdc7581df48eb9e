"""From a YAML file to a procedure. Names are resolved against what the service knows; unknown ones refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shouwang.access.roles import LEVELS, ROLES
from shouwang.policy import Policy
from shouwang.procedure.fields import Fields, unknown, wrong
from shouwang.procedure.model import (
    ACTIONS,
    PASS,
    Abort,
    Days,
    GreenChannel,
    NoticeTerms,
    Procedure,
    Step,
    Who,
)
from shouwang.procedure.registry import GuardRegistry, PaperRegistry
from shouwang.yaml_lines import LinedDict, LinedList, load_mapping

PLACES: Final = ("village", "town", "county")
_HOLD: Final = "hold_the_gate"
_TOP: Final = (
    *("id", "version", "valid", "title", "source", "note", "pins"),
    *("withdraw", "abort", "correct", "actions", "steps"),
)
_STEP: Final = (
    *("id", "title", "source", "note", "by", "papers", "apart_from", "due_days", "may", "needs", "guards"),
    *(
        "signatures",
        "ends",
        "send_back_to",
        "notice",
        "when_upheld",
        "green_channel",
        "together",
        "publication",
    ),
)
_WHO: Final = ("level", "roles", "people", "from")


@dataclass(frozen=True, slots=True)
class Known:
    """What a procedure may name."""

    policy: Policy
    guards: GuardRegistry
    papers: PaperRegistry

    def check(self, kind: str, name: str, known: Iterable[str], where: str) -> str:
        """Return the name or refuse to start."""
        if name not in (choices := list(known)):
            raise unknown(kind, name, choices, where)
        return name


def read_procedure(path: Path, known: Known) -> Procedure:
    """Read one file; ConfigurationError with `where` "file:line"."""
    data = load_mapping(path)
    return _Reader(known, Fields(data, f"{path}:1", _TOP)).procedure()


class _Reader:
    def __init__(self, known: Known, top: Fields) -> None:
        self.known = known
        self.top = top

    def procedure(self) -> Procedure:
        top = self.top
        valid = top.inner("valid", ("from", "to"))
        start = valid.day("from")
        assert start is not None
        return Procedure(
            id=top.name("id"),
            version=top.number("version"),
            title=top.text("title"),
            source=top.text("source"),
            valid_from=start,
            valid_to=valid.day("to", needed=False),
            steps=tuple(self._steps()),
            where=top.where(),
            pins=self._each(top, "pins", "政策参数", self.known.policy.names()),
            withdraw=self._whose("withdraw"),
            abort=self._abort(),
            correct=self._whose("correct"),
            actions=_texts(top, "actions"),
        )

    def _whose(self, key: str) -> Who | None:
        if not self.top.has(key):
            return None
        return self._who(self.top.inner(key, ("by",)))

    def _abort(self) -> Abort | None:
        if not self.top.has("abort"):
            return None
        terms = self.top.inner("abort", ("by", "reasons"))
        return Abort(self._who(terms), _texts(terms, "reasons"))

    def _steps(self) -> Iterable[Step]:
        items = self.top.data.get("steps")
        if not isinstance(items, LinedList) or not items:
            raise wrong("缺少步骤 steps", self.top.where("steps"))
        for number, item in enumerate(items):
            yield self._step(Fields(item, items.where(number), _STEP))

    def _step(self, one: Fields) -> Step:
        return Step(
            id=one.name("id"),
            title=one.text("title", one.text("id")),
            where=one.where(),
            source=one.text("source", ""),
            by=self._who(one) if one.has("by") else None,
            may=self._may(one),
            papers=self._each(one, "papers", "材料", self.known.papers.names()),
            signatures=self._each(one, "signatures", "角色", ROLES),
            needs=one.names("needs"),
            guards=self._guards(one),
            apart_from=one.names("apart_from"),
            send_back_to=one.names("send_back_to"),
            ends=_texts(one, "ends"),
            due=self._days(one, "due_days") if one.has("due_days") else None,
            notice=self._notice(one) if one.has("notice") else None,
            when_upheld=one.name("when_upheld", ""),
            green_channel=self._green(one) if one.has("green_channel") else None,
            together=one.name("together", ""),
            publication=self._publication(one) if one.has("publication") else "",
            lines={key: one.where(key) for key in one.data},
        )

    def _who(self, holder: Fields) -> Who:
        if not isinstance(holder.data.get("by"), LinedDict):
            return Who(roles=self._each(holder, "by", "角色", ROLES))
        who = holder.inner("by", _WHO)
        level = who.name("level") if who.has("level") else None
        if level is not None:
            self.known.check("层级", level, LEVELS, who.where("level"))
        roles = self._each(who, "roles", "角色", ROLES)
        helpers = self._each(who, "from", "角色", ROLES)
        if not (level or roles):
            raise wrong("by 要写明 level 或 roles：没有经办人", who.where())
        return Who(level, roles, who.number("people", 0), helpers or roles)

    def _may(self, one: Fields) -> tuple[str, ...]:
        actions = one.names("may") or (PASS,)
        known = {*ACTIONS, *_texts(self.top, "actions"), *_texts(one, "ends")}
        for action in actions:
            self.known.check("动作", action, known, one.where("may"))
        return actions

    def _guards(self, one: Fields) -> Mapping[str, tuple[str, ...]]:
        if not one.has("guards"):
            return {}
        names = self.known.guards.names()
        if not isinstance(one.data["guards"], LinedDict):
            found = self._each(one, "guards", "关口条件", names)
            forward = (action for action in self._may(one) if action not in ("send_back", "refuse"))
            return dict.fromkeys(forward, found)
        by_action = one.free("guards")
        return {action: self._each(by_action, action, "关口条件", names) for action in by_action.data}

    def _notice(self, one: Fields) -> NoticeTerms:
        terms = one.inner("notice", ("place", "days", "objections"))
        place = self.known.check("公示地点", terms.name("place"), PLACES, terms.where("place"))
        self.known.check("异议处理方式", terms.name("objections", _HOLD), [_HOLD], terms.where("objections"))
        return NoticeTerms(place, self._days(terms, "days"))

    def _publication(self, one: Fields) -> str:
        terms = one.inner("publication", ("place",))
        return self.known.check("公告地点", terms.name("place"), PLACES, terms.where("place"))

    def _green(self, one: Fields) -> GreenChannel:
        terms = one.inner("green_channel", ("guard", "owed", "within_days"))
        guard = terms.name("guard")
        self.known.check("关口条件", guard, self.known.guards.names(), terms.where("guard"))
        owed, papers = terms.names("owed"), set(self.known.papers.names())
        steps = tuple(name for name in owed if name not in papers)
        return GreenChannel(
            guard,
            tuple(name for name in owed if name in papers),
            steps,
            self._days(terms, "within_days"),
        )

    def _days(self, one: Fields, key: str) -> Days:
        days = one.days(key)
        if days.policy:
            self.known.check("政策参数", days.policy, self.known.policy.names(), one.where(key))
            self._check_unit(days.policy, one.where(key))
        return days

    def _check_unit(self, name: str, where: str) -> None:
        unit = self.known.policy.parameter(name).unit
        if unit != "days":
            raise wrong(f"参数 {name} 的单位是 {unit}，此处需要 days", where)

    def _each(self, one: Fields, key: str, kind: str, known: Iterable[str]) -> tuple[str, ...]:
        choices = list(known)
        return tuple(self.known.check(kind, name, choices, one.where(key)) for name in one.names(key))


def _texts(one: Fields, key: str) -> dict[str, str]:
    if not one.has(key):
        return {}
    inner = one.free(key)
    return {name: inner.text(name) for name in inner.data}
