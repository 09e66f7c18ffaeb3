"""What a page of a PDF draws so that nobody sees it: letters taken out before the text is read.

Follows where letters stand, how large and in what colour, and what was filled behind them. Knows
neither fonts nor pypdf, only operators (ISO 32000-1, annex A).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    Matrix: TypeAlias = tuple[float, float, float, float, float, float]
    Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top, in points
    Operation: TypeAlias = tuple[Any, bytes]

IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INVISIBLE: Final = 3  # the mode of text that is drawn neither filled nor in outline
SMALLEST: Final = 1.0  # points; nobody reads smaller letters
WHITEST: Final = 0.98  # of full light
AROUND: Final = 2.0  # points by which letters may stand out of what lies behind them
BESIDE: Final = 36.0  # and out of the page
_FILLS: Final = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS: Final = _FILLS | {b"S", b"s", b"n"}  # of a path
_COLORS: Final = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
_DRAWS: Final = frozenset({b"Do", b"INLINE IMAGE"})  # the second as pypdf names it
_SHOWS: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})


def shown(operations: Sequence[Operation], page: Box, pictures: frozenset[str]) -> list[Operation]:
    """Without the letters that are white on white, tiny, beside the page or invisible.

    Invisible ones are kept when there are no others, since that is how scanned pages carry their
    text.

    :param page: what of it is shown
    :param pictures: names of pictures that are drawn in it; what else is drawn by name may be dark
        anywhere
    """
    drawing = _Drawing(page, pictures)
    judged = [(operation, drawing.hides(*operation)) for operation in operations]
    has_visible = any(why == "" for (_, name), why in judged if name in _SHOWS)
    kept = {"", "invisible"} if not has_visible else {""}
    return [operation for operation, why in judged if why in kept]


class _Drawing:
    """What the operations of a page have set and filled so far."""

    def __init__(self, page: Box, pictures: frozenset[str]) -> None:
        self.page, self.pictures = page, pictures
        self.matrix: Matrix = IDENTITY  # of the page
        self.line: Matrix = IDENTITY  # of the line of text
        self.leading = 0.0
        self.white, self.mode, self.size = False, 0, 12.0
        self.saved: list[tuple[Matrix, bool, int, float, float]] = []
        self.path: list[tuple[float, float]] = []
        self.dark: list[Box] = []

    def hides(self, values: Any, name: bytes) -> str:  # noqa: ANN401 - as pypdf reads them
        """Why letters shown by this operation are not seen; "" when they are, or it shows none."""
        numbers = [float(value) for value in values if isinstance(value, int | float)]
        self._follow(name, numbers)
        if name in _DRAWS:
            self._darken(picture=name != b"Do" or str(values[0]) in self.pictures)
        if name not in _SHOWS:
            return ""
        if self.mode == INVISIBLE:
            return "invisible"
        a, b, c, d, x, y = _product(self.line, self.matrix)
        if abs(self.size) * max(abs(a) + abs(b), abs(c) + abs(d)) < SMALLEST:
            return "tiny"
        if not _is_within(x, y, self.page, BESIDE):
            return "away"
        dark = not self.white or any(_is_within(x, y, box, AROUND) for box in self.dark)
        return "" if dark else "white"

    def _follow(self, name: bytes, numbers: list[float]) -> None:
        if name == b"q":
            state = (self.matrix, self.white, self.mode, self.size, self.leading)
            self.saved.append(state)
        elif name == b"Q" and self.saved:
            self.matrix, self.white, self.mode, self.size, self.leading = self.saved.pop()
        elif name == b"cm":
            self.matrix = _product(_matrix(numbers), self.matrix)
        elif name in _COLORS:  # one without numbers is a pattern
            self.white = bool(numbers) and _is_white(name, numbers)
        elif name[:1] == b"T" or name in {b"BT", b"'", b'"'}:
            self._write(name, numbers)
        else:
            self._draw(name, numbers)

    def _write(self, name: bytes, numbers: list[float]) -> None:
        if name == b"BT":
            self.line = IDENTITY
        elif name == b"Tm":
            self.line = _matrix(numbers)
        elif name in {b"Td", b"TD"} and len(numbers) == len("xy"):
            self.leading = -numbers[1] if name == b"TD" else self.leading
            self._move(*numbers)
        elif name in {b"T*", b"'", b'"'}:
            self._move(0.0, -self.leading)
        elif numbers:
            self.leading = numbers[0] if name == b"TL" else self.leading
            self.mode = int(numbers[0]) if name == b"Tr" else self.mode
            self.size = numbers[-1] if name == b"Tf" else self.size

    def _move(self, right: float, up: float) -> None:
        self.line = _product((1.0, 0.0, 0.0, 1.0, right, up), self.line)

    def _draw(self, name: bytes, numbers: list[float]) -> None:
        if name == b"re" and len(numbers) == len("xywh"):
            x, y, width, height = numbers
            self._add((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        elif name in {b"m", b"l", b"c", b"v", b"y"}:
            self._add(*zip(numbers[::2], numbers[1::2], strict=False))
        elif name in _ENDS:
            if name in _FILLS and not self.white:
                self._fill()
            self.path = []
        elif name == b"sh":
            self.dark.append(self.page)

    def _darken(self, *, picture: bool) -> None:
        """A picture fills the unit square; what else is drawn by name may fill the page."""
        if not picture:
            self.dark.append(self.page)
            return
        self.path = []
        self._add((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
        self._fill()
        self.path = []

    def _add(self, *points: tuple[float, float]) -> None:
        a, b, c, d, e, f = self.matrix
        self.path += [(a * x + c * y + e, b * x + d * y + f) for x, y in points]

    def _fill(self) -> None:
        if self.path:
            across, up = zip(*self.path, strict=True)
            self.dark.append((min(across), min(up), max(across), max(up)))


def _matrix(numbers: list[float]) -> Matrix:
    if len(numbers) != len(IDENTITY):
        return IDENTITY
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _is_within(x: float, y: float, box: Box, by: float) -> bool:
    left, bottom, right, top = box
    return left - by <= x <= right + by and bottom - by <= y <= top + by


def _is_white(name: bytes, numbers: list[float]) -> bool:
    if name == b"k" or len(numbers) == 4:  # noqa: PLR2004 - cyan, magenta, yellow and black
        return max(numbers) <= 1 - WHITEST
    return min(numbers) >= WHITEST
