"""docker-compose.yml: what was written by the generator, complete, closed, and without a password."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named

from deploy.tools.compose import FIGURES, OPERATOR, PROMETHEUS, ROOT, TARGET, TARGETS, files
from deploy.tools.plain_yaml import load

NAMES = [*named(SERVICES), *named(DEPARTMENTS)]
FILE: dict[str, Any] = load(TARGET.read_text(encoding="utf-8"))
CONTAINERS: dict[str, dict[str, Any]] = FILE["services"]
ONCE = {"mongo-init", OPERATOR}
PASSWORD_IN_ADDRESS = re.compile(r"://[^/\s]*:[^/\s]*@")
SENSITIVE = re.compile(r"PASS|SECRET|TOKEN|URI|COOKIE", re.I)


def config(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let docker-compose (Debian's command, else the plugin of docker) check the file in a folder."""
    command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    arguments = [*command, "config", "-q"]
    return subprocess.run(arguments, cwd=folder, check=False, capture_output=True, text=True)


def leaves(node: Any) -> Iterator[str]:
    """Return every text of the file."""
    if isinstance(node, dict):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield str(node)


@pytest.mark.parametrize("path", [TARGET, PROMETHEUS, TARGETS], ids=lambda path: path.name)
def test_the_file_is_what_the_generator_writes(path: Path) -> None:
    written = files(named(SERVICES), named(DEPARTMENTS))
    assert path.read_text(encoding="utf-8") == written[path], "stale: run `make compose`"


def test_docker_compose_takes_it(county_secrets: Path, tmp_path: Path) -> None:
    shutil.copy(TARGET, tmp_path)
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("secrets", "synth"))
    shutil.copytree(county_secrets, tmp_path / "deploy" / "secrets")
    checked = config(tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_docker_compose_refuses_a_wrong_file(tmp_path: Path) -> None:
    text = TARGET.read_text(encoding="utf-8").replace("healthcheck:", "healthchek:", 1)
    (tmp_path / "docker-compose.yml").write_text(text, encoding="utf-8")
    checked = config(tmp_path)
    assert checked.returncode != 0


@pytest.mark.parametrize("name", NAMES)
def test_every_service_and_department_has_a_container_of_the_one_image(name: str) -> None:
    container = CONTAINERS[name]
    assert container["image"] == CONTAINERS[OPERATOR]["image"]
    assert container["command"] == ["up", "--only", name]
    assert container["environment"]["SHOUWANG_PRODUCTION"] == "true"
    assert container["read_only"] and container["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", [*NAMES, OPERATOR])
def test_a_container_reads_its_own_secrets_only(name: str) -> None:
    container = CONTAINERS[name]
    assert sorted(container["secrets"]) == [f"amqp_uri_{name}", f"mongo_uri_{name}"]
    mounted = [volume.split(":")[0] for volume in container["volumes"]]
    keys = "issuer" if name == OPERATOR else f"keys/{name}"
    assert mounted == [f"{name}-data", f"./deploy/secrets/{keys}", FIGURES]


@pytest.mark.rule("K-05")
@pytest.mark.parametrize("name", [*NAMES, OPERATOR])
def test_every_container_reads_the_same_figures_of_the_county_and_writes_none(name: str) -> None:
    container = CONTAINERS[name]
    assert f"{FIGURES}:{container['environment']['SHOUWANG_POLICY_DIR']}:ro" in container["volumes"]
    assert (ROOT / FIGURES / "README.md").is_file(), "a mount that is not there would be made, for root only"


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - ONCE))
def test_what_keeps_running_is_watched_and_restarted(name: str) -> None:
    assert CONTAINERS[name]["restart"] == "unless-stopped"
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"


def test_the_operator_starts_only_when_called() -> None:
    assert CONTAINERS[OPERATOR]["profiles"] == [OPERATOR]


def test_the_store_is_a_replica_set_of_three_and_one_member_makes_the_root_user() -> None:
    members = {name: one for name, one in CONTAINERS.items() if name.startswith("mongo") and name not in ONCE}
    assert sorted(members) == ["mongo1", "mongo2", "mongo3"]
    assert [name for name, one in members.items() if "mongo_root" in one["secrets"]] == ["mongo1"]
    script = (ROOT / "deploy" / "mongo" / "init.js").read_text(encoding="utf-8")
    assert all(f'"{name}"' in script for name in members)


def test_only_the_metrics_are_reached_from_outside_and_from_this_machine_only() -> None:
    ports = {name: one["ports"] for name, one in CONTAINERS.items() if "ports" in one}
    assert ports == {"prometheus": ["127.0.0.1:9090:9090"]}


def test_no_password_is_written_down() -> None:
    assert not [text for text in leaves(FILE) if PASSWORD_IN_ADDRESS.search(text)]
    for name, container in CONTAINERS.items():
        for key in container.get("environment", {}):
            assert not SENSITIVE.search(key) or key.endswith("_FILE"), f"{name}: {key}"


def test_every_secret_named_is_made_and_every_file_mounted_is_there(county_secrets: Path) -> None:
    for name, secret in FILE["secrets"].items():
        assert secret == {"file": f"./deploy/secrets/{name}"}
        assert (county_secrets / name).is_file()
    for volume in (volume for one in CONTAINERS.values() for volume in one["volumes"]):
        source = volume.split(":")[0]
        if source.startswith("./deploy/secrets/"):
            assert (county_secrets / source.removeprefix("./deploy/secrets/")).is_dir()
        elif source.startswith("./"):
            assert (ROOT / source).exists(), source


def test_images_of_others_name_their_version() -> None:
    tags = {one["image"].partition(":")[2] for one in CONTAINERS.values()}
    assert not tags & {"", "latest"}


def test_the_version_of_the_image_is_that_of_the_suite() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.M)
    assert version and f":-{version[1]}}}" in CONTAINERS[OPERATOR]["image"]
