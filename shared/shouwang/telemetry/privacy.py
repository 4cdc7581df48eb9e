"""The last net under logs: whatever may be personal is taken out before a line is written."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from shouwang.masking import scrub
from shouwang.telemetry.metrics import LOG_REDACTED

HIDDEN = "[已隐去]"
PERSONAL_KEYS = frozenset(
    {
        *("name", "person", "persons", "members", "id_number", "id_no", "id_card", "disability_card"),
        *("phone", "mobile", "telephone", "email", "home_address", "bank_account", "bank_card"),
        *("illness", "disease", "diagnosis", "disability"),
        *("password", "secret", "token", "authorization", "private_key", "data_key", "blind_key", "mac_key"),
    }
)
_SUFFIXES = ("_name", "_id_number", "_phone", "_token", "_password", "_secret")
# Names of things, not of persons.
_HARMLESS = frozenset(
    f"{thing}_name"
    for thing in ("handler", "method", "service", "queue", "exchange", "file", "logger", "table", "rule")
)


def personal_key(key: str) -> bool:
    """Say whether a key names something that logs and metrics must not hold."""
    word = key.lower()
    return word in PERSONAL_KEYS or (word.endswith(_SUFFIXES) and word not in _HARMLESS)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide personal keys and scrub every text of a log line (a structlog processor); counts what it hid."""
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: Any) -> Any:
    counted = value is None or isinstance(value, bool | int)  # "persons": 408 is a count, and no person
    if personal_key(key) and not counted:
        LOG_REDACTED.inc()
        return HIDDEN
    return _scrubbed(value)


def _scrubbed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _clean(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return _scrubbed_number(value)
    text = str(value)
    clean = scrub(text)
    if clean != text:
        LOG_REDACTED.inc()
    return clean


def _scrubbed_number(value: Any) -> Any:
    text = str(value)
    return value if scrub(text) == text else scrub(text)
