"""What comes in and goes out of assistance, by topic. Amounts are whole fen, dates ISO, regions codes."""

from services.assistance.schemas.events import EVENTS

__all__ = ["EVENTS"]
