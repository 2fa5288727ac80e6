"""What an utterance was understood to mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Intent = Literal[
    "add", "remove", "view", "clear", "play", "pause", "next", "shuffle", "repeat", "now",
    "like", "dislike", "rate", "recommend", "similar", "describe", "why", "undo", "help", "none",
]  # fmt: skip
INTENTS: tuple[Intent, ...] = (
    "add", "remove", "view", "clear", "play", "pause", "next", "shuffle", "repeat", "now",
    "like", "dislike", "rate", "recommend", "similar", "describe", "why", "undo", "help", "none",
)  # fmt: skip
ChipKind = Literal[
    "genre", "mood", "era", "year", "tempo", "energy", "length", "voice", "instrument", "artist",
    "album", "track", "playlist", "activity", "popularity", "familiarity", "language", "version",
    "season", "unknown",
]  # fmt: skip

A_LITTLE, PLAIN, MUCH = 0.5, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `start` to `end`, both included; None where there is no limit."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One constraint on songs, read from the text at characters [start, end).

    `value` is a word of the lexicon, a name as written, or a range: of years for `era`, of seconds
    for `length`, of beats a minute for `tempo`. `degree` is a weight: 1 as said plainly, below for
    "a little", above for "very". `relative` where it compares ("slower", "more").
    """

    kind: ChipKind
    value: str | Range
    text: str
    start: int
    end: int
    degree: float = PLAIN
    negated: bool = False
    relative: bool = False


SlotValue = str | int | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that is asked for."""

    intent: Intent
    confidence: float
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """An utterance: what it asks for first, what else, and the constraints it holds."""

    intent: Intent
    confidence: float
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    further: Sequence[Request] = ()
    chips: Sequence[Chip] = ()
    text: str = ""
    """The words of the first request."""
    answered_by: str = ""
    """`built-in` or `language model`, where one is on."""
    fallback: str = ""
    """Why a language model that is on did not answer."""


class Gazetteer(Protocol):
    """Names that exist in somebody's library."""

    def kinds(self, name: str) -> frozenset[str]:
        """Which of `artist album track playlist genre` have that name, however it is spelled."""
        ...
