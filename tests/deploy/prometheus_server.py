"""A real Prometheus with the deployed configuration; addresses stand for what the name server would say."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.private_broker import free_ports
from deploy.tools import plain_yaml
from deploy.tools.compose import PROMETHEUS
from deploy.tools.scraping import FOLDER, JOB, PRESENCE

SECONDS = 30.0
OFTEN = 0.1


class PrometheusServer:
    """Answers queries."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    def until(self, query: str) -> list[dict[str, Any]]:
        """Return the first answer that is not empty: Prometheus tells nobody when it has scraped."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if found := self._ask(query):
                return found
            time.sleep(OFTEN)
        raise AssertionError(f"no answer to {query}")

    def _ask(self, query: str) -> list[dict[str, Any]]:
        address = f"{self._url}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return list(json.load(answer)["data"]["result"])
        except OSError:  # it has not begun to listen
            return []


@contextmanager
def prometheus(folder: Path, addresses: Mapping[str, str]) -> Iterator[PrometheusServer]:
    """Run it in a folder; addresses: "host:port" by the name of the service."""
    (port,) = free_ports(1)
    (folder / "prometheus.yml").write_text(plain_yaml.text(_configuration(addresses)), encoding="utf-8")
    command = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log
        )
    try:
        yield PrometheusServer(port)
    finally:
        process.terminate()
        process.wait(30)


def _configuration(addresses: Mapping[str, str]) -> dict[str, Any]:
    """Return the deployed jobs with their labels; what they find is `addresses`, every second."""
    given = plain_yaml.load(PROMETHEUS.read_text(encoding="utf-8").replace(FOLDER, str(PROMETHEUS.parent)))
    jobs = {job["job_name"]: job for job in given["scrape_configs"] if job["job_name"] in (JOB, PRESENCE)}
    names = jobs[JOB].pop("dns_sd_configs")[0]["names"]
    assert set(addresses) <= set(names)
    jobs[JOB]["static_configs"] = [
        {"targets": [address], "labels": {"__meta_dns_name": name}} for name, address in addresses.items()
    ]
    del jobs[PRESENCE]["file_sd_configs"]
    jobs[PRESENCE]["static_configs"] = [{"targets": list(addresses.values())}]
    return {"global": {"scrape_interval": "1s"}, "scrape_configs": list(jobs.values())}
