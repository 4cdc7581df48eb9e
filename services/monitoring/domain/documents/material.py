"""What a form is filled from: one household, its case, its plan, and the names of its places.

Nothing is typed twice (K-02): everything here stands in the registry, the case, the plan or the policy
already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from services.monitoring.domain.documents.options import Labels
from services.monitoring.domain.proceedings.measures import ENDED
from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
State = Mapping[str, Any]
_ENDINGS: Final = {
    "city": ("市", "州"),
    "county": ("县", "市", "区"),
    "town": ("街道", "镇", "乡"),
    "village": ("社区居委会", "村民委员会", "村委会", "居委会", "村", "社区"),
    "group": ("村民小组", "组"),
}
"""What the form prints behind the blank already: 祁东县 goes in as 祁东."""


@dataclass(frozen=True)
class Material:
    """Everything that is known of one household on the day of printing.

    id, household: its number and state. case: state of the case that the form is about, None without one.
    facts:
    the case's facts (facts.py) or those of the registry. plan: the plans of assistance
    (see `together`), None when there is
    none. asked: whether assistance answered at all. places: {city, county, town, village}, a name or None.
    line, notice_days: figures of the case. roles: Chinese titles. contact: {name, post}.
    """

    id: str
    household: State
    case: State | None
    facts: State
    places: Mapping[str, str | None]
    labels: Labels
    roles: Mapping[str, str]
    line: int | None = None
    notice_days: int | None = None
    plan: State | None = None
    asked: bool = True
    contact: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def head(self) -> State:
        """The head of the household; the first member when nobody is marked."""
        members = self.household["members"]
        return next((one for one in members if one["relation"] == HEAD), members[0])

    def label(self, table: str, name: Any) -> str | None:
        """Return the Chinese label of a name; None when it is not known."""
        return None if name is None else self.labels[table].get(str(name))


def short(kind: str, name: str | None) -> str | None:
    """Return a place name without the word that the form prints behind it."""
    if not name:
        return None
    ending = next((one for one in _ENDINGS[kind] if name.endswith(one) and name != one), "")
    return name.removesuffix(ending)


def place_values(material: Material) -> Json:
    """Return {city, county, town, village, group} as the forms take them."""
    places = {kind: short(kind, name) for kind, name in material.places.items()}
    return {**places, "group": short("group", material.household.get("group"))}


def line_in_yuan(fen: int | None) -> str | None:
    """Return the monitoring line as the notes print it: "6500"."""
    if fen is None:
        return None
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def head_values(material: Material) -> Json:
    """Return what every form says first of a household."""
    head = material.head
    return {
        "name": head["name"],
        "id_number": head["id_number"],
        "phone": material.household.get("phone"),
        "size": len(material.household["members"]),
        "line": line_in_yuan(material.line),
        **place_values(material),
    }


def together(plans: Sequence[State]) -> Json:
    """Return the newest of a household's plans (oldest first) with what others that run have to deliver.

    A household may have several: of people whom it took in, or of a case before (docs/decisions/0284).
    """
    *earlier, newest = plans
    running = [*(one for one in earlier if one["status"] != ENDED), newest]
    tasks = [task for one in running for task in one["tasks"]]
    silent = sorted({code for one in running for code in one["silent"]})
    return {**newest, "tasks": tasks, "silent": silent}
