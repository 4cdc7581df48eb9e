"""RabbitMQ accounts: one user a service, with no right to speak in another's name or to take another's mail.

A service may declare, read and fill its own queues; publish events whose routing key begins with its own
name; listen to the events that it has entry points for; call everybody, and be called only by its own name.
Nobody but the operator may put a message into a queue by its name: it would bypass all of this.

What RabbitMQ cannot hold apart: retries wait in queues that all handlers share, so all may read them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from shouwang.messaging.topology import (
    DEAD,
    DEAD_SUFFIX,
    DELAY_PREFIX,
    EVENTS,
    RETRY,
    RPC_EXCHANGE,
    UNCLAIMED,
)

VHOST = "shouwang"
OPERATOR = "operator"
HASHING = "rabbit_password_hashing_sha256"
DELAYS = re.escape(DELAY_PREFIX) + r"\d+"
EXCHANGES = "|".join([*map(re.escape, (RPC_EXCHANGE, EVENTS, RETRY, DEAD, UNCLAIMED)), DELAYS])
UUID = "[0-9a-f-]{36}"


def definitions(passwords: Mapping[str, str], listens: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the definitions that RabbitMQ loads at start.

    passwords: of every service and of `operator`; listens: routing keys of the events that a service handles.
    """
    services = sorted(set(passwords) - {OPERATOR})
    return {
        "vhosts": [{"name": VHOST}],
        "users": [_user(name, password) for name, password in sorted(passwords.items())],
        "permissions": [_permission(name) for name in services] + [_everything(OPERATOR)],
        "topic_permissions": [
            topic for name in services for topic in (_events(name, listens[name]), _calls(name))
        ],
    }


def hashed(password: str) -> str:
    """Return the salted SHA-256 form in which RabbitMQ keeps passwords; the same each time it is asked."""
    salt = hashlib.blake2s(password.encode(), digest_size=4, person=b"salt").digest()
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _user(name: str, password: str) -> dict[str, Any]:
    return {
        "name": name,
        "password_hash": hashed(password),
        "hashing_algorithm": HASHING,
        "tags": ["monitoring"] if name == OPERATOR else [],
        "limits": {},
    }


def _permission(service: str) -> dict[str, str]:
    me = re.escape(service)
    own = rf"{me}\..+|rpc-{me}|rpc\.reply-({me}|client)-{UUID}"
    declares = f"^({own}|{EXCHANGES}|{re.escape(UNCLAIMED + DEAD_SUFFIX)})$"
    return {
        "user": service,
        "vhost": VHOST,
        "configure": declares,
        "write": declares,
        "read": f"^({own}|{EXCHANGES})$",
    }


def _everything(user: str) -> dict[str, str]:
    return {"user": user, "vhost": VHOST, "configure": ".*", "read": ".*", "write": ".*"}


def _events(service: str, listens: Sequence[str]) -> dict[str, str]:
    keys = "|".join(re.escape(key) for key in listens)
    return _topic(service, EVENTS, write=rf"^{re.escape(service)}\.", read=f"^({keys})$")


def _calls(service: str) -> dict[str, str]:
    """Anybody may be called and answered; calls are taken under the own name, answers under an address."""
    return _topic(service, RPC_EXCHANGE, write=".*", read=rf"^({re.escape(service)}\.\*|{UUID})$")


def _topic(service: str, exchange: str, *, write: str, read: str) -> dict[str, str]:
    return {"user": service, "vhost": VHOST, "exchange": exchange, "write": write, "read": read}
