"""One service as the compose file runs it: same command, same settings, same secrets, on this machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.tools.compose import FIGURES, KEYS, POLICY, TARGET, VAR
from deploy.tools.plain_yaml import load

SETTINGS = ("SHOUWANG_", "AMQP_URI", "MONGO_URI")
SHOUWANG = [sys.executable, "-W", "ignore", "-m", "shouwang.cli.main"]
ADDRESS = re.compile(r"http://[\d.:]+")


class InPlace:
    """A service in a folder that stands for its container; `url` is where it answers health and metrics."""

    def __init__(self, name: str, folder: Path, secrets: Path, amqp_uri: str, mongo_uri: str) -> None:
        self.service = load(TARGET.read_text(encoding="utf-8"))["services"][name]
        self.name, self.folder, self.secrets = name, folder, secrets
        self.figures: Path | None = None
        self.url = ""
        folder.mkdir(parents=True)
        for kind, uri in (("amqp", amqp_uri), ("mongo", mongo_uri)):
            (folder / f"{kind}_uri_{name}").write_text(uri, encoding="ascii")

    def environment(self) -> dict[str, str]:
        """Return the environment of the container with its paths as they are on this machine."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(SETTINGS)}
        given = {key: self._here(str(value)) for key, value in self.service["environment"].items()}
        given |= {"SHOUWANG_METRICS_HOST": "127.0.0.1", "SHOUWANG_METRICS_PORT": "0"}
        return {**inherited, **given, "SHOUWANG_VAR_DIR": str(self.folder / "var")}

    @contextmanager
    def running(self) -> Iterator[InPlace]:
        """Start the service, wait until it says where it answers, end it by its process."""
        command = [*SHOUWANG, *self.service["command"]]
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(command, env=self.environment(), stdout=subprocess.PIPE, stderr=log)
        try:
            assert process.stdout is not None
            said = ADDRESS.search(process.stdout.readline().decode())
            assert said, (self.folder / "log").read_text(encoding="utf-8")
            self.url = said[0]
            yield self
        finally:
            process.terminate()
            process.wait(30)

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run one command in the container, as `docker compose run --rm` does."""
        environment = {**self.environment(), **settings}
        return subprocess.run(
            [*SHOUWANG, *words], env=environment, check=False, capture_output=True, text=True
        )

    def get(self, path: str) -> str:
        """Return what the service answers over HTTP."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return str(answer.read().decode())

    def health(self) -> dict[str, object]:
        """Return its health."""
        return dict(json.loads(self.get("/health")))

    def _here(self, value: str) -> str:
        value = re.sub(r"\$\{\w+:-(.*)\}", r"\1", value)
        mounts = {KEYS: self._keys(), POLICY: self._figures(), "/run/secrets": self.folder, VAR: self.folder}
        for inside, outside in mounts.items():
            value = value.replace(inside, str(outside))
        return value

    def _figures(self) -> Path:
        """Return what is mounted as the county's figures: those of the tree, unless a test gives others."""
        assert f"{FIGURES}:{POLICY}:ro" in self.service["volumes"]
        return self.figures or TARGET.parent / FIGURES

    def _keys(self) -> Path:
        """Return the folder of secrets that is mounted as the container's keys."""
        sources = [volume.split(":")[0] for volume in self.service["volumes"] if f":{KEYS}:" in volume]
        return self.secrets / sources[0].removeprefix("./deploy/secrets/")
