"""The loop of a worker process: JSON lines over the inherited socket, one question after another.

{"do", "args"} in; {"part": …} any number, then {"result": …} or {"error": …} out. The first question is
{"do": "load"}. No eventlet here; only methods that the worker names can be asked.
"""

from __future__ import annotations

import gc
import json
import socket
import sys
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from shouwang.errors import ConfigurationError, ShouwangError

Send = Callable[[Any], None]


def run(make: Callable[..., Any], askable: Collection[str], owner: str) -> None:
    """Serve on the inherited socket. What others print goes to stderr, never into the protocol."""
    sys.stdout = sys.stderr
    channel = socket.socket(fileno=int(sys.argv[1]))
    channel.setblocking(True)  # a green parent hands its end over non-blocking
    serve(channel, make, askable, owner)


def serve(channel: socket.socket, make: Callable[..., Any], askable: Collection[str], owner: str) -> None:
    """Answer requests until the other side closes; `make(**args)` makes the worker of the first one."""
    lines = channel.makefile("r", encoding="utf-8", newline="\n")

    def send(message: Any) -> None:
        text = json.dumps(message, ensure_ascii=False, default=_plain, allow_nan=False)
        channel.sendall(f"{text}\n".encode())

    worker: Any = None
    for line in lines:
        request = json.loads(line)
        try:
            if request["do"] == "load":
                worker = make(**request["args"])
                gc.freeze()  # what was loaded stays: the collector need not look through it again and again
                send({"result": None})
            elif worker is None or request["do"] not in askable:
                raise ConfigurationError(
                    "计算进程不认识这个请求。",
                    code=f"{owner}.worker_request",
                    remedy="计算进程与服务的版本不同：请一起重新启动。",
                )
            else:
                ask = getattr(worker, request["do"])
                send({"result": ask(lambda part: send({"part": part}), **request["args"])})
        except ShouwangError as error:
            send({"error": error.to_dict()})
        except Exception as error:  # noqa: BLE001 (the boundary of the process: told to the service)
            send({"error": _unexpected(error, owner).to_dict()})


def _unexpected(error: Exception, owner: str) -> ConfigurationError:
    """Say what broke without the error's text, which may hold a person's data; the trace is the place."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return ConfigurationError(
        f"计算进程出错：{type(error).__name__}。",
        code=f"{owner}.worker_error",
        where=where,
        remedy="请看该服务日志中所写的文件和行；同样的请求再次出错的，报告给维护人员。",
    )


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
