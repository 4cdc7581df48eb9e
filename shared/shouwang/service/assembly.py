"""Puts a service together from settings: keys, database, store, policy, procedures, tokens, relay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shouwang.access import Issuer, load_verifier
from shouwang.access.keys import PUBLIC
from shouwang.messaging import Relay
from shouwang.policy import CountyFigures
from shouwang.service.base import Service
from shouwang.service.keyfiles import TOKEN, FiledToken, IssuedToken, ring_of, service_actor
from shouwang.service.loading import load_engine, load_policy
from shouwang.service.runtime import Runtime
from shouwang.store import Database, KeyRing, ReadLog
from shouwang.telemetry import get_logger


@dataclass(frozen=True)
class Site:
    """Where services run: the addresses, the folders, the clock.

    issuer: where tokens are issued in this process (embedded); None: a service reads its token from its
    file. token_file: that file, where it is not in the keys folder. county: division code of six digits.
    figures: the county's own.
    """

    amqp_uri: str
    mongo_uri: str
    var_dir: Path
    keys_dir: Path
    county: str
    clock: Any
    issuer: Issuer | None = None
    token_file: Path | None = None
    figures: CountyFigures | None = None


def assemble(service_cls: type[Service], site: Site) -> Runtime:
    """Return the runtime of one service; ConfigurationError, Unavailable when something it needs is missing.

    Policy and procedures come first: what is wrong in them shows before anything is opened.
    """
    policy = load_policy(service_cls, site.figures)
    engine = load_engine(service_cls, policy)
    actor = service_actor(service_cls.name, site.county)
    keys = _ring(service_cls, site)
    db = Database(site.mongo_uri, service_cls.name, keys, site.clock)
    return Runtime(
        service_cls=service_cls,
        actor=actor,
        clock=site.clock,
        policy=policy,
        engine=engine,
        db=db,
        store=service_cls.store(db) if service_cls.store is not None else None,
        reads=ReadLog(db),
        keys=keys,
        verifier=load_verifier(site.keys_dir / PUBLIC, service_cls.name),
        token=_token(service_cls, site),
        log=get_logger(service_cls.name),
        var_dir=site.var_dir,
        county_figures=site.figures,
        relay=Relay(service_cls.name, db.outbox, site.amqp_uri),
    )


def _ring(service_cls: type[Service], site: Site) -> KeyRing:
    if site.issuer is not None:
        return ring_of(site.keys_dir, service_cls.name)
    return KeyRing.from_dir(site.keys_dir / service_cls.name)


def _token(service_cls: type[Service], site: Site) -> IssuedToken | FiledToken:
    if site.issuer is not None:
        return IssuedToken(site.issuer, service_actor(service_cls.name, site.county))
    return FiledToken(site.token_file or site.keys_dir / service_cls.name / TOKEN)
