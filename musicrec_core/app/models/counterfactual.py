"""What the user's likes and dislikes did to the list: the list now beside the one without them.

Taken away is the evidence; the network's weights stay as they are. So this is what was said since,
and what nearness to it does, not what a model never trained on it would say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.scores import catalogue, scoring
from musicrec_core.feedback_kinds import CLEARLY_DISLIKED, CLEARLY_LIKED
from musicrec_core.model_records import Influence

if TYPE_CHECKING:
    from typing import Literal

    from musicrec_core.app.scores.cache import Snapshot
    from musicrec_core.recommender.data import History
    from musicrec_core.recommender.taste import TasteNet

LISTED = 20
SAMPLE, BEST = 10_000, 2_000


def influences(context: Context) -> tuple[Influence, ...]:
    """One for the likes and one for the dislikes, where there are any and there is a list."""
    snapshot = catalogue.load(context)
    history = evidence.history(context, snapshot.catalogue)
    if not len(history):
        return ()
    snapshot, history = _near(context, snapshot, history)
    net = context.registry.current()[0]
    now = _listed(snapshot, net, history)
    sides = {
        "likes": history.values >= CLEARLY_LIKED,
        "dislikes": history.values <= CLEARLY_DISLIKED,
    }
    return tuple(
        _influence(context, kind, len(np.unique(history.rows[which])), now,
                   _listed(snapshot, net, _without(history, which)))
        for kind, which in sides.items() if which.any()
    )  # fmt: skip


def _near(context: Context, snapshot: Snapshot, history: History) -> tuple[Snapshot, History]:
    """The best, the judged and a sample of the rest: ranks among them are those among all."""
    from musicrec_core.app.scores.cache import Snapshot
    from musicrec_core.recommender.data import LibrarySample, subset

    library = snapshot.catalogue
    sample = LibrarySample.of(library, history, seed=0, size=SAMPLE).rows
    scores = scoring.scores_of(context, library.track_ids.tolist())
    present = np.array([scores.get(i, 0.0) for i in library.track_ids.tolist()])
    rows = np.union1d(sample, np.argsort(-present, kind="stable")[:BEST])
    near = LibrarySample(subset(library, rows), rows)
    versions, words = near.codes_of(snapshot.versions), snapshot.words[:, rows]
    return Snapshot.of(near.catalogue, versions, words), near.reindexed(history)


def _without(history: History, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> History:
    return replace(
        history,
        rows=history.rows[~which],
        values=history.values[~which],
        ratings=history.ratings[~which],
        ages_days=history.ages_days[~which],
    )


def _listed(snapshot: Snapshot, net: TasteNet, history: History) -> list[int]:
    """Track ids of the list, without its explored places, which are dealt by chance."""
    from musicrec_core.recommender.ranking import Rules, rank
    from musicrec_core.recommender.scoring import ScoreScale, score_library

    scored = score_library(net, snapshot.catalogue, history, top=1)
    shown = ScoreScale.of(scored.scores).shown(scored.scores)
    scored = replace(scored, scores=shown)
    picks = rank(
        snapshot.catalogue, history, scored, LISTED,
        versions=snapshot.versions, rules=Rules(explore=0),
    )  # fmt: skip
    ids: list[int] = snapshot.catalogue.track_ids[[p.row for p in picks]].tolist() if picks else []
    return ids


def _influence(
    context: Context,
    side: str,
    count: int,
    now: list[int],
    otherwise: list[int],
) -> Influence:
    gained = [i for i in now if i not in otherwise]
    lost = [i for i in otherwise if i not in now]
    tracks = context.store.tracks.by_id([*gained, *lost])
    kind: Literal["likes", "dislikes"] = "likes" if side == "likes" else "dislikes"
    return Influence(
        said=kind,
        count=count,
        listed=len(now),
        gained=tuple(tracks[i] for i in gained),
        lost=tuple(tracks[i] for i in lost),
    )
