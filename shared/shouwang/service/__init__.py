"""Service: a class whose decorated methods are the calls, events and days that it answers."""

from shouwang.service.base import Service
from shouwang.service.bus import Ask
from shouwang.service.context import Context
from shouwang.service.entry import COUNTY_WIDE, EntryPoint, call, daily, entry_points, on
from shouwang.service.event import IncomingEvent

__all__ = [
    "COUNTY_WIDE",
    "Ask",
    "Context",
    "EntryPoint",
    "IncomingEvent",
    "Service",
    "call",
    "daily",
    "entry_points",
    "on",
]
