"""What the use cases answer, beyond the values every layer shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from musicrec_core.app.notices import Notice
from musicrec_core.model_records import ModelInfo
from musicrec_core.records import Attributes, FeedbackKind, Progress, Reason, Recommendation, Track
from musicrec_core.service_records import Subject

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
    from musicrec_core.app.library.filters import LibraryFilter as LibraryFilter
    from musicrec_core.app.library.filters import TypedQuery as TypedQuery
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


@dataclass(frozen=True, slots=True)
class EnrichOptions:
    """What to ask, how old an answer may be, and when to stop."""

    subjects: frozenset[Subject] = frozenset(("artist", "album", "track"))
    history: bool = True
    max_age_days: float = 90.0
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class EnrichReport:
    """Questions by what became of them: `requested` counts requests, repeated ones too."""

    requested: int = 0
    cached: int = 0
    answered: int = 0
    unknown: int = 0
    """The service knows nothing of them, or only something else."""
    failed: int = 0
    left: int = 0
    plays: int = 0
    likes: int = 0
    """Feedback that is new, of songs in the library."""
    problems: dict[str, int] = field(default_factory=dict)
    """What went wrong, as sentences, and how often."""
    stopped: bool = False
    seconds: float = 0.0
