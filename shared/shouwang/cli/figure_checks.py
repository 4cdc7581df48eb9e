"""What the doctor sees of the policy: it can be read, with the county's figures, and how much has lapsed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shouwang.cli.figures import SHOWN_BY, installed, warning
from shouwang.cli.findings import Finding
from shouwang.errors import ConfigurationError
from shouwang.settings import Settings

SUBJECT: Final = "政策参数"


def figures(settings: Settings) -> Iterator[Finding]:
    """Every figure is in force; what has lapsed is a note: what needs it waits, the rest goes on."""
    try:
        policies = [one.policy for one in installed(settings)]
    except ConfigurationError as error:
        yield Finding(SUBJECT, "bad", f"{error.where}：{error.message}", error.remedy)
        return
    told = warning(policies, settings.make_clock().today(), settings.county)
    number = sum(len(policy.names()) for policy in policies)
    remedy = f"请用 {SHOWN_BY} 查看是哪些、怎样补。" if told else ""
    yield Finding(SUBJECT, "note" if told else "ok", told or f"{number} 项都有现行数值", remedy)
