"""Use cases of monitoring: load, decide, save."""

from services.monitoring.handlers import (
    cases,
    clues,
    comparing,
    counting,
    explaining,
    inspecting,
    outcomes,
    places,
    registry,
    rosters,
    watching,
)

__all__ = [
    "cases",
    "clues",
    "comparing",
    "counting",
    "explaining",
    "inspecting",
    "outcomes",
    "places",
    "registry",
    "rosters",
    "watching",
]
