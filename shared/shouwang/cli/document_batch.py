"""The forms of a whole village, a page at a time; broken off, the same command goes on where it stood.

What has come already waits beside the target in a file for its owner only (`<out>.part`), and goes when all
is written.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from shouwang.cli.document_files import Json, Target, draw, opened
from shouwang.cli.session import Session
from shouwang.errors import BadRequest
from shouwang.files import write_private
from shouwang.sealing import KeyPair

ASKED = ("form", "region", "which")
A_FILE = 100
"""Sheets in one file."""


class Batch:
    """One village, one form: `run` fetches (and goes on after a break), `finish` draws."""

    def __init__(self, session: Session, asked: Json, target: Target) -> None:
        self._session, self._asked, self._target = session, asked, target
        self._pair = KeyPair.generate()
        self._part = target.path.with_name(f"{target.path.name}.part")
        self._state = self._kept()

    @property
    def printed(self) -> int:
        """How many sheets have come."""
        return len(self._state["sheets"])

    @property
    def problems(self) -> list[Json]:
        """The households without a sheet: {household, code, problem}."""
        problems: list[Json] = self._state["problems"]
        return problems

    def run(self, told: Callable[[int], None]) -> None:
        """Fetch every page; what has come is kept after each."""
        told(self.printed)
        while not self._state["done"]:
            self._page()
            self._keep()
            told(self.printed)

    def finish(self) -> Path:
        """Draw what was fetched, and forget what was kept."""
        if not self._state["sheets"]:
            self._part.unlink(missing_ok=True)
            raise BadRequest(
                "该村没有这张表可打印的户",
                code="documents.nothing",
                where=self._asked["region"],
                remedy="附件1、附件2 可加 --which all 打印全村。",
            )
        if self._target.single:
            path = self._files()
        elif self._target.path.suffix == ".zip":
            path = write_private(self._target.path, self._zip())
        else:
            path = self._folder()
        self._part.unlink(missing_ok=True)
        return path

    def _page(self) -> None:
        asked = {**self._asked, "after": self._state["after"], "key": self._pair.public_text}
        answer = self._session.call("monitoring", "print_forms", **asked)
        content = opened(self._pair, answer)
        self._state["description"] = content["description"]
        self._state["sheets"] += content["sheets"]
        self._state["problems"] += answer["problems"]
        self._state |= {"after": answer["next"], "done": answer["next"] is None}

    def _new(self) -> Json:
        same = {name: self._asked[name] for name in ASKED}
        lists: Json = {"sheets": [], "problems": [], "written": []}
        return {"asked": same, "after": None, "done": False, "description": None, **lists}

    def _kept(self) -> Json:
        """Return what an earlier run left, when it was the same work."""
        if not self._part.is_file():
            return self._new()
        kept: Json = json.loads(self._part.read_text(encoding="utf-8"))
        return kept if kept["asked"] == self._new()["asked"] else self._new()

    def _keep(self) -> None:
        write_private(self._part, json.dumps(self._state, ensure_ascii=False).encode())

    def _drawn(self, sheets: list[Json], ending: str) -> bytes:
        return draw(self._state["description"], sheets, ending)

    def _files(self) -> Path:
        """One file, or numbered ones of A_FILE sheets: drawing many at once takes gigabytes."""
        sheets, path = self._state["sheets"], self._target.path
        parts = [sheets[start : start + A_FILE] for start in range(0, len(sheets), A_FILE)] or [[]]
        names = [path] if len(parts) == 1 else [_numbered(path, n) for n in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            if name.name not in self._state["written"]:
                write_private(name, self._drawn(part, self._target.ending))
                self._state["written"].append(name.name)
                self._keep()
        return names[0]

    def _zip(self) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, sheet in self._named():
                archive.writestr(name, self._drawn([sheet], self._target.ending))
        return target.getvalue()

    def _folder(self) -> Path:
        """One file a household; after a break, those written already are not drawn again."""
        for name, sheet in self._named():
            if name not in self._state["written"]:
                write_private(self._target.path / name, self._drawn([sheet], self._target.ending))
                self._state["written"].append(name)
                self._keep()
        return self._target.path

    def _named(self) -> list[tuple[str, Any]]:
        """File names by household (and case): numbers, never names of persons."""
        number = self._state["description"]["number"].replace(" ", "") if self._state["sheets"] else ""
        ids = [one["case"] or one["household"] or self._asked["region"] for one in self._state["sheets"]]
        return [
            (f"{number}-{id}{self._target.ending}", sheet)
            for id, sheet in zip(ids, self._state["sheets"], strict=True)
        ]


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number}{path.suffix}")
