"""Log lines are JSON with their ids, and hold nothing about persons."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from shouwang.masking import looks_personal
from shouwang.telemetry import bind, bound, configure, get_logger
from shouwang.telemetry.metrics import LOG_REDACTED
from shouwang.telemetry.privacy import HIDDEN, personal_key, redact

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def lines():
    """Configure logging into memory, and give back the lines as dicts."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure("monitoring", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_has_service_level_time_and_event(lines):
    get_logger("monitoring.clues").info("clue.opened", clue="c-1")
    (line,) = lines()
    assert (line["service"], line["level"], line["event"], line["clue"]) == (
        *("monitoring", "info", "clue.opened", "c-1"),
    )
    assert line["timestamp"].endswith("Z")
    assert line["logger"] == "monitoring.clues"


def test_bound_ids_stand_on_every_line_inside_and_on_none_after(lines):
    log = get_logger("x")
    with bind(call_id="call-1", event_id=None):
        log.info("a")
        with bind(event_id="e-1", service="notify"):
            logging.getLogger("kombu").warning("b")
            assert bound() == {"call_id": "call-1", "event_id": "e-1", "service": "notify"}
    log.info("c")
    first, second, third = lines()
    assert first["call_id"] == "call-1"
    assert "event_id" not in first
    assert (second["call_id"], second["event_id"], second["service"]) == ("call-1", "e-1", "notify")
    assert "call_id" not in third
    assert third["service"] == "monitoring"


def test_an_exception_is_told_and_scrubbed(lines):
    try:
        raise ValueError(f"row {ID_NUMBER}")
    except ValueError:
        get_logger("x").exception("import.failed")
    (line,) = lines()
    assert "ValueError" in line["exception"]
    assert ID_NUMBER not in json.dumps(line)


def test_lines_of_libraries_are_scrubbed_too(lines):
    logging.getLogger("nameko").warning("payload %s", {"id_number": ID_NUMBER})
    (line,) = lines()
    assert ID_NUMBER not in json.dumps(line)


@pytest.mark.rule("N-02")
@pytest.mark.parametrize(
    "key", ["name", "id_number", "phone", "head_name", "diagnosis", "bank_account", "token", "members"]
)
def test_personal_keys_are_hidden_and_counted(lines, key):
    before = LOG_REDACTED._value.get()
    get_logger("x").info("read", **{key: "张三", "nested": [{key: "张三"}]})
    (line,) = lines()
    assert line[key] == HIDDEN
    assert line["nested"] == [{key: HIDDEN}]
    assert "张三" not in json.dumps(line, ensure_ascii=False)
    assert LOG_REDACTED._value.get() == before + 2


def test_counts_and_names_of_things_stay():
    event = {"persons": 408, "handler_name": "report_clue", "seconds": 0.25, "ok": True, "none": None}
    assert redact(None, "info", dict(event)) == event
    assert not personal_key("queue_name")


@given(
    st.recursive(
        st.text("0123456789Xx，a", max_size=30) | st.integers() | st.floats(allow_nan=False) | st.none(),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("ab_", min_size=1), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_no_value_of_any_shape_carries_a_number_of_a_person_out(value):
    def texts(item):
        if isinstance(item, dict):
            return [text for inner in item.values() for text in texts(inner)]
        if isinstance(item, list):
            return [text for inner in item for text in texts(inner)]
        return [str(item)]

    assert not any(looks_personal(text) for text in texts(redact(None, "info", {"note": value})["note"]))


def test_green_threads_do_not_see_each_others_ids():
    import eventlet

    seen = {}

    def handle(call):
        with bind(call_id=call):
            eventlet.sleep(0)
            seen[call] = bound()["call_id"]

    for thread in [eventlet.spawn(handle, call) for call in ("a", "b", "c")]:
        thread.wait()
    assert seen == {"a": "a", "b": "b", "c": "c"}
    assert bound() == {}
