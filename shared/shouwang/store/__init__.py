"""The store: one aggregate, one document, one atomic update. See docs/sdk/store.md."""

from shouwang.store.aggregate import Aggregate, Entry, Event
from shouwang.store.database import Database
from shouwang.store.embedded import EmbeddedMongo
from shouwang.store.inbox import Inbox
from shouwang.store.index import Index
from shouwang.store.keys import KeyRing
from shouwang.store.maintenance import migrate, rotate
from shouwang.store.outbox import Outbox, OutboxEvent, Pending
from shouwang.store.private_rows import PrivateRows
from shouwang.store.reads import ReadLog
from shouwang.store.report import Finding, Report
from shouwang.store.repository import Repository
from shouwang.store.roots import daily_root
from shouwang.store.verification import verify

__all__ = [
    "Aggregate",
    "Database",
    "EmbeddedMongo",
    "Entry",
    "Event",
    "Finding",
    "Inbox",
    "Index",
    "KeyRing",
    "Outbox",
    "OutboxEvent",
    "Pending",
    "PrivateRows",
    "ReadLog",
    "Report",
    "Repository",
    "daily_root",
    "migrate",
    "rotate",
    "verify",
]
