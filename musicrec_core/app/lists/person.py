"""This person, now: library, scores, history and model, read once for a question."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.library.roots import no_songs
from musicrec_core.app.lists import switches
from musicrec_core.app.scores import catalogue, scoring
from musicrec_core.errors import LibraryError
from musicrec_core.recommender.scoring import ScoreScale
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.model_records import ModelInfo
    from musicrec_core.recommender.data import Catalogue, History
    from musicrec_core.recommender.taste import TasteNet
    from musicrec_core.records import FloatArray
    from musicrec_core.store.measured.scorings import StoredScoring

ATTEMPTS = 5  # at scoring a library that a scan changes meanwhile


@dataclass(frozen=True)
class Person:
    """A frozen snapshot: what a question is answered from, whatever happens meanwhile.

    versions: int64 [n], one code for all versions of one song. several: int64, rows of songs that
    have more than one.
    """

    context: Context
    scored: StoredScoring
    catalogue: Catalogue
    versions: NDArray[np.int64]
    several: NDArray[np.int64]

    @classmethod
    def now(cls, context: Context, *, at_once: bool = False) -> Person:
        """Raises LibraryError where there is no song, or the library never holds still.

        at_once: after an opinion, scores that were only brought up to date will do.
        """
        if not context.store.files.count("present"):
            raise LibraryError(no_songs(context))
        for _ in range(ATTEMPTS):
            scored = scoring.ensure(context, at_once=at_once)
            snapshot = catalogue.load(context)
            if np.array_equal(scored.track_ids, snapshot.catalogue.track_ids):
                scored = scoring.sharing_ids(context, scored, snapshot.catalogue)
                versions = snapshot.versions
                if not switches.is_on(context, "versions"):
                    versions = np.arange(len(versions))
                return cls(context, scored, snapshot.catalogue, versions, snapshot.several)
        raise LibraryError("the library keeps changing at the moment: try again")

    @cached_property
    def scale(self) -> ScoreScale:
        """How chances of a like are shown as scores."""
        return ScoreScale.of(self.scored.scores)

    @cached_property
    def scores(self) -> FloatArray:
        """Float32 [n]: every recording's score as it is shown, by which lists are ordered."""
        return self.scale.shown(self.scored.scores)

    @cached_property
    def ordinary(self) -> float:
        """The score of an ordinary song of the library, from which reasons lead to another's."""
        chance = scoring.basis(self.context, self.catalogue).ordinary_score
        return float(self.scale.shown(np.array([chance], np.float32))[0])

    @cached_property
    def history(self) -> History:
        """This person's events on the library's recordings."""
        return evidence.history(self.context, self.catalogue)

    @cached_property
    def model(self) -> tuple[TasteNet, ModelInfo, str | None]:
        """The network in use, what is known of it, and a warning where it had to take over."""
        return self.context.registry.current()

    @cached_property
    def day_seed(self) -> int:
        """The same all day, another tomorrow, and for another person."""
        day = int(self.context.now_s() // DAY_S)
        name = f"{self.context.profile}|{day}".encode("utf-8", "surrogateescape")
        return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest())

    def row_of(self, track_id: int) -> int | None:
        """The catalogue's row of a track, None where it is not present."""
        rows = self.catalogue.rows_of((track_id,))
        return int(rows[0]) if len(rows) else None

    @property
    def mostly_heard(self) -> bool:
        """Whether most songs have a sound."""
        return bool(2 * self.catalogue.knows("sound").sum() > len(self.catalogue))
