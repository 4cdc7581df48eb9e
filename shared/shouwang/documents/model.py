"""A document ready to be drawn: paragraphs of runs, tables, charts. Every writer draws the same blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Style = Literal["", "bold", "blank", "record"]
"""blank: a value on a line (empty: only the line) · record: small, what the system has on file."""

Size = Literal["body", "small", "heading"]


@dataclass(frozen=True)
class Run:
    """A piece of text of one style; `width` (in characters) is the least length of a blank."""

    text: str
    style: Style = ""
    width: int = 0


@dataclass(frozen=True)
class Para:
    """A paragraph; `indent` is two characters in the first line; `space` millimetres above it."""

    runs: tuple[Run, ...]
    align: Align = "left"
    size: Size = "body"
    indent: bool = False
    space: float = 0

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)

    @property
    def leads(self) -> bool:
        """Whether it belongs to what follows: a heading, or the bold title of a table."""
        titled = self.align == "center" and all(run.style == "bold" for run in self.runs)
        return self.size == "heading" or titled


@dataclass(frozen=True)
class Cell:
    """A cell over `span` columns and `down` rows."""

    paras: tuple[Para, ...]
    span: int = 1
    down: int = 1
    middle: bool = True


@dataclass(frozen=True)
class Row:
    """A row; `height` in millimetres is the least."""

    cells: tuple[Cell, ...]
    height: float = 0


@dataclass(frozen=True)
class Table:
    """A table with borders; widths are shares; the first `header` rows are repeated on every page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    header: int = 0
    size: float = 0
    """Points; 0 is the document's own size."""


@dataclass(frozen=True)
class Series:
    """One row of values of a chart; None is not known and is not drawn."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Bars or lines that can be told apart in black and white; unit stands at the axis."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Literal["bar", "line", "level"] = "bar"
    unit: str = ""


@dataclass(frozen=True)
class Gap:
    """White space in millimetres."""

    height: float


Block = Para | Table | Chart | Gap


@dataclass(frozen=True)
class Document:
    """One sheet: `number` ("附件 3") and `mark` ("村（居）委会存") stand above the title."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    mark: str = ""
    foot: str = ""
    landscape: bool = False
    size: float = 12
    names: tuple[str, ...] = field(default=(), repr=False)
