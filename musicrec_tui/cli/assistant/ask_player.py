"""The player that `musicrec ask` speaks to: an MPD that runs, looked for when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.errors import MusicRecError

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import PlayerNow, TalkAnswer
    from musicrec_core.players import MpdRemote


class LazyPlayer:
    """Connects when asked what plays, and hangs up when it did what the answer says."""

    def __init__(self, musicrec: MusicRec) -> None:
        self._musicrec = musicrec
        self._remote: MpdRemote | None = None

    def now(self) -> PlayerNow | None:
        """What plays there; None where no player is."""
        from musicrec_core.app.results import PlayerNow
        from musicrec_core.players import find_remote

        self._remote = find_remote()
        if self._remote is None:
            return None
        path = self._remote.playing()
        try:
            return PlayerNow(self._musicrec.library.find(path) if path else None)
        except MusicRecError:  # a song that is not of this library
            return PlayerNow()

    def obey(self, answer: TalkAnswer) -> None:
        """Do what the replies say; PlayerError where the player does not."""
        if self._remote is None:
            return
        try:
            for reply in answer.replies:
                if reply.player == "play" and reply.tracks:
                    self._remote.play([track.path for track in reply.tracks])
                elif reply.player is not None and reply.player != "play":
                    self._remote.do(reply.player)
        finally:
            self._remote.close()
