"""What comes in and goes out of monitoring, by topic. Amounts are whole fen, dates ISO, regions codes."""

from services.monitoring.schemas.events import EVENTS

__all__ = ["EVENTS"]
