"""Now: the cover, its colour, and how a terminal is told to draw it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from io import BytesIO
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import Static

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.playback.queue import Queue
from musicrec_tui import pictures
from musicrec_tui.cover_colour import LEAST_CONTRAST, accent, contrast
from musicrec_tui.screens.library.search_box import SearchBox
from musicrec_tui.widgets.cover import HalfBlocks
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import FakePlayer, with_picks

Image = pytest.importorskip("PIL.Image")
PATIENCE_S = 120.0  # only a failing test waits that long
RED, DARK, LIGHT = (190, 20, 20), Color.parse("#14171c"), Color.parse("#fbfaf7")


def png(*colours: tuple[int, int, int]) -> bytes:
    """Stripes of these colours."""
    picture = Image.new("RGB", (40, 40))
    for at, colour in enumerate(colours):
        picture.paste(colour, (0, 40 * at // len(colours), 40, 40))
    content = BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


async def test_the_cover_of_what_plays_is_drawn_and_lends_its_colour_to_the_title(
    musicrec: Command, tmp_path: Path
) -> None:
    write_tone(tmp_path / "dune.flac", seconds=1.0, tags={"artist": "Ada Reed", "title": "Dune"})
    (tmp_path / "cover.png").write_bytes(png(RED))
    musicrec("scan", tmp_path, "--tags-only")
    async with with_picks(musicrec.home, (120, 40), FakePlayer()) as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.focused, SearchBox))
        await driven.type("dune")
        await driven.shows("1 song, best first")
        await driven.press("enter")
        await driven.until(lambda: driven.on_library and driven.library.table.has_focus)
        await driven.press("space", "4")
        await driven.until(lambda: driven.main.view.query(HalfBlocks))
        await driven.shows("▀▀▀▀", "Dune")
        title = driven.main.view.query_one("#now-title", Static)
        await driven.until(lambda: title.styles.color.r > 2 * title.styles.color.g)
        driven.app.theme = "musicrec-contrast"  # which keeps its own colours
        await driven.until(
            lambda: title.styles.color == Color.parse(driven.app.theme_variables["accent"])
        )


@pytest.mark.parametrize("background", [DARK, LIGHT])
@pytest.mark.parametrize("colour", [RED, (20, 20, 120), (250, 240, 120), (60, 180, 90)])
def test_the_colour_of_a_cover_can_be_read(colour: tuple[int, int, int], background: Color) -> None:
    picture = pictures.opened(png((10, 10, 10), colour, (240, 240, 240)))
    assert picture is not None
    found = accent(picture, background)
    assert found is not None
    assert contrast(found, background) >= LEAST_CONTRAST


def test_a_grey_cover_lends_none() -> None:
    picture = pictures.opened(png((10, 10, 10), (128, 128, 128), (240, 240, 240)))
    assert picture is not None
    assert accent(picture, DARK) is None


@pytest.mark.parametrize(("environment", "way"), [
    ({"TERM": "xterm-kitty"}, "kitty"),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
    ({"TERM": "foot"}, "sixel"),
    ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "sixel"),
    ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "blocks"),
    ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, "blocks"),
    ({"TERM": "xterm-256color"}, "blocks"),
    ({}, "blocks"),
])  # fmt: skip
def test_a_terminal_is_taken_by_its_name(environment: dict[str, str], way: str) -> None:
    assert pictures.way(environment, None) == way
    assert pictures.way(environment, "automatic") == way
    assert pictures.way(environment, "none") == "none"


@pytest.mark.parametrize("way", ["kitty", "sixel"])
def test_a_terminal_with_graphics_gets_a_picture_and_is_asked_nothing(
    way: pictures.PictureWay, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("textual_image")
    picture = pictures.opened(png(RED))
    assert picture is not None
    assert pictures.drawn(picture, way) is not None
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("terminal", "begins"), [("xterm-kitty", b"\x1b_G"), ("foot", b"\x1bP0;0;0q")]
)
def test_a_real_terminal_gets_the_cover_in_its_own_graphics(
    musicrec: Command, tmp_path: Path, terminal: str, begins: bytes
) -> None:
    pytest.importorskip("textual_image")
    write_tone(tmp_path / "dune.flac", seconds=1.0, tags={"artist": "Ada Reed", "title": "Dune"})
    (tmp_path / "cover.png").write_bytes(png(RED))
    musicrec("scan", tmp_path, "--tags-only")
    with MusicRec(home=musicrec.home) as app:  # a song of last time waits to go on
        queue = Queue().replaced([app.library.find("Dune").id])
        app.playback.keep(queue.at(0), 0.5)
    drawn = in_a_terminal(musicrec.home, terminal, key=b"4", until=begins)
    assert begins in drawn
    assert b"\x1b[c" not in drawn  # it was not asked what it can


def in_a_terminal(home: Path, terminal: str, *, key: bytes, until: bytes) -> bytes:
    """What the screens write, a key pressed once their first list is there."""
    child, screen = pty.fork()
    if child == 0:
        environment = {
            name: value for name, value in os.environ.items()
            if name not in ("TMUX", "TERM_PROGRAM", "KITTY_WINDOW_ID", "KONSOLE_VERSION")
        }  # fmt: skip
        environment |= {"MUSICREC_HOME": str(home), "TERM": terminal}
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 1200, 800))
        os.execve(sys.executable, [sys.executable, "-m", "musicrec_tui"], environment)
    written, pressed, ends_s = b"", False, time.monotonic() + PATIENCE_S
    try:
        while until not in written and time.monotonic() < ends_s:
            if select.select([screen], [], [], 0.5)[0]:
                written += os.read(screen, 65536)
            if not pressed and b"Why " in written:
                pressed = bool(os.write(screen, key))
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(screen)
        os.waitpid(child, 0)
    return written
