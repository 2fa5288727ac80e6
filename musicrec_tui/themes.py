"""Palettes: two quiet ones, one of high contrast, and the terminal's own sixteen colours."""

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

CONTRAST = Theme(
    name="musicrec-contrast",
    dark=True,
    primary="#66ccff",
    secondary="#cccccc",
    accent="#ffcc33",
    success="#66ff66",
    warning="#ffff66",
    error="#ff8888",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#333333",
)

TERMINAL = Theme(
    name="musicrec-terminal",
    dark=True,
    primary="ansi_bright_blue",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_bright_black",
    boost="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_black",
        "input-cursor-foreground": "ansi_bright_white",
        "input-cursor-text-style": "none",
        "input-selection-background": "ansi_bright_blue",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_bright_blue",
        "screen-selection-foreground": "ansi_black",
    },
)

THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)
COLOURED = (DARK.name, LIGHT.name)
"""Those in which a cover may lend its colour to what plays."""


def preferred(remembered: str | None) -> str:
    """The theme: Textual's own setting first, then the one chosen last, then the terminal's."""
    chosen = os.environ.get("TEXTUAL_THEME", "")
    if chosen:
        return chosen
    if remembered in {theme.name for theme in THEMES}:
        return str(remembered)
    # rxvt, Konsole and others say "foreground;background"; 7 and 15 are the whites.
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name


def after(name: str) -> str:
    """The next theme in turn."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
