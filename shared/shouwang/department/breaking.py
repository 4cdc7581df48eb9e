"""What a plugin's own code said when it broke, as a sentence with the likely word."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from shouwang.suggestions import did_you_mean

Told = tuple[str, str]
LONGEST: Final = 200
"""Characters of a list of words that still help."""
_WORD: Final = re.compile(r"(?:\w+\.)?(\w+)\(\) got an unexpected keyword argument '(\w+)'")
_LACKS: Final = re.compile(r"(?:\w+\.)?(\w+)\(\) missing \d+ required [\w -]*arguments?: (.+)")
_NAME: Final = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")


def explained(error: BaseException, known: dict[str, Callable[..., Any]]) -> Told:
    """Return what was wrong and what to do. known: by name, the functions that may have been called."""
    for explain in (_argument, _import, _attribute):
        for told in explain(error, known):
            return told
    if isinstance(error, NameError) and error.name:
        return f"“{error.name}”没有定义", did_you_mean(error.name, known)
    return f"{type(error).__name__}: {error}", "请看这一行：参数、列的种类和括号。"


def _argument(error: BaseException, known: dict[str, Callable[..., Any]]) -> Iterator[Told]:
    if isinstance(error, TypeError) and (found := _WORD.search(str(error))):
        function, word = found.groups()
        known_words = list(inspect.signature(known[function]).parameters) if function in known else []
        yield (
            f"{function}() 没有参数“{word}”",
            did_you_mean(word, [one for one in known_words if one != "self"]),
        )
    if isinstance(error, TypeError) and (found := _LACKS.search(str(error))):
        function, lacking = found.groups()
        words = lacking.replace(" and ", "、").replace("'", "")
        yield f"{function}() 缺少参数 {words}", "请补上。"


def _import(error: BaseException, known: dict[str, Callable[..., Any]]) -> Iterator[Told]:
    del known
    if isinstance(error, ModuleNotFoundError) and error.name:
        rooms = "部门自己的文件用相对导入：from .tables import …。"
        yield f"没有模块 {error.name}", f"{rooms}别的软件包请写进 pyproject.toml 并安装。"
    elif isinstance(error, ImportError) and (found := _NAME.search(str(error))):
        word, module = found.groups()
        there = [one for one in vars(sys.modules.get(module, object)) if not one.startswith("_")]
        yield f"{module.rpartition('.')[2]} 里没有“{word}”", did_you_mean(word, there)


def _attribute(error: BaseException, known: dict[str, Callable[..., Any]]) -> Iterator[Told]:
    del known
    if isinstance(error, AttributeError) and error.name and error.obj is not None:
        kind = error.obj if isinstance(error.obj, type) else type(error.obj)
        words = [one for one in dir(kind) if not one.startswith("_")]
        likely = did_you_mean(error.name, getattr(kind, "__members__", words))
        yield f"{kind.__name__} 没有“{error.name}”", likely if len(likely) < LONGEST else "请核对拼写。"


def api() -> dict[str, Callable[..., Any]]:
    """Return what a plugin may call, by name: all that `shouwang.department` gives, and a table's words."""
    sdk = vars(sys.modules["shouwang.department"])
    words = {name: getattr(sdk["Table"], name) for name in ("within", "latest", "previous")}
    return {name: sdk[name] for name in sdk["__all__"] if callable(sdk[name])} | words
