"""`shouwang import table`: the file into the department's own inbox, the import, a bar while it lasts."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import Progress

from shouwang.access.roles import DEPARTMENT_OFFICER
from shouwang.cli.arguments import ActingAs
from shouwang.cli.problems import say
from shouwang.cli.session import Session, open_session
from shouwang.errors import BadRequest, Conflict, ShouwangError, Unavailable
from shouwang.settings import Settings

WRONG_FILE: Final = 2
TIMEOUT: Final = 300.0
EVERY: Final = 1.0
RUNNING: Final = "import.running"
STAGES: Final = {
    "waiting": "排队",
    "reading": "读取和校验",
    "checking": "查重和排序",
    "keeping": "登记人员对照",
    "publishing": "生效",
}
Json = dict[str, Any]


def table(
    department: Annotated[str, typer.Argument(help="部门代码，如 health_insurance")],
    name: Annotated[str, typer.Argument(metavar="TABLE", help="表名，见 shouwang plugin list")],
    file: Annotated[Path, typer.Argument(help="xlsx、csv 或 parquet 文件")],
    period: Annotated[str, typer.Option("--period", help="数据所属期，如 2021-05 或 2021Q2")],
    corrections: Annotated[
        Path | None, typer.Option("--corrections", help="改好的被拒行（由 import rejected 取出）")
    ] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="列名对照文件，以后各期沿用")] = None,
    acting_as: ActingAs = None,
) -> int:
    """把部门数据表放入该部门自己的收件目录并导入，整期替换；可以中断、可以重来。"""
    settings = Settings.from_env()
    missing = [one for one in (file, corrections, mapping) if one is not None and not one.is_file()]
    if missing:
        say(
            BadRequest(
                "没有这个文件",
                code="import.file",
                where=str(missing[0]),
                remedy="请核对路径；文件名有空格的请加引号。",
            )
        )
        return WRONG_FILE
    acting = {"usual": DEPARTMENT_OFFICER, "department": department}
    with open_session(settings, acting_as, TIMEOUT, **acting) as session:
        asked: Json = {"table": name, "period": period}
        if mapping is not None:
            asked["mapping"] = mapping_text(mapping)
        answer = _brought_in(session, settings, department, asked, file, corrections)
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    for one in answer["warnings"]:
        print(f"请留意：{one['text']}", file=sys.stderr)
    if answer["rejected_kept"]:
        command = f"shouwang import rejected {department} {name} --period {period} --out 被拒.xlsx"
        print(f"有 {answer['rejected_rows']} 行被拒，整行留存三十天：{command}", file=sys.stderr)
    return 0


def _brought_in(
    session: Session, settings: Settings, department: str, place: Json, file: Path, corrections: Path | None
) -> Json:
    from shouwang.department.asking import require_harmless  # noqa: PLC0415

    for one in (file, *([corrections] if corrections else [])):
        require_harmless(one.name)
    inbox = inbox_of(settings, department)
    with ExitStack() as placed:
        asked = {**place, "file": placed.enter_context(_placed(inbox, file)).name}
        if corrections is not None:
            asked["corrections"] = placed.enter_context(_placed(inbox, corrections)).name
        return with_bar(session, department, {**asked, "request_id": _request_id(department, asked)})


def mapping_text(file: Path) -> Json:
    """Return name and text of a mapping file; BadRequest import.mapping_encoding."""
    try:
        return {"file": file.name, "text": file.read_text(encoding="utf-8-sig")}
    except UnicodeDecodeError as error:
        remedy = "请用记事本另存为，编码选 UTF-8。"
        raise BadRequest(
            f"列名对照文件“{file.name}”不是 UTF-8 编码。", code="import.mapping_encoding", remedy=remedy
        ) from error


def with_bar(session: Session, department: str, asked: Json) -> Json:
    """Import, and show on the terminal how far it is; the report.

    An import of the period that is under way (begun by a command that was ended) is waited for, and so is one
    that lasts longer than a call may; then it is asked again: the request is known.
    """
    place = {name: asked[name] for name in ("table", "period")}
    with ThreadPoolExecutor(1) as beside, Progress(console=Console(stderr=True), transient=True) as progress:
        bar = Bar(progress, lambda: dict(session.call(department, "import_progress", **place)))
        answer = beside.submit(session.call, department, "import_table", **asked)
        bar.show_until(lambda: bool(wait([answer], EVERY).done))
        try:
            return dict(answer.result())
        except (Unavailable, Conflict) as error:
            if not bar.wait_for_end() and error.code != RUNNING:
                raise
        return dict(session.call(department, "import_table", **asked))


class Bar:
    """The bar of one import; `ask` tells how far it is."""

    def __init__(self, progress: Progress, ask: Callable[[], Json]) -> None:
        self._progress, self._ask = progress, ask
        self._task = progress.add_task(STAGES["waiting"], total=100)

    def show_until(self, done: Callable[[], bool]) -> None:
        """Show how far it is until it is done; `done` takes its time."""
        while not done():
            try:
                self._show(self._ask())
            except ShouwangError:
                continue  # who cannot be asked how far it is may still be at work: its answer counts

    def wait_for_end(self) -> bool:
        """Show an import that is under way until it ends; tells whether there was one."""
        seen = False
        while (told := self._ask())["running"]:
            seen = True
            self._show(told)
            time.sleep(EVERY)
        return seen

    def _show(self, told: Json) -> None:
        if told["running"]:
            label = f"{STAGES[told['stage']]}（{told['rows']:,} 行）"
            self._progress.update(self._task, description=label, completed=told["percent"])


def inbox_of(settings: Settings, department: str) -> Path:
    """Return the folder in which a department looks for the files that it is told to import."""
    from shouwang.department.desk import FOLDER  # noqa: PLC0415

    return settings.var_dir / FOLDER / department / "inbox"


@contextmanager
def _placed(inbox: Path, file: Path) -> Iterator[Path]:
    """Lay a file into the inbox for the length of a block.

    No table of persons stays behind that the department did not take; one that it may still take stays.
    """
    placed = _place(inbox, file)
    try:
        yield placed
    except Unavailable:
        raise
    except ShouwangError as error:
        if error.code != RUNNING:
            placed.unlink(missing_ok=True)
        raise


def _place(inbox: Path, file: Path) -> Path:
    """Copy a file into the inbox under its digest; whole or not at all, for its owner only."""
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    placed = inbox / f"{digest[:12]}-{file.name}"
    part = inbox / f".{uuid.uuid4().hex}.part"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target, file.open("rb") as source:
        shutil.copyfileobj(source, target)
    part.replace(placed)
    return placed


def _request_id(department: str, asked: Json) -> str:
    """Return the id of a request: the same files for the same period are the same request."""
    told = "/".join(str(asked.get(name, "")) for name in ("table", "period", "file", "corrections"))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{department}/{told}"))
