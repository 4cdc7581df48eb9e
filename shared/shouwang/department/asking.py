"""What an import is asked for, checked before a file is touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from shouwang.department.columnmaps import Current, current, offered
from shouwang.department.desk import Desk
from shouwang.department.feeds import period_of
from shouwang.errors import BadRequest
from shouwang.masking import looks_personal
from shouwang.service import Context

PLACED: Final = re.compile(
    r"^[0-9a-f]{12}-"
)  # digits of a digest, before the name, as the command line lays it
Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One import as it is asked for: files of the inbox, the mapping to be used, the table as declared today.

    digest of the file is known when it was read; `layout` tells whether the plugin still declares the same.
    """

    table: str
    period: str
    file: str
    corrections: str | None
    mapping: Current
    layout: str

    @property
    def id(self) -> str:
        """Id of the feed document."""
        return f"{self.table}:{self.period}"

    @property
    def files(self) -> list[str]:
        """Files of the inbox."""
        return [self.file, *([self.corrections] if self.corrections else [])]

    @property
    def mark(self) -> dict[str, str]:
        """What the file of the period says of how it was read (beside what it was made of)."""
        return {"mapping": (self.mapping.mark or {}).get("digest", ""), "layout": self.layout}

    def same_as(self, report: Json) -> bool:
        """Whether a report answers what is asked now, but for the files themselves."""
        return bool(report.get("mapping") == self.mapping.mark and report.get("layout") == self.layout)


def asked_of(ctx: Context, desk: Desk, request: Json) -> Asked:
    """Check a request.

    BadRequest: import.no_table, import.personal_name, periods.form, import.future_period, import.mapping.
    """
    table = desk.known_table(request["table"])
    named = {name: request[name] for name in ("period", "file", "corrections")}
    for file in (named["file"], named["corrections"]):
        require_harmless(file or "")
    _require_begun(ctx, desk, table, named["period"])
    given = request["mapping"]
    mapping = offered(ctx, desk, table, given["file"], given["text"]) if given else current(ctx, table)
    return Asked(table, **named, mapping=mapping, layout=desk.layout(table))


def require_harmless(file: str) -> None:
    """Refuse a file whose name holds a number of somebody: names are kept and shown. It is not repeated."""
    if looks_personal(PLACED.sub("", file)):
        raise BadRequest(
            "文件名里像是有身份证号或手机号，文件名会留存并显示。",
            code="import.personal_name",
            remedy="请改个名字（如“六月检测.csv”）后重新导入。",
        )


def _require_begun(ctx: Context, desk: Desk, table: str, text: str) -> None:
    described = desk.table(table) or {}
    period = period_of(described["feed"]["every"], text)
    if period.first > ctx.today:
        raise BadRequest(
            f"“{described['title']}” {period} 还没有开始（今天是 {ctx.today}）。",
            code="import.future_period",
            remedy="请核对 --period 写的年月。",
        )
