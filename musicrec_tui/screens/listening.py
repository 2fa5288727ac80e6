"""The keys for what is playing, whatever page is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.notify_errors import tell
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.virtual_table import VirtualTable

REPEATS = {
    "off": "Nothing is repeated",
    "all": "The queue is repeated",
    "one": "This song is repeated",
}


class Listening(Container):
    """Holds the pages; below them what goes on and what is playing."""

    class Opinion(Message):
        """The song that plays is liked or disliked."""

        def __init__(self, track: Track, kind: FeedbackKind) -> None:
            super().__init__()
            self.track = track
            self.kind = kind

    class PlayWanted(Message):
        """Nothing plays, and something shall."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "play_or_pause", "Play", id="player.pause",
            tooltip="play; while something plays, pause or go on",
        ),
        Binding("n", "next", "Next song", show=False, id="player.next"),
        Binding("b", "previous", "Song before", show=False, id="player.previous"),
        Binding("x", "stop", "Stop the music", show=False, id="player.stop"),
        Binding(
            "left", "seek(-5)", "Back 5 s", show=False, id="player.back",
            tooltip="5 seconds back",
        ),
        Binding(
            "right", "seek(5)", "On 5 s", show=False, id="player.on",
            tooltip="5 seconds on",
        ),
        Binding("shift+left", "seek(-30)", "Back 30 s", show=False, id="player.far_back"),
        Binding("shift+right", "seek(30)", "On 30 s", show=False, id="player.far_on"),
        Binding("plus,equals_sign", "louder(5)", "Louder", show=False, id="player.louder"),
        Binding("minus", "louder(-5)", "Softer", show=False, id="player.softer"),
        Binding(
            "z", "shuffle", "Shuffle", show=False, id="queue.shuffle",
            tooltip="mix what comes next",
        ),
        Binding(
            "y", "repeat", "Repeat", show=False, id="queue.repeat",
            tooltip="repeat all, one song, or nothing",
        ),
        Binding(
            "ctrl+z", "undo_queue", "Undo the queue", show=False, id="queue.undo",
            tooltip="take the last change of the queue back",
        ),
        Binding("ctrl+y", "redo_queue", "Redo the queue", show=False, id="queue.redo"),
        Binding(
            "L", "say('like')", "Like what plays", show=False, id="player.like",
            tooltip="like what is playing",
        ),
        Binding(
            "D", "say('dislike')", "Dislike what plays", show=False, id="player.dislike",
            tooltip="dislike what is playing and go on to the next song",
        ),
    ]  # fmt: skip

    def __init__(self, player: Player | None, pages: Widget, job_bar: Widget) -> None:
        super().__init__(id="listening")
        self._pages = pages
        self._job_bar = job_bar
        self.bar = NowPlaying(player, id="playing")

    def compose(self) -> ComposeResult:
        """Pages, running work, the player."""
        yield self._pages
        yield self._job_bar
        yield self.bar

    def play(self, track: Track, following: Sequence[Track]) -> None:
        """Play a song, then those that follow it."""
        self.bar.play(track, following)

    def action_play_or_pause(self) -> None:
        """Pause or go on; with nothing playing, play what the page offers."""
        if self.bar.track or self.bar.waiting:
            self.bar.toggle()
        else:
            self.post_message(self.PlayWanted())

    def action_pause(self) -> None:
        """Pause what plays; what is paused stays so."""
        if self.bar.now.state == "playing":
            self.bar.toggle()

    def action_resume(self) -> None:
        """Go on; what plays goes on anyway."""
        if self.bar.track is None or self.bar.now.state != "playing":
            self.action_play_or_pause()

    def action_repeat_song(self) -> None:
        """Repeat this song."""
        self.bar.repeat("one")

    def action_repeat_nothing(self) -> None:
        """Go on as the queue says."""
        self.bar.repeat("off")

    def action_next(self) -> None:
        """Go on to the next song."""
        self.bar.next()

    def action_previous(self) -> None:
        """Go back to the song before."""
        self.bar.previous()

    def action_stop(self) -> None:
        """Stop the music."""
        self.bar.stop()

    def action_seek(self, seconds: float) -> None:
        """Go on or back in the song."""
        self.bar.seek_by(seconds)

    def action_louder(self, by: int) -> None:
        """Louder or softer."""
        self.bar.louder(by)

    def action_shuffle(self) -> None:
        """Mix what comes next."""
        self.bar.shuffle()
        tell(self, "What comes next is mixed; ctrl+z takes it back")

    def action_repeat(self) -> None:
        """The next way to go on at the queue's end."""
        self.bar.next_repeat()
        tell(self, REPEATS[self.bar.queue.repeat])

    def action_undo_queue(self) -> None:
        """Take the last change of the queue back."""
        if self.bar.queue.can_undo:
            self.bar.change(self.bar.queue.undo())
        else:
            tell(self, "The queue has no change to take back")

    def action_redo_queue(self) -> None:
        """Do it again."""
        self.bar.change(self.bar.queue.redo())

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike what is playing; what is disliked plays no longer."""
        track = self.bar.track
        if track is None:
            tell(self, "Nothing is playing")
            return
        self.post_message(self.Opinion(track, kind))
        if kind == "dislike":
            self.bar.next("disliked")

    def on_now_playing_changed(self) -> None:
        """Every page marks the song that plays."""
        self.mark_playing()

    def mark_playing(self) -> None:
        """Mark its row wherever it stands."""
        track = self.bar.track
        for table in self.query(VirtualTable):
            table.playing = track.id if track else None

    def on_now_playing_trouble(self, event: NowPlaying.Trouble) -> None:
        """Say it in one line."""
        tell(self, event.text, "warning")
