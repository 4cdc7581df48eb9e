"""The sheet of refused rows as their officer gets it and gives it back: its own headings."""

from __future__ import annotations

from typing import Final

NUMBER: Final = "原行号"
SOURCE: Final = "原文件"
PLACE: Final = "位置"
PROBLEMS: Final = "问题"
SOURCE_DIGITS: Final = 12
"""Digits of the digest by which the file is known whose rows these are."""
