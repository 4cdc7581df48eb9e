"""Ways in which an installed package can fail to be a department; each refusal names the file at fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.errors import ConfigurationError
from shouwang.service.discovery import find

from tests.shared.department.water import write_plugin

GROUP = "shouwang.departments"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of installed packages, the only one with entry points of ours besides the suite's."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def install(site: Path, entry: str, name: str = "somebody", group: str = GROUP) -> str:
    """Write what pip leaves of a package with one entry point; returns where the entry stands."""
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{group}]\n{entry}\n", encoding="utf-8")
    (info / "RECORD").write_text(f"{info.name}/entry_points.txt,,\n", encoding="utf-8")
    return f"{info}/entry_points.txt:2"


def package(site: Path, name: str, text: str = "") -> None:
    write_plugin(site / name)
    (site / name / "__init__.py").write_text(text, encoding="utf-8")


def refused(only: list[str] | None = None, *, at: str | None = None) -> ConfigurationError:
    """Return how finding is refused; at: where the fault must be said to lie."""
    with pytest.raises(ConfigurationError) as refusal:
        find(only)
    assert refusal.value.code == "configuration.entry_point"
    assert refusal.value.remedy
    assert at is None or refusal.value.where == at
    return refusal.value


def test_a_package_of_its_own_is_found_and_becomes_a_service(site: Path) -> None:
    package(site, "water_found")
    install(site, "water = water_found")
    (service,) = find(["water"])
    assert (service.name, service.title) == ("water", "水利局")


def test_an_entry_that_points_at_nothing(site: Path) -> None:
    where = install(site, "water = water_nowhere")
    assert "water 无法载入（water_nowhere）" in refused(["water"], at=where).message


def test_an_entry_that_points_at_a_name_in_a_package(site: Path) -> None:
    package(site, "water_named", "plugin = 1\n")
    where = install(site, "water = water_named:plugin")
    assert "“water_named:plugin”不是一个包" in refused(["water"], at=where).message


def test_a_folder_without_init(site: Path) -> None:
    write_plugin(site / "water_bare")
    where = install(site, "water = water_bare")
    assert "__init__.py" in refused(["water"], at=where).remedy


def test_a_package_that_raises_when_it_is_imported(site: Path) -> None:
    package(site, "water_raising", "raise RuntimeError('not today')\n")
    where = install(site, "water = water_raising")
    assert "RuntimeError: not today" in refused(["water"], at=where).message


def test_an_entry_of_another_name_than_the_code(site: Path) -> None:
    package(site, "water_other")
    where = install(site, "waters = water_other")
    assert "入口叫“waters”，服务却叫“water”" in refused(["waters"], at=where).message


def test_two_packages_of_one_code(site: Path) -> None:
    install(site, "water = water_one", "one")
    where = install(site, "water = water_two", "two")
    told = refused(["water"])
    assert told.where in (where, where.replace("two-", "one-"))
    assert "“water”：one 和 two" in told.message or "“water”：two 和 one" in told.message


def test_a_department_of_the_name_of_a_core_service(site: Path) -> None:
    where = install(site, "monitoring = water_core")
    assert "部门“monitoring”与同名的核心服务冲突" in refused(at=where).message


def test_a_package_without_its_manifest(site: Path) -> None:
    package(site, "water_mute")
    (site / "water_mute" / "department.yaml").unlink()
    install(site, "water = water_mute")
    with pytest.raises(ConfigurationError, match=r"没有 department\.yaml"):
        find(["water"])


def test_a_department_that_is_not_installed(site: Path) -> None:
    assert "没有安装服务 watr" in refused(["watr"]).message
