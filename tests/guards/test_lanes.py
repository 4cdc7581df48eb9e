"""Every folder of tests runs in one lane of `make test`, and in one only."""

from __future__ import annotations

from deploy.tools.lanes import LANES
from tests.guards.tree import ROOT

NO_TESTS = {"tests/plugins", "tests/__pycache__"}


def test_every_folder_of_tests_is_in_one_lane() -> None:
    folders = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if path.is_dir()} - NO_TESTS
    listed = [folder for lane in LANES.values() for folder in lane]
    assert sorted(listed) == sorted(folders)
