"""Care of monitored households: contact persons, evaluation, problems, worklists. Entry points only."""

from __future__ import annotations

from shouwang.service.context import Context


class Care:
    """Care of monitored households: contact persons, evaluation, problems, worklists."""

    ctx: Context
