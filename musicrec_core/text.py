"""Text that is safe to show: on a terminal, in a playlist, in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable

_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")


def one_line(text: str) -> str:
    """`text` without surrogates, control characters or line breaks.

    A tag or file name may hold escape sequences; none of them reaches a terminal in force.
    """
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else " " for c in clean).strip()


def joined(names: Iterable[str], width: int) -> str:
    """As many of the names as there is room for; only one that is alone is cut."""
    shown = ""
    for name in names:
        longer = f"{shown}, {name}" if shown else fit(name, width)
        if len(longer) > width:
            break
        shown = longer
    return shown


def fit(line: str, width: int) -> str:
    """A line of at most `width` characters, cut between words and so that one sees it."""
    line = line.rstrip()
    if len(line) <= width:
        return line
    between = line.rfind(" ", width // 2, width)
    return line[: between if between > 0 else width - 1].rstrip(" ,;:-") + "…"


def count(number: int, thing: str) -> str:
    """`1 song`, `2,000 songs`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def year_in(date: str) -> int | None:
    """The year of a date in any order: of 2006, 2006-10-24, 20061024 and 24.10.2006."""
    match = _YEAR.search(date)
    return int(match[0]) if match else None
