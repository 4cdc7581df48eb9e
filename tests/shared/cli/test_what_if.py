"""`shouwang what-if` and `shouwang snapshot`: what they ask, what they show."""

from __future__ import annotations

from typing import Any, Self

import pytest
from shouwang.cli import explain, snapshot, what_if
from shouwang.cli.main import run
from shouwang.service.door import LONGEST

ANSWER = {
    **{
        "inquiry": "430426-W0123456789",
        "region": "430426",
        "on": "2021-09-01",
        "snapshot": "2021-09-01T01:00",
    },
    **{"adopted": False, "note": "推算，未采用。", "rules": {"M-12": 1}, "households": 3, "moved": {}},
    "classes": {"high_quality": {"stable": 5}},
    **{"enter": {"marginal": 2}, "leave": {}, "monitored_leaving": 0},
    **{"duty": {"now": 1, "then": 3}, "open": {"now": 0, "then": 0}},
    "villages": [{"village": "430426100001", "enter": {"marginal": 2}, "leave": {}, "moved": {}}],
    "parameters": [
        {"title": "防止返贫监测基准线", "now": "6,500 元", "source": "文", "supposed": "7,000 元"}
    ],
}
PAGE = [
    {"household": "430426100001-0007", "category": "none", "category_if": "marginal", "status": "registered"}
]

TOWNS = ["430426100", "430426101"]


class Told:
    """A session that answers from a list of its own and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.ok = True

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        self.asked.append((method, args))
        if method == "what_if_households":
            return PAGE if args["after"] is None else []
        answers = {
            "what_if": ANSWER,
            "verify_snapshot": {"ok": self.ok},
            "snapshot": {"villages": 2, "towns": TOWNS},
        }
        return answers.get(method, {"villages": 1, "households": 600, "full": False, "on": "2021-09-01"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    session = Told()
    for module in (what_if, snapshot, explain):
        monkeypatch.setattr(module, "open_session", lambda *_, **__: session)
    return session


def test_what_if_asks_with_whole_numbers_and_shows_source_villages_and_that_nothing_is_adopted(told, capsys):
    command = [
        "what-if",
        "monitoring_line=700000",
        "--region",
        "430426",
        "--rule",
        "M-12=1",
        "--list",
        "enter",
    ]
    assert not run(command)
    (method, asked), *pages = told.asked
    given = {"region": "430426", "parameters": {"monitoring_line": 700000}, "rules": {"M-12": 1}}
    assert (method, asked) == ("what_if", given)
    assert [args["after"] for _, args in pages] == [None, "430426100001-0007"]
    shown = capsys.readouterr().out
    for words in (
        "未采用",
        "规则 M-12：假设按第 1 版",
        "高质量脱贫户",
        "未纳入监测",
        "6,500 元",
        "7,000 元",
        "边缘易致贫户",
        "430426100001-0007",
    ):
        assert words in shown


def test_a_wrong_list_is_refused_before_anything_is_asked(told, capsys):
    assert run(["what-if", "monitoring_line=1", "--list", "all"])
    assert "enter 或 leave" in capsys.readouterr().err and not told.asked


def test_a_county_is_refreshed_town_by_town(told, capsys):
    assert not run(["snapshot", "refresh", "--region", "430426"])
    first, *towns = told.asked
    assert first == ("snapshot", {"region": "430426"})
    assert [args["region"] for _, args in towns] == TOWNS
    assert '"households": 1200' in capsys.readouterr().out


def test_verify_ends_with_one_when_something_differs(told, capsys):
    assert run(["snapshot", "verify", "--region", "430426"]) == 0
    told.ok = False
    assert run(["snapshot", "verify", "--region", "430426", "--sample", "0"]) == 1
    assert told.asked[-1] == ("verify_snapshot", {"region": "430426", "sample": 0})


def test_recompute_and_status(told, capsys):
    assert not run(["snapshot", "recompute", "--region", "430426100"])
    assert not run(["snapshot", "status", "--region", "430426100"])
    assert [method for method, _ in told.asked] == ["snapshot", "recompute_standings", "snapshot"]


def test_another_rule_alone_can_be_supposed(told):
    assert not run(["what-if", "--rule", "M-12=1", "--region", "430426"])
    assert told.asked[0][1] == {"region": "430426", "parameters": {}, "rules": {"M-12": 1}}


def test_nobody_waits_longer_than_the_door_allows():
    assert max(snapshot.TIMEOUT, what_if.TIMEOUT) <= LONGEST
