"""The civil affairs bureau keeps its contract: sample tables, sealed comparison, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import civil_affairs

test_plugin = plugin_tests(Path(civil_affairs.__file__).parent)

HARMLESS = {
    "paid_to_family: max(own, default=0) → min(own, default=0)": "一户各成员登记的是同一个月保障金额",
}
TELLING = ("_open_beside",)
