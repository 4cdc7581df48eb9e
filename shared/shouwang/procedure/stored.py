"""How a case is kept in an aggregate: what of it is no person's name, and what stands encrypted.

`db.repository("projects", …, public=[*CASE_PUBLIC, "contents.name"], encrypted=[*CASE_ENCRYPTED])`
"""

from __future__ import annotations

from typing import Final

_CASES: Final = ("case", "earlier_cases.*")
_NAMED: Final = ("pinned.*", "entries.*.papers.*", "debts.*")
_TOLD: Final = ("decisions", "reason")

CASE_PUBLIC: Final = tuple(f"{case}.{part}.name" for case in _CASES for part in _NAMED)
"""Keys called `name` that name a parameter, a paper or what is owed; of corrected cases too."""
CASE_ENCRYPTED: Final = tuple(f"{case}.entries.*.{part}" for case in _CASES for part in _TOLD)
"""Decisions hold their inputs, and a reason is free text: both may speak of persons."""
