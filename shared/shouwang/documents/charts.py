"""Charts that stay readable on a black-and-white printer: hatches and line styles beside grey tones."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from shouwang.documents import fonts
from shouwang.documents.model import Chart, Series

TONES: Final = ("#3b3b3b", "#a8a8a8", "#e2e2e2", "#707070", "#f6f6f6")
HATCHES: Final = ("", "///", "...", "xxx", "\\\\\\")
LINES: Final = ("-", "--", ":", "-.", (0, (5, 1, 1, 1)))
MARKERS: Final = ("o", "s", "^", "D", "v")
SHARE: Final = 0.78
UNKNOWN: Final = "不详"


def draw(chart: Chart, dots: int = 200) -> bytes:
    """Return the chart as PNG. A value that is not known is marked 不详, never drawn as zero."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(6.8, _height(chart)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    font = _font()
    {"bar": _bars, "line": _lines, "level": _levels}[chart.kind](axes, chart, font)
    _dress(axes, chart, font)
    target = BytesIO()
    figure.savefig(target, format="png", dpi=dots)
    return target.getvalue()


def _height(chart: Chart) -> float:
    a_line = 0.16 + 0.1 * len(chart.series)
    return max(1.8, a_line * len(chart.categories) + 0.9) if chart.kind == "level" else 2.7


def _font() -> Any:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(fname=str(fonts.folder() / "NotoSansCJK-Regular.ttc"), size=9)


def _bars(axes: Any, chart: Chart, font: Any) -> None:
    width = SHARE / max(len(chart.series), 1)
    for number, series in enumerate(chart.series):
        at = [place - SHARE / 2 + width * (number + 0.5) for place in range(len(chart.categories))]
        looks = {"color": TONES[number % 5], "hatch": HATCHES[number % 5], "edgecolor": "black"}
        axes.bar(at, _heights(series), width, label=series.name, linewidth=0.6, **looks)
        for place, value in zip(at, series.values, strict=True):
            text = {"ha": "center", "va": "bottom", "fontproperties": font, "fontsize": 8}
            axes.text(place, value or 0, _said(value), **text)
    axes.set_xticks(range(len(chart.categories)), chart.categories, fontproperties=font)
    axes.margins(y=0.18)


def _levels(axes: Any, chart: Chart, font: Any) -> None:
    """Bars that lie: for many categories with long names."""
    places = range(len(chart.categories))
    width = SHARE / max(len(chart.series), 1)
    for number, series in enumerate(chart.series):
        at = [place - SHARE / 2 + width * (number + 0.5) for place in places]
        looks = {"color": TONES[number % 5], "hatch": HATCHES[number % 5], "edgecolor": "black"}
        axes.barh(at, _heights(series), width, label=series.name, linewidth=0.6, **looks)
        for place, value in zip(at, series.values, strict=True):
            axes.text(value or 0, place, f" {_said(value)}", va="center", fontproperties=font, fontsize=8)
    axes.set_yticks(places, chart.categories, fontproperties=font)
    axes.invert_yaxis()
    axes.margins(x=0.12)


def _lines(axes: Any, chart: Chart, font: Any) -> None:
    places = range(len(chart.categories))
    for number, series in enumerate(chart.series):
        looks = {"linestyle": LINES[number % 5], "marker": MARKERS[number % 5], "color": "black"}
        axes.plot(places, [_gap(one) for one in series.values], label=series.name, linewidth=1.2, **looks)
    axes.set_xticks(places, chart.categories, fontproperties=font)
    axes.margins(y=0.18)


def _dress(axes: Any, chart: Chart, font: Any) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    along = axes.xaxis if chart.kind == "level" else axes.yaxis
    along.grid(True, linewidth=0.3, color="#bbbbbb")
    axes.set_axisbelow(True)
    along.get_major_locator().set_params(integer=True)
    if chart.unit:
        axes.set_title(f"单位：{chart.unit}", loc="left", fontproperties=font, fontsize=8)
    if len(chart.series) > 1:
        axes.legend(prop=font, frameon=False, loc="best", ncols=len(chart.series))


def _heights(series: Series) -> list[float]:
    return [value or 0 for value in series.values]


def _said(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:g}"


def _gap(value: float | None) -> float:
    return float("nan") if value is None else value
