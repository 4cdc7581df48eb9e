"""Mutants of a module: its source with one condition changed, as code that can stand in for the true one.

Changed are comparisons (also by one: < to <=), and/or, not, the three-valued words (all_of, at_most …), plus
and minus, least and most, the test of an if. Text, labels and constants of the module stay as they are.
"""

from __future__ import annotations

import ast
import copy
import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any, Final

Function = ast.FunctionDef | ast.AsyncFunctionDef

COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
NAMED: Final = {
    "all_of": "any_of",
    "any_of": "all_of",
    "at_most": "below",
    "below": "at_most",
    "at_least": "above",
    "above": "at_least",
    "max": "min",
    "min": "max",
    "any": "all",
    "all": "any",
}
REMOVED: Final = "not_"


@dataclass(frozen=True)
class Mutant:
    """One change. function: qualified name; was, is_now: the text before and after; code: of the function."""

    function: str
    line: int
    was: str
    is_now: str
    code: CodeType

    @property
    def key(self) -> str:
        """Return how a list of harmless mutants names it: "function: was → is now"."""
        return f"{self.function}: {self.was} → {self.is_now}"


Changes = Callable[[Any], Iterator[ast.expr]]


def mutants(
    module: ModuleType, telling: frozenset[str] = frozenset(), more: Changes | None = None
) -> Iterator[Mutant]:
    """Return every mutant of a module; functions named in `telling` only put things into words.

    more: what else an expression may be changed into.
    """
    file = inspect.getsourcefile(module)
    assert file is not None
    for part in ast.parse(inspect.getsource(module), file).body:
        tree = ast.Module([part], [])  # a part at a time: what is copied and compiled anew stays small
        for path in _places(tree):
            yield from _of_place(tree, path, file, telling, more)


Path = tuple[tuple[str, int | None], ...]


def _places(tree: ast.AST, path: Path = ()) -> Iterator[Path]:
    """Return the way to every node inside a function, from the root."""
    for name, value in ast.iter_fields(tree):
        several = value if isinstance(value, list) else [value]
        for index, node in enumerate(several):
            if isinstance(node, ast.AST) and name not in ("decorator_list", "annotation", "returns"):
                here = (*path, (name, index if isinstance(value, list) else None))
                yield here
                yield from _places(node, here)


def _at(tree: ast.AST, path: Path) -> Any:
    for name, index in path:
        found = getattr(tree, name)
        tree = found if index is None else found[index]
    return tree


def _of_place(
    tree: ast.Module, path: Path, file: str, telling: frozenset[str], more: Changes | None
) -> Iterator[Mutant]:
    names = _enclosing(tree, path)
    if not names or telling & set(names):
        return
    node = _at(tree, path)
    for changed in itertools.chain(_changes(node), more(node) if more else ()):
        mutated = copy.deepcopy(tree)
        _put(mutated, path, changed)
        code = _code_of(compile(ast.fix_missing_locations(mutated), file, "exec"), names)
        yield Mutant(".".join(names), node.lineno, ast.unparse(node), ast.unparse(changed), code)


def _enclosing(tree: ast.AST, path: Path) -> list[str]:
    """Return the names of class and outermost function around a node, [] outside of any function."""
    names: list[str] = []
    for end in range(1, len(path)):
        node = _at(tree, path[:end])
        if isinstance(node, ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, Function):
            return [*names, node.name]
    return []


def _put(tree: ast.AST, path: Path, node: ast.AST) -> None:
    above, (name, index) = _at(tree, path[:-1]), path[-1]
    if index is None:
        setattr(above, name, node)
    else:
        getattr(above, name)[index] = node


def _changes(node: ast.AST) -> Iterator[ast.expr]:
    """Return what an expression may be changed into."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARED[type(node.ops[0])]:
            yield _with(node, ops=[other()])
    elif isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            for other in COMPARED[type(op)]:
                yield _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) and not _text(node):
        yield _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    elif isinstance(node, ast.IfExp) and isinstance(node.test, ast.Name | ast.Attribute):
        yield _with(node, test=ast.UnaryOp(ast.Not(), copy.deepcopy(node.test)))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _other_words(node, node.func.id)


def _other_words(node: ast.Call, word: str) -> Iterator[ast.expr]:
    if word in NAMED and not _single(node):
        yield _with(node, func=ast.Name(NAMED[word], ast.Load()))
    if word == REMOVED:
        yield copy.deepcopy(node.args[0])


def _single(node: ast.Call) -> bool:
    """Whether all_of and any_of mean the same: of a single argument."""
    plain = len(node.args) == 1 and not isinstance(
        node.args[0], ast.Starred | ast.GeneratorExp | ast.ListComp
    )
    return plain and isinstance(node.func, ast.Name) and node.func.id in ("all_of", "any_of")


def _text(node: ast.BinOp) -> bool:
    """Whether something is put together that has no minus: texts, lists."""
    kinds = ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp
    sides = (node.left, node.right)
    return any(isinstance(one, kinds) or _is_text(one) for one in sides)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _with(node: Any, **fields: Any) -> Any:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _code_of(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == name)
    return code
