"""After the decision: a contact person is named, the national system is told, quarters are evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.access import roles as r
from shouwang.errors import Refused

from deploy.demo.agenda import Agenda
from deploy.demo.cast import Cast

Json = dict[str, Any]
HOUSEHOLDS_A_CONTACT: Final = 5
EVALUATED_ON: Final = ((3, 20), (6, 20), (9, 20), (12, 20))
"""Month and day on which the village evaluates the running quarter."""


class Caring:
    """Households that are looked after, and by whom."""

    def __init__(self, cast: Cast, agenda: Agenda) -> None:
        self._cast, self._agenda = cast, agenda
        self._named = 0
        self._monitored: dict[str, date] = {}

    def included(self, case: Json) -> None:
        """The town enters the household and names who looks after it (二(二)2 第五步, D-03)."""
        household = case["household"]
        self._monitored[household] = self._agenda.today
        self._agenda.after(1, lambda: self._name_contact(household))
        self._agenda.after(1, lambda: self._enter(case))

    def removed(self, case: Json) -> None:
        """The town marks the removal in the national system."""
        self._monitored.pop(case["household"], None)
        self._agenda.after(1, lambda: self._enter(case))

    def day(self) -> None:
        """Evaluate the quarter of everybody who was monitored when it began (D-02)."""
        today = self._agenda.today
        if (today.month, today.day) in EVALUATED_ON:
            begun = date(today.year, today.month - 2, 1)
            for household in sorted(one for one, since in self._monitored.items() if since < begun):
                self._evaluate(household, f"{today.year}Q{today.month // 3}")

    def _name_contact(self, household: str) -> None:
        person = f"contact-{household[:9]}-{self._named // HOUSEHOLDS_A_CONTACT}"
        self._named += 1
        given = {"household": household, "person": person, "org": "乡镇政府", "level": "town"}
        self._cast.call(self._cast.town(household), "monitoring", "assign_contact", **given)

    def _enter(self, case: Json) -> None:
        given = {"case": case["case"], "number": case["case"], "on": self._agenda.today.isoformat()}
        self._cast.call(self._cast.town(case["household"]), "monitoring", "confirm_national_entry", **given)

    def _evaluate(self, household: str, quarter: str) -> None:
        """What the visit found goes in; the rule suggests, the village follows it or says that it goes on."""
        cadre = self._cast.village(household[:12], r.VILLAGE_CADRE)
        found = {"risk_stands": True, "secured": True, "income_stable": None, "measures_work": True}
        asked: Json = {"household": household, "quarter": quarter, "new_risks": [], **found}
        suggested = self._cast.call(cadre, "monitoring", "suggest_evaluation", **asked)["suggested"]
        concluded = {"conclusion": suggested or "effective", "reason": "入户核对，措施在落实"}
        try:
            self._cast.call(cadre, "monitoring", "evaluate", **asked, **concluded)
        except Refused:  # in removal by now: nothing is left to evaluate
            self._monitored.pop(household, None)
