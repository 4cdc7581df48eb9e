"""What every entry point leaves behind: a count, a duration, one log line; never an argument or a value."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from prometheus_client import Counter, Gauge, Histogram

from shouwang.errors import ShouwangError
from shouwang.service.entry import EntryPoint

if TYPE_CHECKING:
    from shouwang.service.runtime import Runtime

CALLS = Counter(
    "shouwang_entry_total", "Calls, events and days by outcome", ["service", "kind", "method", "outcome"]
)
SECONDS = Histogram(
    "shouwang_entry_seconds",
    "Time of calls, events and days",
    ["service", "kind", "method"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
RUNNING = Gauge("shouwang_entry_running", "Calls, events and days being handled now", ["service"])


@contextmanager
def observed(runtime: Runtime, entry: EntryPoint, data: Mapping[str, Any]) -> Iterator[None]:
    """Count and time what runs inside; an unexpected exception leaves as an error without its text.

    The text of an unexpected exception may hold a person's data: only its type and place are logged.
    """
    began = time.perf_counter()
    outcome = "ok"
    RUNNING.labels(runtime.name).inc()
    try:
        yield
    except ShouwangError as error:
        outcome = error.code
        raise
    except Exception as error:  # noqa: BLE001 - it leaves as a typed error, without its text
        outcome = "internal"
        raise _internal(runtime, entry, error, data) from None
    finally:
        RUNNING.labels(runtime.name).dec()
        CALLS.labels(runtime.name, entry.kind, entry.name, outcome).inc()
        SECONDS.labels(runtime.name, entry.kind, entry.name).observe(time.perf_counter() - began)


def _internal(
    runtime: Runtime, entry: EntryPoint, error: Exception, data: Mapping[str, Any]
) -> ShouwangError:
    kind, place = type(error).__name__, _place(error)
    runtime.log.error("entry_failed", method=entry.name, error=kind, place=place, call_id=data.get("call_id"))
    return ShouwangError(
        f"内部错误 {kind}",
        code="internal",
        where=f"{runtime.name}.{entry.name}",
        remedy="请把时间和此处名称告诉平台管理员，详情在服务日志中。",
        details={"place": place},
    )


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
