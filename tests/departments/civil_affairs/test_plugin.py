"""The civil affairs bureau keeps its contract: sample tables, sealed comparison, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import civil_affairs

test_plugin = plugin_tests(Path(civil_affairs.__file__).parent)

HARMLESS = {
    "minimum_living_allowance: max((one.monthly_amount for one in receiving)) → "
    "min((one.monthly_amount for one in receiving))": "一户各成员登记的是同一个月保障金额",
}
