"""`python -m deploy.bench [--quick] [--only NAME] [--households|--persons|--rows N] [--out FOLDER]`."""

from __future__ import annotations

import argparse
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # eventlet says at every import that it is in bugfix mode
    from deploy.bench import events, imports, rpc, scale, screening, tables_in

from shouwang.errors import ShouwangError

from deploy.bench.figures import Figure, table, write
from deploy.bench.place import Place, private_place
from deploy.bench.screening import RowsDiffer
from deploy.bench.sizes import FULL, QUICK, TINY, Sizes

BENCHES: Final[dict[str, Callable[[Place, Sizes], list[Figure]]]] = {
    "rpc": rpc.bench,
    "events": events.bench,
    "import": imports.bench,
    "screening": screening.bench,
    "tables_in": tables_in.bench,
    "scale": scale.bench,
}
SIZES: Final = {"full": FULL, "quick": QUICK, "tiny": TINY}
FAILED: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when everything was measured (also where a figure falls short), 1 when it could not be."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)
    started = time.monotonic()
    try:
        figures = measure(asked.out, _sizes(asked), asked.only or list(BENCHES))
    except (ShouwangError, RowsDiffer) as error:
        print(f"测速没有完成：{error}", file=sys.stderr)
        return FAILED
    _tell(figures, asked.out, time.monotonic() - started)
    return 0


def measure(out: Path, sizes: Sizes, names: Sequence[str]) -> list[Figure]:
    """Run the named benches one after another at one private place; write what came of them."""
    figures: list[Figure] = []
    with private_place(out) as place:
        for name in names:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            figures += BENCHES[name](place, sizes)
    write(figures, out / "results.json")
    return figures


def _tell(figures: Sequence[Figure], out: Path, seconds: float) -> None:
    good = sum(figure.ok for figure in figures)
    print(table(figures))
    print(
        f"{good} of {len(figures)} as expected; {seconds:.0f} s; {out / 'results.json'} (see docs/bench.md)"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", choices=SIZES, default="full")
    parser.add_argument("--quick", action="store_const", dest="sizes", const="quick", help="--sizes quick")
    parser.add_argument("--only", action="append", choices=BENCHES, help="may be given several times")
    parser.add_argument("--households", type=int, help="of the county of --only scale, such as 300000")
    parser.add_argument("--rows", type=int, help="of the table of --only tables_in, such as 3000000")
    parser.add_argument("--persons", type=int, help="person rows of --only screening, such as 10000000")
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    return parser


def _sizes(asked: argparse.Namespace) -> Sizes:
    sizes = SIZES[asked.sizes]
    told = {"county": asked.households, "persons": asked.persons, "table_rows": asked.rows}
    return replace(sizes, **{name: value for name, value in told.items() if value})


def _end(number: int, frame: object) -> None:
    del number, frame
    sys.exit(128 + signal.SIGTERM)  # through every `with`: nothing is left running


if __name__ == "__main__":
    sys.exit(main())
