"""recommend and explain."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.health import status
from musicrec_core.app.insights import artist_popularity
from musicrec_core.app.library import query as queries
from musicrec_core.app.library import tag_query
from musicrec_core.app.library.roots import no_songs
from musicrec_core.app.results import Explanation, Recommendations
from musicrec_core.app.scores import catalogue, reason_text, scoring
from musicrec_core.errors import LibraryError, MusicRecError
from musicrec_core.recommender.ranking import rank
from musicrec_core.recommender.scoring.library import Scoring
from musicrec_core.records import Reason, Recommendation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, ModelInfo, Track
    from musicrec_core.store.scorings import StoredScoring

DAY_S = 86_400
ATTEMPTS = 5  # at scoring a library that a scan changes meanwhile
MOST_SEEN = 100  # nobody looks further down a list: songs there are not yet used up
RATED_LOW = -0.5  # ranking leaves out what is rated 1 or 2


def recommend(
    context: Context,
    n: int,
    seeds: Sequence[str],
    tag: str | None,
    among: Collection[int] | None = None,
    popular: float = rank.NEUTRAL,
) -> Recommendations:
    """See MusicRec.recommend."""
    view = replace(_View.of(context), popular=popular)
    notes = list(view.warnings())
    if seeds and popular != rank.NEUTRAL:
        notes.append("how popular the songs are does not count beside seeds")
    allowed = None
    if tag is not None:
        meant = tag_query.resolve(context, view.known, tag)
        allowed = meant.rows
        notes += meant.notes
    if among is not None:
        chosen = np.isin(view.known.track_ids, np.array(list(among), dtype=np.int64))
        allowed = chosen if allowed is None else allowed & chosen
    picks = view.near(seeds, n, allowed) if seeds else view.best(n, allowed)
    found = tuple(view.shown(picks, seeds))
    if len(found) < n:
        notes.append(f"only {len(found)} songs fit")
    _log(context, picks, view.known, seeds, tag)
    return Recommendations(view.stored.model, found, tuple(notes))


def explain(context: Context, query: str) -> Explanation:
    """See MusicRec.explain."""
    track = queries.one(context, query)
    view = _View.of(context)
    row = view.row_of(track.id)
    if row is None:
        return Explanation(track, 0.0, (), queries.absence(context, track.id))
    (reasons,) = scoring.reasons(context, view.known, [row])
    score = float(view.stored.scores[row])
    return Explanation(track, score, reasons, _exclusion(context, track))


def scores(context: Context) -> dict[int, float]:
    """Every track's score as it should be now."""
    stored = scoring.ensure(context)
    return dict(zip(stored.track_ids.tolist(), stored.scores.tolist(), strict=True))


def _exclusion(context: Context, track: Track) -> str | None:
    own = [e for e in context.store.feedback.in_force(context.profile) if e.track_id == track.id]
    if any(e.kind == "dislike" for e in own):
        return "you disliked it; a like or an undo brings it back"
    balance = min((evidence.evidence(e.kind, e.value, track.duration_s) for e in own), default=0.0)
    if balance <= RATED_LOW:
        return "you rated it low"
    return None


