"""The ledgers of the county office: columns with Chinese headings, and the row of one aggregate.

A row is JSON by column name. Money is fen, dates ISO; a value that is not known is None and is printed 不详,
what is not yet is "" and stays blank. ID numbers and names are masked unless asked for in full.
Source: 湘委乡振组发〔2021〕1号 二(二)1, 二(四); 湘振局发〔2021〕18号 第二章第一节一 (预警台账);
大委乡振组〔2023〕21号 三(一) (问题消化台账).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from shouwang.masking import mask_id, mask_name
from shouwang.vocabulary import Category, Risk, State, measure_label

from services.monitoring.domain.care import problems
from services.monitoring.domain.finding import clues
from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
Aggregate = Mapping[str, Any]
"""{id, region, state}."""

_RISKS: Final = {**{one.value: one.label for one in State}, **{one.value: one.label for one in Risk}}
_CATEGORIES: Final = {one.value: one.label for one in Category}
_WAYS: Final = {"helped": "帮扶消除", "natural": "自然消除"}
_TASKS: Final = {"assigned": "待落实", "delivered": "已落实待确认", "confirmed": "农户已确认"}


@dataclass(frozen=True)
class Column:
    """name, heading, kind (text, number, yuan, date), width in characters; total: summed at the foot."""

    name: str
    heading: str
    kind: str = "text"
    width: int = 12
    total: bool = False

    def to_dict(self) -> Json:
        """Return the JSON form."""
        return asdict(self)


@dataclass(frozen=True)
class Ledger:
    """One ledger: its title, its columns, and how an aggregate becomes its rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Aggregate, bool], Iterable[Json]]


_HOUSEHOLD: Final = (
    Column("household", "户编号", width=20),
    Column("group", "村民小组", width=10),
    Column("name", "户主姓名", width=10),
    Column("id_number", "身份证号码", width=22),
    Column("persons", "家庭人口", "number", 9, total=True),
)


def _home(one: Aggregate, full: bool) -> Json:
    state = one["state"]
    head = next((member for member in state["members"] if member["relation"] == HEAD), state["members"][0])
    name, number = head["name"], head["id_number"]
    return {
        "household": one["id"],
        "group": state["group"],
        "name": name if full or not name else mask_name(name),
        "id_number": number if full or not number else mask_id(number),
        "persons": state["size"],
    }


def _risks(names: Iterable[str] | None) -> str | None:
    return None if names is None else "、".join(_RISKS.get(one, one) for one in names) or "无"


def _monitored(one: Aggregate, full: bool) -> Iterable[Json]:
    monitoring = one["state"]["monitoring"] or {}
    yield {
        **_home(one, full),
        "category": _CATEGORIES.get(one["state"]["category"] or ""),
        "risks": _risks(monitoring.get("risks")),
        "able": _yes_no(monitoring.get("able_to_work")),
        "since": monitoring.get("since"),
        "case": monitoring.get("case"),
        "left_out": _yet((one["state"].get("left_out") or {}).get("on")),
    }


def _removed(one: Aggregate, full: bool) -> Iterable[Json]:
    monitoring = one["state"]["monitoring"] or {}
    yield {
        **_home(one, full),
        "category": _CATEGORIES.get(one["state"]["category"] or ""),
        "risks": _risks(monitoring.get("risks")),
        "since": monitoring.get("since"),
        "removed_on": monitoring.get("removed_on"),
        "way": _WAYS.get(monitoring.get("way") or ""),
        "case": monitoring.get("removed_by"),
    }


def _clue(one: Aggregate, full: bool) -> Iterable[Json]:
    state = one["state"]
    kept = ("household", "found_on", "due_on")
    yield {
        "clue": one["id"],
        **{name: state[name] for name in kept},
        **{name: _yet(state[name]) for name in ("responded_on", "closed_on", "case")},
        "channel": clues.CHANNELS.get(state["first_channel"]),
        "sources": len(state["sources"]),
        "risks": _risks(state["risks"]),
        "status": clues.STATUSES[state["status"]],
        "outcome": clues.OUTCOMES.get(state["outcome"] or "", ""),
    }


def _inspection(one: Aggregate, full: bool) -> Iterable[Json]:
    state = one["state"]
    yield {
        "ledger": one["id"],
        "village": state["village"],
        "round": state["round"],
        "opens_on": state["opens_on"],
        "closes_on": state["closes_on"],
        "households": one.get("households"),
        "visited": state["count"]["seen"],
        "at_risk": state["count"]["at_risk"],
    }


def _problem(one: Aggregate, full: bool) -> Iterable[Json]:
    """A problem with who puts it right until when, what was done, and who accepted it (D-06)."""
    state = one["state"]
    kept = ("org", "text", "opened_on", "due_on")
    measures = "；".join(f"{each['on']} {each['text']}" for each in state["measures"]) or "尚无"
    yield {
        "problem": one["id"],
        **{name: state[name] for name in kept},
        "household": _yet(state["household"]),
        "kind": problems.KINDS[state["kind"]],
        "source": problems.SOURCES[state["source"]],
        "level": problems.LEVELS[state["level"]],
        "measures": measures,
        "evidence": len(state["evidence"] or []),
        "returned": len(state["returns"]),
        "status": problems.STATUSES[state["status"]],
        **{name: _yet(state[name]) for name in ("done_on", "accepted_on")},
    }


