"""Who was included, refused, removed: judged anew from the record of each case (M-05, M-08, M-12, R-01…)."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.errors import Tampered

from deploy.demo.checker.cases import Found, cases_of_households
from deploy.demo.checker.expected import FLOOR_FEN, LINE_FEN
from deploy.demo.checker.figures import PROGRESS, Standing, twelve_months_before
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

EX_POOR = {"ex_poor": "unstable_ex_poor", "ordinary": "marginal"}
PROTECTED = ("destitute", "minimum_living")
SPECIAL = "special_review_record"


def check_standing(stored: Stored) -> Iterator[Violation]:
    """Judge every case that has ended."""
    for found in cases_of_households(stored):
        try:
            standing = _standing(stored, found)
        except Tampered as error:
            yield Violation("history_altered", found.where, error.message)
        else:
            yield from _window(standing, found.where)
            yield from _judged(standing, found)


def _standing(stored: Stored, found: Found) -> Standing:
    case = stored.opened("monitoring", "cases", found.id)
    household = stored.opened("monitoring", "households", str(found.household))
    if case is None or household is None:
        raise Tampered("案件所说的户不在库中")
    history = stored.history("monitoring", "households", household)
    return Standing(case["state"], household["state"], history)


def _window(standing: Standing, where: str) -> Iterator[Violation]:
    window = twelve_months_before(standing.case["opened_on"])
    if standing.case["window"] != window:
        yield Violation("wrong_window", where, f"应为 {window['start']} 至 {window['end']}")


def _judged(standing: Standing, found: Found) -> Iterator[Violation]:
    status = found.case["status"]
    if status in ("included", "removed"):
        yield from _counted(standing, found.where)
    if status == "included":
        yield from _included(standing, found.where)
    elif status == "removed":
        yield from _removed(standing, found.where)
    elif status == "refused" and found.procedure == "identification":
        yield from _refused(standing, found.where)


def _counted(standing: Standing, where: str) -> Iterator[Violation]:
    """What the decision said of the income is what the record gives."""
    for name, counted in (("A34", standing.net), ("A38", standing.reference)):
        stated = standing.stated(name)
        if stated is not None and counted != stated:
            yield Violation("income_miscounted", where, f"{name} 决定为 {stated}，应为 {counted}")


def _included(standing: Standing, where: str) -> Iterator[Violation]:
    """Within the line with risk, or over it with risk and grave difficulty (M-08); all answered (I-05)."""
    answers = standing.case["comparison"]
    if not answers or not all(one["answered"] for one in answers):
        yield Violation("no_comparison", where, "部门没有都答复")
    net, reference = standing.net, standing.reference
    if not standing.at_risk or net is None:
        yield Violation("included_without_cause", where, "没有风险" if net is not None else "收入不详")
        return
    hard = standing.answer("difficulty") is True or (reference is not None and reference <= LINE_FEN)
    if net > LINE_FEN and not hard:
        yield Violation("included_without_cause", where, f"人均 {net} 分，高于基准线而无严重困难")
        return
    category = EX_POOR.get(str(standing.answer("kind"))) if net <= LINE_FEN else "sudden_hardship"
    if standing.case["category"] != category:
        yield Violation("wrong_category", where, f"{standing.case['category']}，应为 {category}")


def _refused(standing: Standing, where: str) -> Iterator[Violation]:
    """Below the line with risk must be included (M-12); what is unknown is no ground to refuse."""
    net = standing.net
    if standing.at_risk and (net is None or net < LINE_FEN):
        yield Violation("refused_against_duty", where, f"人均 {net} 分，有返贫致贫风险")


def _removed(standing: Standing, where: str) -> Iterator[Violation]:
    net = standing.net
    if net is None or net < FLOOR_FEN:
        yield Violation("removed_below_floor", where, f"人均 {net} 分")
    if standing.able_to_work is not True:
        yield Violation("removed_unable", where, "没有人能劳动")
    lacking = [name for name in PROGRESS if standing.answer(name) is not True]
    if lacking or standing.problems != [False] * len(standing.problems):
        yield Violation("removed_unmet", where, "、".join(lacking) or "住房、教育、饮水、医保")
    if _calls_for_review(standing) and SPECIAL not in _papers(standing):
        yield Violation("no_special_review", where, "特困、低保、多种风险，或收入未过基准线")


def _calls_for_review(standing: Standing) -> bool:
    """特困, 低保, several risks, or income up to the line (R-03); what is unknown calls for it too."""
    members = standing.household["members"]
    protected = any(one[name] is not False for one in members for name in PROTECTED)
    low = standing.net is not None and standing.net <= LINE_FEN
    return protected or len(standing.risks) > 1 or low


def _papers(standing: Standing) -> set[str]:
    return {paper["name"] for entry in standing.case["case"]["entries"] for paper in entry["papers"]}
