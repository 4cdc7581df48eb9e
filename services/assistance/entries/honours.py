"""Points and honours by village rules. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import call
from shouwang.service.context import Context

from services.assistance.entries.who import READERS
from services.assistance.handlers import finding
from services.assistance.handlers.honours import keeping
from services.assistance.schemas import honours as schemas

Json = dict[str, Any]
KEEPERS = [roles.VILLAGE_CADRE, roles.VILLAGE_COMMITTEE]


class Honours:
    """Points, rewards and lists of honour; never a word on what is due by law."""

    ctx: Context

    @call(schemas.AdoptRules, returns=schemas.RuleSet, who=KEEPERS, where="village")
    def adopt_point_rules(self, request: Json) -> Json:
        return keeping.adopt_rules(self.ctx, request)

    @call(schemas.VillageYear, returns=schemas.RuleSet, who=[*READERS, roles.HOUSEHOLD], where="village")
    def point_rules(self, request: Json) -> Json:
        return keeping.rules(self.ctx, request)

    @call(schemas.GivePoints, returns=schemas.Account, who=KEEPERS, where=finding.region_of_id)
    def give_points(self, request: Json) -> Json:
        return keeping.give_points(self.ctx, request)

    @call(schemas.WithdrawPoints, returns=schemas.Account, who=KEEPERS, where=finding.region_of_id)
    def withdraw_points(self, request: Json) -> Json:
        return keeping.withdraw_points(self.ctx, request)

    @call(schemas.GiveReward, returns=schemas.Account, who=KEEPERS, where=finding.region_of_id)
    def give_reward(self, request: Json) -> Json:
        return keeping.give_reward(self.ctx, request)

    @call(
        schemas.PointsOf,
        returns=schemas.Account,
        who=[*READERS, roles.HOUSEHOLD],
        where=finding.region_of_id,
    )
    def points_of(self, request: Json) -> Json:
        return keeping.points_of(self.ctx, request)

    @call(schemas.VillageYear, returns=[schemas.Honoured], who=READERS, where="village")
    def honours(self, request: Json) -> list[Json]:
        return keeping.honours(self.ctx, request)

    @call(schemas.VillageYear, returns=[schemas.Honoured], who=KEEPERS, where="village")
    def publish_honours(self, request: Json) -> list[Json]:
        return keeping.publish_honours(self.ctx, request)
