"""Saved lists as front ends see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.notices import Notice
from musicrec_core.records import Track


@dataclass(frozen=True, slots=True)
class SavedList:
    """A request under a name."""

    name: str
    request: ListRequest
    recipe: Mapping[str, Any]
    """What of the request is not as in any list, by the names of its fields."""
    file: str | None
    """The playlist file that it is written to, absolute."""
    relative: bool
    day: str | None
    """ISO date on which its songs were chosen last."""
    songs: int
    """How many were chosen then."""


@dataclass(frozen=True, slots=True)
class RefreshedList:
    """A saved list with its songs of today."""

    name: str
    tracks: tuple[Track, ...]
    chosen_now: bool
    """False where they are those chosen earlier today."""
    file: str | None = None
    written: bool = False
    """Whether the file was written; one that says the same already is left alone."""
    kept_copy: str | None = None
    """Where the file as somebody edited it is now."""
    notices: tuple[Notice, ...] = ()
