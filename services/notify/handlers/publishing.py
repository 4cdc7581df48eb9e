"""Use cases of notify: load, decide, save."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from shouwang.errors import NotFound
from shouwang.service import Context
from shouwang.service.event import IncomingEvent

from services.notify.domain import notice as rules
from services.notify.domain import publication
from services.notify.handlers import outbox_folder
from services.notify.views import figures, message_view, notice_view

__all__ = ["figures"]

NAMESPACE = uuid.UUID("6f1c7f0e-7a44-4a5e-9f0f-2b1f6f0f6e01")


def post_notice(ctx: Context, event: IncomingEvent) -> None:
    """Publish what a service asked for, once per event (N-01, N-02)."""
    request = event.data
    publication.check({"title": request["title"], "content": request["content"]})
    notice_id = id_of(f"notice/{event.id}")
    agg = ctx.store.notices.new(notice_id, region=request["region"], state=rules.post(request, ctx.today))
    earlier = ctx.store.newest_notice(*_subject(request), request["step"])
    agg.state["number"] = 1 if earlier is None else earlier.state["number"] + 1
    posted = told_of(agg.state, notice_id, ctx.today) | {"opens_on": agg.state["opens_on"]}
    events = [ctx.event("notice.posted", posted)]
    ctx.save(ctx.store.notices, agg, "notice.posted", {"step": request["step"]}, events=events)


def end_notices(ctx: Context, on: date) -> None:
    """Mark every notice that is over as ended and tell who asked for it (N-01)."""
    for agg in ctx.store.running():
        if rules.is_over(agg.state, on):
            agg.state = rules.end(agg.state, on)
            told = told_of(agg.state, agg.id, on)
            told |= {"opens_on": agg.state["opens_on"], "outcome": rules.outcome(agg.state)}
            ctx.save(ctx.store.notices, agg, "notice.ended", events=[ctx.event("notice.ended", told)])


def notice(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return one notice."""
    return notice_view(ctx.store.notices.get(request["notice"]), ctx.actor)


def notice_of(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return the newest notice of a step of another service's aggregate; NotFound while it is not posted."""
    agg = ctx.store.newest_notice(request["service"], request["kind"], request["id"], request["step"])
    if agg is None:
        raise NotFound("该步骤的公示尚未张贴", code="notice.not_posted", remedy="请稍后再试。")
    return notice_view(agg, ctx.actor)


def notices(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the notices of a region, a page at a time."""
    return [notice_view(agg, ctx.actor) for agg in ctx.store.notices.find(**request)]


def send_message(ctx: Context, event: IncomingEvent) -> None:
    """Hand a message to the outbox folder, once per key, and keep proof of it (N-03)."""
    request = event.data
    publication.check({"title": request["title"], "text": request["text"]})
    message_id = id_of(f"message/{request['key']}")
    if ctx.store.messages.find_one(where={"state.key": request["key"]}) is not None:
        return
    due = request["due"].isoformat() if request["due"] else None
    state = {**request, "due": due, "sent_on": ctx.today.isoformat()}
    agg = ctx.store.messages.new(message_id, region=request["region"], state=state)
    outbox_folder.write(outbox_folder.folder_of(ctx), message_id, message_view(agg))
    ctx.save(ctx.store.messages, agg, "message.sent", {"role": request["role"]})


def messages(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the messages of a region, a page at a time."""
    return [{**message_view(agg), "message": agg.id} for agg in ctx.store.messages.find(**request)]


def region_of_notice(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a call about a notice belongs."""
    region: str = ctx.store.notices.get(request["notice"]).region
    return region


def told_of(state: dict[str, Any], notice_id: str, on: date) -> dict[str, Any]:
    """Return what every event of a notice says."""
    return {"subject": state["subject"], "step": state["step"], "notice": notice_id, "on": on.isoformat()}


def _subject(request: dict[str, Any]) -> tuple[str, str, str]:
    subject = request["subject"]
    return subject["service"], subject["kind"], subject["id"]


def id_of(text: str) -> str:
    """Return the id of what a text names, the same each time."""
    return uuid.uuid5(NAMESPACE, text).hex
