"""From inclusion to a filled worklist over the bus and by the command line; assistance as a toy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields
from shouwang.service import COUNTY_WIDE, call
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring import test_slice as slice
from tests.services.monitoring.care import pencil
from tests.services.monitoring.sheet import VILLAGE
from tests.services.monitoring.steps import COUNTY, HOME, TOWN
from tests.shared.cli.kit import shouwang

Capture = pytest.CaptureFixture[str]
AS = ("--as", f"village_cadre@{VILLAGE}")


class OfHousehold(Schema):
    household = fields.String(required=True)


class Assistance(slice.Assistance):
    """Knows one department, and the plan of a household."""

    @call(OfHousehold, callers=["*"], where=COUNTY_WIDE)
    def plan(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"tasks": [{"status": "confirmed"}, {"status": "assigned"}]}]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services = [Monitoring, Notify, Assistance, slice.CivilAffairs]
    with EmbeddedSuite(tmp_path_factory.mktemp("care"), services, day=date(2021, 7, 5)) as running:
        slice.roster(running)
        assert slice.identify(running)["status"] == "included"
        yield running


def told(suite: EmbeddedSuite) -> list[str]:
    return [one["title"] for one in suite.call(COUNTY, "notify", "messages", region="430426")]


@pytest.mark.e2e
@pytest.mark.rule("D-02", "D-03")
def test_from_inclusion_to_a_filled_worklist(suite: EmbeddedSuite, capsys: Capture, tmp_path: Path) -> None:
    assert suite.call(TOWN, "monitoring", "contact", household=HOME)["status"] == "missing"
    assert "请落实联系人" in told(suite)
    named = {"household": HOME, "person": "contact-1", "org": "县民政局", "level": "county"}
    suite.call(TOWN, "monitoring", "assign_contact", **named)
    out = tmp_path / "清单.xlsx"
    ran = shouwang(capsys, "worklist", "export", "--village", VILLAGE, "--out", str(out), *AS)
    assert (ran.code, "走访 1 行，季度评估 1 行" in ran.out) == (0, True), ran.err
    assert out.stat().st_mode & 0o777 == 0o600
    assert (
        "文件已存在"
        in shouwang(capsys, "worklist", "export", "--village", VILLAGE, "--out", str(out), *AS).err
    )
    book = pencil.opened(out.read_bytes())
    pencil.fill(book, "走访", 0, 走访日期=date(2021, 7, 13), 了解内容="收入支出", 家庭变化="好转")
    given = {
        "原风险仍在": "是",
        "三保障饮水有保障": "是",
        "收入稳定": "是",
        "措施有效": "是",
        "新发现风险": "无",
    }
    pencil.fill(book, "季度评估", 0, **given, 结论="措施效果不足，调整措施")
    ran = shouwang(capsys, "worklist", "import", str(pencil.saved(book, out)), *AS)
    assert ran.code == 2, ran.err
    report = next((suite.settings.var_dir / "reports").glob("worklist-*.csv"))
    assert report.stat().st_mode & 0o777 == 0o600
    (wrong,) = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert (wrong["工作表"], wrong["行"], wrong["结果"], wrong["代码"]) == (
        "季度评估",
        "5",
        "有误",
        "care.reason_wanted",
    )
    pencil.fill(book, "季度评估", 0, 理由="务工地点不稳")
    assert shouwang(capsys, "worklist", "import", str(pencil.saved(book, out)), *AS).code == 0
    suite.settle()
    assert suite.call(TOWN, "monitoring", "contact", household=HOME)["visited"] == 1
    made = suite.call(TOWN, "monitoring", "evaluation", household=HOME, quarter="2021Q3")
    assert (made["conclusion"], made["effect"]) == ("change", {"tasks": 2, "done": 1, "silent": False})
    assert "请调整帮扶措施" in told(suite)


@pytest.mark.e2e
@pytest.mark.rule("D-02", "N-03")
def test_days_pass_and_what_nobody_does_goes_up(suite: EmbeddedSuite) -> None:
    suite.pass_days(date(2021, 8, 17))
    assert "逾期：联系人走访" in told(suite) and "逾期：定期研判调度" in told(suite)
    county = suite.call(COUNTY, "monitoring", "duties", region="430426")
    assert [one["region"] for one in county["below"]] == ["430426100"]


@pytest.mark.e2e
@pytest.mark.usefixtures("suite")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "nowhere.xlsx"), "没有这个文件"),
        (("import", "pyproject.toml"), "不是可读的 xlsx 工作簿"),
        (("import", "pyproject.toml", "--use-sheet", "走访"), "不是可读的 xlsx 工作簿"),
        (("export", "--village", "4304", "--out", "nowhere.xlsx"), "12 位"),
        (("export", "--village", VILLAGE, "--out", "/nonexistent/a.xlsx"), "没有这个目录"),
    ],
)
def test_a_wrong_word_is_answered_in_chinese(capsys: Capture, arguments: tuple[str, ...], said: str) -> None:
    ran = shouwang(capsys, "worklist", *arguments, *AS)
    assert ran.code != 0 and said in ran.err


def test_a_decision_names_sheet_and_row(capsys: Capture, tmp_path: Path) -> None:
    from shouwang.cli.worklist import decision
    from shouwang.errors import BadRequest

    assert decision("走访：6") == {"kind": "visit", "row": 6}
    for text in ("走访", "走访:六", "收支:6"):
        with pytest.raises(BadRequest):
            decision(text)
