"""A service of the compose file takes the county's figures from the folder that is mounted (K-05, 0292)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shouwang.access import load_issuer
from shouwang.access.keys import PRIVATE
from shouwang.messaging import BusClient
from shouwang.store import EmbeddedMongo
from shouwang.testing import actor

from tests.deploy.county_broker import CountyBroker
from tests.deploy.in_place import InPlace

pytestmark = pytest.mark.rabbit
DOCUMENT = "湘某发〔2026〕1号 二"
ROWS = f"""\
k01_target:
  safe_water_rate:
    values:
      - {{region: "43", from: 2026-01-01, review_by: 2099-12-31, value: "0.98", source: {DOCUMENT}}}
k01_indicators:
  values:
    - {{region: "43", from: 2026-07-01, review_by: 2099-12-31, renewed: true, source: {DOCUMENT}}}
"""


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    folder = tmp_path / "policy"
    (folder / "monitoring").mkdir(parents=True)
    (folder / "monitoring" / "reports.yaml").write_text(ROWS, encoding="utf-8")
    return folder


@pytest.fixture
def place(
    county_broker: CountyBroker, county_secrets: Path, tmp_path: Path, figures: Path
) -> Iterator[InPlace]:
    with EmbeddedMongo(tmp_path / "store") as store:
        uri = county_broker.uri_of("monitoring")
        found = InPlace("monitoring", tmp_path / "box", county_secrets, uri, store.uri)
        found.figures = figures
        yield found


@pytest.mark.rule("K-05")
def test_it_answers_over_the_broker_with_the_countys_figure(
    place: InPlace, county_broker: CountyBroker, county_secrets: Path
) -> None:
    token = load_issuer(county_secrets / "issuer" / PRIVATE).issue(actor("county_officer"), 600)
    with place.running(), BusClient(county_broker.uri_of("operator"), token=token) as client:
        rows = client.call("monitoring", "indicators", region="430426", on="2027-03-01")
        lapsed = next(
            line for line in place.get("/metrics").splitlines() if line.startswith("shouwang_policy_figures")
        )
    found = next(row for row in rows if row["name"] == "safe_water_rate")
    assert (found["target"], found["source"]) == ("0.98", DOCUMENT)
    assert 'service="monitoring"' in lapsed and not lapsed.endswith(" 0.0")


@pytest.mark.rule("K-05")
def test_a_row_with_a_fault_keeps_it_from_starting(place: InPlace, figures: Path) -> None:
    file = figures / "monitoring" / "reports.yaml"
    file.write_text(ROWS.replace('value: "0.98"', "value: 待填"), encoding="utf-8")
    refused = place.run("up", "--only", "monitoring")
    assert refused.returncode == 1 and len(refused.stderr.splitlines()) == 1
    assert f"{file}:4" in refused.stderr and "k01_target.safe_water_rate" in refused.stderr


@pytest.mark.rule("K-05")
def test_a_folder_of_nobody_keeps_it_from_starting(place: InPlace, figures: Path) -> None:
    (figures / "monitorng").mkdir()
    refused = place.run("up", "--only", "monitoring")
    assert refused.returncode == 1 and "monitorng" in refused.stderr and "“monitoring”" in refused.stderr


def test_the_operator_sees_them_too(place: InPlace) -> None:
    shown = place.run("policy", "k01_target.safe_water_rate", "--on", "2027-03-01")
    assert shown.returncode == 0, shown.stderr
    assert "0.98" in shown.stdout and DOCUMENT in shown.stdout
