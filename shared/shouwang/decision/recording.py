"""Views that write down which parameters a rule read, and give exactly these back in a replay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.errors import Tampered
from shouwang.policy.values import CodeTable, Unknown, Value
from shouwang.policy.view import View


class RecordingView(View):
    """Passes every question on and keeps the answers as JSON in `used`."""

    def __init__(self, view: View) -> None:
        super().__init__(view.on, view.region)
        self._view = view
        self.used: dict[str, Any] = {}

    def find(self, name: str) -> Value | Unknown:
        """Return what the view says, and remember it."""
        found = self._view.find(name)
        self.used[name] = found.to_dict()
        return found

    def codes(self, name: str) -> CodeTable:
        """Return the code table, and remember it."""
        table = self._view.codes(name)
        self.used[name] = table.to_dict()
        return table

    def is_group(self, name: str) -> bool:
        """Ask the view."""
        return self._view.is_group(name)


class RecordedView(View):
    """Answers from what a stored decision used; a question it did not ask then is a sign of tampering."""

    def __init__(self, used: Mapping[str, Any], on: date, region: str) -> None:
        super().__init__(on, region)
        self._used = used

    def find(self, name: str) -> Value | Unknown:
        """Return the recorded value or unknown."""
        data = self._recorded(name)
        return Unknown(**data) if "reason" in data else Value.from_dict(data)

    def codes(self, name: str) -> CodeTable:
        """Return the recorded code table."""
        return CodeTable.from_dict(self._recorded(name))

    def is_group(self, name: str) -> bool:
        """Say whether a recorded name begins with `name`."""
        return any(used.startswith(f"{name}.") for used in self._used)

    def _recorded(self, name: str) -> Mapping[str, Any]:
        if name not in self._used:
            raise Tampered(
                f"决定的记录里缺少它所用的参数 {name}。",
                code="decision.tampered",
                remedy="请运行 shouwang verify 查明哪条记录被改动，并从备份恢复。",
            )
        recorded: Mapping[str, Any] = self._used[name]
        return recorded
