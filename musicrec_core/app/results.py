"""What the use cases answer, beyond the values every layer shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from musicrec_core.app.lists.records import BatchAnswer as BatchAnswer
from musicrec_core.app.lists.records import Explanation as Explanation
from musicrec_core.app.lists.records import GroupKind as GroupKind
from musicrec_core.app.lists.records import GroupPick as GroupPick
from musicrec_core.app.lists.records import GroupRecommendations as GroupRecommendations
from musicrec_core.app.lists.records import OpinionOf as OpinionOf
from musicrec_core.app.lists.records import Recommendations as Recommendations
from musicrec_core.app.lists.records import balance as balance
from musicrec_core.app.notices import Notice
from musicrec_core.app.services.records import EnrichOptions as EnrichOptions
from musicrec_core.app.services.records import EnrichReport as EnrichReport
from musicrec_core.model_records import ModelInfo
from musicrec_core.records import Attributes, FeedbackKind, Progress, Track

if TYPE_CHECKING:  # what else a front end may name, defined where it is made
    from musicrec_core.app.assistant.records import TalkAnswer as TalkAnswer
    from musicrec_core.app.assistant.records import TalkShown as TalkShown
    from musicrec_core.app.describe.ask import DescribedAs as DescribedAs
    from musicrec_core.app.describe.records import Claim as Claim
    from musicrec_core.app.describe.records import Description as Description
    from musicrec_core.app.exchange.import_lines import ImportReport as ImportReport
    from musicrec_core.app.insights.clusters import Cluster as Cluster
    from musicrec_core.app.insights.page import Insights as Insights
    from musicrec_core.app.insights.year import PlayCount as PlayCount
    from musicrec_core.app.insights.year import YearInReview as YearInReview
    from musicrec_core.app.lists.filters import LibraryFilter as LibraryFilter
    from musicrec_core.app.lists.filters import TypedQuery as TypedQuery
    from musicrec_core.app.lists.guard_settings import GuardState as GuardState
    from musicrec_core.app.lists.shelves import Shelf as Shelf
    from musicrec_core.app.llm.endpoint import LlmStatus as LlmStatus
    from musicrec_core.app.playback.kept import KeptQueue as KeptQueue
    from musicrec_core.app.playlists.files import ReadPlaylist as ReadPlaylist
    from musicrec_core.app.playlists.files import WrittenPlaylist as WrittenPlaylist
    from musicrec_core.app.playlists.records import Playlist as Playlist
    from musicrec_core.app.playlists.records import PlaylistChange as PlaylistChange
    from musicrec_core.app.playlists.records import PlaylistItem as PlaylistItem
    from musicrec_core.app.playlists.records import PlaylistSummary as PlaylistSummary
    from musicrec_core.app.saved_lists.records import RefreshedList as RefreshedList
    from musicrec_core.app.saved_lists.records import SavedList as SavedList
    from musicrec_core.app.services.account import ServiceStatus as ServiceStatus
    from musicrec_core.language.records import Chip as Chip
    from musicrec_core.language.records import Request as Request
    from musicrec_core.language.records import SlotValue as SlotValue
    from musicrec_core.language.records import Understanding as Understanding
    from musicrec_core.library.lyrics import LyricLine as LyricLine
    from musicrec_core.recommender.evaluation import Evaluation as Evaluation
    from musicrec_core.recommender.insights import Period as Period
    from musicrec_core.recommender.insights import Shift as Shift

TagOrder = Literal["title", "artist", "album", "genre", "year", "length", "path"]
ValueOrder = Literal[
    "score", "tempo", "key", "mood", "energy", "rating", "plays", "played", "added"
]
LibraryOrder = TagOrder | ValueOrder
"""By what files say of themselves, or by what was heard and done."""
OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class PlayerNow:
    """A player that is there. track: what plays on it, None for nothing that the library knows."""

    track: Track | None = None


@dataclass(frozen=True, slots=True)
class RootStatus:
    """A scanned folder."""

    path: str
    online: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Coverage and health. `tracks` counts what sounds the same once, `files` copies too."""

    tracks: int
    files: int
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
    excluded: tuple[str, ...] = ()
    """Patterns of what scans leave out."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`: what was looked at, and how to mend it where it is not well."""

    name: str
    ok: bool
    detail: str
    needed: bool = True
    """Whether musicrec is broken without it; no player installed is a normal state."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Feedback that was just appended; for an undo, `undone` is the kind it took back."""

    track: Track
    feedback_id: int
    kind: FeedbackKind
    value: float | None = None
    undone: FeedbackKind | None = None


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """An artist or an album by its name as it stands in tags, and how many files it has."""

    name: str
    songs: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A line of the library screen."""

    track: Track
    score: float | None
    opinion: FeedbackKind | None
    """`like` or `dislike` while one is in force."""
    details: SongDetails | None = None
    """Where they were asked for."""


@dataclass(frozen=True, slots=True)
class SongDetails:
    """What was heard in a song and done with it; None where not known, or never.

    mood: the one it sounds like most. energy: [0, 1]. rating: 1 to 5. added_s, played_s: when it
    came in and when it was played last, in seconds since 1970.
    """

    tempo_bpm: float | None = None
    key: str | None = None
    mood: str | None = None
    energy: float | None = None
    rating: float | None = None
    plays: int = 0
    played_s: float | None = None
    added_s: float | None = None


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """What listening found out about one track; nothing where it was not listened to yet."""

    attributes: Attributes
    moods: tuple[str, ...] = ()
    """Those it sounds like most of all, the clearest first."""
    genres: tuple[str, ...] = ()
