"""What refuses to load, each with its file and line."""

import textwrap

import pytest
from shouwang.errors import ConfigurationError
from shouwang.policy import Policy

GOOD = """\
line:
  title: 监测基准线
  unit: fen_per_person_year
  origin: province
  values:
    - region: "43"
      from: 2021-01-01
      review_by: 2022-06-30
      value: 650000
      source: 某文〔2021〕1号 一
    - region: "43"
      from: 2022-07-01
      review_by: 2023-06-30
      value: 700000
      source: 某文〔2022〕2号 一
kinds:
  title: 类型
  kind: codes
  origin: province
  values:
    - region: "43"
      from: 2021-01-01
      standing: true
      source: 某文〔2021〕1号 二
      codes:
        - {code: "01", label: 因病, name: illness}
        - {code: "02", label: 因灾, name: disaster}
"""


def load(folder, text) -> Policy:
    (folder / "p.yaml").write_text(textwrap.dedent(text), encoding="utf-8")
    return Policy.load([folder])


def test_the_good_file_loads(tmp_path):
    assert load(tmp_path, GOOD).names() == ["kinds", "line"]


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("  title: 监测基准线\n", "", 1, "缺少 title"),
        ("  unit: fen_per_person_year\n", "", 1, "缺少 unit"),
        ("unit: fen_per_person_year", "unit: fen_per_person_yaer", 3, "是否为 “fen_per_person_year”"),
        ("  origin: province\n", "", 1, "缺少 origin"),
        ("origin: province\n  values", "origin: village\n  values", 4, "origin"),
        ("origin: province\n  values", "origin: county\n  values", 4, "note"),
        ("      source: 某文〔2021〕1号 一\n", "", 6, "缺少 source"),
        ("source: 某文〔2021〕1号 一", "source: 2021", 10, "文字"),
        ("      value: 650000", "      vlaue: 650000", 9, "是否为 “value”"),
        ("      value: 650000\n", "", 6, "要有 value"),
        ("value: 650000", "value: 6500.00", 9, "整数分"),
        ("value: 650000", 'value: "650000"', 9, "整数"),
        ("value: 650000", "value: true", 9, "整数"),
        ("from: 2021-01-01", 'from: "2021-01-01"', 7, "日期"),
        ("      from: 2021-01-01\n      review", "      review", 6, "缺少 from"),
        ("      review_by: 2022-06-30\n", "", 6, "standing"),
        ("review_by: 2022-06-30", "review_by: 2020-06-30", 6, "早于 from"),
        ("review_by: 2022-06-30", "review_by: 2022-06-30\n      standing: true", 6, "不能并存"),
        ('region: "43"', "region: 43", 6, "引号"),
        ('region: "43"', 'region: "430"', 6, "区划代码"),
        ("review_by: 2022-06-30", "review_by: 2022-06-29", 11, "2022-06-30 至 2022-06-30 无值"),
        ("from: 2022-07-01", "from: 2021-01-01", 11, "重叠"),
        ("review_by: 2022-06-30", "until: 2022-07-01", 11, "重叠"),
        ("  kind: codes", "  kind: code", 18, "是否为 “codes”"),
        ('{code: "02", label: 因灾', '{code: "01", label: 因灾', 27, "重复"),
        ('{code: "02", label: 因灾', '{code: "02", label: 因病', 27, "重复"),
        ('code: "02", label: 因灾', 'code: 2, label: 因灾', 27, "引号"),
        ('label: 因灾, name: disaster', 'lable: 因灾', 27, "是否为 “label”"),
        ("line:\n", "Line-1:\n", 1, "参数名"),
        ("  values:\n", "  vaules:\n", 5, "是否为 “values”"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_what_is_wrong(tmp_path, old, new, line, part):
    assert old in GOOD
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert refused.value.where == f"{tmp_path / 'p.yaml'}:{line}"
    assert part in refused.value.message


def test_a_gap_is_filled_by_saying_why_nothing_is_known(tmp_path):
    gap = GOOD.replace("review_by: 2022-06-30", "review_by: 2022-05-31")
    with pytest.raises(ConfigurationError):
        load(tmp_path, gap)
    filler = '    - {region: "43", from: 2022-06-01, unknown: 该月未发文, source: 某厅说明}\n'
    assert "line" in load(tmp_path, gap.replace("kinds:", f"{filler}kinds:")).names()


def test_rows_of_different_regions_do_not_overlap(tmp_path):
    city = GOOD.replace("from: 2022-07-01", "from: 2021-01-01").replace(
        'region: "43"\n      from: 2021-01-01\n      review_by: 2023',
        'region: "4304"\n      from: 2021-01-01\n      review_by: 2023',
    )
    assert load(tmp_path, city).parameter("line").regions() == {"43", "4304"}


def test_a_name_defined_twice_names_both_places(tmp_path):
    (tmp_path / "q.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, GOOD)
    assert "p.yaml:" in refused.value.message
    assert "q.yaml:" in refused.value.where


@pytest.mark.parametrize("text", ["line: 5\n", "line: []\n", "- a\n", "line: {values: []}\n", "line: {}\n"])
def test_another_shape_is_refused(tmp_path, text):
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, text)
    assert "p.yaml:1" in refused.value.where


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigurationError):
        Policy.load([tmp_path / "policies"])
