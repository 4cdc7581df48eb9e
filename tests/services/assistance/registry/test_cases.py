"""The cases of the registry of departments that officials can read (A-02, A-09)."""

import pytest
from shouwang.testing.cases import case_params

from services.assistance.domain.registry import announcement, presence
from tests.services.assistance.county import KEY
from tests.services.assistance.reading import CASES, POLICY, REGION

DECIDES = (announcement, presence)
MISSING = "没有"


@pytest.mark.parametrize("case", case_params(CASES / "registry", rule="A-09"))
def test_presence(case):
    given, view = case.given_of("最后报到", "注销于"), POLICY.at(case.as_of, REGION)
    left = given["注销于"].isoformat() if "注销于" in given else None
    department = {"last_heard_on": given["最后报到"].isoformat(), "left_on": left}
    limits = [view.find(f"department_{name}_days").value for name in ("silent", "gone")]
    case.check({"状态": presence.LABELS[presence.presence(department, case.as_of, *limits)]})


def offered(given):
    """A measure as it is announced; what is no mapping is announced as it is."""
    if not isinstance(given, dict):
        return given
    risks = sorted(announcement.KNOWN_RISKS) if given["风险"] == "全部" else given["风险"]
    said = {"code": given["代码"], "title": given.get("名称", "改水"), "risks": risks}
    kept = {name: value for name, value in said.items() if value != MISSING}
    return kept | {"evidence": given["凭证"]}


@pytest.mark.parametrize("case", case_params(CASES / "registry", rule="A-02"))
def test_announcement(case):
    given = case.given_of("发送方", "代码", "名称", "版本", "公钥", "措施", "比对")
    measures = given["措施"]
    said = {
        "code": given["代码"],
        "title": given.get("名称", "县水利局"),
        "contract": given.get("版本", "1.0"),
    }
    said |= {"public_key": given.get("公钥", KEY), "comparisons": given.get("比对", [])}
    said["measures"] = [offered(one) for one in measures] if isinstance(measures, list) else measures
    sound = {name: value for name, value in said.items() if value != MISSING}
    problems = announcement.problems(sound, given["发送方"])
    case.check({"拒收": [one.partition("：")[0] for one in problems]})
    if not problems:
        assert announcement.known(sound) == sound
