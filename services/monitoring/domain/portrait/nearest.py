"""What would have to be otherwise for a household to be listed: tried on the rule itself, no promise (R-05).

Each answer names one change from what is known: income lower by so much, spending higher by so much, a risk,
grave difficulty; alone, or with a risk where none is known. Every one is decided again by the rule (M-08)
before it is told, so that no sum here can say anything else than the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from shouwang.decision import Input
from shouwang.money import format_yuan

from services.monitoring.domain.income.figures import Income, amount, net_income, reference_income
from services.monitoring.domain.portrait.judged import Judged
from services.monitoring.domain.proceedings.risk import GUARANTEES

Json = dict[str, Any]
NEVER_PROMISED: Final = "仅为推算：是否纳入，须经申请、核实、评议、公示、审核、审定，本答复不构成认定或承诺。"
_RISK: Final = "有任一类返贫致贫风险（九类风险，或住房、教育、饮水、医保之一）"


@dataclass(frozen=True)
class Change:
    """One supposition: in words, with the fen that it speaks of, and what is judged then."""

    kind: str
    text: str
    judged: Judged
    fen: int | None = None
    with_risk: bool = False


def would_change(found: Judged) -> list[Json]:
    """Return {kind, text, fen, with_risk, category} of each single change that would put it on the list."""
    told = []
    for change in _changes(found):
        category = change.judged.category
        if category.is_yes:
            kept = {"kind": change.kind, "text": change.text, "fen": change.fen}
            told.append({**kept, "with_risk": change.with_risk, "category": str(category.value)})
    return told


def _changes(found: Judged) -> Iterator[Change]:
    """Yield what may be supposed: each figure alone, or with a risk where none stands."""
    if found.danger.verdict.value == "yes":
        yield from _figures(found, with_risk=False)
        return
    risky = replace(found, danger=_at_risk(found))
    yield Change("risk", _RISK, risky, with_risk=True)
    yield from _figures(risky, with_risk=True)


def _at_risk(found: Judged) -> Any:
    return replace(found.danger, found=(*found.danger.found, Input(True, label="返贫致贫风险")))


def _figures(found: Judged, *, with_risk: bool) -> Iterator[Change]:
    also = "，并" + _RISK if with_risk else ""
    lower = _excess(found, net_income(found.income.figures))
    if lower is not None:
        text = f"全户年收入少 {format_yuan(lower)}{also}"
        yield Change("income", text, _with(found, "wages", -lower), lower, with_risk)
    more = _excess(found, reference_income(found.income.figures))
    if more is not None:
        text = f"合规自付支出多 {format_yuan(more)}{also}"
        yield Change("own_payments", text, _with(found, "own_payments", more), more, with_risk)
    if found.difficulty.value is not True:
        hard = replace(found, difficulty=replace(found.difficulty, value=True))
        yield Change("difficulty", f"核实基本生活出现严重困难{also}", hard, None, with_risk)


def _excess(found: Judged, total: int | None) -> int | None:
    """Return by how many fen the household's total lies above the highest that is still within the line."""
    line, size = found.view.find("monitoring_line"), found.income.size.value
    if total is None or not line.known or not size:
        return None
    assert line.value is not None
    highest = ((2 * int(line.value) + 1) * int(size) - 1) // 2  # rounds to the line a head
    return total - highest if total > highest else None


def _with(found: Judged, name: str, more: int) -> Judged:
    given = found.income.figures[name]
    changed = replace(given, value=(amount(found.income.figures, name) or 0) + more)
    return replace(found, income=_income(found.income, {name: changed}))


def _income(income: Income, changed: Json) -> Income:
    return replace(income, figures={**income.figures, **changed})


def missing(found: Judged) -> list[str]:
    """Return the labels of what nobody knows and the rules ask for."""
    decisions = (found.category, found.class_)
    labels = [ground.label for one in decisions for ground in one.grounds if not ground.known]
    computed = {"人均纯收入", "人均收入参考值", "返贫致贫风险"}
    open_checks = [label for name, label in GUARANTEES.items() if found.danger.check(name).value is None]
    return sorted({*labels, *open_checks} - computed)
