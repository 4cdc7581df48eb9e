"""How care refuses: a typed error that names the rule and its article, and what to do."""

from __future__ import annotations

from shouwang.errors import Refused


def refused(message: str, rule: str, source: str, remedy: str, *, code: str) -> Refused:
    """Return a Refused whose only reason is this rule with its article."""
    reason = {"code": code, "message": message, "about": rule, "source": f"{rule}（{source}）"}
    return Refused(message, code=code, remedy=remedy, details={"rule": rule, "reasons": [reason]})
