"""Batches that are broken off go on where they stood, and leave nothing behind (K-02)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shouwang.cli.document_batch import Batch
from shouwang.cli.document_files import Target
from shouwang.errors import BadRequest, Unavailable
from shouwang.sealing import seal

DESCRIPTION = {
    "form": "slip",
    "number": "附件 9",
    "title": "测试表",
    "fields": {"name": {"label": "姓名"}},
    "body": [{"line": "姓名：{name}"}],
}
ASKED = {"form": "slip", "region": "430426100001", "which": "all", "limit": 2, "purpose": "测试"}


class Fake:
    """Five households, two a page; breaks at a page once."""

    def __init__(self, breaks_at: str | None = None) -> None:
        self.breaks_at, self.asked = breaks_at, []

    def call(self, service: str, method: str, /, **args: Any) -> dict[str, Any]:
        if args["after"] == self.breaks_at and self.breaks_at:
            raise Unavailable("没有应答", code="door.silent")
        self.asked.append(args["after"])
        start = int(args["after"] or 0)
        numbers = list(range(start + 1, min(start + 2, 5) + 1))
        sheets = [{"household": f"h{n}", "case": None, "values": {"name": f"户{n}"}} for n in numbers]
        problems = [{"household": "h9", "code": "x", "problem": "缺"}] if start == 0 else []
        after = str(numbers[-1]) if numbers[-1] < 5 else None
        content = {"description": DESCRIPTION, "sheets": sheets}
        return {"sealed": seal(args["key"], content), "problems": problems, "next": after}


def batch(session: Any, out: Path, kind: str = "pdf") -> Batch:
    return Batch(session, ASKED, Target.of(out, kind))


def test_a_broken_batch_goes_on_where_it_stood(tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    with pytest.raises(Unavailable):
        batch(Fake(breaks_at="4"), out).run(lambda done: None)
    part = tmp_path / "all.pdf.part"
    assert part.stat().st_mode & 0o777 == 0o600
    session, seen = Fake(), []
    again = batch(session, out)
    again.run(seen.append)
    assert (session.asked, seen) == (["4"], [4, 5])
    assert again.finish().read_bytes().startswith(b"%PDF")
    assert [one["household"] for one in again.problems] == ["h9"]
    assert not part.exists()


def test_other_work_does_not_go_on_with_what_was_left(tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    with pytest.raises(Unavailable):
        batch(Fake(breaks_at="2"), out).run(lambda done: None)
    session = Fake()
    other = Batch(session, ASKED | {"region": "430426100002"}, Target.of(out, "pdf"))
    other.run(lambda done: None)
    assert (session.asked, other.printed) == ([None, "2", "4"], 5)


def test_a_folder_gets_one_file_a_household_and_old_ones_are_drawn_anew(tmp_path: Path) -> None:
    (tmp_path / "附件9-h1.docx").write_text("alt")
    work = batch(Fake(), tmp_path, "docx")
    work.run(lambda done: None)
    work.finish()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"附件9-h{n}.docx" for n in range(1, 6)]
    assert (tmp_path / "附件9-h1.docx").read_bytes().startswith(b"PK")


def test_what_was_written_before_the_break_is_not_drawn_again(tmp_path: Path) -> None:
    work = batch(Fake(), tmp_path, "docx")
    work.run(lambda done: None)
    part = tmp_path.with_name(f"{tmp_path.name}.part")
    state = json.loads(part.read_text(encoding="utf-8"))
    part.write_text(json.dumps(state | {"written": ["附件9-h1.docx"]}), encoding="utf-8")
    again = batch(Fake(), tmp_path, "docx")
    again.finish()
    assert "附件9-h1.docx" not in [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(("out", "kind"), [("nowhere", "pdf"), ("a.txt", "pdf"), (".", "odt")])
def test_a_target_that_is_none_is_refused(tmp_path: Path, out: str, kind: str) -> None:
    with pytest.raises(BadRequest):
        Target.of(tmp_path / out, kind)


def test_a_large_village_is_written_in_numbered_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.cli.document_batch.A_FILE", 2)
    work = batch(Fake(), tmp_path / "all.docx")
    work.run(lambda done: None)
    assert work.finish().name == "all-1.docx"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"all-{n}.docx" for n in (1, 2, 3)]


def test_a_village_without_households_gives_no_empty_file(tmp_path: Path) -> None:
    class Empty(Fake):
        def call(self, service: str, method: str, /, **args: Any) -> dict[str, Any]:
            content = {"description": DESCRIPTION, "sheets": []}
            return {"sealed": seal(args["key"], content), "problems": [], "next": None}

    work = batch(Empty(), tmp_path / "all.pdf")
    work.run(lambda done: None)
    with pytest.raises(BadRequest) as refused:
        work.finish()
    assert refused.value.code == "documents.nothing"
