"""The decorators with which a service writes its table of contents, and what they record.

They only attach data to the function: no broker, no eventlet, no database is imported here, so a service
class can be read, listed and tested in any process. `entry_points(cls)` gives the records back.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeVar

from marshmallow import Schema

from shouwang.access.rights import EVERY_CALLER
from shouwang.access.roles import ROLES, SERVICE, TITLES
from shouwang.errors import ConfigurationError

Kind = Literal["call", "on", "daily"]
SchemaClass = type[Schema]
Resolver = Callable[[Any, dict[str, Any]], str]
Method = TypeVar("Method", bound=Callable[..., Any])

ATTRIBUTE: Final = "__shouwang_entry__"
SERVICE_TITLE: Final = f"{TITLES[SERVICE]}（{{}}）"


class _CountyWide:
    """The call concerns no single place: the role alone decides."""

    def __repr__(self) -> str:
        return "COUNTY_WIDE"


COUNTY_WIDE: Final = _CountyWide()
Where = str | Resolver | _CountyWide


class Nothing(Schema):
    """The request of a call without arguments."""


@dataclass(frozen=True)
class EntryPoint:
    """One line of a service's table of contents.

    kind: "call" (RPC), "on" (event), "daily" (once per business day).
    schema: of the request or of the event's data. returns: schema of the result; [schema] a list; None as is.
    who: roles that may call (events and days come from the suite itself: role service).
    callers: services that may call, by name; the role service is in `who` only where some are named.
    where: request field with a region code, resolver (ctx, request) -> code, or COUNTY_WIDE.
    source, type: of the event. metric: label under which it is counted. defined: file:line.
    """

    name: str
    kind: Kind
    schema: SchemaClass | None
    who: tuple[str, ...]
    where: Where
    defined: str
    returns: SchemaClass | list[SchemaClass] | None = None
    source: str = ""
    type: str = ""
    metric: str = ""
    callers: tuple[str, ...] = ()

    def allowed(self) -> list[str]:
        """Return who may call, in Chinese: titles of roles, services by name."""
        services = [SERVICE_TITLE.format("各服务" if one == EVERY_CALLER else one) for one in self.callers]
        return [TITLES[role] for role in self.who if role != SERVICE or not services] + services


def call(
    schema: SchemaClass | None = None,
    *,
    returns: SchemaClass | list[SchemaClass] | None = None,
    who: Collection[str] = (),
    callers: Collection[str] = (),
    where: Where,
) -> Callable[[Method], Method]:
    """Let the roles in `who` and the services in `callers` call this method, nobody else.

    `where` tells which region the call concerns. EVERY_CALLER among `callers` lets in any service.
    The method gets `request`, the dict loaded by `schema` (None: no arguments); `returns` dumps its result.
    """

    def mark(method: Method) -> Method:
        place = _place(method)
        wanted = schema or Nothing
        _check_roles(who, callers, place)
        _check_where(where, wanted, place)
        by = (*who, SERVICE) if callers else tuple(who)
        named = tuple(callers)
        entry = EntryPoint(method.__name__, "call", wanted, by, where, place, returns, callers=named)
        return _attach(method, entry)

    return mark


def on(source: str, type: str, *, schema: SchemaClass) -> Callable[[Method], Method]:
    """Handle every event `type` of `source` ("*": of any service) once; the method gets the event."""

    def mark(method: Method) -> Method:
        place = _place(method)
        entry = EntryPoint(
            method.__name__, "on", schema, (SERVICE,), COUNTY_WIDE, place, source=source, type=type
        )
        return _attach(method, entry)

    return mark


def daily(method: Method) -> Method:
    """Call this method once per business day, in order; it gets the day."""
    entry = EntryPoint(method.__name__, "daily", None, (SERVICE,), COUNTY_WIDE, _place(method))
    return _attach(method, entry)


def entry_points(service_cls: type) -> list[EntryPoint]:
    """Return every entry point of a service class, in the order of their names."""
    service = getattr(service_cls, "name", service_cls.__name__)
    members = inspect.getmembers(service_cls, inspect.isfunction)
    found = [getattr(member, ATTRIBUTE) for _, member in members if hasattr(member, ATTRIBUTE)]
    return [replace(entry, metric=f"{service}.{entry.name}") for entry in found]


def _attach(method: Method, entry: EntryPoint) -> Method:
    if hasattr(method, ATTRIBUTE):
        raise _refusal(entry.defined, f"{entry.name} 有两个入口装饰器", "一个方法只能是一个入口。")
    setattr(method, ATTRIBUTE, entry)
    return method


def _check_roles(who: Collection[str], callers: Collection[str], place: str) -> None:
    if isinstance(who, str) or isinstance(callers, str) or not (who or callers):
        raise _refusal(place, "入口没有写明谁可以调用（who、callers）", "请列出角色和服务，默认一律拒绝。")
    if SERVICE in who:
        raise _refusal(
            place, "who 不能写“系统服务”", "部门的服务也是系统服务，请在 callers 中逐一写明服务名。"
        )
    unknown = sorted(set(who) - ROLES)
    if unknown:
        raise _refusal(place, f"没有这些角色：{'、'.join(unknown)}", "角色见 shouwang.access.roles。")


def _check_where(where: Where, schema: SchemaClass, place: str) -> None:
    if isinstance(where, str) and where not in schema._declared_fields:
        known = "、".join(schema._declared_fields)
        raise _refusal(place, f"{schema.__name__} 没有区划字段“{where}”", f"可用字段：{known}。")
    if not isinstance(where, str | _CountyWide) and not callable(where):
        raise _refusal(place, "where 既不是字段名，也不是函数或 COUNTY_WIDE", "请写明该调用涉及的区划。")


def _place(method: Callable[..., Any]) -> str:
    code = method.__code__
    return f"{code.co_filename}:{code.co_firstlineno}"


def _refusal(place: str, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(message, code="configuration.entry_point", where=place, remedy=remedy)
