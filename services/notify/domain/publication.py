"""What may never be published (N-02): ID numbers, illness, phone and bank data.

The check reads the content itself, so that a service which asks for too much is refused loudly
instead of publishing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shouwang.errors import Refused

FORBIDDEN_KEYS = {
    "id_number": "身份证号",
    "phone": "电话",
    "bank_account": "银行账号",
    "illness": "病情",
    "diagnosis": "病情",
    "disease": "病情",
    "name": "未遮盖的姓名",
}
PATTERNS = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "身份证号"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号"),
    (re.compile(r"(?<!\d)\d{16}(?:\d{2,3})?(?!\d)"), "银行账号"),
    (re.compile(r"因病|癌|肿瘤|尿毒症|精神障碍|糖尿病|高血压"), "病情"),
)


def check(content: Any) -> None:
    """Raise Refused `notice.personal_data`, naming every place where personal data would be shown."""
    found = [f"{place}（{what}）" for place, what in findings(content)]
    if found:
        raise Refused(
            "公示内容含有不得公开的个人信息：" + "、".join(found),
            code="notice.personal_data",
            remedy="请去掉后重新申请公示；户主姓名用遮盖形式。",
        )


def findings(content: Any, place: str = "内容") -> Iterator[tuple[str, str]]:
    """Yield (place, kind) of each piece of personal data; never the data itself."""
    if isinstance(content, Mapping):
        yield from _in_mapping(content, place)
    elif isinstance(content, list | tuple):
        for number, item in enumerate(content, 1):
            yield from findings(item, f"{place}第{number}项")
    elif isinstance(content, str):
        yield from ((place, what) for pattern, what in PATTERNS if pattern.search(content))


def _in_mapping(content: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if key in FORBIDDEN_KEYS:
            yield f"{place}.{key}", FORBIDDEN_KEYS[key]
        else:
            yield from findings(value, f"{place}.{key}")
