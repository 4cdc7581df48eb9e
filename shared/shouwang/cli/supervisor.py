"""Real servers, one machine: one process per service, started and ended together."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shouwang.cli.stopping import StopSignal
from shouwang.errors import ConfigurationError
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named
from shouwang.service.keyfiles import SHORT, issuer_of, ring_of, service_actor, write_service_token
from shouwang.settings import Settings

LOOK_EVERY: Final = 1.0
PATIENCE: Final = 30.0
"""Seconds that a service has to finish its work before it is killed."""


@dataclass
class Child:
    """One service process."""

    name: str
    process: subprocess.Popen[bytes]


def supervise(settings: Settings) -> int:
    """Start every installed service in its own process until a signal comes; 1 when one ended by itself."""
    names = [*named(SERVICES), *named(DEPARTMENTS)]
    if settings.mongo_uri is None:
        raise ConfigurationError(
            "设了 AMQP_URI 而没有 MONGO_URI",
            code="configuration.mode",
            remedy="两项都设，或都不设（内置模式）。",
        )
    _prepare_keys(settings, names)
    stop = StopSignal()
    children = [_start(name, settings, offset) for offset, name in enumerate(names)]
    print(f"已启动 {len(children)} 个进程：{'、'.join(names)}", flush=True)
    try:
        return _watch(settings, children, stop)
    finally:
        _end(children)


def _prepare_keys(settings: Settings, names: Sequence[str]) -> None:
    if settings.production:
        return
    for name in names:
        ring_of(settings.keys_dir, name)
    _renew_tokens(settings, names)


def _renew_tokens(settings: Settings, names: Sequence[str]) -> None:
    issuer = issuer_of(settings.keys_dir)
    for name in names:
        write_service_token(settings.keys_dir, issuer, service_actor(name, settings.county), SHORT)


def _start(name: str, settings: Settings, offset: int) -> Child:
    port = str(settings.metrics_port + offset if settings.metrics_port else 0)
    environment: Mapping[str, str] = {**os.environ, "SHOUWANG_METRICS_PORT": port}
    command = [sys.executable, "-m", "shouwang.cli.main", "up", "--only", name]
    return Child(name, subprocess.Popen(command, env=environment, start_new_session=True))


def _watch(settings: Settings, children: Sequence[Child], stop: StopSignal) -> int:
    renew_at = time.monotonic() + SHORT / 2
    while not stop.wait(LOOK_EVERY):
        ended = [child.name for child in children if child.process.poll() is not None]
        if ended:
            print(f"服务 {'、'.join(ended)} 已退出，其余一并结束。", file=sys.stderr)
            return 1
        if not settings.production and time.monotonic() > renew_at:
            _renew_tokens(settings, [child.name for child in children])
            renew_at = time.monotonic() + SHORT / 2
    return 0


def _end(children: Sequence[Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
