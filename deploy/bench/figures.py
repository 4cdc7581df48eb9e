"""Figures: a measured value beside its peer's, what was expected of their ratio, and the table of all."""

from __future__ import annotations

import json
import operator
import os
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

AT_MOST: Final = "<="
AT_LEAST: Final = ">="
HOLDS: Final[Mapping[str, Callable[[float, float], bool]]] = {AT_MOST: operator.le, AT_LEAST: operator.ge}
DIGITS: Final = 4
TITLES: Final = ("what", "measured", "peer", "peer's", "ratio", "expected", "")


@dataclass(frozen=True)
class Figure:
    """A measured value and a peer's in the same unit; ratio: value / peer_value."""

    name: str
    what: str
    value: float
    unit: str
    peer: str
    peer_value: float
    bound: str
    limit: float

    @property
    def ratio(self) -> float:
        """How many times the peer's value ours is."""
        return self.value / self.peer_value

    @property
    def expected(self) -> str:
        """The expectation of the ratio, as text: "<= 4"."""
        return f"{self.bound} {self.limit:g}"

    @property
    def ok(self) -> bool:
        """Whether the ratio is as expected."""
        return HOLDS[self.bound](self.ratio, self.limit)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        own = asdict(self)
        kept = {name: own[name] for name in ("value", "unit", "peer", "peer_value")}
        rounded = {name: _short(one) if isinstance(one, float) else one for name, one in kept.items()}
        return {**rounded, "ratio": _short(self.ratio), "expected": self.expected, "ok": self.ok}


def compared(
    name: str, what: str, unit: str, peer: str, value: float, peer_value: float, bound: str, limit: float
) -> Figure:
    """Return the figure of two medians."""
    return Figure(name, what, value, unit, peer, peer_value, bound, limit)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines for people, columns in line."""
    rows = [TITLES, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(TITLES))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def write(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures by name, and beside them in `machine.json` what they were measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, {figure.name: figure.to_dict() for figure in figures})
    _write(path.with_name("machine.json"), machine())


def machine() -> dict[str, Any]:
    """Return what the figures were measured on: they compare within a run, not between machines."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}


def _cells(figure: Figure) -> tuple[str, ...]:
    measured, peers = (f"{_short(one):g} {figure.unit}" for one in (figure.value, figure.peer_value))
    verdict = "ok" if figure.ok else "falls short"
    ratio = f"{figure.ratio:.2f}"
    return (figure.what, measured, figure.peer, peers, ratio, figure.expected, verdict)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
