"""How functions end and how measures answer, read in the source: in every branch, taken by a case or not."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from shouwang.department.entitlements import PER, entitled, not_entitled, unknown
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    one.__name__: one for one in (entitled, not_entitled, unknown)
}
MODULE: Final = "shouwang.department"
FEN: Final = "金额是整数分，不小于零：写成政策值，按比例的用 shouwang.money.share。"
Problems = Iterator[ConfigurationError]


def answer_problems(plugin: Plugin) -> Problems:
    """Yield every answer that could not be given, and every way through a function without one."""
    places = {one.defined: one.name for one in plugin.measures.values()}
    tables = (plugin.rules, plugin.facts, plugin.views, plugin.signals, plugin.indicators)
    on_tables = {one.defined: one.name for group in tables for one in group.values()}
    for path, tree in trees(plugin.folder):
        called = imported(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
                yield from _call(node, called[node.func.id], f"{path}:{node.lineno}")
            if isinstance(node, ast.FunctionDef):
                defined = f"{path}:{min([node.lineno, *(one.lineno for one in node.decorator_list)])}"
                if defined in places or defined in on_tables:
                    yield from _ends(node, path, defined in places)


def imported(tree: ast.Module) -> dict[str, Callable[..., Any]]:
    """Return the answers that a file imports, by the name that it gives them."""
    return {
        name.asname or name.name: ANSWERS[name.name]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == MODULE
        for name in node.names
        if name.name in ANSWERS
    }


def _call(node: ast.Call, function: Callable[..., Any], where: str) -> Problems:
    words = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    name, known = function.__name__, inspect.signature(function).parameters
    for word in words.keys() - known.keys():
        yield _wrong(f"{name}() 没有参数“{word}”", where, did_you_mean(word, known))
    starred = any(isinstance(one, ast.Starred) for one in node.args) or len(words) < len(node.keywords)
    if starred or words.keys() - known.keys():
        return
    try:
        given = inspect.signature(function).bind(*node.args, **words).arguments
    except TypeError as error:
        yield _wrong(f"{name}() 的参数不对：{error}", where, f"应为 {name}{inspect.signature(function)}。")
        return
    yield from _values(name, given, where)


def _values(name: str, given: dict[str, Any], where: str) -> Problems:
    for word in ("amount", "capped_at"):
        found, amount = _constant(given.get(word))
        if found and amount is not None and (type(amount) is not int or amount < 0):
            yield _wrong(f"{name}() 的 {word} 写成了 {amount}", where, FEN)
    found, per = _constant(given.get("per"))
    if found and per not in PER:
        yield _wrong(f"{name}() 的 per“{per}”没有意义", where, did_you_mean(str(per), PER))
    found, reason = _constant(given.get("reason"))
    if found and (not isinstance(reason, str) or (name != "entitled" and not reason.strip())):
        yield _wrong(f"{name}() 没有写明理由", where, "请用一句中文写明，农户看到的就是它。")
    found, receiving = _constant(given.get("receiving"))
    if found and receiving not in (True, False, None):
        yield _wrong(f"{name}() 的 receiving 应为 True、False 或 None", where, "是否正在享受，不知道的不写。")


def _constant(node: Any) -> tuple[bool, Any]:
    """Return whether a value is written out, and the value."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found, value = _constant(node.operand)
        return (True, -value) if found and isinstance(value, int | float) else (False, None)
    return (True, node.value) if isinstance(node, ast.Constant) else (False, None)


def _ends(function: ast.FunctionDef, path: Path, answers: bool) -> Problems:
    what = "entitled(…)、not_entitled(…) 或 unknown(…)" if answers else "一张表"
    for node in _returns(function.body):
        if node.value is None or isinstance(node.value, ast.Constant):
            said = "" if node.value is None else f" {ast.unparse(node.value)}"
            message = f"{function.name} 在这里 return{said}，没有答 {what}"
            yield _wrong(message, f"{path}:{node.lineno}", f"请 return {what}。")
    if _falls_through(function.body) and any(True for _ in _returns(function.body)):
        message = f"{function.name} 有一条路走到末尾，没有 return {what}"
        yield _wrong(message, f"{path}:{function.body[-1].lineno}", f"请在最后 return {what}。")


def _returns(body: Sequence[ast.AST]) -> Iterator[ast.Return]:
    """Yield the returns of a function, not those of functions inside it."""
    for node in body:
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield from _returns(list(ast.iter_child_nodes(node)))


def _falls_through(body: Sequence[ast.stmt]) -> bool:
    """Whether the end of a block can be reached."""
    return not any(_leaves(statement) for statement in body)


def _leaves(node: ast.stmt) -> bool:
    """Whether nothing after a statement can run."""
    if isinstance(node, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(node, ast.If):
        return bool(node.orelse) and not _falls_through(node.body) and not _falls_through(node.orelse)
    if isinstance(node, ast.With):
        return not _falls_through(node.body)
    if isinstance(node, ast.Try):
        return _tried(node)
    if isinstance(node, ast.While):
        return isinstance(node.test, ast.Constant) and bool(node.test.value) and not _breaks(node)
    return isinstance(node, ast.Match) and _matched(node)


def _tried(node: ast.Try) -> bool:
    tried = not _falls_through([*node.body, *node.orelse])
    handled = all(not _falls_through(handler.body) for handler in node.handlers)
    return (tried and handled) or not _falls_through(node.finalbody)


def _breaks(node: ast.While) -> bool:
    return any(isinstance(inner, ast.Break) for inner in ast.walk(node))


def _matched(node: ast.Match) -> bool:
    last = node.cases[-1]
    anything = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
    return anything and all(not _falls_through(case.body) for case in node.cases)


def _wrong(message: str, where: str, remedy: str) -> ConfigurationError:
    return wrong(message, where, remedy, "department.answer")
