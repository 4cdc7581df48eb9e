"""Metrics: one set for all services, labels that never name a person or a case."""

import pytest
from prometheus_client import REGISTRY
from shouwang.errors import BadRequest, ConfigurationError, Refused, Unavailable, UnknownValue
from shouwang.telemetry import counter, exposition, gauge, histogram, measured, outcome_of


def sample(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "ok"),
        (BadRequest("x"), "refused"),
        (Refused("x"), "refused"),
        (Unavailable("x"), "error"),
        (ConfigurationError("x"), "error"),
        (KeyError("x"), "error"),
    ],
)
def test_whose_matter_an_error_is(error, outcome):
    assert outcome_of(error) == outcome


@pytest.mark.parametrize("error", [UnknownValue("x"), BadRequest("x"), KeyError("x")])
def test_nobody_but_us_is_to_blame_for_a_day_that_was_not_done(error):
    assert outcome_of(error, "daily") == "error"
    assert outcome_of(None, "daily") == "ok"


def test_a_run_is_counted_with_outcome_and_time():
    labels = {"service": "t1", "entrypoint": "report_clue", "kind": "rpc"}
    with measured(**labels):
        assert sample("shouwang_workers_busy", service="t1") == 1
    assert sample("shouwang_workers_busy", service="t1") == 0
    assert sample("shouwang_entrypoint_total", **labels, outcome="ok") == 1
    assert sample("shouwang_entrypoint_seconds_count", **labels) == 1


def test_an_error_is_counted_and_passes_through():
    labels = {"service": "t2", "entrypoint": "report_clue", "kind": "rpc"}
    with pytest.raises(Refused), measured(**labels):
        raise Refused("x")
    with pytest.raises(ZeroDivisionError), measured(**labels):
        raise ZeroDivisionError
    assert sample("shouwang_entrypoint_total", **labels, outcome="refused") == 1
    assert sample("shouwang_entrypoint_total", **labels, outcome="error") == 1
    assert sample("shouwang_workers_busy", service="t2") == 0


def test_asking_again_gives_the_same_metric():
    first = counter("t_clues_total", "Clues", ["channel"])
    first.labels("hotline").inc()
    assert counter("t_clues_total", "Clues", ["channel"]) is first
    assert b'shouwang_t_clues_total{channel="hotline"} 1.0' in exposition()[0]


def test_another_type_or_other_labels_under_the_same_name_are_refused():
    gauge("t_pending", "Pending", ["service"])
    for wrong in (lambda: counter("t_pending", "x", ["service"]), lambda: gauge("t_pending", "x")):
        with pytest.raises(ConfigurationError) as refused:
            wrong()
        assert refused.value.code == "telemetry.metric_twice"


@pytest.mark.rule("N-02")
@pytest.mark.parametrize("label", ["household", "id_number", "name", "case", "request_id"])
@pytest.mark.parametrize("make", [counter, gauge, histogram])
def test_a_label_that_names_a_person_or_a_case_is_refused(make, label):
    with pytest.raises(ConfigurationError) as refused:
        make(f"t_wrong_{label}", "x", ["service", label])
    assert refused.value.code == "telemetry.label"


def test_the_exposition_says_its_type():
    body, content_type = exposition()
    assert content_type.startswith("text/plain")
    assert b"shouwang_policy_unknown_total" in body
