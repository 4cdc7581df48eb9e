"""Signed tokens: one key issues them, another verifies them, and nobody who can verify can forge.

A token is a JWT signed with Ed25519 (RFC 8037). Its lifetime runs in real time, never on a simulated clock.
"""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shouwang.access.actor import Actor
from shouwang.errors import BadRequest, Unauthenticated

ALGORITHM: Final = "EdDSA"
ISSUER: Final = "shouwang"
EVERY_SERVICE: Final = "shouwang"
"""Audience of a token that any service of the suite accepts."""
LONGEST: Final = 30 * 24 * 3600
"""Seconds; only services hold tokens this long, and read them anew from their file."""
REMEMBERED: Final = 1000
"""Tokens that a verifier has verified and need not verify again before they expire."""
CLAIMS: Final = ["exp", "iat", "sub", "aud", "iss"]

_REASONS: Final[tuple[tuple[type[jwt.PyJWTError], str, str], ...]] = (
    (jwt.ExpiredSignatureError, "expired", "令牌已过期"),
    (jwt.InvalidAudienceError, "wrong_audience", "令牌不是发给本服务的"),
    (jwt.InvalidSignatureError, "bad_signature", "令牌签名不符"),
    (jwt.PyJWTError, "malformed", "令牌无法识别"),
)


class Issuer:
    """Issues tokens; holds the private key, so it runs only where tokens are issued."""

    def __init__(self, private_key: Ed25519PrivateKey, now: Callable[[], float] = time.time) -> None:
        self._key = private_key
        self._now = now

    def issue(self, actor: Actor, ttl: int, *, audience: Sequence[str] = (EVERY_SERVICE,)) -> str:
        """Return a token for `actor`, good for `ttl` seconds at the named services (default: every one)."""
        if not 0 < ttl <= LONGEST:
            raise BadRequest(
                f"令牌有效期 {ttl} 秒不在 1 秒至 30 天之间",
                code="access.ttl",
                remedy="请把有效期改到 1 秒至 30 天之间；到期前重新申领令牌。",
            )
        issued = int(self._now())
        claims = {
            "iss": ISSUER,
            "sub": actor.id,
            "aud": list(audience),
            "iat": issued,
            "exp": issued + ttl,
            "jti": uuid.uuid4().hex,
            "actor": actor.to_dict(),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)


class Verifier:
    """Verifies tokens with the public key; `service` is the audience besides "every service"."""

    def __init__(
        self,
        public_key: Ed25519PublicKey,
        service: str = EVERY_SERVICE,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._key, self._now = public_key, now
        self._audience = sorted({service, EVERY_SERVICE})
        self._known: OrderedDict[str, tuple[Actor, float]] = OrderedDict()

    def verify(self, token: str | None) -> Actor:
        """Return who acts.

        Unauthenticated with code access.missing, access.expired, access.bad_signature, access.wrong_audience
        or access.malformed; the token itself never stands in the error.
        """
        if not token:
            raise _refusal("missing", "调用没有携带令牌")
        actor, until = self._known.get(token) or self._verified(token)
        if self._now() >= until:
            raise _refusal("expired", "令牌已过期")
        return actor

    def _verified(self, token: str) -> tuple[Actor, float]:
        # What was verified once stays good until it expires: a signature costs as much as the rest of a call.
        claims = self._claims(token)
        try:
            found = Actor.from_dict(claims["actor"]), float(claims["exp"])
        except (KeyError, TypeError, BadRequest):
            raise _refusal("malformed", "令牌里没有完整的操作人") from None
        self._known[token] = found
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=ISSUER,
                options={"require": CLAIMS},
            )
        except jwt.PyJWTError as error:
            code, message = _reason(error)
            raise _refusal(code, message) from None


def _reason(error: jwt.PyJWTError) -> tuple[str, str]:
    return next((code, message) for kind, code, message in _REASONS if isinstance(error, kind))


def _refusal(code: str, message: str) -> Unauthenticated:
    remedy = "请用 shouwang token issue 重新签发令牌。"
    return Unauthenticated(message, code=f"access.{code}", remedy=remedy)
