"""How a case is kept in an aggregate: what of it is no person's name, and what stands encrypted.

`db.repository("projects", …, public=[*CASE_PUBLIC, "contents.name"], encrypted=[*CASE_ENCRYPTED])`
"""

from __future__ import annotations

from typing import Final

CASE_PUBLIC: Final = ("case.pinned.*.name", "case.entries.*.papers.*.name", "case.debts.*.name")
"""Keys called `name` that name a parameter or a paper."""
CASE_ENCRYPTED: Final = ("case.entries.*.decisions", "case.entries.*.reason")
"""Decisions hold their inputs, and a reason is free text: both may speak of persons."""
