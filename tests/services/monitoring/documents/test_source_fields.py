"""Every field, order and note of 附件1–5 stands in the PDF and the docx, and nothing else (K-02)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from shouwang.documents import Document, fill, pdf, read_description, word

from services.monitoring.domain.documents import options
from services.monitoring.domain.registry.form import FIELDS
from services.monitoring.handlers.documents.forms import form_file
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.documents import comparing
from tests.services.monitoring.documents.comparing import expected, items, plain

NAMES = {1: "application", 2: "information", 3: "approval", 4: "measures", 5: "assessment"}
LINES = {1: (2393, 2427), 2: (2431, 2464), 3: (2468, 2501), 4: (2503, 2520), 5: (2522, 2557)}
VIEW = POLICY.at(date(2021, 8, 1), "430426")
LABELS = {
    table: {line.name: line.label for line in VIEW.codes(table)}
    for name in NAMES.values()
    for table in options.tables_of(form_file(name))
}
BLANK = {"line": "6500", "notice_days": 7}


def blank(number: int) -> Document:
    """The form with nothing filled in but the figures of the policy."""
    return fill(read_description(options.resolved(form_file(NAMES[number]), LABELS)), BLANK)


@pytest.mark.rule("K-02", "M-14")
@pytest.mark.parametrize("number", NAMES)
def test_the_docx_says_what_the_source_says_in_its_order(number: int) -> None:
    assert comparing.docx_text(word.render([blank(number)])) == expected(number)


@pytest.mark.rule("K-02", "M-14")
@pytest.mark.parametrize("number", NAMES)
@pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils, make tools)"
)
def test_the_pdf_says_what_the_source_says_in_its_order(number: int, tmp_path: Path) -> None:
    """A cell over several rows is set with its last row: such words are looked for apart."""
    found, wanted = comparing.pdf_text(pdf.render([blank(number)]), tmp_path), expected(number)
    for one in items(number):
        if one.get("spanning"):
            word_ = plain(one.get("instead", one["text"]))
            found, wanted = without(found, word_), without(wanted, word_)
    assert found == wanted


def without(text: str, word_: str) -> str:
    assert word_ in text
    return text.replace(word_, "", 1)


@pytest.mark.parametrize("number", NAMES)
def test_every_change_of_the_source_says_why(number: int) -> None:
    changed = [one for one in items(number) if "instead" in one or "added" in one or "dropped" in one]
    assert all(one["why"] for one in changed)
    assert all(one["line"] for one in items(number) if "added" not in one)


@pytest.mark.parametrize("number", NAMES)
@pytest.mark.skipif(comparing.SEED is None, reason="the compendium does not lie beside the repository")
def test_the_list_is_what_the_source_says(number: int) -> None:
    assert comparing.in_source(number) == comparing.seed(*LINES[number])


@pytest.mark.rule("M-02")
def test_every_field_of_the_registry_is_printed_under_its_number_and_heading() -> None:
    printed = {name: one for name, one in form_file("information")["fields"].items() if "item" in one}
    assert list(printed) == [field.item for field in FIELDS]
    for field in FIELDS:
        assert bare(printed[field.item]["label"]) == bare(field.heading), field.item
        assert printed[field.item]["part"] == field.part, field.item


def bare(heading: str) -> str:
    """A heading without the unit and without the note of where it comes from."""
    for note in ("（元）", "（月）", "（系统生成）", "（身份证比对生成）", "（A17指标生成）"):
        heading = heading.replace(note, "")
    return heading


@pytest.mark.rule("M-02")
def test_the_choices_are_those_of_the_registry() -> None:
    tables = {field.item: field.table for field in FIELDS if field.part != 2 and field.table}
    given = form_file("information")["fields"]
    named = {item: given[item]["options"].get("table") for item in tables if item != "A4"}
    assert named == {item: table for item, table in tables.items() if item != "A4"}


KINDS = {
    "字符型": {"text", "dotted_date"},
    "数值型": {"number", "yuan"},
    "选择项": {"choices"},
    "选择项，可多选": {"choices"},
    "是否型": {"yesno", "choices", "tick"},
}


@pytest.mark.rule("M-02")
def test_the_printed_fields_are_those_that_annex_six_explains() -> None:
    """Number, order, heading and type of A1–A55."""
    explained = [one for one in items(6) if not one.get("dropped")]
    printed = {name: one for name, one in form_file("information")["fields"].items() if "item" in one}
    assert [one["item"] for one in explained] == list(printed)
    for one in explained:
        field = printed[one["item"]]
        assert bare(plain(field["label"])) == bare(plain(one["heading"])), one["item"]
        assert field["kind"] in KINDS[one["type"]], one["item"]


@pytest.mark.skipif(comparing.SEED is None, reason="the compendium does not lie beside the repository")
def test_the_list_of_annex_six_is_what_the_source_says() -> None:
    for one in items(6):
        assert comparing.seed(one["line"], one["line"] + 1).startswith(one["text"]), one["line"]
