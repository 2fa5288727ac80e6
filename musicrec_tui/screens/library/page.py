"""Library: every song, in an order or by words."""

from __future__ import annotations

import asyncio
import re
from array import array
from collections.abc import Sequence
from typing import ClassVar, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from musicrec_core.app.results import LibraryOrder, LibraryRow, NamedGroup
from musicrec_core.records import Track
from musicrec_core.text import count
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.library.browser import Browser
from musicrec_tui.screens.library.search_box import SearchBox
from musicrec_tui.screens.page import PageContext, SongPage
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.widgets.chip_bar import ChipBar, ShownChip
from musicrec_tui.widgets.tracks import LIBRARY_COLUMNS, library_row
from musicrec_tui.widgets.virtual_table import VirtualTable

SORTABLE = [column.key for column in LIBRARY_COLUMNS if column.sortable]
ORDERS: list[LibraryOrder] = sorted(get_args(LibraryOrder), key=SORTABLE.index)
"""By column, from left to right."""
NAMES: dict[LibraryOrder, str] = {"length": "time", "path": "file"}
SEARCHES = "/ searches title, artist, album, genre, year; or genre:jazz year:1960..1975"
_TYPED_RULE = re.compile(r'(?<!\S)-?[a-z]+:(?:"[^"]*"?|[^\s"])*')
MOST_FOLLOWING = 50  # songs that play on after the chosen one


