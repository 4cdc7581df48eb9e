"""Screening: the worker finds persons, here each becomes a clue sealed to monitoring, sent in batches.

A clue is known by rule, person and period: screening again sends only what was not sent before.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

from shouwang.department import vault
from shouwang.department.desk import Desk, person_key, require_own
from shouwang.department.metrics import count_clues, count_outcome, count_unknown, show_missing
from shouwang.sealing import seal
from shouwang.service import Context

MONITORING: Final = "monitoring"
PAGE: Final = 500
Hit = dict[str, Any]


def screen(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Run every rule up to a month and send what it finds; a rule without fresh data answers unknown."""
    require_own(ctx, desk)
    period = request["period"]
    receiver = ctx.bus.call(MONITORING, "public_key")["key"]
    clues = Clues(ctx, desk, period, receiver)
    rules = desk.child.ask("screen", on_part=clues.take, period=period)
    return {"period": period, "rules": [_told(desk, answer, clues) for answer in rules]}


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
    return {**answer, "sent": sent, "already": answer["found"] - sent}


class Clues:
    """The clues of one screening, batch by batch as the worker finds them."""

    def __init__(self, ctx: Context, desk: Desk, period: str, receiver: str) -> None:
        self._ctx, self._desk, self._period, self._receiver = ctx, desk, period, receiver
        self._key = person_key(ctx)
        self._known: dict[str, set[str]] = {}
        self._batches: dict[str, int] = {}
        self.sent: dict[str, int] = {}

    def take(self, part: dict[str, Any]) -> None:
        """Send the hits of one part that were not sent before, as one batch with one event."""
        rule = part["rule"]
        known = self._sent_before(rule)
        fresh = {self._clue_key(rule, hit): hit for hit in part["hits"]}
        fresh = {key: hit for key, hit in fresh.items() if key not in known}
        if fresh:
            self._send(rule, part["risk"], fresh)
            known.update(fresh)
            self.sent[rule] = self.sent.get(rule, 0) + len(fresh)

    def _sent_before(self, rule: str) -> set[str]:
        if rule not in self._known:
            keys, count, after = set[str](), 0, None
            while page := self._page(rule, after):
                keys.update(key for agg in page for key in agg.state["keys"])
                count, after = count + len(page), page[-1].id
            self._known[rule], self._batches[rule] = keys, count
        return self._known[rule]

    def _page(self, rule: str, after: str | None) -> list[Any]:
        found: list[Any] = self._ctx.store.batches.find({"run": self._run(rule)}, after=after, limit=PAGE)
        return found

    def _send(self, rule: str, risk: str, fresh: dict[str, Hit]) -> None:
        ctx, desk = self._ctx, self._desk
        persons = [hit["person"] for hit in fresh.values()]
        ctx.reads.record_many(ctx.actor.to_dict(), persons, f"筛查 {rule} {self._period}", ctx.today)
        numbers = vault.numbers(ctx, persons)
        clues = [self._clue(key, rule, risk, hit, numbers) for key, hit in fresh.items()]
        batch = f"{self._run(rule)}/{self._batches[rule]:05d}"
        said = {
            "batch": f"{desk.code}/{batch}",
            "department": desk.code,
            "period": self._period,
            "rule": rule,
        }
        state = {"run": self._run(rule), "rule": rule, "period": self._period, "keys": list(fresh)}
        agg = ctx.store.batches.new(batch, region=desk.region, state=state)
        event = ctx.event("clues.found", {**said, "clues": clues})
        ctx.save(ctx.store.batches, agg, "clues_found", {"clues": len(clues)}, events=[event])
        self._batches[rule] += 1

    def _clue(self, key: str, rule: str, risk: str, hit: Hit, numbers: dict[str, str]) -> dict[str, Any]:
        return {
            "key": key,
            "rule": rule,
            "risk": risk,
            "region": hit["region"],
            "sealed": seal(self._receiver, {"id_number": numbers[hit["person"]]}),
            "grounds": hit["decision"],
        }

    def _clue_key(self, rule: str, hit: Hit) -> str:
        message = f"clue\0{rule}\0{hit['person']}\0{self._period}".encode()
        return hmac.digest(self._key, message, "sha256")[:16].hex()

    def _run(self, rule: str) -> str:
        return f"{rule}/{self._period}"
