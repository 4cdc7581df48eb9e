"""A procedure as the engine sees it, once its YAML has been read and found sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Final

from shouwang.policy import View

PASS: Final = "pass"
SEND_BACK: Final = "send_back"
REFUSE: Final = "refuse"
WITHDRAW: Final = "withdraw"
ABORT: Final = "abort"
CORRECT: Final = "correct"
LEAVING: Final = (WITHDRAW, ABORT)

ACTIONS: Final[dict[str, str]] = {
    PASS: "通过",
    SEND_BACK: "退回",
    REFUSE: "不予通过",
    WITHDRAW: "撤回",
    ABORT: "终止",
    CORRECT: "更正",
    "submit": "提交",
    "propose": "提出",
    "confirm": "确认",
    "approve": "同意",
    "include": "纳入",
    "remove": "标注消除",
    "enter": "入库",
    "file": "备案",
    "register": "登记",
    "publish": "公告",
}


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days: fixed in the file, or the name of a policy parameter."""

    fixed: int = 0
    policy: str = ""

    def of(self, view: View) -> int:
        """Return the days; UnknownValue when the policy does not know them."""
        return int(view[self.policy].value) if self.policy else self.fixed

    def source(self, view: View) -> str:
        """Return the document that set them, "" when they stand in the procedure."""
        return view[self.policy].source if self.policy else ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who may act: `level`, any of `roles`; `people` different persons with a role in `people_from`."""

    level: str | None = None
    roles: tuple[str, ...] = ()
    people: int = 0
    people_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """A public notice: where it hangs and for how many full days."""

    place: str
    days: Days


@dataclass(frozen=True, slots=True)
class GreenChannel:
    """Help first, papers afterwards (S-07): when the guard says yes, these are owed `within` days."""

    guard: str
    papers: tuple[str, ...]
    steps: tuple[str, ...]
    within: Days


@dataclass(frozen=True, slots=True)
class Abort:
    """How a case ends without a decision: by whom, for which reasons (code to Chinese title)."""

    by: Who
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `where` is the "file:line" it was read from."""

    id: str
    title: str
    where: str
    source: str = ""
    by: Who | None = None
    may: tuple[str, ...] = (PASS,)
    papers: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    guards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart_from: tuple[str, ...] = ()
    send_back_to: tuple[str, ...] = ()
    ends: Mapping[str, str] = field(default_factory=dict)
    due: Days | None = None
    notice: NoticeTerms | None = None
    when_upheld: str = ""
    green_channel: GreenChannel | None = None
    together: str = ""
    publication: str = ""
    lines: Mapping[str, str] = field(default_factory=dict, compare=False)

    def at(self, key: str) -> str:
        """Return the "file:line" of one of its keys."""
        return self.lines.get(key, self.where)

    @property
    def forward(self) -> tuple[str, ...]:
        """The actions that move the case on (or end it well)."""
        return tuple(action for action in self.may if action not in (SEND_BACK, REFUSE))

    @property
    def is_gate(self) -> bool:
        """Whether it is a notice that nobody passes: it opens by itself and the next step goes through."""
        return self.notice is not None and self.by is None


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure."""

    id: str
    version: int
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    steps: tuple[Step, ...]
    where: str
    pins: tuple[str, ...] = ()
    withdraw: Who | None = None
    abort: Abort | None = None
    correct: Who | None = None
    actions: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Identity for messages: "identification 第 1 版"."""
        return f"{self.id} 第 {self.version} 版"

    @cached_property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """The steps in order; those marked `together` in one stage, to be taken in any order."""
        groups = groupby(self.steps, key=lambda step: f"+{step.together}" if step.together else step.id)
        return tuple(tuple(group) for _, group in groups)

    @cached_property
    def _by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    def find(self, step_id: str) -> Step | None:
        """Return the step, None when there is no such step."""
        return self._by_id.get(step_id)

    def step(self, step_id: str) -> Step:
        """Return the step; KeyError when there is no such step."""
        return self._by_id[step_id]

    def position(self, step_id: str) -> int:
        """Return the number of the stage in which the step stands."""
        return next(n for n, stage in enumerate(self.stages) if any(one.id == step_id for one in stage))

    def stage_after(self, step_id: str) -> tuple[Step, ...]:
        """Return the next stage, empty after the last."""
        following = self.position(step_id) + 1
        return self.stages[following] if following < len(self.stages) else ()

    def from_stage_of(self, step_id: str) -> frozenset[str]:
        """Return the ids of the step's stage and of all later ones."""
        return frozenset(step.id for stage in self.stages[self.position(step_id) :] for step in stage)

    def redone_from(self, step_id: str) -> frozenset[str]:
        """Return what is done anew after a return to the step: itself and all later stages."""
        later = self.stages[self.position(step_id) + 1 :]
        return frozenset({step_id, *(step.id for stage in later for step in stage)})

    def back_from(self, step: Step) -> tuple[str, ...]:
        """Return where the step may send back to: as written, else the nearest earlier one with an actor."""
        if step.send_back_to:
            return step.send_back_to
        earlier = self.stages[: self.position(step.id)]
        return next(((stage[0].id,) for stage in reversed(earlier) if not stage[0].is_gate), ())

    def action_title(self, action: str) -> str:
        """Return the Chinese word for an action."""
        return self.actions.get(action) or ACTIONS.get(action, action)
