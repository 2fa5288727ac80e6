"""What a terminal gets that a pipe does not: colour, its whole width, and an end without input."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import termios

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import LibraryRow
from tests.conftest import Command

COLOUR = "\x1b["
STYLED = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(musicrec: Command, *arguments: str, width: int, **env: str) -> str:
    """What the command writes to a terminal that is `width` cells wide."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    around = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "musicrec_tui", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**around, "MUSICREC_HOME": str(musicrec.home), "TERM": "xterm-256color", **env},
    )
    os.close(theirs)
    written = b""
    try:
        while some := os.read(ours, 65536):
            written += some
    except OSError:  # how Linux tells that nobody writes any more
        pass
    os.close(ours)
    assert process.wait() == 0, written
    return written.decode().replace("\r\n", "\n")


def test_lists_are_coloured_on_a_terminal_and_plain_in_a_pipe(musicrec: Command) -> None:
    assert COLOUR in on_terminal(musicrec, "recommend", width=100)
    assert COLOUR not in musicrec("recommend").stdout


def test_no_color_is_respected(musicrec: Command) -> None:
    assert COLOUR not in on_terminal(musicrec, "recommend", width=100, NO_COLOR="1")
    assert COLOUR not in on_terminal(musicrec, "search", "rain", width=100, NO_COLOR="1")


def test_no_pick_is_longer_than_the_line_and_a_wide_line_shows_the_album(
    musicrec: Command,
) -> None:
    for width in (50, 80, 140):
        shown = STYLED.sub("", on_terminal(musicrec, "recommend", "-n", "5", width=width))
        picks = [line for line in shown.splitlines() if re.match(r"[01]\.\d\d", line)]
        assert len(picks) == 5
        assert max(map(len, picks)) <= width
    albums = {row.track.album for row in _rows(musicrec)} - {""}
    assert all(any(album in line for album in albums) for line in picks)


def test_a_reason_that_most_songs_share_is_said_once(musicrec: Command) -> None:
    lines = musicrec("recommend").stdout.splitlines()
    reasons = [line.strip() for line in lines if line.startswith("    ")]
    picks = sum(1 for line in lines if re.match(r"[01]\.\d\d", line))
    assert all(reasons.count(reason) <= picks / 2 for reason in reasons)


def test_without_a_terminal_the_screens_end_at_once_with_one_line(musicrec: Command) -> None:
    (line,) = musicrec.fails(status=2).splitlines()
    assert "need a terminal" in line
    assert "--help" in line


def _rows(musicrec: Command) -> list[LibraryRow]:
    with MusicRec(home=musicrec.home) as core:
        return core.library.rows(core.library.listing())
