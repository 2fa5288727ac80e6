"""Names of songs in tables: paths of files, as other programs write them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes, urlsplit

from musicrec_core.folding import composed


def path_of(name: str) -> str:
    """The path of a file:// address, else the name as it is."""
    name = name.strip() if name.strip().lower().startswith("file:") else name
    if not name.lower().startswith("file:"):
        return name
    try:
        parts = urlsplit(name.replace("?", "%3F").replace("#", "%23"))
    except ValueError:
        return name
    path = os.fsdecode(unquote_to_bytes(parts.path.encode("utf-8", "surrogateescape")))
    return path if path and parts.netloc in ("", "localhost") else name


class NameLookup:
    """Rows by name: as spelled, else composed in another way, else in other case where one fits.

    paths: whether names are paths, which may be written as addresses.
    """

    def __init__(self, names: Iterable[tuple[str, int]], *, paths: bool) -> None:
        self._paths = paths
        self._rows = {composed(name): row for name, row in names}
        self._caseless: dict[str, set[int]] = {}
        for name, row in self._rows.items() if paths else ():
            self._caseless.setdefault(name.casefold(), set()).add(row)

    def row(self, name: str) -> int:
        """The row that is meant; -1 where none is."""
        spelled = composed(path_of(name) if self._paths else name)
        rows = self._rows.get(spelled)
        if rows is not None:
            return rows
        alike = self._caseless.get(spelled.casefold(), set())
        return next(iter(alike)) if len(alike) == 1 else -1
