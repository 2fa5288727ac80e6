"""Saved lists: requests under a name, made anew each day."""

from __future__ import annotations

from pathlib import Path

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.saved_lists import refresh, saved
from musicrec_core.app.saved_lists.records import RefreshedList, SavedList


class SavedListsPart(FacadePart):
    """The saved lists of this profile; an unknown name raises QueryError with the nearest."""

    __slots__ = ()

    def all(self) -> list[SavedList]:
        """Every one, by name."""
        return saved.every(self._context)

    def show(self, name: str) -> SavedList:
        """One of them."""
        return saved.shown(saved.find(self._context, name))

    def save(
        self, name: str, request: ListRequest, file: Path | None = None, *, relative: bool = False
    ) -> SavedList:
        """Keep a request in place of one of that name; `refresh` writes its songs to the file."""
        return saved.save(self._context, name, request, file, relative)

    def songs(self, name: str, *, again: bool = False) -> RefreshedList:
        """Its songs of today, the same all day; `again`: others. No file is written."""
        return refresh.songs(self._context, name, again=again)

    def refresh(self, name: str, *, again: bool = False) -> RefreshedList:
        """Its songs of today, and its file rewritten in one step; an edited one is kept beside."""
        return refresh.refresh(self._context, name, again=again)

    def delete(self, name: str) -> SavedList:
        """Forget it; its file stays."""
        return saved.delete(self._context, name)
