"""The forms and ledgers as documents. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, call
from shouwang.service.context import Context

from services.monitoring.entries.who import STAFF, WATCHERS
from services.monitoring.handlers.documents import forms, ledgers, printing
from services.monitoring.schemas import documents as schemas

Json = dict[str, Any]
SUPERVISORS = [roles.COUNTY_OFFICER, roles.AUDITOR]


class Documents:
    """The forms and ledgers as documents."""

    ctx: Context

    @call(returns=[schemas.FormInfo], who=WATCHERS, where=COUNTY_WIDE)
    def forms(self, request: Json) -> list[Json]:
        return forms.forms(self.ctx)

    @call(schemas.PrintForms, returns=schemas.PrintedForms, who=STAFF, where="region")
    def print_forms(self, request: Json) -> Json:
        return printing.print_forms(self.ctx, request)

    @call(schemas.PublicForm, returns=schemas.PublicSheets, who=WATCHERS, where="region")
    def public_form(self, request: Json) -> Json:
        return printing.public_form(self.ctx, request)

    @call(schemas.Printings, returns=[schemas.Printing], who=SUPERVISORS, where="region")
    def printings(self, request: Json) -> list[Json]:
        return printing.printings(self.ctx, request)

    @call(schemas.LedgerRows, returns=schemas.LedgerPage, who=WATCHERS, where="region")
    def ledger(self, request: Json) -> Json:
        return ledgers.ledger(self.ctx, request)
