"""A county's own figures: a folder outside of the suite, whose rows join those that the suite brings along.

One sub-folder a service or department, with the names of its own `policy/` files and the same rows (K-05,
decision 0292). A county adds rows; it declares no parameter and changes no row that is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shouwang.errors import ConfigurationError
from shouwang.policy.joining import joined, read_own
from shouwang.policy.parameter import Parameter, Row
from shouwang.policy.policy import Policy
from shouwang.suggestions import did_you_mean

COMMON: Final = "department"
"""Sub-folder with what holds for every department that says nothing itself."""
ENDING: Final = ".yaml"
TOLD: Final = ".md"
"""Ending of what people read: a README may lie anywhere."""


@dataclass(frozen=True)
class CountyFigures:
    """The folder of a county; `county`: its division code of six digits."""

    folder: Path
    county: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form, for a worker process."""
        return {"folder": str(self.folder), "county": self.county}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> CountyFigures:
        """Read the JSON form."""
        return cls(Path(data["folder"]), data["county"])

    def files(self, name: str) -> list[Path]:
        """Return the files of a service or department; ConfigurationError: a file that nobody reads."""
        found = sorted(_seen(self.folder / name)) if (self.folder / name).is_dir() else []
        for path in found:
            if path.is_dir() or path.suffix != ENDING:
                raise _stray(path, f"数值写在 {name}/ 下扩展名为 {ENDING} 的文件里，说明写在 {TOLD} 文件里。")
        return found

    def require_known(self, names: Collection[str]) -> None:
        """Refuse by name (ConfigurationError) whatever lies in the folder and nobody installed has."""
        known = {*names, COMMON}
        for path in sorted(_seen(self.folder)):
            if not path.is_dir():
                raise _stray(path, "请放进所属服务或部门的子目录。")
            if path.name not in known:
                message = f"本县数值目录里的“{path.name}”不是已安装的服务或部门。"
                remedy = f"{did_you_mean(path.name, known)}改正子目录的名称，或移走它。"
                raise ConfigurationError(message, code="policy.county", where=str(path), remedy=remedy)

    def join(self, policy: Policy, name: str) -> Policy:
        """Return the policy of a service or department with the county's rows in it."""
        return policy.with_parameters(self._joined(policy, name))

    def _joined(self, policy: Policy, name: str) -> Iterator[Parameter]:
        added: dict[str, list[Row]] = {}
        for path in self.files(name):
            for parameter, rows in read_own(path, policy, name):
                added.setdefault(parameter.name, []).extend(rows)
        for each, own in added.items():
            yield joined(policy.parameter(each), own, self.county)


def policy_of(name: str, places: Iterable[Path], county: CountyFigures | None = None) -> Policy:
    """Return the policy of a service or department: its own files, and the county's figures for it."""
    policy = Policy.load(places)
    return policy if county is None else county.join(policy, name)


def _seen(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, without hidden files and what is for people to read."""
    try:
        found = list(folder.iterdir())
    except OSError as error:
        remedy = "请让运行服务的账号能读这个目录（chmod -R a+rX）。"
        message = f"读不了本县数值目录：{error.strerror}。"
        raise ConfigurationError(message, code="policy.county", where=str(folder), remedy=remedy) from error
    return (path for path in found if not path.name.startswith(".") and path.suffix != TOLD)


def _stray(path: Path, remedy: str) -> ConfigurationError:
    message = f"本县数值目录里的“{path.name}”没有人会读。"
    return ConfigurationError(message, code="policy.county", where=str(path), remedy=remedy)
