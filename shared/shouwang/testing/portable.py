"""The guard of the portable subset: what runs on MongoDB 7 and on the embedded store alike.

A department runs it over its own `store.py`: `assert violations([Path("store.py")]) == []`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

OPERATORS: Final = {
    "$text": "全文检索不可移植",
    "$where": "服务器端脚本不可移植",
    "$function": "服务器端脚本不可移植",
    "$accumulator": "服务器端脚本不可移植",
    "mapReduce": "mapReduce 不可移植",
    "$lookup": "不跨集合联结：一个聚合一个文档",
    "$graphLookup": "不跨集合联结：一个聚合一个文档",
    "$unionWith": "不跨集合联结：一个聚合一个文档",
    "$out": "不在服务器上另写集合",
    "$merge": "不在服务器上另写集合",
    "$near": "地理检索不可移植",
    "$vectorSearch": "比 MongoDB 7 新或不可移植",
    "$rankFusion": "比 MongoDB 7 新",
    "hashed": "哈希索引不可移植",
    "$**": "通配索引不可移植",
}
METHODS: Final = {
    "distinct": "distinct 不可移植：保存汇总或用 tally",
    "map_reduce": "mapReduce 不可移植",
    "with_transaction": "不用多文档事务：一个聚合一个文档",
    "start_transaction": "不用多文档事务：一个聚合一个文档",
    "watch": "变更流不可移植：用发件箱",
}
NAMES: Final = {"HASHED": "哈希索引不可移植", "TEXT": "全文检索不可移植", "GEO2D": "地理检索不可移植"}
OPTIONS: Final = {"expireAfterSeconds": "不依赖 TTL 的时间", "hint": "不写死索引名"}
COUNTERS: Final = ("find_one_and_update", "find_one_and_replace")
_POSITIONAL: Final = re.compile(r"\.\$(\.|$)")


def violations(files: Iterable[Path]) -> list[str]:
    """Return `file:line: what and why` for everything outside the portable subset, in order."""
    return [line for file in sorted(files) for line in _in_file(file)]


def store_sources(*folders: Path) -> list[Path]:
    """Return every `store.py` and `views.py`, and every file of a folder `store`, below the folders."""
    found = {file for folder in folders for file in folder.rglob("*.py")}
    return sorted(
        file for file in found if file.name in ("store.py", "views.py") or file.parent.name == "store"
    )


def _in_file(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    statements = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    prose = {id(value) for value in statements if isinstance(value, ast.Constant)}
    found = [
        (node.lineno, what)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.alias) and id(node) not in prose
        for what in _in_node(node)
    ]
    return (f"{file}:{line}: {what}" for line, what in sorted(found))


def _in_node(node: ast.expr | ast.alias) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _in_text(node.value)
    elif isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.Attribute | ast.Name | ast.alias):
        name = (
            node.attr
            if isinstance(node, ast.Attribute)
            else node.id
            if isinstance(node, ast.Name)
            else node.name
        )
        if name in NAMES:
            yield f"{name}：{NAMES[name]}"


def _in_text(text: str) -> Iterator[str]:
    if text in OPERATORS:
        yield f"{text}：{OPERATORS[text]}"
    if _POSITIONAL.search(text):
        yield f"{text}：位置符 $ 不可移植，用 arrayFilters"


def _in_call(node: ast.Call) -> Iterator[str]:
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method in METHODS:
        yield f"{method}()：{METHODS[method]}"
    options = {keyword.arg for keyword in node.keywords}
    for option in sorted(options & OPTIONS.keys(), key=str):
        yield f"{option}=：{OPTIONS[str(option)]}"
    if method in COUNTERS and "upsert" in options:
        yield f"{method}(upsert=…)：计数器先插入，再更新"
