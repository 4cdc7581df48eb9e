"""The use cases that every service with procedures shares: load, ask the engine, record, tell, save.

The case lives in `agg.state["case"]`. What differs from service to service stands in its Desk:

    DESK = Desk("project", content=notice_content, follow=events_of, view=views.project)

    def take_step(ctx, request):
        return desk.take_step(ctx, ctx.store.projects, request["project"], request, facts_of(ctx), desk=DESK)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from shouwang.errors import NotFound, Refused, StaleVersion
from shouwang.procedure.case import Case
from shouwang.procedure.model import LEAVING
from shouwang.procedure.outcome import Effect, Outcome
from shouwang.procedure.parts import JSON, Paper, Signature
from shouwang.procedure.reasons import CLOSED_CASE, NOTICE_CLOSED

if TYPE_CHECKING:
    from shouwang.service import Context
    from shouwang.service.event import IncomingEvent
    from shouwang.store.aggregate import Aggregate

TRIES: Final = 3

Told = tuple[str, Mapping[str, Any]]
Facts = Mapping[str, Any] | Callable[["Aggregate"], Mapping[str, Any]] | None


def _plain_content(agg: Aggregate) -> JSON:
    return {"region": agg.region}


def _nothing(_ctx: Context, _agg: Aggregate, _outcome: Outcome) -> Iterable[Told]:
    return ()


def case_view(agg: Aggregate) -> JSON:
    """Return where the case of an aggregate stands."""
    case = agg.state["case"]
    return {"case": agg.id, "region": agg.region, "step": case["step"], "status": case["status"]}


@dataclass(frozen=True)
class Desk:
    """What a service adds to the shared use cases.

    kind: of the aggregate, as notices name it. content(agg): what a notice shows, masked (N-02).
    follow(ctx, agg, outcome): the service's own events as (type, data); it may change `agg.state` first.
    view(agg): the result of a call, remembered under its request id.
    """

    kind: str = "case"
    content: Callable[[Aggregate], Any] = _plain_content
    follow: Callable[[Context, Aggregate, Outcome], Iterable[Told]] = _nothing
    view: Callable[[Aggregate], JSON] = case_view


PLAIN = Desk()


def take_step(
    ctx: Context,
    repo: Any,
    agg_id: str,
    request: Mapping[str, Any],
    facts: Facts = None,
    *,
    desk: Desk = PLAIN,
) -> JSON:
    """Take one action: request {step, action, papers, people, reason, to?}; returns the desk's view.

    facts: a mapping, or a function of the aggregate. Behind a notice the notice service is asked first
    (`notify.notice_of`); when it cannot be reached, the step is not taken. The same request id twice
    changes nothing and answers the same. Errors: Refused, NotFound, Unavailable, StaleVersion.
    """
    action = request["action"]

    def take(agg: Aggregate) -> JSON:
        case = case_of(agg)
        if action not in LEAVING:
            case = _caught_up(ctx, agg, case, desk)
        known = facts(agg) if callable(facts) else facts
        outcome = ctx.engine.take(case, action, **_brought(request), **_by(ctx), facts=known)
        return record(ctx, repo, agg, outcome, f"case.{action}", desk=desk)

    return _once(ctx, repo, agg_id, take)


def _once(ctx: Context, repo: Any, agg_id: str, act: Callable[[Aggregate], JSON]) -> JSON:
    """Act once per request id; anew on the newest state when an event changed it in between.

    A command names no version, so that trying again is right: every check is made again.
    """
    for left in reversed(range(TRIES)):
        agg = repo.get(agg_id)
        if agg.carried_out(ctx.request_id):
            return dict(agg.remembered(ctx.request_id))
        try:
            return act(agg)
        except StaleVersion:
            if not left:
                raise
    raise AssertionError("unreachable")


def record(
    ctx: Context, repo: Any, agg: Aggregate, outcome: Outcome, action: str, *, desk: Desk = PLAIN
) -> JSON:
    """Store an outcome of the engine with its events, opening a case too; returns the desk's view.

    action: as the history names it ("case.open").
    """
    case, step = outcome.case, outcome.case.entries[-1].step
    agg.state["case"] = case.to_dict()
    told = [*desk.follow(ctx, agg, outcome), *_notices(ctx, agg, outcome, desk)]
    events = [ctx.event(type, data) for type, data in told]
    result = desk.view(agg)
    detail = {"step": step, "stands_at": case.step, "status": case.status}
    ctx.save(repo, agg, action, detail, events=events, result=result)
    return result


def what_next(ctx: Context, repo: Any, agg_id: str, facts: Facts = None) -> list[JSON]:
    """Return the possibilities for the actor of the call."""
    agg = repo.get(agg_id)
    known = facts(agg) if callable(facts) else facts
    found = ctx.engine.possibilities(case_of(agg), ctx.actor, known, ctx.today)
    return [one.to_dict() for one in found]


def settle_debt(
    ctx: Context, repo: Any, agg_id: str, paper: Mapping[str, Any], *, desk: Desk = PLAIN
) -> JSON:
    """Hand in a paper that the green channel let come later."""

    def settle(agg: Aggregate) -> JSON:
        outcome = ctx.engine.settle_debt(case_of(agg), paper=_paper(paper), **_by(ctx))
        return record(ctx, repo, agg, outcome, "case.settle_debt", desk=desk)

    return _once(ctx, repo, agg_id, settle)


def correct(ctx: Context, repo: Any, agg_id: str, request: Mapping[str, Any], *, desk: Desk = PLAIN) -> JSON:
    """Correct a decision found wrong: request {reason, step?}.

    The new case takes the place of the old one, which stays whole in `agg.state["earlier_cases"]`.
    """

    def renew(agg: Aggregate) -> JSON:
        old = case_of(agg)
        given = {"id": _next_id(old.id), "reason": request["reason"], "step": request.get("step")}
        outcome = ctx.engine.correct(old, **given, **_by(ctx))
        agg.state.setdefault("earlier_cases", []).append(outcome.superseded.to_dict())
        return record(ctx, repo, agg, outcome, "case.correct", desk=desk)

    return _once(ctx, repo, agg_id, renew)


def apply_notice_event(
    ctx: Context, repo: Any, agg_id: str, event: IncomingEvent, *, desk: Desk = PLAIN
) -> Outcome | None:
    """Take over notice.posted, objection.raised or objection.closed of notify; None when nothing changes.

    An event that comes too late (the case is closed or past the notice) is kept in the aggregate's history.
    One that comes too early is Refused, so that the delivery is tried again.
    """
    agg = repo.get(agg_id)
    if agg.carried_out(ctx.request_id):
        return None
    case = case_of(agg)
    try:
        outcome: Outcome = _apply(ctx, case, event)
    except Refused as refused:
        if refused.code not in (CLOSED_CASE, NOTICE_CLOSED):
            raise
        late = {"event": event.type, "notice": event.data["notice"], "code": refused.code}
        ctx.save(repo, agg, "notice.too_late", {**late, "objection": event.data.get("objection")})
        return None
    if outcome.case is case:
        return None
    record(ctx, repo, agg, outcome, event.type, desk=desk)
    return outcome


def concerns(ctx: Context, event: IncomingEvent, desk: Desk = PLAIN) -> bool:
    """Whether an event of notify is about an aggregate of this service and this desk."""
    subject = event.data["subject"]
    return bool(subject["service"] == ctx.service and subject["kind"] == desk.kind)


def case_of(agg: Aggregate) -> Case:
    """Return the case that lives in an aggregate."""
    return Case.from_dict(agg.state["case"])


def notice_data(ctx: Context, agg: Aggregate, effect: Effect, desk: Desk = PLAIN) -> JSON:
    """Return the data of the event notice.requested for an effect notice_requested."""
    told = {key: effect.data[key] for key in ("step", "place", "region", "title", "days")}
    subject = {"service": ctx.service, "kind": desk.kind, "id": agg.id}
    return {"subject": subject, "content": desk.content(agg), **told}


def case_events(outcome: Outcome) -> list[Told]:
    """Return the plain events of a case: case.step_taken, case.sent_back, case.ended, case.debt_owed, …"""
    return [
        (f"case.{effect.kind}", effect.data)
        for effect in outcome.effects
        if effect.kind != "notice_requested"
    ]


def _apply(ctx: Context, case: Case, event: IncomingEvent) -> Outcome:
    data, on = event.data, _day(event.data["on"])
    if event.type == "notice.posted":
        return ctx.engine.notice_posted(case, data["notice"], on)  # type: ignore[no-any-return]
    if event.type == "objection.raised":
        given = {"notice_id": data["notice"]}
        return ctx.engine.objection_raised(case, data["objection"], on, **given)  # type: ignore[no-any-return]
    if event.type == "objection.closed":
        return ctx.engine.objection_closed(case, data["objection"], on, data["upheld"])  # type: ignore[no-any-return]
    return Outcome(case)


def _caught_up(ctx: Context, agg: Aggregate, case: Case, desk: Desk) -> Case:
    step = ctx.engine.waits_at(case)
    if step is None:
        return case
    try:
        state = ctx.bus.call("notify", "notice_of", service=ctx.service, kind=desk.kind, id=agg.id, step=step)
    except NotFound:
        return case  # not posted yet: the gate is shut, and the engine says so
    known: Case = ctx.engine.notice_known(case, state).case
    return known


def _notices(ctx: Context, agg: Aggregate, outcome: Outcome, desk: Desk) -> list[Told]:
    asked = (effect for effect in outcome.effects if effect.kind == "notice_requested")
    return [("notice.requested", notice_data(ctx, agg, effect, desk)) for effect in asked]


def _brought(request: Mapping[str, Any]) -> JSON:
    return {
        "step": request["step"],
        "papers": [_paper(paper) for paper in request.get("papers") or ()],
        "people": [Signature(one["person_ref"], one["role"]) for one in request.get("people") or ()],
        "reason": request.get("reason"),
        "to": request.get("to"),
    }


def _paper(given: Mapping[str, Any]) -> Paper:
    on = given.get("on")
    return Paper(given["name"], given.get("reference") or "", _day(on) if on else None)


def _by(ctx: Context) -> JSON:
    return {"actor": ctx.actor, "on": ctx.today}


def _day(given: date | str) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


def _next_id(case_id: str) -> str:
    stem, _, number = case_id.rpartition("~")
    return f"{stem}~{int(number) + 1}" if stem else f"{case_id}~2"
