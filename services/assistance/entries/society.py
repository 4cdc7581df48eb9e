"""Help from society. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import call
from shouwang.service.context import Context

from services.assistance.entries.who import EVERYBODY, NEAR, ORDERING, READERS
from services.assistance.handlers import finding
from services.assistance.handlers.society import matching, needing
from services.assistance.schemas import common
from services.assistance.schemas import society as schemas

Json = dict[str, Any]
RECEIVING = [roles.HOUSEHOLD, roles.VILLAGE_CADRE, roles.CONTACT_PERSON]


class Society:
    """Needs and offers, matched and followed to delivery."""

    ctx: Context

    @call(
        schemas.RegisterNeed,
        returns=schemas.Need,
        who=[*NEAR, *ORDERING],
        where=finding.region_of_id,
    )
    def register_need(self, request: Json) -> Json:
        return needing.register_need(self.ctx, request)

    @call(schemas.Close, returns=schemas.Need, who=[*NEAR, *ORDERING], where=needing.region_of_need)
    def close_need(self, request: Json) -> Json:
        return needing.close_need(self.ctx, request)

    @call(schemas.RegisterOffer, returns=schemas.Offer, who=ORDERING, where="region")
    def register_offer(self, request: Json) -> Json:
        return needing.register_offer(self.ctx, request)

    @call(schemas.Close, returns=schemas.Offer, who=ORDERING, where=needing.region_of_offer)
    def close_offer(self, request: Json) -> Json:
        return needing.close_offer(self.ctx, request)

    @call(schemas.Needs, returns=[schemas.Need], who=READERS, where="region")
    def needs(self, request: Json) -> list[Json]:
        return needing.needs(self.ctx, request)

    @call(schemas.Needs, returns=[schemas.PublicNeed], who=EVERYBODY, where="region")
    def public_needs(self, request: Json) -> list[Json]:
        return needing.public_needs(self.ctx, request)

    @call(
        schemas.NeedId,
        returns=[schemas.Candidate],
        who=[*NEAR, *ORDERING],
        where=needing.region_of_need,
    )
    def offers_for(self, request: Json) -> list[Json]:
        return matching.candidates(self.ctx, request)

    @call(schemas.ReleaseMatch, returns=schemas.Need, who=ORDERING, where=needing.region_of_need)
    def release_match(self, request: Json) -> Json:
        return matching.release_match(self.ctx, request)

    @call(schemas.ProposeMatch, returns=schemas.Match, who=ORDERING, where=needing.region_of_need)
    def propose_match(self, request: Json) -> Json:
        return matching.propose_match(self.ctx, request)

    @call(schemas.MatchId, returns=schemas.Match, who=ORDERING, where=matching.region_of_match)
    def accept_match(self, request: Json) -> Json:
        return matching.accept_match(self.ctx, request)

    @call(
        schemas.DeliverStep,
        returns=schemas.Match,
        who=[*NEAR, *ORDERING],
        where=matching.region_of_match,
    )
    def deliver_match(self, request: Json) -> Json:
        return matching.deliver_match(self.ctx, request)

    @call(schemas.MatchId, returns=schemas.Match, who=RECEIVING, where=matching.region_of_match)
    def confirm_match(self, request: Json) -> Json:
        return matching.confirm_match(self.ctx, request)

    @call(schemas.EndMatch, returns=schemas.Match, who=ORDERING, where=matching.region_of_match)
    def end_match(self, request: Json) -> Json:
        return matching.end_match(self.ctx, request)

    @call(schemas.MatchId, returns=schemas.Match, who=READERS, where=matching.region_of_match)
    def match(self, request: Json) -> Json:
        return matching.match(self.ctx, request)

    @call(common.Region, returns=[schemas.Giver], who=EVERYBODY, where="region")
    def givers(self, request: Json) -> list[Json]:
        return matching.givers(self.ctx, request)
