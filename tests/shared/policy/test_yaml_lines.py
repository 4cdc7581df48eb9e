"""YAML that keeps lines, keeps keys as text and never makes a float."""

from datetime import date
from decimal import Decimal

import pytest
from shouwang.errors import ConfigurationError
from shouwang.yaml_lines import LinedDict, load, load_mapping, loads


def test_what_yaml_1_1_would_misread_is_read_as_it_stands():
    data = loads("on: 2021-05-01\nyes: no\nratio: 0.60\n2021: '01'\nnone: ~\nflag: true\ntext: 二(一)1\n")
    assert data == {
        "on": date(2021, 5, 1),
        "yes": "no",
        "ratio": Decimal("0.60"),
        "2021": "01",
        "none": None,
        "flag": True,
        "text": "二(一)1",
    }
    assert str(data["ratio"]) == "0.60"


def test_every_value_knows_its_line():
    data = loads("a: 1\nb:\n  - x\n  - {c: 2}\n", "policy.yaml")
    assert isinstance(data, LinedDict)
    assert (data.where(), data.where("a"), data.where("b")) == (
        *("policy.yaml:1", "policy.yaml:1", "policy.yaml:2"),
    )
    assert (data["b"].where(1), data["b"][1].where("c")) == ("policy.yaml:4", "policy.yaml:4")
    assert data.where("missing") == "policy.yaml:1"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\na: 2", 2, "写了两次"),
        ("a: 1\nb: 01", 2, "引号"),
        ("a: 0x1F", 1, "引号"),
        ("a: 1e5", 1, "小数"),
        ("a: .inf", 1, "小数"),
        ("a: 2021-13-01", 1, "不是日期"),
        ("a: !tag x", 1, "标签"),
        ("a: &x {b: 1}\nc:\n  <<: *x", 3, "合并键"),
        ("? [1, 2]\n: x", 1, "键"),
        ("a: b\n  c: d", 2, "写法"),
        ("a:\n\t- b", 2, "写法"),
        ("--- 1\n--- 2", 2, "写法"),
    ],
)
def test_what_could_be_misread_is_refused_with_its_line(text, line, part):
    with pytest.raises(ConfigurationError) as refused:
        loads(text, "policy.yaml")
    assert refused.value.where == f"policy.yaml:{line}"
    assert part in refused.value.message


def test_files(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("a: 1", encoding="utf-8")
    assert load_mapping(file) == {"a": 1}
    file.write_text("", encoding="utf-8")
    assert load(file) is None
    for content in (b"- 1", b"", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(ConfigurationError) as refused:
            load_mapping(file)
        assert str(file) in refused.value.where
    with pytest.raises(ConfigurationError):
        load(tmp_path / "missing.yaml")
