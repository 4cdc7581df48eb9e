"""Where tables go: as wide as the terminal, and wide enough to be read by a program otherwise."""

from __future__ import annotations

import sys

from rich.console import Console

PIPED = 160
"""Columns where no terminal says how wide it is."""


def console() -> Console:
    """Return the console of standard output."""
    return Console(width=None if sys.stdout.isatty() else PIPED)
