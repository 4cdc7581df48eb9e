"""YAML 1.2 in which every value knows its file and line, so that every refusal can name them.

Keys stay text (`on`, `yes` and `2021` too), decimals become Decimal and never float, dates become date.
What would be read otherwise than it looks (a number with a leading zero, a doubled key) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from shouwang.errors import ConfigurationError

_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d+\.\d+", re.ASCII)


class LinedDict(dict[str, Any]):
    """A mapping that knows its file, its line and the line of each key."""

    file: str
    line: int
    lines: dict[str, int]

    def where(self, key: str | None = None) -> str:
        """Return "file:line" of a key, or of the mapping itself."""
        return f"{self.file}:{self.lines.get(key, self.line) if key is not None else self.line}"


class LinedList(list[Any]):
    """A sequence that knows its file, its line and the line of each item."""

    file: str
    line: int
    lines: list[int]

    def where(self, index: int | None = None) -> str:
        """Return "file:line" of an item, or of the sequence itself."""
        return f"{self.file}:{self.line if index is None else self.lines[index]}"


def load(path: Path | str) -> Any:
    """Read one file; returns LinedDict, LinedList or a scalar, None when the file is empty.

    Whatever cannot be read is a ConfigurationError whose `where` is "file:line".
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = "这个文件不是 UTF-8 编码的文字。"
        remedy = "请在编辑器里另存为 UTF-8 编码（中文 Windows 常存成 GBK）。"
        raise ConfigurationError(message, code="yaml.encoding", where=str(path), remedy=remedy) from error
    except OSError as error:
        raise ConfigurationError(
            f"读不了这个文件：{error}。", where=str(path), remedy="请核对路径和读取权限。"
        ) from error
    return loads(text, str(path))


def load_mapping(path: Path | str) -> LinedDict:
    """Read one file whose top is a mapping."""
    data = load(path)
    if not isinstance(data, LinedDict):
        raise ConfigurationError(
            "文件顶层应为“键: 值”的映射。",
            code="yaml.shape",
            where=f"{path}:1",
            remedy="请把顶层写成“名称: 内容”，不是列表。",
        )
    return data


def loads(text: str, file: str = "<text>") -> Any:
    """Read YAML from text; `file` is the name that errors show."""
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise _wrong(f"YAML 写法有误：{error.problem or error}", f"{file}{line}") from error
    except YAMLError as error:
        raise _wrong(f"YAML 写法有误：{error}", file) from error
    return None if node is None else _Reader(file).value(node)


class _Reader:
    """Turns ruamel's nodes into values."""

    def __init__(self, file: str) -> None:
        self._file = file

    def value(self, node: Node) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node)
        if isinstance(node, SequenceNode):
            return self._sequence(node)
        return self._scalar(node)

    def _mapping(self, node: MappingNode) -> LinedDict:
        found = LinedDict()
        found.file, found.line, found.lines = self._file, _line(node), {}
        for key, value in node.value:
            word = self._key(key)
            if word in found:
                raise _wrong(f"键 “{word}” 写了两次，前一次在第 {found.lines[word]} 行", self._at(key))
            found.lines[word] = _line(key)
            found[word] = self._under(key, self.value(value))
        return found

    def _under(self, key: Node, value: Any) -> Any:
        # A block begins on the line after its key; people look for the key.
        if isinstance(value, LinedDict | LinedList):
            value.line = _line(key)
        return value

    def _key(self, node: Node) -> str:
        if not isinstance(node, ScalarNode) or node.value == "<<":
            raise _wrong("键只能是一个词，不用合并键 <<", self._at(node))
        return str(node.value)

    def _sequence(self, node: SequenceNode) -> LinedList:
        found = LinedList(self.value(item) for item in node.value)
        found.file, found.line = self._file, _line(node)
        found.lines = [_line(item) for item in node.value]
        return found

    def _scalar(self, node: Node) -> Any:
        read = _SCALARS.get(str(node.tag).rpartition(":")[2])
        if read is None:
            raise _wrong(f"不支持的 YAML 标签 {node.tag}", self._at(node))
        try:
            return read(node.value)
        except ValueError as error:
            raise _wrong(f"{error}", self._at(node)) from error

    def _at(self, node: Node) -> str:
        return f"{self._file}:{_line(node)}"


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"数字 {text} 会被读成别的值：代码请加引号写成 “{text}”")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text} 不是普通小数：请写成 0.60 这样的形式")
    return Decimal(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} 不是日期：请写成 2021-05-01") from error


_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": _integer,
    "float": _decimal,
    "bool": lambda text: text.lower() == "true",
    "null": lambda _text: None,
    "timestamp": _date,
}


def _wrong(message: str, where: str) -> ConfigurationError:
    return ConfigurationError(
        f"{message}。", code="yaml.form", where=where, remedy="请在这一行改正，缩进用空格，冒号后留一格。"
    )
