"""Every day: villages whose books changed are reviewed (D-05), falls are found (D-07), sums kept (D-04).

A village that nothing happened in is not read. What is done for one village is repeatable: when it is
interrupted, or somebody collects meanwhile, the village stays marked and the next day does it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from shouwang.access.roles import TOWN_OFFICER
from shouwang.decision import YES
from shouwang.errors import StaleVersion
from shouwang.periods import Quarter, Window
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate, Event

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.income import concerned, review
from services.monitoring.domain.income import flags as flag_rules
from services.monitoring.domain.income import growth as growth_rules
from services.monitoring.domain.income.book import book_id
from services.monitoring.domain.income.watch import income_watch
from services.monitoring.handlers.finding.clues import take_in
from services.monitoring.handlers.income.collecting import with_marks
from services.monitoring.handlers.income.marking import FRESH, STALE, UNDERWAY, mark
from services.monitoring.handlers.messages import message
from services.monitoring.metrics import show_income_flags

Json = dict[str, Any]
PAGE: Final = 5000
YEARS: Final = 3
"""A quarter is seen with the eight before it, which lie in three years."""
HOME: Final = ("kind", "status", "ended", "collected_on", "members")
REMOVAL: Final = "removal"
CHANNEL: Final = "income_watch"
INCOME: Final = "income"
"""What is not secured: ① of 附件1."""


@dataclass(frozen=True)
class Village:
    """What is at hand of a village: its households as the registry has them, and their books by year."""

    homes: dict[str, Json]
    books: dict[str, dict[int, Aggregate]]

    def states(self, home: str) -> dict[int, Json]:
        """Return the books of a household by year, as the rules read them."""
        return {year: agg.state for year, agg in self.books.get(home, {}).items()}


def review_changed(ctx: Context) -> None:
    """Review every village that is marked."""
    wanted = {"state.status": {"$in": [STALE, UNDERWAY]}}
    for agg in ctx.store.income_villages.find(wanted, limit=PAGE):
        try:
            _review(replace(ctx, request_id=f"{ctx.request_id}/{agg.id}/{agg.version}"), agg)
        except StaleVersion:  # somebody collected meanwhile: the village stays marked, and comes again
            continue
    show_income_flags(ctx.store.income_books.count({"state.checking": "open"}))


def _review(ctx: Context, agg: Aggregate) -> None:
    agg.state["status"] = UNDERWAY
    ctx.save(ctx.store.income_villages, agg, "income.review_begun")
    village, year = _village(ctx, agg.region, agg.state["year"]), agg.state["year"]
    opened = sum(_quarter(ctx, agg.region, village, Quarter.parse(one)) for one in agg.state["touched"])
    agg.state["periods"] |= _periods(village, agg.state["touched"], year)
    agg.state |= {"status": FRESH, "touched": [], "as_of": ctx.today.isoformat()}
    ctx.save(ctx.store.income_villages, agg, "income.reviewed", events=_told(ctx, agg, opened))


def _village(ctx: Context, region: str, year: int) -> Village:
    homes = {row["id"]: row for row in ctx.store.households.rows(HOME, region=region)}
    return Village(homes, ctx.store.books_of_village(region, range(year - YEARS + 1, year + 1)))


def _quarter(ctx: Context, region: str, village: Village, quarter: Quarter) -> int:
    """Check one quarter of every household that was collected; returns how many flags were opened."""
    here = [home for home in village.homes if quarter.year in village.books.get(home, {})]
    around = review.neighbours([village.states(home) for home in here], quarter)
    policy = ctx.policy.at(quarter.last, region)
    opened = 0
    for home in here:
        proposed = _proposed_on(ctx, village.homes[home])
        found = review.checks(village.states(home), quarter, around, proposed, policy)
        opened += _flag(ctx, village, home, quarter, found)
        _watch(ctx, village, home, quarter)
    return opened


def _proposed_on(ctx: Context, home: Json) -> date | None:
    """Return the day on which removal was last proposed; only who is or was monitored has such a case."""
    if home["status"] == "registered":
        return None
    cases = [one for one in ctx.store.cases_of(home["id"]) if one.state["case"]["procedure"] == REMOVAL]
    return date.fromisoformat(cases[-1].state["opened_on"]) if cases else None


def _flag(ctx: Context, village: Village, home: str, quarter: Quarter, found: Json) -> int:
    agg, states = village.books[home][quarter.year], village.states(home)
    before = agg.state["flags"]
    after = flag_rules.examined(before, str(quarter), found, review.basis(states, quarter), ctx.today)
    if after == before:
        return 0
    agg.state = with_marks({**agg.state, "flags": after})
    ctx.save(ctx.store.income_books, agg, f"income.checked.{quarter}")
    return len(flag_rules.open_flags(after)) - len(flag_rules.open_flags(before))


def _watch(ctx: Context, village: Village, home: str, quarter: Quarter) -> None:
    """Hand a fall or a surge on as a clue, once a household and quarter; who is monitored is not watched."""
    known = village.homes[home]
    if known["status"] == concerned.MONITORED:
        return
    policy = ctx.policy.at(quarter.last, home[:12])
    course = review.course(village.states(home), quarter)
    found = income_watch(course, concerned.groups(known), policy)
    if found.verdict is YES:
        grounds = {"rule": found.rule, "decision": found.to_dict()}
        source = clue_rules.source(CHANNEL, ctx.today, [INCOME], **_origin(quarter), grounds=grounds)
        take_in(replace(ctx, request_id=f"{ctx.request_id}/{home}/{quarter}"), home, None, source, home[:12])


def _origin(quarter: Quarter) -> Json:
    return {"reporter": CHANNEL, "request": f"{CHANNEL}/{quarter}", "department": None, "key": None}


def _periods(village: Village, touched: list[str], year: int) -> dict[str, Json]:
    quarters = {one: Quarter.parse(one) for one in touched}
    windows = {name: (one.window, one) for name, one in quarters.items()}
    windows[str(year)] = (Window(date(year, 1, 1), date(year, 12, 31)), Quarter(year, 4))
    return {name: _sum(village, *one) for name, one in windows.items()}


def _sum(village: Village, window: Window, last: Quarter) -> Json:
    scope = [
        home for home, known in village.homes.items() if concerned.collected_quarterly(known, window.end)
    ]
    return growth_rules.summary(review.compared(village.states(home), window, last) for home in scope)


def _told(ctx: Context, agg: Aggregate, opened: int) -> list[Event]:
    if opened <= 0:
        return []
    text = f"村 {agg.region} 有 {opened} 项收支数字待核实，请用 income_flags 查看后核实或更正。"
    day = ctx.today.isoformat()
    data = message(ctx.service, agg, TOWN_OFFICER, "收支数字待核实", text, mark=day)
    return [ctx.event("message.requested", data)]


def removal_proposed(ctx: Context, event: IncomingEvent) -> None:
    """See to it that the quarter before a proposal of removal is looked at again (D-05)."""
    home, ended = event.data["household"], Quarter.of(event.data["on"]).shift(-1)
    if event.data["procedure"] == REMOVAL and ctx.store.income_books.get_or_none(book_id(home, ended.year)):
        mark(ctx, event.data["region"], [ended])
