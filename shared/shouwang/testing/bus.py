"""A bus that keeps every call and answers what the test told it to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service.bus import Ask, outcome_of

Answer = Any | ShouwangError | Callable[..., Any]


@dataclass
class FakeBus:
    """`answers`: (service, method) -> value, error to raise, or function of the arguments.

    A call that no answer stands for raises Unavailable: a test says what the others do.
    """

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, service: str, method: str, answer: Answer) -> None:
        """Say what `service.method` answers from now on."""
        self.answers[service, method] = answer

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Keep the call and give its answer."""
        self.calls.append((service, method, args))
        if (service, method) not in self.answers:
            raise Unavailable(
                f"测试没有为 {service}.{method} 准备回答",
                code="testing.no_answer",
                remedy="请在测试里写明它答什么：answers[服务, 方法] = …。",
            )
        answer = self.answers[service, method]
        if isinstance(answer, ShouwangError):
            raise answer
        return answer(**args) if callable(answer) else answer

    def call_all(self, asks: Sequence[Ask], *, within: float) -> list[Any]:
        """Make the calls one after the other; the result or typed error of each."""
        del within
        return [outcome_of(partial(self.call, ask.service, ask.method, **ask.args)) for ask in asks]

    def called(self, service: str, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of one method."""
        return [args for to, name, args in self.calls if (to, name) == (service, method)]
