"""The songs of the library: a table that reads its rows page by page."""

from __future__ import annotations

import asyncio
from array import array

from textual import on, work

from musicrec_core.app.results import LibraryRow
from musicrec_core.records import Track
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.library import columns
from musicrec_tui.screens.library.columns import ChosenColumns
from musicrec_tui.screens.page import PageContext
from musicrec_tui.widgets.virtual_table import VirtualTable

MOST_FOLLOWING = 50  # songs that play on after the chosen one


class SongTable(VirtualTable):
    """Holds the file ids of what is listed, and the lines that were read so far."""

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        self.chosen = columns.remembered(context.session.home)
        super().__init__(self.chosen.columns, id=id)
        self.context = context
        self._file_ids: array[int] = array("q")
        self._lines: dict[int, LibraryRow] = {}
        self._fetching = asyncio.Lock()

    @property
    def track(self) -> Track | None:
        """The highlighted song."""
        row = self.current
        line = self._lines.get(row.key) if row else None
        return line.track if line else None

    @property
    def tracks(self) -> list[Track]:
        """The songs that were read so far, in their order."""
        return [self._lines[i].track for i in self._file_ids if i in self._lines]

    def following(self) -> list[Track]:
        """The songs below the cursor, as far as they are at hand."""
        below = self._file_ids[self.cursor + 1 : self.cursor + 1 + MOST_FOLLOWING]
        return [self._lines[i].track for i in below if i in self._lines]

    def list_files(self, file_ids: array[int], *, keep_cursor: bool) -> None:
        """List these; the cursor stays on its song once someone moved it, else on the first one."""
        if file_ids == self._file_ids:
            self.refresh_pages()
            return
        cursor = self._place(file_ids) if keep_cursor else 0
        self.touched = self.touched and keep_cursor
        self._file_ids = file_ids
        self._lines.clear()
        self.open(len(file_ids), cursor)

    def choose_columns(self, chosen: ChosenColumns) -> None:
        """Show these columns, now and the next times."""
        self.chosen = chosen
        columns.remember(self.context.session.home, chosen)
        self.show_columns(chosen.columns)

    def _place(self, listing: array[int]) -> int:
        """Where the cursor's song stands in another listing; else the same line."""
        if not self.touched or self.cursor >= len(self._file_ids):
            return 0
        try:
            return listing.index(self._file_ids[self.cursor])
        except ValueError:
            return self.cursor

    @on(VirtualTable.PageWanted)
    def _page_wanted(self, event: VirtualTable.PageWanted) -> None:
        event.stop()
        self._fetch(event.edition, event.first, event.count)

    @work(group="pages")
    async def _fetch(self, edition: int, first: int, size: int) -> None:
        wanted, chosen = self._file_ids[first : first + size], self.chosen
        with notify_errors(self):
            async with self._fetching:
                if not self.is_attached or not self.still_wants(edition, first):
                    return  # scrolled past while other pages were read
                lines = await self.context.reader.ask(
                    lambda m: m.library.rows(wanted, with_details=chosen.with_details)
                )
            if self.is_attached and chosen is self.chosen:
                self._lines.update(zip(wanted, lines, strict=False))
                rows = [chosen.row(i, line) for i, line in zip(wanted, lines, strict=False)]
                self.put_page(edition, first, rows)
