"""The story of the villages' projects: into the library, built, leased, earning, distributed (P-02, X-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import Actor
from shouwang.access import roles as r
from shouwang.errors import Refused
from shouwang.money import allocate

from deploy.demo.agenda import Agenda
from deploy.demo.cast import Cast
from deploy.demo.world import World

Json = dict[str, Any]
BETWEEN_STEPS = 1
OPINIONS = (
    ("revitalisation_opinion", r.COUNTY_OFFICER, "revitalisation_opinion"),
    ("finance_opinion", r.COUNTY_FINANCE, "finance_opinion"),
    ("industry_opinion", r.COUNTY_INDUSTRY, "feasibility_opinion"),
)


class Projects:
    """Follows each project that the world tells of; `refused` are those that did not enter."""

    def __init__(self, cast: Cast, world: World, agenda: Agenda) -> None:
        self._cast, self._world, self._agenda = cast, world, agenda
        self.refused: list[str] = []
        self.plans_refused = 0
        for story in world.projects:
            self._on(story["proposed_on"], lambda story=story: self._propose(story))

    def _on(self, day: str, work: Any) -> None:
        self._agenda.after(max((date.fromisoformat(day) - self._agenda.today).days, 0), work)

    def _soon(self, work: Any) -> None:
        self._agenda.after(BETWEEN_STEPS, work)

    def _propose(self, story: Json) -> None:
        """The village applies (P-02); what is incomplete is refused at once (P-03)."""
        args = {"region": story["village"], "project": story["contents"]}
        args |= {"consultation": story["consultation"], "papers": [_paper("village_meeting_record", story)]}
        try:
            project = self._cast.call(self._committee(story), "projects", "propose_project", **args)
        except Refused:
            self.refused.append(story["id"])
            return
        story = story | {"project": project["project"]}
        self._behind_notice(story, "village_notice", lambda: self._review(story))

    def _review(self, story: Json) -> None:
        self._step(self._cast.town(story["village"]), story, "town_review")
        self._behind_notice(story, "town_notice", lambda: self._opinions(story))

    def _opinions(self, story: Json) -> None:
        """Three opinions of the county; a project that the world calls unfit is refused by the first."""
        for step, role, paper in OPINIONS:
            papers = [_paper(paper, story)]
            if story["expected"] == "refused":
                reason = story["why"] or "不符合入库条件"
                self._step(self._cast.county(role), story, step, "refuse", papers=papers, reason=reason)
                self.refused.append(story["id"])
                return
            self._step(self._cast.county(role), story, step, papers=papers)
        group = self._cast.county(r.COUNTY_LEADING_GROUP)
        self._step(group, story, "leading_group", papers=[_paper("leading_group_minutes", story)])
        self._behind_notice(story, "county_notice", lambda: self._enter(story))

    def _enter(self, story: Json) -> None:
        self._step(self._cast.county(), story, "entry", "enter")
        if story.get("acceptance"):
            self._on(story["acceptance"]["on"], lambda: self._accept(story))

    def _accept(self, story: Json) -> None:
        """Built and accepted: an asset is formed (P-07, X-01)."""
        accepted = {name: story["acceptance"][name] for name in ("value_fen", "reference")}
        asset = dict(story["acceptance"]["asset"])
        asset["title"] = asset.pop("name")
        args = {"project": story["project"], "asset": asset, **accepted}
        self._cast.call(self._cast.town(story["village"]), "projects", "record_acceptance", **args)
        if story.get("contract"):
            self._on(story["contract"]["on"], lambda: self._sign(story))

    def _sign(self, story: Json) -> None:
        who, terms = self._committee(story), dict(story["contract"])
        terms.pop("on")
        assets = self._cast.call(who, "assets", "assets", region=story["village"])
        (asset,) = [one["asset"] for one in assets if one["project"] == story["project"]]
        self._cast.call(who, "assets", "sign_contract", asset=asset, **terms)
        story = story | {"asset": asset}
        if story.get("income"):
            self._on(story["income"]["on"], lambda: self._settle(story))

    def _settle(self, story: Json) -> None:
        """The year's rent comes in (X-06)."""
        income = story["income"]
        args = {"asset": story["asset"], "year": income["year"], "received_fen": income["received_fen"]}
        self._cast.call(self._committee(story), "assets", "settle_income", **args)
        if story.get("distribution"):
            self._on(story["distribution"]["on"], lambda: self._distribute(story))

    def _distribute(self, story: Json) -> None:
        """The village proposes; a first plan that the rules forbid is refused, the second holds (X-07)."""
        plan = story["distribution"]
        if plan.get("first_try"):
            self._try_forbidden(story, plan)
        uses = self._uses(story, plan["uses"])
        args = {"region": story["village"], "year": plan["year"], "uses": uses}
        args["papers"] = [_paper("collective_decision_record", story)]
        proposed = self._cast.call(self._committee(story), "assets", "propose_distribution", **args)
        story = story | {"plan": proposed["distribution"]}
        self._behind_notice(story, "plan_notice", lambda: self._approve(story))

    def _try_forbidden(self, story: Json, plan: Json) -> None:
        amounts = _amounts(story["income"]["received_fen"], plan["first_try"])
        uses = [_use(one, amount) for one, amount in zip(plan["first_try"], amounts, strict=True)]
        args = {"region": story["village"], "year": plan["year"], "uses": uses}
        args["papers"] = [_paper("collective_decision_record", story)]
        try:
            self._cast.call(self._committee(story), "assets", "propose_distribution", **args)
        except Refused:
            self.plans_refused += 1

    def _uses(self, story: Json, planned: list[Json]) -> list[Json]:
        """Turn parts into fen; relief goes to the households that monitoring names, by their need."""
        amounts = _amounts(story["income"]["received_fen"], planned)
        who = self._cast.village(story["village"], r.VILLAGE_CADRE)
        at_risk = self._cast.call(who, "monitoring", "at_risk_households", region=story["village"])
        uses = []
        for one, amount in zip(planned, amounts, strict=True):
            if one["use"] == "relief":
                uses += self._relief(amount, at_risk)
            else:
                uses.append(_use(one, amount))
        return uses

    def _relief(self, amount: int, at_risk: list[Json]) -> list[Json]:
        if not at_risk:
            return [_use({"use": "collective_development", "text": "村内暂无监测对象，转集体发展"}, amount)]
        needs = [len(one["risks"]) + 1 for one in at_risk]
        shares = zip(at_risk, allocate(amount, needs), strict=True)
        return [_use({"use": "relief", "text": "帮困救助"}, fen, one["household"]) for one, fen in shares]

    def _approve(self, story: Json) -> None:
        steps = (
            (self._cast.town(story["village"]), "town_review", "pass"),
            (self._cast.county(), "county_filing", "file"),
        )
        for who, step, action in steps:
            args = {"distribution": story["plan"], "step": step, "action": action}
            self._cast.call(who, "assets", "take_step", **args)
        self._soon(lambda: self._pay(story))

    def _pay(self, story: Json) -> None:
        self._cast.call(self._committee(story), "assets", "pay_out", distribution=story["plan"])

    def _behind_notice(self, story: Json, step: str, then: Any) -> None:
        self._soon(lambda: self._wait(story, step, then))

    def _wait(self, story: Json, step: str, then: Any) -> None:
        """Go on when the notice of this step is over: notify knows the day."""
        notices = self._cast.call(self._cast.county(), "notify", "notices", region=story["village"])
        subject = story.get("plan") or story["project"]
        opens = max(
            one["opens_on"] for one in notices if one["subject"]["id"] == subject and one["step"] == step
        )
        self._on(opens, then)

    def _step(self, who: Actor, story: Json, step: str, action: str = "pass", **brought: Any) -> None:
        args = {"project": story["project"], "step": step, "action": action, **brought}
        self._cast.call(who, "projects", "take_step", **args)

    def _committee(self, story: Json) -> Actor:
        return self._cast.village(story["village"], r.VILLAGE_COMMITTEE)


def _amounts(total: int, planned: list[Json]) -> list[int]:
    return allocate(total, [one["parts"] for one in planned])


def _use(one: Json, amount: int, household: str | None = None) -> Json:
    return {"use": one["use"], "amount_fen": amount, "text": one["text"], "household": household}


def _paper(name: str, story: Json) -> Json:
    return {"name": name, "reference": f"{name}/{story['id']}"}
