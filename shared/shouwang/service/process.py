"""One service in a process of its own on real servers, with its own health and metrics port."""

from __future__ import annotations

from contextlib import ExitStack

from shouwang.clock import SimulatedClock
from shouwang.errors import ConfigurationError
from shouwang.policy import Policy
from shouwang.service.assembly import Site
from shouwang.service.base import Service
from shouwang.service.group import ServiceGroup
from shouwang.service.health import health_routes
from shouwang.service.keeper import DayTimer
from shouwang.service.keyfiles import TOKEN
from shouwang.service.loading import county_figures
from shouwang.service.web import WebApp, WebServer
from shouwang.settings import Settings


class ServiceProcess:
    """Starts and stops one service; keys and token come from files, nothing is generated."""

    def __init__(self, settings: Settings, site: Site, service_cls: type[Service]) -> None:
        self._settings = settings
        self._group = ServiceGroup(site, [service_cls], alone=False)
        self._days = DayTimer(site.clock, self._group.books)
        routes = health_routes(self._group.runtimes, self._group.check_broker)
        self._ends = ExitStack()
        self._web = WebServer(WebApp(routes), settings.metrics_host, settings.metrics_port)

    @property
    def url(self) -> str:
        """Address of health and metrics."""
        return f"http://{self._settings.metrics_host}:{self._web.port}"

    @property
    def policies(self) -> list[Policy]:
        """The policy of the service, if it has one."""
        return self._group.policies

    def start(self) -> None:
        """Listen for calls, events, days and health checks; all stops again when a part refuses."""
        with self._ends as ends:
            for part in (self._web, self._group, self._days):
                part.start()
                ends.callback(part.stop)
            self._ends = ends.pop_all()

    def stop(self) -> None:
        """Finish the work at hand and stop."""
        self._ends.close()

    def wait(self) -> None:
        """Wait until the service ends; raises when it died."""
        self._group.wait()


def site_of(settings: Settings, service: str) -> Site:
    """Return where a service of real servers runs; ConfigurationError when something embedded is left."""
    if settings.embedded_broker:
        raise _refusal("单独运行一个服务需要真正的消息代理", "AMQP_URI", "请设 AMQP_URI，或去掉 --only。")
    if settings.mongo_uri is None:
        raise _refusal("单独运行一个服务需要真正的数据库", "MONGO_URI", "请设 MONGO_URI，或去掉 --only。")
    clock = settings.make_clock()
    if isinstance(clock, SimulatedClock):
        raise _refusal("多进程运行不能用模拟时钟", "SHOUWANG_CLOCK", "模拟时钟只用于内置模式。")
    own = settings.keys_dir / service / TOKEN
    return Site(
        amqp_uri=settings.amqp_uri,
        mongo_uri=settings.mongo_uri,
        var_dir=settings.var_dir,
        keys_dir=settings.keys_dir,
        county=settings.county,
        clock=clock,
        token_file=own if own.exists() else settings.token_file,
        figures=county_figures(settings),
    )


def _refusal(message: str, where: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(message, code="configuration.mode", where=where, remedy=remedy)
