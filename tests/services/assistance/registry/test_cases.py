"""The cases of the registry of departments that officials can read (A-09)."""

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.registry import presence
from tests.services.assistance.reading import CASES, POLICY, REGION

DECIDES = (presence,)


@pytest.mark.parametrize("case", case_params(CASES / "registry", rule="A-09"))
def test_presence(case):
    given, view = case.given_of("最后报到", "注销于"), POLICY.at(case.as_of, REGION)
    left = given["注销于"].isoformat() if "注销于" in given else None
    department = {"last_heard_on": given["最后报到"].isoformat(), "left_on": left}
    limits = (view.department_silent_days, view.department_gone_days)
    case.check({"状态": presence.LABELS[presence.presence(department, case.as_of, *limits)]})
