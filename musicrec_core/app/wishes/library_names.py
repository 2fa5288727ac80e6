"""The names of this library, as the understanding asks for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from musicrec_core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from musicrec_core.app.context import Context

REMEMBERED = 4096
SHORTEST = 2  # letters; names of one are letters and figures of other words


class LibraryNames:
    """Artists, albums and titles of the library, and artists of the map, by exact folded name."""

    def __init__(self, context: Context, is_ordinary: Callable[[str], bool]) -> None:
        self._context = context
        self._is_ordinary = is_ordinary
        self._kinds = lru_cache(REMEMBERED)(self._looked_up)

    def kinds(self, name: str) -> frozenset[str]:
        """Which of `artist album track` have that name, however it is spelled."""
        folded = fold(name)
        return self._kinds(folded) if len(folded) >= SHORTEST else frozenset()

    def _looked_up(self, folded: str) -> frozenset[str]:
        kinds = self._context.store.search.kinds_of(folded)
        if kinds or " " not in folded:
            return kinds
        # Many artists of the map are called what anybody might say: "the end", "new life".
        if all(self._is_ordinary(word) for word in folded.split()):
            return kinds
        is_artist = self._context.culture.listeners(folded) is not None
        return frozenset(("artist",)) if is_artist else kinds
