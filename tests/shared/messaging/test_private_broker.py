"""The private node: on loopback only, and nothing of it is left."""

import os
import socket
from pathlib import Path

import pytest
from shouwang.errors import ConfigurationError, Unavailable

from deploy.private_broker import PrivateBroker, _answers, private_broker

pytestmark = pytest.mark.rabbit


def test_it_listens_on_loopback_and_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "node"
    with private_broker(home) as broker:
        server = broker._server
        assert server is not None
        assert _answers(broker.ports["amqp"])
        for address in _own_addresses():
            for port in broker.ports.values():
                assert not _open(address, port), f"{address}:{port} is open"
    assert server.poll() is not None
    assert not any(_open("127.0.0.1", port) for port in broker.ports.values())
    assert not home.exists()


def test_without_the_server_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("deploy.private_broker.SERVER", tmp_path / "absent")
    with pytest.raises(ConfigurationError, match="apt-get install"):
        PrivateBroker(tmp_path).start()


def test_a_node_that_does_not_come_up_says_where_to_look(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failing = tmp_path / "server"
    failing.write_text("#!/bin/sh\necho no schema; exit 1\n")
    failing.chmod(0o700)
    monkeypatch.setattr("deploy.private_broker.SERVER", failing)
    with pytest.raises(Unavailable, match=r"console\.log"):
        PrivateBroker(tmp_path).start()
    assert (tmp_path / "console.log").read_text() == "no schema\n"


def _own_addresses() -> list[str]:
    """Return the addresses of this machine other than loopback."""
    found = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return [str(each) for each in found if not str(each).startswith("127.")] if os.name == "posix" else []


def _open(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), 0.5).close()
    except OSError:
        return False
    return True
