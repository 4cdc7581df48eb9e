"""A private RabbitMQ node on loopback: unprivileged, own ports, own data, own epmd, stopped by its own pid.

    with PrivateBroker(Path("var/bench/rabbit")) as broker:
        broker.amqp_uri

Needs Debian's `rabbitmq-server` package installed; the system's own broker need not (and should not) run.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import amqp
from shouwang.errors import ConfigurationError, Unavailable

INSTALL = "apt-get install --no-install-recommends rabbitmq-server"
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOOPBACK = "127.0.0.1"
PORT_NAMES = ("amqp", "dist", "epmd", "management", "prometheus")

CONFIGURATION = """\
listeners.tcp.default = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {prometheus}
log.file.level = warning
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
"""
PLUGINS = "[rabbitmq_management,rabbitmq_prometheus]."


class PrivateBroker:
    """One node in `directory`; start, stop, kill and start again with the same ports and data."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self.ports = dict(zip(PORT_NAMES, free_ports(len(PORT_NAMES)), strict=True))
        self.node = f"shouwang{self.ports['amqp']}@localhost"
        self._server: subprocess.Popen[bytes] | None = None
        self._epmd: subprocess.Popen[bytes] | None = None

    @property
    def amqp_uri(self) -> str:
        """Where services and clients connect."""
        return f"amqp://guest:guest@{LOOPBACK}:{self.ports['amqp']}//"

    @property
    def management_url(self) -> str:
        """The HTTP API of the node."""
        return f"http://{LOOPBACK}:{self.ports['management']}"

    def start(self) -> Self:
        """Start and wait until the node takes connections; Unavailable with its log if it does not."""
        _require_server()
        self._lay_out()
        self._start_epmd()
        with (self.directory / "console.log").open("ab") as console:
            self._server = _spawn([str(SERVER)], self._environment(), console.fileno())
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """Stop in order: the node by its pid, then its epmd."""
        self._end(signal.SIGTERM)
        self._end_epmd()

    def kill(self) -> None:
        """End the node at once, as a power cut would; `start()` brings it back with what was on disk."""
        self._end(signal.SIGKILL)

    def discard(self) -> None:
        """End the node at once and remove its data: nothing is left of it."""
        self.kill()
        self._end_epmd()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _lay_out(self) -> None:
        for name in ("home", "mnesia", "log"):
            (self.directory / name).mkdir(parents=True, exist_ok=True)
        (self.directory / "rabbitmq.conf").write_text(CONFIGURATION.format(**self.ports))
        (self.directory / "enabled_plugins").write_text(PLUGINS)
        (self.directory / "rabbitmq-env.conf").touch()
        cookie = self.directory / "home" / ".erlang.cookie"
        if not cookie.exists():
            cookie.write_text(secrets.token_hex(16))
            cookie.chmod(0o400)

    def _environment(self) -> dict[str, str]:
        home = self.directory
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home / "home"),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
            "RABBITMQ_NODE_PORT": str(self.ports["amqp"]),
            "RABBITMQ_DIST_PORT": str(self.ports["dist"]),
            "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
            "RABBITMQ_LOG_BASE": str(home / "log"),
            "RABBITMQ_PID_FILE": str(home / "node.pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(home / "rabbitmq-env.conf"),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}",
        }

    def _start_epmd(self) -> None:
        if self._epmd is None or self._epmd.poll() is not None:
            command = ["epmd", "-address", LOOPBACK, "-port", str(self.ports["epmd"])]
            self._epmd = _spawn(command, self._environment(), subprocess.DEVNULL)
            _await(lambda: _open(self.ports["epmd"]), START_SECONDS)

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not _answers(self.ports["amqp"]):
            if self._server is None or self._server.poll() is not None or time.monotonic() > until:
                self.stop()
                raise _not_started(self.directory)
            time.sleep(0.1)

    def _end_epmd(self) -> None:
        epmd, self._epmd = self._epmd, None
        if epmd is not None:
            epmd.terminate()
            epmd.wait(STOP_SECONDS)

    def _end(self, how: signal.Signals) -> None:
        server, self._server = self._server, None
        if server is None or server.poll() is not None:
            return
        _signal_group(server, how)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _signal_group(server, signal.SIGKILL)
            server.wait(STOP_SECONDS)
        for name in set(PORT_NAMES) - {"epmd"}:
            _await(partial(_closed, self.ports[name]), STOP_SECONDS)


@contextmanager
def private_broker(directory: Path) -> Iterator[PrivateBroker]:
    """Run a throw-away node for the length of a block."""
    broker = PrivateBroker(directory)
    try:
        yield broker.start()
    finally:
        broker.discard()


def installed() -> bool:
    """Say whether this machine has the server and epmd."""
    return SERVER.exists() and shutil.which("epmd") is not None


def _require_server() -> None:
    if not installed():
        raise ConfigurationError(
            "本机没有安装 RabbitMQ",
            code="configuration.no_rabbitmq",
            where=str(SERVER),
            remedy=f"请执行 {INSTALL}，或用 AMQP_URI 指向已有的 RabbitMQ。",
        )


def _not_started(directory: Path) -> Unavailable:
    return Unavailable(
        "私有 RabbitMQ 节点没有启动",
        code="bus.broker_not_started",
        where=str(directory),
        remedy="请看该目录下的 console.log 和 log/。",
    )


def _spawn(command: list[str], environment: dict[str, str], output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*_ending_with_parent(), *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _ending_with_parent() -> list[str]:
    """Have the kernel end the child when this process dies, however it dies (Linux): no node is left."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _signal_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Signal the server's script and the Erlang machine under it: they are a group of their own."""
    os.killpg(process.pid, how)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    try:
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _await(condition: Callable[[], bool], seconds: float) -> None:
    """Ask again until it is so: a foreign process does not tell."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("a port neither opened nor closed in time")
        time.sleep(0.02)


def _open(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), 1).close()
    except OSError:
        return False
    return True


def _closed(port: int) -> bool:
    return not _open(port)


def _answers(port: int) -> bool:
    """Say whether the node completes an AMQP handshake: the port alone opens before the node is up."""
    try:
        connection = amqp.Connection(f"{LOOPBACK}:{port}", connect_timeout=2, read_timeout=5)
        connection.connect()
        connection.close()
    except (OSError, amqp.AMQPError):
        return False
    return True
