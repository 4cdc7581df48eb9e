"""A county's own figures join those of the suite; nothing that stands is changed in silence (K-05, 0292)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shouwang.decision import Decision, Ground, Input, Rules, against, below, outcome, replay, rule
from shouwang.errors import ConfigurationError, Tampered
from shouwang.policy import CountyFigures, Policy, View, policy_of

COUNTY = "430426"
SPRING = date(2023, 3, 1)
BASE = """\
line:
  title: 监测基准线
  unit: fen_per_person_year
  origin: province
  values:
    - {region: "43", from: 2021-01-01, review_by: 2022-06-30, value: 650000, source: 湘文〔2021〕1号 一}
days:
  title: 公示天数
  unit: days
  origin: province
  values:
    - {region: "43", from: 2021-07-02, standing: true, value: 7, source: 湘文〔2021〕1号 二}
    - {region: "4304", from: 2021-07-02, until: 2021-12-31, value: 9, source: 衡文〔2021〕7号 二}
share:
  least:
    title: 比例
    unit: ratio
    origin: county
    note: 文件未载
    values:
      - {region: CN, from: 2021-01-01, review_by: 2027-12-31, value: "0.5", source: 国文〔2021〕1号 一}
      - {region: "430426", from: 2021-01-01, review_by: 2022-12-31, value: "0.6", source: 祁文〔2021〕3号 一}
risk:
  title: 风险类型
  kind: codes
  origin: province
  values:
    - region: "43"
      from: 2021-01-01
      review_by: 2022-12-31
      source: 湘文〔2021〕1号 附件6
      codes: [{code: "01", label: 因病, name: illness}]
