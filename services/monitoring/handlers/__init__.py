"""Use cases of monitoring: load, decide, save."""

from services.monitoring.handlers import (
    asking,
    cases,
    clues,
    comparing,
    explaining,
    inspecting,
    notices,
    places,
    registry,
    rosters,
)

__all__ = [
    "asking",
    "cases",
    "clues",
    "comparing",
    "explaining",
    "inspecting",
    "notices",
    "places",
    "registry",
    "rosters",
]
