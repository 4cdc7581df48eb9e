"""What a call brings back: a result or a typed error, in the form that nameko clients know.

`{"result": …, "error": null}` or `{"result": null, "error": {exc_type, exc_path, exc_args, value}}`. The one
element of `exc_args` is `ShouwangError.to_dict()`, from which our clients build the error again; a stock
nameko client sees `exc_type` and `value` (the Chinese line). The unforeseen shows neither text nor data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nameko.exceptions import IncorrectSignature, MalformedRequest, MethodNotFound

from shouwang.errors import BadRequest, NotFound, ShouwangError

INTERNAL = "bus.internal"
UNSERIALISABLE = "bus.unserialisable"
FOREIGN = "bus.foreign_error"


def pack(result: Any, error: BaseException | None, where: str) -> bytes:
    """Return the body of a reply; a result that is not plain JSON becomes the error `bus.unserialisable`."""
    if error is None:
        try:
            return _dump({"result": result, "error": None})
        except (TypeError, ValueError) as reason:
            error = _unserialisable(reason, where)
    return _dump({"result": None, "error": _error(error, where)})


def unpack(reply: Mapping[str, Any], where: str) -> Any:
    """Return the result, or raise the error that came instead."""
    error = reply.get("error")
    if not error:
        return reply["result"]
    arguments = error.get("exc_args") or []
    if len(arguments) == 1 and isinstance(arguments[0], dict) and "code" in arguments[0]:
        raise ShouwangError.from_dict(arguments[0])
    raise ShouwangError(
        f"对方服务报错 {error.get('exc_type')}",
        code=FOREIGN,
        where=where,
        remedy="请查看对方服务的日志。",
        details={"type": str(error.get("exc_type"))},
    )


def _error(error: BaseException, where: str) -> dict[str, Any]:
    told = _told(error, where)
    kind = type(error)
    return {
        "exc_type": kind.__name__,
        "exc_path": f"{kind.__module__}.{kind.__name__}",
        "exc_args": [told.to_dict()],
        "value": str(told),
    }


def _told(error: BaseException, where: str) -> ShouwangError:
    """Return what the caller may know: the error itself when it is ours, else only that there was one."""
    if isinstance(error, ShouwangError):
        return error
    if isinstance(error, MethodNotFound):
        return NotFound(
            "没有这个调用", code="bus.unknown_method", where=where, remedy="请核对调用名和服务版本。"
        )
    if isinstance(error, IncorrectSignature):
        return BadRequest(
            "参数名不符", code="bus.wrong_arguments", where=where, remedy="请核对该调用的参数。"
        )
    if isinstance(error, MalformedRequest):
        return BadRequest(
            "请求不是 JSON 对象 {args, kwargs}",
            code="bus.malformed",
            where=where,
            remedy='请用守望自带的客户端调用；自己发消息的，正文写成 {"args": [], "kwargs": {…}}。',
        )
    return ShouwangError(
        "服务内部出错，本次调用没有结果",
        code=INTERNAL,
        where=where,
        remedy="请把时间和调用名告诉管理员，由其查看该服务的日志。",
        details={"type": type(error).__name__},
    )


def _unserialisable(reason: Exception, where: str) -> ShouwangError:
    return ShouwangError(
        "调用结果不能写成 JSON",
        code=UNSERIALISABLE,
        where=where,
        remedy="请让该调用只返回 JSON 值（日期写成 ISO 文本，金额写成分）。",
        details={"type": type(reason).__name__},
    )


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
