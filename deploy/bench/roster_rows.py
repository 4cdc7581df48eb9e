"""Rosters of a county of any size, made in memory village by village: persons whom nobody is (decision 0080).

`deploy/synth` tells stories and writes workbooks; here only the amount matters, and that figures lie on both
sides of every line. The same number of a village always gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from deploy.synth.numbers import id_number, phone
from services.monitoring.domain.registry.roster_form import COLUMNS

COUNTY: Final = "430426"
A_VILLAGE: Final = 600
"""Households of a village; 500 villages are a county of 300,000 households and a million persons."""
VILLAGES_A_TOWN: Final = 20
SIZES: Final = (1, 2, 2, 3, 3, 3, 4, 4, 5, 6)
BIRTHS: Final = 25_000
FIRST_BIRTH: Final = date(1940, 1, 1)
ROWS_A_BATCH: Final = 600
FIRST_ROW: Final = 2
RISKS: Final = ("", "", "", "", "", "", "", "因病", "因学", "因残、因病")
LABOUR: Final = ("普通劳动力", "普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "无劳动力", "丧失劳动力")
COLLECTED: Final = "2021-05-20"
Row = dict[str, Any]

_HEADINGS: Final = {column.field: column.heading for column in COLUMNS}
_BLANK: Final = {column.heading: "" for column in COLUMNS}
FIRST_CHARACTER: Final = 0x4E00
CHARACTERS: Final = 1_000
"""Chinese characters of which names are made."""
_PERSON: Final = {
    "ethnicity": "汉族",
    "political": "群众",
    "education": "小学",
    "student": "非在校生",
    "health": "健康",
    "work_area": "其他",
    "work_months": "3.5",
    "serious_illness_insurance": "是",
    "pension_insurance": "是",
    "destitute": "否",
    "relocated": "否",
}
_HOUSE: Final = {
    "group": "第三组",
    "large_resettlement": "否",
    "school_dropout": "否",
    "disasters": "",
    "collector": "测采集",
    "collected_on": COLLECTED,
}


@dataclass(frozen=True)
class VillageRows:
    """One village of the county: its ordinal (from 0) and how many households live there."""

    ordinal: int
    households: int

    @property
    def code(self) -> str:
        """Division code of twelve digits."""
        town, place = divmod(self.ordinal, VILLAGES_A_TOWN)
        return f"{COUNTY}{100 + town:03d}{1 + place:03d}"

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows in batches as the command line cuts them: a household never lies across two."""
        batch: list[Row] = []
        for rows in self._households():
            if batch and len(batch) + len(rows) > ROWS_A_BATCH:
                yield batch
                batch = []
            batch += rows
        yield batch

    def _households(self) -> Iterator[list[Row]]:
        rng, line, person = Random(self.ordinal), FIRST_ROW, self.ordinal * A_VILLAGE * max(SIZES)
        for number in range(1, self.households + 1):
            size = rng.choice(SIZES)
            yield [
                {"row": line + place, "cells": self._cells(rng, number, place, size, person + place)}
                for place in range(size)
            ]
            line, person = line + size, person + max(SIZES)

    def _cells(self, rng: Random, number: int, place: int, size: int, person: int) -> dict[str, str]:
        values = {"village": self.code, "number": str(number), **_member(rng, person)}
        if place == 0:
            shared = _house(rng, size) | {"phone": phone(self.ordinal, number)}
            values |= {"relation": "本人或户主", **shared}
        return _BLANK | {_HEADINGS[name]: text for name, text in values.items()}


def villages(households: int) -> list[VillageRows]:
    """Return the villages of a county of so many households; the last one may be smaller."""
    whole, rest = divmod(households, A_VILLAGE)
    full = [VillageRows(number, A_VILLAGE) for number in range(whole)]
    return [*full, VillageRows(whole, rest)] if rest else full


def number_of_person(person: int) -> str:
    """Return the ID number of the n-th person of the county; no two have the same."""
    order, day = divmod(person, BIRTHS)
    return id_number(f"{FIRST_BIRTH + timedelta(days=day):%Y%m%d}", order)


def name_of_person(person: int) -> str:
    """Return a made-up name of two characters behind 测; a village has no two alike."""
    return f"测{chr(FIRST_CHARACTER + person % CHARACTERS)}{chr(FIRST_CHARACTER + person // CHARACTERS)}"


def _member(rng: Random, person: int) -> dict[str, str]:
    own = {
        "name": name_of_person(person),
        "id_number": number_of_person(person),
        "relation": "其他",
        "labour": rng.choice(LABOUR),
        "medical_insurance": "否" if rng.random() < 0.01 else "是",
        "minimum_living": "是" if rng.random() < 0.02 else "否",
    }
    return _PERSON | own


def _house(rng: Random, size: int) -> dict[str, str]:
    """Return the head's cells: incomes from far below the monitoring line to far above, some cells blank."""
    earned = rng.randrange(2_000, 30_000) * size
    money = {"wages": earned * 6 // 10, "business": earned * 3 // 10, "property": 0}
    money |= {"transfers": earned // 5, "business_costs": earned // 10, "claims": 0}
    money["own_payments"] = rng.choice((0, 0, 0, 500, earned // 4))
    cells = _HOUSE | {name: str(fen) for name, fen in money.items()} | {"risks": rng.choice(RISKS)}
    cells |= {"kind": rng.choice(("脱贫户", "一般农户", "一般农户", "一般农户"))}
    cells |= {"housing_unsafe": "是" if rng.random() < 0.005 else "否", "water_unsafe": "否"}
    return cells | ({rng.choice(("property", "water_unsafe", "wages")): ""} if rng.random() < 0.05 else {})
