"""Logs and metrics that tell what happens, and nothing about persons."""

from shouwang.telemetry.logs import bind, bound, configure, get_logger
from shouwang.telemetry.metrics import counter, exposition, gauge, histogram, measured, observe, outcome_of

__all__ = [
    "bind",
    "bound",
    "configure",
    "counter",
    "exposition",
    "gauge",
    "get_logger",
    "histogram",
    "measured",
    "observe",
    "outcome_of",
]
