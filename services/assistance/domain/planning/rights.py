"""What the law grants to whoever is eligible: all of it is due, besides the one measure for a risk (A-01).

“风险单一的实施单项措施” is about help that is chosen; guarantees are 应保尽保、应助尽助. Which codes are
guarantees says the policy (`due_of_right`, each with its article).
Sources: 湘委乡振组发〔2021〕1号 三(二)3–7, 中共中央国务院 2020-12-16 有效衔接意见 (十四); decision 0203.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from shouwang.decision import Decision, Ground, outcome, rule
from shouwang.errors import UnknownValue
from shouwang.policy.view import View

from services.assistance.domain.planning.rules import SAFETY_NET, Offer, group, rank, thing

GUARANTEES: Final = ("housing", "water", "health", "schooling", "education", "protection")
"""Names of the policy under `due_of_right`, in the order of the articles."""
LEFT: Final = "once"
"""Name of the ground that lists what is not given because the same thing is."""
_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 三(二)3–7"


def of_right(department: str, measure: str, policy: View) -> bool:
    """Whether the law grants a measure to whoever is eligible; UnknownValue while the policy does not say."""
    return _guarantee(department, measure, policy) is not None


def not_chosen(department: str, measure: str, policy: View) -> bool:
    """Whether a measure takes no risk's one choice: it is due of right, or nobody can say that it is not."""
    try:
        return of_right(department, measure, policy)
    except UnknownValue:
        return True


def concerns(
    department: str, measure: Mapping[str, Any], risks: Sequence[str], able: bool | None, policy: View
) -> bool:
    """Whether an announced measure ({code, risks}) is to be asked about for a household.

    By its risks; the safety net also where nobody can work; what is granted by who somebody is, always.
    While the policy does not say what that is, everything is asked about: nobody knows that it is not due.
    """
    if not measure["risks"] or set(measure["risks"]) & set(risks):
        return True
    try:
        return _whatever_the_risk(department, measure["code"], able, policy)
    except UnknownValue:
        return True


def _whatever_the_risk(department: str, code: str, able: bool | None, policy: View) -> bool:
    if able is False and group(code) in SAFETY_NET and of_right(department, code, policy):
        return True
    return bool(names(department, code) & set(policy.due_whatever_the_risk))


def names(department: str, measure: str) -> set[str]:
    """Return how the policy may name a measure: its group, its code, the code of one department."""
    return {group(measure), measure, f"{department}/{measure}"}


@rule("A-01.of_right", version=1, valid_from=_FROM, title="应享的保障", source=_SOURCE)
def guaranteed(due: tuple[Offer, ...], held: tuple[str, ...], policy: View) -> Decision:
    """Yes when something that may be given is due of right; value: the keys of all of it, each thing once.

    due: what may be given; held: things that the household has already (see `thing`). The same item from two
    departments is given once; of a guarantee that has several ways (`one_way`) one is taken.
    """
    rightful = [one for one in due if of_right(one.department, one.measure, policy)]
    given = _once(rightful, held, policy.one_way)
    left = [one.key for one in rightful if one not in given]
    grounds = [*_by_article(rightful, policy), *_left(left)]
    words = "应享尽享，逐项落实，不受一项风险一项措施限制" if given else "没有要落实的应享保障"
    return outcome(bool(given), grounds, words, value=[one.key for one in given])


def _guarantee(department: str, measure: str, policy: View) -> str | None:
    called = names(department, measure)
    if called & set(policy.not_of_right):
        return None
    return next((name for name in GUARANTEES if called & set(getattr(policy.due_of_right, name))), None)


def _once(rightful: Iterable[Offer], held: Collection[str], one_way: Collection[str]) -> list[Offer]:
    taken = {purpose(one, one_way) for one in held}
    given: list[Offer] = []
    for one in sorted(rightful, key=lambda offer: rank(offer, None)):
        wanted = purpose(thing(one.department, one.measure), one_way)
        if wanted not in taken:
            taken.add(wanted)
            given.append(one)
    return sorted(given, key=lambda offer: offer.key)


def other_way(offer: Offer, held: Collection[str], one_way: Collection[str]) -> list[str]:
    """Return the thing offered where another way to the same end is held (`one_way`), else nothing."""
    wanted = thing(offer.department, offer.measure)
    taken = {purpose(one, one_way) for one in held}
    return [wanted] if purpose(wanted, one_way) in taken else []


def purpose(item: str, one_way: Collection[str]) -> str:
    """Return what an item is for: itself, or its group where the group has several ways to one end."""
    of = group(item.rpartition("/")[2])
    return of if of in one_way else item


def _by_article(rightful: Sequence[Offer], policy: View) -> list[Ground]:
    found = []
    for name in GUARANTEES:
        titles = [one.title for one in rightful if _guarantee(one.department, one.measure, policy) == name]
        if titles:
            found.append(_granted(policy.find(f"due_of_right.{name}"), name, titles))
    return found or [Ground("input", "none", "应享的保障", [], phrase="符合条件的应享保障：{value}")]


def _granted(told: Any, name: str, titles: list[str]) -> Ground:
    phrase = f"{told.title}：{{value}}"
    return Ground("input", name, told.title, titles, source=told.source, phrase=phrase)


def _left(keys: list[str]) -> list[Ground]:
    phrase = "同一项已另有安排的：{value}"
    return [Ground("input", LEFT, "不重复落实", keys, phrase=phrase)] if keys else []
