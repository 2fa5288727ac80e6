"""Keep a profile's scores ready: made again only when the library, model or feedback changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core import __version__
from musicrec_core.app.context import Context

if TYPE_CHECKING:
    from musicrec_core.recommender.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import IntArray, Reason
    from musicrec_core.store.scorings import StoredScoring

TOP = 1000  # how many of the best get their reasons stored; ranking chooses among them


def stamp(context: Context) -> str:
    """Changes whenever scores would. Cheap: no model is loaded for it."""
    store = context.store
    return "|".join((
        __version__,
        context.ears_stamp(),
        *(context.fingerprint(model) for model in ("culture", "taste")),
        context.registry.current_version(),
        str(store.files.generation()),
        str(store.feedback.last_id(context.profile)),
    ))  # fmt: skip


def ensure(context: Context) -> StoredScoring:
    """The scores as they should be now, from the store where they still are."""
    wanted = stamp(context)
    if context.store.scorings.stamp(context.profile) == wanted:
        stored = context.store.scorings.get(context.profile)
        if stored is not None:
            return stored
    made = _score(context, wanted)
    context.store.scorings.put(context.profile, made)
    return made


def scores_of(context: Context, track_ids: Sequence[int]) -> dict[int, float]:
    """Stored scores of some tracks, without making new ones."""
    import numpy as np

    stored = context.store.scorings.get(context.profile)
    if stored is None or not len(stored.track_ids):
        return {}
    order = np.argsort(stored.track_ids)
    wanted = np.asarray(track_ids, dtype=np.int64)
    at = order[np.clip(np.searchsorted(stored.track_ids[order], wanted), 0, len(order) - 1)]
    hit = stored.track_ids[at] == wanted
    return dict(zip(wanted[hit].tolist(), stored.scores[at[hit]].tolist(), strict=True))


def explain_rows(
    context: Context, net: TasteNet, known: Catalogue, history: History, rows: IntArray
) -> list[tuple[Reason, ...]]:
    """Reasons for any rows of the catalogue."""
    from musicrec_core.app import wording
    from musicrec_core.recommender.taste import scoring

    explained = scoring.explain_rows(net, known, history, rows)
    return wording.worded(context, known, rows, explained)


def _score(context: Context, wanted: str) -> StoredScoring:
    import numpy as np

    from musicrec_core.app import catalogue, feedback, wording
    from musicrec_core.recommender.taste.scoring import score_library
    from musicrec_core.store.scorings import Pick, StoredScoring

    known = catalogue.load(context).catalogue
    net, info, _ = context.registry.current()
    if not len(known):
        nothing = np.zeros(0, dtype=np.float32)
        return StoredScoring(wanted, info.version, known.track_ids, nothing, nothing, ())
    made = score_library(net, known, feedback.history(context, known), top=TOP)
    top_scores = made.scores[made.top_rows]
    ratings = net.ratings(top_scores)
    picks = zip(
        known.track_ids[made.top_rows].tolist(),
        top_scores.tolist(),
        [None] * len(top_scores) if ratings is None else ratings.tolist(),
        wording.worded(context, known, made.top_rows.tolist(), made.contributions),
        strict=True,
    )
    return StoredScoring(
        stamp=wanted,
        model=info.version,
        track_ids=known.track_ids,
        scores=made.scores,
        uncertainty=made.uncertainty,
        picks=tuple(Pick(*pick) for pick in picks),
    )
