"""Random procedures walked at random: the engine lets through exactly what the oracle lets through.

So no forbidden order is reachable: no step without those before it, no gate opened early, no review of one's
own, no end with an open objection or debt; and nothing is refused that the procedure allows.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shouwang.access import Actor
from shouwang.errors import Refused
from shouwang.procedure import Case, Engine, Outcome, Paper, Signature

from tests.shared.procedure.kit import VILLAGE, engine_of
from tests.shared.procedure.oracle import Oracle, Spec
from tests.shared.procedure.randoms import as_yaml, attempt, specification

START = date(2021, 8, 2)
MOVES = ["take"] * 6 + ["later"] * 3 + ["post"] * 3 + ["object", "answer", "late event"]


class Journey:
    """One case, walked at random, with the engine and the oracle side by side."""

    def __init__(self, rnd: Random, folder: Path) -> None:
        self.rnd, self.day, self.seen = rnd, START, Counter[str]()
        self.spec: Spec = specification(rnd)
        self.engine: Engine = engine_of(folder, as_yaml(self.spec))
        self.oracle = Oracle(self.spec, VILLAGE, START)
        first = self.spec["steps"][0]["id"]
        self.case = Case("c", "random", 1, VILLAGE, START, first, START)

    def walk(self, moves: int) -> Counter[str]:
        for _ in range(moves):
            getattr(self, self.rnd.choice(MOVES).replace(" ", "_"))()
            self.agree()
        return self.seen

    def agree(self) -> None:
        """Both see the same case; and it survives JSON."""
        assert self.case.status == (self.oracle.end or "open"), self.spec
        waiting = self.oracle.waiting()
        assert self.engine.waits_at(self.case) == (waiting[0]["id"] if waiting else None), self.spec
        owed = {(debt.step, debt.name) for debt in self.case.debts if debt.state == "open"}
        assert owed == {key for key, owed in self.oracle.debts.items() if owed}, self.spec
        days = [entry.on for entry in self.case.entries]
        assert days == sorted(days)
        assert Case.from_dict(self.case.to_dict()) == self.case

    def later(self) -> None:
        self.day += timedelta(days=self.rnd.choice([0, 1, 2, 7, 13]))

    def take(self) -> None:
        tried = attempt(self.rnd, self.spec, self.oracle, self.day)
        expected = self.oracle.allows(tried)
        accepted = self.through(lambda: self.engine.take(self.case, **_call(tried)))
        assert accepted == expected, (tried, self.spec)
        self.seen[f"{'took' if accepted else 'refused'} {tried['action']}"] += 1
        if accepted:
            self.oracle.took(tried)
            self.seen[f"ended {self.oracle.end}"] += self.oracle.end is not None
            self.seen["owed"] += any(self.oracle.debts.values())
            self.seen["one of a group"] += bool(self.case.passed)

    def post(self) -> None:
        expected, name = self.oracle.post(self.day), f"n{self.rnd.random()}"
        assert self.through(lambda: self.engine.notice_posted(self.case, name, self.day)) == expected
        self.seen["posted"] += expected

    def object(self) -> None:
        self._object(self.day)

    def late_event(self) -> None:
        self._object(self.day - timedelta(days=self.rnd.randint(1, 5)))

    def _object(self, on: date) -> None:
        name = f"o{self.rnd.random()}"
        expected = self.oracle.object(name, on)
        assert self.through(lambda: self.engine.objection_raised(self.case, name, on)) == expected, self.spec
        self.seen["objected"] += expected

    def answer(self) -> None:
        waiting = self.oracle.waiting()
        open_ones = [id for id, day in waiting[1].objections.items() if day is None] if waiting else []
        if not open_ones:
            return
        name, upheld = self.rnd.choice(open_ones), self.rnd.random() < 0.3
        assert self.oracle.answer(name, self.day, upheld)
        assert self.through(lambda: self.engine.objection_closed(self.case, name, self.day, upheld))
        self.seen["upheld"] += upheld

    def through(self, call: Any) -> bool:
        before = self.case.to_dict()
        try:
            outcome: Outcome = call()
        except Refused as refused:
            assert refused.reasons and self.case.to_dict() == before
            return False
        self.case = outcome.case
        return True


def _call(tried: dict[str, Any]) -> dict[str, Any]:
    facts = {"fact": tried["facts"]["fact"], "emergency": tried["facts"]["emergency"]}
    return {
        "action": tried["action"],
        "step": None if tried["action"] == "withdraw" else tried["step"],
        "actor": Actor(tried["person"], "org", tried["level"], tried["region"], (tried["role"],)),
        "on": tried["on"],
        "facts": facts | {"uses_allowed": tried["facts"]["flag"]},
        "papers": [Paper(name, "f", day) for name, day in tried["papers"]],
        "people": [Signature(*pair) for pair in tried["people"]],
        "reason": tried["reason"],
        "to": tried["to"],
    }


@pytest.mark.rule("I-05")
@pytest.mark.rule("N-01")
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(min_value=0, max_value=2**32))
def test_no_forbidden_order_is_reachable(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Journey(Random(seed), Path(folder)).walk(60)


def test_the_walks_reach_every_kind_of_place(tmp_path: Path) -> None:
    """The property above is not empty: the same walks pass, end, return, wait and are refused."""
    seen: Counter[str] = Counter()
    for seed in range(150):
        folder = tmp_path / str(seed)
        folder.mkdir()
        seen += Journey(Random(seed), folder).walk(60)
    wanted: tuple[str, ...] = (
        "took pass",
        "took send_back",
        "took refuse",
        "took approve",
        "ended done",
        "ended early",
    )
    wanted += ("ended withdrawn", "refused pass", "posted", "objected", "upheld", "owed", "one of a group")
    for kind in wanted:
        assert seen[kind] >= 5, (kind, seen)
