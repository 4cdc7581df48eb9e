"""The refused rows of a file, corrected in a sheet of their own and put back in their places.

The period is still one file, replaced whole: the same file with these rows corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shouwang.department.reading import bad
from shouwang.department.refused_sheet import NUMBER, SOURCE, SOURCE_DIGITS
from shouwang.department.sheets import Chunk, digest, open_sheet
from shouwang.department.table import Table
from shouwang.errors import BadRequest

DIGITS = 12


@dataclass
class Corrections:
    """Corrected rows: number -> cells by heading. `used`: those that were found in the file."""

    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    digest: str = ""
    used: set[int] = field(default_factory=set)

    def put_into(self, chunk: Chunk) -> Chunk:
        """Return the chunk with its corrected rows in place."""
        hits = [at for at, number in enumerate(chunk.numbers) if number in self.rows]
        for at in hits:
            number = chunk.numbers[at]
            self.used.add(number)
            chunk.faults.pop(at, None)
            for label, values in chunk.cells.items():
                values[at] = self.rows[number][label]
        return chunk

    def require_all_used(self) -> None:
        """BadRequest `import.correction_lost` when the file has no such row."""
        lost = sorted(self.rows.keys() - self.used)
        if lost:
            message = f"更正表有 {len(lost)} 行在原文件里找不到（如原行号 {lost[0]}）"
            raise bad("correction_lost", message, f"请不要改动“{NUMBER}”列。")


def read_corrections(path: Path, table: type[Table], source: str) -> Corrections:
    """Read a corrected sheet; `source`: digest of the file that it corrects.

    BadRequest: as `open_sheet`, import.other_file, import.correction_number, import.correction_twice,
    import.correction_row.
    """
    wanted = {label: (label,) for label in (NUMBER, SOURCE, *table.labels())}
    rows: dict[int, Mapping[str, str]] = {}
    for chunk in open_sheet(path, wanted).chunks():
        for at in range(len(chunk.numbers)):
            cells = {label: values[at].strip() for label, values in chunk.cells.items()}
            if cells.pop(SOURCE) != source[:SOURCE_DIGITS]:
                raise _other_file(path)
            number = _number(cells.pop(NUMBER))
            for fault in chunk.faults.get(at, []):
                raise bad("correction_row", f"更正表中原行号 {number}：{fault.text}", "请改好这一行后重试。")
            if number in rows:
                raise bad("correction_twice", f"更正表中原行号 {number} 出现两次", "请只留一行。")
            rows[number] = cells
    return Corrections(rows, digest(path))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > DIGITS:
        raise bad("correction_number", f"更正表有一行的“{NUMBER}”不是数字", f"请不要改动“{NUMBER}”列。")
    return int(text)


def _other_file(path: Path) -> BadRequest:
    remedy = "请同时给出当初有误的那个文件；它也变了的，请重新导入后再取被拒的行。"
    return bad("other_file", f"“{path.name}”不是更正这个文件的", remedy)
