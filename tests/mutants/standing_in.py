"""Lets the code of a mutant stand in for the true one, wherever the function is held, and takes it back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType

from shouwang import decision

from tests.mutants.mutations import NAMED, Mutant


def functions_of(module: ModuleType) -> dict[str, list[FunctionType]]:
    """Return every function object that a module's source defines, by qualified name, decorated or not."""
    found: dict[str, list[FunctionType]] = {}
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename == module.__file__:
            found.setdefault(one.__code__.co_qualname, []).append(one)
    return found


@contextmanager
def words_at_hand(module: ModuleType) -> Iterator[None]:
    """Give the module the words into which mutants change its own: `below` where it imports `at_most`."""
    names = vars(module)
    lent = {word: getattr(decision, word) for word in NAMED if hasattr(decision, word) and word not in names}
    names.update(lent)
    try:
        yield
    finally:
        for word in lent:
            del names[word]


@contextmanager
def standing_in(mutant: Mutant, functions: dict[str, list[FunctionType]]) -> Iterator[None]:
    """Run with the mutant's code instead of the true one."""
    true: list[tuple[FunctionType, CodeType]] = [(one, one.__code__) for one in functions[mutant.function]]
    for one, _ in true:
        one.__code__ = mutant.code
    try:
        yield
    finally:
        for one, code in true:
            one.__code__ = code
