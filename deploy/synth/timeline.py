"""What people do and see, day by day: one line each, in the order of time.

Kinds: roster, roster_correction, table, inspection, finding, self_report, hotline_report, death,
removal_proposal. What a household or a villager would answer to a step that only the county's work brings
about stands in reactions.jsonl.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.synth.calendar import Calendar
from deploy.synth.facts import visited_on
from deploy.synth.geography import Village
from deploy.synth.households import Household
from deploy.synth.stories import FALSE_EXPECTED, RISKS, STATES, Story
from deploy.synth.streams import chance, stream
from deploy.synth.truth import CORRECTED_AFTER_DAYS, proposed_on

Line = dict[str, Any]
ORDER = (
    "roster",
    "roster_correction",
    "table",
    "death",
    "inspection",
    "finding",
    "self_report",
    "hotline_report",
    "removal_proposal",
)
NOTES: dict[str, str] = {
    "accident": "家中主要劳力出了事故，治疗花费大，肇事方未赔",
    "job_loss": "在外务工的人已回来几个月，没有找到新的活",
    "disaster": "地里和栏里受灾，今年几乎没有收成",
    "drop_out": "孩子不再去学校，家里近来收入也少了",
    "disability": "主要劳力落下残疾，不能再干活",
    "industry_failure": "种养的项目失败，本钱收不回来",
    "housing": "住房出现裂缝，下雨不敢住人，家里也拿不出钱修",
    "water": "水源断了，吃水要到远处挑，家里收入也少了",
    "uninsured": "家里有人今年没有参加医保，收入也少了",
    "no_labour": "主要劳力去世，家里没有能干活的人",
    "schooling": "几个孩子同时上学，收入又少了，学费凑不齐",
    "illness": "家里有人重病，能挣钱的人也歇了工",
    "insured_elsewhere": "登记显示家里有人未参保",
    "student_months": "家里有年轻人一年只做了两个月工",
    "seasonal_rest": "在外务工的人回来已有几个月",
    "investment_year": "今年投入很大，账上没有剩钱",
    "transfer_school": "适龄孩子不在村小和镇中学就读",
    "quick_new_job": "厂里停工，回到家里",
    "hidden_wealth": "在外务工不稳，家里收入低",
}


class Timeline:
    """Gathers the lines; they are sorted once, at the end."""

    def __init__(self, seed: int, calendar: Calendar, away: float) -> None:
        self._seed, self._calendar, self._away = seed, calendar, away
        self._lines: list[Line] = []
        self._visits: dict[tuple[date, str, int], tuple[list[str], list[str]]] = {}

    def household(self, household: Household) -> None:
        """Note what this household does and what is seen of it."""
        self._visit(household)
        self._reports(household)
        for day, ref in household.deaths:
            if day >= self._calendar.opens_on:
                self._add(day, "death", "village_cadre", household, person=ref)
        day_proposed = proposed_on(household, self._calendar)
        if day_proposed is not None:
            self._add(day_proposed, "removal_proposal", "village_cadre", household, way="帮扶消除")

    def roster(self, village: Village, file: str, corrections: str | None) -> None:
        """The village hands in its workbook, and later what it has put right."""
        self._file(self._calendar.opens_on, "roster", "village_cadre", village.code, file)
        if corrections is not None:
            day = self._calendar.opens_on + timedelta(days=CORRECTED_AFTER_DAYS)
            self._file(day, "roster_correction", "village_cadre", village.code, corrections)

    def table(self, on: date, department: str, table: str, period: str, file: str) -> None:
        """A department exports a table."""
        if on <= self._calendar.closes_on:
            line = {"department": department, "table": table, "period": period, "file": file}
            self._lines.append(
                {"on": on.isoformat(), "kind": "table", "actor_role": "department_officer", **line}
            )

    def lines(self) -> list[Line]:
        """Return every line in the order of time."""
        places = {kind: place for place, kind in enumerate(ORDER)}
        every = self._lines + list(self._inspections())
        return sorted(
            every, key=lambda line: (line["on"], places[line["kind"]], str(line.get("village")), _last(line))
        )

    def _inspections(self) -> list[Line]:
        found = []
        for (day, village, number), (visited, away) in self._visits.items():
            line = {
                "on": day.isoformat(),
                "kind": "inspection",
                "actor_role": "village_team",
                "village": village,
            }
            found.append({**line, "round": number, "visited": visited, "away": away})
        return found

    def _visit(self, household: Household) -> None:
        for number, month in enumerate(self._calendar.rounds, 1):
            day = visited_on(household.index, month, self._calendar)
            rng = stream(self._seed, household.village.code, "away", household.index, number)
            at_home, finding = _seen(household, month, chance(rng, self._away))
            key = (day, household.village.code, number)
            lists = self._visits.setdefault(key, ([], []))
            lists[0 if at_home else 1].append(household.number)
            if finding:
                self._speak(day, "finding", "village_team", household)

    def _reports(self, household: Household) -> None:
        story, day = household.story, household.found_on
        if story is None or day is None or day > self._calendar.closes_on:
            return
        if story.channel == "self_report":
            channel = ("village", "app", "village")[household.index % 3]
            self._speak(day, "self_report", "household", household, channel=channel)
        elif story.channel == "hotline":
            by = ("neighbour", "relative")[household.index % 2]
            self._speak(day, "hotline_report", "hotline", household, channel="hotline", by=by)

    def _speak(self, day: date, kind: str, role: str, household: Household, **more: str) -> None:
        story = household.story
        assert story is not None
        self._add(day, kind, role, household, **_said(story), note=NOTES[story.kind], **more)

    def _add(self, day: date, kind: str, role: str, household: Household, **more: object) -> None:
        line = {"on": day.isoformat(), "kind": kind, "actor_role": role, "village": household.village.code}
        self._lines.append({**line, "number": household.number, "household": household.key, **more})

    def _file(self, day: date, kind: str, role: str, village: str, file: str) -> None:
        self._lines.append(
            {"on": day.isoformat(), "kind": kind, "actor_role": role, "village": village, "file": file}
        )


def _last(line: Line) -> str:
    return str(line.get("number") or line.get("file") or line.get("round"))


def _said(story: Story) -> dict[str, list[str]]:
    risks = list(RISKS[story.kind]) if story.real else [FALSE_EXPECTED[story.kind][0]]
    return {"risks": risks, "states": [STATES[story.kind]] if story.kind in STATES else []}


def _seen(household: Household, month: int, away: bool) -> tuple[bool, bool]:
    """Whether the household is at home in this round, and whether the cadres see something.

    Who is to be found another way, or not at all, is away while there would be something to see.
    """
    story, fate = household.story, household.fate
    if story is None or fate is None:
        return not away, False
    if story.channel == "inspection":
        return True, fate.found == month
    hidden = story.real and fate.event <= month and (bool(story.missed) or month <= fate.found)
    return not (away or hidden), False
