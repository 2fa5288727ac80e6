"""Keep a profile's scores ready: made again only when the library, model or feedback changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core import __version__
from musicrec_core.app.context import Context

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.scoring.library import LibraryScorer
    from musicrec_core.records import Reason
    from musicrec_core.store.scorings import StoredScoring

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


def outlook(context: Context, known: Catalogue) -> LibraryScorer:
    """The library as this person's model sees it now; kept, for reasons are asked for later.

    Of the catalogue that was read before: a scan meanwhile would move its rows.
    """
    from musicrec_core.app.feedback import evidence
    from musicrec_core.recommender.scoring.library import LibraryScorer

    wanted, kept = stamp(context), context.outlook
    if kept is None or kept[0] != wanted or kept[1].view.catalogue is not known:
        net = context.registry.current()[0]
        kept = (wanted, LibraryScorer.of(net, known, evidence.history(context, known)))
        context.outlook = kept
    return kept[1]


def reasons(context: Context, known: Catalogue, rows: Sequence[int]) -> list[tuple[Reason, ...]]:
    """Why rows of the catalogue have their scores."""
    import numpy as np

    from musicrec_core.app.scores import reason_text

    explained = outlook(context, known).explained(np.array(rows, dtype=np.int64))
    return reason_text.worded(context, known, rows, explained)


def _score(context: Context, wanted: str) -> StoredScoring:
    """Without reasons: most of the best are never shown, and what is shown is asked for then."""
    from musicrec_core.app.scores import catalogue
    from musicrec_core.store.scorings import ScoredTrack, StoredScoring

    net, info, _ = context.registry.current()
    known = catalogue.load(context).catalogue
    track_ids = known.track_ids
    made = outlook(context, known).scored(TOP, explained=0)
    top_scores = made.scores[made.top_rows]
    ratings = net.ratings(top_scores)
    picks = zip(
        track_ids[made.top_rows].tolist(),
        top_scores.tolist(),
        [None] * len(top_scores) if ratings is None else ratings.tolist(),
        strict=True,
    )
    return StoredScoring(
        stamp=wanted,
        model=info.version,
        track_ids=track_ids,
        scores=made.scores,
        uncertainty=made.uncertainty,
        picks=tuple(ScoredTrack(*pick) for pick in picks),
    )
