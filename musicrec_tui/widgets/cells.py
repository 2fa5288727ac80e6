"""Text cut to cells: a wide character takes two, and nothing from a tag is markup."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from musicrec_core.text import one_line


def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text` on exactly `width` cells, cleaned, cut with an ellipsis where it is too long."""
    clean = one_line(text)
    if width <= 0:
        return ""
    length = cell_len(clean)
    if length > width:
        return set_cell_size(set_cell_size(clean, width - 1).rstrip() + "…", width)
    padding = " " * (width - length)
    return padding + clean if right else clean + padding


def bar(share: float, width: int, rest: str = " ") -> str:
    """A line of `width` cells, thick up to `share` in [0, 1] by halves of a cell."""
    halves = round(min(max(share, 0.0), 1.0) * width * 2)
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(width, rest)


def clock(seconds: float | None) -> str:
    """`3:05` or `1:02:03`; empty when not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(max(seconds, 0.0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