"""
NEXT = '{region: "43", from: 2022-07-01, review_by: 2023-06-30, value: 700000, source: 湘文〔2022〕2号 一}'


RULES = Rules()


@rule(
    "M-07", version=1, valid_from=date(2021, 1, 1), title="低于基准线", source="湘文〔2021〕1号", rules=RULES
)
def below_the_line(per_head: Input, policy: View) -> Decision:
    line = policy.find("line")
    grounds = [Ground.of_input("per_head", per_head, "人均纯收入 {value}"), against(per_head.value, line)]
    return outcome(below(per_head.value, line.value), grounds, subject="该户")


class Place:
    """The policy of a service and the folder of a county beside it."""

    def __init__(self, folder: Path) -> None:
        self.own, self.base = folder / "county", folder / "base"
        self.base.mkdir()
        (self.base / "p.yaml").write_text(BASE, encoding="utf-8")
        (self.own / "toy").mkdir(parents=True)
        self.figures = CountyFigures(self.own, COUNTY)

    def says(self, text: str, file: str = "p.yaml") -> Policy:
        (self.own / "toy" / file).write_text(text, encoding="utf-8")
        return self.load()

    def row(self, row: str, name: str = "line") -> Policy:
        return self.says(f"{name}:\n  values:\n    - {row}\n")

    def load(self) -> Policy:
        return policy_of("toy", [self.base], self.figures)

    def refused(self, row: str, name: str = "line") -> ConfigurationError:
        with pytest.raises(ConfigurationError) as error:
            self.row(row, name)
        return error.value


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_without_a_folder_of_its_own_a_service_has_its_figures(place: Place) -> None:
    (place.own / "toy").rmdir()
    assert place.load().names() == ["days", "line", "risk", "share.least"]


@pytest.mark.rule("K-05")
def test_a_later_period_is_in_force_with_the_countys_document(place: Place) -> None:
    policy = place.row(NEXT)
    found = policy.at(SPRING, COUNTY)["line"]
    assert (found.value, found.source, found.since) == (700000, "湘文〔2022〕2号 一", date(2022, 7, 1))
    assert policy.at(date(2022, 6, 30), COUNTY)["line"].value == 650000


@pytest.mark.rule("K-05")
def test_what_is_reviewed_and_stays_names_both_documents(place: Place) -> None:
    row = '{region: "43", from: 2022-07-01, review_by: 2023-12-31, renewed: true, source: 祁文〔2022〕5号 一}'
    found = place.row(row).at(SPRING, COUNTY)["line"]
    assert found.value == 650000
    assert found.source == "祁文〔2022〕5号 一（复核后照旧：湘文〔2021〕1号 一）"


def test_a_code_table_is_renewed_whole(place: Place) -> None:
    row = '{region: "43", from: 2023-01-01, review_by: 2024-12-31, renewed: true, source: 祁文〔2023〕1号}'
    assert place.row(row, "risk").codes("risk", SPRING).label("01") == "因病"


def test_a_group_is_written_as_the_suite_writes_it(place: Place) -> None:
    row = '{region: "430426", from: 2023-01-01, review_by: 2024-12-31, value: "0.7", source: 祁文〔2023〕1号}'
    policy = place.says(f"share:\n  least:\n    unit: ratio\n    values:\n      - {row}\n")
    assert str(policy.at(SPRING, COUNTY).share.least) == "0.7"


def test_rows_of_a_figure_may_stand_in_several_files(place: Place) -> None:
    place.row(NEXT)
    later = NEXT.replace("2022-07-01", "2023-07-01").replace("2023-06-30", "2024-06-30")
    policy = place.says(f"line:\n  values:\n    - {later.replace('700000', '710000')}\n", "p-2023.yaml")
    assert [row.value for row in policy.parameter("line").rows] == [650000, 700000, 710000]


@pytest.mark.rule("K-05")
def test_a_gap_is_said_to_be_one(place: Place) -> None:
    late = NEXT.replace("2022-07-01", "2023-01-01")
    assert "2022-07-01 至 2022-12-31 无值" in place.refused(late).message
    filler = '{region: "43", from: 2022-07-01, unknown: 其间没有文件, source: 祁文〔2023〕1号}'
    policy = place.says(f"line:\n  values:\n    - {filler}\n    - {late}\n")
    assert policy.at(SPRING, COUNTY).line == 700000
    assert policy.value("line", on=date(2022, 8, 1), region=COUNTY).value is None


ABOVE = "replaces: 湘文〔2021〕1号 二"
REFUSED = [
    ("nobody", NEXT, "没有参数“nobody”"),
    ("line", NEXT.replace("from: 2022-07-01", "from: 2022-01-01"), "base/p.yaml:6 仍有效的规定重叠"),
    ("line", NEXT.replace("from: 2022-07-01", "from: 2021-01-01"), "base/p.yaml:6 仍有效的规定重叠"),
    ("line", NEXT.replace('"43"', '"430421"'), "不是本县（430426）"),
    ("line", NEXT.replace("value: 700000", "value: 待填"), "value 还没有填"),
    ("line", NEXT.replace("review_by: 2023-06-30", "review_by: 待填"), "review_by 还没有填"),
    ("line", NEXT.replace("value: 700000", "value: 7000.0"), "整数分"),
    ("line", NEXT.replace(", source: 湘文〔2022〕2号 一", ""), "写明文件和条款"),
    ("line", NEXT.replace("value: 700000", "renewed: false"), "renewed 只能写 true"),
    (
        "line",
        '{region: "43", from: 2020-01-01, until: 2020-12-31, renewed: true, source: 湘文〔2020〕1号}',
        "没有可以照旧的前一行",
    ),
    ("line", NEXT.replace("value: 700000", "value: 700000, replaces: 某文"), "没有对应的有效规定"),
    ("line", NEXT.replace("value: 700000", "value: 700000, repalces: 某文"), "是否为 “replaces”"),
    ("days", '{region: "430426", from: 2022-01-01, standing: true, value: 5, source: 祁文}', "p.yaml:12"),
    ("days", f'{{region: "4304", from: 2021-10-01, standing: true, value: 5, source: 某, {ABOVE}}}', ":13"),
]  # fmt: skip


@pytest.mark.rule("K-05")
@pytest.mark.parametrize(("name", "row", "said"), REFUSED)
def test_what_a_county_may_not_say_is_refused_with_file_and_line(
    place: Place, name: str, row: str, said: str
) -> None:
    error = place.refused(row, name)
    assert said in error.message and error.remedy
    assert error.where.startswith(f"{place.own}/toy/p.yaml:")


def test_a_figure_that_nobody_declared_is_told_with_what_was_meant(place: Place) -> None:
    assert "是否为 “line”" in place.refused(NEXT, "lime").remedy


@pytest.mark.parametrize("wrong", ["unit: days", "title: 别的", "kind: codes", "origin: county", "note: 某"])
def test_title_and_unit_are_the_suites(place: Place, wrong: str) -> None:
    with pytest.raises(ConfigurationError, match=wrong.partition(":")[0]):
        place.says(f"line:\n  {wrong}\n  values:\n    - {NEXT}\n")


@pytest.mark.rule("K-05")
def test_a_new_document_takes_the_place_of_one_in_force_by_name(place: Place) -> None:
    row = '{region: "43", from: 2022-01-01, review_by: 2023-12-31, value: 700000, source: 湘文〔2022〕2号'
    policy = place.row(f"{row}, replaces: 湘文〔2021〕1号 一}}")
    found = policy.at(date(2022, 2, 1), COUNTY)["line"]
    assert (found.value, found.note) == (700000, "替代 湘文〔2021〕1号 一")
    assert policy.at(date(2021, 12, 31), COUNTY).line == 650000


def test_what_the_documents_leave_to_the_county_it_sets_beside_a_wider_figure(place: Place) -> None:
    place.base.joinpath("p.yaml").write_text(BASE.replace('      - {region: "430426"', "      # {"))
    row = '{region: "430426", from: 2023-01-01, review_by: 2024-12-31, value: "0.7", source: 祁文〔2023〕1号}'
    policy = place.says(f"share:\n  least:\n    values:\n      - {row}\n")
    assert str(policy.at(SPRING, COUNTY).share.least) == "0.7"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("toys/p.yaml", "是否为 “toy”"),
        ("p.yaml", "子目录"),
        ("toy/p.yml", ".yaml"),
        ("toy/more/p.yaml", ".yaml"),
    ],
)
def test_what_nobody_would_read_is_refused_by_name(place: Place, path: str, said: str) -> None:
    stray = place.own / path
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        place.figures.require_known(["toy"])
        place.load()
    assert error.value.where.startswith(str(place.own)) and said in error.value.remedy


def test_a_folder_that_the_service_may_not_read_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)
    with pytest.raises(ConfigurationError, match="读不了") as error:
        place.load()
    assert error.value.where == f"{place.own}/toy" and "chmod" in error.value.remedy


def test_what_people_read_may_lie_there(place: Place) -> None:
    for path in ("README.md", "toy/README.md", ".gitignore"):
        (place.own / path).write_text("本县数值", encoding="utf-8")
    place.figures.require_known(["toy"])
    assert place.load().names()


def test_it_goes_to_another_process_and_back(place: Place) -> None:
    sent = json.loads(json.dumps(place.figures.to_dict()))
    assert CountyFigures.from_dict(sent) == place.figures


@pytest.mark.rule("K-05", "R-05")
def test_a_decision_made_by_a_countys_figure_is_replayed_and_a_changed_one_is_found(place: Place) -> None:
    policy = place.row(NEXT)
    made = below_the_line(
        Input(625000, "村干部", SPRING, "人均纯收入", "fen"), policy=policy.at(SPRING, COUNTY)
    )
    assert "湘文〔2022〕2号 一" in made.sentence()
    stored = json.loads(json.dumps(made.to_dict()))
    assert replay(stored, policy, rules=RULES) == made
    with pytest.raises(Tampered, match="line"):
        replay(stored, place.row(NEXT.replace("700000", "710000")), rules=RULES)


DAYS = st.integers(0, 1500).map(lambda days: date(2020, 6, 1) + timedelta(days=days))


@pytest.mark.rule("K-05")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=DAYS, length=st.integers(0, 700), asked=DAYS)
def test_whatever_a_county_adds_what_stood_still_stands(
    place: Place, start: date, length: int, asked: date
) -> None:
    """A row is refused, or every day on which the suite had an answer keeps it."""
    before = Policy.load([place.base]).value("line", on=asked, region=COUNTY)
    ends = start + timedelta(days=length)
    row = f'{{region: "43", from: {start}, review_by: {ends}, value: 1, source: 湘文〔2022〕2号}}'
    try:
        after = place.row(row).value("line", on=asked, region=COUNTY)
    except ConfigurationError as error:
        assert error.where.startswith(str(place.own)) or "无值" in error.message
    else:
        assert before.value is None or after == before
