"""What comes out of asking for a list, or why a song is where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from musicrec_core.app.notices import Notice
from musicrec_core.records import FeedbackKind, Reason, Recommendation, Track

if TYPE_CHECKING:
    from musicrec_core.language.records import Chip


@dataclass(frozen=True, slots=True)
class Recommendations:
    """A list of picks, the model version that scored them, and what to tell the user."""

    model: str
    picks: tuple[Recommendation, ...]
    notices: tuple[Notice, ...] = ()
    provisional: bool = False
    """Brought up to date after an opinion; scoring the whole library may still move some picks."""
    chips: tuple[Chip, ...] = ()
    """What was understood of a wish in words."""


GroupKind = Literal["album", "artist"]


@dataclass(frozen=True, slots=True)
class GroupPick:
    """An album or an artist as a pick.

    name: of it. artist: of the album, empty where there are several; of an artist the same again.
    score: in [0, 1], the mean of the songs that count. songs: how many may be picked. tracks: what
    to play: the album in its order, the artist's best. reasons: the first says what put it here.
    """

    kind: GroupKind
    name: str
    artist: str
    score: float
    songs: int
    tracks: tuple[Track, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class GroupRecommendations:
    """Albums or artists, the best first, the model version that scored them, and what to tell."""

    model: str
    picks: tuple[GroupPick, ...]
    notices: tuple[Notice, ...] = ()
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """Tracks with their scores, best first; `error` says why there are none."""

    tracks: tuple[tuple[Track, float], ...] = ()
    chips: tuple[Chip, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class OpinionOf:
    """An opinion about a song, and the recording that it was given on."""

    track: Track
    kind: FeedbackKind
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a track has its score. `excluded_by` says what keeps it out of the list, or None."""

    track: Track
    score: float
    reasons: tuple[Reason, ...]
    excluded_by: str | None
    opinions: tuple[OpinionOf, ...] = ()
    ordinary: float | None = None
    """The score of an ordinary song of the library, from which the reasons lead to this one."""

    @property
    def balance(self) -> str:
        """What the weights of the reasons add up to, in one sentence; empty without any."""
        return balance(self.reasons, self.ordinary, self.score)


def balance(reasons: Sequence[Reason], ordinary: float | None, score: float) -> str:
    """What the weights of reasons add up to: from the score of an ordinary song to this one.

    Empty where there are none, or where no such score is known, as in a list near to seeds.
    """
    raised = sum(reason.weight for reason in reasons if reason.weight > 0)
    lowered = -sum(reason.weight for reason in reasons if reason.weight < 0)
    if ordinary is None or not raised + lowered:
        return ""
    if f"{ordinary:.2f}" == f"{score:.2f}":
        return (
            f"together so little that it stays at {score:.2f}, where an ordinary song of yours is"
        )
    together = f"{raised - lowered:+.2f}".replace("-", "\N{MINUS SIGN}")
    return (
        f"together {together} ({raised:.2f} for it, {lowered:.2f} against): "
        f"from {ordinary:.2f}, an ordinary song of yours, to {score:.2f}"
    )
