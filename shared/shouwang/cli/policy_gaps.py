"""The list of figures that are not in force: what, where, until when, what waits for it, how to fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from shouwang.cli.figures import Figures
from shouwang.cli.policy_uses import Uses, rule_texts
from shouwang.policy import show
from shouwang.policy.gaps import KINDS, LAPSED, Gap, gaps
from shouwang.policy.parameter import CODES, Row

HOW: Final = (
    "补法：--write 目录 写出待填的行；填好后放进本县数值目录（设置 SHOUWANG_POLICY_DIR），重启服务。"
    "详见 docs/runbooks/PolicyUnknown.md。"
)


@dataclass(frozen=True)
class Lacking:
    """A figure that is unknown, whose it is, and what reads it."""

    owner: str
    gap: Gap
    uses: list[str]


def lacking(found: list[Figures], name: str | None, on: date, region: str) -> list[Lacking]:
    """Return every figure (or the one named) that is unknown on a day in a region."""
    return [one for figures in found for one in _lacking(figures, name, on, region)]


def _lacking(figures: Figures, name: str | None, on: date, region: str) -> Iterator[Lacking]:
    known = [gap for gap in gaps(figures.policy, on, region) if name in (None, gap.parameter.name)]
    uses = Uses(figures.folder, rule_texts(figures.folder)) if known else None
    for gap in known:
        yield Lacking(figures.name, gap, uses.of(gap.parameter.name) if uses else [])


def print_lacking(found: list[Lacking], on: date, region: str) -> None:
    """Print the list, by service and department."""
    owner = ""
    for one in found:
        if one.owner != owner:
            owner = one.owner
            print(f"\n{owner}")
        print("\n".join(_lines(one)))
    lapsed = sum(one.gap.kind in LAPSED for one in found)
    others = f"另有 {len(found) - lapsed} 项文件未定或当日尚无规定"
    print(f"\n{on} {region}：{lapsed} 项已过期或对本县没有规定，{others}。")
    if lapsed:
        print(HOW)


def _lines(one: Lacking) -> Iterator[str]:
    gap, parameter = one.gap, one.gap.parameter
    yield f"  {parameter.name}  {parameter.title}（{KINDS[gap.kind]}）"
    yield f"    {last_value(gap)}"
    yield f"    写在 {gap.where}"
    yield f"    等着它的：{'；'.join(one.uses) or '（没有写明规则）'}"


def last_value(gap: Gap) -> str:
    """Return the last value in a sentence: of the county, else of another place as an example."""
    row = gap.last or gap.example
    if row is None:
        return f"没有过数值：{gap.reason}"
    told = "上一次" if row is gap.last else "别的地区"
    return f"{told}：{_content(gap, row)}（{row.source}；地区 {row.region or 'CN'}；{_time(row)}）"


def _content(gap: Gap, row: Row) -> str:
    unit = gap.parameter.unit
    return f"代码表 {len(row.value)} 项" if unit == CODES else show(row.value, unit)


def _time(row: Row) -> str:
    if row.until is not None:
        return f"{row.start} 至 {row.until}"
    return f"{row.start} 起，应于 {row.review_by} 前复核" if row.review_by else f"{row.start} 起"
