"""The special county review before a removal: what calls for it, and whether a record covers that (R-03).

Source: 湘委乡振组发〔2021〕1号 二(三)2 第五步 (特困供养、低保、多种风险); 5000 up
to the line: docs/decisions/0063.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from shouwang.decision import NO, Verdict, at_most
from shouwang.decision.verdict import verdict_of
from shouwang.policy import View

from services.monitoring.domain.income.figures import Income
from services.monitoring.domain.proceedings.removal import Special

GROUNDS: Final[dict[str, str]] = {
    "destitute": "有特困供养人员",
    "minimum_living": "享受低保",
    "several_risks": "存在多种风险",
    "up_to_the_line": "收入在消除底线与监测基准线之间",
}
MAY, NOT_YET = "may_be_removed", "not_yet"
CONCLUSIONS: Final = {MAY: "经重点审查可以消除风险", NOT_YET: "经重点审查暂不消除风险"}


def called_for(special: Special, income: Income, policy: View) -> dict[str, Verdict]:
    """Return, ground by ground, whether it calls for special review."""
    line = policy.find("monitoring_line")
    several = None if special.risks.value is None else special.risks.value > 1
    answers: dict[str, Any] = {
        "destitute": special.destitute.value,
        "minimum_living": special.minimum_living.value,
        "several_risks": several,
        "up_to_the_line": at_most(income.per_head, line.value if line.known else None),
    }
    return {name: verdict_of(answer) for name, answer in answers.items()}


def uncovered(called: Mapping[str, Verdict], reviewed: Iterable[str]) -> list[str]:
    """Return the grounds that call for review, or may, and that a record leaves out."""
    covered = set(reviewed)
    return [name for name, verdict in called.items() if verdict is not NO and name not in covered]


def counts(record: Mapping[str, Any] | None, called: Mapping[str, Verdict]) -> bool:
    """Whether a record says that the risk may be removed, on every ground that stands now."""
    if record is None:
        return False
    return record["conclusion"] == MAY and not uncovered(called, record["grounds"])
