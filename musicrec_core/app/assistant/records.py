"""What comes of an utterance, and what a talk remembers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from musicrec_core.app.lists.request import Turn
from musicrec_core.errors import QueryError
from musicrec_core.language.records import Chip, Understanding
from musicrec_core.records import Recommendation, Track

MENTIONS_KEPT = 12
TURNS_KEPT = 6
PlayerAct = Literal[
    "play", "pause", "resume", "next", "previous", "stop", "shuffle", "unshuffle", "repeat",
    "unrepeat",
]  # fmt: skip
TAKING_BACK: dict[PlayerAct, PlayerAct] = {
    "play": "stop", "pause": "resume", "resume": "pause", "next": "previous",
    "shuffle": "unshuffle", "unshuffle": "shuffle", "repeat": "unrepeat", "unrepeat": "repeat",
}  # fmt: skip
PLAYER_ACTS: tuple[PlayerAct, ...] = get_args(PlayerAct)
DEFAULT_PLAYLIST = "ask"


@dataclass(frozen=True, slots=True)
class TalkChange:
    """One thing that was changed, or changed back. kind: such as `add`, `like`, `undo`."""

    kind: str
    text: str
    playlist: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say to one request.

    done: False where it could not be done. tracks: what is shown, in its order. choices: the songs
    that could be meant. picks: `tracks` with scores and reasons, where they are a list for a wish.
    uncounted: words of the wish that were not understood, or that nothing here can tell.
    player: what the player of the front end is to do now; with `play`, play `tracks`.
    """

    text: str
    done: bool = True
    changed: tuple[TalkChange, ...] = ()
    tracks: tuple[Track, ...] = ()
    choices: tuple[Track, ...] = ()
    picks: tuple[Recommendation, ...] = ()
    uncounted: tuple[str, ...] = ()
    player: PlayerAct | None = None


@dataclass(frozen=True, slots=True)
class TalkAnswer:
    """An utterance as it was understood, and the replies to its requests, in order."""

    understanding: Understanding
    replies: tuple[Reply, ...]

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(reply.text for reply in self.replies)

    @property
    def done(self) -> bool:
        """Whether all that was asked for was done."""
        return all(reply.done for reply in self.replies)

    @property
    def changed(self) -> tuple[TalkChange, ...]:
        """All that was changed."""
        return tuple(change for reply in self.replies for change in reply.changed)

    @property
    def tracks(self) -> tuple[Track, ...]:
        """What was shown last."""
        return next((r.tracks for r in reversed(self.replies) if r.tracks), ())

    @property
    def choices(self) -> tuple[Track, ...]:
        """What could be meant, where that is not clear."""
        return next((r.choices for r in reversed(self.replies) if r.choices), ())


class UnclearError(QueryError):
    """No song is meant, or several are; carries those that could be."""

    def __init__(self, message: str, tracks: Sequence[Track] = ()) -> None:
        super().__init__(message, [track.label for track in tracks])
        self.tracks = tuple(tracks)


@dataclass(frozen=True, slots=True)
class TalkState:
    """What a talk refers to.

    playlist: the current one. listed: ids of the songs shown last. mentioned: ids of what was
    spoken of, the newest last. turns: the wishes in force, oldest first. without: artists that
    are not wanted. like: ids of the songs that the list is to be like. dropped: words of the wishes
    that no longer count.
    """

    playlist: str = DEFAULT_PLAYLIST
    listed: tuple[int, ...] = ()
    mentioned: tuple[tuple[int, ...], ...] = ()
    turns: tuple[Turn, ...] = ()
    without: tuple[str, ...] = ()
    like: tuple[int, ...] = ()
    dropped: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> TalkState:
        """From JSON; the beginning of a talk where that is empty or of another version."""
        try:
            content = json.loads(text)
            return cls(
                str(content["playlist"]),
                tuple(map(int, content["listed"])),
                tuple(tuple(map(int, ids)) for ids in content["mentioned"]),
                tuple(Turn(str(t["user"]), str(t["system"])) for t in content["turns"]),
                tuple(map(str, content["without"])),
                tuple(map(int, content["like"])),
                tuple(map(str, content["dropped"])),
            )
        except (ValueError, KeyError, TypeError):
            return cls()

    def as_json(self) -> str:
        """What `read` reads."""
        return json.dumps(asdict(self))

    def mentioning(self, tracks: Sequence[Track]) -> TalkState:
        """After these songs were spoken of."""
        ids = tuple(track.id for track in tracks)
        if not ids or (self.mentioned and self.mentioned[-1] == ids):
            return self
        return replace(self, mentioned=(*self.mentioned, ids)[-MENTIONS_KEPT:])

    def showing(self, tracks: Sequence[Track]) -> TalkState:
        """After these songs were shown."""
        shown = replace(self, listed=tuple(track.id for track in tracks))
        return shown.mentioning(tracks)


@dataclass(frozen=True, slots=True)
class TalkShown:
    """The state of a talk as it is shown. undo: what `undo` takes back, None where nothing is."""

    playlist: str
    listed: tuple[Track, ...]
    mentioned: tuple[Track, ...]
    turns: tuple[Turn, ...]
    chips: tuple[Chip, ...]
    without: tuple[str, ...]
    like: tuple[Track, ...]
    undo: str | None
