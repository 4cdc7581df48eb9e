"""Measures, asked about one household: who is entitled to what, how much, and why. Runs in the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from shouwang.decision import NO, UNKNOWN, YES, Decision, Ground, Verdict, any_of
from shouwang.decision.recording import RecordingView
from shouwang.department.declarations import Measure, Shown
from shouwang.department.entitlements import Entitlement, Figures, Household, Person, unknown
from shouwang.department.expressions import Engine
from shouwang.department.plugin import Plugin
from shouwang.department.running import (
    Run,
    Source,
    broken,
    input_ground,
    parameters_of,
    row_or_absent,
    rows_of,
)
from shouwang.errors import ShouwangError, UnknownValue
from shouwang.policy.view import View
from shouwang.vocabulary import Category, Group

FROM_ASKER: Final = "乡村振兴部门"
GROUPS: Final = "groups"
GROUPS_TOLD: Final = "groups_told"
OF_THE_QUESTION: Final = {"ref", "pseudonym", GROUPS, GROUPS_TOLD}
NO_NUMBER: Final = "没有身份证号，本部门登记簿里无法核对其人"
NOBODY: Final = "没有可以核对的家庭成员"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """The question: a household with its persons, and the pseudonym of each by `ref` (None: no ID number)."""

    household: Household
    pseudonyms: Mapping[str, str | None]
    measures: frozenset[str] | None = None
    """Codes asked about; None: those that the risks of the household call for."""


@dataclass
class Read:
    """What a measure read, as grounds, each once."""

    grounds: dict[str, Ground] = field(default_factory=dict)


def asked(data: Mapping[str, Any]) -> Asked:
    """Read the question from its JSON form (see `propose_measures`); persons have pseudonyms, no numbers."""
    category = Category(data["category"]) if data.get("category") else None
    persons = tuple(_person(person, category) for person in data["persons"])
    household = Household(
        persons, category, data.get("able_to_work"), tuple(data["risks"]), data.get("attributes") or {}
    )
    measures = None if data.get("measures") is None else frozenset(data["measures"])
    return Asked(household, {person["ref"]: person.get("pseudonym") for person in data["persons"]}, measures)


def _person(data: Mapping[str, Any], category: Category | None) -> Person:
    groups, untold = _groups(data)
    if groups is not None and category is not None:
        groups, untold = groups | {Group.MONITORED}, untold - {Group.MONITORED}
    rest = {name: value for name, value in data.items() if name not in OF_THE_QUESTION}
    return Person(data["ref"], groups, rest, untold=untold)


def _groups(data: Mapping[str, Any]) -> tuple[frozenset[Group] | None, frozenset[Group]]:
    """Return the groups that apply, and those of which nobody said; None when nobody said of any (0256).

    An asker without `groups_told` speaks of all groups in `groups`.
    """
    told, given = data.get(GROUPS_TOLD), data.get(GROUPS)
    if told is None:
        return None if given is None else frozenset(Group(name) for name in given), frozenset()
    holds = frozenset(Group(name) for name, said in told.items() if said)
    return holds, frozenset(group for group in Group if group.value not in told)


class Measuring:
    """All measures of a plugin on one source, one day, one region."""

    def __init__(self, plugin: Plugin, duck: Engine, source: Callable[[], Source], view: View) -> None:
        self._plugin, self._duck, self._source, self._view = plugin, duck, source, view
        self._figures: dict[str, dict[str, Row] | UnknownValue] = {}

    def propose(self, question: Asked) -> list[dict[str, Any]]:
        """Return one proposal for each measure asked about, or that answers one of the household's risks.

        {measure, title, risks, eligible: yes|no|unknown, amount_fen: sum over persons or None, reason,
        evidence, persons: [{ref or None, eligible, amount_fen, per, reason, decision}]}.
        """
        wanted = [one for one in self._plugin.measures.values() if self._called_for(one, question)]
        return [_proposal(one, list(self.answers(one, question))) for one in wanted]

    def answers(self, measure: Measure, question: Asked) -> Iterator[dict[str, Any]]:
        """Yield the answers of one measure: one for the household, or one for each person."""
        if measure.per_household:
            yield self._answer(measure, question, None)
        else:
            for person in question.household.persons:
                yield self._answer(measure, question, person)

    def _called_for(self, measure: Measure, question: Asked) -> bool:
        if question.measures is not None:
            return measure.code in question.measures
        return not measure.risks or bool(
            {risk.value for risk in measure.risks} & set(question.household.risks)
        )

    def _answer(self, measure: Measure, question: Asked, person: Person | None) -> dict[str, Any]:
        read, view = Read(), RecordingView(self._view)
        entitlement = self._decide(measure, question, person, read, view)
        decision = self._decision(measure, entitlement, read, view)
        return {
            "ref": person.ref if person else None,
            "eligible": entitlement.verdict.value,
            "amount_fen": entitlement.amount_fen,
            "per": entitlement.per,
            "receiving": entitlement.receiving,
            "reason": entitlement.reason,
            "decision": decision.to_dict(),
        }

    def _decide(
        self, measure: Measure, question: Asked, person: Person | None, read: Read, view: RecordingView
    ) -> Entitlement:
        if person is not None and question.pseudonyms[person.ref] is None:
            return unknown(NO_NUMBER)
        try:
            given = self._arguments(measure, question, person, read, view)
            found = measure.function(**given)
        except UnknownValue as error:
            return unknown(error.message)
        except ShouwangError:
            raise
        except (Exception, SystemExit) as error:
            raise broken(self._plugin, measure, error) from error
        if not isinstance(found, Entitlement):
            raise broken(self._plugin, measure, TypeError("not an Entitlement"))
        return found

    def _arguments(
        self, measure: Measure, question: Asked, person: Person | None, read: Read, view: RecordingView
    ) -> dict[str, Any]:
        note = self._noting(read, view.on)
        own: dict[str, Any] = {"policy": view, "on": view.on, "household": question.household}
        own["household"] = replace(
            question.household,
            note=note,
            persons=tuple(replace(one, note=note) for one in question.household.persons),
        )
        own["person"] = replace(person, note=note) if person else None
        return {
            name: own[name] if name in own else self._view_of(name, question, person, note)
            for name in measure.parameters
        }

    def _view_of(self, name: str, question: Asked, person: Person | None, note: Any) -> Any:
        rows = self._rows(name, sorted(of for of in question.pseudonyms.values() if of is not None))
        if person is not None:
            return self._row(name, rows, question.pseudonyms[person.ref], note)
        return {ref: self._row(name, rows, of, note) for ref, of in question.pseudonyms.items()}

    def _row(
        self, name: str, rows: dict[str, Row] | UnknownValue, pseudonym: str | None, note: Any
    ) -> Figures:
        view = self._plugin.views[name]
        labels = {column: shown.label for column, shown in view.shows.items()}
        if pseudonym is None:
            return Figures(name, None, labels, f"有成员{NO_NUMBER}", note)
        if isinstance(rows, UnknownValue):
            return Figures(name, None, labels, rows.message, note)
        return Figures(name, row_or_absent(view, rows, pseudonym), labels, "", note)

    def _rows(self, name: str, persons: Sequence[str]) -> dict[str, Row] | UnknownValue:
        if name not in self._figures:
            try:
                run = Run(self._plugin, self._plugin.views[name], self._source(), self._view)
                self._figures[name] = dict(rows_of(run, self._duck, persons))
            except UnknownValue as error:
                self._figures[name] = error
        return self._figures[name]

    def _noting(self, read: Read, on: date) -> Any:
        def note(name: str, value: Any) -> None:
            view, _, column = name.partition(".")
            shown = self._shown(view, column)
            owner = self._plugin.manifest.owner if column else FROM_ASKER
            read.grounds[name] = input_ground(name, shown, value, owner, on)

        return note

    def _shown(self, view: str, column: str) -> Shown:
        if column:
            return self._plugin.views[view].shows[column]
        return Shown("人员类别") if view == GROUPS else Shown(view)

    def _decision(
        self, measure: Measure, entitlement: Entitlement, read: Read, view: RecordingView
    ) -> Decision:
        number = f"{measure.number}.{measure.name}" if measure.number else measure.code
        return Decision(
            rule=number,
            version=measure.version,
            verdict=entitlement.verdict,
            value=entitlement.amount_fen,
            unit="fen",
            on=view.on,
            grounds=[*read.grounds.values(), *parameters_of(view)],
            conclusion=_conclusion(measure, entitlement),
            title=measure.title,
            region=view.region,
            parameters=view.used,
        )


def _proposal(measure: Measure, answers: list[dict[str, Any]]) -> dict[str, Any]:
    eligible = any_of(*(Verdict(answer["eligible"]) for answer in answers)) if answers else UNKNOWN
    granted = [answer for answer in answers if answer["eligible"] == eligible.value]
    amounts = [answer["amount_fen"] for answer in granted if answer["amount_fen"] is not None]
    reasons = dict.fromkeys(answer["reason"] for answer in granted if answer["reason"])
    return {
        "measure": measure.code,
        "title": measure.title,
        "risks": [risk.value for risk in measure.risks],
        "eligible": eligible.value,
        "amount_fen": sum(amounts) if amounts else None,
        "reason": "；".join([*reasons, *_left_open(eligible, answers)]) if answers else NOBODY,
        "evidence": list(measure.evidence),
        "receiving": _receiving(granted),
        "condition": measure.condition,
        "persons": answers,
    }


def _left_open(eligible: Verdict, answers: list[dict[str, Any]]) -> Iterator[str]:
    """Yield of whom it is not known yet, where it is known of somebody else: nobody is lost behind a yes."""
    reasons = [answer["reason"] for answer in answers if answer["eligible"] == UNKNOWN.value]
    if eligible is YES and reasons:
        yield f"另有 {len(reasons)} 人尚不能认定：{'、'.join(dict.fromkeys(reasons))}"


def _receiving(answers: list[dict[str, Any]]) -> bool | None:
    """Return whether anybody receives it already; None when nobody said.

    answers: those of the verdict that stands for the household. A child who has the subsidy is no obstacle
    to the one who has not.
    """
    said = [answer["receiving"] for answer in answers if answer["receiving"] is not None]
    return any(said) if said else None


def _conclusion(measure: Measure, entitlement: Entitlement) -> str:
    name = measure.title
    if entitlement.verdict is UNKNOWN:
        return f"暂不能测算{name}：{entitlement.reason}"
    if entitlement.verdict is NO:
        return f"不享受{name}：{entitlement.reason}"
    return f"可享受{name} {{value}}" if entitlement.amount_fen is not None else f"可享受{name}"
