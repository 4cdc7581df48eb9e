"""Runs every check on the store that a stopped suite left behind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from shouwang.settings import Settings
from shouwang.store import EmbeddedMongo

from deploy.demo.checker.chain import check_chain
from deploy.demo.checker.events import check_events
from deploy.demo.checker.households import check_households
from deploy.demo.checker.money import check_money
from deploy.demo.checker.privacy import check_privacy
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.steps import check_steps
from deploy.demo.checker.violation import Violation


def check(settings: Settings) -> list[dict[str, str]]:
    """Start the store alone, check what lies in it, stop it; return the violations as JSON."""
    with EmbeddedMongo(settings.var_dir / "store") as store:
        found = chain(check_uri(store.uri), check_chain(store.uri, settings))
        return [violation.to_dict() for violation in found]


def check_uri(uri: str) -> Iterator[Violation]:
    """Check the documents of a running store."""
    stored = Stored(uri)
    try:
        for checks in (check_steps, check_money, check_events, check_households, check_privacy):
            yield from checks(stored)
    finally:
        stored.close()
