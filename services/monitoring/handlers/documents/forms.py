"""The forms as they lie in forms/*.yaml, with the choices of the day's code tables."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from shouwang.documents import read_description
from shouwang.service import Context
from shouwang.yaml_lines import load_mapping

from services.monitoring.domain.documents import options
from services.monitoring.domain.documents.forms import FORMS

Json = dict[str, Any]
FOLDER = Path(__file__).parents[2] / "forms"


@cache
def form_file(name: str) -> Json:
    """Return one form as it stands in its file."""
    found: Json = _plain(load_mapping(FOLDER / f"{name}.yaml"))
    return found


def _plain(value: Any) -> Any:
    """Return it as JSON: what was read with a decimal point (widths, sizes) as text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


def description(ctx: Context, name: str, region: str) -> Json:
    """Return the description of a form as whoever prints it takes it; a wrong one is refused here already."""
    form = form_file(name)
    given = options.resolved(form, labels(ctx, region, options.tables_of(form)))
    read_description(given)
    return given


def labels(ctx: Context, region: str, tables: set[str]) -> dict[str, dict[str, str]]:
    """Return code table → name → Chinese label."""
    view = ctx.figures(region)
    return {table: {line.name: line.label for line in view.codes(table)} for table in sorted(tables)}


MEMBER_TABLES = {
    *("relation_to_head", "ethnicity", "political_status", "education_level", "student_status"),
    *("health_status", "labour_ability", "work_area"),
}


def forms(ctx: Context) -> list[Json]:
    """Return the list of forms."""
    kept = ("form", "number", "title", "source", "about", "keeps")
    return [{name: form_file(one)[name] for name in kept} for one in FORMS]
