"""What does not hold together refuses to start, with file, line and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.errors import ConfigurationError
from shouwang.procedure import Engine, GuardRegistry, PaperRegistry, guard, paper

from tests.shared.procedure.kit import GUARDS, HERE, PAPERS, POLICY, engine, engine_of

SOUND = """\
id: sample
version: 1
valid: {from: 2021-07-02}
title: 样例
source: 测试
pins: [monitoring_line]
withdraw: {by: {roles: [household]}}
abort: {by: {roles: [town_officer]}, reasons: {deceased: 死亡}}
steps:
  - id: ask
    title: 提出
    by: {level: village, roles: [village_cadre]}
    papers: [meeting_record]
  - id: check
    by: {level: town, roles: [town_officer], people: 2, from: [town_officer, village_cadre]}
    apart_from: [ask]
    may: [pass, send_back, refuse]
    send_back_to: ask
    due_days: policy.household_check_days
    guards: [eligible]
    green_channel: {guard: emergency, owed: [decide], within_days: 3}
  - id: hang
    notice: {place: village, days: 7, objections: hold_the_gate}
    when_upheld: check
  - id: decide
    by: {level: county}
    signatures: [town_head]
    may: [include, refuse]
    guards: {include: [eligible], refuse: [not_must_include]}
    ends: {include: included}
