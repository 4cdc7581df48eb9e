"""Characters that nobody sees and that change what is read: NUL, other controls, turned writing direction.

Tabs and line breaks are no such characters: people type them.
"""

from __future__ import annotations

import re
from typing import Final

UNSEEN: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F" + "\u202a-\u202e\u2066-\u2069]"
"""One such character, as Python's `re` and Arrow's RE2 both read it."""
_UNSEEN: Final = re.compile(UNSEEN)


def holds_unseen(text: str) -> bool:
    """Tell whether a text holds one."""
    return _UNSEEN.search(text) is not None
