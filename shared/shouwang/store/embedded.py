"""The embedded store (being written)."""

from __future__ import annotations

from pathlib import Path


class EmbeddedMongo:
    """A private MongoDB-compatible server on loopback, as a child process."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.uri = ""

    def start(self) -> EmbeddedMongo:
        """Start it and wait until it answers."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop it."""
        raise NotImplementedError
