"""What of the library is listed, in which order, and the words for it."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import LibraryOrder
from musicrec_core.text import count

NAMES: dict[LibraryOrder, str] = {
    "length": "time", "path": "file", "plays": "number of plays", "played": "last play",
    "added": "day added",
}  # fmt: skip
FROM_TAGS = frozenset(("title", "artist", "album", "genre", "year", "length", "path", "score"))
"""Orders that are answered at once."""
_TYPED_RULE = re.compile(r'(?<!\S)-?[a-z]+:(?:"[^"]*"?|[^\s"])*')


@dataclass(frozen=True, slots=True)
class SongListing:
    """Songs by an order, or by words with the best match first, of those that rules leave.

    within: an artist and an album, or all albums, while artists stand beside the songs.
    """

    order: LibraryOrder = "artist"
    descending: bool = False
    text: str = ""
    rules: tuple[str, ...] = ()
    within: tuple[str, str | None] | None = None

    @property
    def searched(self) -> str:
        """The words that are searched for, as they were typed."""
        return self.text.strip()

    @property
    def where(self) -> str:
        """The rules as one text."""
        return " ".join(self.rules)

    @property
    def is_quick(self) -> bool:
        """Whether no score and nothing heard has to be looked at."""
        return self.within is not None or (not self.rules and self.order in FROM_TAGS)

    def sorted_by(self, order: LibraryOrder, *, descending: bool) -> SongListing:
        """All songs in an order; a search gives way, for it has its own."""
        return replace(self, order=order, descending=descending, text="", within=None)

    def read(self, musicrec: MusicRec) -> array[int]:
        """File ids."""
        if self.within:
            return musicrec.library.files_of(*self.within)
        words = _TYPED_RULE.sub(" ", self.text).strip()  # without rules still being typed
        return musicrec.library.listing(
            self.order, descending=self.descending, text=words, where=self.where
        )

    @property
    def sorted_column(self) -> str:
        """The column that carries the mark of the order; empty where the order is its own."""
        return "" if self.within or self.searched else self.order

    def found(self, songs: int) -> str:
        """How many songs, and in which order."""
        if self.within:
            return count(songs, "song")
        how = "best first" if self.searched else f"by {NAMES.get(self.order, self.order)}"
        return f"{count(songs, 'song')}, {how}"

    @property
    def none_found(self) -> str:
        """Why nothing is listed, and the way back."""
        if self.rules:
            return "No song fits all of it. Backspace takes the last filter away."
        return f"Nothing matches “{self.searched}”. Esc clears the search." if self.searched else ""
