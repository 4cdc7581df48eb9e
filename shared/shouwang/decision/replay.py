"""Computing a stored decision again: the same answer, or somebody altered it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from shouwang.decision.codec import decode, encode
from shouwang.decision.decision import Decision
from shouwang.decision.recording import RecordedView
from shouwang.decision.rules import RULES, Rules, RuleVersion
from shouwang.errors import Tampered
from shouwang.policy.policy import Policy
from shouwang.policy.values import Value
from shouwang.policy.view import View


def replay(
    stored: Mapping[str, Any] | Decision, policy: Policy | None = None, *, rules: Rules = RULES
) -> Decision:
    """Compute a decision anew with its own rule version, inputs and parameters; Tampered when it differs.

    With a policy, each parameter it used must also stand in the policy's files, value and source.
    """
    data = stored.to_dict() if isinstance(stored, Decision) else dict(stored)
    version = rules.get(data["rule"], data["version"])
    view = RecordedView(data["parameters"], _day(data), data["region"])
    again = _dated(_call(version, data["inputs"], view), data)
    _compare(data, again.to_dict())
    if policy is not None:
        _check_parameters(data, policy)
    return again


def recompute(
    stored: Mapping[str, Any] | Decision,
    policy: Policy,
    *,
    on: date | None = None,
    rules: Rules = RULES,
    **changed: Any,
) -> Decision:
    """Decide anew with another policy, the rule and policy of another day, or changed inputs (what-if)."""
    data = stored.to_dict() if isinstance(stored, Decision) else dict(stored)
    day = on or _day(data)
    inputs = {**data["inputs"], **{name: encode(value) for name, value in changed.items()}}
    return _call(rules.version(data["rule"], on=day), inputs, policy.at(day, data["region"]))


def _call(version: RuleVersion[Any], inputs: Mapping[str, Any], view: View) -> Decision:
    arguments = {name: decode(value) for name, value in inputs.items()}
    if version.view_name is not None:
        arguments[version.view_name] = view
    return version(**arguments)


def _day(data: Mapping[str, Any]) -> date:
    return date.fromisoformat(data["on"]) if data["on"] else date.min


def _dated(again: Decision, data: Mapping[str, Any]) -> Decision:
    """A rule without policy knows no day: then the day is that on which the procedure asked it."""
    return again if again.on or not data["on"] else replace(again, on=_day(data))


def _compare(stored: Mapping[str, Any], again: Mapping[str, Any]) -> None:
    different = [key for key in again if stored.get(key) != again[key]]
    if different:
        raise Tampered(
            f"决定 {stored['rule']} 第 {stored['version']} 版重算不符：{'、'.join(different)}。",
            code="decision.tampered",
            remedy="请用 shouwang verify 核对该案的历史。",
            details={"fields": different},
        )


def _check_parameters(data: Mapping[str, Any], policy: Policy) -> None:
    for name, recorded in data["parameters"].items():
        if "unit" in recorded and not _stands(Value.from_dict(recorded), policy):
            raise Tampered(
                f"决定所用参数 {name} 与政策文件不一致。",
                code="decision.parameter",
                details={"name": name},
                remedy="生效过的数值不得改写：请查政策文件的修改记录；用 shouwang verify 查记录有无改动。",
            )


def _stands(value: Value, policy: Policy) -> bool:
    rows = policy.parameter(value.name).rows
    known = [(row.region, row.start, row.value, row.source) for row in rows]
    return (value.region, value.since, value.value, value.source) in known
