"""The forms and ledgers as documents. Entry points only."""

from __future__ import annotations

from shouwang.service.context import Context


class Documents:
    """The forms and ledgers as documents."""

    ctx: Context
