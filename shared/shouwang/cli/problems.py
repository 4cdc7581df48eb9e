"""How the command line says what went wrong: one Chinese line on stderr, and a non-zero exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable
from typing import Any, Final

from shouwang.errors import ShouwangError

FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

_USAGE: Final[tuple[tuple[str, str], ...]] = (
    (r"Missing command\.", "缺少子命令"),
    (r"Missing (?:argument|parameter)\s*'?(.*?)'?\.", r"缺少参数 {}"),
    (r"Missing option\s*'?(.*?)'?\.", r"缺少选项 {}"),
    (r"No such command '(.*)'\..*", r"没有子命令“{}”"),
    (r"No such option: (\S+).*", r"没有选项 {}"),
    (r"Got unexpected extra argument\(?s?\)? \((.*)\)", r"多出参数 {}"),
    (r"Option '(.*)' requires .*", r"选项 {} 需要一个值"),
    (r"Option '(.*)' does not take a value\.", r"选项 {} 不带值"),
    (r"Invalid value for '?(.*?)'?: .*", r"{} 的值不合规定"),
)


def guarded(work: Callable[[], Any]) -> int:
    """Run `work`; return its exit code, or that of the error it ended with, after printing one line."""
    from typer import Abort, Exit, TyperException  # noqa: PLC0415 - keeps `shouwang --help` instant

    try:
        result = work()
    except ShouwangError as error:
        return say(error)
    except TyperException as error:
        return _say_usage(error.format_message())
    except Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        _line("已中断。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: one line instead of a traceback
        return _say_unexpected(error)
    return result if isinstance(result, int) else 0


def say(error: ShouwangError) -> int:
    """Print an expected error with every reason it carries; return the exit code."""
    _traceback()
    _line(sentence(error))
    for reason in error.details.get("reasons", []):
        source = f"（{reason['source']}）" if reason.get("source") else ""
        _line(f"  - {reason['message']}{source}")
    return FAILED


def sentence(error: ShouwangError) -> str:
    """Return what was wrong, where, and what to do, as one line."""
    place = f"{error.where}：" if error.where else ""
    return f"{place}{error.message.rstrip('。')}。{error.remedy}"


def in_chinese(message: str) -> str:
    """Return a usage message of the command line library in Chinese."""
    for pattern, text in _USAGE:
        if found := re.fullmatch(pattern, message.strip(), re.S):
            return text.format(*found.groups())
    return message.strip()


def debugging() -> bool:
    """Whether tracebacks are wanted (SHOUWANG_DEBUG)."""
    return os.environ.get("SHOUWANG_DEBUG", "").lower() in {"1", "true", "yes", "on"}


def _say_usage(message: str) -> int:
    _traceback()
    _line(f"用法有误：{in_chinese(message)}。请加 --help 看用法。")
    return USAGE


def _say_unexpected(error: Exception) -> int:
    _traceback()
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = type(error).__name__
    _line(f"内部错误：{kind}（{place.filename}:{place.lineno}）。请设 SHOUWANG_DEBUG=1 重试以查看详情。")
    return FAILED


def _traceback() -> None:
    if debugging():
        traceback.print_exc()


def _line(text: str) -> None:
    print(text, file=sys.stderr)
