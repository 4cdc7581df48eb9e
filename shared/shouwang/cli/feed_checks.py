"""What the doctor asks of the running suite: are departments heard, and is their data fresh?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.cli.findings import Finding, State
from shouwang.cli.session import Session, open_session
from shouwang.errors import ShouwangError
from shouwang.service.discovery import SERVICES, named
from shouwang.settings import Settings

Json = dict[str, Any]
IMPORT = "请由该部门用 shouwang import table 导入最近一期。"


def feeds(settings: Settings) -> Iterator[Finding]:
    """Departments are heard and their data is fresh (asked of the running suite)."""
    if settings.embedded_broker and not (settings.var_dir / "door.json").exists():
        yield Finding("部门数据", "note", "服务没有运行，未检查")
        return
    if "assistance" not in named(SERVICES):
        yield Finding("部门数据", "note", "没有安装帮扶服务，部门单独运行，没有人登记它的在线情况")
        return
    try:
        with open_session(settings) as session:
            departments = session.call("assistance", "departments")
            yield _heard(departments)
            yield from (_fresh(session, one) for one in departments if not one["silent"])
    except ShouwangError as error:
        yield Finding("部门数据", "bad", error.message, error.remedy)


def _heard(departments: list[Json]) -> Finding:
    silent = [one["title"] for one in departments if one["silent"]]
    text = f"久未联系：{'、'.join(silent)}" if silent else f"{len(departments)} 个部门在线"
    return Finding("部门数据", "bad" if silent else "ok", text, "请检查该部门的服务。" if silent else "")


def _fresh(session: Session, department: Json) -> Finding:
    """Return how old the tables of one department are; one that was never imported is a note."""
    subject = f"部门数据 {department['code']}"
    try:
        tables = session.call(department["code"], "feeds")
    except ShouwangError as error:
        return Finding(subject, "bad", error.message, error.remedy)
    stale = [_aged(one) for one in tables if one["stale"] and one["newest"]]
    never = [one["title"] for one in tables if not one["newest"]]
    told = [f"已过期：{'、'.join(stale)}"] if stale else []
    told += [f"从未导入：{'、'.join(never)}"] if never else []
    state: State = "bad" if stale else "note" if never else "ok"
    text = "；".join(told) or f"{len(tables)} 张表都在期内"
    return Finding(subject, state, text, IMPORT if told else "")


def _aged(table: Json) -> str:
    return f"{table['title']}（{table['newest']}，已过 {table['age_days']} 天）"
