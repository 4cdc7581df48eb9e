"""Data in on the bus: mappings, age, imports under way, retention, and what leaves."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import eventlet
import pytest
from prometheus_client import REGISTRY
from python_calamine import CalamineWorkbook
from shouwang.access import roles
from shouwang.cli import feed_checks
from shouwang.errors import BadRequest, Conflict, Forbidden
from shouwang.messaging.queues import MessageQueue
from shouwang.sealing import open_sealed
from shouwang.testing import actor

from tests.shared.cli.kit import shouwang
from tests.shared.department.bringing_in import at, keeping_a_year, refused_rows
from tests.shared.department.county import JUNE, OFFICER, County
from tests.shared.department.water import id_number, write_csv

OTHERS = actor(roles.DEPARTMENT_OFFICER, org="health_insurance")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with keeping_a_year(tmp_path_factory.mktemp("data_in")) as made:
        yield made


def test_a_mapping_stays_in_force_until_another_takes_over(county: County) -> None:
    theirs = {("浊度NTU" if name == "浑浊度" else name): cell for name, cell in at("2021-05", 1).items()}
    with pytest.raises(BadRequest, match="列名对照"):
        county.bring_in("2021-05", theirs)
    text = "table: water_tests\ncolumns: {浑浊度: 浊度NTU}\n"
    told = county.call(OFFICER, "set_mapping", table="water_tests", file="水利.yaml", text=text)
    assert (told["headings"], told["mapping"]["file"]) == (1, "水利.yaml")
    report = county.bring_in("2021-05", theirs)
    assert (report["accepted"], report["mapping"]) == (1, told["mapping"])
    assert county.call(OFFICER, "mapping", table="water_tests")["text"] == text
    with pytest.raises(BadRequest, match="是否为 “浑浊度”") as wrong:
        county.call(
            OFFICER, "set_mapping", table="water_tests", file="水利.yaml", text=text.replace("浑浊度", "浑浊")
        )
    assert wrong.value.where == "水利.yaml:2"
    with pytest.raises(Forbidden):
        county.call(OTHERS, "set_mapping", table="water_tests", file="x.yaml", text=text)
    county.call(OFFICER, "set_mapping", table="water_tests", text=None)
    assert county.bring_in("2021-05", at("2021-05", 1))["mapping"] is None
    store = county.suite.runtime("water").store
    actions = [entry["action"] for entry in store.mappings.history(store.mappings.get("water_tests"))]
    assert actions == ["mapping_set", "mapping_dropped"], "who changed it, and when, is on record"


@pytest.mark.rule("S-05")
def test_a_table_has_an_age_in_the_metrics_and_in_the_answer(county: County) -> None:
    county.bring_in("2021-06", at("2021-06", 1))
    (feed,) = county.call(OFFICER, "feeds")
    assert (feed["newest"], feed["age_days"], feed["stale"]) == ("2021-06", 0, False)
    labels = {"department": "water", "table": "water_tests"}
    assert REGISTRY.get_sample_value("shouwang_department_feed_stale", labels) == 0
    county.call(actor(roles.COUNTY_OFFICER), "feeds")


def test_an_import_under_way_is_seen_and_not_begun_twice(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = county.suite.runtime("water").service_cls.desk
    place = {"table": "water_tests", "period": "2021-06"}
    seen: list[dict[str, Any]] = []

    def ask(do: str, **args: Any) -> Any:
        if do == "stage":
            args["on_part"]({"progress": {"stage": "reading", "percent": 50, "rows": 7}})
            seen.append(county.call(OFFICER, "import_progress", **place))
            with pytest.raises(Conflict) as twice:
                county.call(OFFICER, "import_table", **place, file="in.csv", request_id="second")
            seen.append({"code": twice.value.code})
        return real(do, **args)

    real = desk.child.ask
    monkeypatch.setattr(desk.child, "ask", ask)
    county.bring_in("2021-06", at("2021-06", 1))
    assert seen == [
        {"running": True, "stage": "reading", "percent": 50, "rows": 7},
        {"code": "import.running"},
    ]
    assert county.call(OFFICER, "import_progress", **place) == {"running": False}


def test_a_worker_that_dies_in_an_import_harms_nothing(county: County) -> None:
    county.bring_in("2021-06", at("2021-06", 1))
    desk = county.suite.runtime("water").service_cls.desk
    rows = [at("2021-06", number) for number in range(1, 500)]
    write_csv(county.inbox / "long.csv", rows)
    eventlet.spawn(_kill_when_reading, desk)
    place = {"table": "water_tests", "period": "2021-06", "file": "long.csv", "request_id": "long"}
    with pytest.raises(Exception, match="计算进程意外结束"):
        county.call(OFFICER, "import_table", **place)
    assert county.call(OFFICER, "feeds")[0]["newest"] == "2021-06"
    assert county.screen()[0]["verdict"] == "known"
    assert county.call(OFFICER, "import_table", **place)["accepted"] == 499


def _kill_when_reading(desk: Any) -> None:
    while not desk.imports:
        eventlet.sleep(0.01)
    desk.child._process.kill()


def persons_in(text: str, numbers: range) -> list[int]:
    return [number for number in numbers if id_number(number) in text]


@pytest.mark.rule("I-07")
@pytest.mark.rule("S-03")
def test_an_id_number_leaves_only_sealed_and_only_of_persons_in_a_clue(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed: list[str] = []
    put = MessageQueue.put

    def spy(self: MessageQueue, letter: Any) -> None:
        body = letter.body
        crossed.append(body.decode() if isinstance(body, bytes) else str(body))
        crossed.append(json.dumps(letter.properties, ensure_ascii=False, default=str))
        put(self, letter)

    monkeypatch.setattr(MessageQueue, "put", spy)
    numbers = range(400, 460)
    worse = {401, 417, 450}
    rows = [at("2021-06", n, 浑浊度="9" if n in worse else "2") for n in numbers]
    rows[5] |= {"检测日期": "昨天"}
    county.bring_in("2021-06", *rows)
    _, batches = county.screen()
    refused_rows(county, "2021-06")
    county.suite.settle()
    whole = "\n".join(crossed)
    assert len(crossed) > 10
    assert "clues.found" in whole
    assert '"file": "in.csv"' in whole, "calls were seen"
    assert re.search('"rejected_rows": ?1', whole), "and answers"
    assert persons_in(whole, numbers) == [], "not one number in clear"
    assert "某人" not in whole
    sealed = [clue["sealed"] for batch in batches for clue in batch["clues"]]
    opened = [open_sealed(county.monitoring.sealing.private, one) for one in sealed]
    assert {one["id_number"] for one in opened} == {id_number(number) for number in worse}
    assert all(set(one) == {"id_number"} for one in opened), "and nothing else of the person"


@pytest.mark.rule("S-03")
def test_who_is_no_longer_found_after_a_correction_stays_and_is_said(county: County) -> None:
    county.bring_in("2021-06", *(at("2021-06", n, 浑浊度="9") for n in (501, 502, 503)))
    before, _ = county.screen()
    county.bring_in("2021-06", at("2021-06", 501, 浑浊度="9"), at("2021-06", 502, 浑浊度="1"))
    told, none = county.screen()
    assert (before["gone"], told["gone"]) == (3, 5), "502 and 503 went; so had the three of the test before"
    assert (told["found"], told["sent"], none) == (before["found"] - 2, 0, []), "and nothing is sent for it"
    stored = county.suite.runtime("water").store.batches.find({"run": "S-05.unsafe_water/2021-06"})
    assert sum(len(one.state["keys"]) for one in stored) == told["found"] + told["gone"], "their clues stand"


@pytest.mark.usefixtures("county")
def test_the_command_line_brings_in_hands_out_and_corrects(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "六月.csv", [at("2021-06", 1), at("2021-06", 2, 浑浊度="很浑")])
    place = ("water", "water_tests")
    ran = shouwang(capsys, "import", "table", *place, str(file), "--period", "2021-06")
    assert (ran.code, json.loads(ran.out)["rejected_rows"]) == (0, 1), ran.err
    assert "import rejected water water_tests --period 2021-06" in ran.err
    out = tmp_path / "被拒.xlsx"
    ran = shouwang(capsys, "import", "rejected", *place, "--period", "2021-06", "--out", str(out))
    assert (ran.code, out.stat().st_mode & 0o077) == (0, 0), ran.err
    headings, cells = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    taken = dict(zip(map(str, headings), cells, strict=True))
    assert (taken["身份证号"], taken["位置"]) == (id_number(2), "第 3 行")
    fixed = write_csv(tmp_path / "改好.csv", [{**taken, "浑浊度": "8"}])
    given = ("--period", "2021-06", "--corrections", str(fixed))
    ran = shouwang(capsys, "import", "table", *place, str(file), *given)
    assert (ran.code, json.loads(ran.out)["accepted"], json.loads(ran.out)["rejected_rows"]) == (0, 2, 0), (
        ran.err
    )
    names = [path.name for path in county.inbox.iterdir()]
    assert not [name for name in names if name.endswith(".part")]
    assert "没有正在进行" in shouwang(capsys, "import", "progress", *place, "--period", "2021-06").out
    wrong = tmp_path / "对照.yaml"
    wrong.write_text("table: water_tests\ncolumns: {浑浊: 浊度}\n", encoding="utf-8")
    ran = shouwang(capsys, "import", "mapping", *place, str(wrong))
    assert (ran.code, "对照.yaml:2" in ran.err, "是否为 “浑浊度”" in ran.err) == (1, True, True), ran.err


def test_what_is_kept_long_enough_goes_and_a_stale_table_shows(county: County) -> None:
    for period in ("2020-04", "2020-05", "2020-07"):
        county.bring_in(period, at(period, 1))
    odd = county.inbox / "never-imported.csv"
    odd.write_text("x", encoding="utf-8")
    labels = {"department": "water", "table": "water_tests"}
    gone = REGISTRY.get_sample_value("shouwang_department_periods_removed_total", labels) or 0
    county.suite.pass_days(date(2021, 7, 1))
    data = county.suite.settings.var_dir / "departments" / "water" / "data" / "water_tests"
    kept = sorted(path.name.removeprefix("period=") for path in data.iterdir())
    assert kept[0] == "2020-07", "twelve whole months before the month begun, whatever else is there"
    feeds = county.suite.runtime("water").store.feeds
    history = feeds.history(feeds.get("water_tests:2020-04"))
    (entry,) = [one for one in history if one["action"] == "period_removed"]
    assert entry["detail"] == {
        "rows": 1,
        "months": 12,
        "parameter": "retention.water_tests",
        "source": "县定",
    }
    assert REGISTRY.get_sample_value("shouwang_department_periods_removed_total", labels) == gone + 2
    assert not (county.inbox / "in.csv").exists() or odd.exists()
    county.suite.pass_days(JUNE + timedelta(days=46))
    assert REGISTRY.get_sample_value("shouwang_department_feed_stale", labels) == 1
    assert REGISTRY.get_sample_value("shouwang_department_feed_age_days", labels) == 46
    assert odd.exists(), "what was never imported goes by its own age"
    told = {one.subject: one for one in feed_checks.feeds(county.suite.settings)}
    assert told["部门数据 water"].state == "bad"
    assert "已过期：水质检测（2021-06，已过 46 天）" in told["部门数据 water"].text
    old = time.time() - 31 * 86_400
    os.utime(odd, (old, old))
    county.suite.pass_days(JUNE + timedelta(days=47))
    assert not odd.exists()
    assert not (county.inbox / "long.csv").exists(), "a file whose place another took goes too"
