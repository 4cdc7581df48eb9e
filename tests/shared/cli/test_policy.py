"""`shouwang policy --unknown`: what is not in force, where it stands, what waits; files to fill in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from shouwang.cli import figure_checks
from shouwang.cli.figures import installed
from shouwang.cli.policy_uses import Uses
from shouwang.policy.gaps import gaps
from shouwang.settings import Settings

from tests.shared.cli.kit import shouwang

Capture = pytest.CaptureFixture[str]
ON = ("--on", "2026-11-26")
FILL = {"review_by": "2026-12-31", "source": "本县决定〔2026〕9号", "unknown": "其间没有录入"}


@pytest.fixture(autouse=True)
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a county, empty; nothing of the machine's own settings."""
    folder = tmp_path / "figures"
    folder.mkdir()
    monkeypatch.setenv("SHOUWANG_POLICY_DIR", str(folder))
    monkeypatch.setenv("SHOUWANG_VAR_DIR", str(tmp_path / "var"))
    return folder


@pytest.mark.rule("K-05")
def test_one_figure_says_where_it_stands_what_it_was_and_what_waits_for_it(capsys: Capture) -> None:
    ran = shouwang(capsys, "policy", "clue_response_days", "--unknown", *ON)
    assert ran.code == 0, ran.err
    for said in (
        "monitoring\n",
        "线索响应期限",
        "已过期",
        "上一次：0 天（本县决定，比照湘振局发〔2021〕18号",
        "应于 2025-12-31 前复核",
        "services/monitoring/policy/monitoring.yaml:",
        "等着它的：",
        "1 项已过期",
        "SHOUWANG_POLICY_DIR",
    ):
        assert said in ran.out, said


@pytest.mark.rule("K-05")
def test_all_of_a_day_are_listed_by_service_and_department(capsys: Capture) -> None:
    ran = shouwang(capsys, "policy", "--unknown", *ON)
    count = sum(len(gaps(one.policy, date(2026, 11, 26), "430426")) for one in installed(Settings.from_env()))
    assert ran.out.count("    写在 ") == count > 300
    assert {"\nmonitoring\n", "\neducation\n"} <= set(re.findall(r"\n\w+\n", ran.out))
    then = shouwang(capsys, "policy", "--unknown", "--on", "2022-01-01", "monitoring_line")
    assert then.out.strip().startswith("2022-01-01 430426：0 项")


def test_another_county_is_told_what_an_example_has(capsys: Capture) -> None:
    ran = shouwang(
        capsys, "policy", "clue_close_days", "--unknown", "--on", "2024-01-01", "--region", "430421"
    )
    assert "对本县没有规定" in ran.out and "别的地区：30 天" in ran.out


def filled(text: str) -> str:
    """Fill a template in as an official would: the last value goes on."""
    text = re.sub(r"(?:value|codes): 待填", "renewed: true", text)
    return re.sub(r"(\w+): 待填", lambda found: f"{found[1]}: {FILL[found[1]]}", text)


@pytest.mark.rule("K-05")
def test_a_template_is_refused_by_name_until_it_is_filled_in_and_then_holds(
    capsys: Capture, figures: Path
) -> None:
    ran = shouwang(capsys, "policy", "--unknown", *ON, "--write", str(figures))
    assert ran.code == 0, ran.err
    written = sorted(figures.rglob("*.yaml"))
    assert len(written) == ran.out.count("已写出") > 30
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in written)
    refused = shouwang(capsys, "policy", *ON)
    assert refused.code == 1 and "还没有填" in refused.err and "asset_notice_days" in refused.err
    for path in written:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    ran = shouwang(capsys, "policy", "clue_response_days", *ON)
    assert "0 天" in ran.out and "本县决定〔2026〕9号（复核后照旧" in ran.out.replace("\n", "")
    assert "：0 项已过期" in shouwang(capsys, "policy", "--unknown", *ON).out


def test_what_is_there_is_not_written_over(capsys: Capture, figures: Path) -> None:
    wanted = ("policy", "asset_notice_days", "--unknown", *ON, "--write", str(figures))
    (figures / "assets").mkdir()
    (figures / "assets" / "assets.yaml").write_text("", encoding="utf-8")
    (figures / "assets" / "assets.yaml").unlink()
    assert [shouwang(capsys, *wanted).code] == [0]
    kept = (figures / "assets" / "assets.yaml").read_text(encoding="utf-8")
    (figures / "assets" / "assets.yaml").write_text(filled(kept), encoding="utf-8")
    next_year = ("policy", "asset_notice_days", "--unknown", "--on", "2027-02-01", "--write", str(figures))
    assert shouwang(capsys, *next_year).code == 0
    assert (figures / "assets" / "assets-2027-02-01.yaml").is_file()
    assert shouwang(capsys, *next_year).code == 1


def test_write_goes_with_unknown(capsys: Capture, figures: Path) -> None:
    ran = shouwang(capsys, "policy", "--write", str(figures))
    assert ran.code == 1 and "--unknown" in ran.err


@pytest.mark.rule("K-05")
def test_the_doctor_says_how_many_have_lapsed_and_how_to_see_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_CLOCK", "simulated:2026-11-26")
    (found,) = figure_checks.figures(Settings.from_env())
    assert found.state == "note" and re.search(r"\d+ 项政策参数中 \d+ 项在 2026-11-26", found.text)
    assert "shouwang policy --unknown" in found.remedy


def test_the_doctor_names_the_fault_of_a_countys_file(figures: Path) -> None:
    (figures / "monitorng").mkdir()
    (found,) = figure_checks.figures(Settings.from_env())
    assert found.state == "bad" and "monitorng" in found.text and "“monitoring”" in found.remedy


def test_a_folder_that_is_not_there_is_refused(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_POLICY_DIR", "/nowhere")
    ran = shouwang(capsys, "policy")
    assert ran.code == 1 and "SHOUWANG_POLICY_DIR" in ran.err and "/nowhere" in ran.err


def test_what_reads_a_figure_is_told_by_sentence_by_rule_or_by_file(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(
        'def _dirty(policy):\n    """饮水不合格，提示核实."""\n    return policy.line\n\n\n'
        'def counted(policy):\n    """Count them (S-05)."""\n    return policy.share.least\n',
        encoding="utf-8",
    )
    (tmp_path / "later.py").write_text("KEPT = 'kept_days'\n", encoding="utf-8")
    uses = Uses(tmp_path, {"S-05": "各类风险预警标准"})
    assert uses.of("line") == ["饮水不合格，提示核实"]
    assert uses.of("share.least") == ["S-05 各类风险预警标准"]
    assert (uses.of("kept_days"), uses.of("nobody")) == (["later.py"], [])
