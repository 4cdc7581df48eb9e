"""Who counts as a member of a household, and which people are watched at all (M-01).

Members are those of the public security register; who counts otherwise is a decision of the county, with
its reason. People whose relocation made them townspeople are watched as long as they have no town benefits.
Source: 湘委乡振组发〔2021〕1号 二(一)1–2; 衡办发〔2021〕7号 二(一).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    all_of,
    any_of,
    not_,
    outcome,
    rule,
)

COUNTS, EXCLUDED = "counts", "excluded"
REGISTERS: Final = {"rural": "农村户籍", "town": "城镇户籍", "elsewhere": "户籍不在本户"}
BY_ROSTER: Final = "名册（按户籍填报）"
_SOURCE = "湘委乡振组发〔2021〕1号 二(一)1–2"


@rule("M-01", version=1, valid_from=date(2021, 7, 2), title="计入本户监测人口", source=_SOURCE)
def counts(register: Input, relocated: Input, urban_benefits: Input, exception: Input) -> Decision:
    """Yes when a person counts: by the county's decision, else by the register.

    register: "rural", "town" or "elsewhere". relocated, urban_benefits: of somebody with town registration.
    exception: what the county decided of this person, "counts" or "excluded"; None when it decided nothing.
    """
    grounds = [_register(register), *_town(register, relocated, urban_benefits), *_exception(exception)]
    verdict = _by_county(exception)
    if verdict is UNKNOWN:
        verdict = by_register(register.value, relocated.value, urban_benefits.value)
    words = {YES: "计入本户监测人口", NO: "不计入本户监测人口"}
    return outcome(verdict, grounds, words.get(verdict, ""))


def _by_county(exception: Input) -> Verdict:
    """What the county decided; unknown (nothing decided) leaves it to the register."""
    return {COUNTS: YES, EXCLUDED: NO}.get(str(exception.value), UNKNOWN)


def by_register(register: str | None, relocated: bool | None, urban_benefits: bool | None) -> Verdict:
    """Rural counts; townspeople only by relocation and while they have no town benefits; others do not."""
    if register is None:
        return UNKNOWN
    town = register == "town"
    return any_of(register == "rural", all_of(town, relocated, not_(urban_benefits)))


def facts_of(member: Mapping[str, Any], collected_on: str | None) -> dict[str, Input]:
    """Return what is known of a member's registration as inputs of `counts`.

    A roster lists by the register: without anything else it says that a member's registration is here and
    rural.
    """
    given = member.get("registration")
    exception = member.get("exception")
    day = date.fromisoformat(collected_on) if collected_on else None
    known = given or {"register": "rural", "urban_benefits": None, "by": BY_ROSTER}
    on = date.fromisoformat(given["on"]) if given else day
    return {
        "register": Input(known["register"], known["by"], on, "户籍"),
        "relocated": Input(member["relocated"], BY_ROSTER, day, "搬迁人口"),
        "urban_benefits": Input(known["urban_benefits"], known["by"], on, "城镇保障待遇"),
        "exception": _decided(exception),
    }


def _decided(exception: Mapping[str, Any] | None) -> Input:
    if exception is None:
        return Input(None, label="县级决定")
    return Input(exception["decision"], exception["by"], date.fromisoformat(exception["on"]), "县级决定")


def _register(register: Input) -> Ground:
    shown = Input(REGISTERS.get(str(register.value)), register.owner, register.on, "户籍")
    return Ground.of_input("register", shown, "此人为{value}")


def _town(register: Input, relocated: Input, benefits: Input) -> list[Ground]:
    if register.value != "town":
        return []
    moved = "属易地搬迁或同步搬迁｜不属易地搬迁或同步搬迁｜是否搬迁人口不详"
    enjoys = "已享受城镇保障待遇｜尚未享受城镇保障待遇｜是否享受城镇保障待遇不详"
    return [Ground.of_input("relocated", relocated, moved), Ground.of_input("benefits", benefits, enjoys)]


def _exception(exception: Input) -> list[Ground]:
    if exception.value is None:
        return []
    words = {COUNTS: "计入", EXCLUDED: "不计入"}
    shown = Input(words[str(exception.value)], exception.owner, exception.on, "县级决定")
    return [Ground.of_input("exception", shown, "县级决定{value}")]
