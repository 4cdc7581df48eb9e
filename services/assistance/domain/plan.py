"""The plan of a household: what is lacking is given (A-01).

Single risk, single measure, so that help does not become a trap; several risks, a combined plan; who can
work is helped to earn first; who cannot work and has no stable income gets the safety net.
Source: 湘委乡振组发〔2021〕1号 三(二).

A proposal is {department, measure, title, risks, eligible: yes|no|unknown, amount_fen|None, reason,
evidence}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Proposal = Mapping[str, Any]

DEVELOPMENT = ("A39", "A40", "A41", "A42")
SAFETY_NET = ("A48",)


def group(measure: str) -> str:
    """Return the measure group of a code: "A45-02" → "A45"."""
    return measure.partition("-")[0]


def compose(risks: Sequence[str], able_to_work: bool | None, proposals: Iterable[Proposal]) -> dict[str, Any]:
    """Return the plan: kind, measures chosen, risks that nobody covers, and what is not known.

    kind: "single" for one risk, "combined" for several. A proposal whose eligibility is unknown is not
    chosen and not forgotten: it stands under `unknown`. A household of which nobody can work gets every
    eligible safety-net measure besides (兜底保障).
    """
    offered = list(proposals)
    eligible = [one for one in offered if one["eligible"] == "yes"]
    chosen = _chosen(risks, able_to_work, eligible)
    return {
        "kind": "single" if len(risks) == 1 else "combined",
        "measures": [dict(one) for one in chosen],
        "uncovered": [risk for risk in risks if not any(risk in one["risks"] for one in chosen)],
        "unknown": [dict(one) for one in offered if one["eligible"] == "unknown"],
    }


def _chosen(risks: Sequence[str], able: bool | None, eligible: list[Proposal]) -> list[Proposal]:
    """Return for each risk the one measure that fits best, then the safety net of those who cannot work."""
    picked: dict[tuple[str, str], Proposal] = {}
    for risk in risks:
        fitting = [one for one in eligible if risk in one["risks"]]
        if fitting:
            best = min(fitting, key=lambda one: _rank(one, able))
            picked[best["department"], best["measure"]] = best
    if able is False:
        net = (one for one in eligible if group(one["measure"]) in SAFETY_NET)
        picked |= {(one["department"], one["measure"]): one for one in net}
    return list(picked.values())


def _rank(proposal: Proposal, able: bool | None) -> tuple[int, int, str]:
    """Order: who can work is helped to earn first, then the larger amount, then the code."""
    develops = group(proposal["measure"]) in DEVELOPMENT
    first = 0 if develops == (able is not False) else 1
    return first, -(proposal["amount_fen"] or 0), proposal["measure"]
