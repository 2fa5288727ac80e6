"""Plays along the queue: what a person asks for, and what the player does by itself meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from musicrec_core.app.playback.listened import Listened, listened
from musicrec_core.app.playback.queue import Queue
from musicrec_core.players import INSTALL_HINT, Player, PlayerSound, Playing
from musicrec_core.records import PlayEnd, Track
from musicrec_tui.playback.failures import Failures
from musicrec_tui.playback.listener import PlaybackListener
from musicrec_tui.playback.player_thread import PlayerThread
from musicrec_tui.playback.position import STOPPED, Position
from musicrec_tui.playback.songs import QueueSongs

RESTART_S = 3.0
"""Going back from further into a song than that begins it anew."""
LOUDEST = 100


class Playback:
    """One song of the queue at a time. `spawn` lets an order to the player go on by itself."""

    def __init__(
        self,
        player: Player | None,
        listener: PlaybackListener,
        spawn: Callable[[Callable[[], Awaitable[None]]], object],
    ) -> None:
        self._thread = PlayerThread(player, self._gone)
        self._listener = listener
        self._spawn = spawn
        self._failures = Failures()
        self._songs = QueueSongs(listener.queue_changed)
        self._position = Position()
        self.sound = PlayerSound()
        self.track: Track | None = None
        self.waiting: Track | None = None
        """A song of last time that goes on where it was left."""

    @property
    def now(self) -> Playing:
        """Where playback stood when it was last looked at."""
        return self._position.seen

    @property
    def position_s(self) -> float:
        """How far the song has played by now."""
        return self._position.seconds

    @property
    def queue(self) -> Queue:
        """What plays, what comes and what has played."""
        return self._songs.queue

    @property
    def tracks(self) -> Mapping[int, Track]:
        """The songs of the queue by track id."""
        return self._songs.tracks

    def close(self) -> Listened | None:
        """End the player; a song that was heard well enough to count comes back."""
        self._thread.close()
        return self._listened("quit")

    def restore(self, queue: Queue, tracks: Mapping[int, Track], position_s: float) -> None:
        """Take the queue of last time up; its song waits to go on."""
        if self.track is not None or not queue.songs:
            return
        self._songs.take(queue, tracks)
        self.waiting = self._songs.at(queue.position)
        self._stands(Playing("paused", position_s))

    # --- what a person does ---

    def play(self, track: Track, following: Sequence[Track] = ()) -> None:
        """Play a song instead of what plays now, and then those that follow."""
        if not self._refused():
            self._leave("other")
            self._failures.over()
            self._songs.take(self.queue.replaced(self._songs.remember((track, *following))))
            self._start_at(0)

    def jump(self, position: int) -> None:
        """Play the song of a position of the queue."""
        if not self._refused():
            self._leave("other")
            self._failures.over()
            self._start_at(position)

    def add(self, tracks: Sequence[Track], *, soon: bool = False) -> None:
        """Put songs at the queue's end, or right after the one that plays."""
        ids = self._songs.remember(tracks)
        self.change(self.queue.play_next(ids) if soon else self.queue.add(ids))

    def change(self, queue: Queue) -> None:
        """Another order of what comes; what plays goes on."""
        self._songs.take(queue)
        self._listener.position_changed()
        if self.track is not None:
            self._spawn(self._follow)

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
        again = place is not None and self.now.position_s > RESTART_S
        queue = self.queue if again else self.queue.back()
        self._leave("previous")
        if queue.position is not None:
            self._songs.take(queue)
            self._start_at(queue.position)

    def toggle(self) -> None:
        """Pause or go on; the song of last time goes on where it was left."""
        if self.track is not None:
            self._spawn(self._toggle)
        elif self.waiting is not None and self.queue.position is not None and not self._refused():
            self._start_at(self.queue.position, self.now.position_s)

    def seek_by(self, seconds: float) -> None:
        """Go so many seconds on, or back."""
        if self.track is not None and self.now.state in ("playing", "paused"):
            position_s = self._position.seek_by(seconds, self.track.duration_s)
            self._listener.position_changed()
            self._spawn(partial(self._do, lambda player: player.seek(position_s)))

    def louder(self, by: int) -> None:
        """So much louder, of 100; less than 0 for softer."""
        volume = min(max(self.sound.volume + by, 0), LOUDEST)
        self.sound = sound = replace(self.sound, volume=volume)
        self._listener.position_changed()
        self._spawn(partial(self._do, lambda player: player.sound(sound)))

    def stop(self) -> None:
        """Stop the music."""
        if self.track is not None:
            self._leave("stop")
            self._silence()

    # --- how it goes ---

    async def look(self) -> None:
        """See where playback stands, and go on where a song came to its end."""
        track = self.track
        now = await self._thread.now() if track else None
        if track is None or track is not self.track:
            return
        if now is None:  # a player that died goes on where it was, once for a song
            if await self._thread.restart(track.path, self.position_s):
                await self._follow()
        elif now.handed_over:
            await self._went_on(now)
        elif now.state == "ended":
            self._failures.over()
            self._leave("end")
            self._start_next()
        elif now.state == "failed":
            self._failed(f"{track.label} cannot be played", no_output=now.no_output)
        else:
            self._stands(now)

    def _start_next(self, *, by_user: bool = False) -> None:
        place = self.queue.following(by_user=by_user)
        if place is not None:
            self._start_at(place)
        else:
            self._silence()

    def _silence(self) -> None:
        self._songs.take(self.queue.ended())
        self._spawn(partial(self._do, lambda player: player.stop()))

    async def _do(self, order: Callable[[Player], object]) -> None:
        await self._thread.do(order)

    async def _toggle(self) -> None:
        if await self._thread.do(lambda player: player.toggle()):
            await self.look()

    def _start_at(self, position: int, start_s: float = 0.0) -> None:
        self._songs.take(self.queue.at(position))
        track = self._songs.at(position)
        if track is None:  # its file is not there at the moment
            self._failed("a song of the queue is not there", no_output=False)
        else:
            self._set(track, Playing("loading", start_s))
            self._spawn(partial(self._start, track, start_s))

    async def _start(self, track: Track, start_s: float) -> None:
        if await self._thread.start(track.path, start_s):
            await self._follow()

    async def _follow(self) -> None:
        """Tell the player what comes next, so that it goes on without a gap."""
        track = self._songs.at(self.queue.following())
        await self._thread.do(lambda player: player.follow(track.path if track else None))

    async def _went_on(self, now: Playing) -> None:
        """The player went over to the song that was to follow."""
        self._failures.over()
        place = self.queue.following()
        self._leave("end")
        if place is None:
            return
        self._songs.take(self.queue.at(place))
        self._set(self._songs.at(place), now)
        await self._follow()

    def _gone(self, why: str) -> None:
        self._set(None, STOPPED)
        self._listener.trouble(why)

    def _failed(self, what: str, *, no_output: bool) -> None:
        """Try the next song, unless it cannot be the files."""
        said, goes_on = self._failures.another(what, no_output=no_output)
        self._leave("error")
        self._listener.trouble(said)
        if goes_on:
            self._start_next(by_user=True)
        else:
            self._songs.take(self.queue.ended())

    def _leave(self, ended: PlayEnd) -> None:
        """Tell how the song that plays was heard, where that counts."""
        heard = self._listened(ended)
        if heard:
            self._listener.heard(heard)
        self._set(None, STOPPED)

    def _listened(self, ended: PlayEnd) -> Listened | None:
        if self.track is None:
            return None
        return listened(self.track, self.now.position_s, self.now.duration_s, ended)

    def _refused(self) -> bool:
        if self._thread.missing:
            self._listener.trouble(INSTALL_HINT)
        return self._thread.missing

    def _set(self, track: Track | None, state: Playing) -> None:
        self.track, self.waiting = track, None
        self._stands(state)
        self._listener.track_changed(track)

    def _stands(self, now: Playing) -> None:
        self._position.see(now)
        self._listener.position_changed()
