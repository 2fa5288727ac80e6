"""Library: every song, in an order or by words."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from musicrec_core.app.results import LibraryOrder
from musicrec_core.records import Track
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.library.browser import Browser
from musicrec_tui.screens.library.columns import ChosenColumns, LibraryColumn
from musicrec_tui.screens.library.listed import SongListing
from musicrec_tui.screens.library.search_line import SearchLine
from musicrec_tui.screens.library.song_table import SongTable
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.virtual_table import VirtualTable


class Library(SongPage):
    """Says what is to be listed; the table reads it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "o", "next_order", "Order", show=False, id="library.order",
            tooltip="sort by the next column; a click on a header does so, too",
        ),
        Binding(
            "O", "reverse", "Reverse", show=False, id="library.reverse",
            tooltip="turn the order round",
        ),
        Binding(
            "C", "columns", "Columns", show=False, id="library.columns",
            tooltip="show or hide columns: tempo, key, mood, energy, rating, plays, dates",
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
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._listed = SongListing()
        self._when_empty = ""

    def compose(self) -> ComposeResult:
        """The line for words, then artists and albums where they are wanted, and the songs."""
        yield SearchLine(self.context, id="search")
        with Horizontal(id="library-body"):
            yield Browser(self.context.reader, id="browser")
            yield SongTable(self.context, id="songs")

    def on_mount(self) -> None:
        """Fill the table."""
        self.reload()

    @property
    def table(self) -> SongTable:
        """The list."""
        return self.query_one(SongTable)

    @property
    def browser(self) -> Browser:
        """The lists of names beside the songs, hidden at first."""
        return self.query_one(Browser)

    @property
    def search_line(self) -> SearchLine:
        """What narrows the list."""
        return self.query_one(SearchLine)

    @property
    def current(self) -> Track | None:
        """The highlighted song."""
        return self.table.track

    def following(self) -> list[Track]:
        """The songs below the cursor, as far as they are at hand."""
        return self.table.following()

    def search(self) -> None:
        """Go to the search box."""
        self.search_line.box.focus()

    # --- what is listed ---

    def _list(self, listed: SongListing) -> None:
        """List these from the top."""
        if listed.within is None:
            self.remove_class("-browsing")
        self._listed = listed
        self.reload(keep_cursor=False)

    @work(exclusive=True, group="listing")
    async def reload(self, *, keep_cursor: bool = True) -> None:
        """List anew; the cursor stays on its song once someone moved it, else on the first one."""
        listed = self._listed
        thread = self.context.reader if listed.is_quick else self.context.desk
        with notify_errors(self):
            file_ids = await thread.ask(listed.read)
            if self.gone:
                return
            self.table.list_files(file_ids, keep_cursor=keep_cursor)
            self.table.say_when_empty(self._when_empty or listed.none_found)
            self.table.sort_mark(listed.sorted_column, descending=listed.descending)
            self.search_line.say(listed.found(len(file_ids)))

    def say_when_empty(self, no_songs: str) -> None:
        """What to say while the library has no song at all."""
        self._when_empty = no_songs
        self.table.say_when_empty(no_songs or self._listed.none_found)

    def library_changed(self, seen: OnShow) -> None:  # noqa: ARG002
        """Scores or opinions changed."""
        self.rows_changed()

    def rows_changed(self) -> None:
        """Scores or opinions changed; the songs and their order did not."""
        self.table.refresh_pages()

    def songs_changed(self) -> None:
        """List anew."""
        if self.has_class("-browsing"):
            self.browser.reload()
        self.reload()

    def back(self) -> bool:
        """Take a search back, then the filters; of artists and albums, go to the left."""
        if not self.has_class("-browsing"):
            return self.search_line.back()
        if self.table.has_focus:
            self.browser.albums.focus()
        elif self.browser.albums.has_focus:
            self.browser.artists.focus()
        else:
            self._browse(False)
        return True

    @on(SearchLine.Left)
    @on(Browser.Left)
    def _to_songs(self, event: SearchLine.Left | Browser.Left) -> None:
        event.stop()
        self.table.focus()

    # --- words, filters, artists ---

    @on(SearchLine.Changed)
    def _narrowed(self, event: SearchLine.Changed) -> None:
        event.stop()
        self._list(replace(self._listed, text=event.text, rules=event.rules, within=None))

    def action_filter(self) -> None:
        """Ask what to narrow the list to."""
        self.search_line.ask()

    def action_drop_last(self) -> None:
        """Take the last filter away."""
        self.search_line.drop_last()

    def action_to_chips(self) -> None:
        """Go to the filters."""
        self.search_line.to_chips()

    def action_browse(self) -> None:
        """Show artists and albums beside the songs, or no longer."""
        self._browse(not self.has_class("-browsing"))

    def _browse(self, on: bool) -> None:
        self.set_class(on, "-browsing")
        if on:
            self._listed = replace(self._listed, rules=(), text="")
            self.search_line.clear(rules=True)
            self.browser.artists.focus()
            self.browser.reload()
        else:
            self.table.focus()
            self._list(replace(self._listed, within=None))

    @on(Browser.Narrowed)
    def _of_album(self, event: Browser.Narrowed) -> None:
        event.stop()
        within = (event.artist, event.album)
        if self.has_class("-browsing") and within != self._listed.within:
            self._list(replace(self._listed, within=within))

    # --- columns and order ---

    @work(group="dialog")
    async def action_columns(self) -> None:
        """Ask which columns to show."""
        from musicrec_tui.screens.library.column_picker import ColumnPicker

        wanted = await self.app.push_screen_wait(ColumnPicker(self.table.chosen.keys))
        if wanted is not None and not self.gone:
            self.table.choose_columns(ChosenColumns(wanted))

    def action_next_order(self) -> None:
        """Sort by the next column."""
        orders = self.table.chosen.orders
        at = next((i for i, one in enumerate(orders) if one.order == self._listed.order), -1)
        self._sort(orders[(at + 1) % len(orders)])

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._sort_so(self._listed.order, descending=not self._listed.descending)

    @on(VirtualTable.SortWanted)
    def _header_clicked(self, event: VirtualTable.SortWanted) -> None:
        event.stop()
        if event.key == self._listed.sorted_column:
            self.action_reverse()
        else:
            self._sort(next(one for one in self.table.chosen.orders if one.key == event.key))

    def _sort(self, column: LibraryColumn) -> None:
        if column.order:
            self._sort_so(column.order, descending=column.highest_first)

    def _sort_so(self, order: LibraryOrder, *, descending: bool) -> None:
        self.search_line.clear()
        self._list(self._listed.sorted_by(order, descending=descending))
