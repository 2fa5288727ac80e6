"""An MPD that plays by itself, told what to do from the command line; it goes on afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from musicrec_core.errors import PlayerError
from musicrec_core.players.mpd import TIMEOUT_S, Address, addresses, connect

T = TypeVar("T")


class MpdRemote:
    """One connection to an MPD. Every method may raise PlayerError, one clear line."""

    def __init__(self, address: Address, password: str = "") -> None:
        from mpd import MPDClient, MPDError

        self._local = address[0].startswith("/")
        self._client = MPDClient()
        self._client.timeout = TIMEOUT_S
        try:
            connect(self._client, address)
            if password:
                self._client.password(password)
        except (MPDError, OSError) as error:
            raise PlayerError(f"MPD did not answer: {error}") from error

    def playing(self) -> str | None:
        """The file of the song that plays or is paused, None for none."""
        status: dict[str, str] = self._ask(lambda c: c.status())
        if status.get("state") not in ("play", "pause"):
            return None
        name = str(self._ask(lambda c: c.currentsong()).get("file", ""))
        return name if name.startswith("/") else str(Path(self._folder(), name))

    def play(self, paths: Sequence[str]) -> None:
        """Put files at the end of MPD's queue and play them from the first on."""
        ids = [song for path in paths if (song := self._added(path)) is not None]
        if not ids:
            raise PlayerError("MPD does not have that song; is the folder in its music directory?")
        self._ask(lambda c: c.playid(ids[0]))

    def do(self, act: str) -> None:
        """Pause, resume, next, previous, stop, shuffle, unshuffle, repeat or unrepeat."""
        acts: dict[str, Callable[[Any], object]] = {
            "pause": lambda c: c.pause(1),
            "resume": _resume,
            "next": lambda c: c.next(),
            "previous": lambda c: c.previous(),
            "stop": lambda c: c.stop(),
            "shuffle": lambda c: c.random(1),
            "unshuffle": lambda c: c.random(0),
            "repeat": lambda c: (c.repeat(1), c.single(1)),
            "unrepeat": lambda c: (c.repeat(0), c.single(0)),
        }
        self._ask(acts[act])

    def close(self) -> None:
        """Hang up; what plays goes on."""
        with suppress(Exception):  # it hung up before
            self._client.disconnect()

    def _added(self, path: str) -> str | None:
        from mpd import CommandError

        parts = Path(path).parts
        ends = ["/".join(parts[cut:]) for cut in range(1, len(parts))]
        for name in [f"file://{path}", path, *ends] if self._local else ends:
            with suppress(CommandError):
                return str(self._client.addid(name))
        return None

    def _folder(self) -> str:
        """MPD's music directory, which it tells to this machine alone."""
        from mpd import CommandError

        with suppress(CommandError):
            answer = self._client.config()
            return str(answer.get("music_directory", "") if isinstance(answer, dict) else answer)
        return ""

    def _ask(self, question: Callable[[Any], T]) -> T:
        from mpd import MPDError

        try:
            return question(self._client)
        except (MPDError, OSError) as error:
            raise PlayerError(f"MPD did not do that: {error}") from error


def _resume(client: Any) -> None:
    if client.status().get("state") == "stop":
        client.play()
    else:
        client.pause(0)


def find_remote() -> MpdRemote | None:
    """The MPD named by `MPD_HOST`, or one at its usual places; None where none answers."""
    try:
        import mpd  # noqa: F401 - an extra
    except ImportError:
        return None
    for address in addresses(os.environ):
        with suppress(PlayerError):
            return MpdRemote(address, os.environ.get("MPD_HOST", "").rpartition("@")[0])
    return None
