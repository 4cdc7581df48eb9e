"""The quarterly evaluation. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import call
from shouwang.service.context import Context

from services.assistance.entries.who import NEAR, ORDERING, READERS
from services.assistance.handlers import finding
from services.assistance.handlers.evaluation import evaluating
from services.assistance.schemas import common
from services.assistance.schemas import evaluation as schemas

Json = dict[str, Any]


class Evaluation:
    """Does it work: every quarter, by income and guarantees."""

    ctx: Context

    @call(
        schemas.Evaluate,
        returns=schemas.Evaluation,
        who=[*NEAR, *ORDERING],
        where=finding.region_of_plan,
    )
    def evaluate(self, request: Json) -> Json:
        return evaluating.evaluate(self.ctx, request)

    @call(
        schemas.DecideEvaluation,
        returns=schemas.Evaluation,
        who=[roles.TOWN_OFFICER, roles.COUNTY_OFFICER],
        where=finding.region_of_plan,
    )
    def decide_evaluation(self, request: Json) -> Json:
        return evaluating.decide_evaluation(self.ctx, request)

    @call(common.Region, returns=[schemas.EvaluationDue], who=READERS, where="region")
    def evaluations_due(self, request: Json) -> list[Json]:
        return evaluating.evaluations_due(self.ctx, request)
