"""Every alert has a page that says what it means, where to look and what to do; and no page is left over."""

from __future__ import annotations

import re

import pytest

from deploy.tools.plain_yaml import load
from tests.guards.tree import ROOT, text

RUNBOOKS = ROOT / "docs" / "runbooks"
ALERTS = sorted(
    rule["alert"]
    for group in load(text(ROOT / "deploy/prometheus/alerts.yml"))["groups"]
    for rule in group["rules"]
)
PARTS = ("含义", "查看", "处理")


def part(page: str, heading: str) -> str:
    """Return what stands under a heading."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return found[1].strip() if found else ""


def test_every_alert_has_a_page_and_every_page_an_alert() -> None:
    pages = sorted(path.stem for path in RUNBOOKS.glob("*.md") if path.name != "README.md")
    assert pages == ALERTS


@pytest.mark.parametrize("alert", ALERTS)
def test_the_page_says_what_it_means_where_to_look_and_what_to_do(alert: str) -> None:
    page = text(RUNBOOKS / f"{alert}.md")
    assert page.startswith(f"# {alert} ")
    for heading in PARTS:
        assert len(part(page, heading)) > 20, f"{alert}: {heading}"


@pytest.mark.parametrize("alert", ALERTS)
def test_the_page_names_something_to_type(alert: str) -> None:
    look = part(text(RUNBOOKS / f"{alert}.md"), "查看")
    assert re.search(r"^(?:docker|curl|sudo|make) ", look, re.M)


@pytest.mark.parametrize("alert", ALERTS)
def test_the_list_of_pages_names_it(alert: str) -> None:
    assert f"({alert}.md)" in text(RUNBOOKS / "README.md")
