"""The answer of a department to "what can you do": checked before it is believed.

A proposal is {measure, title, risks, eligible: yes|no|unknown, amount_fen, reason, evidence, receiving?,
condition?}; the answers for each person stay with the department.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from services.assistance.domain.registry.announcement import measure_problems

VERDICTS: Final = ("yes", "no", "unknown")
KEPT: Final = ("measure", "title", "risks", "eligible", "amount_fen", "reason", "evidence")
"""What a plan keeps of a proposal; receiving and condition besides, where the department says them."""


def answer_problems(given: Any, announced: set[str]) -> list[str]:
    """Return what is wrong with an answer; `announced`: the codes that the department announced."""
    if not isinstance(given, list):
        return ["答复应为列表"]
    found = [
        f"[{number}]{problem}" for number, one in enumerate(given) for problem in _problems(one, announced)
    ]
    codes = [one["measure"] for one in given if isinstance(one, Mapping) and "measure" in one]
    return [*found, *(f"{code} 答了两次" for code in sorted({str(c) for c in codes if codes.count(c) > 1}))]


def unanswered(asked: Iterable[str], given: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what a sound answer leaves out of what was asked: it stays open, it is not "no"."""
    said = {one["measure"] for one in given}
    return [f"{code} 没有答复" for code in asked if code not in said]


def _problems(one: Any, announced: set[str]) -> Iterator[str]:
    if not isinstance(one, Mapping):
        yield "：应为键值"
        return
    yield from measure_problems({**one, "code": one.get("measure")})
    if isinstance(one.get("measure"), str) and one["measure"] not in announced:
        yield f"measure：没有报到过措施 {one['measure']}"
    if one.get("eligible") not in VERDICTS:
        yield "eligible：应为 yes、no 或 unknown"
    if not _is_amount(one.get("amount_fen")):
        yield "amount_fen：应为不小于 0 的整数分或空"


def _is_amount(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def kept(one: Mapping[str, Any], department: str) -> dict[str, Any]:
    """Return what the plan keeps of a proposal."""
    plain = {name: one.get(name) for name in KEPT} | {"reason": one.get("reason") or ""}
    return {
        **plain,
        "department": department,
        "receiving": one.get("receiving"),
        "condition": one.get("condition") or "",
    }