@dataclass(frozen=True)
class _View:
    """The library as scored for this person now."""

    context: Context
    stored: StoredScoring
    known: Catalogue
    versions: NDArray[np.int64]
    popular: float = rank.NEUTRAL

    @classmethod
    def of(cls, context: Context) -> _View:
        if not context.store.files.count("present"):
            raise LibraryError(no_songs(context))
        for _ in range(ATTEMPTS):
            stored, snapshot = scoring.ensure(context), catalogue.load(context)
            if np.array_equal(stored.track_ids, snapshot.catalogue.track_ids):
                return cls(context, stored, snapshot.catalogue, snapshot.versions)
        raise LibraryError("the library keeps changing at the moment: try again")

    @cached_property
    def history(self) -> History:
        return evidence.history(self.context, self.known)

    @cached_property
    def model(self) -> tuple[TasteNet, ModelInfo, str | None]:
        return self.context.registry.current()

    @property
    def net(self) -> TasteNet:
        return self.model[0]

    @cached_property
    def rules(self) -> rank.Rules:
        """The same list all day, another tomorrow."""
        day = int(self.context.now_s() // DAY_S)
        name = f"{self.context.profile}|{day}".encode("utf-8", "surrogateescape")
        seed = int.from_bytes(hashlib.blake2b(name, digest_size=4).digest())
        return rank.Rules(popular=self.popular, seed=seed)

    @property
    def popularity(self) -> FloatArray | None:
        """How well known each artist is; not asked for where it would not count."""
        if self.popular == rank.NEUTRAL:
            return None
        return artist_popularity.of_library(self.context, self.known).percentiles()

    def warnings(self) -> list[str]:
        """What is wrong with the models in use, and whether it is time to learn."""
        found = (
            self.model[2],
            self.context.ears_in_use()[1],
            None if self._heard else status.to_hear_again(self.context),
            status.to_learn(self.context),
        )
        return [warning for warning in found if warning]

    @property
    def _heard(self) -> bool:
        """Whether most songs have a sound: then nobody need read every analysis to count them."""
        heard = np.isfinite(self.known.sound[:, :1])
        return bool(2 * heard.sum() > len(heard))

    def row_of(self, track_id: int) -> int | None:
        """The catalogue's row of a track, None where it is not present."""
        rows = np.flatnonzero(self.known.track_ids == track_id)
        return int(rows[0]) if len(rows) else None

    def best(self, n: int, allowed: NDArray[np.bool_] | None) -> Sequence[rank.RankedRow]:
        """The best for this person."""
        order = self.known.row_of(p.track_id for p in self.stored.picks)
        top = np.array([order[p.track_id] for p in self.stored.picks], dtype=np.int64)
        made = Scoring(self.stored.scores, self.stored.uncertainty, top, ())
        return rank.rank(
            self.known, self.history, made, n, allowed=allowed, versions=self.versions,
            popularity=self.popularity, rules=self.rules,
        )  # fmt: skip

    def near(
        self, seeds: Sequence[str], n: int, allowed: NDArray[np.bool_] | None
    ) -> Sequence[rank.RankedRow]:
        """The nearest to the seeds."""
        ids = [t.id for seed in seeds for t in queries.many(self.context, seed)]
        rows = np.flatnonzero(np.isin(self.known.track_ids, ids))
        if not len(rows):
            raise MusicRecError("the files of these seeds are not there at the moment")
        return rank.rank_by_seeds(
            self.known, self.history, rows, self.stored.scores, n,
            allowed=allowed, versions=self.versions, rules=self.rules,
        )  # fmt: skip

    def shown(self, picks: Sequence[rank.RankedRow], seeds: Sequence[str]) -> list[Recommendation]:
        """Picks with their tracks, reasons and predicted ratings."""
        ids = self.known.track_ids[[p.row for p in picks]].tolist() if picks else []
        tracks = self.context.store.files.tracks(ids)
        reasons = self._seed_reasons(picks) if seeds else self._reasons(picks)
        ratings = self.net.ratings(np.array([p.score for p in picks], dtype=np.float32))
        return [
            Recommendation(
                track=tracks[track_id],
                score=pick.score,
                reasons=why,
                rating=None if ratings is None else round(float(ratings[i]), 2),
                explore=pick.explore,
            )
            for i, (pick, track_id, why) in enumerate(zip(picks, ids, reasons, strict=True))
        ]

    def _seed_reasons(self, picks: Sequence[rank.RankedRow]) -> list[tuple[Reason, ...]]:
        rows, terms = [p.row for p in picks], [p.contributions for p in picks]
        return reason_text.worded(self.context, self.known, rows, terms)

    def _reasons(self, picks: Sequence[rank.RankedRow]) -> list[tuple[Reason, ...]]:
        """Stored ones, and for picks that were never shown new ones, which are stored then."""
        known = {p.track_id: p.reasons for p in self.stored.picks if p.reasons is not None}
        ids = [int(self.known.track_ids[p.row]) for p in picks]
        missing = [i for i, track_id in enumerate(ids) if track_id not in known]
        if missing:
            made = scoring.reasons(self.context, self.known, [picks[i].row for i in missing])
            known |= {ids[i]: why for i, why in zip(missing, made, strict=True)}
            self.context.store.scorings.explain(self.context.profile, self.stored, known)
        return [known[track_id] for track_id in ids]


def _log(
    context: Context,
    picks: Sequence[rank.RankedRow],
    known: Catalogue,
    seeds: Sequence[str],
    tag: str | None,
) -> None:
    from musicrec_core.store.feedback import Shown

    name = "seeds" if seeds else "tag" if tag else "for-you"
    shown = [
        Shown(
            track_id=int(known.track_ids[pick.row]),
            position=position,
            probability=pick.probability,
            how="explore" if pick.explore else "rank",
            score=pick.score,
        )
        for position, pick in enumerate(picks[:MOST_SEEN])
    ]
    ids = tuple(item.track_id for item in shown)
    if ids == context.last_shown:
        return
    context.last_shown = ids
    context.store.feedback.log_shown(context.profile, name, context.now_s(), shown)
