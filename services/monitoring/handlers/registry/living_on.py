"""Who took a household in that is registered no longer: its people live on there (D-01)."""

from __future__ import annotations

from typing import Final

from shouwang.service import Context

from services.monitoring.domain.registry.dissolved import went_to

MOST: Final = 100
"""No household was merged more often."""


def numbers_of(ctx: Context, household: str) -> list[str]:
    """Return the numbers under which a household went on: its own first, last where its people live now.

    The last one is a household that is gone too where nobody took its people in.
    """
    found = [household]
    while len(found) < MOST:
        home = went_to(ctx.store.households.get(found[-1]).state)
        if home is None or home in found:
            break
        found.append(home)
    return found
