"""Writes docker-compose.yml and Prometheus' configuration from what is installed: `make compose`.

One container a service and department, each with its own secrets only. A test holds the files against this.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shouwang.service.discovery import DEPARTMENTS, SERVICES, named

from deploy.tools import plain_yaml, scraping, stores
from deploy.tools.scraping import METRICS_PORT

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docker-compose.yml"
PROMETHEUS = ROOT / "deploy" / "prometheus" / "prometheus.yml"
TARGETS = ROOT / "deploy" / "prometheus" / "targets.yml"
HEAD = "# Written by `make compose` from the installed services and departments. First: `make secrets`.\n"
OPERATOR = "operator"
VAR = "/var/lib/shouwang"
KEYS = "/run/shouwang/keys"
POLICY = "/run/shouwang/policy"
FIGURES = "./deploy/policy"
"""The county's own figures: the same for every container, read-only."""
PROBE = f"import urllib.request as r; r.urlopen('http://127.0.0.1:{METRICS_PORT}/health', timeout=3)"
AFTER = {
    "rabbitmq": {"condition": "service_healthy"},
    "mongo-init": {"condition": "service_completed_successfully"},
}


def compose(names: list[str]) -> dict[str, Any]:
    """Return the compose file for these services."""
    services = {name: _service(name) for name in names}
    services |= {OPERATOR: _operator(), **stores.services(), "prometheus": _prometheus(names)}
    volumes = [*(f"{name}-data" for name in [*names, OPERATOR]), *stores.VOLUMES, "prometheus-data"]
    return {
        "services": services,
        "networks": {"bus": None},
        "volumes": dict.fromkeys(volumes),
        "secrets": {name: {"file": f"./deploy/secrets/{name}"} for name in secrets_of(names)},
    }


def secrets_of(names: Iterable[str]) -> list[str]:
    """Return the names of the secret files that the containers read."""
    return [*(f"{kind}_uri_{name}" for name in [*names, OPERATOR] for kind in stores.KINDS), *stores.SECRETS]


def _contained(name: str, keys: str) -> dict[str, Any]:
    """Return what every container of the image has: its own accounts, keys and data, and no other right."""
    return {
        "image": "shouwang:${IMAGE_VERSION:-0.4.0}",
        "build": {"context": ".", "dockerfile": "deploy/Dockerfile"},
        "init": True,
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "tmpfs": ["/tmp"],
        "environment": {
            "SHOUWANG_PRODUCTION": "true",
            "SHOUWANG_COUNTY": "${SHOUWANG_COUNTY:-430426}",
            "SHOUWANG_KEYS_DIR": KEYS,
            "SHOUWANG_POLICY_DIR": POLICY,
            **{f"{kind.upper()}_URI_FILE": f"/run/secrets/{kind}_uri_{name}" for kind in stores.KINDS},
        },
        "secrets": [f"{kind}_uri_{name}" for kind in stores.KINDS],
        "volumes": [
            f"{name}-data:{VAR}",
            f"./deploy/secrets/{keys}:{KEYS}:ro",
            f"{FIGURES}:{POLICY}:ro",
        ],
        "networks": ["bus"],
        "depends_on": AFTER,
    }


def _service(name: str) -> dict[str, Any]:
    service = _contained(name, f"keys/{name}")
    service["environment"] |= {
        "SHOUWANG_METRICS_HOST": "0.0.0.0",
        "SHOUWANG_METRICS_PORT": str(METRICS_PORT),
    }
    return service | {
        "command": ["up", "--only", name],
        "restart": "unless-stopped",
        "healthcheck": {"test": ["CMD", "python", "-c", PROBE], **stores.PERIODS},
    }


def _operator() -> dict[str, Any]:
    """Return the operator's desk: starts only when called, holds the key that signs tokens."""
    return _contained(OPERATOR, "issuer") | {"profiles": [OPERATOR], "command": ["doctor"]}


def _prometheus(names: list[str]) -> dict[str, Any]:
    return {
        "image": "prom/prometheus:v2.53.0",
        "restart": "unless-stopped",
        "ports": ["127.0.0.1:9090:9090"],
        "volumes": ["./deploy/prometheus:/etc/prometheus:ro", "prometheus-data:/prometheus"],
        "networks": ["bus"],
        "depends_on": names,
        "healthcheck": {
            "test": ["CMD", "wget", "-qO-", "http://127.0.0.1:9090/-/healthy"],
            **stores.PERIODS,
        },
    }


def files(services: Iterable[str], departments: Iterable[str]) -> dict[Path, str]:
    """Return every file that is written, with its text."""
    kinds = {"service": list(services), "department": list(departments)}
    return {
        TARGET: plain_yaml.text(compose([name for names in kinds.values() for name in names]), HEAD),
        PROMETHEUS: plain_yaml.text(scraping.configuration(kinds), HEAD),
        TARGETS: plain_yaml.text(scraping.targets(kinds), HEAD),
    }


def main() -> int:
    """Write the files."""
    for path, text in files(named(SERVICES), named(DEPARTMENTS)).items():
        path.write_text(text, encoding="utf-8")
        print(f"已写出 {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
