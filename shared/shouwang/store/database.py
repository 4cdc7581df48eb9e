"""The database of one service: where repositories are declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from pymongo import IndexModel, ReturnDocument, WriteConcern
from pymongo.collection import Collection

from shouwang.errors import ConfigurationError
from shouwang.store.codec import Codec
from shouwang.store.declaration import Migration, declare
from shouwang.store.inbox import Inbox
from shouwang.store.index import Index
from shouwang.store.keys import KeyRing
from shouwang.store.outbox import Outbox
from shouwang.store.private_rows import COLLECTION as PRIVATE_ROWS
from shouwang.store.reaching import Document, acquire, insert_once, reaching, release
from shouwang.store.reads import COLLECTION as READS
from shouwang.store.repository import Repository

if TYPE_CHECKING:
    from shouwang.clock import Clock

INBOX: Final = "inbox"
COUNTERS: Final = "counters"
META: Final = "meta"
OWN_INDEXES: Final = {
    INBOX: (("at",),),
    READS: (("subject",), ("actor.id",)),
    PRIVATE_ROWS: (("batch",), ("expires",)),
}


class Database:
    """One database. MongoClients are shared by URI within a process; writes wait for a majority's journal."""

    def __init__(self, uri: str, name: str, keys: KeyRing, clock: Clock) -> None:
        self.uri, self.name, self.keys, self.clock = uri, name, keys, clock
        self._client = acquire(uri)
        self._db = self._client.get_database(name, write_concern=WriteConcern("majority", j=True))
        self.repositories: dict[str, Repository] = {}
        self.outbox = Outbox(keys, self.repositories)
        self.inbox = Inbox(self.collection(INBOX), clock)

    def repository(
        self,
        collection: str,
        *,
        kind: str,
        schema_version: int = 1,
        encrypted: Sequence[str] = (),
        public: Sequence[str] = (),
        blind: Mapping[str, str] | None = None,
        indexes: Sequence[Index] = (),
        migrations: Mapping[int, Migration] | None = None,
    ) -> Repository:
        """Declare a repository: paths are relative to `state`, `*` stands for every list element or key.

        encrypted: sealed at rest. public: names that look personal and are not. blind: lookups of encrypted
        values. migrations: {version: function from its state to the next version's}. ConfigurationError when
        the declaration contradicts itself or the collection is declared already.
        """
        if collection in self.repositories:
            raise ConfigurationError(
                "同一集合声明了两次",
                where=f"repository({collection!r})",
                remedy="请删去一处，或换一个集合名。",
            )
        declaration = declare(
            collection, kind, schema_version, encrypted, public, blind or {}, indexes, migrations or {}
        )
        repo = Repository(
            Codec(declaration, self.keys, self.clock),
            self.collection(collection),
            self.collection(declaration.segments),
            partial(self.outbox.saved, collection),
        )
        self.repositories[collection] = repo
        return repo

    def collection(self, name: str) -> Collection[Document]:
        """Return a plain collection (the store's own, or a read model that can be rebuilt at any time)."""
        return self._db[name]

    def ensure_indexes(self) -> None:
        """Make every declared index; checks first that the key ring is this database's."""
        with reaching(self.name):
            self._check_keys()
            for repo in self.repositories.values():
                models = [_model(index) for index in repo.declaration.indexes]
                # Sparse: only the few documents with waiting events cost an entry.
                models.append(IndexModel([("outbox_n", 1)], name="outbox", sparse=True))
                repo.collection.create_indexes(models)
            for name, indexes in OWN_INDEXES.items():
                self.collection(name).create_indexes([_model(Index(*fields)) for fields in indexes])

    def ping(self) -> None:
        """Unavailable when the store does not answer."""
        with reaching(self.name):
            self._client.admin.command("ping")

    def next_number(self, series: str) -> int:
        """Return 1, 2, 3 … of a named series, e.g. for readable case numbers; numbers may be skipped."""
        counters = self.collection(COUNTERS)
        with reaching(COUNTERS):
            while True:
                counter = counters.find_one_and_update(
                    {"_id": series}, {"$inc": {"n": 1}}, return_document=ReturnDocument.AFTER
                )
                if counter is not None:
                    return int(counter["n"])
                insert_once(counters, {"_id": series, "n": 0})

    def close(self) -> None:
        """Let go of the client."""
        release(self.uri)

    def _check_keys(self) -> None:
        prints = self.keys.fingerprints()
        meta = self.collection(META)
        insert_once(meta, {"_id": "keys", "prints": prints})
        stored = (meta.find_one({"_id": "keys"}) or {}).get("prints", {})
        for name, fingerprint in stored.items():
            if prints.get(name) != fingerprint:
                raise self._wrong_keys(name, missing=name not in prints)
        if prints != stored:
            meta.update_one({"_id": "keys"}, {"$set": {"prints": prints}})

    def _wrong_keys(self, name: str, *, missing: bool) -> ConfigurationError:
        return ConfigurationError(
            f"密钥与数据库 {self.name} 不符：{name}.key {'缺失' if missing else '不是写入时的那一把'}",
            code="configuration.wrong_keys",
            where=str(self.keys.path),
            remedy="请换上这个数据库的密钥目录（或从备份恢复）；换新数据目录的，请用空数据库。",
        )


def _model(index: Index) -> IndexModel:
    return IndexModel([(field, 1) for field in index.keys], unique=index.unique)
