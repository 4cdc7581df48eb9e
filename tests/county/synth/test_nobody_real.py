"""No person made here can be a real one: the county of every ID number was never a county."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from shouwang.identity import parse_disability_card, parse_id
from shouwang.places import Places

from deploy.synth.errors import SynthError
from deploy.synth.geography import county
from deploy.synth.numbers import PHONE_PREFIX, PREFIX, VILLAGES_AT_MOST, Registry

from .conftest import Town, rows

# Every county code that 衡阳市 (4304) has had since GB/T 2260 began: ID numbers were issued under these.
EVER_ISSUED = {f"4304{code:02d}" for code in (*range(1, 13), *range(21, 28), 81, 82)}
LONG = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{20})(?!\d)")
MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")


def test_prefix_is_no_county() -> None:
    """Not in the standard, not in its history."""
    assert PREFIX.startswith("4304")
    assert PREFIX not in EVER_ISSUED
    assert PREFIX not in Places.load()


def test_every_number_in_every_file_has_the_prefix(town: Town) -> None:
    """Not one ID or phone number anywhere that could be somebody's, dirty rows included."""
    found = 0
    for path in town.folder.rglob("*"):
        for text in _texts(path):
            found += len(LONG.findall(text))
            assert all(number.startswith(PREFIX) for number in LONG.findall(text)), path
            assert all(number.startswith(PHONE_PREFIX) for number in MOBILE.findall(text)), path
    assert found > town.manifest["persons"] * 3


def _texts(path: Path) -> list[str]:
    if path.suffix in (".xlsx", ".csv"):
        return [str(cell) for row in rows(path) for cell in row if cell]
    return [path.read_text("utf-8")] if path.suffix == ".jsonl" else []


def test_numbers_are_right_in_form_and_agree_with_the_person(town: Town) -> None:
    """GB 11643: check character, birth date, sex; of a certificate the first 18 characters too."""
    persons = [person for line in town.households.values() for person in line["persons"]]
    for person in persons:
        number = parse_id(person["id_number"], on=date(2021, 6, 1))
        assert number.birth.isoformat() == person["birth"]
        assert (number.sex == "male") == person["male"]
        if person["card"]:
            parse_disability_card(person["card"], holder=person["id_number"])
    assert len({person["id_number"] for person in persons}) == len(persons)


def test_no_two_villages_share_an_order_code() -> None:
    """The order code names the village, so that villages can be made apart and stay unique together."""
    ordinals = [village.ordinal for village in county()]
    assert len(set(ordinals)) == len(ordinals)
    assert max(ordinals) < VILLAGES_AT_MOST - 1, "the last one belongs to the outsiders"
    with pytest.raises(SynthError):
        Registry(VILLAGES_AT_MOST)


def test_a_full_day_pushes_the_birth_to_a_free_one() -> None:
    """Two boys of one day: the second is born a day later, or earlier when there is no later."""
    registry, last = Registry(3), date(2021, 5, 30)
    first, born = registry.issue(date(2021, 5, 30), True, last)
    second, moved = registry.issue(date(2021, 5, 30), True, last)
    third, again = registry.issue(date(2021, 5, 30), True, last)
    girl, same = registry.issue(date(2021, 5, 30), False, last)
    assert (born.day, moved.day, again.day, same.day) == (30, 29, 28, 30)
    assert len({first, second, third, girl}) == 4
    assert all(parse_id(number).birth <= last for number in (first, second, third, girl))


def test_csv_reader_of_these_tests_sees_the_files(town: Town) -> None:
    """The scan above must not pass because it reads nothing."""
    path = town.folder / "tables/health_insurance/insured-2021.csv"
    with path.open(encoding="gb18030", newline="") as file:
        assert len(list(csv.reader(file))) == len(rows(path)) > town.manifest["persons"]
