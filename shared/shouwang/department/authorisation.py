"""The paper that lets a department answer about a person's property: signed, for one case, for named persons.

Issued by monitoring when the household has signed 附件1 (I-01, I-07); checked by the asked department itself.
A token is a JWT (EdDSA). It names each person by a commitment that only who holds the sealed list can check:
SHA-256 over case, reference, a random salt and the ID number. Nobody learns a number from the token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shouwang.errors import BadRequest, ConfigurationError, Forbidden
from shouwang.sealing import seal

ALGORITHM: Final = "EdDSA"
ISSUER: Final = "monitoring"
SECONDS: Final = 600
SALT_BYTES: Final = 16
PURPOSE: Final = "shouwang authorisation signing key"
NEEDED: Final = ("iss", "aud", "exp", "iat", "jti", "case", "purpose", "persons", "facts", "paper")
SOURCE: Final = "湘委乡振组发〔2021〕1号 附件1 授权事项"


@dataclass(frozen=True)
class Authorisation:
    """What was granted: facts (names) about persons (by ref), for one case; `paper`: day 附件1 was signed."""

    id: str
    case: str
    purpose: str
    facts: tuple[str, ...]
    persons: tuple[str, ...]
    paper: date


def signing_key(keys: Any) -> Ed25519PrivateKey:
    """Return the signing key of a service, derived from the first MAC key of its ring: the same for good."""
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(keys.key("mac", 1), PURPOSE.encode(), "sha256"))


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the verifying key as hex, the form in which it is given to departments."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def issue(
    key: Ed25519PrivateKey,
    *,
    department: str,
    department_key: str,
    case: str,
    purpose: str,
    persons: Sequence[Mapping[str, Any]],
    facts: Collection[str],
    paper: date,
    seconds: int = SECONDS,
    now: Callable[[], float] = time.time,
) -> tuple[str, str]:
    """Return the token and the list of persons sealed to the department.

    persons: [{ref, id_number}]. facts: names of comparison facts that are asked for. paper: the day on which
    the household signed 附件1; without it there is no authorisation, so it has no default.
    """
    salted = [_salted(person, case) for person in persons]
    at = int(now())
    claims = {
        "iss": ISSUER,
        "aud": department,
        "iat": at,
        "exp": at + seconds,
        "jti": secrets.token_hex(SALT_BYTES),
        "case": case,
        "purpose": purpose,
        "facts": sorted(facts),
        "paper": paper.isoformat(),
        "persons": {person["ref"]: commitment(person) for person in salted},
    }
    return jwt.encode(claims, key, algorithm=ALGORITHM), seal(department_key, salted)


def verify(
    token: str,
    key_text: str,
    *,
    department: str,
    persons: Sequence[Mapping[str, Any]],
    today: date,
    now: Callable[[], float] = time.time,
) -> Authorisation:
    """Check a token against the persons asked about (unsealed) and return what it grants.

    Forbidden: authorisation.unsigned (missing, altered, not signed by monitoring), .expired, .other_case,
    .other_department, .person_not_named, .no_paper. Nobody asked about is authorisation.nobody (BadRequest).
    """
    claims = _claims(token, key_text, now)
    if claims["iss"] != ISSUER:
        raise refused("unsigned", "授权不是监测服务签发的")
    if claims["aud"] != department:
        raise refused("other_department", "授权是给另一个部门的")
    _check_paper(claims, today)
    if not persons:
        raise BadRequest(
            "没有写明比对哪些人。",
            code="authorisation.nobody",
            remedy="请至少写明一名要比对的人员，须在授权书的名单之内。",
        )
    for person in persons:
        _check_person(claims, person)
    return Authorisation(
        claims["jti"],
        claims["case"],
        claims["purpose"],
        tuple(claims["facts"]),
        tuple(person["ref"] for person in persons),
        date.fromisoformat(claims["paper"]),
    )


def commitment(person: Mapping[str, Any]) -> str:
    """Return the hash that names a salted person in a token."""
    parts = [str(person[name]) for name in ("case", "ref", "salt", "id_number")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def refused(code: str, message: str) -> Forbidden:
    """Return the refusal, with the article that asks for the authorisation."""
    return Forbidden(
        f"{message}，不予比对。",
        code=f"authorisation.{code}",
        remedy="请由监测服务按本案签过字的附件1 重新签发授权。",
        details={"source": SOURCE},
    )


def _salted(person: Mapping[str, Any], case: str) -> dict[str, Any]:
    named = {"ref": person["ref"], "id_number": person["id_number"]}
    return {**named, "case": case, "salt": secrets.token_hex(SALT_BYTES)}


def _claims(token: str, key_text: str, now: Callable[[], float]) -> dict[str, Any]:
    try:
        # Time is checked below, against an injected clock of real time.
        claims: dict[str, Any] = jwt.decode(
            token,
            _public(key_text),
            algorithms=[ALGORITHM],
            options={"require": list(NEEDED), "verify_aud": False, "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError as error:
        raise refused("unsigned", "授权没有有效签名") from error
    if not claims["iat"] - SECONDS <= now() < claims["exp"]:
        raise refused("expired", "授权已过期或尚未生效")
    return claims


def _public(text: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError as error:
        raise ConfigurationError(
            "监测服务的验签公钥无效。",
            code="authorisation.key",
            remedy="请核对监测服务 public_key() 给出的 authorisation_key，应为 64 位十六进制。",
        ) from error


def _check_paper(claims: Mapping[str, Any], today: date) -> None:
    try:
        signed = date.fromisoformat(claims["paper"])
    except (TypeError, ValueError) as error:
        raise refused("no_paper", "授权没有写明附件1 的签署日期") from error
    if signed > today:
        raise refused("no_paper", f"附件1 的签署日期 {signed} 晚于今天")


def _check_person(claims: Mapping[str, Any], person: Mapping[str, Any]) -> None:
    missing = [name for name in ("ref", "case", "salt", "id_number") if not person.get(name)]
    if missing:
        raise BadRequest(
            f"名单中缺少 {'、'.join(missing)}。",
            code="authorisation.person_form",
            remedy="每名人员都要有 ref、case、salt、id_number，请由监测服务重新发出。",
        )
    if person["case"] != claims["case"]:
        raise refused("other_case", "名单属于另一个案件")
    named = claims["persons"].get(person["ref"], "")
    if not hmac.compare_digest(named, commitment(person)):
        raise refused("person_not_named", "名单中有授权没有写明的人")
