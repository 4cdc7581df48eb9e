"""Cases in YAML, which an official can read and check: what is given, what must come out.

- name: 正好五千元，不提示
  rule: S-05
  as_of: 2021-06-30
  given: {…}
  expect: {…}

@pytest.mark.parametrize("case", case_params(FOLDER, rule="S-05"))
def test_warning(case): case.check(run(case.as_of, **case.given_of("settlements", "disposable_income")))
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, load

KEYS: Final = ("name", "rule", "as_of", "given", "expect")
NEEDED: Final = ("name", "rule", "given", "expect")


@dataclass(frozen=True)
class YamlCase:
    """One case. rule: number of the register; as_of: the day on which it is decided; where: file:line."""

    name: str
    rule: str
    as_of: date | None
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    where: str

    def given_of(self, *known: str) -> dict[str, Any]:
        """Return `given`, in which only these keys may stand; ConfigurationError names another one."""
        _only_known(self.given, known, self.where)
        return dict(self.given)

    def check(self, actual: Mapping[str, Any]) -> None:
        """Compare what came out with what is expected, key by key; an expected key must be there."""
        _only_known(self.expect, actual, self.where)
        wrong = {key: (value, actual[key]) for key, value in self.expect.items() if actual[key] != value}
        told = "；".join(f"{key} 应为 {wanted}，得到 {got}" for key, (wanted, got) in wrong.items())
        assert not wrong, f"{self.where} {self.name}：{told}"


def load_cases(folder: Path) -> list[YamlCase]:
    """Read every *.yaml below a folder; ConfigurationError (file:line): a wrong key, or no case at all."""
    found = [case for path in sorted(folder.rglob("*.yaml")) for case in _of_file(path, _state(path))]
    if not found:
        raise ConfigurationError("这里没有用例", code="cases.none", where=str(folder), remedy="请核对目录。")
    names = [(case.where.rpartition(":")[0], case.name) for case in found]
    twice = [case for case, name in zip(found, names, strict=True) if names.count(name) > 1]
    if twice:
        raise _wrong("同一文件有两个同名用例", twice[-1].where, "请改名。")
    return found


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@cache
def _of_file(path: Path, state: tuple[int, int]) -> list[YamlCase]:
    """Read a file once, for a folder is asked for once a rule; `state`: again when it has changed."""
    return [_case(item) for item in load(path) or []]


def case_params(folder: Path, *, rule: str | None = None) -> list[Any]:
    """Return the cases as pytest parameters, each with its name and marked with its rule."""
    chosen = [case for case in load_cases(folder) if rule in (None, case.rule)]
    if not chosen:
        raise _wrong(f"没有规则 {rule} 的用例", str(folder), "请核对编号。")
    return [pytest.param(case, id=case.name, marks=pytest.mark.rule(case.rule)) for case in chosen]


def _case(item: Any) -> YamlCase:
    if not isinstance(item, LinedDict):
        raise _wrong("用例应是键值列表", str(getattr(item, "file", "")), "请以“- name: …”开头。")
    where = item.where()
    _only_known(item, KEYS, where)
    missing = [key for key in NEEDED if key not in item]
    if missing:
        raise _wrong(f"用例缺少 {'、'.join(missing)}", where, "请补上。")
    if not isinstance(item["expect"], Mapping) or not item["expect"]:
        raise _wrong("用例没有期望，永远不会失败", item.where("expect"), "请写明应得的结果。")
    day = item.get("as_of")
    return YamlCase(item["name"], str(item["rule"]), day, item["given"] or {}, item["expect"], where)


def _only_known(found: Mapping[str, Any], known: Collection[str], where: str) -> None:
    for key in found:
        if key not in known:
            raise _wrong(f"没有“{key}”这个键", where, did_you_mean(key, list(known)))


def _wrong(message: str, where: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(message, code="cases.wrong", where=where, remedy=remedy)
