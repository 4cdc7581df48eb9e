"""Income: collections of each quarter, growth, plausibility. Entry points only."""

from __future__ import annotations

from shouwang.service.context import Context


class Income:
    """Income: collections of each quarter, growth, plausibility."""

    ctx: Context
