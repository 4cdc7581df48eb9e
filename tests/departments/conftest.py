"""One embedded database for the facts that a file tries out."""

from collections.abc import Iterator

import pytest
from shouwang.department.expressions import Duck


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    made = Duck(tmp_path_factory.mktemp("facts"))
    yield made
    made.ibis.disconnect()
