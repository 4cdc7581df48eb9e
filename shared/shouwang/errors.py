"""Errors with a stable code, a Chinese message, the place and what to do.

They travel over the bus as one JSON object and come back as the same class. They never hold personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class ShouwangError(Exception):
    """Base of all expected errors: what was wrong, where, and what to do next."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        where: str = "",
        remedy: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        self.message = message
        self.where = where
        self.remedy = remedy
        self.details = dict(details or {})
        if code is not None:
            self.code = code  # type: ignore[misc]
        super().__init__(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that crosses the bus and the door."""
        return {
            "error": type(self).__name__,
            "code": self.code,
            "message": self.message,
            "where": self.where,
            "remedy": self.remedy,
            "details": self.details,
        }

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy}"

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> ShouwangError:
        """Build the error again on the caller's side; an unknown class becomes the base."""
        cls = _classes().get(data.get("error", ""), ShouwangError)
        return cls(
            data["message"],
            code=data["code"],
            where=data.get("where", ""),
            remedy=data.get("remedy", ""),
            details=data.get("details"),
        )


class BadRequest(ShouwangError):
    """The request itself is wrong: a field, a type, a code."""

    code = "bad_request"
    status = 400


class Unauthenticated(ShouwangError):
    """No valid token came with the call."""

    code = "access.unauthenticated"
    status = 401


class Forbidden(ShouwangError):
    """The actor may not do this, or not here."""

    code = "access.forbidden"
    status = 403


class NotFound(ShouwangError):
    """There is no such thing."""

    code = "not_found"
    status = 404


class Conflict(ShouwangError):
    """It contradicts what already stands."""

    code = "conflict"
    status = 409


class StaleVersion(Conflict):
    """Somebody changed the document in between: load again."""

    code = "store.stale_version"


class Refused(ShouwangError):
    """A rule or a procedure refuses; `reasons` lists every reason with its source."""

    code = "refused"
    status = 422

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Every reason: code, message, source."""
        return list(self.details.get("reasons", []))


class UnknownValue(Refused):
    """A value that the decision needs is not known, or past its time."""

    code = "unknown_value"


class Unavailable(ShouwangError):
    """Another part did not answer in time."""

    code = "unavailable"
    status = 503


class ConfigurationError(ShouwangError):
    """The process refuses to start; names file and line."""

    code = "configuration"


class Tampered(ShouwangError):
    """Stored data was altered outside the suite."""

    code = "store.tampered"


def _classes() -> dict[str, type[ShouwangError]]:
    found: dict[str, type[ShouwangError]] = {"ShouwangError": ShouwangError}
    pending = [ShouwangError]
    while pending:
        for child in pending.pop().__subclasses__():
            found[child.__name__] = child
            pending.append(child)
    return found
