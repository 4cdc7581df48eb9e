"""Takes the rows of one county out of an unpacked china-division package: see data/SOURCE.md.

python -m shouwang.places.vendor ./package 430426 > data/430426.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from shouwang.places.codes import level_of, parent_of
from shouwang.places.places import COLUMNS

FILES = ("provinces", "cities", "areas", "streets", "villages")


def county_rows(package: Path, county: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a county and of what lies above it, in the columns of our files.

    The package tells the state of one day and no beginnings: valid_from and valid_until stay empty.
    """
    for name in FILES:
        with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code = row["code"]
                if code.startswith(county) or county.startswith(code):
                    yield code, row["name"], level_of(code), parent_of(code) or "", "", ""


def main(package: str, county: str) -> None:
    """Write the CSV to standard output."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(county_rows(Path(package), county))


if __name__ == "__main__":
    main(*sys.argv[1:])
