"""A split over the bus that is interrupted after the call: its own event carries it out."""

from __future__ import annotations

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.sealing import seal
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.handlers.registry import moving
from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring.registry.village import HEAD, HOME, SECOND, THIRD
from tests.services.monitoring.sheet import VILLAGE, household

CADRE = actor(roles.VILLAGE_CADRE)
NEW = f"{VILLAGE}-0002"


@pytest.mark.e2e
@pytest.mark.rule("D-01")
def test_a_split_that_the_call_did_not_finish_is_finished_by_its_event(tmp_path, monkeypatch):
    with EmbeddedSuite(tmp_path, [Monitoring, Notify], day=date(2021, 7, 5)) as suite:
        key = suite.call(CADRE, "monitoring", "public_key")["key"]
        given = {"village": VILLAGE, "file": "a.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        sealed = seal(key, household(1, 2))
        suite.call(CADRE, "monitoring", "import_roster", as_of="2021-07-05", sealed=sealed, **given)
        whole, calls = moving.carry_out, []

        def dies_first(ctx, move_id):
            calls.append(ctx.request_id)
            return whole(ctx, move_id) if len(calls) > 1 else moving.view(ctx.store.moves.get(move_id))

        monkeypatch.setattr(moving, "carry_out", dies_first)
        asked = {"household": HOME, "kind": "split", "on": "2021-07-01", "refs": [THIRD], "head": THIRD}
        asked |= {"reason": "分家", "paper": "户口簿/1"}
        assert suite.call(CADRE, "monitoring", "move_members", **asked)["status"] == "open"
        suite.settle()
        (move,) = suite.call(CADRE, "monitoring", "member_moves", region=VILLAGE)
        assert (move["status"], move["to"], len(calls)) == ("done", NEW, 2)
        old, new = (suite.call(CADRE, "monitoring", "household", household=id) for id in (HOME, NEW))
        assert [one["ref"] for one in old["members"]] == [HEAD, SECOND]
        assert [(one["ref"], one["relation"]) for one in new["members"]] == [(f"{NEW}-01", "head")]
        assert old["former"][0]["to"] == NEW
