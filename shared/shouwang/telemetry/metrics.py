"""Prometheus metrics, one set for every service: labels are names of the suite, never of persons or cases."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics import MetricWrapperBase

from shouwang.errors import ConfigurationError, ShouwangError

PREFIX = "shouwang_"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# A label multiplies series and is kept for months: one value a person or a case is both a leak and a flood.
FORBIDDEN_LABELS = frozenset(
    {
        "id",
        "id_number",
        "name",
        "phone",
        "person",
        "household",
        "case",
        "clue",
        "task",
        "request_id",
        "call_id",
    }
)
Metric = TypeVar("Metric", bound=MetricWrapperBase)
_made: dict[str, tuple[MetricWrapperBase, tuple[str, ...]]] = {}


def counter(name: str, help: str, labels: Sequence[str] = ()) -> Counter:
    """Return the counter `shouwang_<name>` (`…_total`), made at the first call."""
    return _once(Counter, name, labels, lambda: Counter(PREFIX + name, help, labels))


def gauge(name: str, help: str, labels: Sequence[str] = ()) -> Gauge:
    """Return the gauge `shouwang_<name>`, made at the first call."""
    return _once(Gauge, name, labels, lambda: Gauge(PREFIX + name, help, labels))


def histogram(name: str, help: str, labels: Sequence[str] = ()) -> Histogram:
    """Return the histogram `shouwang_<name>` in seconds, made at the first call."""
    return _once(Histogram, name, labels, lambda: Histogram(PREFIX + name, help, labels, buckets=BUCKETS))


def _once(kind: type[Metric], name: str, labels: Sequence[str], make: Callable[[], Metric]) -> Metric:
    if name not in _made:
        _refuse_labels(name, labels)
        _made[name] = make(), tuple(labels)
    known, known_labels = _made[name]
    if not isinstance(known, kind) or known_labels != tuple(labels):
        raise ConfigurationError(
            f"指标 {name} 已以别的类型或标签登记。",
            code="telemetry.metric_twice",
            remedy="请换一个指标名，或使类型和标签与先登记的相同。",
        )
    return known


def _refuse_labels(name: str, labels: Sequence[str]) -> None:
    wrong = FORBIDDEN_LABELS & set(labels)
    if wrong:
        raise ConfigurationError(
            f"指标 {name} 的标签 {'、'.join(sorted(wrong))} 会暴露或区分个人、个案。",
            code="telemetry.label",
            remedy="标签只用服务、入口、种类这样的固定名称。",
        )


ENTRYPOINTS = counter(
    "entrypoint_total", "Entry points by result", ["service", "entrypoint", "kind", "outcome"]
)
SECONDS = histogram("entrypoint_seconds", "Seconds in an entry point", ["service", "entrypoint", "kind"])
BUSY = gauge("workers_busy", "Entry points running now", ["service"])
POLICY_UNKNOWN = counter("policy_unknown_total", "Policy parameters that answered unknown", ["parameter"])
LOG_REDACTED = counter("log_redacted_total", "Personal data taken out of log lines: a fault to mend")


UNASKED = frozenset({"daily", "timer"})
"""Kinds that nobody asked for: whatever keeps them from being done is ours, an unknown figure too."""


def outcome_of(error: BaseException | None, kind: str = "rpc") -> str:
    """Return the outcome label: "ok", "refused" (expected, the caller's matter) or "error" (ours)."""
    if error is None:
        return "ok"
    ours = kind in UNASKED or not isinstance(error, ShouwangError) or error.status >= 500
    return "error" if ours else "refused"


def observe(
    service: str, entrypoint: str, kind: str, seconds: float, *, error: BaseException | None = None
) -> None:
    """Count one run of an entry point and its real seconds; kind is rpc, event, http, daily or timer."""
    ENTRYPOINTS.labels(service, entrypoint, kind, outcome_of(error, kind)).inc()
    SECONDS.labels(service, entrypoint, kind).observe(seconds)


def expect(service: str, entrypoint: str, kind: str) -> None:
    """Show "done 0 times" of what must be done: a count that is not there says nothing to an alert."""
    ENTRYPOINTS.labels(service, entrypoint, kind, outcome_of(None))


@contextmanager
def measured(service: str, entrypoint: str, kind: str) -> Iterator[None]:
    """Observe the block as one run of an entry point; errors pass through."""
    began = time.perf_counter()
    failed: BaseException | None = None
    try:
        with BUSY.labels(service).track_inprogress():
            yield
    except BaseException as error:
        failed = error
        raise
    finally:
        observe(service, entrypoint, kind, time.perf_counter() - began, error=failed)


def count_unknown_policy(parameter: str) -> None:
    """Count one answer "unknown" of a policy parameter."""
    POLICY_UNKNOWN.labels(parameter).inc()


def exposition() -> tuple[bytes, str]:
    """Return the body and the content type of `/metrics`."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
