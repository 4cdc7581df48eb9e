"""Runs every check on the store that a stopped suite left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from shouwang.settings import Settings
from shouwang.store import EmbeddedMongo

from deploy.demo.checker.chain import check_chain
from deploy.demo.checker.distributions import check_distributions
from deploy.demo.checker.duties import check_duties
from deploy.demo.checker.effects import check_effects
from deploy.demo.checker.gates import check_gates
from deploy.demo.checker.households import check_households
from deploy.demo.checker.library import check_library
from deploy.demo.checker.money import check_money
from deploy.demo.checker.order import check_order
from deploy.demo.checker.privacy import check_privacy
from deploy.demo.checker.publishing import check_publishing
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.reads import check_reads
from deploy.demo.checker.rights import check_rights
from deploy.demo.checker.standing import check_standing
from deploy.demo.checker.steps import check_steps
from deploy.demo.checker.sweep import check_everything
from deploy.demo.checker.violation import Violation

Letters = Iterable[Mapping[str, object]]
OF_THE_STORE = (
    *(check_steps, check_order, check_gates, check_households, check_standing, check_duties),
    *(check_library, check_money, check_distributions, check_effects, check_rights, check_reads),
    check_everything,
)
OUTBOX = "outbox"


def check(settings: Settings, dead_letters: Letters = ()) -> list[dict[str, str]]:
    """Start the store alone, check what lies in it, stop it; return the violations as JSON.

    dead_letters: what the door listed before the suite stopped, for they live in its process:
    {queue, id, reason}.
    """
    with EmbeddedMongo(settings.var_dir / "store") as store:
        found = chain(check_uri(store.uri, settings), check_dead_letters(dead_letters))
        return [violation.to_dict() for violation in found]


def check_uri(uri: str, settings: Settings) -> Iterator[Violation]:
    """Check a running store, with the keys and folders of `settings`."""
    yield from check_documents(uri, settings)
    yield from check_chain(uri, settings)


def check_documents(uri: str, settings: Settings) -> Iterator[Violation]:
    """Check what the documents say, without the chain of their history."""
    stored = Stored(uri, settings.keys_dir)
    try:
        for checks in OF_THE_STORE:
            yield from checks(stored)
        yield from check_publishing(stored, settings.var_dir / OUTBOX)
        yield from check_privacy(stored, settings.var_dir)
    finally:
        stored.close()


def check_dead_letters(letters: Letters) -> Iterator[Violation]:
    """Every letter that no handler could take is a violation."""
    for letter in letters:
        yield Violation("dead_letter", f"{letter['queue']} {letter['id']}", str(letter["reason"]))
