"""What a department announces, judged before it is believed: nonsense is refused, and says which field.

The contract stands in docs/sdk/department.md; measure codes are those of 附件2 (A-02).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from shouwang.vocabulary import RISKS, STATES, measure_label

CONTRACT: Final = re.compile(r"\d+\.\d+", re.ASCII)
KEY_BYTES: Final = 32
KNOWN_RISKS: Final = frozenset([*RISKS, *STATES])
KEPT: Final = ("code", "title", "contract", "public_key", "measures", "comparisons")


def problems(said: Mapping[str, Any], sender: str) -> list[str]:
    """Return what is wrong with an announcement, each with its field; empty when it may be believed.

    `sender` is the service whose account sent it: nobody announces in another's name.
    """
    return [*_names(said, sender), *_measures(said.get("measures")), *_comparisons(said.get("comparisons"))]


def known(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the registry keeps of a sound announcement."""
    return {name: said[name] for name in KEPT}


def _names(said: Mapping[str, Any], sender: str) -> Iterator[str]:
    if said.get("code") != sender:
        yield f"code：应为发送方自己的代码 {sender}"
    if not _text(said.get("title")):
        yield "title：应为部门名称"
    if not (_text(said.get("contract")) and CONTRACT.fullmatch(said["contract"])):
        yield "contract：应写成 1.0 这样的版本"
    if not _is_key(said.get("public_key")):
        yield "public_key：应为 32 字节公钥的 base64 文本"


def _measures(given: Any) -> Iterator[str]:
    if not isinstance(given, list):
        yield "measures：应为列表"
        return
    codes = [one.get("code") for one in given if isinstance(one, Mapping)]
    for number, one in enumerate(given):
        yield from (f"measures[{number}].{problem}" for problem in measure_problems(one))
    for code in sorted({str(code) for code in codes if codes.count(code) > 1}):
        yield f"measures：代码 {code} 报了两次"


def measure_problems(one: Any) -> Iterator[str]:
    """Yield what is wrong with one measure offered: code, title, risks, evidence."""
    if not isinstance(one, Mapping):
        yield "：应为键值"
        return
    if not (_text(one.get("code")) and measure_label(one["code"])):
        yield "code：不在附件2 的 A39–A52 中"
    if not _text(one.get("title")):
        yield "title：应为措施名称"
    if not _texts(one.get("risks")) or not set(one["risks"]) <= KNOWN_RISKS:
        yield "risks：有不认识的风险"
    if not _texts(one.get("evidence")) or not one["evidence"]:
        yield "evidence：应写明落实后要交的凭证"


def _comparisons(given: Any) -> Iterator[str]:
    sound = isinstance(given, list) and all(
        isinstance(one, Mapping) and _text(one.get("name")) for one in given
    )
    if not sound:
        yield "comparisons：应为列表，每项有 name"


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(_text(one) for one in value)


def _is_key(value: Any) -> bool:
    if not _text(value):
        return False
    try:
        return len(base64.b64decode(value, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
