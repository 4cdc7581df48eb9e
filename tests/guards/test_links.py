"""Every link of a page leads to something in this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.tree import ROOT, files, text

PAGES = [*files("docs", "services", "shared", "deploy", endings={".md"}), *sorted(ROOT.glob("*.md"))]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
ELSEWHERE = ("http://", "https://", "mailto:")


def links(page: str) -> Iterator[str]:
    """Return where a page leads, outside its examples."""
    return (target for target in LINK.findall(FENCE.sub("", page)) if not target.startswith(ELSEWHERE))


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as the usual viewers make them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def leads_nowhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    if ROOT not in [there, *there.parents] or not there.exists():
        return True
    return bool(anchor) and there.suffix == ".md" and anchor not in anchors(text(there))


def test_every_link_leads_somewhere() -> None:
    found = ((page, target) for page in PAGES for target in links(text(page)))
    assert not [f"{page.relative_to(ROOT)} {target}" for page, target in found if leads_nowhere(page, target)]


def test_the_guard_sees_a_broken_link(tmp_path: Path) -> None:
    page = ROOT / "README.md"
    assert leads_nowhere(page, "docs/nothing.md")
    assert leads_nowhere(page, "docs/architecture.md#nothing")
    assert leads_nowhere(page, str(tmp_path))
    assert not leads_nowhere(page, "docs/architecture.md#rooms-of-a-service")
