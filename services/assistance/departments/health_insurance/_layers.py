"""The layers of health protection, one after another, each on what the one before left (A-03).

Order: 基本医保、大病保险、医疗救助、倾斜救助 (湘振局发〔2021〕18号 第二章第二节二, L1333–1335).
Amounts are fen of one insurance year, in policy scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shouwang.money import Fen, share


@dataclass(frozen=True)
class Terms:
    """What a layer pays: `share` of what lies above `threshold`, at most `cap` (None: without end)."""

    threshold: Fen
    share: Decimal
    cap: Fen | None

    def due(self, left: Fen) -> Fen:
        """Return what the layer pays of what was left to it, 0 up to its threshold."""
        amount = share(max(left - self.threshold, 0), self.share)
        return amount if self.cap is None else min(amount, self.cap)


NOTHING = Terms(0, Decimal(0), None)


@dataclass(frozen=True)
class Protection:
    """What each layer above basic insurance has to pay."""

    serious: Fen
    aid: Fen
    tilted: Fen


def protect(after_basic: Fen, serious: Terms, serious_paid: Fen, aid: Terms, tilted: Terms) -> Protection:
    """Let every layer pay of what is left to it.

    serious_paid: what the settlement paid already; where it paid more than is due, that much is gone.
    """
    of_serious = serious.due(after_basic)
    left = after_basic - max(of_serious, serious_paid)
    of_aid = aid.due(left)
    return Protection(of_serious, of_aid, tilted.due(left - of_aid))
