"""Tokens: who signs, who checks, and what a wrong one answers."""

from __future__ import annotations

import time
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from shouwang.access import Actor, Issuer, Verifier, generate_issuer, load_issuer, load_verifier
from shouwang.access.keys import PRIVATE, PUBLIC
from shouwang.errors import BadRequest, ConfigurationError, Unauthenticated

ACTOR = Actor("u1", "430426100", "town", "430426100", ("town_officer",))
KEY = Ed25519PrivateKey.generate()
VERIFIER = Verifier(KEY.public_key(), "monitoring")


def code_of(token: str | None, verifier: Verifier = VERIFIER) -> str:
    with pytest.raises(Unauthenticated) as caught:
        verifier.verify(token)
    assert token is None or token not in str(caught.value.to_dict())
    return caught.value.code


def test_a_token_carries_the_actor_whole() -> None:
    acting = ACTOR.acting_for("h7")
    assert VERIFIER.verify(Issuer(KEY).issue(acting, 60)) == acting


def test_an_expired_token_is_refused_by_real_time() -> None:
    past = Issuer(KEY, now=lambda: time.time() - 120)
    assert code_of(past.issue(ACTOR, 60)) == "access.expired"


def test_a_token_that_was_verified_before_still_expires() -> None:
    moment = [time.time()]
    verifier = Verifier(KEY.public_key(), "monitoring", now=lambda: moment[0])
    token = Issuer(KEY).issue(ACTOR, 60)
    assert verifier.verify(token) == verifier.verify(token) == ACTOR
    moment[0] += 61
    assert code_of(token, verifier) == "access.expired"


def test_another_key_cannot_sign() -> None:
    assert code_of(Issuer(Ed25519PrivateKey.generate()).issue(ACTOR, 60)) == "access.bad_signature"


def test_an_altered_claim_breaks_the_signature() -> None:
    head, body, signature = Issuer(KEY).issue(ACTOR, 60).split(".")
    _, other, _ = Issuer(KEY).issue(Actor("u1", "x", "platform", "430426", ("platform",)), 60).split(".")
    assert body != other
    assert code_of(f"{head}.{other}.{signature}") == "access.bad_signature"


def test_no_token_and_no_sense_are_told_apart() -> None:
    assert code_of(None) == "access.missing"
    assert code_of("abc") == "access.malformed"


def test_an_unsigned_token_is_refused() -> None:
    claims = {
        "iss": "shouwang",
        "sub": "u1",
        "aud": "shouwang",
        "iat": 1,
        "exp": 9e9,
        "actor": ACTOR.to_dict(),
    }
    assert code_of(jwt.encode(claims, None, algorithm="none")) == "access.malformed"


def test_the_public_key_used_as_a_secret_signs_nothing() -> None:
    public = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    claims = {
        "iss": "shouwang",
        "sub": "u1",
        "aud": "shouwang",
        "iat": 1,
        "exp": 9e9,
        "actor": ACTOR.to_dict(),
    }
    assert code_of(jwt.encode(claims, public.hex(), algorithm="HS256")) == "access.malformed"


def test_a_token_for_one_service_is_not_accepted_by_another() -> None:
    token = Issuer(KEY).issue(ACTOR, 60, audience=["assets"])
    assert code_of(token) == "access.wrong_audience"
    assert Verifier(KEY.public_key(), "assets").verify(token) == ACTOR


def test_a_token_whose_actor_makes_no_sense_is_refused() -> None:
    claims = {"iss": "shouwang", "sub": "u1", "aud": "shouwang", "iat": 1, "exp": 9e9}
    for actor in ({}, {**ACTOR.to_dict(), "roles": ["emperor"]}, "u1"):
        assert code_of(jwt.encode({**claims, "actor": actor}, KEY, algorithm="EdDSA")) == "access.malformed"


@pytest.mark.parametrize("claim", ["exp", "iat", "sub", "aud", "iss"])
def test_every_claim_is_required(claim: str) -> None:
    claims = {
        "iss": "shouwang",
        "sub": "u1",
        "aud": "shouwang",
        "iat": 1,
        "exp": 9e9,
        "actor": ACTOR.to_dict(),
    }
    del claims[claim]
    assert code_of(jwt.encode(claims, KEY, algorithm="EdDSA")) in {
        "access.malformed",
        "access.wrong_audience",
    }


@pytest.mark.parametrize("ttl", [0, -1, 31 * 24 * 3600])
def test_a_token_is_never_for_ever(ttl: int) -> None:
    with pytest.raises(BadRequest):
        Issuer(KEY).issue(ACTOR, ttl)


def test_keys_are_made_once_read_by_their_owner_only_and_fit_together(tmp_path: Path) -> None:
    issuer = generate_issuer(tmp_path / "keys")
    assert (tmp_path / "keys" / PRIVATE).stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        generate_issuer(tmp_path / "keys")
    verifier = load_verifier(tmp_path / "keys" / PUBLIC, "monitoring")
    assert verifier.verify(issuer.issue(ACTOR, 60)) == ACTOR
    assert verifier.verify(load_issuer(tmp_path / "keys" / PRIVATE).issue(ACTOR, 60)) == ACTOR


def test_a_key_file_that_is_open_missing_or_wrong_refuses_to_start(tmp_path: Path) -> None:
    generate_issuer(tmp_path)
    codes = []
    for prepare in ("chmod", "wrong", "missing"):
        path = tmp_path / PRIVATE
        if prepare == "chmod":
            path.chmod(0o644)
        if prepare == "wrong":
            path.write_text("not a key")
            path.chmod(0o600)
        if prepare == "missing":
            path.unlink()
        with pytest.raises(ConfigurationError) as caught:
            load_issuer(path)
        codes.append(caught.value.code)
        assert str(path) in str(caught.value)
    assert codes == [f"configuration.key_{end}" for end in ("mode", "malformed", "missing")]


def test_a_public_key_of_another_kind_refuses_to_start(tmp_path: Path) -> None:
    generate_issuer(tmp_path)
    with pytest.raises(ConfigurationError):
        load_issuer(tmp_path / PUBLIC)
    (tmp_path / "rubbish").write_text("x")
    with pytest.raises(ConfigurationError):
        load_verifier(tmp_path / "rubbish", "x")
