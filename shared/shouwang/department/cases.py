"""Cases in YAML that an official can read: what a figure means for a person, to the fen.

A file is named after the measure or rule it is about. A case: name, rule, as_of, given, expect.

- of a measure: `given` holds policy figures (yuan), `person: [特困]` (leave out: nobody knows;
  `untold: [孤儿]`: nobody said of these), `category`, `able_to_work`, `risks`, `size` (`with_number: 1`:
  only the first has an ID number), columns of views (yuan), or rows of the tables that a view reads (it
  is then computed from them; where one says `person: 另一人`, members after the first are that person),
  anything else under `attributes`;
  `expect: {entitled: 35750}` (yuan; `yes` where it is no money), `{not_entitled: part of the reason}`,
  `{unknown: part of the reason}`; beside it `receiving: true` or `false` where the register says whether
  it is given already, `null` where it cannot.
- of a rule: `given` holds policy figures and rows by table, each with its `period`;
  `expect: {clue: {column: value}}` or `{no_clue: true}`.
- of a fact (what is answered about a named person): `given` the same; `expect: {answered: {column: value}}`
  with every column of the answer (yuan; codes by label; `null`: unknown).
- of a signal or an indicator: `given` the same; `expect: {places: {"430426100": 35}}`, and no other place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from shouwang.department.declarations import Fact, Indicator, Measure, Rule, Signal
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError
from shouwang.money import yuan
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, load

KEYS: Final = ("name", "rule", "as_of", "given", "expect")
OUTCOMES: Final = ("entitled", "not_entitled", "unknown", "clue", "no_clue", "answered", "places")
RECEIVING: Final = "receiving"
About = Measure | Rule | Fact | Signal | Indicator


@dataclass(frozen=True)
class Case:
    """One case: what it is about, where it stands (file:line), its YAML."""

    about: About
    where: str
    data: LinedDict

    @property
    def name(self) -> str:
        """Its Chinese name."""
        return str(self.data["name"])

    @property
    def given(self) -> LinedDict:
        """What is supposed."""
        given: LinedDict = self.data["given"]
        return given

    @property
    def expected(self) -> tuple[str, Any]:
        """The outcome and what is said about it."""
        outcome, wanted = next(one for one in self.data["expect"].items() if one[0] != RECEIVING)
        return str(outcome), wanted

    @property
    def day(self) -> date:
        """The day on which it is decided."""
        day = self.data["as_of"]
        if type(day) is not date:
            raise wrong("as_of 应为日期", self.data.where("as_of"), "如 2022-03-01，不加引号。")
        return day


def cases_of(plugin: Plugin) -> list[Case]:
    """Read `cases/*.yaml`; ConfigurationError (file:line) on anything misspelt."""
    folder = plugin.folder / "cases"
    return [case for path in sorted(folder.glob("*.yaml")) for case in _cases(plugin, path)]


def _cases(plugin: Plugin, path: Path) -> Iterator[Case]:
    about = _about(plugin, path)
    data = load(path)
    if not isinstance(data, list) or not data:
        raise wrong("案例文件应是一个列表", f"{path}:1", "每个案例以“- name: …”开头。")
    for item in data:
        if not isinstance(item, LinedDict):
            raise wrong("每个案例应为“键: 值”", f"{path}:1", "每个案例以“- name: …”开头。")
        _check_keys(item)
        yield Case(about, item.where(), item)


def _about(plugin: Plugin, path: Path) -> About:
    known: dict[str, About] = {one.name: one for one in plugin.measures.values()}
    known |= {**plugin.rules, **plugin.facts, **plugin.signals, **plugin.indicators}
    if path.stem not in known:
        message = f"没有叫“{path.stem}”的措施、规则、事实、信号或指标"
        raise wrong(message, str(path), did_you_mean(path.stem, known))
    return known[path.stem]


def _check_keys(case: LinedDict) -> None:
    for key in case:
        if key not in KEYS:
            raise wrong(f"键“{key}”未知", case.where(key), did_you_mean(key, KEYS))
    missing = [key for key in KEYS if key not in case]
    if missing:
        raise wrong(f"案例缺少 {'、'.join(missing)}", case.where(), "请补上。")
    outcome = [one for one in case["expect"] if one != RECEIVING]
    if len(outcome) != 1 or outcome[0] not in OUTCOMES:
        word = outcome[0] if outcome else ""
        raise wrong("expect 应只写一种结果", case.where("expect"), did_you_mean(word, OUTCOMES))


def in_unit(value: Any, unit: str, where: str) -> Any:
    """Return a value of a case in its unit: yuan become fen, others stay."""
    if not unit.startswith("fen"):
        return value
    if type(value) not in (int, Decimal):
        raise wrong(f"金额“{value}”应写成元", where, "如 300 或 300.50，不加引号。")
    return yuan(value)


def wrong(message: str, where: str, remedy: str) -> ConfigurationError:
    """Return the refusal of a case that cannot be read."""
    return ConfigurationError(f"{message}。", code="department.case", where=where, remedy=remedy)
