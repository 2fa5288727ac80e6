"""The line about what plays, which looks at the player once a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import work
from textual.message import Message
from textual.widgets import Static

from musicrec_core.app.playback.listened import Listened
from musicrec_core.players import Player
from musicrec_core.records import Track
from musicrec_tui.playback import Playback
from musicrec_tui.widgets.playing_line import playing_line

LOOK_EVERY_S = 1.0
LEAST_PAUSE_S = 0.25  # between two looks
AFTER_S = 0.03  # the second is over by then


class NowPlaying(Static):
    """Passes on what happens in playback; hidden while nothing plays or waits to go on."""

    class Heard(Message):
        """A song was heard so that it counts."""

        def __init__(self, listened: Listened) -> None:
            super().__init__()
            self.listened = listened

    class Changed(Message):
        """Another song plays, or none."""

        def __init__(self, track: Track | None) -> None:
            super().__init__()
            self.track = track

    class QueueChanged(Message):
        """The queue is another one, or stands elsewhere."""

    class Trouble(Message):
        """The player is missing, gone, or cannot play this file; `text` is for the user."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, player: Player | None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._line = ""
        self.playback = Playback(player, self, self.order)

    def on_mount(self) -> None:
        """Look at the player now and then."""
        self.display = False
        self.set_timer(LOOK_EVERY_S, self._look)

    def on_resize(self) -> None:
        """The line fills its width."""
        self.position_changed()

    def order(self, act: Callable[[], Awaitable[None]]) -> None:
        """Let an order to the player go on by itself."""
        self.run_worker(act, group="player")

    @work(group="look")
    async def _look(self) -> None:
        await self.playback.look()
        self.set_timer(self._pause_s(), self._look)

    def _pause_s(self) -> float:
        """Until the song's next whole second has begun, so that none is left out."""
        if self.playback.now.state != "playing":
            return LOOK_EVERY_S / 2
        pause_s = LOOK_EVERY_S + AFTER_S - self.playback.position_s % LOOK_EVERY_S
        return max(pause_s, LEAST_PAUSE_S)

    # --- what playback tells ---

    def _announce(self, made: Callable[[], Message]) -> None:
        """In this widget's own turn: what is made while its parent acts goes no further up."""
        self.call_later(lambda: self.post_message(made()))

    def track_changed(self, track: Track | None) -> None:
        """Another song plays, or none."""
        self._announce(lambda: self.Changed(track))

    def queue_changed(self) -> None:
        """The queue is another one, or stands elsewhere."""
        self._announce(self.QueueChanged)

    def heard(self, listened: Listened) -> None:
        """A song was heard so that it counts."""
        self._announce(lambda: self.Heard(listened))

    def trouble(self, text: str) -> None:
        """The player is missing, gone, or cannot play this file."""
        self._announce(lambda: self.Trouble(text))

    def position_changed(self) -> None:
        """Draw the line where it reads otherwise now."""
        playback = self.playback
        track = playback.track or playback.waiting
        if self.display != (track is not None):
            self.display = track is not None
        if track is None:
            return
        line = playing_line(
            track, playback.now, self.content_size.width,
            repeat=playback.queue.repeat, volume=playback.sound.volume,
        )  # fmt: skip
        if line != self._line:
            self._line = line
            self.update(line, layout=False)
