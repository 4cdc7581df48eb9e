"""The portable subset holds in every room that knows MongoDB, and the guard sees what is outside it."""

from pathlib import Path

import pytest
import shouwang.store
from shouwang.testing.portable import store_sources, violations

ROOT = Path(__file__).parents[3]


def test_every_store_and_view_keeps_to_the_portable_subset():
    sources = store_sources(Path(shouwang.store.__file__).parent, ROOT / "services")
    assert {"repository.py", "outbox.py", "store.py", "views.py"} <= {source.name for source in sources}
    assert violations(sources) == []


@pytest.mark.parametrize(
    "line",
    [
        'c.find({"$text": {"$search": "x"}})',
        'c.find({"$where": "1"})',
        'c.distinct("region")',
        'c.aggregate([{"$lookup": {}}])',
        'c.aggregate([{"$out": "x"}])',
        'c.create_index([("a", "hashed")])',
        'c.create_index([("$**", 1)])',
        'c.create_index([("a", pymongo.HASHED)])',
        "from pymongo import TEXT",
        'c.create_index("at", expireAfterSeconds=60)',
        'c.find_one_and_update({"a": 1}, {"$set": {"list.$.b": 1}})',
        'c.find_one_and_update({"_id": "n"}, {"$inc": {"n": 1}}, upsert=True)',
        "session.with_transaction(work)",
        'db.command("mapReduce", "c")',
    ],
)
def test_what_is_outside_is_named_with_file_and_line(tmp_path, line):
    file = tmp_path / "store.py"
    file.write_text(f'"""Says $text, which is only prose."""\n\n{line}\n')
    found = violations([file])
    assert len(found) == 1 and found[0].startswith(f"{file}:3: ")


def test_what_is_inside_passes(tmp_path):
    file = tmp_path / "store.py"
    file.write_text(
        'c.find({"a": {"$gte": 1}})\nc.update_one({}, {"$set": {"list.$[e].b": 1}}, array_filters=[])\n'
    )
    assert violations([file]) == []
