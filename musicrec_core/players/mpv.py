"""mpv as a child process, spoken to in JSON: https://mpv.io/manual/stable/#json-ipc."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import threading
from collections.abc import Sequence

from musicrec_core.errors import PlayerError
from musicrec_core.players.ipc import IpcConnection
from musicrec_core.players.player import INSTALL_HINT, Player, Playing, PlayingState

NO_OUTPUT = "audio output initialization failed"  # mpv's words for it in `file_error`

OPTIONS = (
    "--no-video",
    "--idle=yes",
    "--no-terminal",
    "--keep-open=no",
    "--loop-file=no",
    "--loop-playlist=no",
    "--load-scripts=no",  # a user's script may add the rest of the folder to the list
    "--ytdl=no",  # nothing here ever opens a connection
    "--resume-playback=no",
    "--audio-display=no",
)
EXIT_WITHIN_S = 2.0


def program() -> str | None:
    """The path of mpv where it is installed and can be used."""
    # The connection is an inherited socket, which only POSIX has.
    return shutil.which("mpv") if os.name == "posix" else None


def start(program: str) -> Player:
    """An mpv that starts when first needed; `MUSICREC_MPV_ARGS` adds options to it."""
    return Mpv(program, shlex.split(os.environ.get("MUSICREC_MPV_ARGS", "")))


class Mpv:
    """One mpv, started when first needed. Methods may be called from any thread.

    The connection is one end of a socket pair that mpv inherits: nobody else can reach it, and
    mpv ends with this process, however that ends.
    """

    def __init__(self, program: str = "mpv", options: Sequence[str] = ()) -> None:
        self._command = (program, *OPTIONS, *options)
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: IpcConnection | None = None
        self._entry: int | None = None
        self._state: PlayingState = "stopped"
        self._no_output = False

    def play(self, path: str) -> None:
        """See Player."""
        with self._lock:
            self._ask("set_property", "pause", False)
            answer = self._ask("loadfile", path, "replace")
            self._entry = answer.get("playlist_entry_id") if isinstance(answer, dict) else None
            self._state, self._no_output = "loading", False

    def toggle(self) -> None:
        """See Player."""
        with self._lock:
            if self._process is not None:
                self._ask("cycle", "pause")

    def stop(self) -> None:
        """See Player."""
        with self._lock:
            self._state, self._entry = "stopped", None
            if self._process is not None:
                self._ask("stop")

    def now(self) -> Playing:
        """See Player."""
        with self._lock:
            if self._process is None or self._state in ("stopped", "ended", "failed"):
                return Playing(self._state, no_output=self._no_output)
            paused = self._ask("get_property", "pause") is True  # takes the events in, too
            position_s = self._seconds("time-pos")
            duration_s = self._seconds("duration")
            if self._state == "playing":
                return Playing("paused" if paused else "playing", position_s or 0.0, duration_s)
            return Playing(self._state, 0.0, duration_s)

    def close(self) -> None:
        """See Player."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = self._entry = None
            self._state = "stopped"
        if connection is not None:
            connection.close()  # which ends mpv
        if process is not None:
            try:
                process.wait(EXIT_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _seconds(self, name: str) -> float | None:
        value = self._ask("get_property", name)
        return float(value) if isinstance(value, (int, float)) else None

    def _ask(self, *command: object) -> object:
        """Send a command and return its answer's data, None for an error of that command."""
        connection = self._connection or self._start()
        try:
            answer = connection.ask(command)
        except OSError as error:
            self.close()
            raise PlayerError("mpv stopped answering; play again to restart it") from error
        for event in connection.take_events():
            self._note(event)
        return answer

    def _start(self) -> IpcConnection:
        ours, theirs = socket.socketpair()
        command = [*self._command, f"--input-ipc-client=fd://{theirs.fileno()}"]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - fixed options and the user's own
                command,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            ours.close()
            raise PlayerError(f"mpv did not start ({error.strerror}). {INSTALL_HINT}") from error
        finally:
            theirs.close()
        self._connection = IpcConnection(ours)
        return self._connection

    def _note(self, event: dict[str, object]) -> None:
        """Follow the song that was asked for; events of one before it come late."""
        if event.get("event") == "file-loaded" and self._state == "loading":
            self._state = "playing"
        if event.get("event") == "end-file" and event.get("playlist_entry_id") == self._entry:
            self._state = "failed" if event.get("reason") == "error" else "ended"
            self._no_output = event.get("file_error") == NO_OUTPUT
