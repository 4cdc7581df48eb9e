"""Whether a regional warning bears a household's risk out, so that it is helped first (S-07).

Source: 国乡振发〔2023〕8号 一; 农业农村部等 2024 内生动力意见 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.decision import NO, UNKNOWN, Verdict, all_of

from services.monitoring.domain.regional.exposure import CONCERNED, Household
from services.monitoring.domain.regional.kinds import KINDS


def concerns(warning: Mapping[str, Any], region: str, household: Household) -> Verdict:
    """Whether it concerns a household of a village: it lies in one of the areas, and is of those affected."""
    inside = any(region.startswith(area) for area in warning["areas"])
    return all_of(inside, CONCERNED[warning["kind"]](household))


def risks_borne_out(warning: Mapping[str, Any], region: str, household: Household) -> list[str] | None:
    """Return the risks that a warning bears out: none where it does not concern it, or proved untrue.

    None (unknown) while the registry does not know whether it concerns the household.
    """
    found = concerns(warning, region, household)
    if found is NO or warning["outcome"] == "refused":
        return []
    return None if found is UNKNOWN else [KINDS[warning["kind"]].risk]
