"""What a process is told from outside: environment variables, each known, secrets by file.

Nothing here has a default that would be unsafe in production: production names its broker and its store, and
refuses a clock that can be moved.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from shouwang.clock import Clock, SimulatedClock, SystemClock
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

PREFIX = "SHOUWANG_"
EMBEDDED_BROKER = "embedded://suite"
SIMULATED = "simulated:"
OWN = (
    *("VAR_DIR", "PRODUCTION", "DOOR_PORT", "METRICS_PORT", "METRICS_HOST", "TOKEN_FILE", "KEYS_DIR"),
    *("CLOCK", "COUNTY", "POLICY_DIR", "DEBUG", "WORKER_MEMORY", "WORKER_THREADS"),
)
SECRETS = ("AMQP_URI", "MONGO_URI")  # each also as X_FILE, a file that holds it
HIGHEST_PORT = 65535
_MEMORY = re.compile(r"[1-9]\d*(MB|GB)", re.ASCII)
_COUNTY = re.compile(r"[1-9]\d{5}", re.ASCII)


@dataclass(frozen=True)
class Settings:
    """The settings of one process; `mongo_uri` None is the embedded store. URIs hold passwords: no repr."""

    var_dir: Path
    token_file: Path
    keys_dir: Path
    amqp_uri: str = field(default=EMBEDDED_BROKER, repr=False)
    mongo_uri: str | None = field(default=None, repr=False)
    production: bool = False
    door_port: int = 8731
    metrics_port: int = 9731
    clock: str = "system"
    metrics_host: str = "127.0.0.1"  # a container sets 0.0.0.0, so that Prometheus can come in
    county: str = "430426"
    debug: bool = False
    policy_dir: Path | None = None  # 本县数值目录: the county's own figures (`shouwang.policy.county`)

    def __post_init__(self) -> None:
        simulated = self.clock != "system"
        if simulated:
            simulated_day(self.clock)
        if not _COUNTY.fullmatch(self.county):
            raise _wrong(f"“{self.county}”不是县级区划代码", f"{PREFIX}COUNTY", "应为 6 位数字，如 430426")
        if self.policy_dir is not None and not self.policy_dir.is_dir():
            remedy = "请先建好本县数值目录（docs/deployment.md），或去掉这一项"
            raise _wrong(f"没有目录 {self.policy_dir}", f"{PREFIX}POLICY_DIR", remedy)
        if self.production:
            self._check_production(simulated)

    def _check_production(self, simulated: bool) -> None:
        if simulated:
            raise _wrong(
                "生产环境不接受模拟时钟", f"{PREFIX}CLOCK", "请去掉这一项，或不设 SHOUWANG_PRODUCTION"
            )
        if self.embedded_broker:
            raise _wrong("生产环境要有真正的消息代理", "AMQP_URI", "请设 AMQP_URI 或 AMQP_URI_FILE")
        if self.mongo_uri is None:
            raise _wrong("生产环境要有真正的数据库", "MONGO_URI", "请设 MONGO_URI 或 MONGO_URI_FILE")

    @property
    def embedded_broker(self) -> bool:
        """Whether the broker is the one inside this process."""
        return self.amqp_uri.startswith("embedded:")

    def make_clock(self) -> Clock:
        """Return the clock that was asked for."""
        return SystemClock() if self.clock == "system" else SimulatedClock(simulated_day(self.clock))

    @classmethod
    def from_env(cls) -> Settings:
        """Read the environment; ConfigurationError names the variable that is unknown or wrong."""
        refuse_unknown(os.environ)
        worker_limits()  # wrong ones are told when the process starts, not when a worker does
        env = Env(prefix=PREFIX)
        try:
            var = Path(env.str("VAR_DIR", "var"))
            return cls(
                var_dir=var,
                token_file=Path(env.str("TOKEN_FILE", str(var / "door.token"))),
                keys_dir=Path(env.str("KEYS_DIR", str(var / "keys"))),
                amqp_uri=secret("AMQP_URI") or EMBEDDED_BROKER,
                mongo_uri=secret("MONGO_URI"),
                production=env.bool("PRODUCTION", False),
                door_port=port(env, "DOOR_PORT", cls.door_port),
                metrics_port=port(env, "METRICS_PORT", cls.metrics_port),
                clock=env.str("CLOCK", "system"),
                metrics_host=env.str("METRICS_HOST", cls.metrics_host),
                county=env.str("COUNTY", cls.county),
                policy_dir=folder(env, "POLICY_DIR"),
                debug=env.bool("DEBUG", False),
            )
        except EnvError as error:
            raise ConfigurationError(
                f"环境变量有误：{error}。",
                code="settings.value",
                remedy="请改正这个环境变量，可写的值见 docs/sdk/settings.md。",
            ) from error


def refuse_unknown(names: os._Environ[str] | dict[str, str]) -> None:
    """Refuse a SHOUWANG_ variable that nobody reads: misspelt, and its default would rule silently."""
    known = [f"{PREFIX}{name}" for name in OWN]
    for name in names:
        if name.startswith(PREFIX) and name not in known:
            raise _wrong("没有这个设置", name, did_you_mean(name, known), code="settings.unknown")


def secret(name: str) -> str | None:
    """Return X, or what the file named by X_FILE holds; both are refused, the value is never shown."""
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and file:
        raise _wrong("同时设了值和文件", name, f"请只留 {name} 或 {name}_FILE 之一")
    return _content(name, Path(file)) if file else value or None


def worker_limits() -> dict[str, Any]:
    """Return what the DuckDB of a department's worker may take: {memory_limit, threads}."""
    env = Env(prefix=PREFIX)
    try:
        memory, threads = env.str("WORKER_MEMORY", "512MB"), env.int("WORKER_THREADS", 2)
    except EnvError as error:
        raise ConfigurationError(
            f"环境变量有误：{error}。",
            code="settings.value",
            remedy="请改正这个环境变量，可写的值见 docs/sdk/settings.md。",
        ) from error
    if not _MEMORY.fullmatch(memory):
        raise _wrong(f"“{memory}”不是内存大小", f"{PREFIX}WORKER_MEMORY", "应为 512MB、2GB 这样的形式")
    if threads < 1:
        raise _wrong(f"线程数 {threads} 不行", f"{PREFIX}WORKER_THREADS", "应为 1 或更多")
    return {"memory_limit": memory, "threads": threads}


