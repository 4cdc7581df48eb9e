"""Finds what was altered outside the suite: `shouwang verify`."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shouwang.errors import ConfigurationError, Tampered
from shouwang.store.chain import breaks, event_mac, sent_mac
from shouwang.store.fields import open_state
from shouwang.store.reaching import Document, reaching
from shouwang.store.reads import COLLECTION as READS
from shouwang.store.reads import is_genuine_line
from shouwang.store.report import Report
from shouwang.store.roots import Heads, Root, read_root
from shouwang.store.segments import read_segments

if TYPE_CHECKING:
    from shouwang.store.database import Database
    from shouwang.store.repository import Repository

Problem = tuple[str, str]


def verify(db: Database, roots: Path | str | None = None) -> Report:
    """Check every aggregate, the outboxes, the read log and, with the folder `roots`, the newest daily root.

    Codes: history.broken, history.head, state.altered, field.cannot_open, blind.altered, outbox.altered,
    segment.missing, document.malformed, document.deleted, document.rolled_back, key.missing, reads.altered,
    reads.gap, root.missing, root.altered, root.heads_missing, root.heads_altered.
    """
    report = Report()
    root = None if roots is None else read_root(db, roots, report)
    expected = {} if root is None else dict(root.heads)
    report.root = root.on if root else None
    for name, repo in db.repositories.items():
        with reaching(name):
            _verify_repository(repo, expected, report)
    with reaching(READS):
        _verify_reads(db, expected, report)
    _missing(expected, root, report)
    return report


def _verify_repository(repo: Repository, expected: Heads, report: Report) -> None:
    name = repo.declaration.collection
    count = 0
    for doc in repo.collection.find({}):
        count += 1
        reference = expected.pop((name, str(doc["_id"])), None)
        for code, message in _problems(repo, doc, reference):
            report.add(code, name, str(doc["_id"]), message)
    report.checked[name] = count


def _problems(repo: Repository, doc: Document, reference: tuple[int, str] | None) -> Iterator[Problem]:
    try:
        entries = [*read_segments(repo.segments, doc["_id"], doc.get("segments", 0)), *doc["history"]]
        yield from _history_problems(repo, doc, entries)
        yield from _root_problems(entries, reference)
        yield from _outbox_problems(repo, doc)
        yield from _state_problems(repo, doc)
    except Tampered as error:
        code = "segment.missing" if error.code == "store.segment_missing" else "field.cannot_open"
        yield code, error.message
    except ConfigurationError as error:
        yield "key.missing", error.message
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        # Whatever shape a forger gave it: the document is reported, and the others are still looked at.
        yield "document.malformed", f"文档结构被改坏（{type(error).__name__}）"


def _history_problems(repo: Repository, doc: Document, entries: list[Document]) -> Iterator[Problem]:
    for message in breaks(repo.codec.keys, repo.kind, doc["_id"], entries):
        yield "history.broken", message
    newest = entries[-1]
    head = {"seq": newest["seq"], "mac": newest["mac"], "emitted": newest["emitted"]}
    if doc["head"] != head or doc["v"] != newest["v"]:
        yield "history.head", "文档记载的版本与最新一条历史不符：历史被截短或文档被改动"


def _root_problems(entries: list[Document], reference: tuple[int, str] | None) -> Iterator[Problem]:
    if reference is None:
        return
    seq, mac = reference
    if len(entries) < seq:
        yield "document.rolled_back", f"每日根记载至少有 {seq} 条历史，现只有 {len(entries)} 条：被退回旧版"
    elif entries[seq - 1].get("mac") != mac:
        yield "document.rolled_back", f"第 {seq} 条历史与每日根记载的不是同一条"


def _state_problems(repo: Repository, doc: Document) -> Iterator[Problem]:
    codec = repo.codec
    box = codec.box(doc["_id"])
    state = open_state(doc["state"], box)
    try:
        codec.check(doc, state)
    except Tampered as error:
        yield "state.altered", error.message
        return
    if doc["schema"] == repo.declaration.schema_version and not _blind_fits(repo, doc, state):
        yield "blind.altered", "查找索引与内容不符"
    for item in doc.get("requests", ()):
        if item["result"] is not None:
            box.open(f"requests {item['id']}", item["result"])


def _blind_fits(repo: Repository, doc: Document, state: Any) -> bool:
    stored: dict[str, list[str]] = doc.get("blind", {})
    generations = {int(value.split(":")[0]) for values in stored.values() for value in values}
    return len(generations) <= 1 and stored == repo.codec.blind(state, next(iter(generations), None))


def _outbox_problems(repo: Repository, doc: Document) -> Iterator[Problem]:
    keys, kind, agg_id = repo.codec.keys, repo.kind, doc["_id"]
    sent, outbox = doc.get("sent"), doc.get("outbox", [])
    if sent and sent["mac"] != sent_mac(keys, kind, agg_id, sent["n"], sent["key"]):
        yield "outbox.altered", "已发出到第几个事件的记载被改动"
    first = sent["n"] + 1 if sent else 1
    if [event["n"] for event in outbox] != list(range(first, doc["head"]["emitted"] + 1)):
        yield "outbox.altered", "待发事件有缺失、重复或多出"
    if doc.get("outbox_n", 0) != len(outbox):
        yield "outbox.altered", "待发事件的数目记载不符"
    for event in outbox:
        if not hmac.compare_digest(str(event["mac"]), event_mac(keys, kind, agg_id, event)):
            yield "outbox.altered", f"第 {event['n']} 个待发事件被改动"


def _verify_reads(db: Database, expected: Heads, report: Report) -> None:
    numbers: dict[str, set[int]] = {}
    count = 0
    for line in db.collection(READS).find({}):
        count += 1
        numbers.setdefault(str(line.get("writer")), set()).add(int(line.get("n", 0)))
        if not is_genuine_line(db.keys, line):
            report.add("reads.altered", READS, str(line["_id"]), "这条查阅记录被改动")
    report.checked[READS] = count
    for writer, seen in numbers.items():
        newest = max([*seen, expected.pop((READS, writer), (0, ""))[0]])
        missing = newest - len(seen)
        if missing:
            report.add("reads.gap", READS, writer, f"查阅记录缺 {missing} 条")


def _missing(expected: Heads, root: Root | None, report: Report) -> None:
    for name, agg_id in expected if root else ():
        code = "reads.gap" if name == READS else "document.deleted"
        report.add(code, name, agg_id, f"{root.on if root else ''} 的每日根里有，现在没有了：被删除")
