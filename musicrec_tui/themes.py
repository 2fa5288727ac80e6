"""Two quiet palettes, one for dark terminals and one for light ones."""

from __future__ import annotations

import os

from textual.theme import Theme

DARK = Theme(
    name="musicrec-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#8f9fb3",
    accent="#d9a066",
    success="#8fbf8f",
    warning="#d9b866",
    error="#d98880",
    foreground="#d5dae1",
    background="#14171c",
    surface="#1a1e25",
    panel="#242a33",
)

LIGHT = Theme(
    name="musicrec-light",
    dark=False,
    primary="#2f5f8f",
    secondary="#5f6f80",
    accent="#a3541a",
    success="#2e6b3a",
    warning="#7a5a00",
    error="#a3302a",
    foreground="#20262e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3db",
)


def preferred(remembered: str | None) -> str:
    """The theme: Textual's own setting first, then the one chosen last, then the terminal's."""
    chosen = os.environ.get("TEXTUAL_THEME", "")
    if chosen:
        return chosen
    if remembered in (DARK.name, LIGHT.name):
        return remembered
    # rxvt, Konsole and others say "foreground;background"; 7 and 15 are the whites.
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name
