"""Where duties come from: one small source each, on an index of place and one of the day.

A colleague adds a source by a line in SOURCES: which repository, what is open there, until when, who acts,
where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from shouwang.access import roles
from shouwang.service import Context

from services.monitoring.domain.care import contacts, evaluation, problems, reviews, watching
from services.monitoring.domain.care.duties import Duty
from services.monitoring.domain.care.escalation import LEVELS, level_of
from services.monitoring.domain.finding import clues

Json = dict[str, Any]
VILLAGE: Final = (roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE)
TOWN: Final = (roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD)
COUNTY: Final = (roles.COUNTY_OFFICER,)
MOST: Final = 500
"""Rows that one source may bring into one list."""
AT_LEVEL: Final = {"village": VILLAGE, "town": TOWN, "county": COUNTY}


@dataclass(frozen=True)
class Source:
    """Duties that stand in one repository. open: what of it is a duty; due: the field of its day.

    label: from the row's fields. level: where such a duty begins, or the field that says so.
    """

    kind: str
    title: str
    rule: str
    act: str
    repository: str
    open: Mapping[str, Any]
    label: Callable[[Json], str]
    fields: Mapping[str, str] = field(default_factory=dict)
    due: str = "due_on"
    level: str = "village"
    roles: tuple[str, ...] = VILLAGE


def _home(row: Json) -> str:
    return f"户 {row['household']}"


SOURCES: Final[tuple[Source, ...]] = (
    Source(
        "clue_response",
        "线索待响应",
        "S-06",
        "respond_clue",
        "clues",
        {"state.status": clues.OPEN},
        lambda row: f"{_home(row)}：响应线索并入户核查",
    ),
    Source(
        "clue_check",
        "线索待核查办结",
        "S-03",
        "close_clue",
        "clues",
        {"state.status": clues.RESPONDED},
        lambda row: f"{_home(row)}：核查并办结线索",
        due="close_by",
    ),
    Source(
        "contact_missing",
        "待落实联系人",
        "D-03",
        "assign_contact",
        "contacts",
        {"state.due_kind": contacts.ASSIGN},
        lambda row: f"{_home(row)}：落实帮扶联系人",
        level="town",
        roles=TOWN,
    ),
    Source(
        "contact_visit",
        "联系人走访",
        "D-03",
        "record_contact_visit",
        "contacts",
        {"state.due_kind": contacts.VISIT},
        lambda row: f"{_home(row)}：联系人走访",
        {"person": "person"},
        roles=(roles.CONTACT_PERSON, *VILLAGE),
    ),
    Source(
        "evaluation",
        "季度评估",
        "D-02",
        "evaluate",
        "evaluations",
        {"state.status": evaluation.DUE},
        lambda row: f"{_home(row)}：{row['quarter']} 季度评估",
        {"quarter": "quarter"},
    ),
    Source(
        "follow_up",
        "消除后回访",
        "R-04",
        "follow_up_visit",
        "follow_ups",
        {"state.status": "running"},
        lambda row: f"{_home(row)}：消除后回访",
        due="next_on",
    ),
    Source(
        "problem",
        "问题整改",
        "D-06",
        "finish_problem",
        "problems",
        {"state.status": problems.OPEN},
        lambda row: f"问题整改：{problems.KINDS[row['of']]}",
        {"of": "kind", "level": "level"},
        level="@level",
    ),
    Source(
        "problem_acceptance",
        "问题验收",
        "D-06",
        "accept_problem",
        "problems",
        {"state.status": problems.DONE},
        lambda row: f"问题验收：{problems.KINDS[row['of']]}",
        {"of": "kind", "level": "level"},
        level="@above",
    ),
    Source(
        "watch",
        "提前关注查看",
        "D-07",
        "look",
        "watches",
        {"state.status": watching.WATCHING},
        lambda row: f"{_home(row)}：{watching.REASONS[row['of']]}，查看情况",
        {"of": "reason"},
    ),
    Source(
        "review",
        "定期研判调度",
        "D-02",
        "record_review",
        "reviews",
        {"state.status": reviews.DUE},
        lambda row: f"{row['period']} {reviews.title(row['level'], row['period'])}",
        {"period": "period", "level": "level"},
        level="@level",
    ),
)


def rows_of(
    ctx: Context, source: Source, region: str | None, where: Mapping[str, Any] = {}, limit: int = 0
) -> Iterator[Json]:
    """Yield the rows of a source in a region (None: everywhere), by its index."""
    names = {"household": "household", "due": source.due, **source.fields}
    repo = getattr(ctx.store, source.repository)
    for row in repo.rows(sorted(set(names.values())), {**source.open, **where}, region=region, limit=limit):
        yield {"id": row["id"], "region": row["region"], **{name: row[path] for name, path in names.items()}}


def duty_of(source: Source, row: Json, on: date, to_town: int, to_county: int) -> Duty:
    """Return the duty of a row, at the level where it stands now."""
    start = _start(source, row)
    level = level_of(start, row["due"], on, to_town, to_county)
    return Duty(
        key=f"{source.kind}/{row['id']}",
        kind=source.kind,
        label=source.label(row),
        region=row["region"],
        household=row["household"],
        roles=_roles(source, row, start),
        person=row.get("person"),
        due_on=row["due"],
        act=source.act,
        rule=source.rule,
        level=level,
    )


def _start(source: Source, row: Json) -> str:
    """Return the level of a duty of its own; a department's stands with the county."""
    if not source.level.startswith("@"):
        return source.level
    own = problems.ABOVE[row["level"]] if source.level == "@above" else row["level"]
    return own if own in LEVELS else "county"


def _roles(source: Source, row: Json, start: str) -> tuple[str, ...]:
    if source.level == "@level" and row["level"] == "department":
        return (roles.DEPARTMENT_OFFICER,)
    return AT_LEVEL[start] if source.level.startswith("@") else source.roles


def overdue_by_kind(ctx: Context, region: str) -> dict[str, int]:
    """Return how many duties of each kind are overdue in a region: counts on indexes."""
    return {source.kind: _overdue(ctx, source, region) for source in SOURCES}


def _overdue(ctx: Context, source: Source, region: str) -> int:
    return int(getattr(ctx.store, source.repository).count(late(ctx, source), region=region))


def late(ctx: Context, source: Source, days: int = 0) -> Json:
    """Return the condition of what is overdue by more than so many days."""
    before = ctx.today - timedelta(days=days)
    return {**source.open, f"state.{source.due}": {"$lt": before.isoformat()}}
