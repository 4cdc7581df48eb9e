"""Prometheus metrics, one set for every service: labels are names of the suite, never of persons or cases."""

from __future__ import annotations

from prometheus_client import Counter

POLICY_UNKNOWN = Counter(
    "shouwang_policy_unknown_total", "Policy parameters that answered unknown", ["parameter"]
)


def count_unknown_policy(parameter: str) -> None:
    """Count one answer "unknown" of a policy parameter."""
    POLICY_UNKNOWN.labels(parameter).inc()
