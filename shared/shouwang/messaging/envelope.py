"""The envelope of every event: CloudEvents 1.0 in JSON.

`type` is `shouwang.<service>.<event>`, `source` is `/shouwang/<service>`, `subject` the id of the aggregate
and `sequence` its version, by which a consumer recognises events that overtook each other. `businessdate` is
the date of the injected clock (ISO), `time` the real moment (UTC). No personal data is in the attributes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from shouwang.errors import BadRequest

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
TYPE_PREFIX = "shouwang."
SOURCE_PREFIX = "/shouwang/"

Envelope = dict[str, Any]

_REQUIRED: dict[str, type | tuple[type, ...]] = {
    "specversion": str,
    "id": str,
    "source": str,
    "type": str,
    "subject": str,
    "time": str,
    "sequence": int,
    "businessdate": str,
    "data": dict,
}


def build(
    service: str,
    event: str,
    subject: str,
    data: Mapping[str, Any],
    *,
    sequence: int,
    businessdate: date | str,
    region: str = "",
    actor: Mapping[str, Any] | None = None,
    id: str | None = None,
    time: str | None = None,
) -> Envelope:
    """Build the envelope of one event: `build("monitoring", "case.opened", "C1", {...}, sequence=1, ...)`.

    The attributes of CloudEvents are plain values: the actor travels as JSON text (`actor_of` reads it).
    """
    return {
        "specversion": SPEC_VERSION,
        "id": id or str(uuid.uuid4()),
        "source": SOURCE_PREFIX + service,
        "type": f"{TYPE_PREFIX}{service}.{event}",
        "subject": subject,
        "time": time or datetime.now(UTC).isoformat(),
        "datacontenttype": CONTENT_TYPE,
        "sequence": sequence,
        "businessdate": str(businessdate),
        "region": region,
        "actor": _dump(dict(actor or {})),
        "data": dict(data),
    }


def validate(envelope: Any) -> Envelope:
    """Return the envelope if it is one; else BadRequest `bus.not_an_envelope` names what is wrong."""
    if not isinstance(envelope, dict):
        raise _refusal(["不是 JSON 对象"])
    problems = [text for name, kind in _REQUIRED.items() if (text := _problem(envelope, name, kind))]
    problems += [] if problems else _disagreements(envelope)
    if problems:
        raise _refusal(problems)
    return envelope


def service_of(envelope: Mapping[str, Any]) -> str:
    """Return the name of the service that published the event."""
    return str(envelope["source"]).removeprefix(SOURCE_PREFIX)


def event_of(envelope: Mapping[str, Any]) -> str:
    """Return the type of the event without its prefixes: `case.opened`."""
    return str(envelope["type"]).removeprefix(f"{TYPE_PREFIX}{service_of(envelope)}.")


def routing_key(envelope: Mapping[str, Any]) -> str:
    """Return the routing key `<service>.<event>`."""
    return f"{service_of(envelope)}.{event_of(envelope)}"


def actor_of(envelope: Mapping[str, Any]) -> dict[str, Any]:
    """Return who caused the event, as the publisher's `Actor.to_dict()`; empty when it is not said."""
    return dict(json.loads(envelope.get("actor") or "{}"))


def encode(envelope: Mapping[str, Any]) -> bytes:
    """Return the JSON bytes that go over the wire."""
    return _dump(envelope).encode()


def decode(body: bytes | str) -> Envelope:
    """Read and validate what came over the wire; BadRequest `bus.not_json` or `bus.not_an_envelope`."""
    try:
        return validate(json.loads(body))
    except ValueError as error:
        raise BadRequest(
            "消息不是 JSON", code="bus.not_json", remedy="请发布方按 CloudEvents 1.0 发送"
        ) from error


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _problem(envelope: Mapping[str, Any], name: str, kind: type | tuple[type, ...]) -> str | None:
    if name not in envelope:
        return f"缺少 {name}"
    if not isinstance(envelope[name], kind) or isinstance(envelope[name], bool):
        return f"{name} 类型不符"
    return None


def _disagreements(envelope: Mapping[str, Any]) -> list[str]:
    problems = []
    if envelope["specversion"] != SPEC_VERSION:
        problems.append(f"specversion 应为 {SPEC_VERSION}")
    if not envelope["source"].startswith(SOURCE_PREFIX):
        problems.append(f"source 应以 {SOURCE_PREFIX} 开头")
    elif not envelope["type"].startswith(f"{TYPE_PREFIX}{service_of(envelope)}."):
        problems.append("type 与 source 不一致")
    return problems


def _refusal(problems: list[str]) -> BadRequest:
    return BadRequest(
        "不是有效的事件信封：" + "；".join(problems),
        code="bus.not_an_envelope",
        remedy="请发布方按 CloudEvents 1.0 补全属性",
        details={"problems": problems},
    )
