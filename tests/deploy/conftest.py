"""What the tests of the deployment share: the secrets of an installation, and its broker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.private_broker import installed
from deploy.tools.secrets import make
from tests.deploy.county_broker import CountyBroker
from tests.plugins.rabbit import MISSING

COUNTY = "430426"


@pytest.fixture(scope="session")
def county_secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make secrets` leaves it."""
    folder = tmp_path_factory.mktemp("installation") / "secrets"
    make(folder, COUNTY)
    return folder


@pytest.fixture(scope="module")
def county_broker(county_secrets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CountyBroker]:
    """A RabbitMQ node with the county's accounts."""
    if not installed():
        pytest.fail(MISSING, pytrace=False)
    broker = CountyBroker(tmp_path_factory.mktemp("county"), county_secrets)
    try:
        yield broker.start()
    finally:
        broker.discard()
