"""Dirty rows: what people get wrong when they fill in the roster and when departments export their tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dirt:
    """One kind of dirt; `corrected` says whether the village hands the household in again, put right."""

    kind: str
    table: str = "roster"
    corrected: bool = False


ROSTER_DIRT: tuple[Dirt, ...] = (
    *[Dirt("bad_checksum", corrected=True)] * 4,
    Dirt("bad_checksum"),
    *[Dirt("bad_length", corrected=True)] * 2,
    *[Dirt("impossible_birth", corrected=True)] * 2,
    Dirt("birth_in_future", corrected=True),
    *[Dirt("duplicate_in_household", corrected=True)] * 2,
    Dirt("duplicate_in_household"),
    *[Dirt("duplicate_across_households", corrected=True)] * 2,
    *[Dirt("impossible_date", corrected=True)] * 2,
    *[Dirt("text_in_number", corrected=True)] * 3,
    Dirt("text_in_number"),
    Dirt("negative_amount", corrected=True),
    Dirt("months_over_twelve", corrected=True),
    *[Dirt("wrong_village", corrected=True)] * 2,
    *[Dirt("unknown_label", corrected=True)] * 2,
)
UNCORRECTED_STORY = Dirt("bad_checksum")
"""The dirt of a household whose real risk must be missed for it."""

TABLE_DIRT: tuple[Dirt, ...] = (
    *[Dirt("bad_checksum", "settlements")] * 2,
    Dirt("text_in_number", "settlements"),
    *[Dirt("impossible_date", "settlements")] * 2,
    Dirt("duplicate_claim", "settlements"),
    Dirt("in_scope_over_total", "settlements"),
    Dirt("bad_length", "insured"),
    Dirt("unknown_label", "insured"),
    Dirt("text_in_number", "deposits"),
    Dirt("impossible_date", "vehicles"),
    Dirt("negative_amount", "deposits"),
    Dirt("bad_checksum", "deposits"),
)
SPOILT_BILL = Dirt("bad_checksum", "settlements")
"""The dirt of the settlement whose patient must be missed for it."""
