"""A report fetched from monitoring and drawn."""

from __future__ import annotations

from pathlib import Path

from shouwang.cli.document_files import Json, renderer
from shouwang.cli.session import Session
from shouwang.documents import fill, read_description
from shouwang.files import write_private


def fetch(session: Session, kind: str, region: str, period: str) -> Json:
    """Return {kind, region, period, closed_on, data, document}."""
    found: Json = session.call("monitoring", "report", kind=kind, region=region, period=period)
    return found


def write_report(found: Json, out: Path, ending: str) -> None:
    """Draw the report; it holds no person."""
    write_private(out, renderer(ending)([fill(read_description(found["document"]), {})]))
