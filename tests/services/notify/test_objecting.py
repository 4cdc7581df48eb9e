"""Objections through the real handlers and store: taken whatever they say, read by who looks into them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from shouwang.access import Actor, roles
from shouwang.clock import SimulatedClock
from shouwang.errors import Refused
from shouwang.service import Context, entry_points
from shouwang.service.loading import load_policy
from shouwang.service.requests import dump, load
from shouwang.store import Database, Entry, KeyRing, ReadLog
from shouwang.testing import FakeBus, FakeLog, actor

from services.notify.domain import notice as rules
from services.notify.service import Notify
from services.notify.store import Store
from tests.services.notify.test_notice import REQUEST, TWO

TODAY = date(2021, 8, 1)
ENTRIES = {entry.name: entry for entry in entry_points(Notify)}
NEIGHBOUR = actor(roles.HOUSEHOLD, id="household-9")
OBJECTED = actor(roles.HOUSEHOLD, id="household-1")
COMMITTEE = actor(roles.VILLAGE_COMMITTEE)
GROUND = "他家不是因病，癌症是假的，电话 13800000000"


class Board(SimpleNamespace):
    """A village's notice board: `call` goes through schema, handler and result schema."""

    def call(self, who: Actor, method: str, **args: Any) -> Any:
        entry, policy = ENTRIES[method], load_policy(Notify)
        given = {"service": "notify", "actor": who, "request_id": f"{method}-{who.id}", "clock": self.clock}
        given |= {"today": TODAY, "policy": policy, "engine": None, "store": self.store, "bus": FakeBus()}
        given |= {"reads": ReadLog(self.db), "keys": self.keys, "log": FakeLog(), "db": self.db}
        ctx = Context(**given, var_dir=self.keys.path.parent)
        request = load(entry.schema, args, where=method)
        return dump(entry.returns, getattr(Notify(ctx), method)(request))


@pytest.fixture
def board(mongo_uri: str, database: str, tmp_path: Path) -> Iterator[Board]:
    keys, clock = KeyRing.generate(tmp_path / "keys"), SimulatedClock(TODAY)
    db = Database(mongo_uri, database, keys, clock)
    made = Board(db=db, store=Store(db), keys=keys, clock=clock)
    agg = made.store.notices.new("n-1", region=REQUEST["region"], state=rules.post(REQUEST, TODAY))
    agg.state["number"] = 1
    agg.record(Entry("notice.posted", {"id": "service:notify"}, TODAY, {}, "r-0"))
    made.store.notices.save(agg)
    yield made
    db.close()


def objected(board: Board) -> str:
    raised = board.call(NEIGHBOUR, "raise_objection", notice="n-1", ground=GROUND, by="myself")
    return str(raised["objections"][-1]["id"])


def looked_into(board: Board) -> dict[str, str]:
    named = {"notice": "n-1", "objection": objected(board)}
    found = {"people": TWO, "on": TODAY.isoformat(), "found": "确患高血压，有病历", "upheld": False}
    board.call(COMMITTEE, "investigate_objection", **named, **found)
    return named


def seen(board: Board, who: Actor) -> dict[str, Any]:
    (found,) = board.call(who, "notice", notice="n-1")["objections"]
    return dict(found)


@pytest.mark.rule("N-01", "I-03")
def test_an_objection_to_an_illness_is_taken(board: Board) -> None:
    looked_into(board)
    known = seen(board, COMMITTEE)
    assert (known["ground"], known["by"]) == (GROUND, NEIGHBOUR.id)
    assert known["investigation"]["found"] == "确患高血压，有病历"


@pytest.mark.rule("N-02")
def test_the_village_does_not_read_who_objected_and_why(board: Board) -> None:
    looked_into(board)
    known = seen(board, OBJECTED)
    assert (known["ground"], known["by"], known["investigation"]["found"]) == (None, None, None)
    assert known["investigation"]["upheld"] is False
    assert seen(board, NEIGHBOUR)["ground"] == GROUND  # who objected reads his own words


@pytest.mark.rule("N-02")
def test_what_people_say_stands_encrypted(board: Board) -> None:
    looked_into(board)
    kept = str(list(board.db.collection("notices").find()))
    assert "癌症" not in kept
    assert "高血压" not in kept


@pytest.mark.rule("N-02")
def test_the_answer_is_published_and_is_checked(board: Board) -> None:
    named = looked_into(board)
    with pytest.raises(Refused, match="病情"):
        board.call(COMMITTEE, "close_objection", **named, upheld=False, answer="确患高血压")


def test_an_objection_kept_before_it_was_encrypted_is_still_read(board: Board) -> None:
    before = Database(board.db.uri, board.db.name, board.keys, board.clock)
    old = before.repository("notices", kind="notice")
    agg = old.get("n-1")
    told = {"id": "o-1", "ground": "家中另有收入", "by": "anonymous", "raised_on": "2021-08-01"}
    told |= {"due_on": "2021-08-08", "escalated_on": None}
    agg.state["objections"] = [told | dict.fromkeys(("investigation", "closed_on", "upheld", "answer"))]
    agg.record(Entry("objection.raised", {"id": "service:notify"}, TODAY, {}, "r-1"))
    old.save(agg)
    before.close()
    assert seen(board, COMMITTEE)["ground"] == "家中另有收入"


def test_a_list_goes_on_where_its_page_ended(board: Board) -> None:
    for number in (1, 2, 3):
        state = {"key": f"k-{number}", "role": "town_officer", "region": REQUEST["region"], "title": "提醒"}
        state |= {"text": "请办理", "due": None, "subject": REQUEST["subject"], "sent_on": "2021-08-01"}
        agg = board.store.messages.new(f"m-{number}", region=REQUEST["region"], state=state)
        agg.record(Entry("message.sent", {"id": "service:notify"}, TODAY, {}, f"r-{number}"))
        board.store.messages.save(agg)
    asked = {"region": REQUEST["region"], "limit": 2}
    first = board.call(COMMITTEE, "messages", **asked)
    rest = board.call(COMMITTEE, "messages", **asked, after=first[-1]["message"])
    assert [one["message"] for one in [*first, *rest]] == ["m-1", "m-2", "m-3"]
