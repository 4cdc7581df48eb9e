"""The command line as a whole: instant help, one Chinese line for every error, no traceback."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from shouwang.cli import checks, problems
from shouwang.cli.main import COMMANDS, overview
from shouwang.errors import Refused

from tests.shared.cli.kit import shouwang

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_VAR_DIR", str(tmp_path))
    for name in ("AMQP_URI", "MONGO_URI", "SHOUWANG_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def test_help_is_instant_and_imports_no_broker_store_or_tables() -> None:
    program = (
        "import sys; from shouwang.cli.main import run; run(['--help']);"
        "heavy = 'eventlet nameko pymongo duckdb marshmallow rich typer'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert ran.stdout.splitlines()[-1] == "[]"
    assert spent < 0.5


def test_help_names_every_command_and_those_of_other_packages(capsys: Capture) -> None:
    ran = shouwang(capsys, "--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in [*COMMANDS, "synth", "demo"])
    assert shouwang(capsys).out == ran.out == overview() + "\n"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "up"])
def test_every_command_explains_itself_in_chinese(capsys: Capture, name: str) -> None:
    ran = shouwang(capsys, name, "--help")
    assert ran.code == 0 and f"shouwang {name}" in ran.out
    assert any("一" <= char <= "鿿" for char in ran.out)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["polcy"], 1, "是否为 “policy”"),
        (["import"], 2, "缺少子命令"),
        (["import", "rooster"], 2, "没有子命令“rooster”"),
        (["import", "roster"], 2, "缺少参数"),
        (["policy", "--onn", "x"], 2, "没有选项 --onn"),
        (["policy", "--on", "x"], 1, "“x”不是日期"),
        (["call", "monitoring"], 1, "服务.方法"),
        (["call", "monitoring.figures", "region"], 1, "名称=值"),
        (["call", "monitoring.figures", "--json", "["], 1, "JSON 对象"),
        (["call", "monitoring.figures", "--timeout", "soon"], 2, "--timeout"),
        (["explain"], 2, "缺少参数"),
        (["plugin", "check", "nowhere"], 1, "没有插件“nowhere”"),
        (["policy", "no_such"], 1, "没有政策参数“no_such”"),
    ],
)
def test_a_mistake_is_one_chinese_line(capsys: Capture, arguments: list[str], code: int, said: str) -> None:
    ran = shouwang(capsys, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err and len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_without_a_running_suite_the_remedy_is_named(capsys: Capture) -> None:
    ran = shouwang(capsys, "token", "keys", "monitoring")
    assert ran.code == 0
    ran = shouwang(capsys, "call", "monitoring.figures", "region=430426")
    assert ran.code == 1 and "shouwang up" in ran.err


def test_an_unknown_setting_is_refused(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_VARDIR", "x")
    ran = shouwang(capsys, "policy")
    assert ran.code == 1 and "SHOUWANG_VAR_DIR" in ran.err


def test_an_unexpected_error_shows_its_place_and_no_value(capsys: Capture) -> None:
    def fails() -> None:
        raise ValueError("430426199001011234")

    assert problems.guarded(fails) == 1
    told = capsys.readouterr().err
    assert "ValueError" in told and "test_main.py:" in told and "430426" not in told


def test_a_traceback_only_when_asked_for(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ValueError("x")

    monkeypatch.setenv("SHOUWANG_DEBUG", "1")
    problems.guarded(fails)
    assert "Traceback" in capsys.readouterr().err


def test_every_reason_of_a_refusal_is_printed(capsys: Capture) -> None:
    reasons = [{"code": "a", "message": "缺申请书", "source": "附件1"}, {"code": "b", "message": "公示未满"}]
    problems.say(Refused("不能办理", details={"reasons": reasons}))
    assert capsys.readouterr().err.splitlines() == ["不能办理。", "  - 缺申请书（附件1）", "  - 公示未满"]


def test_interruption_has_its_own_code(capsys: Capture) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert problems.guarded(interrupted) == 130


def test_tokens_are_issued_saved_and_carry_what_was_asked(capsys: Capture, tmp_path: Path) -> None:
    who = ["--actor", "u1", "--level", "village", "--region", "430426100001", "--roles", "village_cadre"]
    ran = shouwang(capsys, "token", "issue", *who)
    assert ran.code == 1 and "密钥" in ran.err
    shouwang(capsys, "token", "keys", "monitoring")
    ran = shouwang(capsys, "token", "issue", *who, "--on-behalf-of", "h1")
    from shouwang.access import load_verifier

    actor = load_verifier(tmp_path / "keys" / "verifier.pem", "monitoring").verify(ran.out.strip())
    assert (actor.id, actor.on_behalf_of, actor.roles) == ("u1", "h1", ("village_cadre",))
    assert shouwang(capsys, "token", "issue", *who, "--save").code == 0
    assert (tmp_path / "door.token").stat().st_mode & 0o777 == 0o600
    ran = shouwang(capsys, "token", "issue", *who[:-1], "emperor")
    assert ran.code == 1 and "emperor" in ran.err
    assert shouwang(capsys, "token", "service", "monitoring").code == 0
    assert (tmp_path / "keys" / "monitoring" / "token").stat().st_mode & 0o777 == 0o600


def test_the_doctor_names_what_is_wrong_and_what_to_do(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOUWANG_DOOR_PORT", "0")
    monkeypatch.setenv("SHOUWANG_METRICS_PORT", "0")
    ran = shouwang(capsys, "doctor")
    assert ran.code == 0 and "Python" in ran.out
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "issuer.pem").write_text("x")
    (tmp_path / "keys" / "issuer.pem").chmod(0o644)
    ran = shouwang(capsys, "doctor")
    assert ran.code == 1 and "chmod 600" in ran.out


def test_the_doctor_notices_a_broker_and_a_store_that_do_not_answer(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ALL", (checks.broker, checks.store))
    monkeypatch.setattr("shouwang.cli.doctor.ALL", (checks.broker, checks.store))
    monkeypatch.setenv("AMQP_URI", "amqp://guest:secret@127.0.0.1:1//")
    monkeypatch.setenv("MONGO_URI", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300")
    ran = shouwang(capsys, "doctor")
    assert ran.code == 1 and ran.out.count("有问题") == 2
    assert "secret" not in ran.out


def test_a_port_that_is_taken_is_noticed(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("SHOUWANG_DOOR_PORT", str(taken.getsockname()[1]))
        monkeypatch.setattr("shouwang.cli.doctor.ALL", (checks.ports,))
        ran = shouwang(capsys, "doctor")
    assert ran.code == 1 and "占用" in ran.out
