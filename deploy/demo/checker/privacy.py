"""Personal data where it must not be: in notices and messages, and in clear anywhere in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
ILLNESS = re.compile(r"因病|癌|肿瘤|尿毒症|精神障碍")
PUBLISHED = (("notify", "notices"), ("notify", "messages"))


def check_privacy(stored: Stored) -> Iterator[Violation]:
    """Look at every text that lies in clear."""
    for service, collection in PUBLISHED:
        for doc in stored.documents(service, collection):
            for text in texts(doc["state"]):
                if ID_NUMBER.search(text) or PHONE.search(text) or ILLNESS.search(text):
                    yield Violation("personal_data_published", f"{service}/{doc['_id']}", collection)
    for service in stored.databases():
        for collection, doc in stored.aggregates(service):
            if any(ID_NUMBER.search(text) for text in texts(doc)):
                yield Violation("personal_data_in_clear", f"{service}/{collection}/{doc['_id']}", "身份证号")


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
