"""RabbitMQ for tests: AMQP_URI, or a private node on loopback for the length of the session.

`amqp_uri` is shared by all tests of the session; `mortal_broker` is a node of its own, to be killed.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.private_broker import PrivateBroker, installed, private_broker

MISSING = (
    "RabbitMQ is not installed: apt-get install --no-install-recommends rabbitmq-server, or set AMQP_URI"
)


@pytest.fixture(scope="session")
def session_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker | None]:
    """The node of this session; None when AMQP_URI points at another."""
    if "AMQP_URI" in os.environ:
        yield None
    else:
        with private_broker(_directory(tmp_path_factory)) as broker:
            yield broker


@pytest.fixture(scope="session")
def amqp_uri(session_broker: PrivateBroker | None) -> str:
    """Where the RabbitMQ of the session listens."""
    return session_broker.amqp_uri if session_broker else os.environ["AMQP_URI"]


@pytest.fixture(scope="session")
def management_url(session_broker: PrivateBroker | None) -> str | None:
    """Where its management API listens; None: where it usually does."""
    return session_broker.management_url if session_broker else os.environ.get("MANAGEMENT_URL")


@pytest.fixture(scope="module")
def mortal_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker]:
    """A node that a test may kill and start again."""
    with private_broker(_directory(tmp_path_factory)) as broker:
        yield broker


def _directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not installed():
        pytest.fail(MISSING, pytrace=False)
    return tmp_path_factory.mktemp("rabbit")
