"""Playlists as front ends see them. Positions count from 1, as people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from musicrec_core.records import Track

PlaylistChangeKind = Literal[
    "create", "add", "remove", "move", "clear", "rename", "delete", "replace", "import",
    "invite", "accept", "reject", "shuffle",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaylistItem:
    """A song at a place of a playlist."""

    position: int
    track: Track
    absent: str | None = None
    """Why it cannot be played, None where it can."""
    guest: bool = False
    """Put there by musicrec, waiting to be accepted or rejected."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist with its songs."""

    name: str
    items: tuple[PlaylistItem, ...]
    made_at_s: float
    changed_at_s: float

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The songs whose files are there."""
        return tuple(item.track for item in self.items if item.absent is None)

    @property
    def duration_s(self) -> float:
        """How long all of it lasts, as far as lengths are known."""
        return sum(item.track.duration_s or 0.0 for item in self.items)


@dataclass(frozen=True, slots=True)
class PlaylistSummary:
    """A playlist in the list of all."""

    name: str
    songs: int
    absent: int
    """How many of them cannot be played now."""
    guests: int
    duration_s: float
    changed_at_s: float


@dataclass(frozen=True, slots=True)
class PlaylistChange:
    """What was done to a playlist, ready to be told. `undo` takes the newest one back."""

    id: int | None
    """None where there was nothing to change."""
    playlist: str
    """Its name, the new one after a renaming."""
    kind: PlaylistChangeKind
    description: str
    """Such as "added So What to Morning"; begins in lower case and ends without a full stop."""
    at_s: float
    songs: int
    """How many it holds now; 0 where it is gone."""
    added: int = 0
    removed: int = 0
    repeated: int = 0
    """How many of the added songs it held before."""
    undone: bool = False
