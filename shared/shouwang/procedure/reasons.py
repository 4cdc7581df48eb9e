"""Why an action may not be taken: stable codes, Chinese words, legal source. A refusal lists every reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shouwang.errors import Refused

UNKNOWN_ACTION: Final = "procedure.unknown_action"
CLOSED_CASE: Final = "procedure.closed_case"
STILL_OPEN: Final = "procedure.still_open"
WRONG_STEP: Final = "procedure.wrong_step"
WRONG_LEVEL: Final = "procedure.wrong_level"
WRONG_ROLE: Final = "procedure.wrong_role"
WRONG_REGION: Final = "procedure.wrong_region"
OWN_SUBMISSION: Final = "procedure.own_submission"
TOO_FEW_PEOPLE: Final = "procedure.too_few_people"
MISSING_SIGNATURE: Final = "procedure.missing_signature"
MISSING_PAPER: Final = "procedure.missing_paper"
MISSING_FACT: Final = "procedure.missing_fact"
MISSING_REASON: Final = "procedure.missing_reason"
GATE_SHUT: Final = "procedure.gate_shut"
OPEN_OBJECTION: Final = "procedure.open_objection"
NOTICE_CLOSED: Final = "procedure.notice_closed"
GUARD_REFUSED: Final = "procedure.guard_refused"
GUARD_UNKNOWN: Final = "procedure.guard_unknown"
DEBT_OPEN: Final = "procedure.debt_open"
BACKDATED: Final = "procedure.backdated"
NOT_VALID: Final = "procedure.not_valid"
NO_DEBT: Final = "procedure.no_such_debt"

WHO: Final = frozenset({WRONG_LEVEL, WRONG_ROLE, WRONG_REGION, OWN_SUBMISSION})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: stable `code`, Chinese `message`, legal `source`; `about` names the paper, role or fact."""

    code: str
    message: str
    source: str = ""
    about: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form that a refusal carries."""
        return {"code": self.code, "message": self.message, "source": self.source, "about": self.about}


def refusal(reasons: Iterable[Reason], where: str) -> Refused:
    """Return one Refused that carries every reason; its code is that of the first."""
    found = list(reasons)
    return Refused(
        "；".join(reason.message for reason in found) + "。",
        code=found[0].code,
        where=where,
        remedy="请按所列各条补正后重新办理。",
        details={"reasons": [reason.to_dict() for reason in found]},
    )
