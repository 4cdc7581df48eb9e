"""Key ring (being written)."""

from __future__ import annotations

from pathlib import Path


class KeyRing:
    """Data keys, blind key, MAC key and the sealing pair of one service."""

    @classmethod
    def generate(cls, path: Path | str) -> KeyRing:
        """Make new keys in the folder `path` (files of mode 600)."""
        raise NotImplementedError

    @classmethod
    def from_dir(cls, path: Path | str) -> KeyRing:
        """Read the keys of the folder `path`."""
        raise NotImplementedError
