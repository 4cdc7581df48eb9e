"""The fonts of the documents: from a Debian package, or from the folder that SHOUWANG_FONTS names."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from shouwang.errors import ConfigurationError

VARIABLE: Final = "SHOUWANG_FONTS"
DEBIAN: Final = Path("/usr/share/fonts/opentype/noto")
SERIF: Final = "Noto Serif CJK SC"
SANS: Final = "Noto Sans CJK SC"
BOXES: Final = "DejaVu Sans"
"""Has the ticked box, which the Noto fonts lack; it comes with matplotlib."""
FILES: Final = ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")


def folder() -> Path:
    """Return the folder of the fonts; ConfigurationError `documents.fonts` when one of them is not there."""
    found = Path(os.environ.get(VARIABLE) or DEBIAN)
    missing = [name for name in FILES if not (found / name).is_file()]
    if missing:
        raise ConfigurationError(
            f"没有中文字体 {'、'.join(missing)}",
            code="documents.fonts",
            where=str(found),
            remedy=f"请安装 Debian 软件包 fonts-noto-cjk，或用 {VARIABLE} 指定字体目录。",
        )
    return found


def folders() -> list[Path]:
    """Return every folder that the PDF needs: the Chinese fonts, and the one with the ticked box."""
    spec = find_spec("matplotlib")
    own = Path(str(spec.origin)).parent / "mpl-data" / "fonts" / "ttf" if spec and spec.origin else None
    return [folder(), *([own] if own and own.is_dir() else [])]
