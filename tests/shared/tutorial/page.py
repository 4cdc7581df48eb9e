"""A page whose blocks can be followed: what to type, what to write into which file, what is seen.

The words after the language say what a block is: `run` (type it, it succeeds), `fails` (it is refused),
`background` (it keeps running until `<!-- stop -->`), `county` (type it where the county's services run),
`file=NAME` (write it there), `shows` (lines that the block before printed, in order). Others are for reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```\w+ (?P<words>[^\n]+)\n(?P<text>.*?)^```$|^<!-- (?P<stop>stop) -->$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """One block: its words (run, venv, file=…), its text, and where it stands."""

    words: tuple[str, ...]
    text: str
    where: str

    @property
    def file(self) -> str:
        """Return the file that it is the content of, "" when it is none."""
        return next((word.removeprefix("file=") for word in self.words if word.startswith("file=")), "")


def blocks(page: Path) -> Iterator[Block]:
    """Yield what a reader does and sees, in order."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        where = f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}"
        words = (found["words"] or found["stop"]).split()
        yield Block(tuple(words), found["text"] or "", where)