def folder(env: Env, name: str) -> Path | None:
    """Return the absolute path of a folder, None where the variable is not set."""
    given = env.str(name, "")
    return Path(given).absolute() if given else None


def port(env: Env, name: str, default: int) -> int:
    """Return a TCP port, 0 (any free one) to 65535."""
    number = env.int(name, default)
    if not 0 <= number <= HIGHEST_PORT:
        raise _wrong(f"端口 {number} 不在 0–{HIGHEST_PORT}", f"{PREFIX}{name}", "请改正")
    return number


def simulated_day(clock: str) -> date:
    """Return the day of "simulated:2021-06-01"; another form is a ConfigurationError."""
    kind, _, day = clock.partition(":")
    try:
        if f"{kind}:" != SIMULATED:
            raise ValueError(clock)
        return date.fromisoformat(day)
    except ValueError as error:
        remedy = "应为 system 或 simulated:2021-06-01 这样的形式"
        raise _wrong(f"时钟“{clock}”不认识", f"{PREFIX}CLOCK", remedy) from error


def _content(name: str, file: Path) -> str:
    try:
        content = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(f"读不了密钥文件 {file}", f"{name}_FILE", "请检查路径和权限") from error
    if not content:
        raise _wrong(f"密钥文件 {file} 是空的", f"{name}_FILE", "请写入内容")
    return content


def _wrong(message: str, where: str, remedy: str, *, code: str = "settings.value") -> ConfigurationError:
    return ConfigurationError(f"{message}。", code=code, where=f"环境变量 {where}", remedy=remedy)
