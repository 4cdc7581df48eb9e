"""What the policy answers: a value with its reference, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shouwang.errors import BadRequest, ConfigurationError, UnknownValue
from shouwang.policy.units import UNITS, show
from shouwang.suggestions import did_you_mean, near

TO_RENEW: Final = (
    "请运维人员用 shouwang policy --unknown 查明缺哪些，"
    "按 docs/runbooks/PolicyUnknown.md 补入本县数值目录，再办理。"
)


@dataclass(frozen=True)
class Value:
    """A parameter on a day in a region: the value in its unit, and the document and article that set it.

    Units are those of `policy.units` (fen…, ratio as Decimal, days, months, persons …).
    """

    name: str
    title: str
    value: Any
    unit: str
    source: str
    since: date
    review_by: date | None = None
    region: str = ""
    origin: str = ""
    note: str = ""
    origin_document: str = ""
    known = True

    @property
    def text(self) -> str:
        """The value as people read it: "6,500 元/人·年"."""
        return show(self.value, self.unit)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form (a ratio as text)."""
        return {
            "name": self.name,
            "title": self.title,
            "value": _to_json(self.value),
            "unit": self.unit,
            "source": self.source,
            "since": self.since.isoformat(),
            "review_by": self.review_by.isoformat() if self.review_by else None,
            "region": self.region,
            "origin": self.origin,
            "note": self.note,
            "origin_document": self.origin_document,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Value:
        """Read the JSON form."""
        review_by = data.get("review_by")
        unit = UNITS.get(data["unit"])
        if unit is None:
            raise ConfigurationError(
                f"参数“{data['name']}”的单位 {data['unit']} 未知。",
                code="policy.unit",
                remedy="请用写下这条记录的版本读取，或补上这个单位。",
            )
        return cls(
            **{
                **data,
                "value": unit.read(data["value"]),
                "since": date.fromisoformat(data["since"]),
                "review_by": date.fromisoformat(review_by) if review_by else None,
            }
        )


def _to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Unknown:
    """No value: before the first document, past its review, or not for this region; `reason` in Chinese."""

    name: str
    reason: str
    title: str = ""
    known = False
    value = None

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form."""
        return {"name": self.name, "reason": self.reason, "title": self.title}

    def error(self) -> UnknownValue:
        """Return the refusal that a rule meets when it needs this value."""
        return UnknownValue(
            self.reason,
            where=f"政策参数 {self.name}",
            remedy=TO_RENEW,
            details={"name": self.name, "reasons": [self.as_reason()]},
        )

    def as_reason(self) -> dict[str, str]:
        """Return it as one of the reasons of a refusal."""
        return {"code": "unknown_value", "message": self.reason, "source": f"policy:{self.name}"}


@dataclass(frozen=True)
class Code:
    """One line of a code table: the code on paper, its label, and the name used in programs."""

    code: str
    label: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class CodeTable:
    """A code table as it stood on a day."""

    name: str
    title: str
    codes: tuple[Code, ...]
    source: str
    since: date
    _index: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {line.code: line for line in self.codes})

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self._index

    def __getitem__(self, code: str) -> Code:
        """Return the line of a code; BadRequest `policy.no_such_code` names the table."""
        if code not in self._index:
            raise self._missing("代码", code, self._index)
        return self._index[code]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        codes = [{**vars(line), "aliases": list(line.aliases)} for line in self.codes]
        own = {"name": self.name, "title": self.title, "source": self.source}
        return {**own, "since": self.since.isoformat(), "codes": codes}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CodeTable:
        """Read the JSON form."""
        codes = tuple(Code(**{**line, "aliases": tuple(line["aliases"])}) for line in data["codes"])
        since = date.fromisoformat(data["since"])
        return cls(data["name"], data["title"], codes, data["source"], since)

    def label(self, code: str) -> str:
        """Return the Chinese label of a code."""
        return self[code].label

    def by_label(self, label: str) -> Code:
        """Return the line with this label or alias (what is written on a form)."""
        for line in self.codes:
            if label == line.label or label in line.aliases:
                return line
        raise self._missing("名称", label, [line.label for line in self.codes])

    def by_name(self, name: str) -> Code:
        """Return the line with this program name."""
        for line in self.codes:
            if name == line.name:
                return line
        raise self._missing("名字", name, [line.name for line in self.codes])

    def _missing(self, what: str, given: str, choices: Iterable[str]) -> BadRequest:
        # What was written is shown only when it is near a choice: a shifted column may hold a person's name.
        shown = f"“{given}”" if near(given, choices) else ""
        return BadRequest(
            f"{what}{shown}不在{self.title}（{self.source}）中。",
            code="policy.no_such_code",
            remedy=did_you_mean(given, choices),
        )
