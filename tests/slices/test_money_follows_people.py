"""A payment told, a merger, one told late, both taken back: over the bus, with both services (K-02, D-01)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from shouwang.access import roles
from shouwang.department.schemas import ProposeMeasures
from shouwang.sealing import KeyPair, seal
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.store import Database
from shouwang.testing import actor, service_actor
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.service import Assistance
from services.monitoring.service import Monitoring
from tests.services.assistance.county import announcement, measure, proposal
from tests.services.monitoring.sheet import VILLAGE, household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME

OTHER = f"{VILLAGE}-0002"
CASE = f"{HOME}-I1"
TOWN = actor(roles.TOWN_OFFICER)
WINDOW = {"before": "2021-10-01"}


class Notes:
    """What the department keeps: nothing but what it tells."""

    def __init__(self, db: Database) -> None:
        self.notes: Any = db.repository("notes", kind="note")


class Civil(Service):
    """A department that offers relief of 5,000 yuan."""

    name = "civil_affairs"
    store: ClassVar[Any] = Notes
    home = Path("nowhere")

    @call(ProposeMeasures, callers=["assistance"], where=COUNTY_WIDE)
    def propose_measures(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return [proposal("A48-03", "illness", fen=5_000_00)]


class County:
    """Two households of one village, one of them with a plan of relief."""

    def __init__(self, suite: EmbeddedSuite) -> None:
        self.suite = suite

    def tell(self, service: str, event: str, data: dict[str, Any]) -> None:
        """Let a service tell something: through its own store and outbox."""
        ctx = self.suite.runtime(service).context(actor=service_actor(service), request_id=uuid.uuid4().hex)
        repo = ctx.store.notes if service == "civil_affairs" else ctx.store.households
        found = repo.get_or_none(HOME) or repo.new(HOME, region=VILLAGE, state={})
        ctx.save(repo, found, "test.told", events=[ctx.event(event, data)])
        self.suite.settle()

    def deliver(self, part: int, fen: int) -> None:
        told = {"task": self.task()["id"], "part": part, "household": HOME, "measure": "A48-03"}
        told |= {"amount_fen": fen, "on": "2021-09-15", "evidence": ["审批表"]}
        self.tell("civil_affairs", "measure.delivered", told)

    def task(self, home: str = HOME) -> dict[str, Any]:
        (plan,) = self.suite.call(COUNTY, "assistance", "plan", household=home)
        (task,) = plan["tasks"]
        return dict(task)

    def payments(self, home: str) -> list[tuple[str, int, bool]]:
        """The payments in the books of a household, and whether each was withdrawn."""
        seen = self.suite.call(CADRE, "monitoring", "income", household=home, **WINDOW)
        return [(one["payment"][-2:], one["fen"], one["withdrawn"] is not None) for one in seen["payments"]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The household has a plan; its relief is to be paid in two sums."""
    folder = tmp_path_factory.mktemp("money")
    with EmbeddedSuite(folder / "var", [Monitoring, Assistance, Civil], day=date(2021, 9, 15)) as suite:
        key = suite.call(CADRE, "monitoring", "public_key")["key"]
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        given |= {"as_of": "2021-07-05", "sealed": seal(key, household(1, 2) + household(2, 5))}
        suite.call(CADRE, "monitoring", "import_roster", **given)
        made = County(suite)
        relief = measure("A48-03", "illness")
        made.tell(
            "civil_affairs",
            "announced",
            announcement("civil_affairs", relief, public_key=KeyPair.generate().public_text),
        )
        included = {"household": HOME, "case": CASE, "region": VILLAGE, "category": "marginal"}
        made.tell("monitoring", "household.included", included | {"risks": ["illness"], "able_to_work": True})
        yield made


@pytest.mark.rule("K-02", "A-09", "D-01")
def test_a_payment_is_taken_back_and_another_reaches_the_household_that_took_the_people_in(
    county: County,
) -> None:
    suite = county.suite
    county.deliver(1, 2_000_00)
    assert county.payments(HOME) == [("p1", 2_000_00, False)]
    refs = [f"{HOME}-{place:02d}" for place in (1, 2, 3)]
    moved = {"household": HOME, "kind": "merge", "on": "2021-09-15", "to": OTHER, "reason": "并户"}
    moved |= {"paper": "户口簿/1", "relations": dict.fromkeys(refs, "other")}
    suite.call(TOWN, "monitoring", "move_members", **moved)
    suite.settle()
    assert county.task(OTHER)["id"] == county.task(HOME)["id"], "found by both numbers"
    county.deliver(2, 3_000_00)
    assert county.payments(OTHER) == [("p1", 2_000_00, False), ("p2", 3_000_00, False)]
    task = county.task(OTHER)["id"]
    for number in (1, 2):
        wrong = {"number": number, "reason": "returned", "note": "银行退票"}
        suite.call(TOWN, "assistance", "withdraw_payment", task=task, **wrong)
    suite.settle()
    assert county.payments(OTHER) == [("p1", 2_000_00, True), ("p2", 3_000_00, True)]
    (row,) = suite.call(COUNTY, "assistance", "measures_record", household=OTHER)
    assert (row["amount_fen"], row["state"]) == (None, "待落实")
