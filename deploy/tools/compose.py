"""Writes docker-compose.yml from the services and departments that are installed: `make compose`.

One container a service and department, each with its own secrets only. A test holds the file against this.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named

TARGET = Path(__file__).parents[2] / "docker-compose.yml"
HEAD = "# Written by `make compose` from the installed services and departments. First: `make secrets`.\n"
MONGO = ("mongo1", "mongo2", "mongo3")
PROBE = "import urllib.request as r; r.urlopen('http://127.0.0.1:9731/health', timeout=3)"
HEALTH = ["CMD", "python", "-c", PROBE]
PERIODS = {"interval": "10s", "timeout": "5s", "retries": 12, "start_period": "30s"}


class _Plain(yaml.SafeDumper):
    """Writes everything out: anchors are hard to read."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never write an alias."""
        return True


def compose(names: list[str]) -> dict[str, Any]:
    """Return the compose file for these services."""
    services = {name: _service(name) for name in names}
    services |= {"rabbitmq": _rabbitmq(), **{host: _mongo(host) for host in MONGO}}
    services |= {"mongo-init": _mongo_init(), "prometheus": _prometheus(names)}
    volumes = [*(f"{name}-data" for name in names), *(f"{host}-data" for host in MONGO)]
    return {
        "services": services,
        "networks": {"bus": None},
        "volumes": dict.fromkeys([*volumes, "rabbitmq-data", "prometheus-data"]),
        "secrets": {name: {"file": f"./deploy/secrets/{name}"} for name in _secrets(names)},
    }


def text(names: list[str]) -> str:
    """Return the file as it is written."""
    return HEAD + yaml.dump(compose(names), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)


def _service(name: str) -> dict[str, Any]:
    return {
        "image": "shouwang:${IMAGE_VERSION:-0.1.0}",
        "build": {"context": ".", "dockerfile": "deploy/Dockerfile"},
        "command": ["up", "--only", name],
        "restart": "unless-stopped",
        "init": True,
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "tmpfs": ["/tmp"],
        "environment": {
            "SHOUWANG_PRODUCTION": "true",
            "SHOUWANG_COUNTY": "${SHOUWANG_COUNTY:-430426}",
            "SHOUWANG_KEYS_DIR": "/run/shouwang/keys",
            "SHOUWANG_METRICS_HOST": "0.0.0.0",
            "SHOUWANG_METRICS_PORT": "9731",
            "AMQP_URI_FILE": f"/run/secrets/amqp_uri_{name}",
            "MONGO_URI_FILE": f"/run/secrets/mongo_uri_{name}",
        },
        "secrets": [f"amqp_uri_{name}", f"mongo_uri_{name}"],
        "volumes": [f"{name}-data:/var/lib/shouwang", f"./deploy/secrets/keys/{name}:/run/shouwang/keys:ro"],
        "networks": ["bus"],
        "depends_on": {
            "rabbitmq": {"condition": "service_healthy"},
            "mongo-init": {"condition": "service_completed_successfully"},
        },
        "healthcheck": {"test": HEALTH, **PERIODS},
    }


def _rabbitmq() -> dict[str, Any]:
    return {
        "image": "rabbitmq:3.13-management",
        "hostname": "rabbitmq",
        "restart": "unless-stopped",
        "secrets": ["rabbitmq_definitions"],
        "volumes": [
            "rabbitmq-data:/var/lib/rabbitmq",
            "./deploy/rabbitmq/rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro",
            "./deploy/rabbitmq/enabled_plugins:/etc/rabbitmq/enabled_plugins:ro",
        ],
        "networks": ["bus"],
        "healthcheck": {"test": ["CMD", "rabbitmq-diagnostics", "-q", "check_running"], **PERIODS},
    }


def _mongo(host: str) -> dict[str, Any]:
    return {
        "image": "mongo:7",
        "hostname": host,
        "restart": "unless-stopped",
        "entrypoint": ["/opt/start.sh"],
        "environment": {
            "MONGO_INITDB_ROOT_USERNAME": "root",
            "MONGO_INITDB_ROOT_PASSWORD_FILE": "/run/secrets/mongo_root",
        },
        "secrets": ["mongo_root", "mongo_keyfile"],
        "volumes": [f"{host}-data:/data/db", "./deploy/mongo/start.sh:/opt/start.sh:ro"],
        "networks": ["bus"],
        "healthcheck": {"test": ["CMD", "mongosh", "--quiet", "--eval", "db.hello().ok"], **PERIODS},
    }


def _mongo_init() -> dict[str, Any]:
    return {
        "image": "mongo:7",
        "restart": "on-failure",
        "entrypoint": ["/opt/init.sh"],
        "secrets": ["mongo_root", "mongo_users"],
        "volumes": ["./deploy/mongo/init.sh:/opt/init.sh:ro"],
        "networks": ["bus"],
        "depends_on": {host: {"condition": "service_healthy"} for host in MONGO},
    }


def _prometheus(names: list[str]) -> dict[str, Any]:
    return {
        "image": "prom/prometheus:v2.53.0",
        "restart": "unless-stopped",
        "ports": ["127.0.0.1:9090:9090"],
        "volumes": [
            "./deploy/prometheus:/etc/prometheus:ro",
            "prometheus-data:/prometheus",
        ],
        "networks": ["bus"],
        "depends_on": names,
        "healthcheck": {"test": ["CMD", "wget", "-qO-", "http://127.0.0.1:9090/-/healthy"], **PERIODS},
    }


def _secrets(names: list[str]) -> list[str]:
    own = [f"{kind}_{name}" for name in names for kind in ("amqp_uri", "mongo_uri")]
    return [*own, "rabbitmq_definitions", "mongo_root", "mongo_keyfile", "mongo_users"]


def main() -> int:
    """Write the file."""
    TARGET.write_text(text([*named(SERVICES), *named(DEPARTMENTS)]), encoding="utf-8")
    print(f"已写出 {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