def _measures(one: Aggregate, full: bool) -> Iterable[Json]:
    """One row a task of a plan ({id, state: plan of assistance})."""
    for task in one["state"]["tasks"]:
        done = task["delivered"] or {}
        yield {
            "household": one["state"]["household"],
            "plan": one["id"],
            "department": task["department"],
            "code": task["measure"],
            "measure": measure_label(task["measure"]) or task["title"],
            "status": _TASKS[task["status"]],
            "assigned_on": task["assigned_on"],
            "due_on": task["due_on"],
            "planned_fen": task["amount_fen"],
            "done_on": _yet(done.get("on")),
            "done_fen": done.get("amount_fen") if done else "",
            "confirmed_on": _yet(task["confirmed_on"]),
        }


def _yet(value: str | None) -> str:
    """Return what came about, or "" while it has not."""
    return value or ""


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "是" if value else "否"


_SINCE: Final = Column("since", "纳入日期", "date", 12)
_RISK: Final = Column("risks", "返贫致贫风险", width=24)
_CATEGORY: Final = Column("category", "监测对象类型", width=16)
_CASE: Final = Column("case", "案件编号", width=24)

LEDGERS: Final[dict[str, Ledger]] = {
    one.name: one
    for one in (
        Ledger(
            "monitored",
            "监测对象台账",
            (
                *_HOUSEHOLD,
                _CATEGORY,
                _RISK,
                Column("able", "有无劳动能力", width=12),
                _SINCE,
                _CASE,
                Column("left_out", "暂不消除登记日期", "date", 16),
            ),
            _monitored,
        ),
        Ledger(
            "removed",
            "风险消除台账",
            (
                *_HOUSEHOLD,
                _CATEGORY,
                _RISK,
                _SINCE,
                Column("removed_on", "风险消除日期", "date", 12),
                Column("way", "消除方式", width=10),
                _CASE,
            ),
            _removed,
        ),
        Ledger(
            "clues",
            "返贫致贫风险线索台账",
            (
                Column("clue", "线索编号", width=24),
                Column("household", "户编号", width=20),
                Column("channel", "最先发现渠道", width=14),
                Column("sources", "来源数", "number", 8, total=True),
                _RISK,
                Column("found_on", "发现日期", "date", 12),
                Column("due_on", "响应期限", "date", 12),
                Column("responded_on", "响应日期", "date", 12),
                Column("status", "状态", width=16),
                Column("outcome", "核查结论", width=20),
                Column("closed_on", "办结日期", "date", 12),
                _CASE,
            ),
            _clue,
        ),
        Ledger(
            "inspections",
            "集中排查台账",
            (
                Column("ledger", "台账编号", width=20),
                Column("village", "行政村代码", width=15),
                Column("round", "轮次", width=10),
                Column("opens_on", "开始日期", "date", 12),
                Column("closes_on", "截止日期", "date", 12),
                Column("households", "登记户数", "number", 10, total=True),
                Column("visited", "已走访户数", "number", 11, total=True),
                Column("at_risk", "发现风险户数", "number", 12, total=True),
            ),
            _inspection,
        ),
        Ledger(
            "problems",
            "问题消化台账",
            (
                Column("problem", "问题编号", width=16),
                Column("household", "户编号", width=20),
                Column("kind", "类别", width=10),
                Column("source", "来源", width=10),
                Column("text", "问题描述", width=26),
                Column("level", "层级", width=6),
                Column("org", "责任单位", width=14),
                Column("opened_on", "登记日期", "date", 11),
                Column("due_on", "整改期限", "date", 11),
                Column("measures", "整改措施", width=26),
                Column("evidence", "佐证", "number", 6, total=True),
                Column("done_on", "整改完成", "date", 11),
                Column("accepted_on", "验收销号", "date", 11),
                Column("returned", "退回", "number", 6, total=True),
                Column("status", "状态", width=11),
            ),
            _problem,
        ),
        Ledger(
            "measures",
            "帮扶措施台账",
            (
                Column("household", "户编号", width=20),
                Column("plan", "帮扶计划", width=24),
                Column("department", "责任部门", width=18),
                Column("code", "措施代码", width=10),
                Column("measure", "帮扶措施", width=24),
                Column("status", "状态", width=14),
                Column("assigned_on", "交办日期", "date", 12),
                Column("due_on", "落实期限", "date", 12),
                Column("planned_fen", "计划金额（元）", "yuan", 14, total=True),
                Column("done_on", "落实日期", "date", 12),
                Column("done_fen", "落实金额（元）", "yuan", 14, total=True),
                Column("confirmed_on", "农户确认日期", "date", 12),
            ),
            _measures,
        ),
    )
}