"""


def refused(tmp_path: Path, before: str, after: str) -> ConfigurationError:
    assert before in SOUND, "the sample no longer holds what the test changes"
    with pytest.raises(ConfigurationError) as caught:
        engine_of(tmp_path, SOUND.replace(before, after, 1))
    return caught.value


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert engine_of(tmp_path, SOUND).library.ids() == ["sample"]
    assert len(engine().library.ids()) == 6


def named_line(tmp_path: Path, error: ConfigurationError) -> str:
    """The line of the file that the refusal points to."""
    file, _, number = error.where.rpartition(":")
    assert file == str(tmp_path / "p0.yaml")
    return Path(file).read_text(encoding="utf-8").splitlines()[int(number) - 1]


@pytest.mark.parametrize(
    ("before", "after", "bad", "meant"),
    [
        ("    by: {level: county}", "    bye: {level: county}", "bye", "by"),
        ("source: 测试", "sauce: 测试", "sauce", "source"),
        ("[town_officer, village_cadre]}", "[town_oficer, village_cadre]}", "town_oficer", "town_officer"),
        ("roles: [village_cadre]", "roles: [village_cader]", "village_cader", "village_cadre"),
        ("level: town,", "level: twon,", "twon", "town"),
        ("[meeting_record]", "[meetng_record]", "meetng_record", "meeting_record"),
        ("guards: [eligible]", "guards: [eligable]", "eligable", "eligible"),
        ("{include: [eligible]", "{includ: [eligible]", "includ", "include"),
        ("refuse: [not_must_include]", "refuse: [not_must_inclde]", "not_must_inclde", "not_must_include"),
        ("guard: emergency", "guard: emergancy", "emergancy", "emergency"),
        ("policy.household_check_days", "policy.houshold_days", "houshold_days", "household_check_days"),
        ("pins: [monitoring_line]", "pins: [monitorng_line]", "monitorng_line", "monitoring_line"),
        ("apart_from: [ask]", "apart_from: [aks]", "aks", "ask"),
        ("send_back_to: ask", "send_back_to: asks", "asks", "ask"),
        ("when_upheld: check", "when_upheld: chek", "chek", "check"),
        ("[include, refuse]", "[include, refuze]", "refuze", "refuse"),
        ("[pass, send_back, refuse]", "[pass, send_bak, refuse]", "send_bak", "send_back"),
        ("place: village", "place: vilage", "vilage", "village"),
        ("hold_the_gate", "hold_gate", "hold_gate", "hold_the_gate"),
        ("owed: [decide]", "owed: [decid]", "decid", "decide"),
        ("signatures: [town_head]", "signatures: [town_haed]", "town_haed", "town_head"),
        ("withdraw: {by: {roles: [household]}}", "withdraw: {by: hosehold}", "hosehold", "household"),
        ("ends: {include: included}", "ends: {includ: included}", "includ", "include"),
    ],
)
def test_a_misspelt_name(tmp_path: Path, before: str, after: str, bad: str, meant: str) -> None:
    error = refused(tmp_path, before, after)
    assert f"“{bad}”" in error.message and bad in named_line(tmp_path, error)
    assert f"“{meant}”" in error.remedy


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        ("    by: {level: county}\n", "", "id: decide", "没有经办人"),
        ("by: {level: county}", "by: {people: 2}", "people: 2", "没有经办人"),
        ("    ends: {include: included}\n", "    ends: {}\n", "id: decide", "没有写结案结果"),
        (
            "    guards: [eligible]\n    green_channel",
            "    ends: {pass: done}\n    note",
            "id: hang",
            "永远走不到",
        ),
        ("may: [pass, send_back, refuse]", "may: [send_back, refuse]", "may:", "永远走不到"),
        ("include: included", "include: refused", "ends:", "ends 写错"),
        ("ends: {include: included}", "ends: {include: included, refuse: gone}", "ends:", "ends 写错"),
        ("apart_from: [ask]", "apart_from: [decide]", "apart_from", "在前的步骤"),
        ("apart_from: [ask]", "apart_from: [check]", "apart_from", "在前的步骤"),
        ("send_back_to: ask", "send_back_to: decide", "send_back_to", "在前的"),
        ("when_upheld: check", "when_upheld: decide", "when_upheld", "在前的"),
        ("may: [pass, send_back, refuse]", "may: [pass, refuse]", "send_back_to", "没有 send_back"),
        ("    papers: [meeting_record]", "    may: [pass, send_back]", "may:", "没有可以退回"),
        ("    papers: [meeting_record]", "    when_upheld: ask", "when_upheld", "不是公示"),
        ("  - id: check", "  - id: ask", "id: ask", "写了两次"),
        ("    when_upheld: check", "    papers: [meeting_record]", "id: hang", "没有经办人，不能要求"),
        (
            "  - id: decide",
            "  - {id: again, notice: {place: town, days: 3}}\n  - id: decide",
            "again",
            "之间没有",
        ),
        ("owed: [decide]", "owed: [meeting_record]", "green_channel", "不在本步骤"),
        ("owed: [decide]", "owed: [ask]", "green_channel", "没有名为“ask”"),
        ("{from: 2021-07-02}", "{from: 2021-07-02, to: 2021-01-01}", "id: sample", "早于"),
        ("{from: 2021-07-02}", "{from: '2021-07'}", "valid:", "应为日期"),
        ("days: 7", "days: 0", "days: 0", "不小于 1"),
        ("days: 7", "days: policy.monitoring_line", "notice:", "单位"),
        ("days: 7", "days: seven", "seven", "policy.<参数名>"),
        ("version: 1", "version: one", "version:", "整数"),
        ("title: 样例\n", "", "id: sample", "缺少“title”"),
        ("id: sample", "id: Sample", "Sample", "小写英文"),
        ("apart_from: [ask]", "apart_from: [ask, ask]", "apart_from", "重复"),
        ("apart_from: [ask]", "apart_from: {ask: 1}", "apart_from", "列表"),
        ("    green_channel: {", "    green_channel: 3\n    note: {", "green_channel", "映射"),
        ("steps:\n", "steps: []\nmore:\n", "more:", "没有名为“more”"),
        ("include: included}", "include: ''}", "ends:", "文字"),
    ],
)
def test_what_does_not_hold(tmp_path: Path, before: str, after: str, line: str, told: str) -> None:
    error = refused(tmp_path, before, after)
    assert told in str(error)
    assert line in named_line(tmp_path, error)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("[{id: hang, notice: {place: village, days: 3}}]", "第一步不能是公示"),
        (
            "[{id: a, by: household, together: x}, {id: b, by: household},"
            " {id: c, by: household, together: x}, {id: d, by: household, ends: {pass: done}}]",
            "前后相连",
        ),
        ("[{id: a, by: household, together: x, ends: {pass: done}}]", "也不能结案"),
        (
            "[{id: a, by: household}, {id: b, notice: {place: village, days: 3}},"
            " {id: c, by: household, notice: {place: town, days: 3}, ends: {pass: done}}]",
            "后一公示无人提请",
        ),
        (
            "[{id: a, by: household}, {id: b, by: household, papers: [opinion], ends: {pass: done},"
            " green_channel: {guard: emergency, owed: [opinion], within_days: 3}}]",
            "无处可补",
        ),
        (
            "[{id: a, by: household}, {id: b, notice: {place: village, days: 3}},"
            " {id: c, by: household, may: [pass, send_back], send_back_to: b, ends: {pass: done}}]",
            "有经办人的步骤",
        ),
    ],
)
def test_steps_that_cannot_stand_together(tmp_path: Path, steps: str, told: str) -> None:
    head = "id: x\nversion: 1\nvalid: {from: 2021-07-02}\ntitle: t\nsource: s\n"
    with pytest.raises(ConfigurationError, match=told):
        engine_of(tmp_path, f"{head}steps: {steps}\n")


def test_a_last_notice_needs_somebody_to_close_it(tmp_path: Path) -> None:
    text = SOUND[: SOUND.index("  - id: decide")].replace("[decide]", "[hang]")
    with pytest.raises(ConfigurationError, match="没有写结案结果"):
        engine_of(tmp_path, text)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="没有这个程序文件夹"):
        engine(tmp_path / "nowhere")


def test_a_service_without_policy_guards_or_papers(tmp_path: Path) -> None:
    plain = "id: x\nversion: 1\nvalid: {from: 2021-07-02}\ntitle: t\nsource: s\nsteps:\n"
    (tmp_path / "x.yaml").write_text(
        plain + "  - {id: a, by: household, ends: {pass: done}}\n", encoding="utf-8"
    )
    assert Engine.load([tmp_path], policy=None).library.ids() == ["x"]


def test_names_are_registered_once() -> None:
    with pytest.raises(ConfigurationError, match="登记了两次"):
        PaperRegistry(paper("a", "甲"), paper("a", "乙"))
    with pytest.raises(ConfigurationError, match="登记了两次"):
        GuardRegistry(guard("a", rule="T")(None), guard("a", rule="T")(None))  # type: ignore[arg-type]


def test_guards_are_collected_from_a_module() -> None:
    from tests.shared.procedure import kit

    assert {"eligible", "not_must_include"} <= set(GuardRegistry.of(kit).names())
    assert GUARDS["eligible"].rule == "M-08" and len(GUARDS) == 7
    assert PAPERS["information_record"].label == "《信息采集表》（附件2）"
    assert "policy" in str(HERE / "policy") and "household_check_days" in POLICY.names()