class Library(SongPage):
    """Reads through its own thread, page by page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "o", "next_order", "Order", show=False, id="library.order",
            tooltip="sort by the next column; a click on a header does so, too",
        ),
        Binding(
            "v", "browse", "Artists", show=False, id="library.browse",
            tooltip="artists and albums beside the songs, or all songs in one table",
        ),
        Binding(
            "f", "filter", "Filter", id="library.filter",
            tooltip="narrow to a genre, a mood, a decade, a format, liked or never played; "
            "typed in the search box, too: genre:jazz year:1960..1975",
        ),
        Binding(
            "backspace", "drop_last", "Fewer filters", show=False, id="library.drop",
            tooltip="take the last filter away; a click on one takes that one away",
        ),
        Binding(
            "c", "to_chips", "Filters", show=False, id="library.chips",
            tooltip="go to the filters: ← → choose, Backspace takes away",
        ),
        Binding(
            "O", "reverse", "Reverse", show=False, id="library.reverse",
            tooltip="turn the order round",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._order: LibraryOrder = "artist"
        self._descending = False
        self._text = ""
        self._within: tuple[str, str | None] | None = None
        """The artist and album under the cursors of the browser while that is open."""
        self._rules: tuple[str, ...] = ()
        self._file_ids: array[int] = array("q")
        self._lines: dict[int, LibraryRow] = {}
        self._when_empty = ""
        self._fetching = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The search box, how many songs, the table."""
        with Horizontal(id="search-line"):
            yield SearchBox(placeholder=SEARCHES, compact=True)
            yield Static(id="found", markup=False)
        yield ChipBar(id="filters")
        with Horizontal(id="library-body"):
            yield Browser(id="browser")
            yield VirtualTable(LIBRARY_COLUMNS, id="songs")

    def on_mount(self) -> None:
        """Fill the table."""
        self.reload()

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

    @property
    def searched(self) -> str:
        """The words that are searched for."""
        return self._text.strip()

    @property
    def _searched_words(self) -> str:
        """Without rules that are still being typed."""
        return _TYPED_RULE.sub(" ", self._text).strip()

    def leave_search(self) -> None:
        """Go to the songs."""
        self.table.focus()

    def clear_search(self) -> None:
        """Show every song again."""
        self.query_one(SearchBox).value = ""
        self.table.focus()

    # --- artists and albums ---

    @property
    def browser(self) -> Browser:
        """The lists of names beside the songs, hidden at first."""
        return self.query_one(Browser)

    def action_browse(self) -> None:
        """Show artists and albums beside the songs, or no longer."""
        self._browse(not self.has_class("-browsing"))

    def _browse(self, on: bool) -> None:
        self.set_class(on, "-browsing")
        if on:
            self._rules, self._text = (), ""
            self.query_one(ChipBar).show(())
            with self.prevent(Input.Changed):
                self.query_one(SearchBox).value = ""
            self.browser.artists.focus()
            self._list_artists()
        else:
            self._within = None
            self.table.focus()
            self.reload(keep_cursor=False)

    @work(exclusive=True, group="artists")
    async def _list_artists(self) -> None:
        with notify_errors(self):
            artists = await self.context.reader.ask(lambda m: m.library.artists())
            if not self.gone:
                self.browser.show_artists(artists)

    @on(Browser.ArtistShown)
    def _artist_shown(self, event: Browser.ArtistShown) -> None:
        event.stop()
        self._list_albums(event.artist)

    @work(exclusive=True, group="albums")
    async def _list_albums(self, artist: NamedGroup) -> None:
        with notify_errors(self):
            albums = await self.context.reader.ask(lambda m: m.library.albums_of(artist.name))
            if not self.gone:
                self.browser.show_albums(artist, albums)

    @on(Browser.Narrowed)
    def _of_album(self, event: Browser.Narrowed) -> None:
        event.stop()
        within = (event.artist, event.album)
        if self.has_class("-browsing") and within != self._within:
            self._within = within
            self.reload(keep_cursor=False)

    @on(Browser.Left)
    def _to_songs(self, event: Browser.Left) -> None:
        event.stop()
        self.table.focus()

    def _all_songs(self) -> None:
        """A search, a filter or an order is of all songs."""
        self.remove_class("-browsing")
        self._within = None

    # --- filters ---

    @work(group="filters")
    async def action_filter(self) -> None:
        """Ask what to narrow the list to."""
        with notify_errors(self):
            offered = await self.context.reader.ask(lambda m: m.library.filters())
            if not self.gone:
                from musicrec_tui.screens.library.filter_picker import FilterPicker

                rule = await self.app.push_screen_wait(FilterPicker(offered))
                if rule:
                    typed = await self.context.reader.ask(lambda m: m.library.read_query(rule))
                    await self._add(typed.rules)

    def _narrow(self, *rules: str) -> None:
        """Show what fits these rules, and the rules as chips."""
        self._all_songs()
        self._rules = tuple(dict.fromkeys(rules))
        self.query_one(ChipBar).show([ShownChip(rule) for rule in self._rules])
        self.reload(keep_cursor=False)

    @on(ChipBar.Dropped)
    def _filter_dropped(self, event: ChipBar.Dropped) -> None:
        event.stop()
        self._narrow(*(rule for rule in self._rules if rule != event.chip.words))
        if not self._rules:
            self.table.focus()

    def action_drop_last(self) -> None:
        """Take the last filter away."""
        self.query_one(ChipBar).drop_last()

    def action_to_chips(self) -> None:
        """Go to the filters."""
        if self._rules:
            self.query_one(ChipBar).focus()

    @work(group="filters")
    async def _read(self, text: str) -> None:
        """Take what was typed: rules become chips, words stay; what is no rule is said."""
        with notify_errors(self):
            typed = await self.context.reader.ask(lambda m: m.library.read_query(text))
            if not self.gone:
                self.leave_search()
            if typed.rules and await self._add(typed.rules):
                self.query_one(SearchBox).value = typed.words

    async def _add(self, rules: Sequence[str]) -> bool:
        """Narrow by these rules too; raises RuleError, and changes nothing, where one is none."""
        where = " ".join(rules)
        await self.context.desk.ask(lambda m: m.library.listing(where=where))
        if not self.gone:
            self._narrow(*self._rules, *rules)
        return not self.gone

    def say_when_empty(self, no_songs: str) -> None:
        """What to say while the library has no song at all."""
        self._when_empty = no_songs
        self._show_emptiness()

    # --- what is listed ---

    @work(exclusive=True, group="listing")
    async def reload(self, *, keep_cursor: bool = True) -> None:
        """List anew; the cursor stays on its song once someone moved it, else on the first one."""
        order, descending, text = self._order, self._descending, self._searched_words
        where = " ".join(self._rules)
        within = self._within
        thread = self.context.desk if where else self.context.reader
        with notify_errors(self):
            listing = await thread.ask(
                lambda m: m.library.files_of(*within) if within else m.library.listing(
                    order, descending=descending, text=text, where=where
                )
            )  # fmt: skip
            if self.gone:
                return
            if listing == self._file_ids:
                self.table.refresh_pages()
            else:
                cursor = self._place(listing) if keep_cursor else 0
                self.table.touched = self.table.touched and keep_cursor
                self._file_ids = listing
                self._lines.clear()
                self.table.open(len(listing), cursor)
            self._show_emptiness()
            self._show_order()

    def _place(self, listing: array[int]) -> int:
        """Where the cursor's song stands in another listing; else the same line."""
        at = self.table.cursor
        if not self.table.touched or at >= len(self._file_ids):
            return 0
        try:
            return listing.index(self._file_ids[at])
        except ValueError:
            return at

    def library_changed(self, seen: OnShow) -> None:  # noqa: ARG002
        """Scores or opinions changed."""
        self.rows_changed()

    def rows_changed(self) -> None:
        """Scores or opinions changed; the songs and their order did not."""
        self.table.refresh_pages()

    def songs_changed(self) -> None:
        """List anew."""
        if self.has_class("-browsing"):
            self._list_artists()
        self.reload()

    def back(self) -> bool:
        """Take a search back, then the filters; of artists and albums, go to the left."""
        if self.has_class("-browsing"):
            if self.table.has_focus:
                self.browser.albums.focus()
            elif self.browser.albums.has_focus:
                self.browser.artists.focus()
            else:
                self._browse(False)
            return True
        if self._rules and not self.searched and not self.query_one(SearchBox).has_focus:
            self._narrow()
            self.table.focus()
            return True
        if not (self.searched or self.query_one(SearchBox).has_focus):
            return False
        self.clear_search()
        return True

    @on(VirtualTable.PageWanted)
    def _page_wanted(self, event: VirtualTable.PageWanted) -> None:
        event.stop()
        self._fetch(event.edition, event.first, event.count)

    @work(group="pages")
    async def _fetch(self, edition: int, first: int, size: int) -> None:
        wanted = self._file_ids[first : first + size]
        with notify_errors(self):
            async with self._fetching:
                if self.gone or not self.table.still_wants(edition, first):
                    return  # scrolled past while other pages were read
                lines = await self.context.reader.ask(lambda m: m.library.rows(wanted))
            if self.gone:
                return
            self._lines.update(zip(wanted, lines, strict=False))
            rows = [library_row(i, line) for i, line in zip(wanted, lines, strict=False)]
            self.table.put_page(edition, first, rows)

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._all_songs()
        self._text = event.value
        self.reload(keep_cursor=False)

    @on(Input.Submitted)
    def _settled(self, event: Input.Submitted) -> None:
        event.stop()
        self._read(event.value)

    # --- order ---

    def action_next_order(self) -> None:
        """Sort by the next column."""
        self._sort(ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)])

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._sort(self._order, turn=True)

    @on(VirtualTable.SortWanted)
    def _clicked(self, event: VirtualTable.SortWanted) -> None:
        event.stop()
        order = next(order for order in ORDERS if order == event.key)
        self._sort(order, turn=order == self._order and not self.searched)

    def _sort(self, order: LibraryOrder, *, turn: bool = False) -> None:
        """Sort by a column, the best score first; a search gives way, for it has its own order."""
        self._descending = not self._descending if turn else order == "score"
        self._order = order
        self._all_songs()
        self.query_one(SearchBox).value = ""
        self.reload(keep_cursor=False)

    # --- words around the table ---

    def _show_order(self) -> None:
        if self._within:
            self.table.sort_mark("", descending=False)
            self.query_one("#found", Static).update(count(len(self._file_ids), "song"))
            return
        self.table.sort_mark("" if self.searched else self._order, descending=self._descending)
        how = "best first" if self.searched else f"by {NAMES.get(self._order, self._order)}"
        self.query_one("#found", Static).update(f"{count(len(self._file_ids), 'song')}, {how}")

    def _show_emptiness(self) -> None:
        words = (f"Nothing matches “{self.searched}”. Esc clears the search."
                    if self.searched else self._when_empty)  # fmt: skip
        if self._rules and not self._when_empty:
            words = "No song fits all of it. Backspace takes the last filter away."
        self.table.say_when_empty(words)
