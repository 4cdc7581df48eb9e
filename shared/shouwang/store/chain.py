"""The chain of history: each entry carries the MAC of the one before, and a digest of the state it left.

The digest is keyed and taken over the state in clear, so that it outlives a rotation of the data keys and
tells nobody anything about a person (decision 0022).
Falsification must be detectable (K-03) [湘委乡振组发〔2021〕1号 五(四)].
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shouwang.store.canonical import canonical
from shouwang.store.keys import KeyRing

Stored = dict[str, Any]


def state_digest(keys: KeyRing, region: str, schema: int, state: Any, generation: int | None = None) -> str:
    """Return the keyed digest of a state in clear with its region and schema version."""
    return keys.mac(canonical(["state", region, schema, state]), generation)


def signed(keys: KeyRing, kind: str, agg_id: str, entry: Stored) -> Stored:
    """Return the entry with its MAC; it binds the aggregate, the place in the chain and every field."""
    return {**entry, "mac": _mac(keys, kind, agg_id, entry)}


def is_genuine(keys: KeyRing, kind: str, agg_id: str, entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry is as it was written, for this aggregate."""
    body = {name: value for name, value in entry.items() if name != "mac"}
    return _same(str(entry.get("mac", "")), _mac(keys, kind, agg_id, body))


def breaks(keys: KeyRing, kind: str, agg_id: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a Chinese sentence for every break in a whole history, from its first entry on."""
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if entry.get("seq") != number:
            yield f"第 {number} 条历史应在此处，实为第 {entry.get('seq')} 条：有缺失、重复或调换"
            return
        if entry.get("prev") != previous:
            yield f"第 {number} 条历史与前一条接不上"
        if not is_genuine(keys, kind, agg_id, entry):
            yield f"第 {number} 条历史被改动，或来自别的对象"
        previous = str(entry.get("mac", ""))


def event_mac(keys: KeyRing, kind: str, agg_id: str, event: Mapping[str, Any]) -> str:
    """Return the MAC of an event that waits in the outbox."""
    body = {name: value for name, value in event.items() if name not in ("mac", "key")}
    return keys.mac(canonical(["event", kind, agg_id, body]), event.get("key"))


def sent_mac(keys: KeyRing, kind: str, agg_id: str, number: int, generation: int | None = None) -> str:
    """Return the MAC by which the store vouches that events up to `number` were sent."""
    return keys.mac(canonical(["sent", kind, agg_id, number]), generation)


def _mac(keys: KeyRing, kind: str, agg_id: str, entry: Mapping[str, Any]) -> str:
    return keys.mac(canonical(["entry", kind, agg_id, entry]), entry.get("key"))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
