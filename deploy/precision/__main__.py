"""`python -m deploy.precision [--households N] [--month YYYY-MM] [--seed N] [--out FILE]`."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from deploy.precision.screening import Screened, screened, screening

from shouwang.errors import ShouwangError

from deploy.precision.scoring import Score, not_covered, scores
from deploy.synth.calendar import Calendar
from deploy.synth.command import write
from deploy.synth.errors import SynthError
from deploy.synth.offices.writing import write as write_offices
from deploy.synth.plan import Plan

FAILED: Final = 1
LINE: Final = "{:<48}{:>5}{:>7}{:>7}{:>7}{:>11}{:>8}  {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 1 when a rule knew nothing, is not covered, or found what the truth does not explain."""
    asked = _parser().parse_args(arguments)
    try:
        with TemporaryDirectory() as scratch:
            truth, found = measure(Path(scratch), asked.households, asked.month, asked.seed)
    except (ShouwangError, SynthError) as error:
        print(error, file=sys.stderr)
        return FAILED
    told = scores(truth, found.found)
    _tell(told, found)
    lacking = not_covered(_rules(), truth)
    for rule in lacking:
        print(f"not covered: {rule}", file=sys.stderr)
    if asked.out:
        asked.out.write_text(json.dumps([_line(one) for one in told], ensure_ascii=False, indent=1) + "\n")
    return FAILED if lacking or found.unknown or any(one.unexplained for one in told) else 0


def measure(folder: Path, households: int, month: str, seed: int) -> tuple[dict[str, Any], Screened]:
    """Write a town and what the offices hand over about it for a month, import it, screen it."""
    county = folder / "county"
    write(Plan(seed, "town", households, Calendar.parse("2021-06", 12)), county)
    return write_offices(county, month, seed), screened(county, folder / "data")


def _rules() -> list[str]:
    return [f"{code}/{name}" for code, plugin in screening().items() for name in plugin.rules]


def _tell(told: list[Score], found: Screened) -> None:
    print(LINE.format("rule", "so", "found", "missed", "false", "precision", "recall", "why"))
    for one in told:
        missed, alarms = sum(one.missed.values()), sum(one.alarms.values())
        why = ", ".join(f"{name} {count}" for name, count in [*one.missed.items(), *one.alarms.items()])
        why += f"; unexplained: {', '.join(one.unexplained)}" if one.unexplained else ""
        figures = (one.hits + missed, one.hits + alarms, missed, alarms)
        print(LINE.format(one.rule, *figures, _share(one.precision), _share(one.recall), why))
    for rule, reason in found.unknown.items():
        print(f"unknown: {rule}: {reason}")
    print(f"{len(told)} rules; {found.rejected} rows refused by the imports")


def _line(one: Score) -> dict[str, Any]:
    return {**asdict(one), "precision": one.precision, "recall": one.recall}


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.precision", description=__doc__)
    parser.add_argument("--households", type=int, default=1_000)
    parser.add_argument("--month", default="2021-11")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
