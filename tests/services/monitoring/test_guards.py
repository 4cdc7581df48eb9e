"""Guard tests that read the code: stable error codes are all listed, vocabulary and code tables agree."""

import re
from pathlib import Path

from shouwang.vocabulary import RISKS

from services.monitoring.domain.registry.roster_form import COLUMNS
from services.monitoring.errors import CODES
from services.monitoring.schemas import EVENTS
from tests.services.monitoring.sheet import TABLES

HERE = Path("services/monitoring")
CODE = re.compile(r'code="([a-z_]+\.[a-z_]+)"')
EVENT = re.compile(r'(?:ctx\.event\(\s*|yield )"([a-z_.]+)"')
OF_CASES = {f"case.{kind}" for kind in ("step_taken", "sent_back", "ended", "debt_owed", "corrected")}
ROW_PROBLEMS = {"roster.required", "roster.wrong_village"}  # of single cells: they stand in the report


def sources(folder: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (HERE / folder).rglob("*.py"))


def test_every_error_code_that_a_call_can_answer_is_listed():
    """Whole in the source, or its last word where a helper puts the topic before it."""
    text = sources("handlers") + sources("domain")
    assert not sorted(set(CODE.findall(text)) - ROW_PROBLEMS - set(CODES))
    words = {code.partition(".")[2] for code in CODES}
    assert not sorted(set(re.findall(r'_refused\("([a-z_]+)"', text)) - words)


def test_no_error_code_is_listed_that_nobody_answers():
    text = sources("handlers") + sources("domain") + sources("store")
    said = set(re.findall(r'"([a-z_.]+)"', text))
    assert not [code for code in CODES if code not in said and code.partition(".")[2] not in said]


def test_every_event_that_is_emitted_has_a_schema():
    emitted = set(EVENT.findall(sources("handlers"))) | OF_CASES
    assert emitted | {"notice.requested", "household.changed"} == set(EVENTS)


def test_the_code_table_of_risks_is_the_vocabulary():
    assert set(TABLES["risk_type"].values()) == set(RISKS)


def test_every_code_column_has_its_table():
    assert {column.table for column in COLUMNS if column.kind in ("code", "codes")} == set(TABLES)


def test_no_file_has_grown_past_its_size():
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in HERE.rglob("*.py")}
    assert {str(path) for path, lines in long.items() if lines > 300} == set()
