"""Reading one mapping of a procedure file: every key known, every word well formed, or file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.procedure.model import Days
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, LinedList

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_POLICY = "policy."
MEND: Final = "请按 docs/sdk/procedure.md 改正这一处，再重新启动。"


def wrong(
    message: str, where: str, *, code: str = "procedure.form", remedy: str = MEND
) -> ConfigurationError:
    """Return the refusal to start: what, where ("file:line"), what to do."""
    return ConfigurationError(f"{message}。", code=code, where=where, remedy=remedy)


def unknown(kind: str, name: str, known: Iterable[str], where: str) -> ConfigurationError:
    """Return the refusal of a name that nobody has defined, with the nearest one."""
    remedy = did_you_mean(name, known)
    return wrong(f"没有名为“{name}”的{kind}", where, code="procedure.unknown_name", remedy=remedy)


class Fields:
    """One mapping of the file, read field by field."""

    def __init__(self, data: Any, where: str, keys: Collection[str]) -> None:
        if not isinstance(data, LinedDict):
            raise wrong("此处应为“键: 值”的映射", where)
        self.data = data
        for key in data:
            if key not in keys:
                raise unknown("键", key, keys, data.where(key))

    def where(self, key: str | None = None) -> str:
        """Return "file:line" of a key, or of the mapping."""
        return self.data.where(key)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        """Return a non-empty text; required without a default."""
        value = self._get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise wrong(f"“{key}”应为文字", self.where(key))
        return value

    def name(self, key: str, default: str | None = None) -> str:
        """Return a lower snake name."""
        return (
            self._name(self.text(key, default), key, self.where(key))
            if self.has(key)
            else self.text(key, default)
        )

    def number(self, key: str, default: int | None = None) -> int:
        """Return an integer of at least 1, or the default."""
        value = self._get(key, default)
        if not self.has(key):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise wrong(f"“{key}”应为不小于 1 的整数", self.where(key))
        return value

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """Return a date."""
        value = self._get(key, None) if needed else self.data.get(key)
        if value is not None and not isinstance(value, date):
            raise wrong(f"“{key}”应为日期，如 2021-07-02", self.where(key))
        return value

    def days(self, key: str) -> Days:
        """Return days: a whole number, or policy.<name>."""
        value = self._get(key, None)
        if isinstance(value, str) and value.startswith(_POLICY) and len(value) > len(_POLICY):
            return Days(policy=value.removeprefix(_POLICY))
        if isinstance(value, str):
            raise wrong(f"“{key}”应写成 policy.<参数名>", self.where(key))
        return Days(fixed=self.number(key))

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names (one name alone may stand without brackets); () when absent."""
        value = self.data.get(key, ())
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise wrong(f"“{key}”应为名称的列表", self.where(key))
        found = tuple(self._name(item, key, self._item_where(key, n)) for n, item in enumerate(items))
        if len(set(found)) < len(found):
            raise wrong(f"“{key}”中有重复的名称", self.where(key))
        return found

    def inner(self, key: str, keys: Collection[str]) -> Fields:
        """Return a mapping within, with its own known keys."""
        return Fields(self._get(key, None), self.where(key), keys)

    def free(self, key: str) -> Fields:
        """Return a mapping within whose keys are names of the author's own (actions, reasons)."""
        value = self._get(key, None)
        keys = value if isinstance(value, LinedDict) else ()
        return Fields(value, self.where(key), keys)

    def _get(self, key: str, default: Any) -> Any:
        if key not in self.data and default is None:
            raise wrong(f"缺少“{key}”", self.where())
        return self.data.get(key, default)

    def _item_where(self, key: str, number: int) -> str:
        value = self.data.get(key)
        return value.where(number) if isinstance(value, LinedList) else self.where(key)

    def _name(self, value: Any, key: str, where: str) -> str:
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise wrong(f"“{key}”中的 {value} 不是小写英文名称", where)
        return value
