"""A ledger fetched page by page and written as xlsx."""

from __future__ import annotations

from pathlib import Path

from shouwang.cli.document_files import Json, opened
from shouwang.cli.session import Session
from shouwang.files import write_private
from shouwang.sealing import KeyPair


def read_ledger(session: Session, asked: Json) -> Json:
    """Return {title, columns, rows, on, region} of all pages."""
    pair = KeyPair.generate()
    found: Json = {}
    after = None
    while True:
        answer = session.call("monitoring", "ledger", **asked, after=after, key=pair.public_text)
        content = opened(pair, answer)
        found = {**content, "rows": [*found.get("rows", []), *content["rows"]]}
        after = answer["next"]
        if after is None:
            return found


def read_national(session: Session, asked: Json) -> Json:
    """Return {title, headings, rows, cases} of all pages of what a town types into the national system."""
    pair = KeyPair.generate()
    found: Json = {"rows": [], "cases": []}
    after = None
    while True:
        answer = session.call(
            "monitoring", "national_export", **asked, after=after, reader_key=pair.public_text
        )
        content = opened(pair, answer)
        cases = [*found["cases"], *answer["cases"]]
        found = {**content, "rows": [*found["rows"], *content["rows"]], "cases": cases}
        if not answer["more"] or not answer["cases"]:
            return found
        after = answer["cases"][-1]


def write_national(found: Json, out: Path) -> None:
    """Write the rows as a plain workbook for its owner only."""
    from shouwang.documents import workbook  # noqa: PLC0415

    write_private(out, workbook.plain(found["title"], found["headings"], found["rows"]))


def write_ledger(found: Json, out: Path) -> None:
    """Write the workbook for its owner only."""
    from shouwang.documents import workbook  # noqa: PLC0415

    said = workbook.said_of(found["region"], found["on"])
    write_private(out, workbook.render(found["title"], said, found["columns"], found["rows"]))
