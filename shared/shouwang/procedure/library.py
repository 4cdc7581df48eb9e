"""Every version of every procedure: a new case takes the one valid that day, a running one its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from shouwang.errors import ConfigurationError
from shouwang.procedure.fields import wrong
from shouwang.procedure.model import Procedure
from shouwang.procedure.reading import Known, read_procedure
from shouwang.procedure.reasons import NOT_VALID, Reason, refusal
from shouwang.procedure.structure import check_structure
from shouwang.suggestions import did_you_mean


class Library:
    """The procedures by id and version."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        self._versions: dict[str, list[Procedure]] = {}
        for procedure in procedures:
            self._add(procedure)
        for versions in self._versions.values():
            versions.sort(key=lambda one: one.valid_from)

    @classmethod
    def read(cls, folders: Iterable[Path], known: Known) -> Library:
        """Read and check every *.yaml of the folders."""
        found = [read_procedure(path, known) for folder in folders for path in _files(Path(folder))]
        for procedure in found:
            check_structure(procedure)
        return cls(found)

    def ids(self) -> list[str]:
        """Return the id of every procedure."""
        return sorted(self._versions)

    def versions(self, procedure: str) -> list[Procedure]:
        """Return every version, oldest first; ConfigurationError when there is no such procedure."""
        if procedure not in self._versions:
            raise ConfigurationError(
                f"没有程序“{procedure}”。",
                code="procedure.unknown_procedure",
                remedy=did_you_mean(procedure, self.ids()),
            )
        return list(self._versions[procedure])

    def valid_on(self, procedure: str, on: date) -> Procedure:
        """Return the version for a case that opens that day; Refused procedure.not_valid without one."""
        begun = [one for one in self.versions(procedure) if one.valid_from <= on]
        if not begun or (begun[-1].valid_to is not None and begun[-1].valid_to < on):
            reason = Reason(NOT_VALID, f"{on} 没有有效的程序“{procedure}”版本，不能立案")
            raise refusal([reason], procedure)
        return begun[-1]

    def version(self, procedure: str, version: int) -> Procedure:
        """Return the version that a running case keeps."""
        for one in self.versions(procedure):
            if one.version == version:
                return one
        raise ConfigurationError(
            f"案件所用的程序 {procedure} 第 {version} 版已不在程序文件夹中。",
            code="procedure.unknown_version",
            remedy="在办案件沿用立案时的版本：请把该版文件放回，不要删除旧版。",
        )

    def _add(self, procedure: Procedure) -> None:
        versions = self._versions.setdefault(procedure.id, [])
        for other in versions:
            if other.version == procedure.version or other.valid_from == procedure.valid_from:
                raise wrong(f"{procedure.name}与 {other.where} 的版本号或生效日相同", procedure.where)
        versions.append(procedure)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigurationError(
            "没有这个程序文件夹。",
            code="procedure.load",
            where=str(folder),
            remedy="请核对路径，或先建好文件夹并放入程序文件（docs/sdk/procedure.md）。",
        )
    return sorted(folder.rglob("*.yaml"))
