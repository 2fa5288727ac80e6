"""MPD, the Music Player Daemon, where it runs: its queue gets one song and the one after it.

What else is in MPD's queue stays there, and modes changed for playing come back at the end.
Protocol: https://mpd.readthedocs.io/en/stable/protocol.html.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from musicrec_core.errors import PlayerError
from musicrec_core.players.player import Player, PlayerSound, Playing, PlayingState

if TYPE_CHECKING:
    from mpd import MPDClient

INSTALL_HINT = "Start MPD (https://musicpd.org) and install musicrec[mpd] to listen through it"
TIMEOUT_S = 5.0
PORT = 6600
MODES = ("random", "repeat", "single", "consume")
STATES: dict[str, PlayingState] = {"play": "playing", "pause": "paused", "stop": "stopped"}

T = TypeVar("T")
Address = tuple[str, int]


def find() -> Player | None:
    """MPD where it answers: at `MPD_HOST`, its usual sockets, or the usual port of this machine."""
    try:
        import mpd  # noqa: F401 - an extra
    except ImportError:
        return None
    for address in addresses(os.environ):
        if _answers(address):
            return Mpd(address, os.environ.get("MPD_HOST", "").rpartition("@")[0])
    return None


def addresses(environment: os._Environ[str] | dict[str, str]) -> list[Address]:
    """Where MPD may listen, the likeliest first; a path is a socket of this machine."""
    host = environment.get("MPD_HOST", "").rpartition("@")[2]
    port = int(environment.get("MPD_PORT") or PORT)
    if host:
        return [(host, 0 if host.startswith("/") else port)]
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    sockets = (f"{runtime}/mpd/socket", os.path.expanduser("~/.mpd/socket"), "/run/mpd/socket")
    return [*((path, 0) for path in sockets if os.path.exists(path)), ("localhost", port)]


class Mpd:
    """One MPD. Methods may be called from any thread."""

    name = "mpd"
    can_crossfade = True

    def __init__(self, address: Address, password: str = "") -> None:
        self._address = address
        self._password = password
        self._lock = threading.RLock()
        self._client: MPDClient | None = None
        self._before: dict[str, str] = {}
        self._song: str | None = None
        self._next: str | None = None
        self._state: PlayingState = "stopped"
        self._handed_over = False

    def play(self, path: str, start_s: float = 0.0) -> None:
        """See Player."""
        with self._lock:
            old = [self._song, self._next]
            self._song = self._added(path)
            self._next, self._handed_over = None, False
            self._state = "failed" if self._song is None else "playing"
            if self._song is not None:
                self._ask(lambda c: c.clearerror())
                self._ask(lambda c: c.seekid(self._song, start_s) if start_s else None)
                self._ask(lambda c: c.playid(self._song) if not start_s else None)
            self._forget(old)

    def follow(self, path: str | None) -> None:
        """See Player."""
        with self._lock:
            self._handed_over = False
            if self._state not in ("playing", "paused"):
                return
            self._forget([self._next])
            self._next = self._added(path) if path else None

    def toggle(self) -> None:
        """See Player."""
        with self._lock:
            if self._state in ("playing", "paused"):
                self._ask(lambda c: c.pause())

    def seek(self, position_s: float) -> None:
        """See Player."""
        with self._lock:
            if self._state in ("playing", "paused"):
                self._ask(lambda c: c.seekid(self._song, max(position_s, 0.0)))

    def sound(self, sound: PlayerSound) -> None:
        """See Player. An output without a mixer keeps its volume."""
        from mpd import CommandError

        with self._lock:
            with suppress(PlayerError, CommandError):
                self._ask(lambda c: c.setvol(sound.volume))
            self._ask(lambda c: c.replay_gain_mode(sound.replay_gain))
            self._ask(lambda c: c.crossfade(sound.crossfade_s))

    def stop(self) -> None:
        """See Player."""
        with self._lock:
            if self._state in ("playing", "paused"):
                self._ask(lambda c: c.stop())
            self._state = "stopped"
            self._forget([self._song, self._next])
            self._song = self._next = None

    def now(self) -> Playing:
        """See Player."""
        with self._lock:
            if self._state not in ("playing", "paused"):
                return Playing(self._state, handed_over=self._handed_over)
            status: dict[str, str] = self._ask(lambda c: c.status())
            if self._next is not None and status.get("songid") == self._next:
                self._forget([self._song])
                self._song, self._next, self._handed_over = self._next, None, True
            self._state = self._state_by(status)
            return Playing(
                self._state,
                float(status.get("elapsed", 0.0)),
                float(status["duration"]) if "duration" in status else None,
                no_output="output" in status.get("error", ""),
                handed_over=self._handed_over,
            )

    def close(self) -> None:
        """See Player. MPD itself goes on; what plays stops."""
        with self._lock:
            client = self._client
            if client is None:
                return
            with suppress(PlayerError):
                self.stop()
                for mode, value in self._before.items():
                    self._ask(lambda c, m=mode, v=value: getattr(c, m)(v))  # type: ignore[misc]
            with suppress(Exception):
                client.disconnect()
            self._client = None

    def _state_by(self, status: dict[str, str]) -> PlayingState:
        if "error" in status:
            return "failed"
        if status["state"] == "stop":
            return "ended"
        return STATES[status["state"]] if status.get("songid") == self._song else "stopped"

    # --- MPD's queue ---

    def _added(self, path: str) -> str | None:
        """The id of a file at the end of MPD's queue; None where MPD does not have it."""
        from mpd import CommandError

        for name in self._names(path):
            try:
                return str(self._ask(lambda c, n=name: c.addid(n)))  # type: ignore[misc]
            except CommandError:
                continue
        return None

    def _names(self, path: str) -> Sequence[str]:
        """What MPD may call a file: its whole path where it allows that, or the end of it."""
        parts = Path(path).parts
        ends = ["/".join(parts[cut:]) for cut in range(1, len(parts))]
        return ends if self._address[1] else [f"file://{path}", path, *ends]

    def _forget(self, songs: Sequence[str | None]) -> None:
        """Take songs of ours off MPD's queue, where they still are."""
        from mpd import CommandError

        for song in songs:
            if song is not None:
                with suppress(CommandError):
                    self._ask(lambda c, s=song: c.deleteid(s))  # type: ignore[misc]

    def _ask(self, question: Callable[[Any], T]) -> T:
        """MPD's answer; connects first, and once again where MPD hung up meanwhile."""
        from mpd import ConnectionError as Lost

        for attempt in (1, 2):
            client = self._client or self._connect()
            try:
                return question(client)
            except (Lost, OSError) as error:
                self._client = None
                with suppress(Exception):
                    client.disconnect()
                if attempt == 2:
                    raise PlayerError("MPD stopped answering") from error
        raise PlayerError("MPD stopped answering")

    def _connect(self) -> MPDClient:
        from mpd import MPDClient, MPDError

        client = MPDClient()
        client.timeout = TIMEOUT_S
        try:
            connect(client, self._address)
            if self._password:
                client.password(self._password)
            if not self._before:
                status = client.status()
                self._before = {mode: status.get(mode, "0") for mode in MODES}
            for mode in MODES:
                getattr(client, mode)(0)
        except (MPDError, OSError) as error:
            raise PlayerError(f"MPD does not answer at {self._address[0]}: {error}") from error
        self._client = client
        return client


def connect(client: MPDClient, address: Address) -> None:
    host, port = address
    if not port and not os.path.exists(host):  # where the library would leave its socket open
        raise FileNotFoundError(f"there is no socket {host}")
    client.connect(host, port)


def _answers(address: Address) -> bool:
    from mpd import MPDClient, MPDError

    client = MPDClient()
    client.timeout = 1.0
    try:
        connect(client, address)
        client.disconnect()
    except (MPDError, OSError):
        return False
    return True
