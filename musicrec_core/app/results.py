"""What the use cases answer, beyond the values every layer shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from musicrec_core.app.notices import Notice
from musicrec_core.records import FeedbackKind, ModelInfo, Progress, Reason, Recommendation, Track

OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RootStatus:
    """A scanned folder."""

    path: str
    online: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Coverage and health. `tracks` counts readable files present, copies too."""

    tracks: int
    analysed: int
    pending: int
    stale: int
    failed: int
    missing: int
    offline: int
    roots: tuple[RootStatus, ...]
    feedback: dict[str, int]
    """Events in force by kind: like dislike rating skip play."""
    model: ModelInfo
    suggestion: Notice | None = None
    """What would help now, such as scanning or retraining."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`: what was looked at, and how to mend it where it is not well."""

    name: str
    ok: bool
    detail: str
    needed: bool = True
    """Whether musicrec is broken without it; no player installed is a normal state."""


@dataclass(frozen=True, slots=True)
class Recommendations:
    """A list of picks, the model version that scored them, and what to tell the user."""

    model: str
    picks: tuple[Recommendation, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a track has its score. `excluded_by` says what keeps it out of the list, or None."""

    track: Track
    score: float
    reasons: tuple[Reason, ...]
    excluded_by: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Feedback that was just appended; for an undo, `undone` is the kind it took back."""

    track: Track
    feedback_id: int
    kind: FeedbackKind
    value: float | None = None
    undone: FeedbackKind | None = None


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A line of the library screen."""

    track: Track
    score: float | None
    opinion: FeedbackKind | None
    """`like` or `dislike` while one is in force."""
