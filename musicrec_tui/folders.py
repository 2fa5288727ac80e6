"""A folder that a person types: suggestions, completion, and what is wrong with it."""

from __future__ import annotations

import os
from itertools import islice

MOST_LOOKED_AT = 5000  # entries of a folder read for suggestions


def complete(text: str) -> list[str]:
    """Folders whose path begins with what was typed, hidden ones only when a dot was typed."""
    typed_parent, start = os.path.split(text)
    parent = os.path.expanduser(typed_parent) or "."
    try:
        with os.scandir(parent) as entries:
            names = [
                e.name for e in islice(entries, MOST_LOOKED_AT)
                if e.name.casefold().startswith(start.casefold()) and _is_folder(e)
            ]  # fmt: skip
    except OSError:
        return []
    shown = [n for n in names if start.startswith(".") or not n.startswith(".")]
    return [os.path.join(typed_parent, name) for name in sorted(shown, key=str.casefold)]


def completion(text: str) -> str:
    """What Tab makes of the text: as far as all matching folders agree."""
    matches = complete(text)
    if len(matches) == 1:
        return os.path.join(matches[0], "")
    common = os.path.commonprefix(matches)  # noqa: RUF071 - half a name helps, too
    return common if common.casefold().startswith(text.casefold()) and matches else text


def problem(text: str) -> str | None:
    """Why this folder cannot be scanned, in one line; None when nothing speaks against it."""
    path = os.path.abspath(os.path.expanduser(text.strip()))
    if not text.strip():
        return "Type the folder that holds your music"
    if not os.path.exists(path):
        return f"There is no folder {path}"
    if not os.path.isdir(path):
        return f"{path} is a file: name the folder that holds it"
    if not os.access(path, os.R_OK | os.X_OK):
        return f"{path} cannot be read: permission denied"
    return None


def usual() -> str:
    """Where music mostly is, if it is there."""
    return "~/Music" if os.path.isdir(os.path.expanduser("~/Music")) else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in circles
        return False
