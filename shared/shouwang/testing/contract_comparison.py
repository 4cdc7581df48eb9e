"""Comparison, tried: every way in which an authorisation can be wrong is refused, and answers come sealed."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shouwang.department import authorisation, service_class
from shouwang.department.comparing import compare
from shouwang.department.desk import person_key
from shouwang.department.plugin import Plugin
from shouwang.department.pseudonyms import pseudonym
from shouwang.errors import ShouwangError
from shouwang.sealing import KeyPair, open_sealed, seal
from shouwang.store import KeyRing
from shouwang.testing.builders import service_actor
from shouwang.testing.bus import FakeBus
from shouwang.testing.context import context
from shouwang.testing.contract_samples import sample_id

TODAY: Final = date(2021, 6, 30)
CASE: Final = "case-1"
Named = tuple[str, Callable[[], str]]
Ask = Callable[["Desk"], tuple[str, str]]


def comparison_checks(plugin: Plugin, folder: Path) -> Iterator[Named]:
    """Yield the checks; none for a department that offers no comparison."""
    if plugin.facts:
        desk = Desk(plugin, folder)
        yield "比对：答复密封", lambda: _sealed(desk)
        for code, ask in WRONG.items():
            yield f"比对：拒绝 {code}", _refusal(desk, code, ask)


@dataclass
class Desk:
    """A department at work on fakes, with a monitoring that can sign and open. One worker for all checks."""

    plugin: Plugin
    folder: Path

    def __post_init__(self) -> None:
        self.signer, self.monitoring = Ed25519PrivateKey.generate(), KeyPair.generate()
        cls = service_class(self.plugin.folder)
        given = {
            "key": self.monitoring.public_text,
            "authorisation_key": authorisation.public_text(self.signer),
        }
        self.ctx = context(
            cls,
            actor=service_actor("monitoring"),
            today=TODAY,
            keys=KeyRing.generate(self.folder / "keys"),
            bus=FakeBus({("monitoring", "public_key"): given}),
            var_dir=self.folder,
        )
        self.desk = cls.desk  # type: ignore[attr-defined]
        self._open = False

    def ask(self, signer: Ed25519PrivateKey | None = None, **changed: Any) -> tuple[str, str]:
        """Return a token and the sealed persons; `changed` replaces arguments of `issue`."""
        asked: dict[str, Any] = {
            "department": self.plugin.code,
            "department_key": self.ctx.keys.sealing.public_text,
            "case": CASE,
            "purpose": "契约测试",
            "persons": [{"ref": "m1", "id_number": sample_id(1)}],
            "facts": list(self.plugin.facts),
            "paper": TODAY,
        }
        return authorisation.issue(signer or self.signer, **{**asked, **changed})

    def compare(self, token: str, persons: str) -> dict[str, Any]:
        """Ask; the worker is started by the first question and ended with the process."""
        if not self._open:
            self.desk.open(self.ctx)
            atexit.register(self.desk.close)
            self._open = True
        return compare(self.ctx, self.desk, {"authorisation": token, "persons": persons})


def _sealed(desk: Desk) -> str:
    answer = desk.compare(*desk.ask())
    told = open_sealed(desk.monitoring.private, answer["sealed"])
    if sample_id(1) in str(answer) + str(told):
        return "答复里出现了身份证号"
    facts = {fact["fact"] for fact in told["facts"]}
    recorded = len(desk.ctx.reads.of_subject(_pseudonym(desk)))
    if facts != set(desk.plugin.facts):
        return f"应答 {sorted(desk.plugin.facts)}，只答了 {sorted(facts)}"
    return "" if recorded else "查阅没有记录在案"


def _pseudonym(desk: Desk) -> str:
    return pseudonym(person_key(desk.ctx), sample_id(1))


def _refusal(desk: Desk, code: str, ask: Ask) -> Callable[[], str]:
    def run() -> str:
        try:
            desk.compare(*ask(desk))
        except ShouwangError as error:
            return "" if error.code == code else f"应以 {code} 拒绝，却是 {error.code}"
        return f"应以 {code} 拒绝，却答复了"

    return run


def _other_list(desk: Desk, **changed: Any) -> tuple[str, str]:
    """Return a good token with the list of another authorisation."""
    return desk.ask()[0], desk.ask(**changed)[1]


def _with_stranger(desk: Desk) -> tuple[str, str]:
    person = {"ref": "m1", "id_number": sample_id(2), "case": CASE, "salt": "00"}
    return desk.ask()[0], seal(desk.ctx.keys.sealing.public, [person])


def _expired(desk: Desk) -> tuple[str, str]:
    return desk.ask(seconds=-1)


def _unsigned(desk: Desk) -> tuple[str, str]:
    return desk.ask(Ed25519PrivateKey.generate())


WRONG: Final[Mapping[str, Ask]] = {
    "authorisation.unsigned": _unsigned,
    "authorisation.expired": _expired,
    "authorisation.other_case": lambda desk: _other_list(desk, case="case-2"),
    "authorisation.other_department": lambda desk: desk.ask(department="somebody_else"),
    "authorisation.person_not_named": _with_stranger,
    "authorisation.no_fact": lambda desk: desk.ask(facts=["everything"]),
    "authorisation.no_paper": lambda desk: desk.ask(paper=date(2021, 7, 1)),
}
