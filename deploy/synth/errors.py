"""What may go wrong before or while a county is written."""

from __future__ import annotations


class SynthError(Exception):
    """A request that cannot be met: what is wrong and what to do, in one Chinese line."""
