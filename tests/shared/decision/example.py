"""A rule of two versions over a small policy, as a domain would write it."""

from dataclasses import dataclass
from datetime import date

from shouwang.decision import (
    Decision,
    Ground,
    Input,
    Rules,
    against,
    all_of,
    at_most,
    below,
    outcome,
    recordable,
    rule,
)
from shouwang.periods import Window

TEXT = """\
monitoring_line:
  title: 监测基准线
  unit: fen
  origin: province
  values:
    - region: "43"
      from: 2021-01-01
      review_by: 2022-06-30
      value: 650000
      source: 湘委乡振组发〔2021〕1号 二(一)1
"""
SOURCE = "湘委乡振组发〔2021〕1号 二(一)2"
RULES = Rules()
MAY = date(2021, 5, 20)
WINDOW = Window(date(2020, 5, 1), date(2021, 4, 30))
ILL = "存在因病风险（{owner} {on} 筛查）｜无因病风险｜是否存在因病风险不详"


@recordable("tests.household")
@dataclass(frozen=True)
class Household:
    """What the rule looks at; `size` in persons."""

    registered: bool
    size: int


def grounds(per_head, own_share, risk, household, line):
    registered = "属建档立卡脱贫户｜不属建档立卡脱贫户｜是否建档立卡不详"
    return [
        Ground.of_input("per_head", per_head, "2021 年 5 月纳入月前十二个月（{period}）人均纯收入 {value}"),
        against(per_head.value, line),
        Ground.of_input("risk", risk, ILL),
        Ground.of_input("own_share", own_share, "自付 {value}"),
        Ground("input", "registered", "建档立卡", household.registered, phrase=registered),
        Ground("input", "size", "家庭人口", household.size, "persons", supports="per_head"),
    ]


@rule("M-08", version=1, valid_from=date(2021, 1, 1), title="脱贫不稳定户", source=SOURCE, rules=RULES)
def first(per_head: Input, own_share: Input, risk: Input, household: Household, policy) -> Decision:
    """At or under the line, ill, registered."""
    line = policy.find("monitoring_line")
    found = all_of(at_most(per_head.value, line.value), risk.value, household.registered)
    told = "为脱贫不稳定户" if found == "yes" else ""
    return outcome(found, grounds(per_head, own_share, risk, household, line), told, subject="该户")


@rule("M-08", version=2, valid_from=date(2022, 1, 1), title="脱贫不稳定户", source=SOURCE, rules=RULES)
def second(per_head: Input, own_share: Input, risk: Input, household: Household, policy) -> Decision:
    """Strictly under the line."""
    line = policy.find("monitoring_line")
    found = all_of(below(per_head.value, line.value), risk.value, household.registered)
    return outcome(found, grounds(per_head, own_share, risk, household, line), subject="该户")
