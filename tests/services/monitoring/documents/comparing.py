"""What a form of the source says, against what the rendered form says: every field, order and note.

source_fields/form<n>.yaml lists in printed order: {text, line} of the source; with {instead, why} where a
misprint is
put right; {added, why} where the source has lost it; {dropped, line, why} where something stands there by
mistake.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from shouwang.yaml_lines import load

FOLDER = Path(__file__).parent / "source_fields"
NAME = "shared/seeds/2021-hengyang-policy-compendium.txt"
SEED = next((home / NAME for home in Path(__file__).parents[5:] if (home / NAME).is_file()), None)
"""The compendium, where it lies beside the repository."""

_MARKUP = (
    (re.compile(r"<input[^>]*>"), "□"),
    (re.compile(r"<[^>]+>"), ""),
    (re.compile(r"\\_|_|\*\*|^#+ |^-{3,}.*$|^--$|\$", re.M), ""),
    (re.compile(r"\s"), ""),
)
_SAME = str.maketrans({"(": "（", ")": "）", "−": "-", ",": "，", ":": "：", "☑": "□"})


def plain(text: str) -> str:
    """Return a text without markup, blanks and lines to be filled in; brackets and colons in one width."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text.translate(_SAME)


def items(form: int) -> list[dict[str, Any]]:
    """Return the vendored list of a form."""
    return list(load(FOLDER / f"form{form}.yaml")["items"])


def expected(form: int) -> str:
    """Return what the rendered form must say, and nothing else."""
    return "".join(plain(one.get("instead", one.get("text", one.get("added", "")))) for one in items(form))


def in_source(form: int) -> str:
    """Return what the source says, as the list has it."""
    return "".join(plain(one.get("text", one.get("dropped", ""))) for one in items(form))


def seed(first: int, last: int) -> str:
    """Return these lines of the compendium, plain."""
    assert SEED is not None
    lines = SEED.read_text(encoding="utf-8").splitlines()[first - 1 : last]
    return plain("\n".join(lines))


def pdf_text(content: bytes, folder: Path) -> str:
    """Return the text of a PDF in the order in which it was set."""
    path = folder / "form.pdf"
    path.write_bytes(content)
    command = ["pdftotext", "-raw", "-nopgbrk", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return plain(re.sub(r"^— \d+ —$", "", text, flags=re.M))


def docx_text(content: bytes) -> str:
    """Return the text of a docx, paragraphs and tables in their order, a merged cell once."""
    from io import BytesIO

    from docx import Document
    from docx.table import Table

    found: list[str] = []
    for block in Document(BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            seen: list[Any] = []
            for cell in (cell for row in block.rows for cell in row.cells):
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    found += [paragraph.text for paragraph in cell.paragraphs]
        else:
            found.append(block.text)
    return plain("".join(found))
