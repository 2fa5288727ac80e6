"""What the first screen answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MusicFolder:
    """Scan this folder, as it was typed."""

    path: str


@dataclass(frozen=True, slots=True)
class DemoLibrary:
    """Make the demo library in a home of its own, and scan it."""


FirstChoice = MusicFolder | DemoLibrary
