"""Access: who acts (Actor), proven by a signed token, allowed by role and region, refused by default."""

from shouwang.access.actor import Actor, Level
from shouwang.access.keys import generate_issuer, load_issuer, load_verifier
from shouwang.access.rights import (
    EVERY_CALLER,
    covers,
    require,
    require_caller,
    require_region,
    require_role,
)
from shouwang.access.tokens import EVERY_SERVICE, Issuer, Verifier

__all__ = [
    "EVERY_CALLER",
    "EVERY_SERVICE",
    "Actor",
    "Issuer",
    "Level",
    "Verifier",
    "covers",
    "generate_issuer",
    "load_issuer",
    "load_verifier",
    "require",
    "require_caller",
    "require_region",
    "require_role",
]
