"""What a signal or an indicator gives: rows by place, numbers only. Runs in the worker."""

from __future__ import annotations

from typing import Any, Final

from shouwang.department.expressions import Engine, batches
from shouwang.department.running import REGION, Run, broken

AMOUNT: Final = "amount"
VALUE: Final = "value"
DAYS: Final = ("started_on", "ended_on")


def rows_by_place(run: Run, duck: Engine) -> list[dict[str, Any]]:
    """Run a signal or an indicator; returns its rows by place. Two rows for one place are refused."""
    found: dict[str, dict[str, Any]] = {}
    for batch in batches(duck, run.expression()):
        for row in batch:
            if row[REGION] is None or row[REGION] in found:
                raise broken(
                    run.plugin, run.declared, ValueError("a row without place, or two for one place")
                )
            found[row[REGION]] = row
    return [found[place] for place in sorted(found)]
