"""Screening: the worker finds persons, here each becomes a clue sealed to monitoring, sent in batches.

A clue is known by rule, person and the newest period of the data it stands on: screening again sends only
what was not sent before, and a table that comes once a year gives each clue once a year.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

from shouwang.department import vault
from shouwang.department.desk import Desk, person_key, require_own
from shouwang.department.feeds import newest_of
from shouwang.department.known import MONITORING
from shouwang.department.metrics import count_clues, count_outcome, count_unknown, show_missing
from shouwang.errors import Unavailable
from shouwang.sealing import seal
from shouwang.service import Context

PAGE: Final = 500
Hit = dict[str, Any]


def screen(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Run every rule up to a month and send what it finds; a rule without fresh data answers unknown."""
    require_own(ctx, desk)
    period = request["period"]
    receiver = _receiver(ctx, desk)
    clues = Clues(ctx, desk, receiver)
    rules = desk.child.screen(period, clues.take)
    return {"period": period, "rules": [_told(desk, answer, clues) for answer in rules]}


def _receiver(ctx: Context, desk: Desk) -> str:
    """Return the key that clues are sealed to; without it nothing is screened: nobody could be told."""
    try:
        key: str = ctx.bus.call(MONITORING, "public_key")["key"]
    except Unavailable as error:
        raise Unavailable(
            "监测服务没有应答，没有筛查：线索只能密封给它的公钥，没有它就无处可送",
            code="department.no_monitoring",
            where=desk.code,
            remedy="本部门单独运行时，用 cases/ 里的案例核对规则；与县里的监测服务一起运行后再筛查。",
        ) from error
    return key


def learn(ctx: Context, desk: Desk, event: Any) -> None:
    """Keep what came of a clue of ours (S-03): the department answers for what it pushes."""
    key = event.data["key"]
    if event.data["department"] != desk.code or key is None:
        return
    for batch in ctx.store.batches.find({"keys": key}, limit=1):
        outcomes = {**batch.state.get("outcomes", {}), key: event.data["outcome"]}
        batch.state["outcomes"] = outcomes
        ctx.save(ctx.store.batches, batch, "clue_answered", {"outcome": event.data["outcome"]})
        count_outcome(desk.code, batch.state["rule"], event.data["outcome"])


def _told(desk: Desk, answer: dict[str, Any], clues: Clues) -> dict[str, Any]:
    rule, code = answer["rule"], desk.code
    if answer["verdict"] == "unknown":
        count_unknown(code, rule, answer["code"])
    show_missing(code, rule, sum(len(periods) for periods in answer["missing"].values()))
    sent = clues.sent.get(rule, 0)
    count_clues(code, rule, sent)
    return {**answer, "sent": sent, "already": answer["found"] - sent, "gone": clues.gone(answer)}


class Clues:
    """The clues of one screening, batch by batch as the worker finds them."""

    def __init__(self, ctx: Context, desk: Desk, receiver: str) -> None:
        self._ctx, self._desk, self._receiver = ctx, desk, receiver
        self._key = person_key(ctx)
        self._known: dict[str, set[str]] = {}
        self._batches: dict[str, int] = {}
        self._found: dict[str, set[str]] = {}
        self.sent: dict[str, int] = {}

    def take(self, part: dict[str, Any]) -> None:
        """Send the hits of one part that were not sent before, as one batch with one event."""
        rule, run = part["rule"], f"{part['rule']}/{part['period']}"
        known = self._sent_before(run)
        found = {self._clue_key(run, hit): hit for hit in part["hits"]}
        self._found.setdefault(run, set()).update(found)
        fresh = {key: hit for key, hit in found.items() if key not in known}
        if fresh:
            self._send(part, run, fresh)
            known.update(fresh)
            self.sent[rule] = self.sent.get(rule, 0) + len(fresh)

    def gone(self, answer: dict[str, Any]) -> int:
        """Count persons of whom a clue was sent on the same periods and who are not found any more.

        After a correction of the data, that is. Their clues stand until somebody has looked: nothing is
        withdrawn behind the back of who is visiting them.
        """
        newest = newest_of(period for periods in answer["used"].values() for period in periods)
        if answer["verdict"] == "unknown" or newest is None:
            return 0
        run = f"{answer['rule']}/{newest}"
        return len(self._sent_before(run) - self._found.get(run, set()))

    def _sent_before(self, run: str) -> set[str]:
        if run not in self._known:
            keys, count, after = set[str](), 0, None
            while page := self._page(run, after):
                keys.update(key for agg in page for key in agg.state["keys"])
                count, after = count + len(page), page[-1].id
            self._known[run], self._batches[run] = keys, count
        return self._known[run]

    def _page(self, run: str, after: str | None) -> list[Any]:
        found: list[Any] = self._ctx.store.batches.find({"run": run}, after=after, limit=PAGE)
        return found

    def _send(self, part: dict[str, Any], run: str, fresh: dict[str, Hit]) -> None:
        ctx, desk = self._ctx, self._desk
        named = {"period": part["period"], "rule": part["rule"]}
        persons = [hit["person"] for hit in fresh.values()]
        ctx.reads.record_many(ctx.actor.to_dict(), persons, f"筛查 {run}", ctx.today)
        numbers = vault.numbers(ctx, persons)
        clues = [self._clue(key, part, hit, numbers) for key, hit in fresh.items()]
        batch = f"{run}/{self._batches[run]:05d}"
        agg = ctx.store.batches.new(
            batch, region=desk.region, state={"run": run, **named, "keys": list(fresh)}
        )
        said = {"batch": f"{desk.code}/{batch}", "department": desk.code, **named, "clues": clues}
        event = ctx.event("clues.found", said)
        ctx.save(ctx.store.batches, agg, "clues_found", {"clues": len(clues)}, events=[event])
        self._batches[run] += 1

    def _clue(self, key: str, part: dict[str, Any], hit: Hit, numbers: dict[str, str]) -> dict[str, Any]:
        return {
            "key": key,
            "rule": part["rule"],
            "risk": part["risk"],
            "region": hit["region"],
            "sealed": seal(self._receiver, {"id_number": numbers[hit["person"]]}),
            "grounds": hit["decision"],
        }

    def _clue_key(self, run: str, hit: Hit) -> str:
        message = f"clue\0{run}\0{hit['person']}".encode()
        return hmac.digest(self._key, message, "sha256")[:16].hex()
