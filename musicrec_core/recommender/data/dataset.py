"""What a recommender learns from and scores: a catalogue of songs, and one person's history.

Both are checked when made, so that every later step may trust shapes and ranges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.credits import Credits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

Space = Literal["sound", "culture"]
SPACES: tuple[Space, ...] = get_args(Space)

HALF_LIFE_DAYS = 1500.0
"""Of evidence, until a person's own feedback tells better."""


@dataclass(frozen=True, slots=True, repr=False, eq=False, weakref_slot=True)
class Catalogue:
    """All that scoring knows of n recordings; row i is the same recording in every array.

    Equal only to itself, so that what follows from it alone can be kept beside it.

    track_ids: int64 [n], unique.
    sound: float32 [n, E], rows of length one; NaN rows where not analysed yet.
    culture: float32 [n, C], rows of length one; NaN rows where artist and tags say nothing.
    columns: float32 [n, A], plain numbers (tempo, energy, year, ...); NaN where unknown.
    column_names: A names.
    artists, albums: int64 [n], a code a name; -1 where unknown. artists: the one that leads.
    tags: for each recording the codes of its tags, as compressed rows: `tag_codes` int64 [t],
    of which row i owns `tag_codes[tag_starts[i]:tag_starts[i + 1]]`; `tag_starts` int64 [n + 1].
    tag_names: one name a code.
    nearness: float32 [n, N], rows of length one, the space in which songs sound alike where the
    ears were taught by this library; None where that is `sound` itself.
    guessed: bool [n], whose culture is a guess from sound alone; None where none is.
    credit_rows, credit_codes, credit_weights: [g], who else is credited, as in `Credits`.
    """

    track_ids: IntArray
    sound: FloatArray
    culture: FloatArray
    columns: FloatArray
    column_names: tuple[str, ...]
    artists: IntArray
    albums: IntArray
    tag_codes: IntArray
    tag_starts: IntArray
    tag_names: tuple[str, ...]
    nearness: FloatArray | None = None
    guessed: NDArray[np.bool_] | None = None
    credit_rows: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    credit_codes: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    credit_weights: FloatArray = field(default_factory=lambda: np.zeros(0, np.float32))

    def __post_init__(self) -> None:
        n = len(self.track_ids)
        if len(self.near) != n:
            raise ValueError(f"nearness has {len(self.near)} rows, not {n}")
        for name in ("sound", "culture", "columns", "artists", "albums"):
            if len(getattr(self, name)) != n:
                raise ValueError(f"{name} has {len(getattr(self, name))} rows, not {n}")
        if len(self.tag_starts) != n + 1 or self.tag_starts[-1] != len(self.tag_codes):
            raise ValueError("tag_starts does not fit tag_codes")
        if self.columns.shape[1] != len(self.column_names):
            raise ValueError("columns and column_names differ in number")
        sizes = {len(self.credit_rows), len(self.credit_codes), len(self.credit_weights)}
        if len(sizes) != 1 or (len(self.credit_rows) and self.credit_rows[-1] >= n):
            raise ValueError("credits do not fit the recordings")

    @property
    def credits(self) -> Credits:
        """Who is credited on each."""
        return Credits(self.artists, self.credit_rows, self.credit_codes, self.credit_weights)

    def knows(self, space: Space) -> NDArray[np.bool_]:
        """Bool [n]: which recordings have a place in `sound` or `culture`; computed once."""
        masks = _KNOWN.setdefault(self, {})
        if space not in masks:
            vectors = self.vectors(space)
            first = mapped.column(vectors, 0) if vectors.shape[1] else np.full(len(self), np.nan)
            masks[space] = np.isfinite(first)
        return masks[space]

    def note_known(self, space: Space, is_known: NDArray[np.bool_]) -> None:
        """What `knows` answers, where it was found out before: it need not read every vector."""
        _KNOWN.setdefault(self, {})[space] = is_known

    @property
    def near(self) -> FloatArray:
        """The space in which songs sound alike, float32 [n, N]."""
        return self.sound if self.nearness is None else self.nearness

    def vectors(self, space: Space) -> FloatArray:
        """Float32 [n, D]: `near` or `culture`."""
        return self.near if space == "sound" else self.culture

    def along(self, space: Space, direction: FloatArray) -> FloatArray:
        """Float32 [n]: the product of each place in a space with a vector [D]."""
        return mapped.products(self.vectors(space), direction)

    def column(self, name: str) -> FloatArray:
        """Float32 [n]: a plain number of every recording; NaN where unknown."""
        values: FloatArray = mapped.column(self.columns, self.column_names.index(name))
        return values

    def row_of(self, track_ids: Iterable[int]) -> dict[int, int]:
        """The rows of those of the tracks that are here, by track id, in the order of rows."""
        rows = self.rows_of(track_ids)
        return dict(zip(self.track_ids[rows].tolist(), rows.tolist(), strict=True))

    def rows_of(self, track_ids: Iterable[int]) -> IntArray:
        """Int64: the rows of those of the tracks that are here, in the order of rows."""
        ids, rows = self.by_id
        wanted = np.fromiter(track_ids, np.int64)
        places = np.searchsorted(ids, wanted)
        places = places[ids[np.minimum(places, len(ids) - 1)] == wanted] if len(ids) else places[:0]
        return np.unique(rows[places]).astype(np.int64)

    @property
    def by_id(self) -> tuple[IntArray, IntArray]:
        """The track ids, rising, and the row of each, int64 [n]; put in order once."""
        if self not in _BY_ID:
            order = np.argsort(self.track_ids, kind="stable")
            _BY_ID[self] = (self.track_ids[order], order)
        return _BY_ID[self]

    def note_by_id(self, ids: IntArray, rows: IntArray) -> None:
        """What `by_id` answers, where it was found out before."""
        _BY_ID[self] = (ids, rows)

    def __len__(self) -> int:
        return len(self.track_ids)

    def __repr__(self) -> str:
        heard = int(self.knows("sound").sum())
        return (
            f"<Catalogue: {len(self)} recordings, {heard} analysed, "
            f"{len(self.tag_names)} tags, {len(self.column_names)} columns>"
        )


