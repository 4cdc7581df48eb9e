"""The village's appraisal meeting: who must be there, how many, and whether it agreed (I-03, R-03).

The article names the group: 驻村（包村）干部、村（居）“两委”成员、申请农户所在村（居）民小组的党员代表及组长.
Numbers are not in the document: quorum and majority are the county's (docs/decisions/0140).
Source: 湘委乡振组发〔2021〕1号 二(二)2 第三步、二(三)2 第三步.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    above,
    all_of,
    at_least,
    at_most,
    outcome,
    recordable,
    rule,
)
from shouwang.policy import View

FUNCTIONS: Final[dict[str, str]] = {
    "village_team": "驻村（包村）干部",
    "two_committees": "村（居）“两委”成员",
    "party_member": "村（居）民小组党员代表",
    "group_leader": "村（居）民小组组长",
}
"""The four functions that the article names; each must be there."""
_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 二(二)2 第三步"


@recordable("monitoring.meeting")
@dataclass(frozen=True)
class Meeting:
    """A meeting in numbers: `there` (function, persons), how many were invited, how the votes fell."""

    there: tuple[tuple[str, int], ...]
    invited: int
    in_favour: int
    against: int
    abstained: int

    @property
    def present(self) -> int:
        """How many persons were there, each counted once."""
        return sum(persons for _, persons in self.there)

    @property
    def votes(self) -> int:
        """How many votes were cast or withheld."""
        return self.in_favour + self.against + self.abstained

    @property
    def lacking(self) -> list[str]:
        """The functions of the article of which nobody was there."""
        return [title for name, title in FUNCTIONS.items() if not dict(self.there).get(name)]


def meeting_of(record: Mapping[str, Any]) -> Meeting:
    """Return the numbers of a meeting record ({attended: [{person_ref, function}], invited, in_favour, …}).

    A person counts once, in the function named first.
    """
    first: dict[str, str] = {}
    for one in record["attended"]:
        first.setdefault(one["person_ref"], one["function"])
    there = tuple((name, list(first.values()).count(name)) for name in FUNCTIONS)
    votes = {name: record[name] for name in ("invited", "in_favour", "against", "abstained")}
    return Meeting(there, **votes)


@rule("I-03.meeting", version=1, valid_from=_FROM, title="评议会议有效", source=_SOURCE)
def in_order(meeting: Meeting, policy: View) -> Decision:
    """Yes when all four functions are there, enough of the invited came, and the votes add up."""
    quorum = policy.find("appraisal_quorum")
    needed = _share(quorum.value, meeting.invited)
    complete, counted = not meeting.lacking, _adds_up(meeting)
    invited = at_most(meeting.present, meeting.invited)
    verdict = all_of(complete, counted, invited, at_least(meeting.present, needed))
    grounds = [_composition(meeting), _attendance(meeting), Ground.of_parameter(quorum), _votes(meeting)]
    words = {YES: "评议会议有效", NO: "评议会议不符合要求，不能据以评议"}
    return outcome(verdict, grounds, words.get(verdict, ""))


def _share(ratio: Decimal | None, persons: int) -> Decimal | None:
    return None if ratio is None else ratio * persons


def _adds_up(meeting: Meeting) -> bool:
    return meeting.votes == meeting.present


@rule("I-03.vote", version=1, valid_from=_FROM, title="评议通过", source=_SOURCE)
def agreed(meeting: Meeting, policy: View) -> Decision:
    """Yes when more than the county's share of those present is in favour."""
    majority = policy.find("appraisal_majority")
    needed = _share(majority.value, meeting.present)
    verdict = above(meeting.in_favour, needed)
    words = {YES: "评议通过", NO: "评议未通过"}
    grounds = [_attendance(meeting), _votes(meeting), Ground.of_parameter(majority)]
    return outcome(verdict, grounds, words.get(verdict, ""))


@rule("I-03.refusal", version=1, valid_from=_FROM, title="评议不予通过", source=_SOURCE)
def rejected(meeting: Meeting, policy: View) -> Decision:
    """Yes when the meeting did not agree: only then may the appraisal refuse."""
    found = agreed(meeting, policy)
    opposite: dict[Verdict, Verdict] = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
    words = {YES: "评议已通过，不能以评议不予通过", NO: "评议未通过，可以不予通过"}
    verdict, told = opposite[found.verdict], words.get(found.verdict, "")
    return Decision("", 0, verdict, grounds=found.grounds, conclusion=told)


def _composition(meeting: Meeting) -> Ground:
    lacking = Input("、".join(meeting.lacking) or "无", label="缺席的评议组成员")
    return Ground.of_input(
        "lacking", lacking, "评议组缺{value}" if meeting.lacking else "评议组成员齐全（缺{value}）"
    )


def _attendance(meeting: Meeting) -> Ground:
    told = Input(f"应到 {meeting.invited} 人、实到 {meeting.present} 人", label="到会人数")
    return Ground.of_input("attendance", told, "{value}")


def _votes(meeting: Meeting) -> Ground:
    cast = f"同意 {meeting.in_favour} 票、不同意 {meeting.against} 票、弃权 {meeting.abstained} 票"
    return Ground.of_input("votes", Input(cast, label="表决"), "{value}")


def decisions(action: str, meeting: Meeting, policy: View) -> list[Decision]:
    """Return what the meeting says for an action: whether it is in order, and whether it bears the action."""
    borne = {"pass": agreed, "refuse": rejected}
    return [in_order(meeting, policy), *([borne[action](meeting, policy)] if action in borne else [])]


def titles(functions: Iterable[str]) -> list[str]:
    """Return the Chinese titles of functions."""
    return [FUNCTIONS[one] for one in functions]
