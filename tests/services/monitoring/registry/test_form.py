"""The form as data: every printed number once, every table there, both lists of the same fields agree."""

import pytest
from shouwang.vocabulary import MEASURE_CODES, MEASURE_ITEMS, RISKS, STATES

from services.monitoring.domain.registry import form, printed, roster_form
from services.monitoring.store.registry import with_history
from tests.services.monitoring.registry.village import registered
from tests.services.monitoring.sheet import AS_OF, POLICY


@pytest.mark.rule("M-02")
def test_every_number_of_the_form_stands_once():
    expected = [f"A{number}" for number in range(1, 56)]
    expected.insert(expected.index("A28"), "A27a")
    assert [field.item for field in form.FIELDS] == expected


@pytest.mark.rule("M-02")
def test_every_choice_has_its_table_and_nothing_else_has_one():
    for field in form.BY_NAME.values():
        assert bool(field.table) == (field.kind in ("code", "codes"))
        if field.table:
            assert len(POLICY.codes(field.table, AS_OF)) >= 2


@pytest.mark.rule("M-13")
def test_parts_follow_each_other_and_phases_are_those_of_the_form():
    parts = [field.part for field in form.FIELDS]
    assert parts == sorted(parts) and set(parts) == set(form.PARTS)
    phases = {part: {field.phase for field in form.fields_of(part)} for part in form.PARTS}
    first = {part: {form.CHECK} for part in range(1, 6)}
    assert phases == {**first, 6: {form.INCLUDED}, 7: {form.CHECK, form.REMOVAL}}


def test_derived_fields_are_never_typed_but_the_sex_which_is_only_compared():
    typed = {field.item for field in form.FIELDS if field.derived and field.column}
    assert typed == {"A6"}
    assert {field.item for field in form.FIELDS if field.derived} == {
        *("A3", "A6", "A26", "A33", "A34", "A37", "A38", "A53", "A54")
    }


@pytest.mark.rule("A-02")
def test_the_measures_of_the_form_are_those_of_the_vocabulary():
    sixth = {field.item: field for field in form.fields_of(6)}
    assert {item: field.heading for item, field in sixth.items()} == MEASURE_CODES
    tables = {field.table for field in sixth.values() if field.table}
    printed_items = {line.name: line.label for table in tables for line in POLICY.codes(table, AS_OF)}
    assert printed_items == MEASURE_ITEMS
    codes = {
        line.name for table in tables for line in POLICY.codes(table, AS_OF) if line.name[4:] == line.code
    }
    assert codes == set(MEASURE_ITEMS)


def test_misprints_are_put_right():
    ethnic = POLICY.codes("ethnicity", AS_OF)
    assert (ethnic.label("21"), ethnic.label("32")) == ("佤族", "仫佬族")
    labels = [line.label for line in ethnic]
    assert len(labels) == len(set(labels))
    years = [line.label for line in POLICY.codes("student_status", AS_OF) if line.name.startswith("bachelor")]
    assert years == [f"本科{year}年级" for year in "一二三四五"]


@pytest.mark.rule("M-14")
def test_numbers_one_to_five_are_states_and_the_others_risks():
    assert "".join(printed.NUMBERS[name] for name in STATES) == "①②③④⑤"
    assert "".join(printed.NUMBERS[name] for name in RISKS) == "⑥⑦⑧⑨⑩⑪⑫⑬⑭"
    assert printed.printed_states(["insurance", "illness", "income"]) == "①⑤"
    assert printed.printed_risks(["other", "insurance", "illness"]) == "⑥⑭"
    assert printed.NAMES["⑫"] == "unstable_employment"


def test_the_workbook_asks_for_what_the_form_asks_for():
    asked = {column.field for column in roster_form.COLUMNS if column.level != "row"}
    assert asked == {field.field for field in form.BY_NAME.values() if field.column}
    assert [column.field for column in roster_form.COLUMNS if column.optional] == list(roster_form.ADDED)


def test_a_household_of_before_is_read_in_the_new_form():
    whole = registered()
    kept = (
        "former",
        "changes",
        "base",
        "known_from",
        "ended",
        "came_from",
        "to_clarify",
        "measures",
        "roster_date",
    )
    added = ("address", "resettlement_site", "other_risk", "collector_phone")
    old = {name: value for name, value in whole.items() if name not in (*kept, *added)}
    read = with_history(old)
    assert set(read) == set(whole)
    assert (read["known_from"], read["changes"]) == ("2021-06-10", [])
    assert with_history({**old, "collected_on": None})["known_from"] == "2021-07-02"
