"""Monitoring and assistance over the bus with the real worker process: recomputed, supposed, shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from shouwang.sealing import seal
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.service import Assistance
from services.monitoring.service import Monitoring
from tests.services.monitoring.sheet import VILLAGE, household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME


@pytest.fixture
def suite(tmp_path) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path, [Monitoring, Assistance], day=date(2021, 8, 30)) as running:
        yield running


@pytest.mark.e2e
@pytest.mark.rule("M-11")
def test_the_first_of_the_month_brings_the_class_and_assistance_tells_its_plans(suite, real_worker):
    key = suite.call(CADRE, "monitoring", "public_key")["key"]
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    rows = [*household(1, 2, wages="1000"), *household(2, 5, wages="60000", risks="")]
    given |= {"as_of": "2021-08-30", "sealed": seal(key, rows)}
    suite.call(CADRE, "monitoring", "import_roster", **given)
    suite.pass_days(date(2021, 9, 1))
    told = suite.call(COUNTY, "monitoring", "standings", region="430426")
    assert told["classes"] == {"key_monitored": 1, "high_quality": 1} and told["duty"] == {"yes": 1, "no": 1}
    page = suite.call(COUNTY, "monitoring", "portrait", household=HOME)
    assert page["measures"] == {"answered": True, "code": None, "plans": []}
    assert page["standing"]["duty"] == "yes"
    supposed = {"region": "430426", "parameters": {"monitoring_line": 2_500_000}}
    assert suite.call(COUNTY, "monitoring", "what_if", **supposed)["households"] == 2
