"""Keys and tokens of a suite, the lock on its folder, and what refuses to start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shouwang.access import load_verifier
from shouwang.access.keys import PUBLIC
from shouwang.errors import ConfigurationError, Unauthenticated
from shouwang.service.keyfiles import (
    SHORT,
    FiledToken,
    IssuedToken,
    issuer_of,
    ring_of,
    service_actor,
    write_service_token,
)
from shouwang.service.lock import FolderLock

ACTOR = service_actor("monitoring", "430426")


def test_the_first_run_makes_keys_and_the_next_finds_them(tmp_path: Path) -> None:
    first, ring = issuer_of(tmp_path), ring_of(tmp_path, "monitoring")
    verifier = load_verifier(tmp_path / PUBLIC, "assets")
    assert verifier.verify(issuer_of(tmp_path).issue(ACTOR, 60)) == verifier.verify(first.issue(ACTOR, 60))
    assert ring_of(tmp_path, "monitoring").sealing.public == ring.sealing.public
    assert ring_of(tmp_path, "assets").sealing.public != ring.sealing.public
    secret = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != PUBLIC]
    assert len(secret) > 2 and all(path.stat().st_mode & 0o077 == 0 for path in secret)


def test_a_token_is_issued_anew_at_half_time(tmp_path: Path) -> None:
    moment = [1000.0]
    token = IssuedToken(issuer_of(tmp_path), ACTOR, now=lambda: moment[0])
    first = token()
    assert token() == first
    moment[0] += SHORT / 2
    assert token() != first


def test_a_filed_token_is_read_again_when_its_file_changed(tmp_path: Path) -> None:
    issuer = issuer_of(tmp_path)
    path = write_service_token(tmp_path, issuer, ACTOR, 60)
    token = FiledToken(path)
    first = token()
    assert load_verifier(tmp_path / PUBLIC, "assets").verify(first) == ACTOR
    write_service_token(tmp_path, issuer, ACTOR, 120)
    os.utime(path, ns=(1, 1))
    assert token() != first
    path.unlink()
    with pytest.raises(Unauthenticated):
        token()


def test_a_token_file_that_others_can_read_refuses_to_start(tmp_path: Path) -> None:
    path = write_service_token(tmp_path, issuer_of(tmp_path), ACTOR, 60)
    path.chmod(0o640)
    with pytest.raises(ConfigurationError) as caught:
        FiledToken(path)
    assert "chmod 600" in caught.value.remedy


def test_a_second_instance_on_a_folder_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "suite.lock")
    lock.take()
    program = (
        "from pathlib import Path; from shouwang.service.lock import FolderLock;"
        f"FolderLock(Path({str(tmp_path)!r}) / 'suite.lock').take()"
    )
    second = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert "已有一套服务在运行" in second.stderr and str(os.getpid()) in second.stderr
    lock.release()
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
