"""The page of the store says what runs."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "sdk" / "store.md"


def test_the_example_runs(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    *work, tidy = blocks
    assert len(work) == 2
    names = {"folder": tmp_path}
    try:
        for block in work:
            exec(block, names)
    finally:
        exec(tidy, names)
