"""附件4 filled: a line for each household, with the measures as assistance has them (A-09, R-03).

The public version (N-02) shows masked names and no phone, and says nothing from which an illness or a
disability could be read (docs/decisions/0162).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from shouwang.documents.spoken import chinese_date
from shouwang.masking import mask_name
from shouwang.money import format_yuan
from shouwang.vocabulary import MEASURE_CODES, MEASURE_ITEMS, Risk

from services.monitoring.domain.documents.approval import found, was
from services.monitoring.domain.documents.material import Json, Material, place_values
from services.monitoring.domain.documents.steps import AGREED, taken
from services.monitoring.domain.proceedings.measures import CONFIRMED
from services.monitoring.domain.proceedings.risk import GUARANTEES

WAITING: Final = "待部门反馈"
HIDDEN_RISKS: Final = frozenset({Risk.ILLNESS.value, Risk.DISABILITY.value})
HIDDEN_MEASURES: Final = ("A45", "A48-04")
SINGLE_PERSON: Final = "A48"
"""单人户低保: it would say that somebody is severely disabled or seriously ill (A-13)."""
HIDDEN: Final = "其他帮扶（内容不公开）"
HIDDEN_RISK: Final = "其他（内容不公开）"
_RISK_LABELS: Final = {**GUARANTEES, **{one.value: one.label for one in Risk}}


def measures(materials: Sequence[Material], *, public: bool = False) -> Json:
    """Return the values of one sheet: the households of one village."""
    first = materials[0]
    rows = [_row(one, public) for one in materials]
    return {**place_values(first), **_common(materials), "rows": rows}


def _common(materials: Sequence[Material]) -> Json:
    """The day of appraisal and of the notice, when all households of the sheet share it."""
    appraised = {_on(taken(one, "village_appraisal")) for one in materials}
    posted = {_posted(one) for one in materials}
    return {"appraised_on": _only(appraised), "notice_on": _only(posted)}


def _only(days: set[str | None]) -> str | None:
    (day,) = days if len(days) == 1 else (None,)
    return chinese_date(day) if day else None


def _on(entry: Mapping[str, Any] | None) -> str | None:
    return entry["on"] if entry else None


def _posted(material: Material) -> str | None:
    notice = (material.case or {}).get("case", {}).get("notice")
    return notice.get("posted_on") if notice else None


def _row(material: Material, public: bool) -> Json:
    appraisal = taken(material, "village_appraisal")
    judged = None if appraisal is None else appraisal["action"] in AGREED
    names = was(material) or found(material)
    head = material.head["name"]
    return {
        "name": mask_name(head) if public and head else head,
        "size": len(material.household["members"]),
        "phone": None if public else material.household.get("phone"),
        "risks": risks_said(names, public),
        "measures": measures_said(material, public),
        "effect": None if public else effect(material),
        "contact": _contact(material, public),
        "contact_post": material.contact.get("post"),
        **_delivered(material, judged),
        "removed": judged,
    }


def _delivered(material: Material, judged: bool | None) -> Json:
    """Return what the appraisal found of the measures, and why it is left open.

    An appraisal is not printed as 是 beside a measure that the household has not confirmed: the ledger
    decides (R-01.measures), and one may have been assigned, disputed or withdrawn since (decision 0286).
    """
    doubt = _doubt(material) if judged else None
    return {"delivered": None if doubt else judged, "remark": doubt}


def _doubt(material: Material) -> str | None:
    if not material.asked:
        return "帮扶台账没有答复，措施是否落实请核实后填写"
    tasks = (material.plan or {}).get("tasks", ())
    left = sum(one["status"] != CONFIRMED for one in tasks)
    return f"帮扶台账尚有 {left} 项措施未经农户确认，是否落实请核实后填写" if left else None


def _contact(material: Material, public: bool) -> str | None:
    name = material.contact.get("name")
    return mask_name(name) if public and name else name


def risks_said(names: Iterable[str], public: bool = False) -> str | None:
    """Return the risks in the words of 附件4 说明1; a public sheet does not say who is ill or disabled."""
    hidden = [one for one in names if public and one in HIDDEN_RISKS]
    labels = [_RISK_LABELS.get(one, one) for one in names if one not in hidden and one != "income"]
    return "；".join([*labels, *([HIDDEN_RISK] if hidden else [])]) or None


def measures_said(material: Material, public: bool = False) -> str:
    """Return every measure with its state; a department that has not answered is said so, never left out."""
    if not material.asked or material.plan is None:
        return WAITING
    said = [_measure(one, public) for one in material.plan["tasks"]]
    said += [WAITING] if material.plan["silent"] or not said else []
    return "；".join(dict.fromkeys(said))


def _measure(task: Mapping[str, Any], public: bool) -> str:
    code = task["measure"]
    if public and (code == SINGLE_PERSON or code.startswith(HIDDEN_MEASURES)):
        return HIDDEN
    group = MEASURE_CODES.get(code.partition("-")[0], "")
    title = MEASURE_ITEMS.get(code) or task["title"]
    return (
        f"{group}：{title}（{_state(task, public)}）"
        if title != group
        else f"{group}（{_state(task, public)}）"
    )


def _state(task: Mapping[str, Any], public: bool) -> str:
    done = task["delivered"]
    if not done:
        return f"待落实，{chinese_date(task['due_on'])}前"
    amount = f"，{format_yuan(done['amount_fen'])}" if done["amount_fen"] and not public else ""
    return f"{chinese_date(done['on'])}落实{amount}"


def effect(material: Material) -> str | None:
    """Return what is on file of the effect: measures done, and the household's own confirmation."""
    tasks = (material.plan or {}).get("tasks", ())
    if not tasks:
        return None
    done = sum(one["delivered"] is not None for one in tasks)
    confirmed = sum(one["status"] == CONFIRMED for one in tasks)
    return f"措施 {len(tasks)} 项，已落实 {done} 项，农户已确认 {confirmed} 项"
