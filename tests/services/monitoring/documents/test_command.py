"""From the outside: `shouwang documents` against running services (K-02, K-04, K-01)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from marshmallow import INCLUDE, Schema, fields
from python_calamine import CalamineWorkbook
from shouwang.access import roles
from shouwang.department.report_schemas import FiguresTold, ReportFigures
from shouwang.sealing import seal
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from tests.services.monitoring.documents.comparing import docx_text
from tests.services.monitoring.reports.conftest import DEPARTMENTS, HELP
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY, HOME
from tests.shared.cli.kit import Ran, shouwang

Capture = pytest.CaptureFixture[str]
HOUSEHOLDS = 7


class Anything(Schema):
    class Meta:
        unknown = INCLUDE


class Assistance(Service):
    """Answers what monitoring asks."""

    name = "assistance"
    store: ClassVar[Any] = None

    @call(Anything, callers=["*"], where=COUNTY_WIDE)
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return HELP

    @call(Anything, callers=["*"], where=COUNTY_WIDE)
    def departments(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return DEPARTMENTS

    @call(Anything, callers=["*"], where=COUNTY_WIDE)
    def plans(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return []


class Statistics(Service):
    """A department that reports its figures by event."""

    name = "statistics"

    class store:
        """What it told."""

        def __init__(self, db: Any) -> None:
            self.told = db.repository("told", kind="told")

    @call(ReportFigures, returns=FiguresTold, who=[roles.DEPARTMENT_OFFICER], where=COUNTY_WIDE)
    def report_figures(self, request: dict[str, Any]) -> dict[str, Any]:
        given = [{**one, "on": one["on"].isoformat()} for one in request["figures"]]
        data = {"department": self.name, "title": "县统计局", "period": request["period"], "figures": given}
        agg = self.ctx.store.told.new(request["period"], region="430426", state={})
        self.ctx.save(self.ctx.store.told, agg, "told", events=[self.ctx.event("figures.reported", data)])
        return {"period": request["period"], "reported": len(given)}


class FigureEvent(ReportFigures):
    department = fields.String(required=True)
    title = fields.String(required=True)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services = [Monitoring, Assistance, Statistics]
    with EmbeddedSuite(tmp_path_factory.mktemp("documents"), services, day=date(2021, 7, 5)) as running:
        rows = [row for number in range(1, HOUSEHOLDS + 1) for row in household(number, number * 3)]
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        key = running.call(CADRE, "monitoring", "public_key")["key"]
        given |= {"as_of": "2021-07-05", "sealed": seal(key, rows)}
        running.call(CADRE, "monitoring", "import_roster", **given)
        yield running


def documents(capsys: Capture, *arguments: str) -> Ran:
    ran = shouwang(capsys, "documents", *arguments)
    assert ran.code == 0, ran.err
    return ran


def private(path: Path) -> bytes:
    """The content of a file that only its owner may read."""
    assert path.stat().st_mode & 0o777 == 0o600
    return path.read_bytes()


@pytest.mark.e2e
@pytest.mark.rule("K-02")
@pytest.mark.usefixtures("suite")
def test_one_form_of_one_household(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "附件1.docx"
    documents(capsys, "form", "附件1", "--household", HOME, "--out", str(out))
    assert id_number(10) in docx_text(private(out))


@pytest.mark.e2e
@pytest.mark.usefixtures("suite")
def test_the_list_of_forms(capsys: Capture) -> None:
    said = documents(capsys, "forms").out
    assert all(f"附件 {number}" in said for number in range(1, 6))


@pytest.mark.e2e
@pytest.mark.rule("K-02", "K-04")
@pytest.mark.usefixtures("suite")
def test_a_village_in_one_pdf_in_a_zip_and_in_a_folder(capsys: Capture, tmp_path: Path) -> None:
    asked = ("batch", "--village", VILLAGE, "--form", "附件1", "--which", "all", "--limit", "3")
    one = tmp_path / "all.pdf"
    said = documents(capsys, *asked, "--out", str(one)).out
    assert f"{HOUSEHOLDS} 张表" in said
    assert private(one).startswith(b"%PDF")
    packed = tmp_path / "all.zip"
    documents(capsys, *asked, "--format", "docx", "--out", str(packed))
    assert zipfile.ZipFile(packed).namelist()[0] == f"附件1-{HOME}.docx"
    documents(capsys, *asked, "--out", str(tmp_path))
    assert private(tmp_path / f"附件1-{HOME}.pdf").startswith(b"%PDF")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.e2e
@pytest.mark.usefixtures("suite")
def test_what_cannot_be_printed_is_said(capsys: Capture, tmp_path: Path) -> None:
    ran = shouwang(
        capsys, "documents", "form", "附件3", "--household", HOME, "--out", str(tmp_path / "a.pdf")
    )
    assert (ran.code, "没有附件3所涉的案件" in ran.err) == (1, True)
    ran = shouwang(
        capsys, "documents", "form", "附件9", "--household", HOME, "--out", str(tmp_path / "a.pdf")
    )
    assert "没有表格“附件9”" in ran.err
    ran = shouwang(
        capsys, "documents", "form", "附件1", "--household", HOME, "--out", str(tmp_path / "a.txt")
    )
    assert ".pdf" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.e2e
@pytest.mark.rule("K-01")
@pytest.mark.usefixtures("suite")
def test_a_ledger_becomes_a_workbook(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "线索.xlsx"
    given = {"region": VILLAGE, "channel": "self_report", "household": HOME, "risks": ["illness"]}
    shouwang(
        capsys,
        "call",
        "monitoring.report_clue",
        "--json",
        str(given | {"found_on": "2021-07-05"}).replace("'", '"'),
        "--as",
        f"village_cadre@{VILLAGE}",
    )
    documents(capsys, "ledger", "clues", "--region", "430426", "--out", str(out))
    private(out)
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["线索编号", "户编号", "最先发现渠道"]
    assert rows[2][1:3] == [HOME, "农户自报"]
    assert rows[2][7] == ""


@pytest.mark.e2e
@pytest.mark.rule("K-01", "D-02")
def test_a_department_reports_over_the_bus_and_the_year_is_drawn(
    suite: EmbeddedSuite, capsys: Capture, tmp_path: Path
) -> None:
    figure = {"indicator": "sanitary_toilets", "region": "430426", "value": "88.4", "unit": "%"}
    figures = [figure | {"on": "2021-12-31"}]
    officer = actor(roles.DEPARTMENT_OFFICER)
    suite.call(officer, "statistics", "report_figures", period="2021", figures=figures)
    suite.settle()
    (told,) = suite.call(COUNTY, "monitoring", "reported_figures", region="430426", period="2021")
    assert (told["title"], told["figures"][0]["value"]) == ("县统计局", "88.4")
    out = tmp_path / "年考核.docx"
    said = documents(
        capsys, "report", "yearly", "--region", "430426", "--period", "2021", "--out", str(out)
    ).out
    assert "未封存" in said
    assert "县统计局2021-12-31报送" in docx_text(private(out))
