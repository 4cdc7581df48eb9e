"""What the tests of the engine share: a policy, guards, papers, actors, and a walk through a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shouwang.access import Actor
from shouwang.decision import NO, UNKNOWN, YES, Decision, Ground
from shouwang.errors import Refused
from shouwang.policy import Policy
from shouwang.procedure import (
    Case,
    Engine,
    GuardRegistry,
    Outcome,
    Paper,
    PaperRegistry,
    Signature,
    guard,
    paper,
)

HERE = Path(__file__).parent
VILLAGE, TOWN, COUNTY = "430426100001", "430426100", "430426"
DAY = date(2021, 8, 2)

PAPERS = PaperRegistry(
    paper("application_and_authorisation", "个人申请及承诺授权书", "附件1"),
    paper("information_record", "信息采集表", "附件2"),
    paper("measures_record", "帮扶措施落实情况表", "附件4"),
    paper("removal_assessment", "风险消除评估表", "附件5"),
    *(
        paper(name, name)
        for name in (
            *("meeting_record", "opinion", "notice_record", "disposal_plan", "valuation"),
            *("survey_record", "hand_over_record"),
        )
    ),
)


def told(name: str) -> Any:
    """A guard that says what the fact of its name says; None is unknown, no fact is missing."""

    def ask(facts: Mapping[str, Any], _policy: Any) -> Decision:
        value = facts[name]
        verdict = UNKNOWN if value is None else YES if value else NO
        phrase = "是｜否｜不详"
        return Decision(
            "T-01", 1, verdict, grounds=[Ground("input", name, f"事实{name}", value, phrase=phrase)]
        )

    return guard(name, rule="T-01")(ask)


@guard("eligible", rule="M-08")
def eligible(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Income a head (fen) at or under the line."""
    line = policy["monitoring_line"]
    income = facts.get("income")
    verdict = UNKNOWN if income is None else YES if income <= line.value else NO
    grounds = [Ground("input", "income", "人均纯收入", income, "fen"), Ground.of_parameter(line)]
    return Decision("M-08", 1, verdict, grounds=grounds, title="纳入条件")


@guard("not_must_include", rule="M-12")
def not_must_include(facts: Mapping[str, Any], policy: Any) -> Decision:
    """Under the line nobody may refuse."""
    under = facts["income"] < policy.monitoring_line
    ground = Ground("input", "income", "人均纯收入", facts["income"], "fen")
    return Decision(
        "M-12", 1, NO if under else YES, grounds=[ground], source="衡办〔2021〕7号", title="可不纳入"
    )


GUARDS = GuardRegistry(
    eligible,
    not_must_include,
    *(told(name) for name in ("emergency", "somebody_can_work", "not_below_floor", "uses_allowed")),
    told("no_longer_works"),
)
POLICY = Policy.load([HERE / "policy"])


def engine(*folders: Path) -> Engine:
    """The engine with the sample procedures, or those of other folders."""
    return Engine.load(folders or [HERE / "procedures"], policy=POLICY, guards=GUARDS, papers=PAPERS)


def engine_of(tmp_path: Path, *texts: str) -> Engine:
    """The engine with procedures given as YAML text."""
    for number, text in enumerate(texts):
        (tmp_path / f"p{number}.yaml").write_text(text, encoding="utf-8")
    return engine(tmp_path)


def actor(role: str, id: str | None = None, *, region: str | None = None, level: str | None = None) -> Actor:
    """An actor of a role, at its home level, in the region of the sample cases."""
    level = level or role.partition("_")[0]
    regions = {"household": VILLAGE, "village": VILLAGE, "town": TOWN}
    return Actor(id or f"{role}-1", "org", level, region or regions.get(level, COUNTY), (role,))  # type: ignore[arg-type]


def papers(*names: str, on: date | None = None) -> list[Paper]:
    return [Paper(name, f"file-{name}", on) for name in names]


def people(*pairs: str) -> list[Signature]:
    """`people("a:town_officer", "b:village_cadre")`."""
    return [Signature(*pair.split(":")) for pair in pairs]


CHECKERS = people("town_officer-1:town_officer", "village_team-9:village_team")
LEADERS = people("secretary-1:town_party_secretary", "head-1:town_head")


class Walk:
    """A case on its way: each call takes a step and remembers the outcome."""

    def __init__(self, engine: Engine, outcome: Outcome, day: date) -> None:
        self.engine, self.outcome, self.day = engine, outcome, day

    @property
    def case(self) -> Case:
        return self.outcome.case

    def later(self, days: int) -> Walk:
        self.day += timedelta(days=days)
        return self

    def take(self, action: str, step: str | None, by: Actor, **given: Any) -> Walk:
        self.outcome = self.engine.take(
            self.case, action, step=step, actor=by, on=given.pop("on", self.day), **given
        )
        return self

    def post(self, notice: str = "n1") -> Walk:
        self.outcome = self.engine.notice_posted(self.case, notice, self.day)
        return self

    def object(self, objection: str = "o1") -> Walk:
        self.outcome = self.engine.objection_raised(self.case, objection, self.day)
        return self

    def answer(self, upheld: bool, objection: str = "o1") -> Walk:
        self.outcome = self.engine.objection_closed(self.case, objection, self.day, upheld)
        return self

    def may(self, by: Actor | None, **facts: Any) -> dict[tuple[str, str], bool]:
        found = self.engine.possibilities(self.case, by, facts, self.day)
        return {(one.step, one.action): one.allowed for one in found}


FACTS = {"income": 620000, "department_comparison": {"cars": 0}, "emergency": False}


def applied(engine: Engine, **given: Any) -> Walk:
    """A household's application has been handed in."""
    opening: dict[str, Any] = {
        "id": "c1",
        "region": VILLAGE,
        "on": DAY,
        "actor": actor("village_cadre"),
        "papers": papers("application_and_authorisation"),
    }
    opening |= given
    return Walk(engine, engine.open("identification", **opening), opening["on"])


def checked(engine: Engine) -> Walk:
    """The household has been checked by two."""
    walk = applied(engine)
    record = papers("information_record")
    return walk.take(
        "pass", "household_check", actor("town_officer"), people=CHECKERS, papers=record, facts=FACTS
    )


def appraise(walk: Walk) -> Walk:
    return walk.take(
        "pass", "village_appraisal", actor("village_committee"), papers=papers("meeting_record", on=walk.day)
    )


def noticed(engine: Engine) -> Walk:
    """The appraisal is done, the notice hangs since the same day."""
    return appraise(checked(engine)).post()


def review(walk: Walk, **given: Any) -> Walk:
    return walk.take("pass", "town_review", actor("town_officer", "town-7"), people=LEADERS, **given)


def reviewed(engine: Engine) -> Walk:
    """The town has reviewed on the first day it may."""
    return review(noticed(engine).later(8))


def included(engine: Engine) -> Walk:
    """The county has decided."""
    return reviewed(engine).take("include", "county_decision", actor("county_officer"), facts=FACTS)


def codes(refused: Refused) -> list[str]:
    """The codes of a refusal, without their common prefix."""
    return [reason["code"].removeprefix("procedure.") for reason in refused.reasons]
