"""What must never stand in clear: keys with well-known personal names, and ID numbers anywhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.identity import valid_id
from shouwang.store.paths import NOTHING, Node

_KEYS: Final = (
    "name full_name person_name member_name head_name householder_name contact_name householder "
    "id_number id_no id_card identity_number credential_number disability_card card_number "
    "phone mobile telephone phone_number bank_account bank_card account_number bank_card_number "
    "address home_address birth birthday birth_date illness disease diagnosis illness_name disease_name "
    "姓名 户主 户主姓名 身份证号 身份证号码 证件号码 电话 手机号 联系电话 银行卡号 银行账号 住址 病种"
)
PERSONAL_KEYS: Final = frozenset(_KEYS.split())
PERSONAL_ENDINGS: Final = ("_id_number", "_phone", "_mobile", "_bank_account", "_bank_card", "_person_name")
ID_LENGTH: Final = 18
_ID_LIKE = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])", re.ASCII)


@lru_cache(maxsize=4096)
def is_personal_key(key: str) -> bool:
    """Tell whether a field of this name holds something about a person."""
    plain = key.lower()
    return plain in PERSONAL_KEYS or plain.endswith(PERSONAL_ENDINGS)


def holds_id_number(text: str) -> bool:
    """Tell whether a valid ID number stands in the text (its check digit and birth date must fit)."""
    return len(text) >= ID_LENGTH and any(valid_id(found) for found in _ID_LIKE.findall(text))


def refuse_id_number(text: str, where: str) -> None:
    """ConfigurationError when the text holds an ID number; the number is not repeated."""
    if holds_id_number(text):
        raise ConfigurationError(
            "这里出现了身份证号，不能以明文保存或发出",
            code="store.personal_in_clear",
            where=where,
            remedy="放进 encrypted=[…] 声明的字段，或只用编号引用本人；发给他方的用接收方公钥密封。",
        )


def refuse_key(where: str) -> ConfigurationError:
    """Return the error for a personal key that no pattern covers."""
    return ConfigurationError(
        "字段名像是个人信息，却没有声明加密",
        code="store.personal_in_clear",
        where=where,
        remedy="在 repository(encrypted=[…]) 中声明；确非个人信息（如项目名称）的，在 public=[…] 中写明。",
    )


def guard(value: Any, node: Node, where: str) -> None:
    """Refuse personal data in a value that is stored or sent in clear (details, events)."""
    if isinstance(value, dict):
        for key, item in value.items():
            _guard_item(key, item, node.at(key), f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for item in value:
            guard(item, node.element(), where)
    elif isinstance(value, str):
        refuse_id_number(value, where)


def _guard_item(key: str, item: Any, node: Node, where: str) -> None:
    if item is not None and not node.public and is_personal_key(key):
        raise refuse_key(where)
    guard(item, node, where)


def guard_text(value: str, where: str) -> None:
    """Refuse an ID number in an identifier or a free text."""
    guard(value, NOTHING, where)
