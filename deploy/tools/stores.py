"""The containers on which the services stand: RabbitMQ and a MongoDB replica set."""

from __future__ import annotations

from typing import Any

MONGO = ("mongo1", "mongo2", "mongo3")
MONGO_IMAGE = "mongo:7"
KINDS = ("amqp", "mongo")
"""Of the addresses that a service needs, each with its own account."""
VOLUMES = (*(f"{host}-data" for host in MONGO), "rabbitmq-data")
SECRETS = ("rabbitmq_definitions", "mongo_root", "mongo_keyfile", "mongo_users", "mongo_backup")
CACHE = {"MONGO_CACHE_GB": "${MONGO_CACHE_GB:-1}"}
"""Of each member: left to itself, every one would take half of the machine."""
PERIODS = {"interval": "10s", "timeout": "5s", "retries": 12, "start_period": "30s"}
ROOT_USER = {
    "MONGO_INITDB_ROOT_USERNAME": "root",
    "MONGO_INITDB_ROOT_PASSWORD_FILE": "/run/secrets/mongo_root",
}


def services() -> dict[str, Any]:
    """Return the broker, the members of the replica set, and what starts the set."""
    members = {host: _mongo(host) for host in MONGO}
    # Only one member makes the root user: a set can be started only when the others are empty.
    members[MONGO[0]] |= {
        "environment": CACHE | ROOT_USER,
        "secrets": ["mongo_keyfile", "mongo_root", "mongo_backup"],
    }
    return {"rabbitmq": _rabbitmq(), **members, "mongo-init": _mongo_init()}


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
        "image": MONGO_IMAGE,
        "hostname": host,
        "restart": "unless-stopped",
        "entrypoint": ["/bin/sh", "/opt/start.sh"],
        "environment": CACHE,
        "secrets": ["mongo_keyfile"],
        "volumes": [f"{host}-data:/data/db", "./deploy/mongo/start.sh:/opt/start.sh:ro"],
        "networks": ["bus"],
        "healthcheck": {"test": ["CMD", "mongosh", "--quiet", "--eval", "db.hello().ok"], **PERIODS},
    }


def _mongo_init() -> dict[str, Any]:
    return {
        "image": MONGO_IMAGE,
        "restart": "on-failure",
        "entrypoint": ["mongosh", "--quiet", "--norc", "--nodb", "/opt/init.js"],
        "secrets": ["mongo_root", "mongo_users"],
        "volumes": ["./deploy/mongo/init.js:/opt/init.js:ro"],
        "networks": ["bus"],
        "depends_on": {host: {"condition": "service_healthy"} for host in MONGO},
    }
