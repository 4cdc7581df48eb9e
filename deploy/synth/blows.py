"""What a story does to a household's money, month by month.

Every blow is solved so that the income per head of the twelve months before the month `found` comes out as
the story needs it: clearly short for what is to be found, clearly enough for everybody else. The bands are
the world's own, kept well away from any line that a policy may draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from deploy.synth.calendar import Calendar
from deploy.synth.economy import (
    CLAIMS,
    COSTS,
    INCOMES,
    OWN,
    WINDOW,
    Flows,
    Lump,
    Phase,
    Unit,
    net_of,
    phased,
    priced,
    unit,
)
from deploy.synth.households import Fate
from deploy.synth.stories import Story

SHORT_AT_MOST = 5_500
BEFORE_THE_BLOW = 6_900
HEAVY_BILL, NET_WHEN_DRAINED = 12_000, 5_900
AFTER: dict[str, tuple[int, int]] = {
    "recovered": (8_000, 9_800),
    "relapsing": (7_600, 8_600),
    "between": (5_300, 6_100),
    "thin": (3_700, 4_700),
    "unable": (7_200, 8_200),
}
"""Income per head over the twelve months before a removal is proposed, in yuan."""
_EARNERS = {"wages": 0.82, "business": 0.22, "property": 0.01, "transfers": 0.05, COSTS: 0.10}
_FARMERS = {"wages": 0.25, "business": 1.00, "property": 0.02, "transfers": 0.08, COSTS: 0.35}
_FARMING = ("no_harvest", "investment")


@dataclass(slots=True)
class Blow:
    """Money of a household that meets a story; `bills` are (month, own payment in yuan)."""

    flows: Flows
    bills: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Case:
    """What a shape is given: the stream, the story with its fate, the members before and at the finding."""

    rng: Random
    story: Story
    fate: Fate
    before: int
    members: int
    calendar: Calendar
    base: Unit

    @property
    def end(self) -> int:
        """Where a blow ends that is not overcome."""
        return self.fate.recovers or self.calendar.end

    def until_end(self, item: str, factor: float) -> Phase:
        """Return the item at `factor` from the blow until it is overcome."""
        return Phase(item, self.fate.event, self.end, factor)


@dataclass(slots=True)
class Shaped:
    """What a shape gives: phases, lumps, bills, and the yearly net income before the blow in yuan."""

    yearly: float
    phases: list[Phase] = field(default_factory=list)
    lumps: list[Lump] = field(default_factory=list)
    bills: list[tuple[int, int]] = field(default_factory=list)


def strike(case_rng: Random, story: Story, fate: Fate, before: int, members: int, calendar: Calendar) -> Blow:
    """Return the money of the household that meets this story."""
    shares = _FARMERS if story.shape in _FARMING else _EARNERS
    case = Case(case_rng, story, fate, before, members, calendar, unit(case_rng, shares, calendar))
    shaped = SHAPES[story.shape](case)
    shaped.lumps += [Lump(OWN, month, own) for month, own in shaped.bills]
    flows = priced(phased(case.base, shaped.phases), shaped.yearly, shaped.lumps, calendar.end)
    if fate.proposed is not None:
        _recover(case, shaped, flows)
    return Blow(flows, [(month, own) for month, own in shaped.bills if month < calendar.end])


def _share_left(case: Case, phases: list[Phase]) -> float:
    """The part of a normal year's net income that is there in the twelve months before the finding."""
    return net_of(phased(case.base, phases), case.fate.found)


def _yearly_before(case: Case, left: float) -> float:
    """A year's net income before the blow: over the line then, short of it at the finding."""
    most = SHORT_AT_MOST * case.members / (left * case.before)
    return case.rng.uniform(min(BEFORE_THE_BLOW, most), most) * case.before


def _bill(case: Case) -> Shaped:
    low = (2_200, 3_000) if case.story.course == "dies" else (2_600, 4_600)
    yearly = case.rng.uniform(8_600, 10_800) * case.before
    own = round(yearly - case.rng.uniform(*low) * case.members)
    once = case.fate.recovers or case.story.course == "dies" or case.story.missed
    again = [] if once else [(5, 0.2), (10, 0.2)]
    bills = [(case.fate.event, own), *[(case.fate.event + gap, round(own * part)) for gap, part in again]]
    return Shaped(yearly, bills=bills)


