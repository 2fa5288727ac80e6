"""The keys for what is playing, whatever page is open."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from musicrec_core.app.playback.queue import REPEATS, Repeat
from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens import messages
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import KeptQueue
    from musicrec_tui.screens.queue.page import QueuePage

REPEAT_WORDS: dict[Repeat, str] = {
    "off": "Nothing is repeated",
    "all": "The queue is repeated",
    "one": "This song is repeated",
}


def _kept_queue(musicrec: MusicRec) -> tuple[KeptQueue, dict[int, Track]]:
    kept = musicrec.playback.queue()
    return kept, musicrec.playback.tracks([song.track_id for song in kept.queue.songs])


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

    def __init__(
        self, context: PageContext, player: Player | None, pages: Widget, job_bar: Widget
    ) -> None:
        super().__init__(id="listening")
        self.context = context
        self._pages = pages
        self._job_bar = job_bar
        self._bar = NowPlaying(player, id="playing")
        self.playback = self._bar.playback

    def compose(self) -> ComposeResult:
        """Pages, running work, the player."""
        yield self._pages
        yield self._job_bar
        yield self._bar

    def on_mount(self) -> None:
        """Take up the queue of last time."""
        self._restore_queue()

    @work(group="queue")
    async def _restore_queue(self) -> None:
        with notify_errors(self):
            kept, tracks = await self.context.reader.ask(_kept_queue)
            self.playback.restore(kept.queue, tracks, kept.position_s)

    @on(NowPlaying.QueueChanged)
    def _keep_queue(self) -> None:
        queue, position_s = self.playback.queue, self.playback.position_s
        self.context.desk.tell(lambda m: m.playback.keep(queue, position_s))

    def close(self) -> None:
        """Keep where it stands, note what was heard so far, end the player."""
        if self.playback.queue.songs:
            self._keep_queue()
        heard = self.playback.close()
        if heard:
            self.context.desk.tell(lambda m: m.feedback.record(
                heard.track, heard.verdict, value=heard.seconds, source="tui", ended=heard.ended
            ))  # fmt: skip

    # --- what a page asks for ---

    @on(SongPage.Play)
    def _play(self, event: SongPage.Play) -> None:
        self.playback.play(event.track, event.following)

    def on_queue_page_jump(self, event: QueuePage.Jump) -> None:
        """Play a song of the queue."""
        self.playback.jump(event.position)

    def on_queue_page_rearranged(self, event: QueuePage.Rearranged) -> None:
        """The queue in another order."""
        self.playback.change(event.queue)

    @on(SongPage.Enqueue)
    def _enqueue(self, event: SongPage.Enqueue) -> None:
        self.playback.add(list(event.tracks), soon=event.soon)
        when = "next" if event.soon else "at the end of the queue"
        play = "plays" if len(event.tracks) == 1 else "play"
        tell(self, f"{messages.songs(event.tracks)} {play} {when}; ctrl+z takes it back")

    # --- keys ---

    def action_play_or_pause(self) -> None:
        """Pause or go on; with nothing playing, play what the page offers."""
        if self.playback.track or self.playback.waiting:
            self.playback.toggle()
        else:
            self.post_message(self.PlayWanted())

    def action_pause(self) -> None:
        """Pause what plays; what is paused stays so."""
        if self.playback.now.state == "playing":
            self.playback.toggle()

    def action_resume(self) -> None:
        """Go on; what plays goes on anyway."""
        if self.playback.track is None or self.playback.now.state != "playing":
            self.action_play_or_pause()

    def action_repeat_song(self) -> None:
        """Repeat this song."""
        self._repeat("one")

    def action_repeat_nothing(self) -> None:
        """Go on as the queue says."""
        self._repeat("off")

    def action_next(self) -> None:
        """Go on to the next song."""
        self.playback.next()

    def action_previous(self) -> None:
        """Go back to the song before."""
        self.playback.previous()

    def action_stop(self) -> None:
        """Stop the music."""
        self.playback.stop()

    def action_seek(self, seconds: float) -> None:
        """Go on or back in the song."""
        self.playback.seek_by(seconds)

    def action_louder(self, by: int) -> None:
        """Louder or softer."""
        self.playback.louder(by)

    def action_shuffle(self) -> None:
        """Mix what comes next."""
        self.playback.change(self.playback.queue.shuffled(random.shuffle))
        tell(self, "What comes next is mixed; ctrl+z takes it back")

    def action_repeat(self) -> None:
        """The next way to go on at the queue's end."""
        after = REPEATS[(REPEATS.index(self.playback.queue.repeat) + 1) % len(REPEATS)]
        self._repeat(after)
        tell(self, REPEAT_WORDS[after])

    def _repeat(self, repeat: Repeat) -> None:
        self.playback.change(self.playback.queue.repeated(repeat))

    def action_undo_queue(self) -> None:
        """Take the last change of the queue back."""
        if self.playback.queue.can_undo:
            self.playback.change(self.playback.queue.undo())
        else:
            tell(self, "The queue has no change to take back")

    def action_redo_queue(self) -> None:
        """Do it again."""
        self.playback.change(self.playback.queue.redo())

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike what is playing; what is disliked plays no longer."""
        track = self.playback.track
        if track is None:
            tell(self, "Nothing is playing")
            return
        self.post_message(self.Opinion(track, kind))
        if kind == "dislike":
            self.playback.next("disliked")

    def on_now_playing_changed(self) -> None:
        """Every page marks the song that plays."""
        self.mark_playing()

    def mark_playing(self) -> None:
        """Mark its row wherever it stands."""
        track = self.playback.track
        for table in self.query(VirtualTable):
            table.playing = track.id if track else None

    def on_now_playing_trouble(self, event: NowPlaying.Trouble) -> None:
        """Say it in one line."""
        tell(self, event.text, "warning")
