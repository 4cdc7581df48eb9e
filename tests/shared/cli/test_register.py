"""The register of rules against code, tests and cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.cli.register import find_root, locate, read_register
from shouwang.errors import ConfigurationError

from tests.shared.cli.kit import shouwang

ROWS = """
rules:
  - {number: Z-01, text: 甲, source: 文一, service: shared, built: whole}
  - {number: Z-02, text: 乙, source: 文二, service: shared, built: part, left: 其余}
  - {number: Z-03, text: 丙, source: 文三, service: shared, built: later}
"""


def marked(number: str) -> str:
    """A test of a rule; put together here so that this file itself names no rule that is not there."""
    return "@pytest.mark." + f'rule("{number}")' + "\ndef test(): ...\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "docs/rules.yaml", ROWS)
    write(
        tmp_path / "services/a/rules.py",
        '@rule("Z-01")\ndef one(): ...\n# XZ-02, Z-021\n',
    )
    write(tmp_path / "tests/test_a.py", f"import pytest\n\n{marked('Z-01')}")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_rule_is_found_where_it_stands(root: Path) -> None:
    lines = read_register(root)
    assert locate(root, lines) == []
    assert lines["Z-01"].code == ["services/a/rules.py:1"] and lines["Z-01"].tests == ["tests/test_a.py:3"]
    assert lines["Z-01"].missing() == []
    assert lines["Z-02"].missing() == ["代码", "测试或用例"]
    assert lines["Z-03"].missing() == []


def test_a_case_shows_a_rule_as_a_test_does(root: Path) -> None:
    write(root / "services/a/procedures/b.yaml", "guard: Z-02\n")
    write(root / "services/a/cases/c.yaml", "- name: x\n  rule: Z-02\n")
    lines = read_register(root)
    locate(root, lines)
    assert lines["Z-02"].cases == ["services/a/cases/c.yaml:2"] and lines["Z-02"].missing() == []


def test_a_test_is_not_code(root: Path) -> None:
    write(root / "tests/test_b.py", marked("Z-02") + '"Z-02"')
    lines = read_register(root)
    locate(root, lines)
    assert lines["Z-02"].missing() == ["代码"]


def test_a_number_that_is_not_registered_is_told(root: Path) -> None:
    write(root / "tests/test_c.py", marked("Z-99"))
    assert locate(root, read_register(root)) == ["tests/test_c.py:1 Z-99"]


@pytest.mark.parametrize(
    "row",
    [
        "{number: Z-04, text: 丁, source: 文, service: s, built: maybe}",
        "{number: Z-04, text: 丁, source: 文, service: s, built: whole, wher: x}",
        "{number: Z-01, text: 丁, source: 文, service: s, built: whole}",
    ],
)
def test_a_wrong_row_is_named_with_its_line(root: Path, row: str) -> None:
    write(root / "docs/rules.yaml", f"{ROWS}  - {row}\n")
    with pytest.raises(ConfigurationError) as caught:
        read_register(root)
    assert caught.value.where.endswith("rules.yaml:6")


def test_missing_exits_non_zero(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "services" / "a")
    ran = shouwang(capsys, "rules", "--missing")
    assert ran.code == 1 and "Z-02 乙：缺代码、测试或用例" in ran.out
    write(root / "services/a/more.py", '"""Z-02."""\n')
    write(root / "tests/test_d.py", marked("Z-02"))
    assert shouwang(capsys, "rules", "--missing").code == 0
    assert "Z-03" in shouwang(capsys, "rules").out
    assert "文一" in shouwang(capsys, "rules", "Z-01").out


def test_outside_of_the_sources_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        find_root(tmp_path)
