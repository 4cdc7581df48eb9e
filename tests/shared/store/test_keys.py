"""The key ring: files only their owner reads, clear errors, generations."""

import os

import pytest
from shouwang.errors import ConfigurationError
from shouwang.sealing import open_sealed, seal
from shouwang.store import Database, KeyRing

from tests.shared.store.kit import households, stored


@pytest.fixture
def folder(tmp_path):
    KeyRing.generate(tmp_path / "keys")
    return tmp_path / "keys"


def refused(folder):
    with pytest.raises(ConfigurationError) as caught:
        KeyRing.from_dir(folder)
    assert caught.value.code.startswith("configuration.")
    assert caught.value.where and caught.value.remedy
    return caught.value


def test_files_are_for_their_owner_only(folder):
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["blind-1.key", "data-1.key", "mac-1.key", "sealing-1.key"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_ring_read_again_is_the_same_ring(folder):
    one, other = KeyRing.from_dir(folder), KeyRing.ensure(folder)
    assert one.fingerprints() == other.fingerprints()
    assert one.blind("id", "x") == other.blind("id", "x") != one.blind("phone", "x")
    assert open_sealed(other.sealing.private, seal(one.sealing.public, {"a": 1})) == {"a": 1}


def test_two_rings_have_nothing_in_common(folder, tmp_path):
    one, other = KeyRing.from_dir(folder), KeyRing.ensure(tmp_path / "other")
    assert not set(one.fingerprints().values()) & set(other.fingerprints().values())


def test_a_file_that_others_can_read_is_refused(folder):
    (folder / "data-1.key").chmod(0o644)
    error = refused(folder)
    assert "data-1.key" in error.where and "chmod 600" in error.remedy


def test_keys_are_never_overwritten(folder):
    before = KeyRing.from_dir(folder).fingerprints()
    with pytest.raises(ConfigurationError, match="不能覆盖"):
        KeyRing.generate(folder)
    assert KeyRing.from_dir(folder).fingerprints() == before


@pytest.mark.parametrize("name", ["data-1.key", "blind-1.key", "mac-1.key", "sealing-1.key"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert name in refused(folder).where


def test_a_missing_folder_is_named(tmp_path):
    assert str(tmp_path / "none") in refused(tmp_path / "none").where


@pytest.mark.parametrize(
    "content",
    [b"", b"shouwang data 1 !!!\n", b"shouwang data 1 QUJD\n", b"\xff\xfe", b"shouwang data 2 QUJD\n"],
)
def test_a_damaged_file_is_named(folder, content):
    (folder / "data-1.key").write_bytes(content)
    assert "data-1.key" in refused(folder).where


def test_files_in_each_others_place_are_noticed(folder):
    os.replace(folder / "data-1.key", folder / "swap")
    os.replace(folder / "mac-1.key", folder / "data-1.key")
    os.replace(folder / "swap", folder / "mac-1.key")
    assert "弄混" in refused(folder).remedy


def test_an_unknown_file_is_named(folder):
    (folder / "old-data-1.key").write_text("x")
    assert "old-data-1.key" in refused(folder).where


def test_no_key_shows(folder):
    ring = KeyRing.from_dir(folder)
    text = repr(ring) + repr(ring.sealing) + str(ring.fingerprints())
    for file in folder.iterdir():
        assert file.read_text().split()[3] not in text


def test_a_new_generation_is_taken_for_writing_and_the_old_one_stays(folder):
    ring = KeyRing.from_dir(folder)
    newer = ring.rotate("blind")
    assert newer.newest("blind") == 2 and newer.generations("blind") == [2, 1]
    assert newer.blinds("id", "x") == [newer.blind("id", "x"), ring.blind("id", "x")]
    assert (folder / "blind-2.key").stat().st_mode & 0o777 == 0o600


def test_a_database_knows_its_ring(db, repo, folder, mongo_uri, clock):
    stored(repo)
    other = Database(mongo_uri, db.name, KeyRing.from_dir(folder), clock)
    with pytest.raises(ConfigurationError) as caught:
        households(other)
    assert caught.value.code == "configuration.wrong_keys"
    assert db.name in caught.value.message and str(folder) == caught.value.where
    other.close()


def test_a_database_misses_a_generation_that_is_gone(database, folder, mongo_uri, clock):
    newer = KeyRing.from_dir(folder).rotate("data")
    db = Database(mongo_uri, database, newer, clock)
    db.ensure_indexes()
    db.close()
    (folder / "data-2.key").unlink()
    again = Database(mongo_uri, database, KeyRing.from_dir(folder), clock)
    with pytest.raises(ConfigurationError, match=r"data-2\.key 缺失"):
        again.ensure_indexes()
    again.close()
