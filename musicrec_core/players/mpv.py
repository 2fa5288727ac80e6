"""mpv, started when first needed and spoken to in JSON."""

from __future__ import annotations

import os
import shlex
import shutil
import threading
from collections.abc import Sequence

from musicrec_core.errors import PlayerError
from musicrec_core.players.ipc import MpvCommand
from musicrec_core.players.mpv_process import MpvProcess
from musicrec_core.players.player import INSTALL_HINT, Player, PlayerSound, Playing, PlayingState

NO_OUTPUT = "audio output initialization failed"  # mpv's words for it in `file_error`
GAINS = {"off": "no", "track": "track", "album": "album"}

OBSERVED = ("duration",)
"""What mpv tells when it changes, so that nobody has to ask."""

OPTIONS = (
    "--no-video",
    "--idle=yes",
    "--no-terminal",
    "--keep-open=no",
    "--loop-file=no",
    "--loop-playlist=no",
    "--shuffle=no",
    "--prefetch-playlist=yes",  # the next song is opened before this one ends
    "--load-scripts=no",  # a user's script may add the rest of the folder to the list
    "--ytdl=no",  # nothing here ever opens a connection
    "--resume-playback=no",
    "--audio-display=no",
)


def find() -> Player | None:
    """Mpv where it is installed; `MUSICREC_MPV_ARGS` adds options to it."""
    program = shutil.which("mpv")
    options = shlex.split(os.environ.get("MUSICREC_MPV_ARGS", ""))
    return Mpv(program, options) if program else None


class Mpv:
    """One mpv. Methods may be called from any thread."""

    name = "mpv"
    can_crossfade = False

    def __init__(self, program: str = "mpv", options: Sequence[str] = ()) -> None:
        self._command = (program, *OPTIONS, *options)
        self._lock = threading.RLock()
        self._running: MpvProcess | None = None
        self._entry: object = None
        self._next: object = None
        self._state: PlayingState = "stopped"
        self._no_output = False
        self._handed_over = False
        self._sound: PlayerSound | None = None
        self._observed: dict[str, object] = dict.fromkeys(OBSERVED)

    def play(self, path: str, start_s: float = 0.0) -> None:
        """See Player."""
        with self._lock:
            self._ask("set_property", "pause", False)
            self._next, self._entry = None, self._load(path, "replace", start_s)
            self._state, self._no_output, self._handed_over = "loading", False, False

    def follow(self, path: str | None) -> None:
        """See Player."""
        with self._lock:
            self._handed_over = False
            if self._running is None:
                return
            self._ask("playlist-clear")  # all but what plays
            self._next = self._load(path, "append") if path else None

    def toggle(self) -> None:
        """See Player."""
        with self._lock:
            if self._running is not None:
                self._ask("cycle", "pause")

    def seek(self, position_s: float) -> None:
        """See Player."""
        with self._lock:
            if self._running is not None and self._state == "playing":
                self._ask("seek", position_s, "absolute")

    def sound(self, sound: PlayerSound) -> None:
        """See Player. mpv has no crossfade."""
        with self._lock:
            self._sound = sound
            if self._running is not None:
                self._ask("set_property", "volume", sound.volume)
                self._ask("set_property", "replaygain", GAINS[sound.replay_gain])

    def stop(self) -> None:
        """See Player."""
        with self._lock:
            self._state, self._entry, self._next = "stopped", None, None
            if self._running is not None:
                self._ask("stop")

    def now(self) -> Playing:
        """See Player."""
        with self._lock:
            if self._running is None or self._state in ("stopped", "ended", "failed"):
                return Playing(
                    self._state, no_output=self._no_output, handed_over=self._handed_over
                )
            position_s = self._ask("get_property", "time-pos")  # takes the events in, too
            state: PlayingState = self._state
            # Asked, not observed: what is observed may tell of a moment before the last toggle.
            if state == "playing" and self._ask("get_property", "pause") is True:
                state = "paused"
            here_s = _seconds(position_s) or 0.0 if self._state == "playing" else 0.0
            duration_s = _seconds(self._observed["duration"])
            return Playing(state, here_s, duration_s, handed_over=self._handed_over)

    def close(self) -> None:
        """See Player."""
        with self._lock:
            running, self._running = self._running, None
            self._entry = self._next = None
            self._state = "stopped"
        if running is not None:
            running.close()

    def _load(self, path: str, how: str, start_s: float = 0.0) -> object:
        # By name: versions of mpv differ in where the options stand.
        options = {"start": f"{start_s:.3f}"} if start_s else {}
        answer = self._send({"name": "loadfile", "url": path, "flags": how, "options": options})
        return answer.get("playlist_entry_id") if isinstance(answer, dict) else None

    def _ask(self, *command: object) -> object:
        """Send a command and return its answer's data, None for an error of that command."""
        return self._send(command)

    def _send(self, command: MpvCommand) -> object:
        running = self._running or self._start()
        try:
            answer = running.connection.ask(command)
        except OSError as error:
            self.close()
            raise PlayerError("mpv stopped answering; play again to restart it") from error
        for event in running.connection.take_events():
            self._note(event)
        return answer

    def _start(self) -> MpvProcess:
        try:
            self._running = MpvProcess(self._command)
        except OSError as error:
            raise PlayerError(f"mpv did not start ({error.strerror}). {INSTALL_HINT}") from error
        self._observed = dict.fromkeys(OBSERVED)
        for number, name in enumerate(OBSERVED, start=1):
            self._ask("observe_property", number, name)
        if self._sound is not None:
            self.sound(self._sound)
        return self._running

    def _note(self, event: dict[str, object]) -> None:
        """Follow the song that was asked for; events of one before it come late."""
        if event.get("event") == "property-change":
            self._observed[str(event.get("name"))] = event.get("data")
        entry = event.get("playlist_entry_id")
        if event.get("event") == "file-loaded" and self._state == "loading":
            self._state = "playing"
        if event.get("event") == "end-file" and entry == self._entry:
            if event.get("reason") == "eof" and self._next is not None:
                self._entry, self._next = self._next, None
                self._state, self._handed_over = "loading", True
                return
            self._state = "failed" if event.get("reason") == "error" else "ended"
            self._no_output = event.get("file_error") == NO_OUTPUT


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
