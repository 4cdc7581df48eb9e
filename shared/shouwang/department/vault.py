"""Pseudonym and ID number together: the only place, in the department's own database, encrypted.

In buckets by the first digits of the pseudonym: a first import of a county writes thousands of documents, not
hundreds of thousands, and a lookup opens only the buckets of those who were found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from shouwang.errors import NotFound, Tampered
from shouwang.service import Context
from shouwang.store import Entry

DIGITS: Final = 3
TOGETHER: Final = 200


def keep(ctx: Context, persons: Mapping[str, str], region: str) -> int:
    """Add pseudonym -> ID number for those not yet there; returns how many were new.

    Tampered when a pseudonym stands there with another number: the key or the vault is not the right one.
    """
    buckets: dict[str, dict[str, str]] = defaultdict(dict)
    for name, number in persons.items():
        buckets[name[:DIGITS]][name] = number
    return sum(_keep(ctx, buckets, ids, region) for ids in _together(sorted(buckets)))


def numbers(ctx: Context, pseudonyms: Sequence[str]) -> dict[str, str]:
    """Return pseudonym -> ID number; NotFound `department.not_in_vault` when one is missing."""
    found: dict[str, str] = {}
    for ids in _together(sorted({name[:DIGITS] for name in pseudonyms})):
        for bucket in _load(ctx, ids).values():
            found |= bucket.state["persons"]
    missing = [name for name in pseudonyms if name not in found]
    if missing:
        raise NotFound(
            f"有 {len(missing)} 人不在本部门的对照库中。",
            code="department.not_in_vault",
            remedy="请重新导入最近一期数据；换过密钥或数据库的，请先从备份恢复。",
        )
    return {name: found[name] for name in pseudonyms}


def _keep(ctx: Context, buckets: Mapping[str, dict[str, str]], ids: list[str], region: str) -> int:
    there = _load(ctx, ids)
    fresh = [_new(ctx, id, buckets[id], region) for id in ids if id not in there]
    ctx.store.vault.insert_many(fresh)
    added = sum(_extend(ctx, there[id], buckets[id]) for id in ids if id in there)
    return added + sum(len(buckets[agg.id]) for agg in fresh)


def _new(ctx: Context, id: str, persons: dict[str, str], region: str) -> Any:
    agg = ctx.store.vault.new(id, region=region, state={"persons": persons})
    agg.record(_entry(ctx, len(persons)))
    return agg


def _extend(ctx: Context, bucket: Any, persons: dict[str, str]) -> int:
    known: dict[str, str] = bucket.state["persons"]
    if any(known.get(name, number) != number for name, number in persons.items()):
        raise Tampered(
            "对照库中同一假名对应了另一个身份证号。",
            code="department.vault",
            where=f"vault/{bucket.id}",
            remedy="请核对本部门的密钥目录与数据库是否配套。",
        )
    new = {name: number for name, number in persons.items() if name not in known}
    if new:
        bucket.state["persons"] = {**known, **new}
        bucket.record(_entry(ctx, len(new)))
        ctx.store.vault.save(bucket)
    return len(new)


def _entry(ctx: Context, added: int) -> Entry:
    # No request is remembered: adding who is already there changes nothing, and one request adds many times.
    return Entry("persons_kept", ctx.actor.to_dict(), ctx.today, {"added": added})


def _load(ctx: Context, ids: list[str]) -> dict[str, Any]:
    found = ctx.store.vault.find({"_id": {"$in": ids}}, limit=len(ids))
    return {agg.id: agg for agg in found}


def _together(ids: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while group := list(islice(remaining, TOGETHER)):
        yield group
