"""Parquet of both departments for a county of any size, written by DuckDB in one pass a table.

What happens to whom is arithmetic on the person's number, so that every run holds the same rows: about as
many finds a million persons as the synthetic county has (docs/synth.md), and beside each find those who only
just are none. Pseudonyms, types, order and compression are those of an import.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import duckdb
from shouwang.department.feeds import Period, Year
from shouwang.department.lake import Lake
from shouwang.department.table import Table
from shouwang.periods import Month
from shouwang.places import Places

from services.assistance.departments.civil_affairs.tables import Destitute, MinimumLiving
from services.assistance.departments.health_insurance.tables import Insured, Settlements

COUNTY: Final = "430426"
MONTH: Final = Month(2021, 11)
MONTHS: Final = 12

PERSON: Final = "md5(concat('person ', {number}))::UUID"
VILLAGE: Final = "villages[1 + ({number} * 7919) % len(villages)]"

INSURED: Final = """
SELECT {person} AS person, {village} AS village, {year}::BIGINT AS year, 'resident' AS scheme,
    CASE WHEN n % 2000 = 0 THEN 'uninsured' WHEN n % 2000 = 1 AND n % 8000 = 1 THEN 'suspended'
         ELSE 'insured' END AS status,
    32000::BIGINT AS premium, DATE '{first}' AS insured_on, n AS row
FROM range({persons}) AS t(n), villages"""

# A heavy claim exceeds the line by itself; ordinary ones add up to it for nobody, as a rule.
SETTLEMENTS: Final = """
WITH claims AS (
    SELECT n, hash(n, {seed}) AS h, n % 1400 = 0 AS heavy FROM range({claims}) AS t(n)
), amounts AS (
    SELECT n, h,
        CASE WHEN heavy THEN 550000 + (h // 7 % 2000000) ELSE 5000 + (h // 7 % 45000) END::BIGINT AS own,
        CASE WHEN heavy THEN 3000000 ELSE 20000 + (h // 11 % 500000) END::BIGINT AS basic
    FROM claims
)
SELECT concat('C{seed}-', n) AS claim, {person} AS person,
    (DATE '{first}' + (h % 28)::INTEGER)::DATE AS settled_on,
    CASE h % 3 WHEN 0 THEN 'inpatient' WHEN 1 THEN 'chronic' ELSE 'outpatient' END AS kind,
    (own + basic) * 11 // 10 AS total, own + basic AS in_scope, basic AS basic,
    0::BIGINT AS serious, 0::BIGINT AS aid, basic AS paid, n AS row
FROM amounts"""

# Stopped within the month or long ago, for a reason that counts, for one that does not, for none.
MINIMUM_LIVING: Final = """
SELECT {person} AS person, {person} AS head, {village} AS village,
    CASE WHEN n % 50 = 0 THEN 'stopped' WHEN n % 50 = 1 THEN 'leaving' ELSE 'active' END AS status,
    1 + n % 4 AS members, 45000::BIGINT AS monthly_amount, DATE '2020-01-01' AS since,
    CASE WHEN n % 50 = 0 THEN DATE '{last}' - (n // 50 % 62)::INTEGER END::DATE AS stopped_on,
    CASE WHEN n % 50 = 0
        THEN ['income', 'property', 'death', 'moved', 'own_wish', 'other', NULL][1 + n // 50 % 7] END
        AS stopped_for,
    n AS row
FROM range({minimum_living}) AS t(n), villages"""

# Every fourth of the destitute is in the register of minimum living too, some of them just stopped: left out.
DESTITUTE: Final = """
SELECT {person} AS person, {village} AS village,
    CASE WHEN n % 3 = 0 THEN 'institution' ELSE 'at_home' END AS support,
    CASE WHEN n % 40 < 36 THEN 'able' WHEN n % 40 < 39 THEN 'partly' ELSE 'unable' END AS ability,
    [true, true, false, NULL][1 + n // 7 % 4] AS care_agreement, 70000::BIGINT AS monthly_amount,
    DATE '2020-01-01' AS since, n AS row
FROM range({destitute}) AS t(n), villages"""


class Writer:
    """Writes one county into two lakes."""

    def __init__(self, root: Path, persons: int, claims_a_month: int) -> None:
        self.persons, self.claims = persons, claims_a_month
        self.health = Lake(root / "health_insurance")
        self.civil = Lake(root / "civil_affairs")

    def write(self) -> None:
        """Write every table that a rule reads: the insured, twelve months of claims, two registers."""
        with duckdb.connect() as db:
            db.execute("CREATE TABLE villages AS SELECT ? AS villages", [_villages()])
            self._insured(db)
            for shift in range(MONTHS):
                self._settlements(db, MONTH.shift(-shift), shift)
            self._registers(db)

    def _insured(self, db: duckdb.DuckDBPyConnection) -> None:
        year = Year(MONTH.year)
        query = INSURED.format(
            person=_person("n"),
            village=_village("n"),
            year=year,
            first=year.first,
            persons=self.persons,
        )
        _copy(db, query, self.health, Insured, year)

    def _settlements(self, db: duckdb.DuckDBPyConnection, month: Month, seed: int) -> None:
        query = SETTLEMENTS.format(
            person=_person(f"(h % {self.persons})"), claims=self.claims, seed=seed, first=month.first
        )
        _copy(db, query, self.health, Settlements, month)

    def _registers(self, db: duckdb.DuckDBPyConnection) -> None:
        last: date = MONTH.last
        minimum_living, destitute = self.persons * 3 // 100, self.persons // 200
        query = MINIMUM_LIVING.format(
            person=_person("n"), village=_village("n"), last=last, minimum_living=minimum_living
        )
        _copy(db, query, self.civil, MinimumLiving, MONTH)
        own = f"(CASE WHEN n % 4 = 0 THEN n // 4 * 24 ELSE {minimum_living} + n END)"
        query = DESTITUTE.format(person=_person(own), village=_village("n"), destitute=destitute)
        _copy(db, query, self.civil, Destitute, MONTH)


def _copy(db: duckdb.DuckDBPyConnection, query: str, lake: Lake, table: type[Table], period: Period) -> None:
    file = lake.file(table, period)
    file.parent.mkdir(parents=True)
    wanted = ", ".join(table.columns)  # the declared columns and no others, as an import writes them
    ordered = f"SELECT {wanted} FROM ({query}) ORDER BY person, row"
    db.execute(f"COPY ({ordered}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")


def _villages() -> list[str]:
    places = Places.load()
    return [village.code for town in places.children(COUNTY) for village in places.children(town.code)]


def _person(number: str) -> str:
    return PERSON.format(number=number)


def _village(number: str) -> str:
    return VILLAGE.format(number=number)
