"""Projects of the library: every content there, the households asked (P-01…P-03)."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.demo.checker.expected import CONTENTS
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation


def check_library(stored: Stored) -> Iterator[Violation]:
    """Check what entered; what is incomplete never enters."""
    for doc in stored.documents("projects", "projects"):
        state, where = doc["state"], f"projects/{doc['_id']}"
        if state["entered_on"] is None:
            continue
        if lacking := [name for name in CONTENTS if not state["contents"].get(name)]:
            yield Violation("incomplete_project", where, "、".join(lacking))
        asked = state["consultation"] or {}
        if not asked.get("ex_poor", 0) + asked.get("monitored", 0):
            yield Violation("incomplete_project", where, "没有征求脱贫户和监测对象的意见")
