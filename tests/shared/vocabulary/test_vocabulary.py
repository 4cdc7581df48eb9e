"""Risks, states and measures as 附件1, 附件2 and 附件6 print them."""

import pytest
from shouwang.vocabulary import MEASURE_CODES, MEASURE_ITEMS, Risk, State, measure_label

PRINTED = {
    "A39": ["种植业", "林果业", "养殖业", "加工业", "乡村旅游", "消费帮扶", "其他"],
    "A40": ["技能培训", "劳务输出", "外出务工补贴", "以工代赈", "经营主体就业", "其他"],
    "A41": ["小额信贷", "其他"],
    "A42": ["护林员", "护草员", "保洁员", "其他"],
    "A43": ["危房改造", "其他"],
    "A44": [],
    "A45": ["参加城乡居民基本医疗保险个人缴费补贴", "大病保险", "医疗救助", "其他"],
    "A46": ["劝返", "送教上门", "寄宿生生活补助", "其他"],
    "A47": ["雨露计划", "助学贷款", "助学金", "其他"],
    "A48": ["低保", "特困供养", "临时救助", "残疾人补贴", "防贫保险", "其他"],
    "A49": ["社会捐助", "其他"],
    "A50": [],
    "A51": [],
    "A52": [],
}


@pytest.mark.rule("A-02")
@pytest.mark.parametrize("code", sorted(PRINTED))
def test_the_items_of_a_measure_are_those_of_the_form(code):
    items = [label for item, label in sorted(MEASURE_ITEMS.items()) if item.startswith(f"{code}-")]
    assert items == PRINTED[code]
    assert set(MEASURE_CODES) == set(PRINTED)


@pytest.mark.rule("M-10")
def test_nine_risks_and_five_states_in_the_order_of_the_form():
    assert [risk.code for risk in Risk] == [f"{number:02d}" for number in range(1, 10)]
    assert [state.code for state in State] == list("①②③④⑤")


def test_a_code_that_does_not_exist_has_no_label():
    assert measure_label("A45-09") is None
    assert measure_label("A45-02") == "大病保险"
