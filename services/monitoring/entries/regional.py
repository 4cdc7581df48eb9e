"""Regional and large-scale risk: signals, warnings, joint study. Entry points only."""

from __future__ import annotations

from shouwang.service.context import Context


class Regional:
    """Regional and large-scale risk: signals, warnings, joint study."""

    ctx: Context
