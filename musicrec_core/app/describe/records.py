"""What a description is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from musicrec_core.records import Attributes, Track


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a description, and the stored value that they stand on.

    source: its name, such as `tempo_bpm`, `mood:calm`, `percentile:arousal`, `nearest`. `sure` is
    False where the words say so too ("perhaps").
    """

    text: str
    source: str
    value: str | float | int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Description:
    """A few sentences, the claims in them in order, and the values they were chosen from.

    track: the song; None of a group. moods, genres: probabilities as heard, by name; of a group
    their means. songs: how many it is of.
    answered_by: `built-in` or `language model`, where one is on. fallback: why a
    model that is on did not word it.
    """

    text: str
    claims: tuple[Claim, ...]
    track: Track | None
    attributes: Attributes
    moods: Mapping[str, float]
    genres: Mapping[str, float]
    songs: int = 1
    answered_by: str = ""
    fallback: str = ""
