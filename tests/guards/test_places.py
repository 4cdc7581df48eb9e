"""The repository names no machine on which it was written, no package host, and no tool of its making."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, TEXTS, files, text

EXCEPT = {ROOT / "uv.lock", Path(__file__)}
FOLDERS = ("shared", "services", "deploy", "docs", "tests", ".ci")
FORBIDDEN = {
    "a folder of somebody's machine": re.compile(r"/(?:work|root|home/(?!dir\b)\w+|Users)/"),
    "a package host": re.compile(
        r"pypi\.org|pythonhosted|npmjs|\bghcr\.io|\bquay\.io|\bregistry\.\w+\.\w+", re.I
    ),
    "a tool of its making": re.compile(
        r"\b(?:claude|anthropic|openai|chatgpt|copilot|llm|gpt-\d)\b|language model", re.I
    ),
}


def hits(content: str) -> list[str]:
    """Return line and kind of everything that does not belong here."""
    return [
        f"{number}: {what}"
        for number, line in enumerate(content.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def test_nothing_names_the_place_of_its_making() -> None:
    found = {*files(*FOLDERS, endings=TEXTS), *(path for path in ROOT.iterdir() if path.suffix in TEXTS)}
    written = sorted(path for path in found - EXCEPT if path.is_file())
    assert not [f"{path.relative_to(ROOT)}:{hit}" for path in written for hit in hits(text(path))]


@pytest.mark.parametrize("line", ["see /home/jane/x", "/root/.cache", "https://pypi.org/simple", "as an LLM"])
def test_the_guard_sees_one(line: str) -> None:
    assert hits(line)


@pytest.mark.parametrize("line", ["/usr/lib/rabbitmq/bin", "/var/lib/shouwang", "the registry of rules"])
def test_the_guard_sees_none(line: str) -> None:
    assert not hits(line)
