"""What each kind of feedback means, in one table, and from where on an opinion is clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from musicrec_core.records import FeedbackKind


@dataclass(frozen=True, slots=True)
class KindMeaning:
    """How a kind is read and told."""

    past_tense: str
    """`liked`: what the person did, in one word."""
    opinion: bool
    """Said outright; what was only listened to is weaker evidence."""
    value: str = ""
    """What its value is: stars, seconds heard, or nothing."""
    worth: float | None = None
    """What it says for or against a song, in [-1, 1]; None where that hangs on its value."""


KINDS: Mapping[FeedbackKind, KindMeaning] = MappingProxyType({
    "like": KindMeaning("liked", opinion=True, worth=1.0),
    "dislike": KindMeaning("disliked", opinion=True, worth=-1.0),
    "rating": KindMeaning("rated", opinion=True, value="stars"),
    "skip": KindMeaning("skipped", opinion=False, value="seconds"),
    "play": KindMeaning("played", opinion=False, value="seconds"),
})  # fmt: skip
OPINIONS = tuple(kind for kind, meaning in KINDS.items() if meaning.opinion)
LISTENED = tuple(kind for kind, meaning in KINDS.items() if meaning.value == "seconds")

MIDDLE_STARS = 3.0
"""A rating that says nothing for or against a song."""

# Evidence lies in [-1, 1]: a like is 1, five stars are 1, four 0.5, two -0.5.
CLEARLY_LIKED = 0.5
CLEARLY_DISLIKED = -0.5
