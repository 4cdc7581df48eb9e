"""department.yaml: who owns the plugin, on what basis, which contract it speaks, what it has and offers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, LinedList, load_mapping

FILE: Final = "department.yaml"
CONTRACT: Final = "1.1"
OLDEST_CONTRACT: Final = "1.0"
KEYS: Final = ("code", "title", "owner", "legal_basis", "contract", "feeds", "offers", "emits")
OFFERS: Final = ("screening", "comparison", "measures", "signals", "indicators")
EVENTS: Final = {
    "clues.found": "monitoring",
    "signals.found": "monitoring",
    "figures.reported": "monitoring",
    "measure.delivered": "assistance",
}
CORE: Final = ("monitoring", "assistance", "projects", "assets", "notify")
"""Names of the core services on the bus; tests/guards/test_known.py holds them equal."""
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
_CONTRACT: Final = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


@dataclass(frozen=True)
class Manifest:
    """What the department promises. `lines`: file:line of each promise, for errors."""

    code: str
    title: str
    owner: str
    legal_basis: tuple[str, ...]
    contract: str
    feeds: tuple[str, ...]
    offers: dict[str, tuple[str, ...]]
    emits: tuple[str, ...]
    where: str
    lines: dict[str, str] = field(default_factory=dict, compare=False)

    def line(self, *words: str) -> str:
        """Return file:line of `feeds`, of ("feeds", "settlements"), … or of the file."""
        return self.lines.get(" ".join(words), self.where)


def load_manifest(folder: Path) -> Manifest:
    """Read and check the manifest alone; ConfigurationError with file:line."""
    path = folder / FILE
    if not path.is_file():
        raise wrong(f"插件文件夹里没有 {FILE}", str(folder), _instead(folder))
    data = load_mapping(path)
    _known_keys(data, KEYS)
    lines: dict[str, str] = {key: data.where(key) for key in data}
    offers = _offers(data, lines)
    manifest = Manifest(
        code=_matching(data, "code", _CODE, "小写英文、数字和下划线，如 health_insurance"),
        title=_text(data, "title"),
        owner=_text(data, "owner"),
        legal_basis=_words(data, "legal_basis", lines),
        contract=_matching(data, "contract", _CONTRACT, '带引号的版本号，如 "1.0"'),
        feeds=_words(data, "feeds", lines),
        offers=offers,
        emits=_words(data, "emits", lines, needed=False),
        where=f"{path}:1",
        lines=lines,
    )
    _check_code(manifest)
    _check_contract(manifest)
    _check_events(manifest)
    return manifest


def wrong(message: str, where: str, remedy: str, code: str = "department.manifest") -> ConfigurationError:
    """Return the refusal to start of a plugin."""
    return ConfigurationError(f"{message}。", code=code, where=where, remedy=remedy)


def _instead(folder: Path) -> str:
    near = did_you_mean(FILE, [one.name for one in folder.glob("*.y*ml")]) if folder.is_dir() else ""
    return f"{near}请用 shouwang plugin new 写出一个，或从 docs/sdk/department.md 的样例开始。"


def _check_code(manifest: Manifest) -> None:
    if manifest.code in CORE:
        message = f"代码 {manifest.code} 是核心服务的名字"
        raise wrong(message, manifest.line("code"), "请给部门另取一个代码。")


def _check_contract(manifest: Manifest) -> None:
    spoken, oldest, newest = map(_version, (manifest.contract, OLDEST_CONTRACT, CONTRACT))
    if not oldest <= spoken <= newest:
        raise wrong(
            f"插件 {manifest.code} 未启动：契约版本 {manifest.contract}，"
            f"需要 {OLDEST_CONTRACT} 至 {CONTRACT}",
            manifest.line("contract"),
            "请按 docs/sdk/department.md 的变更说明更新插件。"
            if spoken < oldest
            else "请更新本机的 shouwang。",
            "department.contract",
        )


def _check_events(manifest: Manifest) -> None:
    for event in manifest.emits:
        if event not in EVENTS:
            raise wrong(
                f"事件“{event}”没有任何消费者，发出去不会有人处理",
                manifest.line("emits", event),
                did_you_mean(event, EVENTS),
            )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _offers(data: LinedDict, lines: dict[str, str]) -> dict[str, tuple[str, ...]]:
    offers = data.get("offers")
    if not isinstance(offers, LinedDict):
        raise wrong("缺少 offers", data.where("offers"), "请写明提供的筛查、比对和措施，没有的不写。")
    _known_keys(offers, OFFERS)
    lines.update({kind: offers.where(kind) for kind in offers})
    return {kind: _words(offers, kind, lines, needed=False) for kind in OFFERS}


def _known_keys(data: LinedDict, keys: Iterable[str]) -> None:
    for key in data:
        if key not in keys:
            raise wrong(f"键“{key}”未知", data.where(key), did_you_mean(key, keys))


def _text(data: LinedDict, key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise wrong(f"{key} 应为文字，现在是 {value}", data.where(key), f'请加引号：{key}: "{value}"。')
    if not value or not value.strip():
        raise wrong(
            f"缺少 {key}（文字）", data.where(key), f"请写上 {key}: …，样例见 docs/sdk/department.md。"
        )
    return value


def _matching(data: LinedDict, key: str, form: re.Pattern[str], shape: str) -> str:
    value = _text(data, key)
    if not form.fullmatch(value):
        raise wrong(f"{key} “{value}”不合规定", data.where(key), f"应为{shape}。")
    return value


def _words(data: LinedDict, key: str, lines: dict[str, str], needed: bool = True) -> tuple[str, ...]:
    value: Any = data.get(key)
    if value is None and not needed:
        return ()
    if not isinstance(value, LinedList) or not all(isinstance(word, str) and word for word in value):
        raise wrong(f"{key} 应为文字的列表", data.where(key), f"请写成 {key}: [一项, 另一项]。")
    if needed and not value:
        raise wrong(f"{key} 是空的", data.where(key), "至少写一项。")
    for index, word in enumerate(value):
        if word in value[:index]:
            raise wrong(f"{key} 里“{word}”写了两次", value.where(index), "请删去一处。")
        lines[f"{key} {word}"] = value.where(index)
    return tuple(value)
