"""The four screening rules once more, hand-written as DuckDB SQL: what a bare query over the files costs.

Each query gives the person and the columns that the rule shows. Policy figures are bound, not written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from shouwang.policy import Policy

from deploy.bench.lake_tables import COUNTY, MONTH
from services.assistance.departments import civil_affairs, health_insurance

Row = tuple[Any, ...]

HEAVY_OWN_SHARE: Final = """
SELECT person, own_share FROM (
    SELECT person, sum(in_scope) - sum(paid) AS own_share FROM read_parquet($settlements) GROUP BY person
) WHERE own_share > $share * $income"""

UNINSURED: Final = """
SELECT person, CASE status WHEN 'suspended' THEN '暂停参保' ELSE '未参保' END AS status
FROM read_parquet($insured) WHERE status <> 'insured'"""

LOST_MINIMUM_LIVING: Final = """
SELECT person, stopped_on, CASE stopped_for WHEN 'income' THEN '收入超标' WHEN 'property' THEN '财产超标'
    WHEN 'own_wish' THEN '自愿退出' WHEN 'other' THEN '其他' ELSE '未登记' END AS reason
FROM read_parquet($minimum_living) AS m
WHERE status = 'stopped' AND stopped_on > $on::DATE - $days::INTEGER
    AND (stopped_for IS NULL OR stopped_for NOT IN ('death', 'moved'))
    AND NOT EXISTS (SELECT 1 FROM read_parquet($destitute) AS d WHERE d.person = m.person)"""

DEPENDENT_WITHOUT_CARE: Final = """
SELECT person, CASE ability WHEN 'partly' THEN '半失能' ELSE '失能' END AS ability,
    CASE WHEN care_agreement IS NULL THEN '未登记' ELSE '无' END AS agreement
FROM read_parquet($destitute)
WHERE support = 'at_home' AND ability <> 'able' AND NOT coalesce(care_agreement, false)"""


@dataclass(frozen=True)
class Query:
    """One rule as SQL: department, rule as the worker names it, columns shown besides the person."""

    department: str
    rule: str
    shows: tuple[str, ...]
    sql: str


QUERIES: Final = (
    Query("health_insurance", "S-05.heavy_own_share", ("own_share",), HEAVY_OWN_SHARE),
    Query("health_insurance", "S-05.uninsured", ("status",), UNINSURED),
    Query("civil_affairs", "S-05.lost_minimum_living", ("stopped_on", "reason"), LOST_MINIMUM_LIVING),
    Query("civil_affairs", "S-05.dependent_without_care", ("ability", "agreement"), DEPENDENT_WITHOUT_CARE),
)


class Bare:
    """A warm DuckDB with as many threads as the worker's, and the queries ready to run."""

    def __init__(self, root: Path, threads: int) -> None:
        self._db = duckdb.connect(config={"threads": threads})
        self._bound = {**_figures(), **_files(root)}

    def screen(self) -> dict[str, list[Row]]:
        """Run all four queries; rule → rows."""
        return {query.rule: self._rows(query) for query in QUERIES}

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _rows(self, query: Query) -> list[Row]:
        used = {name: value for name, value in self._bound.items() if f"${name}" in query.sql}
        return self._db.execute(query.sql, used).fetchall()


def _figures() -> Mapping[str, Any]:
    health = _policy(health_insurance).at(MONTH.last, COUNTY)
    civil = _policy(civil_affairs).at(MONTH.last, COUNTY)
    return {
        "share": health.illness_warning_share,
        "income": health.disposable_income,
        "days": civil.lost_minimum_living_days,
        "on": MONTH.last,
    }


def _policy(package: Any) -> Policy:
    return Policy.load([folder_of(package) / "policy"])


def folder_of(package: Any) -> Path:
    """Return the folder of a department's plugin."""
    return Path(package.__path__[0])


def _files(root: Path) -> Mapping[str, list[str]]:
    files: dict[str, list[str]] = {}
    for path in sorted(root.glob("*/*/*/*.parquet")):
        files.setdefault(path.parent.parent.name, []).append(str(path))
    return files
