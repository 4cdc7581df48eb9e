"""`python -m deploy.spark`: screen one month of one department's lake on Spark; hits go to a folder."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from shouwang.department.plugin import Plugin
    from shouwang.errors import ConfigurationError, ShouwangError
    from shouwang.periods import Month
    from shouwang.policy import CountyFigures
    from shouwang.service.discovery import DEPARTMENTS, named, package_folder
    from shouwang.service.loading import county_figures
    from shouwang.settings import Settings

from deploy.spark.job import FORMS, screen

FAILED: Final = 1
COUNTY_DIGITS: Final = 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job; 0 when every rule was run (one may know nothing), 1 with one line when not."""
    asked = _parser().parse_args(arguments)
    try:
        plugin = Plugin.load(asked.plugin or _folder(asked.department), _figures(asked.region))
        settings = dict(one.split("=", 1) for one in asked.setting)
        month = Month.parse(asked.month)
        answers = screen(
            plugin, asked.lake, month, asked.region, asked.out, asked.form, asked.master, settings
        )
    except ShouwangError as error:
        print(error, file=sys.stderr)
        return FAILED
    for answer in answers:
        print(f"{answer['rule']}\t{answer['verdict']}\t{answer['found']}\t{answer['reason']}")
    return 0


def _figures(region: str) -> CountyFigures | None:
    """Return the figures of the county that is screened: the same that its services run with."""
    settings = Settings.from_env()
    return county_figures(replace(settings, county=region[:COUNTY_DIGITS])) if settings.policy_dir else None


def _folder(department: str) -> Path:
    installed = named(DEPARTMENTS)
    if department not in installed:
        raise ConfigurationError(
            f"没有安装部门 {department}。",
            code="department.unknown",
            remedy=f"已安装：{'、'.join(installed)}；或用 --plugin 指定插件文件夹。",
        )
    return package_folder(installed[department])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.spark", description=__doc__)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--department", help="code of an installed department")
    whose.add_argument("--plugin", type=Path, help="folder of a plugin")
    parser.add_argument("--lake", type=Path, required=True, help="folder of its tables, seen by every node")
    parser.add_argument("--month", required=True, help="such as 2021-11")
    parser.add_argument("--region", required=True, help="division code of the county whose policy counts")
    parser.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    parser.add_argument("--form", choices=FORMS, default="parquet")
    parser.add_argument("--master", default="local[2]", help="such as spark://host:7077, yarn, k8s://…")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="of Spark")
    return parser


if __name__ == "__main__":
    sys.exit(main())
