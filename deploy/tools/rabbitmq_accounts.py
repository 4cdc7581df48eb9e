"""RabbitMQ accounts: one user a service, with no right to speak in another's name.

A service may declare and read its own queues and those that all share, and may publish only events whose
routing key begins with its own name: topic permission on the exchange of events.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from typing import Any

from shouwang.messaging.topology import EVENTS, RPC_EXCHANGE

VHOST = "shouwang"
OPERATOR = "operator"
HASHING = "rabbit_password_hashing_sha256"


def definitions(passwords: Mapping[str, str]) -> dict[str, Any]:
    """Return the definitions that RabbitMQ loads at start; `operator` is the administrator."""
    services = sorted(set(passwords) - {OPERATOR})
    return {
        "vhosts": [{"name": VHOST}],
        "users": [_user(name, password) for name, password in sorted(passwords.items())],
        "permissions": [_permission(name) for name in services] + [_everything(OPERATOR)],
        "topic_permissions": [_topic(name) for name in services],
    }


def hashed(password: str, salt: bytes | None = None) -> str:
    """Return the salted SHA-256 form in which RabbitMQ keeps passwords."""
    salt = salt or os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _user(name: str, password: str) -> dict[str, Any]:
    tags = ["administrator"] if name == OPERATOR else []
    return {
        "name": name,
        "password_hash": hashed(password),
        "hashing_algorithm": HASHING,
        "tags": tags,
        "limits": {},
    }


def _permission(service: str) -> dict[str, str]:
    own = rf"{re.escape(service)}\..*|rpc-{re.escape(service)}|rpc\.reply-{re.escape(service)}-.*"
    shared = rf"{re.escape(RPC_EXCHANGE)}|shouwang\..*"
    rights = {"configure": f"^({own}|{shared})$", "read": f"^({own}|{shared})$"}
    rights["write"] = rf"^({own}|{shared}|amq\.default)$"
    return {"user": service, "vhost": VHOST, **rights}


def _everything(user: str) -> dict[str, str]:
    return {"user": user, "vhost": VHOST, "configure": ".*", "read": ".*", "write": ".*"}


def _topic(service: str) -> dict[str, str]:
    speaks = rf"^{re.escape(service)}\."
    return {"user": service, "vhost": VHOST, "exchange": EVENTS, "write": speaks, "read": ".*"}
