"""A reader of the tutorial: an empty folder, an empty environment, a new virtual environment, only the SDK.

What the SDK needs is linked into the virtual environment from the one that runs the tests, and nothing else
of it: `pip install` finds it there and never asks a package index.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import time
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
BASE = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
SEEDS = ("shouwang[embedded]", "pytest", "setuptools")
PATIENCE = 120.0


class Reader:
    """Follows blocks in `home`; `said` is what the last one printed."""

    def __init__(self, home: Path) -> None:
        self.home, self.cwd, self.said = home, home / "work", ""
        self.cwd.mkdir()
        self._venv = self.cwd / ".venv"
        self._running: list[tuple[subprocess.Popen[bytes], Path]] = []
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
        shutil.copytree(ROOT / "shared", self.cwd / "shouwang" / "shared", ignore=ignored)

    @property
    def busy(self) -> bool:
        """Whether something runs in the background."""
        return bool(self._running)

    def write(self, name: str, text: str) -> None:
        """Write a file of the page; its folder must be there already."""
        (self.cwd / name).write_text(text, encoding="utf-8")

    def run(self, text: str, **changed: str) -> int:
        """Type a block; returns its exit status and remembers where it left off."""
        left = self.home / "cwd"
        script = f"set -e\n{text}\npwd > '{left}'\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.cwd,
            env=self._environment(changed),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        self.said = done.stdout.decode("utf-8", "replace")
        if left.exists():
            self.cwd = Path(left.read_text(encoding="utf-8").strip())
            left.unlink()
        return done.returncode

    def keep_running(self, text: str, until: str, **changed: str) -> None:
        """Start a block that does not end, and wait until it says `until`."""
        log = self.home / f"background-{len(self._running)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {text}"],
                cwd=self.cwd,
                env=self._environment(changed),
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        self._running.append((process, log))
        deadline = time.monotonic() + PATIENCE
        while until not in log.read_text(encoding="utf-8"):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        self.said = log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End what runs in the background, as Ctrl-C does."""
        while self._running:
            process, log = self._running.pop()
            process.terminate()
            assert process.wait(PATIENCE) == 0, log.read_text(encoding="utf-8")

    def link_dependencies(self) -> None:
        """Put what the SDK and its tests need into the new virtual environment."""
        target = Path(
            sysconfig.get_path("purelib", vars={"base": str(self._venv), "platbase": str(self._venv)})
        )
        for old in (*target.glob("setuptools*"), *target.glob("pkg_resources")):
            shutil.rmtree(old)  # what a new environment brings cannot build; pip would fetch another
        for needed in _closure(SEEDS):
            if needed.name != "shouwang":
                _link(needed, target, self._venv / "bin")

    def _environment(self, changed: dict[str, str]) -> dict[str, str]:
        return {
            "PATH": f"{self._venv}/bin:{BASE}:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # its value is read as that of build isolation: none, no download
            "PIP_NO_COMPILE": "1",
            "SHOUWANG_DOOR_PORT": "0",
        } | changed


def _closure(seeds: tuple[str, ...]) -> list[Distribution]:
    """Return the packages that requirements need, with theirs, each once."""
    found: dict[str, Distribution] = {}
    seen: set[str] = set()
    pending = [Requirement(seed) for seed in seeds]
    while pending:
        wanted = pending.pop()
        if str(wanted) in seen:
            continue
        seen.add(str(wanted))
        there = found.setdefault(_plain(wanted.name), distribution(wanted.name))
        pending += [one for one in map(Requirement, there.requires or []) if _applies(one, wanted.extras)]
    return list(found.values())


def _applies(one: Requirement, extras: set[str]) -> bool:
    return one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _link(needed: Distribution, target: Path, scripts: Path) -> None:
    for file in needed.files or []:
        place = Path(str(needed.locate_file(file)))
        if "bin" in file.parts and file.parts[0] == "..":
            _copy_script(place, scripts)
        elif file.parts[0] not in ("..", "__pycache__"):
            top = Path(str(needed.locate_file(file.parts[0])))
            if top.exists() and not (target / top.name).exists():
                (target / top.name).symlink_to(top)


def _copy_script(place: Path, scripts: Path) -> None:
    """Copy a console script so that it runs the new interpreter."""
    lines = place.read_bytes().splitlines(keepends=True)
    if lines and lines[0].startswith(b"#!") and b"python" in lines[0]:
        lines[0] = f"#!{scripts / 'python'}\n".encode()
    copy = scripts / place.name
    if not copy.exists():
        copy.write_bytes(b"".join(lines))
        copy.chmod(0o755)
