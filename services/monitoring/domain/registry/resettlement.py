"""Large resettlement areas: where eight hundred relocated people or more were settled in one place (M-15).

Source: 湘委乡振组发〔2021〕1号 附件6 A1.
"""

from __future__ import annotations

from datetime import date

from shouwang.decision import NO, YES, Decision, Ground, Input, against, at_least, outcome, rule
from shouwang.policy import View


@rule(
    "M-15",
    version=1,
    valid_from=date(2021, 7, 2),
    title="大中型易地扶贫搬迁集中安置区",
    source="湘委乡振组发〔2021〕1号 附件6 A1",
)
def large_site(persons: Input, policy: View) -> Decision:
    """Yes when the site settled as many relocated people as the policy asks for, or more."""
    least = policy.find("large_resettlement_persons")
    verdict = at_least(persons.value, least.value if least.known else None)
    grounds = [
        Ground.of_input("persons", persons, "该安置点安置搬迁群众 {value}"),
        against(persons.value, least),
    ]
    words = {YES: "为大中型集中安置区", NO: "不是大中型集中安置区"}
    return outcome(verdict, grounds, words.get(verdict, ""))
