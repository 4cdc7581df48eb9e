"""The examples on the pages of the SDK run as printed."""

import doctest
import os
from pathlib import Path

import pytest
from shouwang.decision import RULES

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for page in (ROOT / "docs/sdk").glob("*.md") if ">>> " in page.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(RULES, "_versions", {})  # an example's rule must not meet the real one of its number
    result = doctest.testfile(os.fspath(page), module_relative=False, encoding="utf-8")
    assert result.attempted
    assert not result.failed
