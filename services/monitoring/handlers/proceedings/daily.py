"""What the proceedings do by themselves once a day: tell of what is overdue."""

from __future__ import annotations

from shouwang.service import Context

from services.monitoring.handlers.proceedings import following, national, owing


def remind(ctx: Context) -> None:
    """Escalate visits, entries and papers that are past their day, once each."""
    following.escalate(ctx)
    national.escalate(ctx)
    owing.escalate(ctx)
