"""The values that travel between the layers: frozen, slotted, units in their names.

Rows, dicts and tensors stay inside the layer that made them; these cross the borders.
Arrays are numpy, named here for types only, with their shape in the docstring.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# As text, so that naming the type does not import numpy.
FloatArray: TypeAlias = "NDArray[np.float32]"
IntArray: TypeAlias = "NDArray[np.int64]"

_HAS_CTIME = os.name != "nt"

FeedbackKind = Literal["like", "dislike", "rating", "skip", "play", "undo"]
PlayEnd = Literal["end", "next", "previous", "other", "stop", "quit", "disliked", "error"]
"""How a song came to its end: by itself, or because the user went on, back, to another one, …"""
BanKind = Literal["artist", "album", "genre", "folder"]
FeedbackSource = Literal[
    "tui", "cli", "beets", "file", "import", "lastfm", "listenbrainz", "mpd", "mpris", "mcp"
]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file says of itself; empty text and None mean that it says nothing."""

    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    composer: str = ""
    genres: tuple[str, ...] = ()
    track_no: int | None = None
    disc_no: int | None = None
    year: int | None = None
    compilation: bool = False
    duration_s: float | None = None
    rating: float | None = None
    """A rating already in the file (POPM or FMPS), on the scale 1 to 5."""
    rating_number: float | None = None
    """The number of a field called RATING, whose scale only the whole library tells."""
    artists: tuple[str, ...] = ()
    """The separate values of `artist`, where the container separates them."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One audio file met on disk. `path` is bytes, as the file system gave it."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    ctime_ns: int = 0
    """When anything of it changed, however the time of change was set; 0 where unknown."""

    @classmethod
    def of(cls, path: bytes, status: os.stat_result) -> FoundFile:
        """As the system describes it; Windows calls the time of creation ctime."""
        ctime_ns = status.st_ctime_ns if _HAS_CTIME else 0
        return cls(path, status.st_size, status.st_mtime_ns, ctime_ns)

    def same_as(self, other: FoundFile) -> bool:
        """Whether size and times agree, a ctime counting only where both are known."""
        return (
            self.size_bytes == other.size_bytes
            and self.mtime_ns == other.mtime_ns
            and (self.ctime_ns == other.ctime_ns or not (self.ctime_ns and other.ctime_ns))
        )


@dataclass(frozen=True, slots=True)
class Track:
    """A song that the user owns: one recording, shown through one of its files."""

    id: int
    path: str
    """Absolute, `os.fsdecode` of the bytes on disk, so it round-trips."""
    title: str
    artist: str
    album: str
    album_artist: str = ""
    composer: str = ""
    genres: tuple[str, ...] = ()
    track_no: int | None = None
    disc_no: int | None = None
    year: int | None = None
    compilation: bool = False
    duration_s: float | None = None
    lead: str = ""
    """The name of the main artist that leads: one of the artists where several are credited."""

    @property
    def label(self) -> str:
        """`Artist - Title`, or what is known of it."""
        return f"{self.artist} - {self.title}" if self.artist else self.title


@dataclass(frozen=True, slots=True)
class Attributes:
    """What people can hear and name. None where it cannot be estimated well enough.

    Definitions are in docs/attributes.md. Values without a unit lie in [0, 1].
    """

    tempo_bpm: float | None = None
    tempo_confidence: float | None = None
    key: str | None = None
    """Such as "A minor" or "F# major"."""
    key_confidence: float | None = None
    loudness_lufs: float | None = None
    dynamic_range_db: float | None = None
    brightness_hz: float | None = None
    energy: float | None = None
    acousticness: float | None = None
    danceability: float | None = None
    instrumentalness: float | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """The result of one analysis. `vector` is float32 [FEATURE_SIZE] of that version."""

    version: int
    vector: FloatArray
    attributes: Attributes
    length_s: float | None = None
    """How long the sound is as far as decoding bears out; None: as long as was known."""


@dataclass(frozen=True, slots=True)
class SoundPredictions:
    """What the ears make of n analysed tracks, from sound alone.

    embeddings: float32 [n, E], rows of length one. arousal, valence: float32 [n] in [0, 1].
    moods: float32 [n, M] and genres: float32 [n, G], probabilities in the order of the names.
    """

    embeddings: FloatArray
    arousal: FloatArray
    valence: FloatArray
    moods: FloatArray
    genres: FloatArray
    mood_names: tuple[str, ...]
    genre_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ban:
    """Something that a person never wants to hear; folders as `os.fsdecode` gives them."""

    kind: BanKind
    value: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing the user said or did. Append-only; `undo` names the row it takes back."""

    id: int
    track_id: int
    kind: FeedbackKind
    value: float | None
    """The rating for `rating`, the seconds heard for `play` and `skip`, else None."""
    at_s: float
    """Seconds since the epoch."""
    source: FeedbackSource
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score. Weights are shares of the score's distance from the ordinary."""

    text: str
    weight: float
    """Signed: positive raised the score."""
    kind: str
    """The group of inputs that it came from, such as `sound`, `tags`, `artist`."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A pick, its score in [0, 1], and what made that score."""

    track: Track
    score: float
    reasons: tuple[Reason, ...]
    rating: float | None = None
    """Predicted rating, 1 to 5, or None while too little is known."""
    explore: bool = False
    """Chosen to learn from, not because its score is among the highest."""


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A quarantined file and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """Every audio file found is one of new, changed, moved, unchanged, failed."""

    found: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    missing: int = 0
    failed: tuple[FailedFile, ...] = ()
    skipped: tuple[FailedFile, ...] = ()
    """Folders that could not be looked into, and why; what they held before is kept."""
    left_out: tuple[FailedFile, ...] = ()
    """Folders and files left out on purpose, and why: recycle bins, exclusions."""
    analysed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: done of total, in a named phase."""

    phase: str
    done: int
    total: int
    detail: str = ""
    losses: tuple[float, float] | None = None
    """In training: mean log loss on opinions kept out so far, of the new model, of that in use."""
