"""The parts of the AsyncAPI document: channels, messages and operations as plain data."""

from __future__ import annotations

from shouwang.messaging.envelope import CONTENT_TYPE, SOURCE_PREFIX, SPEC_VERSION, TYPE_PREFIX
from shouwang.messaging.topology import EVENTS, RPC_EXCHANGE
from shouwang.service.entry import EntryPoint

from deploy.tools.json_schema import JSON
from deploy.tools.rabbitmq_accounts import VHOST

BINDING = "0.3.0"
STRING: JSON = {"type": "string"}
ENVELOPE: JSON = {
    "type": "object",
    "description": "CloudEvents 1.0 的 JSON 形式；属性里没有个人信息。",
    "properties": {
        "specversion": {"const": SPEC_VERSION},
        "id": {**STRING, "description": "事件编号；同一编号只生效一次"},
        "source": STRING,
        "type": STRING,
        "subject": {**STRING, "description": "所涉对象的编号"},
        "time": {**STRING, "format": "date-time", "description": "真实时间（UTC）"},
        "datacontenttype": {"const": CONTENT_TYPE},
        "sequence": {"type": "integer", "description": "对象的版本，用来识别先后颠倒的事件"},
        "businessdate": {**STRING, "format": "date", "description": "业务日期"},
        "region": {**STRING, "description": "区划代码"},
        "actor": {**STRING, "description": "谁引起的，JSON 文本"},
    },
    "required": [
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "sequence",
        "businessdate",
        "data",
    ],
}
ERROR: JSON = {
    "type": ["object", "null"],
    "description": "出错时：exc_args 的唯一一项是 {code, message, where, remedy, details}",
    "properties": {"exc_type": STRING, "exc_path": STRING, "exc_args": {"type": "array"}, "value": STRING},
}
HEADERS: JSON = {
    "type": "object",
    "properties": {
        "nameko.token": {**STRING, "description": "调用令牌（Ed25519），见 docs/sdk/access.md"},
        "nameko.request_id": {**STRING, "description": "同一编号的请求只生效一次"},
    },
    "required": ["nameko.token"],
}


def frame(version: str) -> JSON:
    """Return the head of the document."""
    description = (
        "守望的消息总线：事件（CloudEvents 1.0，主题交换机）与调用（nameko RPC，JSON）。金额为整数分。"
    )
    return {
        "asyncapi": "3.0.0",
        "id": "urn:shouwang:bus",
        "info": {
            "title": "守望 Shouwang",
            "version": version,
            "description": description,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "county": {
                "host": "rabbitmq:5672",
                "pathname": f"/{VHOST}",
                "protocol": "amqp",
                "protocolVersion": "0.9.1",
                "description": "县里的 RabbitMQ；每个服务和部门有自己的账号",
                "security": [{"type": "userPassword"}],
            }
        },
    }


def components(messages: JSON, schemas: JSON) -> JSON:
    """Return the shared parts."""
    own = {"Envelope": ENVELOPE, "Error": ERROR, "CallHeaders": HEADERS}
    return {
        "channelBindings": {"events": _exchange(EVENTS), "calls": _exchange(RPC_EXCHANGE)},
        "parameters": {"department": {"description": "部门代码，即插件的 code，如 health_insurance"}},
        "messages": messages,
        "schemas": own | dict(sorted(schemas.items())),
    }


def event_channel(source: str, event: str) -> JSON:
    """Return the channel of an event; its address is the routing key."""
    key = f"{source.strip('{}')}.{event}"
    channel: JSON = {"address": f"{source}.{event}", "messages": {"event": _message(key)}}
    if "{" in source:
        channel["parameters"] = {"department": {"$ref": "#/components/parameters/department"}}
    return channel | {"bindings": {"$ref": "#/components/channelBindings/events"}}


def call_channel(service: str, method: str, key: str) -> JSON:
    """Return the channel of a call, with its request and its reply."""
    messages = {part: _message(f"{key}.{part}") for part in ("request", "reply")}
    channel: JSON = {"address": f"{service}.{method}", "messages": messages}
    if "{" in service:
        channel["parameters"] = {"department": {"$ref": "#/components/parameters/department"}}
    return channel | {"bindings": {"$ref": "#/components/channelBindings/calls"}}


def event_message(source: str, event: str, data: JSON) -> JSON:
    """Return the message of an event: its envelope with its data."""
    marks: JSON = {"data": data}
    if source != "department":
        marks |= {
            "source": {"const": SOURCE_PREFIX + source},
            "type": {"const": f"{TYPE_PREFIX}{source}.{event}"},
        }
    return {
        "name": event,
        "payload": {"allOf": [_schema("Envelope"), {"type": "object", "properties": marks}]},
    }


def call_message(key: str, entry: EntryPoint, arguments: JSON) -> JSON:
    """Return the request of a call; who may send it stands in the summary."""
    who = "、".join(entry.allowed())
    payload = {
        "type": "object",
        "properties": {"args": {"type": "array", "maxItems": 0}, "kwargs": arguments},
        "required": ["args", "kwargs"],
    }
    return {
        "name": key,
        "summary": f"可以调用的角色：{who}",
        "headers": _schema("CallHeaders"),
        "payload": payload,
    }


def reply_message(key: str, result: JSON) -> JSON:
    """Return the reply of a call: a result or an error."""
    wanted = {"anyOf": [result, {"type": "null"}]} if result else {}
    payload = {
        "type": "object",
        "properties": {"result": wanted, "error": _schema("Error")},
        "required": ["result", "error"],
    }
    return {"name": f"{key}.reply", "payload": payload}


def operation(action: str, channel: str) -> JSON:
    """Return the sending or receiving of an event."""
    return {"action": action, "channel": _channel(channel), "messages": [_of_channel(channel, "event")]}


def call_operation(key: str, entry: EntryPoint) -> JSON:
    """Return the answering of a call: the reply goes to the address that the request names."""
    channel = f"{key}.call"
    return {
        "action": "receive",
        "channel": _channel(channel),
        "messages": [_of_channel(channel, "request")],
        "reply": {
            "address": {"location": "$message.header#/reply_to"},
            "channel": _channel(channel),
            "messages": [_of_channel(channel, "reply")],
        },
    }


def _exchange(name: str) -> JSON:
    exchange = {"name": name, "type": "topic", "durable": True, "autoDelete": False, "vhost": f"/{VHOST}"}
    return {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": BINDING}}


def _schema(name: str) -> JSON:
    return {"$ref": f"#/components/schemas/{name}"}


def _message(key: str) -> JSON:
    return {"$ref": f"#/components/messages/{key}"}


def _channel(key: str) -> JSON:
    return {"$ref": f"#/channels/{key}"}


def _of_channel(key: str, message: str) -> JSON:
    return {"$ref": f"#/channels/{key}/messages/{message}"}
