"""The image: what is put into it, and what never is."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from deploy.tools.compose import ROOT, VAR
from deploy.tools.secrets import SERVICE_UID

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GPL = "secantusdb"


def required(package: str, extras: tuple[str, ...]) -> set[str]:
    """Return every package that the lock file brings in for `package` with these extras."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    packages = {one["name"]: one for one in lock}
    waiting, seen = [(package, extras)], set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) not in seen:
            seen.add((name, extras))
            needs = list(packages[name].get("dependencies", []))
            for extra in extras:
                needs += packages[name].get("optional-dependencies", {}).get(extra, [])
            waiting += [(need["name"], tuple(need.get("extra", ()))) for need in needs]
    return {name for name, _ in seen}


def test_the_embedded_store_comes_only_when_asked_for() -> None:
    assert GPL not in required("shouwang-suite", ())
    assert GPL in required("shouwang-suite", ("embedded",))


def test_the_image_does_not_ask_for_it() -> None:
    sync = re.search(r"^RUN uv sync (.+)$", DOCKERFILE, re.M)
    assert sync
    flags = sync[1].split()
    assert {"--frozen", "--no-dev", "--no-cache"} <= set(flags)
    assert not [flag for flag in flags if "extra" in flag or "all" in flag]


def test_make_does_ask_for_it() -> None:
    assert "--all-packages --all-extras" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_image_and_make_use_the_same_uv() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = re.search(r"^UV_VERSION := (\S+)$", makefile, re.M)
    assert wanted and f"ARG UV_VERSION={wanted[1]}\n" in DOCKERFILE


def test_the_python_of_the_image_is_one_that_the_suite_supports() -> None:
    minors = {int(minor) for minor in re.findall(r"^FROM python:3\.(\d+)-", DOCKERFILE, re.M)}
    assert minors and minors <= {11, 12, 13}


def test_nothing_runs_as_root_and_the_account_is_the_one_that_gets_the_secrets() -> None:
    last = DOCKERFILE.rindex("FROM ")
    assert f"--uid {SERVICE_UID} " in DOCKERFILE[last:]
    assert "\nUSER shouwang\n" in DOCKERFILE[last:]
    assert f"SHOUWANG_VAR_DIR={VAR}" in DOCKERFILE[last:]


def test_the_build_sees_nothing_but_what_it_copies_and_never_a_secret() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    copied = re.search(r"^COPY (pyproject.+) \./$", DOCKERFILE, re.M)
    folders = re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.M)
    assert copied and folders == ["shared", "services", "deploy"]
    assert {rule[1:] for rule in rules if rule.startswith("!")} == {*copied[1].split(), *folders}
    assert rules.index("deploy/secrets") > rules.index("!deploy")
