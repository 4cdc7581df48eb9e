"""Fills the templates of a new plugin. Their words are $code, $title, $owner, $region, $sdk."""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from shouwang.department.manifest import CONTRACT
from shouwang.errors import BadRequest, Conflict

ENDING: Final = ".tmpl"
PACKAGE: Final = "CODE"
"""The folder of the templates that becomes the plugin's package."""
HIDDEN: Final = "gitignore"
"""Written with a dot in front: a package's own data cannot begin with one."""

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
_REGION: Final = re.compile(r"\d{6}", re.ASCII)


def write_plugin(into: Path, code: str, title: str, owner: str, region: str) -> list[Path]:
    """Write a new plugin below `into`/`code` and return its files, in order.

    code: the department's name on the bus (water_quality). region: county, six digits. BadRequest where one
    of them is of another form; Conflict where the folder holds something already: nothing is written over.
    """
    _check(code, title, owner, region)
    home = into / code
    if home.exists() and any(home.iterdir()):
        raise Conflict(
            f"目录 {home} 已有内容", code="plugin.exists", where=str(home), remedy="请换一个目录或代码。"
        )
    sdk = version("shouwang")
    words = {"code": code, "title": title, "owner": owner, "region": region, "sdk": sdk, "contract": CONTRACT}
    return sorted(_fill(files("shouwang.scaffold") / "plugin", home, words))


def _check(code: str, title: str, owner: str, region: str) -> None:
    if not _CODE.fullmatch(code):
        raise BadRequest(
            "代码应为小写英文、数字和下划线，如 water_quality",
            code="plugin.code",
            where=code,
            remedy="请用部门职能的英文名，字母开头，如 water_resources。",
        )
    if not _REGION.fullmatch(region):
        raise BadRequest(
            "区划应为县的 6 位代码，如 430426",
            code="plugin.region",
            where=region,
            remedy="请写 --region 加县级行政区划代码的前 6 位。",
        )
    for label, text in (("名称", title), ("负责单位", owner)):
        if not text.strip() or set(text) & set("\"':#{}[]\n"):
            raise BadRequest(
                f"{label}应为一行文字，不含引号、冒号和括号",
                code="plugin.text",
                where=label,
                remedy="请改成一行普通文字，如“县水利局”。",
            )


def _fill(template: Traversable, target: Path, words: dict[str, str]) -> list[Path]:
    if template.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return [path for one in template.iterdir() for path in _fill(one, _target(target, one, words), words)]
    text = Template(template.read_text(encoding="utf-8")).substitute(words)
    target.write_text(text, encoding="utf-8")
    return [target]


def _target(folder: Path, template: Traversable, words: dict[str, str]) -> Path:
    name = template.name.removesuffix(ENDING)
    return folder / {PACKAGE: words["code"], HIDDEN: f".{HIDDEN}"}.get(name, name)
