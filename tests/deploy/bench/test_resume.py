"""An import that is killed in the middle goes on where it stood: nothing lost, nothing doubled."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from pymongo import MongoClient
from shouwang.store import EmbeddedMongo

from deploy.bench.roster_rows import villages

HOUSEHOLDS = 700
pytestmark = pytest.mark.timeout(300)


def registrar(folder, uri):
    command = [sys.executable, "-W", "ignore", "-m", "deploy.bench.registrar"]
    process = subprocess.Popen(
        [*command, str(folder), uri, str(HOUSEHOLDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout is not None and process.stdout.readline().strip() == "ready"
    return process


def begin(process):
    process.stdin.write(json.dumps({"do": "take_in", "first": 0, "last": 2}) + "\n")
    process.stdin.flush()


@pytest.mark.rule("M-02")
def test_an_import_killed_in_the_middle_is_resumed(tmp_path):
    with EmbeddedMongo(tmp_path / "store") as server, MongoClient(server.uri) as client:
        stored = client["monitoring"]["households"]
        first = registrar(tmp_path / "county", server.uri)
        begin(first)
        while (before := stored.count_documents({})) == 0:
            time.sleep(0)
            assert first.poll() is None
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert 0 < before < HOUSEHOLDS
        second = registrar(tmp_path / "county", server.uri)
        begin(second)
        told = json.loads(second.stdout.readline())
        second.stdin.close()
        second.wait()
        assert told["households"] == HOUSEHOLDS == stored.count_documents({})
        rows = [row for village in villages(HOUSEHOLDS) for batch in village.batches() for row in batch]
        numbers = [number for one in stored.find({}, {"blind": 1}) for number in one["blind"]["id_number"]]
        assert len(numbers) == len(set(numbers)) == len(rows), "every person once"
        counted = client["monitoring"]["villages"].find({}, {"state": 1})
        assert sum(one["state"]["persons"] for one in counted) == len(rows)
