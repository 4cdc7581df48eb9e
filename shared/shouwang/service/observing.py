"""What every entry point leaves behind: a count, a duration, ids on its log lines; never an argument."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from shouwang.errors import ShouwangError
from shouwang.service.entry import EntryPoint
from shouwang.telemetry import bind, measured

if TYPE_CHECKING:
    from shouwang.service.runtime import Runtime

KINDS: Final = {"call": "rpc", "on": "event", "daily": "daily"}
OURS: Final = 500
IDS: Final = ("call_id", "request_id", "event_id")


@contextmanager
def observed(runtime: Runtime, entry: EntryPoint, data: Mapping[str, Any]) -> Iterator[None]:
    """Count and time what runs inside; an unexpected exception leaves as an error without its text.

    The text of an unexpected exception may hold a person's data: only its type and place are logged.
    """
    ids = {name: str(data[name]) for name in IDS if data.get(name)}
    with bind(service=runtime.name, **ids), measured(runtime.name, entry.name, KINDS[entry.kind]):
        try:
            yield
        except ShouwangError as error:
            _tell(runtime, entry, error)
            raise
        except Exception as error:  # noqa: BLE001 - it leaves as a typed error, without its text
            raise _internal(runtime, entry, error) from None


def _tell(runtime: Runtime, entry: EntryPoint, error: ShouwangError) -> None:
    say = runtime.log.error if error.status >= OURS else runtime.log.info
    say("entry_refused", entry=entry.name, code=error.code, where=error.where)


def _internal(runtime: Runtime, entry: EntryPoint, error: Exception) -> ShouwangError:
    kind, place = type(error).__name__, _place(error)
    runtime.log.error("entry_failed", entry=entry.name, error=kind, place=place)
    return ShouwangError(
        f"内部错误 {kind}",
        code="internal",
        where=f"{runtime.name}.{entry.name}",
        remedy="请把时间和此处名称告诉平台管理员，详情在服务日志中。",
        details={"place": place},
    )


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
