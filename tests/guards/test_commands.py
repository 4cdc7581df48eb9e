"""What the pages tell people to type exists: make targets, commands, sub-commands, options."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guards.commands import EXEC, MAKE, OPERATOR, SHOUWANG, problem, targets, typed
from tests.guards.tree import ROOT, files

PAGES = [*files("docs", "services", "shared", endings={".md"}), *sorted(ROOT.glob("*.md"))]


def test_every_make_target_that_a_page_names_is_there() -> None:
    known = targets()
    named = [one for page in PAGES for one in typed(page, MAKE)]
    assert len({word for one in named for word in one.words}) > 5
    assert not [f"{one.where} {word}" for one in named for word in one.words if word not in known]


def test_every_command_that_a_page_names_is_there() -> None:
    named = [one for page in PAGES for pattern in (SHOUWANG, OPERATOR, EXEC) for one in typed(page, pattern)]
    assert len(named) > 10
    wrong = [(one, problem(one.words)) for one in named]
    assert not [f"{one.where} shouwang {' '.join(one.words)}: {what}" for one, what in wrong if what]


@pytest.mark.parametrize(
    "words", ["dance", "policy --colour red", "token", "deadletters sing", "up --only=x --on"]
)
def test_the_guard_sees_a_command_that_is_not_there(words: str) -> None:
    assert problem(tuple(words.split()))


@pytest.mark.parametrize(
    "words", ["policy monitoring_line --on 2021-08-01", "deadletters list", "up --only=x"]
)
def test_the_guard_takes_a_command_that_is_there(words: str) -> None:
    assert problem(tuple(words.split())) is None


def test_the_guard_reads_examples_and_running_text(tmp_path: Path) -> None:
    page = ROOT / "README.md"
    assert [one for one in typed(page, MAKE) if one.words == ("demo",)]
    assert [one for one in typed(page, SHOUWANG) if one.words[0] == "policy"]
