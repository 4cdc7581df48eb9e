"""A department's table of many rows comes in, against bare DuckDB that reads, types, sorts and writes it.

The import is the worker's own: every cell checked, every ID number turned and told, refused rows handed over.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
from shouwang.department.child import Child
from shouwang.department.expressions import LIMITS
from shouwang.identity import check_character

from deploy.bench.figures import AT_MOST, Figure, compared
from deploy.bench.place import Place
from deploy.bench.sizes import Sizes
from deploy.bench.turns import in_turns
from deploy.bench.work import REGION
from services.assistance.departments import health_insurance

ROWS_A_PERSON: Final = 3
MOST_MEMORY_MB: Final = 1024.0
KB_A_MB: Final = 1024
PERIOD: Final = "2021-11"
KEY: Final = "6b" * 32

TABLE: Final = """
SELECT concat('C', n) AS "结算单号", id AS "身份证号", '某人' AS "姓名",
    strftime(DATE '2021-11-01' + (hash(n) % 28)::INTEGER, '%Y-%m-%d') AS "结算日期",
    ['住院', '门诊慢特病', '普通门诊'][1 + n % 3] AS "医疗类别", '1234.50' AS "费用总额",
    '1000.00' AS "政策范围内费用", '600.25' AS "基本医保支付", '0' AS "大病保险支付", '' AS "医疗救助支付"
FROM range({rows}) AS t(n) JOIN persons ON persons.number = hash(n) % {persons} ORDER BY n"""

BARE: Final = """
COPY (SELECT "结算单号" AS claim, md5("身份证号")::UUID AS person, "结算日期"::DATE AS settled_on,
    "医疗类别" AS kind, (100 * "费用总额"::DECIMAL(12, 2))::BIGINT AS total,
    (100 * "政策范围内费用"::DECIMAL(12, 2))::BIGINT AS in_scope,
    (100 * "基本医保支付"::DECIMAL(12, 2))::BIGINT AS basic
FROM read_csv('{source}', all_varchar = true) ORDER BY person)
TO '{target}' (FORMAT parquet, COMPRESSION zstd)"""


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Write the file, bring it in with both, and look how much memory the worker took at most."""
    source = write(place.folder / "tables_in.csv", sizes.table_rows)
    child = Child(Path(health_insurance.__path__[0]), place.folder / "tables_in", REGION)
    try:
        works = {"ours": lambda: bring_in(child, source), "peer": lambda: bare(source)}
        seconds = in_turns(sizes.table_rounds, works)
        memory = most_memory(child)
    finally:
        child.stop()
    what = f"import of a table of {sizes.table_rows} rows"
    return [
        compared("tables_in", what, "s", "DuckDB SQL", seconds["ours"], seconds["peer"], AT_MOST, 40),
        compared("tables_in_memory", what, "MB", "1 GB", memory, MOST_MEMORY_MB, AT_MOST, 1),
    ]


def write(file: Path, rows: int) -> Path:
    """Write a csv of claims of nobody (division 439999 does not exist)."""
    persons = max(1, rows // ROWS_A_PERSON)
    with duckdb.connect() as db:
        db.register(
            "persons", pa.table({"number": range(persons), "id": [_number(n) for n in range(persons)]})
        )
        db.execute(f"COPY ({TABLE.format(rows=rows, persons=persons)}) TO '{file}' (HEADER)")
    return file


def bring_in(child: Child, source: Path) -> dict[str, Any]:
    """Have the worker bring the file in; ValueError when it refused a row."""
    place = {"table": "settlements", "period": PERIOD}
    told: dict[str, Any] = child.ask("stage", on_part=_taken, **place, file=str(source), key=KEY)
    child.ask("publish", staged=told["staged"], **place)
    if told["report"]["rejected_rows"]:
        raise ValueError(f"rows of the bench were refused: {told['report']['rejected'][:2]}")
    return told


def bare(source: Path) -> None:
    """Do with DuckDB what can be done in one statement."""
    with duckdb.connect(config={"threads": LIMITS["threads"]}) as db:
        db.execute(BARE.format(source=source, target=source.with_suffix(".parquet")))


def most_memory(child: Child) -> float:
    """Return the most memory that the worker ever had, in MB."""
    status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / KB_A_MB


def _number(n: int) -> str:
    first = f"439999{1940 + n % 70}{1 + n // 70 % 12:02d}{1 + n // 840 % 28:02d}{n // 23520 % 1000:03d}"
    return first + check_character(first)


def _taken(part: Any) -> None:
    del part
