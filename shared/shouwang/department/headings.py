"""Where the headings of a table stand in a sheet, and what is said when they do not.

A line of cells may be a person where a file came without headings: what looks like a number of somebody is
never repeated, and nothing is repeated of a line in which no heading was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from shouwang.department.cells import as_text
from shouwang.department.reading import DELIMITERS, Row, bad
from shouwang.errors import BadRequest
from shouwang.masking import looks_personal
from shouwang.suggestions import did_you_mean

HEADER_WITHIN: Final = 10  # a title or a unit line may stand above the headings
Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Headings:
    """The line of headings: its number, where each wanted one stands, the others, how wide the line is (to
    the last heading; `cells`: with the blanks behind it).

    `filled`: whether anything stood in the first lines; `one_cell`: delimiter by which a line of one cell
    holds the headings.
    """

    row: int
    positions: dict[str, int]
    ignored: list[str]
    width: int
    filled: bool
    delimiter: str = ""
    cells: int = 0


def find_headings(rows: Iterator[Row], wanted: Wanted) -> Headings:
    """Take rows until the headings are found; BadRequest import.double_column."""
    best = Headings(1, {}, [], 0, filled=False)
    for number, row in enumerate(rows, start=1):
        names = [as_text(cell).strip() for cell in row]
        found = {label: at for label, at in _positions(names, wanted) if at is not None}
        filled = best.filled or any(names)
        if len(found) > len(best.positions):
            best = Headings(number, found, _others(names, found), _width(names), filled, cells=len(row))
        delimiter = best.delimiter or _delimiter(names, wanted)
        best = replace(best, filled=filled, delimiter=delimiter)
        if len(found) == len(wanted):
            _no_doubles(names, wanted)
            return best
        if number == HEADER_WITHIN:
            break
    return best


def missing_columns(file: str, headings: Headings, wanted: Wanted, mapping: str = "") -> BadRequest:
    """Return the refusal of a file without all the headings; mapping: name of the mapping file in force."""
    if not headings.filled:
        return bad("empty", "文件是空的", "请检查导出是否成功。")
    if not headings.positions:
        return _no_heading(file, headings)
    missing = [label for label in wanted if label not in headings.positions]
    hints = [f"“{_shown(label, wanted)}”（{did_you_mean(label, headings.ignored)}）" for label in missing]
    ours = f"列名对照文件“{mapping}”正在使用，列名以它为准；" if mapping else ""
    return bad(
        "missing_column",
        f"文件“{file}”缺少列：{'、'.join(hints)}",
        f"{ours}请核对是否选错了表，或在表头补上该列；部门表头不同的，请写列名对照文件（docs/sdk/department.md）。",
        details={"missing": missing},
    )


def _no_heading(file: str, headings: Headings) -> BadRequest:
    if headings.delimiter:
        name = DELIMITERS[headings.delimiter]
        message = f"文件“{file}”的分隔符是{name}，应为半角逗号"
        return bad("delimiter", message, "请另存为逗号分隔的 csv 或 xlsx。")
    message = f"文件“{file}”没有找到表头（看了前 {HEADER_WITHIN} 行）"
    return bad("no_heading", message, "请核对是否选错了表；导出时请带上列名一行。")


def _shown(label: str, wanted: Wanted) -> str:
    theirs = wanted[label][0] if wanted[label] else label
    return label if theirs == label else f"{label}（对照为“{theirs}”）"


def _positions(names: Sequence[str], wanted: Wanted) -> Iterable[tuple[str, int | None]]:
    return [(label, _position(names, headings)) for label, headings in wanted.items()]


def _position(names: Sequence[str], headings: Sequence[str]) -> int | None:
    return next((names.index(heading) for heading in headings if heading in names), None)


def _others(names: Sequence[str], found: Mapping[str, int]) -> list[str]:
    taken = set(found.values())
    return [name for at, name in enumerate(names) if name and at not in taken and not looks_personal(name)]


def _width(names: Sequence[str]) -> int:
    return max((at + 1 for at, name in enumerate(names) if name), default=0)


def _delimiter(names: Sequence[str], wanted: Wanted) -> str:
    """Return the delimiter that would part a line of one cell into headings."""
    if sum(1 for name in names if name) != 1:
        return ""
    (line,) = (name for name in names if name)
    labels = {heading for headings in wanted.values() for heading in headings}
    found: dict[str, Any] = {one: labels & {part.strip() for part in line.split(one)} for one in DELIMITERS}
    return next((one for one, hits in found.items() if len(hits) > 1), "")


def _no_doubles(names: Sequence[str], wanted: Wanted) -> None:
    for label, headings in wanted.items():
        there = [name for name in names if name in headings]
        if len(there) > 1:
            raise bad(
                "double_column", f"列“{label}”在表头出现 {len(there)} 次：{'、'.join(there)}", "请只留一列。"
            )
