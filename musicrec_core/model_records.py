"""What is said of models: how well they do, what training decided, which versions there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from musicrec_core.records import Track


@dataclass(frozen=True, slots=True)
class Metrics:
    """How well a scorer did on held-out feedback; None where it could not be measured."""

    auc: float | None = None
    ndcg_at_10: float | None = None
    logloss: float | None = None
    rmse: float | None = None


@dataclass(frozen=True, slots=True)
class RetrievalMetrics:
    """Mean average precision with which held-out songs find their own; None where unmeasured."""

    albums: float | None = None
    """The other songs of their album."""
    artists: float | None = None
    """Songs on the other albums of their artist."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One entry of the registry."""

    version: str
    kind: Literal["bundled", "personal"]
    trained_at: str | None
    """ISO 8601, UTC; None for the bundled model."""
    current: bool
    parent: str | None = None
    feedback: int = 0
    metrics: Metrics = field(default_factory=Metrics)
    reason: str = ""
    checksum: str = ""
    half_life_days: float | None = 1500.0
    """Taste: after so long an event counts for half; None: evidence never fades."""
    of: Literal["taste", "ears"] = "taste"
    songs: int = 0
    """Ears: how many songs taught them."""
    nearness: RetrievalMetrics | None = None
    """Ears: how well held-out songs found their own."""


@dataclass(frozen=True, slots=True)
class Fading:
    """After how many days old evidence counts for half, and why; None days: it never fades."""

    half_life_days: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Influence:
    """What a list would be had the user never said something: nor liked, or nor disliked."""

    said: Literal["likes", "dislikes"]
    """Ratings of 4 or 5 count as likes, of 1 or 2 as dislikes."""
    count: int
    listed: int
    gained: tuple[Track, ...]
    """In the list because of it."""
    lost: tuple[Track, ...]
    """Not in the list because of it."""

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        word = self.said if self.count != 1 else self.said[:-1]
        if not self.gained and not self.lost:
            return f"Your {self.count} {word} changed none of these {self.listed} picks."
        changed = max(len(self.gained), len(self.lost))
        return f"Your {self.count} {word} changed {changed} of these {self.listed} picks."


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What retraining decided and why, in one sentence, with every figure beside it."""

    promoted: bool
    version: str | None
    reason: str
    candidate: Metrics
    current: Metrics
    baselines: dict[str, Metrics] = field(default_factory=dict)
    feedback: int = 0
    seconds: float = 0.0
    fading: Fading | None = None
    influences: tuple[Influence, ...] = ()

    @property
    def was_measured(self) -> bool:
        """Whether there was enough to compare the new model with the one in use."""
        return self.candidate.auc is not None

    @property
    def sentence(self) -> str:
        """What came of it, without figures; `reason` has them."""
        if self.promoted:
            return (
                "It foretells your likes and dislikes better than the model before it, and scores "
                "your music from now on."
            )
        if self.was_measured:
            return (
                "What it learned foretells your likes and dislikes no better than the model in "
                "use, which stays. Your likes go on moving the list."
            )
        return self.reason


@dataclass(frozen=True, slots=True)
class EarsReport:
    """What teaching the ears decided and why, in one sentence, with the figures beside it."""

    promoted: bool
    version: str
    reason: str
    candidate: RetrievalMetrics
    current: RetrievalMetrics
    songs: int = 0
    artists: int = 0
    """Those with two songs or more."""
    seconds: float = 0.0

    @property
    def was_measured(self) -> bool:
        """Whether there were songs to compare the new ears with those in use."""
        return self.candidate.albums is not None or self.candidate.artists is not None

    @property
    def sentence(self) -> str:
        """What came of it, without figures; `reason` has them."""
        if self.promoted:
            return (
                "They hear better than before which of your songs belong together, and are in use "
                "from now on."
            )
        if self.was_measured:
            return (
                "What they learned from your albums and artists helped no more than chance on "
                "songs kept aside, so those in use stay."
            )
        return self.reason
