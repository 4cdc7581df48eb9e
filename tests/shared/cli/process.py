"""Runs the command line as a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in {"AMQP_URI", "MONGO_URI"}}
    ports = {"SHOUWANG_DOOR_PORT": "0", "SHOUWANG_METRICS_PORT": "0"}
    return {**own, **ports, "SHOUWANG_VAR_DIR": str(folder), "SHOUWANG_CLOCK": "simulated:2021-07-05"}


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "shouwang.cli.main", *arguments]
    return subprocess.run(
        line, env=environment(folder), capture_output=True, text=True, check=False, timeout=60
    )
