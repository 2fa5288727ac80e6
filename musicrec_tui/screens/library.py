"""Library: every song, in an order or by words."""

from __future__ import annotations

import asyncio
from array import array
from typing import ClassVar, Literal, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.widgets import Input, Static

from musicrec_core.app.results import LibraryRow
from musicrec_core.records import Track
from musicrec_core.text import count
from musicrec_tui.notify_errors import telling
from musicrec_tui.session import FacadeThread
from musicrec_tui.widgets.tracks import LIBRARY_COLUMNS, library_row
from musicrec_tui.widgets.virtual_table import VirtualTable

Order = Literal["artist", "title", "album", "year", "path"]
ORDERS: tuple[Order, ...] = get_args(Order)
MOST_FOLLOWING = 50  # songs that play on after the chosen one


class SearchBox(Input):
    """Down and enter go to the songs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the songs"),
        Binding("down", "submit", "To the songs", show=False),
        Binding("escape", "screen.back", "Leave"),
    ]


class Library(Container):
    """Reads through its own desk, page by page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "next_order", "Order", show=False),
        Binding("O", "reverse", "Reverse", show=False),
    ]

    def __init__(self, desk: FacadeThread, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._desk = desk
        self._order: Order = "artist"
        self._descending = False
        self._text = ""
        self._file_ids: array[int] = array("q")
        self._lines: dict[int, LibraryRow] = {}
        self._when_empty = ""
        self._fetching = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The search box, how many songs, the table."""
        with Horizontal(id="search-line"):
            yield SearchBox(placeholder="/ searches title, artist, album, genre", compact=True)
            yield Static(id="found", markup=False)
        yield VirtualTable(LIBRARY_COLUMNS, id="songs")
        yield Static(id="songs-empty", markup=False, classes="empty")

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#songs", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The highlighted song."""
        row = self.table.current
        line = self._lines.get(row.key) if row else None
        return line.track if line else None

    def following(self) -> list[Track]:
        """The songs below the cursor, as far as they are at hand."""
        below = self._file_ids[self.table.cursor + 1 : self.table.cursor + 1 + MOST_FOLLOWING]
        return [self._lines[i].track for i in below if i in self._lines]

    def search(self) -> None:
        """Go to the search box."""
        self.query_one(SearchBox).focus()

    def leave_search(self) -> None:
        """Go to the songs; a search that found none is cleared."""
        if not self._file_ids:
            self.clear_search()
        self.table.focus()

    def clear_search(self) -> None:
        """Show every song again."""
        self.query_one(SearchBox).value = ""

    def empty(self, text: str) -> None:
        """What to say while the library has no song at all."""
        self._when_empty = text
        self._show_emptiness()

    # --- what is listed ---

    @work(exclusive=True, group="listing")
    async def reload(self) -> None:
        """List anew, keeping the cursor's place."""
        order, descending, text = self._order, self._descending, self._text
        with telling(self):
            file_ids = await self._desk.ask(
                lambda m: m.library.listing(order, descending=descending, text=text)
            )
            if file_ids == self._file_ids:
                self.table.refresh_pages()
            else:
                self._file_ids = file_ids
                self._lines.clear()
                self.table.open(len(file_ids))
            self._show_emptiness()
            self._show_order()

    def refresh_rows(self) -> None:
        """Scores or opinions changed; the songs and their order did not."""
        self.table.refresh_pages()

    @on(VirtualTable.PageWanted)
    def _page_wanted(self, event: VirtualTable.PageWanted) -> None:
        event.stop()
        self._fetch(event.edition, event.first, event.count)

    @work(group="pages")
    async def _fetch(self, edition: int, first: int, size: int) -> None:
        wanted = self._file_ids[first : first + size]
        with telling(self):
            async with self._fetching:
                if not self.table.still_wants(edition, first):
                    return  # scrolled past while other pages were read
                lines = await self._desk.ask(lambda m: m.library.rows(wanted))
            self._lines.update(zip(wanted, lines, strict=False))
            rows = [library_row(i, line) for i, line in zip(wanted, lines, strict=False)]
            self.table.put_page(edition, first, rows)

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._text = event.value
        self.reload()

    @on(Input.Submitted)
    def _settled(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave_search()

    # --- order ---

    def action_next_order(self) -> None:
        """Sort by the next column."""
        self._sort(ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)], descending=False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._sort(self._order, descending=not self._descending)

    @on(VirtualTable.SortWanted)
    def _clicked(self, event: VirtualTable.SortWanted) -> None:
        event.stop()
        order = next(order for order in ORDERS if order == event.key)
        self._sort(order, descending=order == self._order and not self._descending)

    def _sort(self, order: Order, *, descending: bool) -> None:
        self._order, self._descending = order, descending
        self.reload()

    # --- words around the table ---

    def _show_order(self) -> None:
        self.table.sort_mark("" if self._text.strip() else self._order, descending=self._descending)
        how = "best first" if self._text.strip() else f"by {self._order}"
        self.query_one("#found", Static).update(f"{count(len(self._file_ids), 'song')}, {how}")

    def _show_emptiness(self) -> None:
        searched = self._text.strip()
        words = (f"Nothing matches “{searched}”. Esc clears the search."
                    if searched else self._when_empty)  # fmt: skip
        self.query_one("#songs-empty", Static).update(words)
        self.set_class(not self._file_ids, "-empty")
