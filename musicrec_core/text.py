"""Text that is safe to show: on a terminal, in a playlist, in a browser."""

from __future__ import annotations

from collections.abc import Iterable


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
