"""Division codes: what is vendored, what is within what, and which code was valid when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import BadRequest, ConfigurationError, NotFound
from shouwang.places import Places, is_within, level_of, parent_of
from shouwang.places.vendor import county_rows

HEADER = "code,name,level,parent,valid_from,valid_until\n"
PLACES = Places.load()
VILLAGES = [place.code for place in PLACES.within("430426", "village")]


def test_the_whole_county_is_there():
    assert len(PLACES.children("430426")) == 24
    assert len(VILLAGES) == len(set(VILLAGES)) == 367
    assert PLACES.within("430426", "town") == PLACES.children("430426")


def test_a_village_knows_its_full_name_and_everything_above_it():
    assert PLACES.name_of("430426001001") == "湖南省衡阳市祁东县洪桥街道达孝社区居委会"
    assert [place.level for place in PLACES.path("430426001001")] == [
        *("province", "city", "county", "town", "village")
    ]


def test_every_village_lies_in_a_town_of_the_county():
    for code in VILLAGES:
        town = PLACES.get(PLACES.get(code).parent)
        assert (town.level, town.parent) == ("town", "430426"), code
        assert PLACES.get(code) in PLACES.children(town.code)
        assert is_within(code, town.code)


@pytest.mark.parametrize(
    ("code", "prefix", "inside"),
    [
        ("430426001001", "430426001", True),
        ("430426001001", "430426", True),
        ("430426001001", "43", True),
        ("430426001001", "", True),
        ("430426001001", "430426002", False),
        ("430426", "430426001", False),
        ("430426", "430426", True),
    ],
)
def test_a_region_is_a_prefix(code, prefix, inside):
    assert is_within(code, prefix) is inside


@pytest.mark.parametrize("wrong", ["43042", "4304260", "4304260010011", "４３", "43a426", " 43"])
def test_what_is_no_code_is_no_region(wrong):
    for call in (lambda: is_within("430426", wrong), lambda: is_within(wrong, "43"), lambda: level_of(wrong)):
        with pytest.raises(BadRequest) as refused:
            call()
        assert refused.value.code == "places.form"


@given(st.sampled_from(VILLAGES))
def test_parents_end_at_the_province(code):
    chain = [code]
    while (parent := parent_of(chain[-1])) is not None:
        assert is_within(chain[-1], parent)
        chain.append(parent)
    assert [len(code) for code in chain] == [12, 9, 6, 4, 2]


def test_an_unknown_code_says_what_was_probably_meant():
    with pytest.raises(NotFound) as refused:
        PLACES.get("430426119")
    assert refused.value.code == "places.unknown"
    assert "430426" in refused.value.remedy
    assert "430426119" not in PLACES


@pytest.fixture
def dated(tmp_path):
    """A town that was merged: its code passes to another name, a village leaves it."""
    (tmp_path / "43.csv").write_text(
        HEADER
        + "43,湖南省,province,,,\n4304,衡阳市,city,43,,\n430426,祁东县,county,4304,,\n"
        + "430426100,旧镇,town,430426,,2021-12-31\n430426100,新镇,town,430426,2022-01-01,\n"
        + "430426100001,甲村,village,430426100,,\n430426100002,乙村,village,430426100,,2021-12-31\n",
        encoding="utf-8",
    )
    return Places.load(tmp_path)


def test_a_code_names_what_was_valid_on_the_day(dated):
    assert dated.get("430426100", on=date(2021, 12, 31)).name == "旧镇"
    assert dated.get("430426100", on=date(2022, 1, 1)).name == "新镇"
    assert dated.get("430426100").name == "新镇"
    assert dated.name_of("430426100001", on=date(2021, 6, 1)) == "湖南省衡阳市祁东县旧镇甲村"
    assert dated.name_of("430426100001", on=date(2022, 6, 1)) == "湖南省衡阳市祁东县新镇甲村"


def test_a_code_that_ended_is_not_valid_after_it(dated):
    assert [place.name for place in dated.children("430426100", on=date(2022, 1, 1))] == ["甲村"]
    with pytest.raises(NotFound) as refused:
        dated.get("430426100002", on=date(2022, 1, 1))
    assert refused.value.code == "places.not_valid"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("43,,province,,,", 2),
        ("43,湖南省,county,,,", 2),
        ("43,湖南省,province,4,,", 2),
        ("430,某地,county,43,,", 2),
        ("43,湖南省,province,,2021-13-01,", 2),
    ],
)
def test_a_wrong_row_names_file_and_line(tmp_path, row, line):
    (tmp_path / "x.csv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        Places.load(tmp_path)
    assert refused.value.where == f"{tmp_path / 'x.csv'}:{line}"


def test_a_division_without_its_parent_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text(f"{HEADER}4304,衡阳市,city,43,,\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        Places.load(tmp_path)
    assert "4304" in refused.value.message


@pytest.mark.parametrize("content", [None, "code,name\n43,湖南省\n"])
def test_no_data_or_another_header_is_refused(tmp_path, content):
    if content:
        (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        Places.load(tmp_path)


def test_vendoring_keeps_the_county_and_what_is_above_it(tmp_path):
    (tmp_path / "dist").mkdir()
    rows = {
        "provinces": ("43,湖南省", "44,广东省"),
        "cities": ("4304,衡阳市", "4401,广州市"),
        "areas": ("430426,祁东县", "430427,别县"),
        "streets": ("430426100,某镇", "430427100,别镇"),
        "villages": ("430426100001,甲村", "430427100001,别村"),
    }
    for name, lines in rows.items():
        (tmp_path / "dist" / f"{name}.csv").write_text("code,name\n" + "\n".join(lines), encoding="utf-8")
    found = list(county_rows(tmp_path, "430426"))
    assert [row[0] for row in found] == ["43", "4304", "430426", "430426100", "430426100001"]
    assert found[-1] == ("430426100001", "甲村", "village", "430426100", "", "")
