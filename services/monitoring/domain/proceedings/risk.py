"""Whether a household is at risk: the nine types of A27 and the four checks A23–A26 (M-10).

The four checks count as risks: 附件4 填表说明 1 lists them among “返贫致贫风险”. A26 derives from A17: one
uninsured member is enough. Source: 湘委乡振组发〔2021〕1号 附件1、附件4、附件6 A23–A27.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from shouwang.decision import Ground, Input, Verdict, any_of, not_, recordable
from shouwang.vocabulary import Risk, State

GUARANTEES: Final[dict[str, str]] = {
    State.HOUSING: "住房安全保障风险",
    State.SCHOOL: "义务教育阶段失学辍学风险",
    State.WATER: "饮水安全风险",
    State.INSURANCE: "家庭成员未参加基本医疗保险风险",
}
ANY: Final = "返贫致贫风险"
_RISK_LABELS: Final = {risk.value: risk.label for risk in Risk}
_CLAUSE: Final = "存在{label}｜不存在{label}｜{label}不详"


def risk_label(risk: str) -> str:
    """Return "因病风险" of "illness"."""
    return f"{_RISK_LABELS[risk]}风险"


def uninsured(insured: Iterable[bool | None]) -> bool | None:
    """Return A26 from every member's A17: True when one is not insured, None when that is not known."""
    given = list(insured)
    if False in given:
        return True
    return None if None in given or not given else False


@recordable("monitoring.danger")
@dataclass(frozen=True)
class Danger:
    """What threatens a household.

    found: one Input a risk type, value True, label "因病风险", who found it and when. checks: Input by name
    of GUARANTEES: True where there is a problem, False where there is none, None where nobody has looked.
    """

    found: tuple[Input, ...]
    checks: Mapping[str, Input]

    def check(self, name: str) -> Input:
        """Return one of the four checks, unknown when it is missing."""
        return self.checks.get(name, Input(None, label=GUARANTEES[name]))

    @property
    def verdict(self) -> Verdict:
        """Yes with any risk or problem, unknown while a check is missing, else no."""
        return any_of(*(one.value for one in self.found), self.problem)

    @property
    def problem(self) -> Verdict:
        """Whether housing, schooling, water or insurance is not in order."""
        return any_of(*(self.check(name).value for name in GUARANTEES))

    @property
    def standing(self) -> list[Input]:
        """Every risk and problem that stands."""
        return [one for one in [*self.found, *map(self.check, GUARANTEES)] if one.value]

    def grounds(self) -> list[Ground]:
        """Return a clause for each that stands; without any, for each check, so that "no" shows why."""
        if self.standing:
            return [Ground.of_input(one.label, one, _CLAUSE) for one in self.standing]
        found = Input(_truth(self.verdict), label=ANY)
        main = Ground.of_input("risk", found, f"存在{ANY}｜未发现{ANY}｜是否存在{ANY}不详")
        return [main, *self.check_grounds("risk")]

    def check_grounds(self, supports: str = "") -> list[Ground]:
        """Return a clause for each of the four checks."""
        checks = map(self.check, GUARANTEES)
        return [Ground.of_input(one.label, one, _CLAUSE, supports) for one in checks]


def _truth(verdict: Verdict) -> bool | None:
    return {Verdict.YES: True, Verdict.NO: False, Verdict.UNKNOWN: None}[verdict]


def all_secured(danger: Danger) -> Verdict:
    """Yes when housing, schooling, water and insurance are all known to be in order."""
    return not_(danger.problem)
