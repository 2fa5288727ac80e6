"""Keep a profile's scores ready: made again only when the library, model or feedback changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core import __version__
from musicrec_core.app.context import Context
from musicrec_core.app.feedback import privacy
from musicrec_core.app.scores.basis_file import read_basis, write_basis

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.scoring import LibraryScorer, Scoring, ScoringBasis
    from musicrec_core.records import Reason
    from musicrec_core.store.measured.scorings import StoredScoring

MODELS = ("culture.safetensors", "taste.safetensors", "taste_prior.json")
TOP = 1000  # of the best, among which ranking chooses


def stamp(context: Context) -> str:
    """Changes whenever scores would. Cheap: no model is loaded for it."""
    store = context.store
    return "|".join((
        __version__,
        context.ears_stamp(),
        *(context.fingerprint(model) for model in MODELS),
        context.registry.current_version(),
        privacy.stamp(context),
        str(store.counters.generation()),
        str(store.feedback.last_id(context.profile)),
    ))  # fmt: skip


def ensure(context: Context, *, at_once: bool = False) -> StoredScoring:
    """The scores as they should be now, from the store where they still are.

    at_once: after an opinion an update will do; `is_provisional` tells of it.
    """
    wanted = stamp(context)
    if context.store.scorings.stamp(context.profile) == wanted:
        cached = context.scored
        stored = cached if cached and cached.stamp == wanted else _stored(context)
        if stored is not None:
            context.scored, context.provisional = stored, None
            return stored
    if context.provisional is not None and context.provisional.stamp == wanted:
        return context.provisional
    made = _updated(context, wanted) if at_once else None
    if made is not None:
        context.provisional = made
        return made
    made = _score(context, wanted)
    context.store.scorings.put(context.profile, made)
    context.scored = made
    return made


def _stored(context: Context) -> StoredScoring | None:
    return context.store.scorings.get(context.profile)


def sharing_ids(context: Context, scored: StoredScoring, library: Catalogue) -> StoredScoring:
    """The same scores with the catalogue's own ids, which are equal: of a million, one copy."""
    if scored is context.scored and scored.track_ids is not library.track_ids:
        scored = context.scored = replace(scored, track_ids=library.track_ids)
    return scored


def is_provisional(context: Context, scored: StoredScoring) -> bool:
    """Whether these scores are an update that a full scoring is to follow."""
    return context.provisional is not None and context.provisional.stamp == scored.stamp


def rescore(context: Context) -> None:
    """Score the whole library where that is due, whatever update was made meanwhile."""
    context.provisional = None
    ensure(context)


def _updated(context: Context, wanted: str) -> StoredScoring | None:
    """The last scores brought up to date; None where more changed than what the person said."""
    from musicrec_core.app.feedback import evidence
    from musicrec_core.app.scores import catalogue
    from musicrec_core.recommender.scoring import Scoring, updated

    before = context.provisional or context.scored
    if before is None or wanted.rpartition("|")[0] != before.stamp.rpartition("|")[0]:
        return None
    library = catalogue.load(context).catalogue
    basis = context.basis[1] if context.basis and context.basis[0] == before.stamp else None
    if basis is None or basis.features.catalogue is not library:
        basis = read_basis(context, before.stamp, library)
    if basis is None or not np.array_equal(library.track_ids, before.track_ids):
        return None
    row_of = library.row_of(pick.track_id for pick in before.picks)
    top = np.array([row_of[pick.track_id] for pick in before.picks], np.int64)
    scores = Scoring(before.scores, before.uncertainty, top, ())
    update = updated(basis, scores, evidence.history(context, library))
    if update is None:
        return None
    context.basis = (wanted, update[0])
    made = _as_stored(wanted, before.model, update[0], update[1])
    return made.explained({p.track_id: p.reasons for p in before.picks if p.reasons})


def keep_reasons(
    context: Context, scored: StoredScoring, made: Mapping[int, tuple[Reason, ...]]
) -> None:
    """Keep reasons of the best that were made for a list; those of an update in memory alone."""
    if context.provisional is scored:
        context.provisional = scored.explained(made)
    else:
        context.scored = context.store.scorings.explain(context.profile, scored, made)


def scores_of(context: Context, track_ids: Sequence[int]) -> dict[int, float]:
    """Stored scores of some tracks as they are shown, without making new ones."""
    from musicrec_core.recommender.scoring import ScoreScale

    stored = latest(context)
    if stored is None:
        return {}
    rows = np.flatnonzero(np.isin(stored.track_ids, np.asarray(track_ids, dtype=np.int64)))
    shown = ScoreScale.of(stored.scores).shown(stored.scores[rows])
    return dict(zip(stored.track_ids[rows].tolist(), shown.tolist(), strict=True))


def latest(context: Context) -> StoredScoring | None:
    """The scores as they were stored last, without making new ones."""
    scored = context.scored
    if scored is None or scored.stamp != context.store.scorings.stamp(context.profile):
        scored = context.scored = context.store.scorings.get(context.profile)
    return scored


def basis(context: Context, library: Catalogue) -> ScoringBasis:
    """What the library is scored by now; kept, for reasons are asked for later.

    Of the catalogue that was read before: a scan meanwhile would move its rows.
    """
    wanted, cached = stamp(context), context.basis
    if cached is None or cached[0] != wanted or cached[1].features.catalogue is not library:
        made = read_basis(context, wanted, library)
        if made is None:
            made = _scorer(context, library).basis
            write_basis(context, wanted, made)
        context.basis = cached = (wanted, made)
    return cached[1]


def _scorer(context: Context, library: Catalogue) -> LibraryScorer:
    from musicrec_core.app.feedback import evidence
    from musicrec_core.recommender.scoring import LibraryScorer

    net = context.registry.current()[0]
    return LibraryScorer.of(net, library, evidence.history(context, library))


def reasons(context: Context, library: Catalogue, rows: Sequence[int]) -> list[tuple[Reason, ...]]:
    """Why rows of the catalogue have their scores."""
    from musicrec_core.app.scores import reason_text

    explained = basis(context, library).explained(np.array(rows, dtype=np.int64))
    return reason_text.worded(context, library, rows, explained)


def _score(context: Context, wanted: str) -> StoredScoring:
    """Without reasons: most of the best are never shown, and what is shown is asked for then."""
    from musicrec_core.app.scores import catalogue

    info = context.registry.current()[1]
    scorer = _scorer(context, catalogue.load(context).catalogue)
    made = scorer.scored(TOP, explained=0)
    context.basis = (wanted, scorer.basis)
    write_basis(context, wanted, context.basis[1])
    return _as_stored(wanted, info.version, context.basis[1], made)


def _as_stored(wanted: str, model: str, basis: ScoringBasis, made: Scoring) -> StoredScoring:
    from musicrec_core.store.measured.scorings import ScoredTrack, StoredScoring

    track_ids = basis.features.catalogue.track_ids
    top_scores = made.scores[made.top_rows]
    ratings = basis.net.ratings(top_scores)
    picks = zip(
        track_ids[made.top_rows].tolist(),
        top_scores.tolist(),
        [None] * len(top_scores) if ratings is None else ratings.tolist(),
        strict=True,
    )
    return StoredScoring(
        stamp=wanted,
        model=model,
        track_ids=track_ids,
        scores=made.scores,
        uncertainty=made.uncertainty,
        picks=tuple(ScoredTrack(*pick) for pick in picks),
    )
