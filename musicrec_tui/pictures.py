"""How this terminal draws pictures, and pictures made ready for it (extra `covers`)."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual.widget import Widget

PictureWay = Literal["kitty", "sixel", "blocks", "none"]
"""Kitty's graphics, sixels, two pixels a cell in half blocks, or no picture."""
WAYS: tuple[PictureWay, ...] = get_args(PictureWay)
LARGEST = (1024, 1024)  # pixels; what is sent to a terminal
# Programs that say by their name what they can. Nobody is asked: an answer that never comes would
# hold up the start, and one that comes late would be read as keys.
KITTY = ("kitty", "ghostty")
SIXEL = ("foot", "wezterm", "mintty", "contour", "mlterm", "sixel", "iterm.app", "konsole")


def way(environment: Mapping[str, str], chosen: str | None) -> PictureWay:
    """The way that was chosen, else the one that the terminal's name promises."""
    for one in WAYS:
        if one == chosen:
            return one
    if "TMUX" in environment or environment.get("TERM", "").startswith(("screen", "tmux")):
        return "blocks"
    names = [environment.get(name, "") for name in ("TERM", "TERM_PROGRAM")]
    names += [name for name, sign in (("kitty", "KITTY_WINDOW_ID"), ("konsole", "KONSOLE_VERSION"))
              if environment.get(sign)]  # fmt: skip
    said = " ".join(names).casefold()
    if any(name in said for name in KITTY):
        return "kitty"
    return "sixel" if any(name in said for name in SIXEL) else "blocks"


def opened(picture: bytes, most: tuple[int, int] = LARGEST) -> Image | None:
    """The picture in colours, no larger than so many pixels; None where it is none."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ModuleNotFoundError:
        return None
    try:
        with Image.open(io.BytesIO(picture)) as image:
            image.draft("RGB", (2 * most[0], 2 * most[1]))
            small = image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    small.thumbnail(most)
    return small


def drawn(picture: Image, by: PictureWay) -> Widget | None:
    """A widget that draws it; None where its library (extra `covers`) is not installed."""
    try:
        with _unasked():
            widgets = importlib.import_module("textual_image.widget")
    except ImportError:
        return None
    kind = widgets.TGPImage if by == "kitty" else widgets.SixelImage
    made: Widget = kind(picture)
    return made


@contextmanager
def _unasked() -> Iterator[None]:
    """Let textual-image be imported without asking the terminal, whose input is read already.

    It takes the size of a cell from the environment where standard output is no terminal.
    """
    real, size = sys.__stdout__, _cell_pixels()
    wanted = {"TEXTUAL_CELL_WIDTH": size[0], "TEXTUAL_CELL_HEIGHT": size[1]} if size else {}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update({name: str(pixels) for name, pixels in wanted.items()})
    sys.__stdout__ = io.StringIO()  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        sys.__stdout__ = real  # type: ignore[misc]
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _cell_pixels() -> tuple[int, int] | None:
    """Width and height of a cell as the terminal told its driver; None where it did not."""
    if sys.platform == "win32" or sys.__stdout__ is None or not sys.__stdout__.isatty():
        return None
    import array
    import fcntl
    import termios

    size = array.array("H", [0, 0, 0, 0])
    fcntl.ioctl(sys.__stdout__, termios.TIOCGWINSZ, size)
    lines, columns, width, height = size
    if not (lines and columns and width and height):
        return None
    return width // columns, height // lines
