"""What is asked for: seed, size, time, and how much is planted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal

from deploy.synth.calendar import Calendar
from deploy.synth.errors import SynthError

Size = Literal["village", "town", "county"]
HOUSEHOLDS: dict[str, int] = {"village": 200, "town": 3_000, "county": 300_000}
MOST_OF_A_BLOCK = 60


@dataclass(frozen=True)
class Rates:
    """How often things happen: the first five per hundred households, the others per household or person."""

    real: float = 3.0
    false_friends: float = 1.0
    roster_dirt: float = 0.9
    table_dirt: float = 13 / 30
    blanks: float = 0.4
    ex_poor: float = 0.12
    minimum_living: float = 0.03
    low_income: float = 0.004
    away: float = 0.05
    payroll: float = 0.015
    vehicle: float = 0.12
    market_house: float = 0.04
    business: float = 0.03
    hospital: float = 0.05

    def __post_init__(self) -> None:
        planted = self.real + self.false_friends + self.roster_dirt + self.table_dirt + self.blanks
        if min(getattr(self, one.name) for one in fields(self)) < 0 or planted > MOST_OF_A_BLOCK:
            raise SynthError(f"各项比率不能为负，每百户所植合计不能超过 {MOST_OF_A_BLOCK}。")


@dataclass(frozen=True)
class Plan:
    """A request that can be met."""

    seed: int
    size: Size
    households: int
    calendar: Calendar
    rates: Rates = Rates()
    place: str = ""


def read_rates(path: Path | None) -> Rates:
    """Read a TOML file of rates; what it does not name keeps its default."""
    if path is None:
        return Rates()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise SynthError(f"读不了比率文件 {path}：{problem}。") from problem
    unknown = given.keys() - {one.name for one in fields(Rates)}
    if unknown:
        raise SynthError(f"比率文件 {path} 中没有这些项：{'、'.join(sorted(unknown))}。")
    return replace(Rates(), **{name: float(value) for name, value in given.items()})
