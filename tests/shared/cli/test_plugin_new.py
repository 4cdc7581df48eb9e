"""`shouwang plugin new`: what it writes holds at once, and nothing is written over."""

from pathlib import Path

import pytest
from shouwang.errors import BadRequest, Conflict
from shouwang.scaffold import write_plugin
from shouwang.testing.contract_kit import check

WORDS = {"title": "水利局", "owner": "样县水利局", "region": "430426"}


def test_a_new_plugin_passes_the_contract_kit_as_it_stands(tmp_path: Path) -> None:
    written = write_plugin(tmp_path, "water_quality", **WORDS)
    assert check(tmp_path / "water_quality" / "water_quality") == []
    text = "".join(path.read_text(encoding="utf-8") for path in written)
    assert "样县水利局" in text and "$" not in text


def test_nothing_is_written_over(tmp_path: Path) -> None:
    write_plugin(tmp_path, "water_quality", **WORDS)
    (tmp_path / "water_quality" / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict):
        write_plugin(tmp_path, "water_quality", **WORDS)
    assert (tmp_path / "water_quality" / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("WaterQuality", {}),
        ("water quality", {}),
        ("water", {"region": "4304"}),
        ("water", {"title": "水利: 局"}),
        ("water", {"owner": " "}),
    ],
)
def test_what_would_not_start_is_refused_before_it_is_written(
    tmp_path: Path, code: str, changed: dict[str, str]
):
    with pytest.raises(BadRequest):
        write_plugin(tmp_path, code, **{**WORDS, **changed})
    assert not list(tmp_path.iterdir())
