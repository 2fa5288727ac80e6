"""What a terminal adds to plain lines: colour, and columns as wide as it is.

Where output goes to a file or another program, lines are the same on every machine.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any, Literal

import click

from musicrec_core.text import one_line

Role = Literal["title", "score", "quiet", "heading", "good", "bad"]

LOOKS: dict[Role, dict[str, Any]] = {
    "title": {"bold": True},
    "score": {"fg": "cyan"},
    "quiet": {"dim": True},
    "heading": {"bold": True, "fg": "yellow"},
    "good": {"fg": "green"},
    "bad": {"fg": "red"},
}

PLAIN_COLUMNS = 80
MOST_COLUMNS = 160
GAP = "  "
LEAST_CELLS = 8  # below that a column says nothing


def on_terminal() -> bool:
    """Whether a person reads along."""
    return sys.stdout.isatty()


def columns() -> int:
    """Cells of a line: of the terminal's width as much as can be read, else 80."""
    if not on_terminal():
        return PLAIN_COLUMNS
    return min(shutil.get_terminal_size((PLAIN_COLUMNS, 24)).columns, MOST_COLUMNS)


def ink(text: str, role: Role) -> str:
    """`text`, cleaned, in a role; `echo_inked` takes the colour out where none is wanted."""
    return click.style(text and _clean(text), **LOOKS[role])


def echo_inked(*parts: str) -> None:
    """Print one line of parts; in colour on a terminal, unless NO_COLOR says otherwise."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    click.echo("".join(parts).rstrip(), color=None if wanted else False)


def in_columns(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Texts padded or cut to columns that fit `width` cells together; empty columns vanish.

    The widest columns give way first, so that short ones are never cut for a long one.
    """
    from rich.cells import cell_len

    from musicrec_tui.widgets.cells import fit

    needs = [max(cell_len(one_line(text)) for text in column) for column in zip(*rows, strict=True)]
    shown = [i for i, need in enumerate(needs) if need]
    room = width - len(GAP) * (len(shown) - 1)
    sizes = _level({i: needs[i] for i in shown}, room)
    return [[fit(row[i], sizes[i]) for i in shown] for row in rows]


def _level(needs: dict[int, int], room: int) -> dict[int, int]:
    """Cells by column: what it needs, or where that is too much an equal share of what is left."""
    sizes, left = dict[int, int](), room
    for place, (index, need) in enumerate(sorted(needs.items(), key=lambda item: item[1])):
        share = max(left // (len(needs) - place), LEAST_CELLS)
        sizes[index] = min(need, share)
        left -= sizes[index]
    return sizes


def _clean(text: str) -> str:
    """As `one_line`, with the spaces at either end that columns are padded with."""
    start, end = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    clean = one_line(text)
    return " " * start + clean + " " * end if clean else text if text.isspace() else ""
