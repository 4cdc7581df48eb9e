"""Where documents are written, and drawing sheets into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shouwang.documents import Document, read_description
from shouwang.documents.filling import copies
from shouwang.errors import BadRequest
from shouwang.sealing import KeyPair, open_sealed

FORMATS: Final = (".pdf", ".docx")
Json = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """One file for all households (.pdf, .docx), a .zip, or a folder with a file each; `ending` of those."""

    path: Path
    ending: str
    single: bool

    @classmethod
    def of(cls, path: Path, kind: str) -> Target:
        """Return what a path means; BadRequest when it is neither a file of these nor a folder."""
        ending = f".{kind.removeprefix('.')}"
        if ending not in FORMATS:
            raise BadRequest(f"没有格式 {kind}", code="documents.format", remedy="可用 pdf 或 docx。")
        if path.suffix in FORMATS:
            return cls(path, path.suffix, True)
        if path.suffix != ".zip" and not path.is_dir():
            raise BadRequest(
                "应为 .pdf、.docx、.zip 文件，或已有的文件夹",
                code="documents.out",
                where=str(path),
                remedy="请把 --out 改成以 .pdf、.docx 或 .zip 结尾，或先建好文件夹。",
            )
        return cls(path, ending, False)


def format_of(out: Path, known: Sequence[str]) -> str:
    """Return the ending of the file to be written; BadRequest when it is none of those."""
    if out.suffix not in known:
        raise BadRequest(
            f"文件名应以 {'、'.join(known)} 结尾", code="documents.out", where=str(out), remedy="请改文件名。"
        )
    return out.suffix


def opened(pair: KeyPair, answer: Mapping[str, Any]) -> Json:
    """Return what was sealed to us."""
    found: Json = open_sealed(pair.private, answer["sealed"])
    return found


def documents_of(description: Mapping[str, Any], sheets: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Return every copy of every sheet (K-04)."""
    form = read_description(description)
    return [copy for sheet in sheets for copy in copies(form, sheet["values"])]


def draw(description: Mapping[str, Any], sheets: Sequence[Mapping[str, Any]], ending: str) -> bytes:
    """Return one file of all these sheets."""
    return renderer(ending)(documents_of(description, sheets))


def renderer(ending: str) -> Callable[[Sequence[Document]], bytes]:
    """Return what draws documents into a file of this ending."""
    if ending == ".pdf":
        from shouwang.documents import pdf  # noqa: PLC0415

        return pdf.render
    from shouwang.documents import word  # noqa: PLC0415

    return word.render
