"""The example's policy, and a way to decide with inputs that a test replaces by name."""

from datetime import date

import pytest
from shouwang.decision import Decision, Input
from shouwang.policy import Policy

from tests.shared.decision.example import MAY, TEXT, WINDOW, Household, first


@pytest.fixture
def policy(tmp_path):
    (tmp_path / "policy.yaml").write_text(TEXT, encoding="utf-8")
    return Policy.load([tmp_path])


@pytest.fixture
def decide(policy):
    """Decide with inputs that may be replaced by name."""

    def call(version=first, on=MAY, **changed) -> Decision:
        given = {
            "per_head": Input(625000, "村干部", date(2021, 5, 10), "人均纯收入", "fen", WINDOW),
            "own_share": Input(912000, "医保局", date(2021, 5, 3), "自付", "fen", WINDOW),
            "risk": Input(True, "医保局", date(2021, 5, 3), "因病风险"),
            "household": Household(registered=True, size=4),
        }
        return version(**{**given, **changed}, policy=policy.at(on, "430426"))

    return call
