"""The commands that the pages tell people to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer.main
from shouwang.cli.main import COMMANDS, _app, _extras

from tests.guards.tree import ROOT, place

INLINE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.M | re.S)
MAKE = re.compile(r"^(?:sudo )?(?:\w+=\S+ )*make ((?:[a-z-]+ ?)+)")
SHOUWANG = re.compile(r"(?:^|(?<=/)|(?<!-p )(?<= ))shouwang ([a-z].*)$")
OPERATOR = re.compile(r"\brun --rm operator ([a-z].*)$")
EXEC = re.compile(r"\bexec (?:-T )?\S+ shouwang ([a-z].*)$")


@dataclass(frozen=True)
class Typed:
    """One command as a page writes it."""

    words: tuple[str, ...]
    where: str


def typed(page: Path, pattern: re.Pattern[str]) -> Iterator[Typed]:
    """Return what a page tells to type after the words of the pattern."""
    for number, line in _written(page.read_text(encoding="utf-8")):
        found = pattern.search(line.partition("  #")[0].partition(" | ")[0].strip())
        if found:
            words = found[1].strip().rstrip("\\").strip()
            yield Typed(tuple(shlex.split(words, comments=True)), place(page, number))


def _written(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines of examples and the code in running text, with their line numbers."""
    for block in FENCE.finditer(text):
        start = text.count("\n", 0, block.start(1)) + 1
        yield from enumerate(block[1].splitlines(), start)
    for number, line in enumerate(FENCE.sub(lambda one: "\n" * one[0].count("\n"), text).splitlines(), 1):
        yield from ((number, code) for code in INLINE.findall(line))


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def problem(words: tuple[str, ...]) -> str | None:
    """Return what is wrong with `shouwang <words>`: no such command, sub-command or option."""
    if words[0] not in {*COMMANDS, *_extras()}:
        return f"no command {words[0]}"
    command, rest = _command(words[0]), list(words[1:])
    if hasattr(command, "commands"):
        if not rest or rest[0] not in command.commands:
            return f"{words[0]} has no {rest[0] if rest else 'default'}"
        command = command.commands[rest.pop(0)]
    known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)} | {
        "--help"
    }
    wrong = [word for word in rest if word.startswith("--") and word.partition("=")[0] not in known]
    return f"no option {' '.join(wrong)}" if wrong else None


@cache
def _command(name: str) -> Any:
    app = _app(name)
    return typer.main.get_command(app) if isinstance(app, typer.Typer) else app
