"""What a verification looked at and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One alteration: stable code, collection, id (never a person's) and a Chinese sentence."""

    code: str
    collection: str
    id: str
    message: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form."""
        return {"code": self.code, "collection": self.collection, "id": self.id, "message": self.message}

    def __str__(self) -> str:
        return f"{self.collection}/{self.id}：{self.message}（{self.code}）"


@dataclass(slots=True)
class Report:
    """checked: number of documents by collection; root: the day of the root compared with, or None."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    root: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings

    def add(self, code: str, collection: str, id: str, message: str) -> None:
        """Note one alteration."""
        self.findings.append(Finding(code, collection, id, message))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "ok": self.ok,
            "checked": self.checked,
            "root": self.root,
            "findings": [finding.to_dict() for finding in self.findings],
        }
