"""Artists, and the albums of one: what the songs beside them are narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from musicrec_core.app.results import NamedGroup
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.session import FacadeThread
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.virtual_table import VirtualTable

ARTIST_COLUMNS = (
    Column("name", "Artist", weight=1),
    Column("songs", "Songs", width=5, right=True, from_width=26),
)
ALBUM_COLUMNS = (
    Column("year", "Year", width=4, right=True, from_width=26, optional=True),
    Column("name", "Album", weight=1),
    Column("songs", "Songs", width=5, right=True, from_width=26),
)
NAMELESS = "—"


class Browser(Horizontal):
    """Announces the artist, and the album or all of them, under its cursors.

    Reads the names by a thread that answers quickly.
    """

    class Narrowed(Message):
        """Songs of this artist, and of this album if one is named."""

        def __init__(self, artist: str, album: str | None) -> None:
            super().__init__()
            self.artist = artist
            self.album = album

    class Left(Message):
        """The keys go to the songs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "deeper", "To the right", show=False, id="browser.right"),
        Binding("left", "back", "To the left", show=False, id="browser.left"),
    ]

    def __init__(self, reader: FacadeThread, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reader = reader
        self._artists: Sequence[NamedGroup] = ()
        self._albums: Sequence[NamedGroup | None] = ()

    def compose(self) -> ComposeResult:
        """Two lists of names."""
        yield VirtualTable(ARTIST_COLUMNS, id="artists")
        yield VirtualTable(ALBUM_COLUMNS, id="albums")

    @property
    def artists(self) -> VirtualTable:
        """The left list."""
        return self.query_one("#artists", VirtualTable)

    @property
    def albums(self) -> VirtualTable:
        """The right list."""
        return self.query_one("#albums", VirtualTable)

    @work(exclusive=True, group="artists")
    async def reload(self) -> None:
        """List the artists anew; the cursor stays on its line."""
        with notify_errors(self):
            artists = await self._reader.ask(lambda m: m.library.artists())
            if self.is_attached:
                self._artists = artists
                self.artists.open(len(artists), self.artists.cursor)

    @work(exclusive=True, group="albums")
    async def _list_albums(self, artist: NamedGroup) -> None:
        """The albums of an artist, and above them all of the songs together."""
        with notify_errors(self):
            albums = await self._reader.ask(lambda m: m.library.albums_of(artist.name))
            if self.is_attached and artist == self._artist:
                self._albums = [None, *albums]
                self.albums.open(len(self._albums))

    @property
    def _artist(self) -> NamedGroup | None:
        at = self.artists.cursor
        return self._artists[at] if at < len(self._artists) else None

    @on(VirtualTable.PageWanted, "#artists")
    def _artists_wanted(self, event: VirtualTable.PageWanted) -> None:
        event.stop()
        names = self._artists[event.first : event.first + event.count]
        rows = [_artist_row(event.first + at, name) for at, name in enumerate(names)]
        self.artists.put_page(event.edition, event.first, rows)

    @on(VirtualTable.PageWanted, "#albums")
    def _albums_wanted(self, event: VirtualTable.PageWanted) -> None:
        event.stop()
        names = self._albums[event.first : event.first + event.count]
        rows = [_album_row(event.first + at, name) for at, name in enumerate(names)]
        self.albums.put_page(event.edition, event.first, rows)

    @on(VirtualTable.Highlighted, "#artists")
    def _artist_highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        if self._artist is not None:
            self._list_albums(self._artist)

    @on(VirtualTable.Highlighted, "#albums")
    def _album_highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        artist, at = self._artist, self.albums.cursor
        if artist is not None and at < len(self._albums):
            album = self._albums[at]
            self.post_message(self.Narrowed(artist.name, album.name if album else None))

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        self.action_deeper()

    def action_deeper(self) -> None:
        """From artists to albums, from albums to songs."""
        if self.artists.has_focus:
            self.albums.focus()
        else:
            self.post_message(self.Left())

    def action_back(self) -> None:
        """From albums to artists."""
        self.artists.focus()


def _artist_row(at: int, artist: NamedGroup) -> CellRow:
    return CellRow(at, (Cell(artist.name or NAMELESS), Cell(f"{artist.songs:,}", "quiet")))


def _album_row(at: int, album: NamedGroup | None) -> CellRow:
    if album is None:
        return CellRow(at, (Cell(""), Cell("All songs", "quiet"), Cell("")))
    cells = (Cell(str(album.year or ""), "quiet"), Cell(album.name or NAMELESS),
             Cell(f"{album.songs:,}", "quiet"))  # fmt: skip
    return CellRow(at, cells)
