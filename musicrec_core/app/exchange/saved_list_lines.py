"""Saved lists as JSON lines, out and in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import MusicRecError, TableError

if TYPE_CHECKING:
    from musicrec_core.store import Store
    from musicrec_core.store.saved_lists import StoredList


def as_line(saved: StoredList) -> dict[str, object]:
    """What `export` writes of a saved list: its recipe and where it is written, no songs."""
    return {
        "type": "list",
        "profile": saved.profile,
        "name": saved.name,
        "request": dict(saved.request),
        "file": saved.file,
        "relative": saved.relative,
    }


def read(row: Mapping[str, Any]) -> StoredList:
    """A line read back; raises TableError where it is none."""
    from musicrec_core.app.saved_lists import request_json
    from musicrec_core.store.saved_lists import StoredList

    profile, name, request = row.get("profile"), row.get("name"), row.get("request")
    if not (isinstance(profile, str) and profile and isinstance(name, str) and name.strip()):
        raise TableError("a saved list needs a profile and a name")
    if not isinstance(request, dict):
        raise TableError("the request of a saved list is missing or of the wrong kind")
    try:
        request_json.from_json(request)
    except MusicRecError as error:
        raise TableError(str(error)) from error
    file = row.get("file")
    if file is not None and not (isinstance(file, str) and os.path.isabs(file)):
        raise TableError(f"{file!r} is no file's whole path")
    return StoredList(profile, name, request, file, row.get("relative") is True)


def take(store: Store, saved: StoredList) -> bool:
    """Keep one from elsewhere; False where there is the very same already.

    One of that name that asks for something else stays: the new one is "NAME (imported)".
    """
    for number in count():
        suffix = ("", " (imported)")[number] if number < 2 else f" (imported {number})"
        there = store.saved_lists.named(saved.profile, f"{saved.name}{suffix}")
        if there is None:
            # Two lists must not write one file.
            taken = saved.file in {other.file for other in store.saved_lists.all()}
            file = None if taken else saved.file
            store.saved_lists.put(replace(saved, name=f"{saved.name}{suffix}", file=file))
            return True
        if there.request == saved.request:
            return False
    raise AssertionError("unreachable")
