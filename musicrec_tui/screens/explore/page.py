"""Explore: the map, the kinds of music beside it, and the songs under the cursor."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from musicrec_core.records import FeedbackKind, Track
from musicrec_core.text import one_line
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.explore import drawing, kinds, loaded
from musicrec_tui.screens.explore.plot import SongPlot
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.session import FacadeThread
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_tui.playback import Playback
    from musicrec_tui.screens.explore.grid import MapSongs
    from musicrec_tui.screens.snapshot import OnShow

HERE = (Column("title", "Here", weight=3), Column("artist", "", weight=2, from_width=30))
MOST_HERE = 50  # songs of one cell that are listed
PAUSE_S = 0.25  # on a song, until it is asked why it has its score
DRAWING = "Drawing the map of your music: the first time takes a while …"
EMPTY = "The map shows songs that were listened to: s scans."


class ExplorePage(SongPage):
    """The map has the keys; f goes to the kinds, and enter there shows one alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j", "journey", "Journey", id="explore.journey",
            tooltip="begin a journey at this song, then end it at another: it is queued",
        ),
        Binding(
            "f", "kinds", "Kinds", show=False, id="explore.kinds",
            tooltip="choose a kind to see alone",
        ),
        Binding(
            "right_square_bracket", "another(1)", "Next here", show=False, id="explore.next",
            tooltip="the next of the songs in this place",
        ),
        Binding(
            "left_square_bracket", "another(-1)", "One before", show=False, id="explore.previous",
            tooltip="the one before",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._map: loaded.LoadedMap | None = None
        self._stale = True
        self._here: list[Track] = []
        self._opinions: dict[int, FeedbackKind] = {}
        self._playing: int | None = None
        self._begun: Track | None = None
        """Where a journey begins, until it has an end."""

    def compose(self) -> ComposeResult:
        """The map and a line on its song; kinds and songs at the right."""
        with Horizontal(id="map-side"):
            yield SongPlot(id="map")
            with Vertical(id="map-lists"):
                yield VirtualTable(kinds.COLUMNS, id="map-kinds")
                yield VirtualTable(HERE, id="map-here")
        yield Static(id="map-line", markup=False)

    @property
    def plot(self) -> SongPlot:
        """The map."""
        return self.query_one(SongPlot)

    @property
    def table(self) -> VirtualTable:
        """The songs under the cursor."""
        return self.query_one("#map-here", VirtualTable)

    @property
    def kinds(self) -> VirtualTable:
        """The kinds of music."""
        return self.query_one("#map-kinds", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The song under the cursor that is highlighted."""
        at = self.table.cursor
        return self._here[at] if at < len(self._here) else None

    def following(self) -> list[Track]:
        """The other songs in this place."""
        return self._here[self.table.cursor + 1 :]

    def take_focus(self) -> None:
        """The map has the keys; it is drawn anew where songs came or went."""
        self.plot.focus()
        if self._stale:
            self._stale = False
            self.reload()

    def back(self) -> bool:
        """From the kinds to the map; a journey or a kind alone is given up."""
        if not self.plot.has_focus:
            self.plot.focus()
        elif self._begun is not None:
            self._begun = None
            self._say(self.current)
        elif self.plot.path:
            self.plot.draw_path([])
        elif self.plot.kind:
            self._only(0)
        else:
            return self.let_go()
        return True

    # --- content ---

    def songs_changed(self) -> None:
        """The next time it is opened the map is drawn anew; now, where it is on show."""
        self._stale = not self.display
        if self.display:
            self.reload()

    def library_changed(self, seen: OnShow) -> None:
        """Opinions are marked."""
        self._opinions = dict(seen.opinions)
        self._mark()

    def mark(self, track: Track, opinion: FeedbackKind) -> None:
        """An opinion was just given."""
        self._opinions[track.id] = opinion
        self._mark()

    def queue_changed(self, playing: Playback) -> None:
        """Another song plays."""
        self._playing = playing.track.id if playing.track else None
        self._mark()

    def say_when_empty(self, no_songs: str) -> None:
        """Why there is no map."""
        self.plot.say_when_empty(no_songs or (EMPTY if self._map else DRAWING))

    @work(exclusive=True, group="map")
    async def reload(self) -> None:
        """Read the map in a thread of its own, so that nothing else waits for it."""
        thread = FacadeThread(self.context.session)
        try:
            with notify_errors(self):
                read = await thread.ask(loaded.load)
                if self.gone:
                    return
                self._map = read
                self.plot.say_when_empty(EMPTY)
                self.plot.show(read.songs)
                self.kinds.show(self._kind_rows, self.kinds.cursor)
                self._mark()
        finally:
            thread.close()

    @property
    def _kind_rows(self) -> list[CellRow]:
        return kinds.rows(self._map, self.plot.kind) if self._map else []

    @work(exclusive=True, group="map-marks")
    async def _mark(self) -> None:
        """Find the places of what was said and of what plays."""
        if self._map is None:
            return
        songs, signs = self._map.songs, dict(self._opinions)
        ids = [*signs, *([self._playing] if self._playing is not None else [])]
        places = await asyncio.to_thread(songs.places, ids)
        roles = {
            places[i]: drawing.LIKED if kind == "like" else drawing.DISLIKED
            for i, kind in signs.items()
            if i in places
        }
        if self._playing in places:
            roles[places[self._playing]] = drawing.PLAYING
        if not self.gone:
            self.plot.mark(roles)

    # --- under the cursor ---

    def on_song_plot_walked(self, event: SongPlot.Walked) -> None:
        """List the songs in this place."""
        event.stop()
        if self._map is not None:
            self._list(self._map.songs, event.songs)

    @work(exclusive=True, group="map-here")
    async def _list(self, songs: MapSongs, places: list[int]) -> None:
        ids = [int(songs.track_ids[i]) for i in places[:MOST_HERE]]
        with notify_errors(self):
            tracks = await self.context.reader.ask(lambda m: m.library.tracks(ids))
            if self.gone:
                return
            self._here = [tracks[i] for i in ids if i in tracks]
            rows = [
                CellRow(place, (Cell(t.title, "title"), Cell(t.artist, "quiet")), t.id)
                for place, t in enumerate(self._here)
            ]
            self.table.show(rows)

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Tell of the song."""
        event.stop()
        if event.table is self.table:
            self._say(self.current)

    @work(exclusive=True, group="map-why")
    async def _say(self, track: Track | None) -> None:
        """Its name at once, after a pause why it has its score."""
        line = self.query_one("#map-line", Static)
        if track is None:
            line.update("")
            return
        begun = f"Journey from {self._begun.title}: j ends it here. " if self._begun else ""
        named = one_line(f"{begun}{track.title} · {track.artist} · {track.album}".rstrip(" ·"))
        line.update(named)
        await asyncio.sleep(PAUSE_S)
        with notify_errors(self):
            explanation = await self.context.desk.ask(lambda m: m.lists.explain(track.path))
            if not self.gone:
                line.update(f"{named}\n{one_line(loaded.why(explanation))}")

    def action_another(self, songs: int) -> None:
        """Another song of this place."""
        self.table.action_move(songs)

    # --- choosing ---

    def action_kinds(self) -> None:
        """Give the keys to the kinds."""
        self.kinds.focus()

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """A kind is shown alone, or all again; a song plays."""
        event.stop()
        event.prevent_default()
        if event.table is self.kinds:
            self._only(0 if event.row.key == self.plot.kind else event.row.key)
            self.plot.focus()
        else:
            self.action_play()

    def _only(self, kind: int) -> None:
        self.plot.filter(kind)
        self.kinds.show(self._kind_rows, self.kinds.cursor)

    def on_song_plot_entered(self, event: SongPlot.Entered) -> None:
        """The song plays."""
        event.stop()
        self.action_play()

    @work(exclusive=True, group="journey")
    async def action_journey(self) -> None:
        """Begin one here, or end it here: draw the way and queue its songs."""
        track, start = self.current, self._begun
        if track is None or self._map is None:
            return
        if start is None or start.id == track.id:
            self._begun = track if start is None else None
            begun = f"A journey from {track.title}: go to another song and press j again"
            tell(self, begun if self._begun else "No journey from a song to itself")
            self._say(track)
            return
        self._begun = None
        with notify_errors(self):
            way = await self.context.desk.ask(lambda m: loaded.journey(m, start, track))
            places = await asyncio.to_thread(self._map.songs.places, [song.id for song in way])
            self.plot.draw_path([places[song.id] for song in way if song.id in places])
            self.post_message(self.Enqueue(way, soon=False))
            self._say(track)
