"""What happens while a notice hangs: neighbours object, the committee investigates and answers (N-01)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from shouwang.access import roles as r

from deploy.demo.agenda import Agenda
from deploy.demo.cast import Cast, signature
from deploy.demo.world import World

Json = dict[str, Any]
Work = Callable[[Json], None]
DAYS_TO_INVESTIGATE = 2


class Notices:
    """Follows the notice of a case until its gate opens."""

    def __init__(self, cast: Cast, world: World, agenda: Agenda) -> None:
        self._cast, self._world, self._agenda = cast, world, agenda
        self._objected: set[str] = set()

    def watch(self, case: Json, passed: Work, upheld: Work) -> None:
        """Go on with `passed` on the day the gate opens, or with `upheld` when an objection was right."""
        planned = self._world.reaction(case["household"], "objection")
        if planned is None or case["procedure"] != planned["procedure"] or case["case"] in self._objected:
            self._agenda.after(1, lambda: self._wait(case, passed))
            return
        self._objected.add(case["case"])
        self._agenda.after(planned["after_days"], lambda: self._object(case, planned, passed, upheld))

    def _object(self, case: Json, planned: Json, passed: Work, upheld: Work) -> None:
        notice = self._notice(case)["id"]
        neighbour = self._cast.household(f"{case['household'][:12]}-0000")
        told = {"notice": notice, "ground": planned["ground"], "by": "anonymous"}
        raised = self._cast.call(neighbour, "notify", "raise_objection", **told)
        objection = raised["objections"][-1]["id"]
        answer = {"notice": notice, "objection": objection, "upheld": planned["upheld"]}
        answer["answer"] = planned["fact"]
        self._agenda.after(DAYS_TO_INVESTIGATE, lambda: self._answer(case, answer, passed, upheld))

    def _answer(self, case: Json, answer: Json, passed: Work, upheld: Work) -> None:
        committee = self._cast.village(case["household"][:12], r.VILLAGE_COMMITTEE)
        team = self._cast.village(case["household"][:12], r.VILLAGE_TEAM)
        named = {name: answer[name] for name in ("notice", "objection", "upheld")}
        looked = {"people": [signature(committee), signature(team)], "found": answer["answer"]}
        looked["on"] = self._agenda.today.isoformat()
        self._cast.call(committee, "notify", "investigate_objection", **named, **looked)
        self._cast.call(committee, "notify", "close_objection", **answer)
        if answer["upheld"]:
            self._agenda.after(1, lambda: upheld(case))
        else:
            self._wait(case, passed)

    def _wait(self, case: Json, passed: Work) -> None:
        """Go on when the gate opens: the case itself knows the day."""
        opens = date.fromisoformat(self._notice(case)["opens_on"])
        self._agenda.after(max((opens - self._agenda.today).days, 0), lambda: passed(case))

    def _notice(self, case: Json) -> Json:
        officer = self._cast.town(case["household"])
        notice: Json = self._cast.call(officer, "monitoring", "case", case=case["case"])["notice"]
        return notice
