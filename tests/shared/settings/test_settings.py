"""Settings: every variable known, secrets by file, no false clock in production."""

from datetime import date
from pathlib import Path

import pytest
from shouwang.clock import SimulatedClock, SystemClock
from shouwang.errors import ConfigurationError
from shouwang.settings import Settings, worker_limits

PRODUCTION = {
    "SHOUWANG_PRODUCTION": "true",
    "AMQP_URI": "amqp://county:geheim@broker",
    "MONGO_URI": "mongodb://store",
}


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in ("AMQP_URI", "MONGO_URI", "AMQP_URI_FILE", "MONGO_URI_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def set_env(monkeypatch):
    def set_all(values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def refusal() -> ConfigurationError:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_env()
    return refused.value


def test_nothing_set_is_the_embedded_suite():
    settings = Settings.from_env()
    assert settings.embedded_broker
    assert settings.amqp_uri == "embedded://suite"
    assert settings.mongo_uri is None
    assert not settings.production
    assert isinstance(settings.make_clock(), SystemClock)


def test_folders_follow_the_data_folder(set_env, tmp_path):
    set_env({"SHOUWANG_VAR_DIR": str(tmp_path)})
    settings = Settings.from_env()
    assert settings.token_file == tmp_path / "door.token"
    assert settings.keys_dir == tmp_path / "keys"


def test_a_simulated_clock_starts_on_its_day(set_env):
    set_env({"SHOUWANG_CLOCK": "simulated:2021-06-01"})
    clock = Settings.from_env().make_clock()
    assert isinstance(clock, SimulatedClock)
    assert clock.today() == date(2021, 6, 1)


def test_production_with_real_servers_starts(set_env):
    set_env(PRODUCTION)
    assert Settings.from_env().production


def test_production_refuses_a_simulated_clock(set_env):
    set_env({**PRODUCTION, "SHOUWANG_CLOCK": "simulated:2021-06-01"})
    error = refusal()
    assert "SHOUWANG_CLOCK" in error.where
    assert "模拟时钟" in error.message


def test_production_refuses_a_simulated_clock_also_when_built_in_code(tmp_path):
    with pytest.raises(ConfigurationError):
        Settings(
            tmp_path,
            tmp_path,
            tmp_path,
            "amqp://b",
            "mongodb://s",
            production=True,
            clock="simulated:2021-06-01",
        )


@pytest.mark.parametrize("missing", ["AMQP_URI", "MONGO_URI"])
def test_production_needs_its_own_broker_and_store(set_env, missing):
    set_env({name: value for name, value in PRODUCTION.items() if name != missing})
    assert missing in refusal().where


def test_a_misspelt_variable_is_refused_with_what_was_meant(set_env):
    set_env({"SHOUWANG_PRODUCTOIN": "true"})
    error = refusal()
    assert error.code == "settings.unknown"
    assert "SHOUWANG_PRODUCTOIN" in error.where
    assert "SHOUWANG_PRODUCTION" in error.remedy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOUWANG_DOOR_PORT", "many"),
        ("SHOUWANG_DOOR_PORT", "65536"),
        ("SHOUWANG_METRICS_PORT", "-1"),
        ("SHOUWANG_PRODUCTION", "perhaps"),
        ("SHOUWANG_CLOCK", "simulated:tomorrow"),
        ("SHOUWANG_CLOCK", "sytem"),
        ("SHOUWANG_COUNTY", "43042"),
        ("SHOUWANG_COUNTY", "430426001"),
        ("SHOUWANG_WORKER_MEMORY", "half of it"),
        ("SHOUWANG_WORKER_THREADS", "0"),
        ("SHOUWANG_WORKER_THREADS", "some"),
    ],
)
def test_a_wrong_value_names_its_variable(set_env, name, value):
    set_env({name: value})
    error = refusal()
    assert error.code == "settings.value"
    assert name in str(error)


def test_what_a_worker_may_take(set_env):
    assert worker_limits() == {"memory_limit": "512MB", "threads": 2}
    set_env({"SHOUWANG_WORKER_MEMORY": "2GB", "SHOUWANG_WORKER_THREADS": "4"})
    assert worker_limits() == {"memory_limit": "2GB", "threads": 4}


def test_a_secret_may_lie_in_a_file(set_env, tmp_path):
    (tmp_path / "uri").write_text("mongodb://user:geheim@store\n", encoding="utf-8")
    set_env({"MONGO_URI_FILE": str(tmp_path / "uri")})
    assert Settings.from_env().mongo_uri == "mongodb://user:geheim@store"


def test_a_secret_given_twice_is_refused_and_not_shown(set_env, tmp_path):
    set_env({"MONGO_URI": "mongodb://user:geheim@store", "MONGO_URI_FILE": str(tmp_path / "uri")})
    error = refusal()
    assert "MONGO_URI" in error.where
    assert "geheim" not in str(error)


@pytest.mark.parametrize("content", [None, "", "  \n"])
def test_a_secret_file_that_is_missing_or_empty_is_refused(set_env, tmp_path, content):
    file = Path(tmp_path / "uri")
    if content is not None:
        file.write_text(content, encoding="utf-8")
    set_env({"AMQP_URI_FILE": str(file)})
    assert "AMQP_URI_FILE" in refusal().where


def test_no_password_in_the_repr(set_env):
    set_env(PRODUCTION)
    assert "geheim" not in repr(Settings.from_env())


def test_the_countys_figures_lie_in_a_folder_that_is_there(set_env, tmp_path):
    assert Settings.from_env().policy_dir is None
    set_env({"SHOUWANG_POLICY_DIR": str(tmp_path)})
    assert Settings.from_env().policy_dir == tmp_path
    set_env({"SHOUWANG_POLICY_DIR": str(tmp_path / "nothing")})
    refused = refusal()
    assert refused.where == "环境变量 SHOUWANG_POLICY_DIR" and "nothing" in refused.message and refused.remedy
