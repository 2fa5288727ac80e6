"""Queue: what plays, what comes next and what has played; each change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from musicrec_core.app.playback.queue import Queue
from musicrec_core.records import Track
from musicrec_core.text import count
from musicrec_tui.notify_errors import tell
from musicrec_tui.playback import Playback
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.queue.rows import QUEUE_COLUMNS, queue_row
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.cells import clock
from musicrec_tui.widgets.virtual_table import VirtualTable

EMPTY = "The queue is empty: p plays a song and those below it, a adds one, A plays it next."


class QueuePage(SongPage):
    """Shows the queue that the player goes along."""

    class Jump(Message):
        """The song of a position shall play now."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    class Rearranged(Message):
        """The queue shall be this one."""

        def __init__(self, queue: Queue) -> None:
            super().__init__()
            self.queue = queue

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "delete,backspace", "remove", "Remove", show=False, id="queue.remove",
            tooltip="take the highlighted song out of the queue",
        ),
        Binding(
            "J,shift+down", "move(1)", "Move down", show=False, id="queue.down",
            tooltip="play the highlighted song later",
        ),
        Binding(
            "K,shift+up", "move(-1)", "Move up", show=False, id="queue.up",
            tooltip="play the highlighted song sooner",
        ),
        Binding(
            "C", "clear", "Clear", show=False, id="queue.clear",
            tooltip="empty the queue; what plays goes on",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._queue = Queue()
        self._tracks: Mapping[int, Track] = {}

    def compose(self) -> ComposeResult:
        """A line about the whole, then the songs."""
        yield Static(id="queue-line", markup=False)
        yield VirtualTable(QUEUE_COLUMNS, id="queue-table")

    def on_mount(self) -> None:
        """What to say while it is empty."""
        self.table.say_when_empty(EMPTY)

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#queue-table", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The highlighted song."""
        songs, at = self._queue.songs, self.table.cursor
        return self._tracks.get(songs[at].track_id) if at < len(songs) else None

    def following(self) -> list[Track]:
        """The songs below the cursor."""
        below = self._queue.songs[self.table.cursor + 1 :]
        return [self._tracks[song.track_id] for song in below if song.track_id in self._tracks]

    def queue_changed(self, playing: Playback) -> None:
        """Show it; the cursor stays on its song."""
        songs, at = self._queue.songs, self.table.cursor
        key = songs[at].key if at < len(songs) else None
        first = not songs
        self._queue, self._tracks = playing.queue, playing.tracks
        places = {song.key: place for place, song in enumerate(self._queue.songs)}
        cursor = places.get(-1 if key is None else key, at)
        if first:
            cursor = self._queue.position or 0
        self._fill(cursor)

    def _fill(self, cursor: int) -> None:
        queue, now = self._queue, self._queue.position
        rows = [
            queue_row(
                song.key, place + 1, self._tracks.get(song.track_id),
                played=place < queue.next_position and place != now,
            )
            for place, song in enumerate(queue.songs)
        ]  # fmt: skip
        self.table.show(rows, max(0, min(cursor, len(rows) - 1)))
        self.query_one("#queue-line", Static).update(self._line())

    def _line(self) -> str:
        queue = self._queue
        if not queue.songs:
            return ""
        coming = [self._tracks.get(song.track_id) for song in queue.up_next]
        seconds = sum(track.duration_s or 0.0 for track in coming if track)
        text = f"{count(len(queue.songs), 'song')}, {len(coming)} to come ({clock(seconds)})"
        return text if queue.repeat == "off" else f"{text}, repeating {queue.repeat}"

    # --- keys ---

    def action_play(self) -> None:
        """Play the highlighted song; the queue stays as it is."""
        if self.table.cursor < len(self._queue.songs):
            self.post_message(self.Jump(self.table.cursor))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter plays; it explains on other pages."""
        event.prevent_default()
        event.stop()
        self.action_play()

    def action_remove(self) -> None:
        """Take the highlighted song out."""
        if self.table.cursor < len(self._queue.songs):
            self._rearrange(self._queue.remove([self.table.cursor]), "Removed")

    def action_move(self, places: int) -> None:
        """Move the highlighted song; the cursor goes with it."""
        at, to = self.table.cursor, self.table.cursor + places
        if at < len(self._queue.songs) and 0 <= to < len(self._queue.songs):
            self._rearrange(self._queue.move([at], to))

    def action_clear(self) -> None:
        """Take out all but the song that plays."""
        if self._queue.songs:
            self._rearrange(self._queue.clear(), "The queue is empty")

    def _rearrange(self, queue: Queue, done: str = "") -> None:
        self.post_message(self.Rearranged(queue))
        if done:
            tell(self, f"{done}; ctrl+z takes it back")
