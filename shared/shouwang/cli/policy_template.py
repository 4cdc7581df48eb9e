"""Files with the rows that a county lacks, to be filled in; not filled in they are refused by name (0293)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from shouwang.cli.policy_gaps import Lacking, last_value
from shouwang.errors import Conflict
from shouwang.policy.gaps import LAPSED, Gap
from shouwang.policy.parameter import CODES, WHOLE_COUNTRY
from shouwang.policy.reading import COUNTRY_CODE, TO_FILL

READABLE, OPENED = 0o644, 0o755
"""No secrets: containers read these files under another account."""
DIGITS: Final = {"nation": 0, "province": 2, "city": 4, "county": 6}
HEAD: Final = """\
# {owner}：{on} 没有现行数值的各项。每行填 value（金额以分计，比例加引号）、source（文号和条款）、
# review_by（下次复核日期；文件写明终止日期的，改写 until）。经复核照旧的，value 改写 renewed: true；
# 确无规定的，改写 unknown: 原因。新文件晚于 from 生效的，from 改成生效之日，其间补一行 unknown。
# 还没有依据的，整项删去，等有了再补：没有填的行不能启动。
"""


def write_templates(found: Sequence[Lacking], folder: Path, on: date, county: str) -> list[Path]:
    """Write one file a policy file into <folder>/<service>/; files that are there stay, a new one is dated.

    Conflict: that one is there too. Returns what was written.
    """
    files: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    for one in found:
        if one.gap.kind in LAPSED:
            files[one.owner, _file(one.gap)].append(one.gap)
    texts = {
        _free(folder / owner, stem, on): _text(owner, sorted(gaps, key=_line), on, county)
        for (owner, stem), gaps in files.items()
    }
    for path, text in texts.items():
        _write(path, text)
    return list(texts)


def _file(gap: Gap) -> str:
    return Path(gap.parameter.where.rpartition(":")[0]).stem


def _line(gap: Gap) -> int:
    return int(gap.parameter.where.rpartition(":")[2])


def _free(folder: Path, stem: str, on: date) -> Path:
    for path in (folder / f"{stem}.yaml", folder / f"{stem}-{on}.yaml"):
        if not path.exists():
            return path
    raise Conflict(f"{path} 已存在，不覆盖", code="policy.template", remedy="请先填好它，或换一个目录。")


def _write(path: Path, text: str) -> None:
    for folder in (path.parent.parent, path.parent):
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(OPENED)
    path.write_text(text, encoding="utf-8")
    path.chmod(READABLE)


def _text(owner: str, gaps: Sequence[Gap], on: date, county: str) -> str:
    lines: list[str] = []
    above: list[str] = []
    for gap in gaps:
        *groups, name = gap.parameter.name.split(".")
        same = next((at for at, one in enumerate(groups) if above[at : at + 1] != [one]), len(groups))
        for at in range(same, len(groups)):
            lines.append(f"{'  ' * at}{groups[at]}:")
        lines += [f"{'  ' * len(groups)}{line}" for line in _parameter(gap, name, on, county)]
        above = groups
    return HEAD.format(owner=owner, on=on) + "\n".join(["", *lines, ""])


def _parameter(gap: Gap, name: str, on: date, county: str) -> Iterator[str]:
    content = "codes" if gap.parameter.unit == CODES else "value"
    region = _region(gap, county)
    yield f"# {last_value(gap)}"
    yield f"{name}:"
    yield f"  title: {json.dumps(gap.parameter.title, ensure_ascii=False)}"
    if content == "value":
        yield f"  unit: {gap.parameter.unit}"
    else:
        yield "  kind: codes"
    yield "  values:"
    for since, keys in _rows(_since(gap, region, on), date(on.year, 1, 1), content):
        to_fill = ", ".join(f"{key}: {TO_FILL}" for key in (*keys, "source"))
        yield f'    - {{region: "{region or COUNTRY_CODE}", from: {since}, {to_fill}}}'


def _rows(since: date, this_year: date, content: str) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield the first day and what is to be filled in; of years that went by: why nothing is known."""
    if since < this_year:
        yield since, ("unknown",)
    yield max(since, this_year), ("review_by", content)


def _region(gap: Gap, county: str) -> str:
    """Return where a new row holds: where the last one did, what is the county's to set in the county."""
    if gap.row is not None and gap.parameter.origin != "county":
        return gap.row.region
    return county[: DIGITS[gap.parameter.origin]] or WHOLE_COUNTRY


def _since(gap: Gap, region: str, on: date) -> date:
    """Return the day after the last row of the region ends; one that nobody set begins with the year."""
    rows = [row for row in gap.parameter.rows if row.region == region]
    last = max(rows, key=lambda row: row.start, default=None)
    if last is None:
        return date(on.year, 1, 1)
    return last.ends + timedelta(days=1) if last.ends else on
