"""One line of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "bad"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, what to do."""

    subject: str
    state: State
    text: str
    remedy: str = ""
