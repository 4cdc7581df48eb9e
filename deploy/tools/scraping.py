"""What Prometheus reads, written with the compose file: every replica of every service, found by its name.

The name server of the compose network answers a service's name with the address of each of its containers
(decision 0296). One of which nothing runs has no address any more: the job `presence` asks for every name,
keeps nothing of the answer but whether there was one, and so sees it missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

METRICS_PORT: Final = 9731
FOLDER: Final = "/etc/prometheus"
JOB: Final = "shouwang"
PRESENCE: Final = "presence"
Kinds = Mapping[str, Iterable[str]]
"""Names by kind: "service", "department"."""


def targets(kinds: Kinds) -> list[dict[str, Any]]:
    """Return what `presence` asks: every service and department by its name."""
    return [
        {"targets": [f"{name}:{METRICS_PORT}" for name in names], "labels": {"unit_kind": kind}}
        for kind, names in kinds.items()
    ]


def configuration(kinds: Kinds) -> dict[str, Any]:
    """Return Prometheus' configuration."""
    return {
        "global": {"scrape_interval": "15s", "evaluation_interval": "15s"},
        "rule_files": [f"{FOLDER}/alerts.yml"],
        "scrape_configs": [_replicas(kinds), _presence(), *_of_the_broker()],
    }


def _replicas(kinds: Kinds) -> dict[str, Any]:
    """Return the job of all replicas; labels of its own, for `kind` and `service` are labels of metrics."""
    named = {kind: list(names) for kind, names in kinds.items()}
    asked = [name for names in named.values() for name in names]
    of_kind = [
        _relabel("__meta_dns_name", "unit_kind", regex="|".join(names), replacement=kind)
        for kind, names in named.items()
        if names
    ]
    return {
        "job_name": JOB,
        "dns_sd_configs": [{"names": asked, "type": "A", "port": METRICS_PORT, "refresh_interval": "15s"}],
        "relabel_configs": [
            _relabel("__meta_dns_name", "unit"),
            *of_kind,
            {
                "source_labels": ["__meta_dns_name", "__address__"],
                "separator": "/",
                "target_label": "instance",
            },
        ],
    }


def _presence() -> dict[str, Any]:
    return {
        "job_name": PRESENCE,
        "file_sd_configs": [{"files": [f"{FOLDER}/targets.yml"]}],
        "relabel_configs": [_relabel("__address__", "unit", regex="(.+):[0-9]+", replacement="$1")],
        "metric_relabel_configs": [{"regex": ".*", "source_labels": ["__name__"], "action": "drop"}],
    }


def _of_the_broker() -> list[dict[str, Any]]:
    """Return the broker's jobs; by queue, so that dead letters and queues without a consumer have a name."""
    node = [{"targets": ["rabbitmq:15692"]}]
    queues = {"vhost": ["shouwang"], "family": ["queue_coarse_metrics", "queue_consumer_count"]}
    return [
        {"job_name": "rabbitmq", "static_configs": node},
        {
            "job_name": "rabbitmq-queues",
            "metrics_path": "/metrics/detailed",
            "params": queues,
            "static_configs": node,
        },
    ]


def _relabel(source: str, target: str, **how: str) -> dict[str, Any]:
    return {"source_labels": [source], **how, "target_label": target}
