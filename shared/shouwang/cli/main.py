"""`shouwang`: one word, one command. A command is imported only when it is called: help is instant.

A new command: a module with a typer app `app`, and a line in COMMANDS. Other packages add theirs by the entry
point group `shouwang.commands`.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any, Final

from shouwang.cli.problems import guarded
from shouwang.errors import BadRequest
from shouwang.suggestions import did_you_mean

GROUP: Final = "shouwang.commands"

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "up": ("up", "启动全部服务并保持运行；--only 只启动一个（需真正的消息代理和数据库）"),
    "call": ("call", "调用一个服务的方法：shouwang call monitoring.figures region=430426"),
    "import": ("importing", "导入数据：roster 附件2 登记表，table 部门数据表，anew 原监测对象清单"),
    "worklist": ("worklist", "入户工作清单：export 导出 xlsx，import 读回"),
    "national": ("national", "全国系统：confirm 确认录入，reconcile 核对清单"),
    "explain": ("explain", "用一句话说明一个案件或一户的认定，逐项列出依据"),
    "what-if": ("what_if", "推算改动一个参数或规则后谁将进入、谁将退出（不采用、不改动）"),
    "snapshot": ("snapshot", "登记簿快照：refresh 更新、status、verify 核对、recompute 重算"),
    "clock": ("clock", "推进模拟时钟（仅内置模式）"),
    "policy": ("policy", "查询政策参数：当日数值、单位、出处；--unknown 列出没有现行数值的"),
    "rules": ("rules", "规则登记簿：每条规则的代码、用例和缺口"),
    "plugin": ("plugin", "部门插件：list 列出，check 按契约检查"),
    "token": ("token", "令牌与密钥：issue 签发，keys 生成密钥，service 签发服务令牌"),
    "verify": ("verify", "核对存储的历史链，找出任何改动"),
    "deadletters": ("deadletters", "未能处理的消息：list、show、redrive、drop"),
    "documents": ("documents", "打印附件1–5（单户、按村批量）、台账 xlsx、月比对季分析年考核报告"),
    "doctor": ("doctor", "检查运行环境：软件包、端口、消息代理、数据库、密钥、磁盘、时钟、政策参数"),
}

KNOWN_EXTRAS: Final = {
    "synth": "生成有已知真值的虚拟村、镇、县",
    "demo": "一镇一年：从导入到帮扶、资产、分红的全程演示",
}


def main() -> None:
    """Run the command line and exit with its code; a reader that went away (`| head`) is no error."""
    os.umask(0o077)  # whatever a command writes may hold persons: for its owner only
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Errors are one Chinese line on stderr."""
    # Eventlet says so at every start; why it is used stands in docs/decisions.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    if arguments[0] in {"-V", "--version"}:
        print(version("shouwang"))
        return 0
    name, rest = arguments[0], list(arguments[1:])
    return guarded(lambda: _app(name)(args=rest, prog_name=f"shouwang {name}", standalone_mode=False))


def overview() -> str:
    """Return the list of commands."""
    lines = {name: text for name, (_, text) in COMMANDS.items()}
    lines |= {name: KNOWN_EXTRAS.get(name, f"扩展命令（{entry.value}）") for name, entry in _extras().items()}
    width = max(len(name) for name in lines) + 2
    listed = "\n".join(f"  {name:<{width}}{text}" for name, text in lines.items())
    return f"守望：防止返贫监测与帮扶。用法：shouwang 命令 [参数]；shouwang 命令 --help 看用法。\n\n{listed}"


def _app(name: str) -> Any:
    if name in COMMANDS:
        return import_module(f"shouwang.cli.{COMMANDS[name][0]}").app
    extras = _extras()
    if name in extras:
        return extras[name].load()
    known = [*COMMANDS, *extras]
    raise BadRequest(f"没有命令“{name}”", code="cli.no_command", remedy=did_you_mean(name, known))


def _extras() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name)}


if __name__ == "__main__":
    main()
