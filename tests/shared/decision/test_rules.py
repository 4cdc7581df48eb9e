"""Rules: recorded, replayable, old versions callable, alterations found."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Rules,
    outcome,
    recompute,
    replay,
    rule,
)
from shouwang.errors import BadRequest, ConfigurationError, Tampered, UnknownValue
from shouwang.policy import Policy

from tests.shared.decision.example import MAY, RULES, SOURCE, first, second


def stored(decision) -> dict:
    return json.loads(json.dumps(decision.to_dict()))


@pytest.fixture
def rules():
    return Rules()


def test_a_decision_is_signed_with_rule_version_day_region_and_source(decide):
    found = decide()
    assert (found.rule, found.version, found.on, found.region) == ("M-08", 1, MAY, "430426")
    assert (found.title, found.source) == ("脱贫不稳定户", SOURCE)
    assert (found.is_yes, found.is_no, found.is_unknown) == (True, False, False)
    assert set(found.inputs) == {"per_head", "own_share", "risk", "household"}
    assert found.parameters["monitoring_line"]["source"] == "湘委乡振组发〔2021〕1号 二(一)1"


def test_it_reads_back_from_json(decide):
    assert Decision.from_dict(stored(decide())) == decide()


def test_a_refusal_takes_it_as_a_reason(decide):
    reason = decide().as_reason()
    assert reason["code"] == "M-08"
    assert reason["message"] == decide().sentence()
    assert reason["source"] == SOURCE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fen=st.none() | st.integers(0, 10**7), risk=st.none() | st.booleans(), version=st.sampled_from([1, 2]))
def test_every_stored_decision_computes_anew_to_the_same(decide, policy, fen, risk, version):
    made = decide(
        RULES.get("M-08", version),
        per_head=Input(fen, "村干部", MAY, "人均纯收入", "fen"),
        risk=Input(risk, "医保局", MAY, "因病风险"),
    )
    assert replay(stored(made), policy, rules=RULES) == made


def test_replay_needs_neither_todays_policy_nor_todays_rule(decide):
    assert replay(stored(decide()), rules=RULES).version == 1


@pytest.mark.rule("K-03")
@pytest.mark.parametrize(
    "alter",
    [
        lambda data: data.update(verdict="no"),
        lambda data: data.update(conclusion="不予纳入"),
        lambda data: data.update(source="甲文"),
        lambda data: data["grounds"][0].update(value=1),
        lambda data: data["grounds"].pop(),
        lambda data: data["inputs"]["per_head"]["fields"].update(value=900000),
        lambda data: data["inputs"]["risk"]["fields"].update(owner="别人"),
        lambda data: data["parameters"]["monitoring_line"].update(value=100),
        lambda data: data["parameters"].clear(),
        lambda data: data.update(version=2),
    ],
)
def test_whatever_is_altered_is_found(decide, policy, alter):
    data = stored(decide())
    alter(data)
    with pytest.raises(Tampered) as found:
        replay(data, policy, rules=RULES)
    assert found.value.code.startswith("decision.")


@pytest.mark.rule("K-03")
def test_a_parameter_forged_together_with_its_ground_is_found_in_the_policy(policy):
    forged = policy.overlay({"monitoring_line": 100}).at(MAY, "430426")

    @rule("M-07", version=1, valid_from=date(2021, 1, 1), title="线", rules=(rules := Rules()))
    def line(policy) -> Decision:
        return outcome(True, [Ground.of_parameter(policy["monitoring_line"])])

    data = stored(line(forged))
    assert replay(data, rules=rules).is_yes
    with pytest.raises(Tampered) as found:
        replay(data, policy, rules=rules)
    assert found.value.code == "decision.parameter"


def test_old_versions_stay_callable_and_each_day_has_its_version(decide):
    at_the_line = Input(650000, "村干部", MAY, "人均纯收入", "fen")
    assert RULES.version("M-08", on=date(2021, 12, 31)) is first
    assert RULES.version("M-08", on=date(2022, 1, 1)) is second
    assert decide(first, per_head=at_the_line).verdict is YES
    assert decide(second, on=date(2022, 5, 1), per_head=at_the_line).verdict is NO


def test_before_the_first_version_there_is_no_rule():
    with pytest.raises(UnknownValue) as refused:
        RULES.version("M-08", on=date(2020, 12, 31))
    assert "2021-01-01" in refused.value.message


def test_a_rule_that_is_not_there_is_named_with_what_was_meant():
    for read in (lambda: RULES.get("M-80", 1), lambda: RULES.get("M-08", 3)):
        with pytest.raises(ConfigurationError) as refused:
            read()
        assert refused.value.code == "decision.no_such_rule"


def test_what_if_decides_with_another_policy_day_or_input(decide, policy):
    made = decide()
    lower = policy.overlay({"monitoring_line": 600000})
    assert recompute(made, lower, rules=RULES).verdict is NO
    later = recompute(made, policy, on=date(2022, 3, 1), rules=RULES)
    assert (later.verdict, later.version) == (YES, 2)
    assert recompute(made, policy, on=date(2023, 1, 1), rules=RULES).verdict is UNKNOWN
    richer = Input(700000, "村干部", MAY, "人均纯收入", "fen")
    assert recompute(made, policy, rules=RULES, per_head=richer).verdict is NO


def test_an_unknown_parameter_makes_the_decision_unknown_and_replays(policy, rules):
    @rule("X-01", version=1, valid_from=date(2021, 1, 1), title="够低", rules=rules)
    def low(fen: int, policy) -> Decision:
        return outcome(fen < policy.monitoring_line, [])

    made = low(1, policy.at(date(2023, 1, 1), "430426"))
    assert made.verdict is UNKNOWN
    assert "监测基准线" in made.sentence()
    assert replay(stored(made), rules=rules) == made


def test_code_tables_are_recorded_too(tmp_path, rules):
    (tmp_path / "codes.yaml").write_text(
        "risk:\n  title: 风险\n  kind: codes\n  origin: province\n  values:\n"
        '    - {region: "43", from: 2021-01-01, standing: true, source: 甲文,'
        ' codes: [{code: "01", label: 因病}]}\n',
        encoding="utf-8",
    )

    @rule("X-02", version=1, valid_from=date(2021, 1, 1), title="有码", rules=rules)
    def has(code: str, policy) -> Decision:
        return outcome(True, [Ground("input", "risk", "风险", policy.codes("risk").label(code))])

    made = has("01", Policy.load([tmp_path]).at(MAY, "430426"))
    assert "风险 因病" in made.sentence()
    assert replay(stored(made), rules=rules) == made


def test_the_inputs_are_recorded_as_they_were_before_the_rule_ran(rules):
    @rule("X-03", version=1, valid_from=date(2021, 1, 1), title="改动", rules=rules)
    def careless(items: list) -> Decision:
        items.append(1)
        return outcome(True, [])

    assert careless([]).inputs == {"items": []}


def test_an_input_that_is_none_is_recorded(rules):
    @rule("X-04", version=1, valid_from=date(2021, 1, 1), title="缺", rules=rules)
    def missing(asked: dict | None) -> Decision:
        return outcome(asked is None, [])

    assert replay(stored(missing(None)), rules=rules).is_yes


@pytest.mark.parametrize(("version", "day"), [(1, 1), (1, 2), (2, 1), (3, 1)])
def test_versions_of_a_rule_follow_each_other(rules, version, day):
    def add(number, start):
        @rule("X-05", version=number, valid_from=date(2021, 1, start), title="x", rules=rules)
        def anything() -> Decision:
            return outcome(True, [])

        anything.function.__qualname__ = f"v{number}_{start}"
        return anything

    add(1, 1)
    add(4, 4)

    @rule("X-05", version=2, valid_from=date(2021, 1, 2), title="x", rules=rules)
    def between() -> Decision:
        return outcome(True, [])

    with pytest.raises(ConfigurationError) as refused:
        rules.add(
            type(between)(
                _other, id="X-05", version=version, valid_from=date(2021, 1, day), title="x", source=""
            )
        )
    assert refused.value.code == "decision.rule_twice"
    assert [found.version for found in rules] == [1, 2, 4]


def _other() -> Decision:
    return outcome(True, [])


def test_loading_a_module_again_replaces_its_rules(rules):
    for _ in range(2):

        @rule("X-06", version=1, valid_from=date(2021, 1, 1), title="x", rules=rules)
        def same() -> Decision:
            return outcome(True, [])

    assert len(list(rules)) == 1


def test_a_rule_may_not_sign_for_another(rules):
    @rule("X-07", version=1, valid_from=date(2021, 1, 1), title="x", rules=rules)
    def foreign() -> Decision:
        return Decision("M-08", 1, YES)

    with pytest.raises(ConfigurationError) as refused:
        foreign()
    assert refused.value.code == "decision.rule_differs"


def test_an_id_number_cannot_be_decided_on(decide):
    with pytest.raises(BadRequest) as refused:
        decide(per_head=Input("11010519491231002X"))
    assert refused.value.code == "decision.personal_data"
