"""A cover in half blocks: two pixels a cell, on any terminal with colours."""

from __future__ import annotations

from io import BytesIO

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

UPPER = "▀"


class Cover(Widget):
    """Nothing where there is no picture, or Pillow (extra `covers`) is not installed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._picture: bytes | None = None
        self._lines: list[Strip] = []
        self._drawn_for = (0, 0)

    def show(self, picture: bytes | None) -> None:
        """Show a picture, or nothing."""
        self._picture, self._drawn_for = picture, (0, 0)
        self.display = picture is not None and bool(halves(picture, 2, 2))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of half blocks."""
        width, height = self.size
        if self._picture is not None and self._drawn_for != (width, height):
            self._drawn_for = (width, height)
            self._lines = halves(self._picture, width, height)
        return self._lines[y] if y < len(self._lines) else Strip.blank(width)


def halves(picture: bytes, width: int, height: int) -> list[Strip]:
    """The picture in lines of cells, its shape kept and centred; none where it is no picture."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ModuleNotFoundError:
        return []
    if width < 2 or height < 1:
        return []
    try:
        with Image.open(BytesIO(picture)) as image:
            image.draft("RGB", (4 * width, 8 * height))
            small = image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return []
    small.thumbnail((width, 2 * height))
    across, down = small.size
    margin = (width - across) // 2
    pixels = small.tobytes()
    rows = [pixels[3 * across * y : 3 * across * (y + 1)] for y in range(down)]
    lines = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=False):
        cells = [
            Segment(UPPER, _style(upper[at : at + 3], lower[at : at + 3]))
            for at in range(0, 3 * across, 3)
        ]
        blank = [Segment(" " * margin)] if margin else []
        lines.append(Strip([*blank, *cells], margin + across).adjust_cell_length(width))
    return lines


def _style(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
