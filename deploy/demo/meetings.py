"""The appraisal meeting of a village in the demo: who comes, how they vote, what is recorded (I-03, R-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles as r

from deploy.demo.cast import Cast, signature

Json = dict[str, Any]
SIGNING = {
    r.VILLAGE_TEAM: "village_team",
    r.VILLAGE_COMMITTEE: "two_committees",
    r.VILLAGE_MEETING: "group_leader",
}
"""Who signs the record, by role, and the function in which they sit in the group."""


def appraisal(cast: Cast, case: Json, on: date) -> Json:
    """Return people and meeting of an appraisal that agrees: all four functions are there, all in favour."""
    village = case["household"][:12]
    signed = [signature(cast.village(village, role)) for role in SIGNING]
    attended = [{"person_ref": one["person_ref"], "function": SIGNING[one["role"]]} for one in signed]
    attended.append({"person_ref": f"{village}:party_member", "function": "party_member"})
    meeting = {"held_on": on.isoformat(), "place": "村部", "reference": f"meeting_record/{case['case']}"}
    meeting |= {"chair": signed[1]["person_ref"], "attended": attended, "invited": len(attended)}
    meeting |= {"in_favour": len(attended), "against": 0, "abstained": 0}
    return {"people": signed, "meeting": meeting}
