"""Two small services that use everything a service can use."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from marshmallow import Schema, fields
from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER, VILLAGE_CADRE
from shouwang.errors import Refused
from shouwang.service import COUNTY_WIDE, Context, IncomingEvent, Service, call, daily, on
from shouwang.store import Database, Index


class Report(Schema):
    region = fields.Str(required=True, metadata={"label": "区划"})
    note = fields.Str(load_default="")


class ById(Schema):
    id = fields.Str(required=True)


class Clue(Schema):
    id = fields.Str()
    region = fields.Str()
    seen = fields.Int()


class Opened(Schema):
    clue = fields.Str(required=True)


class Count(Schema):
    count = fields.Int()
    days = fields.List(fields.Str())
    actors = fields.List(fields.Str(allow_none=True))


class WatcherStore:
    def __init__(self, db: Database) -> None:
        self.clues = db.repository("clues", kind="clue", indexes=[Index("region")])


class CounterStore:
    def __init__(self, db: Database) -> None:
        self.tallies = db.repository("tallies", kind="tally")


def region_of_clue(ctx: Context, request: dict[str, Any]) -> str:
    return str(ctx.store.clues.get(request["id"]).region)


class Watcher(Service):
    name = "watcher"
    title = "守望者"
    store: ClassVar[Any] = WatcherStore

    @call(Report, returns=Clue, who=[VILLAGE_CADRE, TOWN_OFFICER], where="region")
    def report(self, request: dict[str, Any]) -> dict[str, Any]:
        repo = self.ctx.store.clues
        clue = repo.new(f"C-{self.ctx.request_id}", region=request["region"], state={"seen": 0})
        result = {"id": clue.id, "region": clue.region, "seen": 0, "secret": "never leaves"}
        events = [self.ctx.event("clue.opened", {"clue": clue.id})]
        self.ctx.save(repo, clue, "reported", {}, events=events, result=result)
        return result

    @call(ById, returns=Clue, who=[VILLAGE_CADRE, TOWN_OFFICER], callers=["counter"], where=region_of_clue)
    def look(self, request: dict[str, Any]) -> dict[str, Any]:
        clue = self.ctx.store.clues.get(request["id"])
        return {"id": clue.id, "region": clue.region, **clue.state}

    @call(returns=Count, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def ask_counter(self, request: dict[str, Any]) -> Any:
        return self.ctx.bus.call("counter", "count")

    @call(who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def break_down(self, request: dict[str, Any]) -> None:
        raise ValueError("430426199001011234 must not be told")

    @call(who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def refuse(self, request: dict[str, Any]) -> None:
        raise Refused(
            "还差材料", details={"reasons": [{"code": "x", "message": "缺申请书", "source": "附件1"}]}
        )


class Counter(Service):
    name = "counter"
    title = "计数"
    store: ClassVar[Any] = CounterStore

    @on("watcher", "clue.opened", schema=Opened)
    def count_clue(self, event: IncomingEvent) -> None:
        self.ctx.bus.call("watcher", "look", id=event.data["clue"])
        self._add("counted", count=1, actor=self.ctx.actor.on_behalf_of)

    @daily
    def day_passed(self, on: date) -> None:
        self._add("day", day=on.isoformat())

    @call(returns=Count, who=[COUNTY_OFFICER], callers=["watcher"], where=COUNTY_WIDE)
    def count(self, request: dict[str, Any]) -> Any:
        return self._tally().state

    def _tally(self) -> Any:
        repo = self.ctx.store.tallies
        empty = {"count": 0, "days": [], "actors": []}
        return next(iter(repo.find()), None) or repo.new("all", region="430426", state=empty)

    def _add(self, action: str, count: int = 0, day: str | None = None, actor: str | None = None) -> None:
        tally = self._tally()
        tally.state["count"] += count
        tally.state["days"] += [day] if day else []
        tally.state["actors"] += [actor] if actor else []
        self.ctx.save(self.ctx.store.tallies, tally, action)