def _drain(case: Case) -> Shaped:
    phases = [case.until_end("wages", 0.15)]
    left = _share_left(case, phases)
    own = max(round(case.rng.uniform(2_500, 2_900) * case.members), HEAVY_BILL)
    low = min(case.rng.uniform(2_300, 3_200), NET_WHEN_DRAINED - own / case.members)
    yearly = (low * case.members + own) / left
    bills = [(case.fate.found - 1, own), (case.fate.found + 4, own // 6), (case.fate.found + 9, own // 6)]
    return Shaped(yearly, phases, bills=bills)


def _crash(case: Case) -> Shaped:
    phases = [case.until_end("wages", 0.75 if case.fate.recovers else 0.4)]
    yearly = case.rng.uniform(9_200, 11_000) * case.before
    left = _share_left(case, phases) * yearly
    own = max(round(left - case.rng.uniform(2_600, 4_600) * case.members), 6_000)
    return Shaped(yearly, phases, [Lump(OWN, case.fate.event, own)])


def _no_wages(case: Case) -> Shaped:
    phases = [case.until_end("wages", 0.05)]
    return Shaped(_yearly_before(case, _share_left(case, phases)), phases)


def _slide(case: Case) -> Shaped:
    phases = [case.until_end("wages", 0.35)]
    return Shaped(_yearly_before(case, _share_left(case, phases)), phases)


def _no_harvest(case: Case) -> Shaped:
    lost = 0.25
    phases = [case.until_end("business", 0.1), case.until_end(COSTS, 0.6)]
    yearly = _yearly_before(case, _share_left(case, phases) - lost)
    return Shaped(yearly, phases, [Lump(COSTS, case.fate.event, round(lost * yearly))])


def _rich_bill(case: Case) -> Shaped:
    yearly = case.rng.uniform(27_000, 40_000) * case.before
    return Shaped(yearly, bills=[(case.fate.event, round(yearly * case.rng.uniform(0.25, 0.35)))])


def _insured_bill(case: Case) -> Shaped:
    own = round(case.rng.uniform(22_000, 40_000))
    payout = Lump(CLAIMS, case.fate.event, round(own * case.rng.uniform(0.9, 0.97)))
    yearly = case.rng.uniform(12_500, 16_000) * case.before
    return Shaped(yearly, lumps=[payout], bills=[(case.fate.event, own)])


def _plain(case: Case) -> Shaped:
    return Shaped(case.rng.uniform(11_000, 15_000) * case.before)


def _rest(case: Case) -> Shaped:
    phase = Phase("wages", case.fate.found - 3, case.fate.found + 1, 0.4)
    return Shaped(case.rng.uniform(13_500, 17_000) * case.before, [phase])


def _investment(case: Case) -> Shaped:
    yearly = case.rng.uniform(11_000, 14_000) * case.before
    spent = yearly - case.rng.uniform(4_200, SHORT_AT_MOST) * case.before
    return Shaped(yearly, lumps=[Lump(COSTS, case.fate.event, round(spent))])


def _declared_low(case: Case) -> Shaped:
    return Shaped(case.rng.uniform(4_300, 5_300) * case.before)


SHAPES: dict[str, Callable[[Case], Shaped]] = {
    "bill": _bill,
    "drain": _drain,
    "crash": _crash,
    "no_wages": _no_wages,
    "slide": _slide,
    "no_harvest": _no_harvest,
    "rich_bill": _rich_bill,
    "insured_bill": _insured_bill,
    "plain": _plain,
    "rest": _rest,
    "investment": _investment,
    "declared_low": _declared_low,
}


def _recover(case: Case, shaped: Shaped, flows: Flows) -> None:
    """Raise the months after the recovery so that the year before the proposal fits the course."""
    assert case.fate.proposed is not None and case.fate.recovers is not None
    target = case.rng.uniform(*AFTER[case.story.course]) * case.members
    window = slice(case.fate.proposed - WINDOW, case.fate.proposed)
    owed = target + sum(flows[OWN][window]) - sum(flows[CLAIMS][window])
    if case.story.course == "unable":
        _support(case.fate, flows, owed)
    else:
        _earn(case, shaped, flows, owed)
    if case.fate.falls_back is not None:
        for month in range(case.fate.falls_back, case.calendar.end):
            flows["wages"][month] = flows["wages"][month] // 20


def _earn(case: Case, shaped: Shaped, flows: Flows, owed: float) -> None:
    first, last = case.fate.recovers or 0, case.fate.proposed or 0
    normal = {item: [value * shaped.yearly for value in case.base[item]] for item in (*INCOMES, COSTS)}
    falls = case.fate.falls_back or last
    paying = {item: falls if item == "wages" else last for item in INCOMES}
    earned = sum(sum(normal[item][first : paying[item]]) for item in INCOMES)
    before = net_of(_cut(flows, first), last)
    factor = max((owed - before + sum(normal[COSTS][first:last])) / earned, 0.0)
    for month in range(first, case.calendar.end):
        for item in INCOMES:
            flows[item][month] = round(normal[item][month] * factor)
        flows[COSTS][month] = round(normal[COSTS][month])


def _support(fate: Fate, flows: Flows, owed: float) -> None:
    """Public support takes the place of wages that nobody in the household can earn any more."""
    first, last = fate.recovers or 0, fate.proposed or 0
    monthly = max(round((owed - net_of(flows, last)) / (last - first)), 0)
    for month in range(first, len(flows["transfers"])):
        flows["transfers"][month] += monthly


def _cut(flows: Flows, first: int) -> Flows:
    """The flows with nothing from month `first` on."""
    return {item: values[:first] + [0] * (len(values) - first) for item, values in flows.items()}
