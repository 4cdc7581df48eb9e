"""Personal data where it must not be: in notices, messages and logs, and in clear anywhere in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

ID_OR_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9]\d{5}(?:19|20)\d{9}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])", re.ASCII
)
SHORTEST = 11
BANK_CARD = re.compile(r"(?<![0-9A-Za-z])\d{16}(?:\d{3})?(?![0-9A-Za-z])", re.ASCII)
ILLNESS = re.compile(r"因病|癌|肿瘤|尿毒症|精神障碍|糖尿病|高血压")
PUBLISHED = (("notify", "notices"), ("notify", "messages"))
UNKNOWN_NAME = "（姓名待补）"


def check_privacy(stored: Stored, folder: Path) -> Iterator[Violation]:
    """Look at what is shown to people, in the store and in the folder of messages, and at the logs."""
    for service, collection in PUBLISHED:
        for doc in stored.documents(service, collection):
            if _shows_somebody(doc["state"]):
                yield Violation("personal_data_published", f"{service}/{doc['_id']}", collection)
    yield from _files(folder)


def check_in_clear(where: str, doc: Mapping[str, Any]) -> Iterator[Violation]:
    """Look at every text of a document that lies in clear."""
    if any(_identifies(text) for text in texts(doc)):
        yield Violation("personal_data_in_clear", where, "号码")


def _shows_somebody(state: Mapping[str, Any]) -> bool:
    """Numbers, illness, or a head of household whose name is not masked (N-02)."""
    content = state.get("content")
    head = content.get("head", UNKNOWN_NAME) if isinstance(content, Mapping) else UNKNOWN_NAME
    bare = head != UNKNOWN_NAME and "*" not in head
    return bare or any(_tells(text) for text in texts(state))


def _tells(text: str) -> bool:
    return _identifies(text) or bool(BANK_CARD.search(text) or ILLNESS.search(text))


def _identifies(text: str) -> bool:
    return len(text) >= SHORTEST and bool(ID_OR_PHONE.search(text))


def _files(folder: Path) -> Iterator[Violation]:
    messages = dict.fromkeys((folder / "outbox").glob("*.json"), "personal_data_published")
    logs = dict.fromkeys((folder / "log").glob("**/*.log"), "personal_data_in_clear")
    for path, kind in sorted((messages | logs).items()):
        with path.open(encoding="utf-8", errors="replace") as lines:
            if any(_identifies(line) for line in lines):
                yield Violation(kind, str(path.relative_to(folder)), "号码")


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
