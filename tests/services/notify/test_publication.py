"""What may never be published (N-02)."""

import pytest
from shouwang.errors import Refused

from services.notify.domain import publication

CLEAN = {
    "村": "白地市镇",
    "户": [{"户主": "张**", "人口": 4, "类别": "边缘易致贫户", "编号": "430426100200-0031"}],
}


@pytest.mark.rule("N-02")
def test_masked_content_may_be_published():
    publication.check(CLEAN)


@pytest.mark.rule("N-02")
@pytest.mark.parametrize(
    "content",
    [
        {"备注": "身份证 11010119900307803X"},
        {"备注": "联系 13812345678"},
        {"备注": "账号 6222021234567890123"},
        {"备注": "因病致困"},
        {"phone": "见村委会"},
        {"户": [{"name": "张三丰"}]},
        {"户": [{"illness": "x"}]},
    ],
)
def test_personal_data_is_refused_and_not_repeated(content):
    with pytest.raises(Refused) as error:
        publication.check(content)
    assert error.value.code == "notice.personal_data"
    for hidden in ("11010119900307803X", "13812345678", "6222021234567890123"):
        assert hidden not in str(error.value)
