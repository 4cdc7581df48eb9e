"""How much is measured: everything that a run's length depends on, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sizes:
    """Rounds are taken in turns with the peer; a median over rounds is what counts.

    calls: sequential calls a round. in_flight: calls open at once; calls_at_once: calls a round of these.
    events: events a round. households: of the roster, imported once a round. persons: rows about
    persons in the newest period of all tables that are screened. county: households of the
    county in which scale is measured (300,000 is the size promised for); reads: of each kind there.
    table_rows: of the table that is brought in.
    """

    rpc_rounds: int = 5
    calls: int = 400
    in_flight: int = 50
    calls_at_once: int = 1000
    event_rounds: int = 4
    events: int = 1000
    import_rounds: int = 3
    households: int = 3_000
    screening_rounds: int = 5
    persons: int = 2_000_000
    county: int = 12_000
    reads: int = 100
    table_rows: int = 1_000_000
    table_rounds: int = 1


FULL: Final = Sizes()
QUICK: Final = Sizes(
    rpc_rounds=3,
    calls=100,
    calls_at_once=300,
    event_rounds=3,
    events=300,
    import_rounds=1,
    households=300,
    screening_rounds=3,
    persons=200_000,
    county=2_400,
    reads=40,
    table_rows=50_000,
)
TINY: Final = Sizes(1, 5, 3, 6, 1, 5, 1, 45, 1, 120_000, 60, 5, 2_000)
"""For the tests: shows that everything still works, says nothing about speed."""
