"""What is playing: drives the player along the queue, and tells how each song was heard."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from textual import work
from textual.message import Message
from textual.widgets import Static

from musicrec_core.app.playback.listened import Listened, listened
from musicrec_core.app.playback.queue import REPEATS, Queue, Repeat
from musicrec_core.errors import PlayerError
from musicrec_core.players import INSTALL_HINT, Player, PlayerSound, Playing
from musicrec_core.records import PlayEnd, Track
from musicrec_tui.player_thread import PlayerThread
from musicrec_tui.widgets.playing_line import playing_line

LOOK_EVERY_S = 0.5
RESTART_S = 3.0
"""Going back from further into a song than that begins it anew."""
MOST_FAILURES = 2  # in a row: then it is not the files
STOPPED = Playing("stopped")


class NowPlaying(Static):
    """One song of the queue at a time; hidden while nothing plays or waits to go on."""

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
        self._thread = None if player is None else PlayerThread(player)
        self._last = STOPPED
        self._failures = 0
        self._tracks: dict[int, Track] = {}
        self.queue = Queue()
        self.sound = PlayerSound()
        self.track: Track | None = None
        self.waiting: Track | None = None
        """A song of last time that goes on where it was left."""

    def on_mount(self) -> None:
        """Look at the player now and then."""
        self.display = False
        self.set_interval(LOOK_EVERY_S, self.look)

    def on_resize(self) -> None:
        """The line fills its width."""
        self._draw()

    def close(self) -> Listened | None:
        """End the player; a song that was heard well enough to count comes back."""
        if self._thread is not None:
            self._thread.close()
        return self._listened("quit")

    @property
    def position_s(self) -> float:
        """How far the song has played."""
        return self._last.position_s

    @property
    def now(self) -> Playing:
        """Where playback stands."""
        return self._last

    @property
    def tracks(self) -> Mapping[int, Track]:
        """The songs of the queue by track id."""
        return self._tracks

    def restore(self, queue: Queue, tracks: Mapping[int, Track], position_s: float) -> None:
        """Take the queue of last time up; its song waits to go on."""
        if self.track is not None or not queue.songs:
            return
        self._tracks.update(tracks)
        place = queue.position
        current = None if place is None else self._tracks.get(queue.songs[place].track_id)
        self.waiting, self._last = current, Playing("paused", position_s)
        self.display = current is not None
        self._set_queue(queue)
        self._draw()

    # --- what a person does ---

    def play(self, track: Track, following: Sequence[Track] = ()) -> None:
        """Play a song instead of what plays now, and then those that follow."""
        if self._refused():
            return
        songs = (track, *following)
        self._leave("other")
        self._failures = 0
        self._set_queue(self.queue.replaced(self._ids(songs)))
        self._start_at(0)

    def jump(self, position: int) -> None:
        """Play the song of a position of the queue."""
        if not self._refused():
            self._leave("other")
            self._failures = 0
            self._start_at(position)

    def add(self, tracks: Sequence[Track], *, soon: bool = False) -> None:
        """Put songs at the queue's end, or right after the one that plays."""
        ids = self._ids(tracks)
        self.change(self.queue.play_next(ids) if soon else self.queue.add(ids))

    def change(self, queue: Queue) -> None:
        """Another order of what comes; what plays goes on."""
        self._set_queue(queue)
        self._prepare_next()

    def shuffle(self) -> None:
        """Mix what comes next."""
        self.change(self.queue.shuffled(random.shuffle))

    def next_repeat(self) -> None:
        """Off, all, one song."""
        at = REPEATS.index(self.queue.repeat)
        self.repeat(REPEATS[(at + 1) % len(REPEATS)])

    def repeat(self, repeat: Repeat) -> None:
        """How the queue goes on from now on."""
        self.change(self.queue.repeated(repeat))
        self._draw()

    def forget(self, track: Track) -> None:
        """Do not play a song later on."""
        self.change(self.queue.without_track(track.id))

    def next(self, ended: PlayEnd = "next") -> None:
        """Leave this song for the next one."""
        if self.track is not None:
            self._leave(ended)
            self._start_next(by_user=True)

    def previous(self) -> None:
        """Go back to the song before; from further on, or with none before, this one anew."""
        if self.track is None:
            return
        place = self.queue.position
        again = place is not None and self._last.position_s > RESTART_S
        queue = self.queue if again else self.queue.back()
        self._leave("previous")
        if queue.position is not None:
            self._set_queue(queue)
            self._start_at(queue.position)

    @work(group="player")
    async def toggle(self) -> None:
        """Pause or go on; the song of last time goes on where it was left."""
        if self.track is None and self.waiting is not None and not self._refused():
            place = self.queue.position
            if place is not None:
                self._start_at(place, self._last.position_s)
        elif self.track is not None and await self._asked(lambda player: player.toggle()):
            await self._look()

    @work(group="player")
    async def seek_by(self, seconds: float) -> None:
        """Go so many seconds on, or back."""
        if self.track is None or self._last.state not in ("playing", "paused"):
            return
        end_s = self._last.duration_s or self.track.duration_s or float("inf")
        position_s = min(max(self._last.position_s + seconds, 0.0), max(end_s - 1.0, 0.0))
        self._last = replace(self._last, position_s=position_s)
        self._draw()
        await self._asked(lambda player: player.seek(position_s))

    @work(group="player")
    async def louder(self, by: int) -> None:
        """So much louder, of 100; less than 0 for softer."""
        self.sound = replace(self.sound, volume=min(max(self.sound.volume + by, 0), 100))
        self._draw()
        await self._asked(lambda player: player.sound(self.sound))

    @work(group="player")
    async def stop(self, ended: PlayEnd = "stop") -> None:
        """Stop the music."""
        if self.track is not None:
            self._leave(ended)
            self._set_queue(self.queue.ended())
            await self._asked(lambda player: player.stop())

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """See where playback stands."""
        await self._look()

    # --- how it goes ---

    def _start_next(self, *, by_user: bool = False) -> None:
        place = self.queue.following(by_user=by_user)
        if place is not None:
            self._start_at(place)
        else:
            self._set_queue(self.queue.ended())
            self._silence()

    @work(group="player")
    async def _silence(self) -> None:
        await self._asked(lambda player: player.stop())

    def _start_at(self, position: int, start_s: float = 0.0) -> None:
        queue = self.queue.at(position)
        self._set_queue(queue)
        track = self._tracks.get(queue.songs[position].track_id)
        if track is not None:
            self._start(track, start_s)
        else:  # its file is not there at the moment
            self._failed("a song of the queue is not there", no_output=False)

    @work(group="player")
    async def _start(self, track: Track, start_s: float) -> None:
        thread = self._thread
        if thread is None:
            return
        self._set(track, Playing("loading", start_s))
        try:
            await thread.play(track.path, start_s)
        except PlayerError as error:
            self._gone(error)
            return
        await self._follow()
        self._draw()

    @work(group="player")
    async def _prepare_next(self) -> None:
        if self.track is not None:
            await self._follow()

    async def _follow(self) -> None:
        """Tell the player what comes next, so that it goes on without a gap."""
        place = self.queue.following()
        track = None if place is None else self._tracks.get(self.queue.songs[place].track_id)
        await self._asked(lambda player: player.follow(track.path if track else None))

    async def _look(self) -> None:
        thread, track = self._thread, self.track
        if thread is None or track is None:
            return
        try:
            now = await thread.ask(lambda player: player.now())
        except PlayerError:
            await self._restart(thread, track)
            return
        if track is not self.track:
            return
        if now.handed_over:
            await self._went_on(now)
        elif now.state == "ended":
            self._failures = 0
            self._leave("end")
            self._start_next()
        elif now.state == "failed":
            self._failed(f"{track.label} cannot be played", no_output=now.no_output)
        else:
            self._last = now
            self._draw()

    async def _went_on(self, now: Playing) -> None:
        """The player went over to the song that was to follow."""
        self._failures = 0
        place = self.queue.following()
        self._leave("end")
        if place is None:
            return
        queue = self.queue.at(place)
        self._set_queue(queue)
        self._set(self._tracks.get(queue.songs[place].track_id), now)
        await self._follow()
        self._draw()

    async def _restart(self, thread: PlayerThread, track: Track) -> None:
        """A player that died goes on where it was, once for a song."""
        try:
            await thread.again(track.path, self._last.position_s)
            await self._follow()
        except PlayerError as error:
            self._gone(error)

    def _gone(self, error: PlayerError) -> None:
        self._set(None, STOPPED)
        self.post_message(self.Trouble(str(error)))

    def _failed(self, what: str, *, no_output: bool) -> None:
        """Try the next song; a second failure in a row is none of the files' doing."""
        self._failures += 1
        self._leave("error")
        if self._failures < MOST_FAILURES:
            why = " (no audio output)" if no_output else ""
            self.post_message(self.Trouble(f"{what}{why}"))
            self._start_next(by_user=True)
            return
        self._set_queue(self.queue.ended())
        why = (
            "There is no audio output here"
            if no_output
            else f"{self._failures} songs in a row could not be played; is there no audio output?"
        )
        self.post_message(self.Trouble(f"Playing stopped. {why}"))

    def _leave(self, ended: PlayEnd) -> None:
        """Tell how the song that plays was heard, where that counts."""
        heard = self._listened(ended)
        if heard:
            self.post_message(self.Heard(heard))
        self._set(None, STOPPED)

    def _listened(self, ended: PlayEnd) -> Listened | None:
        if self.track is None:
            return None
        return listened(self.track, self._last.position_s, self._last.duration_s, ended)

    async def _asked(self, order: Callable[[Player], object]) -> bool:
        """Whether the player did it; its trouble is told otherwise."""
        if self._thread is None:
            return False
        try:
            await self._thread.ask(order)
        except PlayerError as error:
            self._gone(error)
            return False
        return True

    def _refused(self) -> bool:
        if self._thread is None:
            self.post_message(self.Trouble(INSTALL_HINT))
        return self._thread is None

    def _ids(self, tracks: Iterable[Track]) -> list[int]:
        """Their ids; the songs themselves are remembered."""
        self._tracks.update((track.id, track) for track in tracks)
        return [track.id for track in tracks]

    def _set_queue(self, queue: Queue) -> None:
        if queue is not self.queue:
            self.queue = queue
            self.post_message(self.QueueChanged())

    def _set(self, track: Track | None, state: Playing) -> None:
        self.track, self._last, self.waiting = track, state, None
        self.display = track is not None
        self.post_message(self.Changed(track))

    def _draw(self) -> None:
        track = self.track or self.waiting
        if track is not None:
            self.update(
                playing_line(
                    track, self._last, self.content_size.width,
                    repeat=self.queue.repeat, volume=self.sound.volume,
                )
            )  # fmt: skip
