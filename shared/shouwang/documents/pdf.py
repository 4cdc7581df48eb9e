"""Documents as PDF: compiled in this process by typst, fonts embedded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from shouwang.documents import fonts
from shouwang.documents.markup import charts_of, markup
from shouwang.documents.model import Document


def render(documents: Sequence[Document]) -> bytes:
    """Return one PDF of these documents, each beginning on a page of its own."""
    import typst  # noqa: PLC0415 - only who prints needs it

    with TemporaryDirectory(prefix="shouwang-pdf-") as folder:
        pictures = _pictures(documents, Path(folder))
        source = Path(folder) / "main.typ"
        source.write_text(markup(documents, pictures), encoding="utf-8")
        paths = [str(path) for path in fonts.folders()]
        return bytes(typst.compile(str(source), root=folder, font_paths=paths, ignore_system_fonts=True))


def _pictures(documents: Sequence[Document], folder: Path) -> list[str]:
    charts = charts_of(documents)
    if not charts:
        return []
    from shouwang.documents.charts import draw  # noqa: PLC0415

    names = [f"chart-{number}.png" for number, _ in enumerate(charts)]
    for chart, name in zip(charts, names, strict=True):
        (folder / name).write_bytes(draw(chart))
    return names
