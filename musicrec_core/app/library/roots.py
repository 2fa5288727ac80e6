"""Which folders a scan looks into, which of them are there, and which one a file belongs to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.app.context import Context
from musicrec_core.app.notices import Notice
from musicrec_core.errors import LibraryError
from musicrec_core.store.library.roots import Root


@dataclass(frozen=True, slots=True)
class Roots:
    """The folders of one scan, among all that were ever scanned and those named now."""

    scanned: tuple[Root, ...]
    explicit: bool
    prefixes: tuple[tuple[bytes, bytes], ...]
    """Of every root: how the paths of its files begin, and its own path; the innermost first."""

    @classmethod
    def of(cls, context: Context, folders: Sequence[str]) -> Roots:
        """Those named, else those scanned before; raises LibraryError."""
        stored = context.store.roots.all()
        if not folders:
            if not stored:
                raise LibraryError(
                    "no folder was scanned yet: name one, as in `musicrec scan ~/Music`"
                )
            return cls(tuple(stored), False, _prefixes(stored))
        by_path = {root.path: root for root in stored}
        named = [
            by_path.get(path) or Root(0, path, online=True)
            for path in dict.fromkeys(_checked(folder) for folder in folders)
        ]
        return cls(tuple(named), True, _prefixes((*stored, *named)))

    def owner(self, path: bytes) -> bytes | None:
        """The innermost known root above a file: a drive mounted in a library is its own."""
        for prefix, root in self.prefixes:
            if path.startswith(prefix):
                return root
        return None


def _prefixes(roots: Sequence[Root]) -> tuple[tuple[bytes, bytes], ...]:
    paths = sorted({root.path for root in roots}, key=len, reverse=True)
    return tuple((os.path.join(path, b""), path) for path in paths)


def _checked(folder: str) -> bytes:
    if not folder.strip():
        raise LibraryError("an empty name is no folder")
    path = os.path.abspath(os.path.expanduser(folder))
    if not os.path.exists(path):
        raise LibraryError(f"there is no folder {path}")
    if not os.path.isdir(path):
        raise LibraryError(f"{path} is a file: name the folder that holds it")
    if not os.access(path, os.R_OK | os.X_OK):
        raise LibraryError(f"the folder {path} cannot be read: permission denied")
    return os.fsencode(path)


def known_root(context: Context, folder: str) -> Root:
    """A folder scanned before, there or not; raises LibraryError that lists those there are."""
    if not folder.strip():
        raise LibraryError("an empty name is no folder")
    path = os.fsencode(os.path.abspath(os.path.expanduser(folder)))
    roots = context.store.roots.all()
    for root in roots:
        if root.path == path:
            return root
    names = ", ".join(os.fsdecode(root.path) for root in roots) or "none so far"
    raise LibraryError(f"{os.fsdecode(path)} was never scanned as a folder; those were: {names}")


def no_songs(context: Context) -> str:
    """Why there is no song to work with, and what to do."""
    away = all_away(context)
    if away is not None:
        return away.sentence
    return "there are no songs yet: scan some, as in `musicrec scan ~/Music`"


def all_away(context: Context) -> Notice | None:
    """That every song waits in a folder that is away, None where that is not so."""
    files = context.store.files
    if files.count("present") or not files.count("offline"):
        return None
    away = [os.fsdecode(root.path) for root in context.store.roots.all() if not root.online]
    folders = f"folder {away[0]} is" if len(away) == 1 else f"folders {', '.join(away)} are"
    return Notice("all-away", {"away": f"the {folders} away"})


def is_there(root: Root) -> bool:
    """Whether the folder is there and not an empty mount point."""
    try:
        with os.scandir(root.path) as entries:
            return next(entries, None) is not None
    except OSError:
        return False
