"""The education bureau keeps its contract: names, sample tables, sealed comparison, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import education

test_plugin = plugin_tests(Path(education.__file__).parent)

HARMLESS = {
    "paid: on.month - SCHOOL_YEAR_BEGINS → on.month + SCHOOL_YEAR_BEGINS": (
        "案例的发放表不按月份取；真实文件上由 test_school_year.py 核对"
    ),
}
TELLING = ("_given_so_far",)
