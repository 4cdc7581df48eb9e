"""The five forms by name: what each is about, and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from services.monitoring.domain.documents.approval import application, approval, assessment
from services.monitoring.domain.documents.information import information
from services.monitoring.domain.documents.material import Json, Material
from services.monitoring.domain.documents.measures import measures

Filler = Callable[[Material], Json]


@dataclass(frozen=True)
class Form:
    """procedure: the cases that it is about ("": the household alone); statuses: those of a batch."""

    name: str
    number: str
    procedure: str
    statuses: tuple[str, ...]
    fill: Filler | None


FORMS: Final[dict[str, Form]] = {
    one.name: one
    for one in (
        Form("application", "附件1", "", (), application),
        Form("information", "附件2", "", (), information),
        Form("approval", "附件3", "identification", ("open", "included"), approval),
        Form("measures", "附件4", "removal", ("open",), None),
        Form("assessment", "附件5", "removal", ("open", "removed"), assessment),
    )
}
NUMBERS: Final = {one.number: one.name for one in FORMS.values()}
VILLAGE_SHEET: Final = "measures"


def sheet(form: Form, material: Material) -> Json:
    """Return the values of one household's sheet."""
    return form.fill(material) if form.fill else measures([material])


def village_sheet(materials: Sequence[Material], *, public: bool = False) -> Json:
    """Return the values of 附件4 for a village."""
    return measures(materials, public=public)
