"""What the household is given or still owed: nothing is given twice, and nothing withheld for good.

A measure still owed is held. One delivered is held while its department cannot have seen the payment in its
own tables, then to the end of the calendar year, unless that department itself says that the household does
not receive it and how much is due: then it is a new instalment. What is granted by the insurance year is held
to the end of that year, whose premium is collected in the autumn before.
Sources: 湘委乡振组发〔2021〕1号 三(二), 五(四) (月比对); docs/decisions/0192, 0253, 0287.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shouwang.policy.view import View

from services.assistance.domain.planning.rights import names
from services.assistance.domain.planning.rules import thing
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import is_owed


@dataclass(frozen=True)
class Given:
    """A measure that a task gives. on: last day of delivery, not before it was assigned; None: still owed.

    for_good: given in the plan that asks, and not by the year: no more of it comes of that plan by itself.
    meant_on: the day on which its amount was last said; of the day's insurance year it speaks.
    """

    department: str
    measure: str
    on: date | None
    meant_on: date
    for_good: bool = False

    @property
    def thing(self) -> str:
        """What is the same thing whoever gives it."""
        return thing(self.department, self.measure)


@dataclass(frozen=True)
class InsuranceYear:
    """How `measures` are parted into years: from `begins` ("09-01") a day speaks of the next year."""

    measures: Collection[str]
    begins: str

    def of(self, day: date) -> int:
        """Return the insurance year of which a measure of that day speaks."""
        return day.year + (f"{day:%m-%d}" >= self.begins)


def insurance_year(policy: View) -> InsuranceYear:
    """Return what the policy says of insurance years; while it says nothing, those of the calendar."""
    measures, begins = (policy.find(f"insurance_year.{name}").value for name in ("measures", "begins"))
    return InsuranceYear(measures or (), begins or "")


def given_by(task: Mapping[str, Any], *, ended: bool, for_good: bool = False) -> Given | None:
    """Return what a task gives or owes, None when nothing; ended: its plan was.

    A plan that ended owes nothing, but what the household disputes: that may have been paid.
    """
    owes = is_owed(task, ended=ended)
    days = [] if owes else parts.delivered_on(task)
    if not owes and not days:
        return None
    days = [*days, date.fromisoformat(task["assigned_on"])] if days else []
    return Given(task["department"], task["measure"], max(days, default=None), _meant_on(task), for_good)


def _meant_on(task: Mapping[str, Any]) -> date:
    raised = [one["on"] for one in task["changes"] if "amount_fen" in one.get("after", {})]
    return max(date.fromisoformat(day) for day in (task["assigned_on"], *raised))


def is_for_good(department: str, measure: str, each_year: Collection[str]) -> bool:
    """Whether one plan gives it once: all but what the policy grants for each year."""
    return not names(department, measure) & set(each_year)


def held(
    given: Iterable[Given],
    proposals: Iterable[Mapping[str, Any]],
    on: date,
    seen_days: int | None,
    insured: InsuranceYear,
) -> tuple[str, ...]:
    """Return the things that are not given again today, whatever else is proposed.

    proposals: what departments answered now; seen_days: days after which a payment stands in the tables;
    None: not known, so nothing of this year is given again. insured: what goes by the insurance year.
    """
    answers = {(one["department"], one["measure"]): one for one in proposals}
    own = [(one, answers.get((one.department, one.measure))) for one in given]
    return tuple(sorted({one.thing for one, answer in own if _holds(one, answer, on, seen_days, insured)}))


def _holds(
    given: Given,
    answer: Mapping[str, Any] | None,
    on: date,
    seen_days: int | None,
    insured: InsuranceYear,
) -> bool:
    if (
        given.on is None
        or given.for_good
        or (seen_days is not None and on <= given.on + timedelta(days=seen_days))
    ):
        return True
    return _same_year(given, given.on, on, insured) and (seen_days is None or not _anew(answer))


def _same_year(given: Given, delivered: date, on: date, insured: InsuranceYear) -> bool:
    if not names(given.department, given.measure) & set(insured.measures):
        return delivered.year == on.year
    return insured.of(given.meant_on) == insured.of(on)


def _anew(answer: Mapping[str, Any] | None) -> bool:
    """Whether the department that gave it says that it is due and not received, with an amount."""
    return answer is not None and answer["receiving"] is False and (answer["amount_fen"] or 0) > 0


def not_put_back(own: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the things of a plan that a person stopped, or replaced by something else."""
    listed = list(own)
    things = {one["id"]: thing(one["department"], one["measure"]) for one in listed}
    living = {things[one["id"]] for one in listed if one["status"] not in tasks.ENDED}
    stopped = {things[one["id"]] for one in listed if one["status"] == tasks.STOPPED}
    replaced = [one for one in listed if one["status"] == tasks.REPLACED]
    others = {things[one["id"]] for one in replaced if _by_another(one, things)}
    return (stopped | others) - living


def _by_another(one: Mapping[str, Any], things: Mapping[str, str]) -> bool:
    """Whether another thing took the place of a task; the same thing may stand in another plan."""
    own = things[one["id"]]
    return things.get(one["replaced_by"], own) != own