_KNOWN: WeakKeyDictionary[Catalogue, dict[Space, NDArray[np.bool_]]] = WeakKeyDictionary()
_BY_ID: WeakKeyDictionary[Catalogue, tuple[IntArray, IntArray]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, repr=False)
class History:
    """What one person said of some recordings, undone and repeated events already resolved.

    rows: int64 [h], rows of the catalogue. values: float32 [h] in [-1, 1], positive for liked
    (like 1, dislike -1, rating r (r - 3) / 2, skip and play weak). ratings: float32 [h], 1 to 5,
    NaN where not rated. ages_days: float32 [h], how long ago, 0 for now.
    half_life_days: after so long an event counts for half; infinite where this person's taste
    does not change (see evaluation/half_life.py, which chooses it).
    A recording may appear more than once (a like and several plays).
    """

    rows: IntArray
    values: FloatArray
    ratings: FloatArray
    ages_days: FloatArray
    half_life_days: float = HALF_LIFE_DAYS

    def __post_init__(self) -> None:
        sizes = {len(self.rows), len(self.values), len(self.ratings), len(self.ages_days)}
        if len(sizes) != 1:
            raise ValueError(f"history arrays differ in length: {sorted(sizes)}")
        if len(self.values) and not (np.abs(self.values) <= 1).all():
            raise ValueError("history values lie outside [-1, 1]")
        if not self.half_life_days > 0:
            raise ValueError("a half-life is longer than nothing")

    @property
    def left(self) -> FloatArray:
        """Float32 [h] in (0, 1]: what age has left of each event's weight."""
        ages = np.nan_to_num(self.ages_days)
        faded: FloatArray = np.exp2(-ages / self.half_life_days).astype(np.float32)
        return faded

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        liked = int((self.values > 0).sum())
        return f"<History: {len(self)} events, {liked} positive>"
