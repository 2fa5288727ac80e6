"""The rows that a table has at hand, page by page, and what it still waits for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from musicrec_tui.widgets.columns import CellRow

PAGE_ROWS = 100
PAGES_KEPT = 40


class Pages:
    """The pages used last. A missing one is wanted once; `want` gets its number."""

    def __init__(self, want: Callable[[int], object]) -> None:
        self._want = want
        self._kept: OrderedDict[int, Sequence[CellRow]] = OrderedDict()
        self._wanted: set[int] = set()
        self._stale: set[int] = set()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget everything: other rows come."""
        self._kept.clear()
        self._wanted.clear()
        self._stale.clear()

    def age(self) -> None:
        """The same rows look different now: want each page again, show the old one until then."""
        self._wanted.clear()
        self._stale = set(self._kept)

    def fill(self, rows: Sequence[CellRow]) -> None:
        """Take all rows at once, however many."""
        for first in range(0, len(rows), PAGE_ROWS):
            self._kept[first // PAGE_ROWS] = rows[first : first + PAGE_ROWS]

    def put(self, page: int, rows: Sequence[CellRow]) -> None:
        """Take a page; the one not used for longest makes room."""
        self._wanted.discard(page)
        self._stale.discard(page)
        self._kept[page] = rows
        self._kept.move_to_end(page)
        while len(self._kept) > PAGES_KEPT:
            self._kept.popitem(last=False)

    @property
    def at_hand(self) -> Iterator[CellRow]:
        """Every row that is here, in order."""
        for page in sorted(self._kept):
            yield from self._kept[page]

    def skip(self, page: int) -> None:
        """A page was not read after all; it may be wanted again."""
        self._wanted.discard(page)

    def row(self, index: int) -> CellRow | None:
        """A row, or None while its page is on its way."""
        page, offset = divmod(index, PAGE_ROWS)
        rows = self._kept.get(page)
        if (rows is None or page in self._stale) and page not in self._wanted:
            self._wanted.add(page)
            self._want(page)
        if rows is None:
            return None
        self._kept.move_to_end(page)
        return rows[offset] if offset < len(rows) else None
