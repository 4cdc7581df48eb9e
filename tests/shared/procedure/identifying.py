"""The identification of a household, walked step by step, and what was refused on the way."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.errors import Refused

from tests.shared.procedure.kit import (
    codes,
)


def refused(call: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    assert caught.value.code == caught.value.reasons[0]["code"]
    return codes(caught.value)
