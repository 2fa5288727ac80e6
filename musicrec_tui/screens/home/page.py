"""Home: shelves beside the songs of the highlighted one; a shelf is filled when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from musicrec_core.app.facade import MusicRec
from musicrec_core.records import Track
from musicrec_core.text import one_line
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.cells import clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_tui.screens.snapshot import OnShow

NAMES = (Column("kind", "", width=1, gap=1), Column("name", "Shelf", weight=1))
SONGS = (
    Column("title", "Title", weight=6),
    Column("artist", "Artist", weight=4),
    Column("album", "Album", weight=4, from_width=70, optional=True),
    Column("length", "Time", width=6, from_width=44, right=True),
)
SAVED, KIND = "↻", "▤"
Named = tuple[str, bool]
"""The name of a shelf, and whether it is a saved list."""


def _names(musicrec: MusicRec) -> list[Named]:
    saved = [(one.name, True) for one in musicrec.saved_lists.all()]
    return [*((name, False) for name in musicrec.lists.shelves()), *saved]


def _filled(musicrec: MusicRec, name: str, saved: bool) -> tuple[str, tuple[Track, ...]]:
    """Why the songs of a shelf are there, and the songs."""
    if saved:
        return "a saved list of yours, chosen anew each day", musicrec.saved_lists.songs(
            name
        ).tracks
    shelf = musicrec.lists.shelf(name)
    return shelf.reason, shelf.tracks


class HomePage(SongPage):
    """The shelves have the keys until enter goes to the songs; escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f5,ctrl+r", "renew", "The shelf anew", show=False, id="home.renew",
            tooltip="fill the highlighted shelf anew",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._names: list[Named] = []
        self._filled: dict[Named, tuple[str, tuple[Track, ...]]] = {}
        self._tracks: tuple[Track, ...] = ()
        self._no_songs = ""

    def compose(self) -> ComposeResult:
        """The shelves, then why the songs of one are there, and the songs."""
        with Horizontal():
            yield VirtualTable(NAMES, id="shelves")
            with Vertical(id="shelf-side"):
                yield Static(id="shelf-reason", markup=False)
                yield VirtualTable(SONGS, id="shelf-songs")

    @property
    def table(self) -> VirtualTable:
        """The songs of the highlighted shelf."""
        return self.query_one("#shelf-songs", VirtualTable)

    @property
    def shelves(self) -> VirtualTable:
        """The names of the shelves."""
        return self.query_one("#shelves", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The highlighted song; none while the shelves have the keys."""
        at = self.table.cursor
        return self._tracks[at] if at < len(self._tracks) and self.table.has_focus else None

    def following(self) -> list[Track]:
        """The songs below the cursor."""
        return list(self._tracks[self.table.cursor + 1 :])

    def take_focus(self) -> None:
        """The shelves have the keys."""
        self.shelves.focus()
        self.reload()

    def back(self) -> bool:
        """From the songs to the shelves."""
        if self.shelves.has_focus:
            return False
        self.shelves.focus()
        return True

    def library_changed(self, seen: OnShow) -> None:  # noqa: ARG002
        """Shelves are filled anew when they are next opened; the one on show stays."""
        self._filled.clear()

    def songs_changed(self) -> None:
        """Fill the shelf on show anew."""
        self._filled.clear()
        self.reload()

    def say_when_empty(self, no_songs: str) -> None:
        """What to say while the library has no song at all."""
        self._no_songs = no_songs
        if no_songs:
            self.table.say_when_empty(no_songs)

    @work(exclusive=True, group="shelves")
    async def reload(self) -> None:
        """Read which shelves there are, and open the highlighted one."""
        with notify_errors(self):
            names = await self.context.reader.ask(_names)
            if self.gone:
                return
            if names != self._names:
                self._names = names
                rows = [
                    CellRow(i, (Cell(SAVED if saved else KIND, "quiet"), Cell(name, "title")))
                    for i, (name, saved) in enumerate(names)
                ]
                self.shelves.show(rows, self.shelves.cursor)
            self._open()

    @work(exclusive=True, group="shelf")
    async def _open(self) -> None:
        at = self.shelves.cursor
        if self._no_songs or at >= len(self._names):
            return
        shelf = self._names[at]
        if shelf not in self._filled:
            self._fill("…", ())
            with notify_errors(self):
                self._filled[shelf] = await self.context.desk.ask(lambda m: _filled(m, *shelf))
        if not self.gone and shelf in self._filled:
            self._fill(*self._filled[shelf])

    def _fill(self, reason: str, tracks: tuple[Track, ...]) -> None:
        """Show songs; where there is none, the reason stands in their place."""
        self._tracks = tracks
        rows = [
            CellRow(
                place,
                (
                    Cell(track.title, "title"),
                    Cell(track.artist),
                    Cell(track.album, "quiet"),
                    Cell(clock(track.duration_s), "quiet"),
                ),
                track.id,
            )
            for place, track in enumerate(tracks)
        ]
        sentence = one_line(f"{reason[:1].upper()}{reason[1:]}")
        self.table.show(rows)
        self.table.say_when_empty(self._no_songs or sentence)
        self.query_one("#shelf-reason", Static).update(sentence if tracks else "")

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Open the shelf under the cursor."""
        event.stop()
        if event.table is self.shelves:
            self._open()

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter on a shelf goes to its songs; on a song it plays."""
        event.prevent_default()
        event.stop()
        if event.table is self.shelves:
            self.table.focus()
        else:
            self.action_play()

    def action_play(self) -> None:
        """Play the highlighted song and those below it, or the whole shelf."""
        if self.current is None and self._tracks:
            self.post_message(self.Play(self._tracks[0], self._tracks[1:]))
        else:
            super().action_play()

    def action_renew(self) -> None:
        """Fill the highlighted shelf anew."""
        at = self.shelves.cursor
        if at < len(self._names):
            self._filled.pop(self._names[at], None)
            self._open()
