"""The twelve styles by name. Each has its own instruments, rhythms, tempi and loudness."""

from __future__ import annotations

from musicrec_core.demo.styles import acoustic, bands, electronic
from musicrec_core.demo.styles.base import Style

STYLES: dict[str, Style] = {
    style.name: style for style in (*electronic.STYLES, *acoustic.STYLES, *bands.STYLES)
}
