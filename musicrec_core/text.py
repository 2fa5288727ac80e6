"""Text that is safe to show: on a terminal, in a playlist, in a browser."""

from __future__ import annotations


def one_line(text: str) -> str:
    """`text` without surrogates, control characters or line breaks.

    A tag or file name may hold escape sequences; none of them reaches a terminal in force.
    """
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else " " for c in clean).strip()
