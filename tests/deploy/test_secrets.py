"""`make secrets`: private files, nothing made twice, nothing by default."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from shouwang.access import load_verifier
from shouwang.access.keys import PUBLIC
from shouwang.store import KeyRing

from deploy.tools import secrets
from deploy.tools.entries import by_service
from deploy.tools.rabbitmq_accounts import OPERATOR, hashed

COUNTY = "430426"
NAMES = sorted(by_service())


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file but the tokens, which are renewed."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "token")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder of secrets of this test's own."""
    folder = tmp_path / "secrets"
    secrets.make(folder, COUNTY)
    return folder


def test_a_second_run_keeps_every_secret_and_renews_the_tokens(made: Path) -> None:
    before, tokens = contents(made), _tokens(made)
    for token in made.rglob("token"):
        os.utime(token, (0, 0))
    secrets.make(made, COUNTY)
    assert contents(made) == before
    assert len(_tokens(made)) == len(tokens) == len(NAMES)
    assert all(token.stat().st_mtime > 0 for token in made.rglob("token"))


def test_two_installations_share_no_secret(made: Path, county_secrets: Path) -> None:
    here, there = contents(made), contents(county_secrets)
    assert here.keys() == there.keys()
    assert not [name for name in here if here[name] == there[name]]


def test_only_the_owner_reads_them(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    for path in (path for path in made.rglob("*") if path.is_file() and path.name != PUBLIC):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_what_it_needs_to_start(made: Path, name: str) -> None:
    keys = made / "keys" / name
    assert KeyRing.from_dir(keys / name).generations("data") == [1]
    actor = load_verifier(keys / PUBLIC, name).verify((keys / name / "token").read_text(encoding="ascii"))
    assert (actor.id, actor.region) == (f"service:{name}", COUNTY)
    assert (made / f"amqp_uri_{name}").read_text(encoding="ascii").startswith(f"amqp://{name}:")
    assert f"/{name}?" in (made / f"mongo_uri_{name}").read_text(encoding="ascii")


def test_the_key_that_signs_tokens_lies_with_the_issuer_only(made: Path) -> None:
    assert [str(path.relative_to(made)) for path in made.rglob("issuer.pem")] == ["issuer/issuer.pem"]


def test_the_broker_knows_the_passwords_only_as_hashes(made: Path) -> None:
    text = (made / "rabbitmq_definitions").read_text(encoding="utf-8")
    users = {user["name"]: user for user in json.loads(text)["users"]}
    assert sorted(users) == sorted([*NAMES, OPERATOR])
    for name, user in users.items():
        password = (made / f"rabbitmq_{name}").read_text(encoding="ascii")
        assert user["password_hash"] == hashed(password)
        assert password not in text


def test_a_service_may_write_its_own_database_and_the_operator_only_copies(made: Path) -> None:
    users: dict[str, Any] = json.loads((made / "mongo_users").read_text(encoding="utf-8"))
    roles = {name: user["rights"]["roles"] for name, user in users.items()}
    assert roles.pop(OPERATOR) == [{"role": "backup", "db": "admin"}]
    assert roles == {name: [{"role": "readWrite", "db": name}] for name in NAMES}


def test_the_backup_copies_every_database(made: Path) -> None:
    address = (made / "mongo_backup").read_text(encoding="ascii")
    assert re.fullmatch(r"uri: mongodb://operator:[^@]+@[\w:,]+/\?authSource=admin&replicaSet=rs0\n", address)


def test_the_members_key_is_what_mongodb_takes(made: Path) -> None:
    text = (made / "mongo_keyfile").read_text(encoding="ascii")
    assert re.fullmatch(r"[A-Za-z0-9+/=]{6,1024}", text)
    assert len(base64.b64decode(text)) == 512


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_each_file_goes_to_the_account_that_reads_it_in_its_container(made: Path) -> None:
    secrets.hand_over(made)
    owner = {str(path.relative_to(made)): path.stat().st_uid for path in made.rglob("*")}
    assert owner["amqp_uri_notify"] == owner["mongo_uri_operator"] == owner["issuer/issuer.pem"] == 10001
    assert owner["keys/notify"] == owner["keys/notify/notify/token"] == 10001
    assert owner["rabbitmq_definitions"] == owner["mongo_root"] == 999
    assert owner["mongo_users"] == owner["rabbitmq_notify"] == 0


def _tokens(folder: Path) -> set[str]:
    return {path.read_text(encoding="ascii") for path in folder.rglob("token")}
