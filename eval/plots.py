"""Small plots as SVG text: curves, a diagram of reliability, bars. Colours come from the page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Point = tuple[float, float]

WIDTH: Final = 360
HEIGHT: Final = 240
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 40
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
ROW: Final = 24  # height of a bar with its gap
NAMES: Final = 92  # room for the name of a bar


def curve(points: Sequence[Point], title: str, across: str, up: str) -> str:
    """A line through points of the unit square, in steps as thresholds make them."""
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return _plot(title, across, up, f'<polyline class="line" points="{path}"/>')


def reliability(bins: Sequence[Mapping[str, float]], title: str, across: str, up: str) -> str:
    """A dot for each bin, its area by the number of questions; on the diagonal, all is well."""
    most = max((each["count"] for each in bins), default=1)
    dots = "".join(
        f'<circle class="dot" cx="{_x(each["confidence"]):.1f}" cy="{_y(each["right"]):.1f}" '
        f'r="{3 + 9 * (each["count"] / most) ** 0.5:.1f}"><title>{each["count"]:.0f} questions: '
        f"confidence {each['confidence']:.2f}, right {each['right']:.2f}</title></circle>"
        for each in bins
    )
    diagonal = f'<line class="soft" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _plot(title, across, up, diagonal + dots)


def lines(series: Mapping[str, Sequence[float]], ticks: Sequence[str], title: str, up: str) -> str:
    """A line for each name over the same places; values lie in 0..1."""
    last = max(1, len(ticks) - 1)
    parts = []
    for number, (name, values) in enumerate(series.items()):
        path = " ".join(f"{_x(n / last):.1f},{_y(v):.1f}" for n, v in enumerate(values))
        parts.append(
            f'<polyline class="line s{number % 6}" points="{path}"><title>{escape(name)}</title>'
            f'</polyline><rect class="key s{number % 6}" x="{WIDTH + 4}" y="{TOP + 18 * number}" '
            f'width="14" height="4"/><text x="{WIDTH + 24}" y="{TOP + 6 + 18 * number}">'
            f"{escape(name)}</text>"
        )
    marks = "".join(
        f'<text class="mid" x="{_x(n / last):.1f}" y="{_y(0) + 16}">{escape(tick)}</text>'
        for n, tick in enumerate(ticks)
    )
    return _svg(title, WIDTH + 170, HEIGHT, _frame(up) + marks + "".join(parts))


def bars(values: Mapping[str, Point], title: str, unit: str) -> str:
    """A bar to the first value of each, a thin one on to the second."""
    most = max((high for _, high in values.values()), default=1.0) or 1.0
    scale = (WIDTH + 60 - NAMES) / most
    parts = []
    for number, (name, (low, high)) in enumerate(values.items()):
        top = TOP + ROW * number
        parts.append(
            f'<text class="end" x="{NAMES - 8}" y="{top + 12}">{escape(name)}</text>'
            f'<rect class="thin" x="{NAMES}" y="{top + 5}" width="{high * scale:.1f}" height="6"/>'
            f'<rect class="bar" x="{NAMES}" y="{top}" width="{low * scale:.1f}" height="16"/>'
            f'<text x="{NAMES + high * scale + 6:.1f}" y="{top + 12}">'
            f"{low:.1f} / {high:.1f} {escape(unit)}</text>"
        )
    return _svg(title, WIDTH + 190, TOP + ROW * len(values) + 4, "".join(parts))


def _plot(title: str, across: str, up: str, inside: str) -> str:
    marks = "".join(
        f'<text class="mid" x="{_x(tick):.1f}" y="{_y(0) + 16}">{tick:g}</text>' for tick in TICKS
    )
    label = f'<text class="mid" x="{_x(0.5):.1f}" y="{HEIGHT - 6}">{escape(across)}</text>'
    return _svg(title, WIDTH, HEIGHT, _frame(up) + marks + label + inside)


def _frame(up: str) -> str:
    """Horizontal rules with their values, and what goes up."""
    rules = "".join(
        f'<line class="rule" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(t):.1f}" y2="{_y(t):.1f}"/>'
        f'<text class="end" x="{LEFT - 6}" y="{_y(t) + 4:.1f}">{t:g}</text>'
        for t in TICKS
    )
    middle = f"{_y(0.5):.1f}"
    turned = f'transform="rotate(-90 10 {middle})"'
    return f'{rules}<text class="mid" x="10" y="{middle}" {turned}>{escape(up)}</text>'


def _svg(title: str, width: int, height: int, inside: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title, quote=True)}" viewBox="0 0 {width} {height}" '
        f'width="{width}">{inside}</svg>'
    )


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
