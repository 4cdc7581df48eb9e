"""What a department keeps in its database: the vault, imports, clue batches, deliveries, its presence."""

from __future__ import annotations

from typing import Any, Final

from shouwang.store import Index, PrivateRows

# `name` in a decision is the name of a ground or a parameter, in an announcement that of a rule or a table.
CLUE_WORDS: Final = ("clues.*.grounds.grounds.*.name", "clues.*.grounds.parameters.*.name")
ANNOUNCED_WORDS: Final = (
    "rules.*.name",
    "tables.*.name",
    "tables.*.columns.*.name",
    "comparisons.*.name",
    "signals.*.name",
    "indicators.*.name",
)


class Store:
    """The repositories of one department.

    vault: pseudonym and ID number together, encrypted, by the first digits of the pseudonym.
    feeds: one for each table and period: who imported which file, with what result.
    batches: clues sent, by rule and period: what was sent once is not sent again.
    reports: what was told of a month, not to be told twice. reported: figures handed in, by period.
    mappings: which headings, values and units of the department's files mean what, one for each table.
    deliveries: one for each task. presence: what was announced. trust: keys of others, from first contact.
    """

    def __init__(self, db: Any) -> None:
        self.vault = db.repository("vault", kind="vault", encrypted=["persons"])
        self.feeds = db.repository("feeds", kind="feed", indexes=[Index("imported_on")])
        self.batches = db.repository(
            "batches", kind="clue_batch", indexes=[Index("run"), Index("keys")], public=list(CLUE_WORDS)
        )
        self.reports = db.repository("reports", kind="report", public=["told.*.name"])
        self.deliveries = db.repository("deliveries", kind="delivery", indexes=[Index("household")])
        self.presence = db.repository("presence", kind="presence", public=list(ANNOUNCED_WORDS))
        self.reported = db.repository("reported", kind="reported_figures")
        self.mappings = db.repository("mappings", kind="mapping")
        self._db = db
        self.trust = db.repository("trust", kind="trust")

    @property
    def refused(self) -> PrivateRows:
        """Rows of imports that were refused: encrypted, for the department's own officer, until their day."""
        return PrivateRows(self._db)
