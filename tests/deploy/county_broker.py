"""A private RabbitMQ node that starts as the county's does: with its configuration and its definitions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from shouwang.messaging.connection import connect, persist

from deploy.private_broker import START_SECONDS, PrivateBroker
from deploy.tools.rabbitmq_accounts import VHOST

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "rabbitmq" / "rabbitmq.conf"
MOUNTED = "/run/secrets/rabbitmq_definitions"
OF_THE_MACHINE = ("management.tcp.port", "prometheus.tcp.port", "disk_free_limit", "vm_memory", "log.")


class CountyBroker(PrivateBroker):
    """`secrets`: folder that `deploy.tools.secrets` filled."""

    def __init__(self, directory: Path, secrets: Path) -> None:
        super().__init__(directory)
        self.secrets = secrets

    def uri_of(self, account: str) -> str:
        """Return the address of the node for one of the county's accounts."""
        given = (self.secrets / f"amqp_uri_{account}").read_text(encoding="ascii")
        return given.replace("@rabbitmq:5672", f"@127.0.0.1:{self.ports['amqp']}")

    def stranger(self, user: str, password: str) -> str:
        """Return the address with an account that the county did not make."""
        return f"amqp://{user}:{password}@127.0.0.1:{self.ports['amqp']}/{VHOST}"

    def accounts(self) -> list[str]:
        """Return every account that the node knows, as its own tool lists them."""
        command = ["/usr/lib/rabbitmq/bin/rabbitmqctl", "-q", "list_users", "--formatter", "json"]
        answer = subprocess.run(command, env=self._environment(), check=True, capture_output=True)
        return [user["user"] for user in json.loads(answer.stdout)]

    def _wait_until_ready(self) -> None:
        """Wait until the operator gets in; the node has no default account to try."""
        address = self.uri_of("operator")
        persist(lambda: connect(address).release(), address, START_SECONDS)

    def _lay_out(self) -> None:
        super()._lay_out()
        with (self.directory / "rabbitmq.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(self._deployed()))

    def _deployed(self) -> list[str]:
        """Return the lines of the deployed file that do not speak of ports and of the machine's size."""
        text = CONFIGURATION.read_text(encoding="utf-8")
        assert MOUNTED in text
        lines = text.replace(MOUNTED, str(self.secrets / "rabbitmq_definitions")).splitlines()
        return [line for line in lines if not line.startswith(OF_THE_MACHINE)]
