"""The command line against a running suite, by its door; what `up` refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.cli import verify
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.cli.kit import shouwang
from tests.shared.cli.process import environment
from tests.shared.service.toys import Counter, Watcher

Capture = pytest.CaptureFixture[str]
VILLAGE = "430426100001"


class Asked(Schema):
    case = fields.Str()
    household = fields.Str()
    as_of = fields.Date()


class Monitoring(Service):
    """Answers `explain` as the real one does."""

    name = "monitoring"

    @call(Asked, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def explain(self, request: dict[str, Any]) -> dict[str, Any]:
        ground = {"kind": "parameter", "label": "基准线", "value": "6500", "source": "文一"}
        asked = "、".join(f"{name}={value}" for name, value in request.items())
        return {"sentence": f"该户（{asked}）收入低于基准线。", "decision": {"grounds": [ground]}}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path_factory.mktemp("cli"), [Watcher, Counter, Monitoring]) as running:
        yield running


@pytest.mark.usefixtures("suite")
def test_call_prints_json_acting_as_a_role(capsys: Capture) -> None:
    ran = shouwang(capsys, "call", "watcher.report", f"region={VILLAGE}", "--as", f"village_cadre@{VILLAGE}")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    ran = shouwang(
        capsys,
        "call",
        "watcher",
        "look",
        "--json",
        json.dumps({"id": answer["id"]}),
        "--as",
        "town_officer@430426100",
    )
    assert json.loads(ran.out) == answer


@pytest.mark.usefixtures("suite")
def test_call_is_refused_by_role_region_and_schema(capsys: Capture) -> None:
    assert "无权" in shouwang(capsys, "call", "watcher.report", f"region={VILLAGE}").err
    elsewhere = shouwang(
        capsys, "call", "watcher.report", f"region={VILLAGE}", "--as", "village_cadre@430426100002"
    )
    assert (elsewhere.code, "管辖范围" in elsewhere.err) == (1, True)
    assert "必填" in shouwang(capsys, "call", "watcher.report", "--as", f"village_cadre@{VILLAGE}").err
    assert "是否为" in shouwang(capsys, "call", "watcher.report", "--as", "vilage_cadre").err


def test_a_filed_token_is_used_and_must_be_private(capsys: Capture, suite: EmbeddedSuite) -> None:
    from shouwang.testing import actor

    path = suite.settings.token_file
    path.write_text(suite.token(actor("village_cadre")))
    path.chmod(0o644)
    try:
        assert "chmod 600" in shouwang(capsys, "call", "watcher.report", f"region={VILLAGE}").err
        path.chmod(0o600)
        assert shouwang(capsys, "call", "watcher.report", f"region={VILLAGE}").code == 0
    finally:
        path.unlink()


@pytest.mark.usefixtures("suite")
def test_the_clock_is_moved_and_cannot_be_turned_back(capsys: Capture) -> None:
    ran = shouwang(capsys, "clock", "2021-06-03")
    assert (ran.code, ran.out) == (0, "过了 2 天，今天是 2021-06-03。\n")
    assert "不能退回" in shouwang(capsys, "clock", "2021-06-01").err


@pytest.mark.usefixtures("suite")
def test_explain_prints_the_sentence_and_every_ground(capsys: Capture) -> None:
    ran = shouwang(capsys, "explain", "430426100001-0012", "--as-of", "2021-06-02")
    assert ran.code == 0, ran.err
    assert "household=430426100001-0012、as_of=2021-06-02" in ran.out
    assert "文一" in ran.out and "政策" in ran.out
    assert "case=JC-7" in shouwang(capsys, "explain", "JC-7").out


@pytest.mark.usefixtures("suite")
def test_without_dead_letters_it_says_so(capsys: Capture) -> None:
    ran = shouwang(capsys, "deadletters", "list")
    assert (ran.code, ran.out.strip()) == (0, "没有死信。")
    assert shouwang(capsys, "deadletters", "redrive").out == "已送回 0 封。\n"


@pytest.mark.rule("K-03")
def test_verify_finds_what_was_altered_behind_our_back(
    capsys: Capture, suite: EmbeddedSuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.service.discovery.find", lambda only=None: [Watcher, Counter])
    shouwang(capsys, "call", "watcher.report", f"region={VILLAGE}", "--as", f"village_cadre@{VILLAGE}")
    assert shouwang(capsys, "verify").code == 0
    clues = suite.runtime("watcher").store.clues.collection
    clues.update_one({"_id": next(iter(clues.find({})))["_id"]}, {"$set": {"state.seen": 9}})
    ran = shouwang(capsys, "verify")
    assert ran.code == 1 and "state.altered" in ran.out
    assert verify.app is not None


SERVERS = {
    "AMQP_URI": "amqp://127.0.0.1:1//",
    "MONGO_URI": "mongodb://127.0.0.1:1",
    "SHOUWANG_CLOCK": "system",
}


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (("up", "--only", "nobody"), SERVERS, "nobody"),
        (("up", "--only", "monitoring"), {}, "AMQP_URI"),
        (("up", "--only", "monitoring"), {"AMQP_URI": "amqp://127.0.0.1:1//"}, "MONGO_URI"),
        (("up",), {"AMQP_URI": "amqp://127.0.0.1:1//"}, "MONGO_URI"),
        (("up",), {"SHOUWANG_PRODUCTION": "true"}, "模拟时钟"),
        (("up",), {"SHOUWANG_POLICY_DIR": "/nowhere"}, "没有目录 /nowhere"),
    ],
)
def test_up_refuses_what_cannot_work(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    said: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    line = [sys.executable, "-m", "shouwang.cli.main", *arguments]
    env = {**environment(tmp_path), **variables}
    ran = subprocess.run(line, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 1 and said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.rule("K-03")
def test_a_service_without_its_keys_is_said_to_be_unchecked(
    capsys: Capture, suite: EmbeddedSuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shouwang.service.discovery.find", lambda only=None: [Watcher, Counter])
    held = suite.settings.keys_dir / "watcher"
    held.rename(held.with_name("elsewhere"))
    try:
        ran = shouwang(capsys, "verify")
    finally:
        held.with_name("elsewhere").rename(held)
    told = ran.out.replace("\n", "")
    assert ran.code == 1
    assert all(part in told for part in ("未发现改动", "watcher", "没有核对", "请找回密钥"))


def test_nothing_to_verify_is_not_found_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHOUWANG_VAR_DIR", str(tmp_path))
    assert shouwang(capsys, "verify").code == 1
