"""Runs the command line in this process and keeps what it printed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from shouwang.cli.main import run


@dataclass
class Ran:
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def shouwang(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    capsys.readouterr()
    code = run(list(arguments))
    printed = capsys.readouterr()
    return Ran(code, printed.out, printed.err)
