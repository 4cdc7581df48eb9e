"""Altering a store behind the suite: what somebody with the database in hands could do."""

from shouwang.store import verify


def codes(db, roots=None):
    return {(finding.code, finding.id) for finding in verify(db, roots).findings}


def document(repo, id):
    return repo.collection.find_one({"_id": id})
