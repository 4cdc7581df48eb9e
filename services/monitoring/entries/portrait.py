"""The portrait of a household, why, why not, and what if. Entry points only."""

from __future__ import annotations

from shouwang.service.context import Context


class Portrait:
    """The portrait of a household, why, why not, and what if."""

    ctx: Context
