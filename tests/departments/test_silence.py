"""A table that did not come is unknown at comparison, whatever the department, and never nothing (I-05)."""

from pathlib import Path

import pytest
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.plugin import Plugin
from shouwang.department.running import Run, rows_of
from shouwang.errors import UnknownValue

from services.assistance import departments
from tests.departments.office import ME, TODAY

FOLDERS = sorted(path.parent for path in Path(str(departments.__file__)).parent.glob("*/comparison.py"))


@pytest.mark.rule("I-05")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_table_that_did_not_come_is_unknown_and_not_nothing(folder: Path, duck: Duck) -> None:
    plugin = Plugin.load(folder)
    nothing = SampleSource(duck, {name: {} for name in plugin.tables})
    assert plugin.facts
    for fact in plugin.facts.values():
        with pytest.raises(UnknownValue):
            rows_of(Run(plugin, fact, nothing, plugin.policy.at(TODAY, "430426")), duck, [ME])
