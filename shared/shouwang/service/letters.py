"""Dead letters through the door: they live in the process of the suite, only it can reach them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.messaging import DeadLetters

ACTIONS: Final = ("list", "show", "redrive", "drop")


def handle(amqp_uri: str, body: dict[str, Any], by: str) -> Any:
    """Carry out {action, queue?, id?, reason?, with_data?}; `by` is the actor who asks."""
    action = body.get("action")
    if action not in ACTIONS:
        raise BadRequest(f"没有操作“{action}”", code="door.body", remedy=f"可用：{'、'.join(ACTIONS)}。")
    letters = DeadLetters(amqp_uri)
    try:
        return _run(letters, str(action), body, by)
    finally:
        letters.close()


def _run(letters: DeadLetters, action: str, body: dict[str, Any], by: str) -> Any:
    queue, id = body.get("queue"), body.get("id")
    if action == "list":
        return [asdict(letter) for letter in letters.list(queue)]
    if action == "redrive":
        return letters.redrive(queue, id)
    if not queue or not id:
        raise BadRequest("要写明队列和编号", code="door.body", remedy="先用 shouwang deadletters list 查看。")
    if action == "show":
        return letters.show(queue, id, with_data=bool(body.get("with_data")))
    return asdict(letters.drop(queue, id, reason=str(body.get("reason", "")), by=by))
