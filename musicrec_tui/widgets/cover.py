"""A cover: by the terminal's own graphics where it has any, else in half blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.containers import Container
from textual.strip import Strip
from textual.widget import Widget

from musicrec_tui import pictures

if TYPE_CHECKING:
    from PIL.Image import Image

    from musicrec_tui.pictures import PictureWay

UPPER = "▀"


class Cover(Container):
    """Nothing where there is no picture, or Pillow (extra `covers`) is not installed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.display = False

    async def show(self, picture: Image | None, way: PictureWay) -> None:
        """Show a picture, or nothing."""
        await self.remove_children()
        self.display = picture is not None and way != "none"
        if picture is not None and self.display:
            drawn = None if way == "blocks" else pictures.drawn(picture, way)
            await self.mount(drawn or HalfBlocks(picture))


class HalfBlocks(Widget):
    """A picture at two pixels a cell, on any terminal with colours."""

    def __init__(self, picture: Image) -> None:
        super().__init__()
        self._picture = picture
        self._lines: list[Strip] = []
        self._drawn_for = (0, 0)

    def render_line(self, y: int) -> Strip:
        """One line of half blocks."""
        width, height = self.size
        if self._drawn_for != (width, height):
            self._drawn_for = (width, height)
            self._lines = halves(self._picture, width, height)
        return self._lines[y] if y < len(self._lines) else Strip.blank(width)


def halves(picture: Image, width: int, height: int) -> list[Strip]:
    """The picture in lines of cells, its shape kept and centred."""
    if width < 2 or height < 1:
        return []
    small = picture.copy()
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
