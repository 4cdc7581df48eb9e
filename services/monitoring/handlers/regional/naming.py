"""What a place is called: from the divisions of the suite, by its code where they do not have it."""

from __future__ import annotations

from functools import lru_cache

from shouwang.places import Places


@lru_cache(maxsize=1)
def _places() -> Places:
    return Places.load()


def name_of(code: str) -> str:
    """Return "祁东县金桥镇…" of a code, below the city."""
    places = _places()
    if code not in places:
        return code
    return "".join(place.name for place in places.path(code)[2:])


def is_known(code: str) -> bool:
    """Whether the divisions have such a place."""
    return code in _places()
