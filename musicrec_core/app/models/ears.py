"""retrain --ears: teach the ears on this library, and hear all of it with them if they prove."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.library.analyse import prepare_scores
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.app.scores import catalogue
from musicrec_core.model_records import EarsReport

if TYPE_CHECKING:
    from musicrec_core.recommender.ears.train import EarsTrainingSet
    from musicrec_core.records import IntArray

MOST_SONGS = 10_000
"""Learned from: whole artists drawn at random from a larger library."""


def retrain_ears(
    context: Context, progress: OnProgress | None, cancelled: Cancelled | None
) -> EarsReport:
    """See MusicRec.retrain_ears."""
    from musicrec_core.recommender.ears import PersonalEars
    from musicrec_core.recommender.ears.train import learn

    started = time.monotonic()
    report = progress or (lambda _: None)
    catalogue.embed_new(context)
    songs = _songs(context)
    ears = context.ears
    sound = ears.sound if isinstance(ears, PersonalEars) else None
    trained = learn(songs, sound, progress=report, cancelled=cancelled)
    version = context.ears_registry.current_version()
    if trained.sound is not None:
        taught = PersonalEars("", context.bundled_ears, trained.sound)
        meta = {
            "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "reason": trained.reason,
            "nearness": asdict(trained.candidate),
        }
        version = context.ears_registry.add(taught, meta).version
        prepare_scores(context, report)
    return EarsReport(
        promoted=trained.sound is not None,
        version=version,
        reason=trained.reason,
        candidate=trained.candidate,
        current=trained.current,
        songs=len(songs),
        artists=songs.artists_with_more,
        seconds=round(time.monotonic() - started, 3),
    )


def _songs(context: Context) -> EarsTrainingSet:
    """Analysed songs of known artists, each title of an artist once."""
    import numpy as np

    from musicrec_core.recommender.ears.train import EarsTrainingSet

    snapshot = catalogue.load(context)
    library = snapshot.catalogue
    heard = np.isfinite(library.sound).all(axis=1) & (library.artists >= 0)
    first = np.zeros(len(library), dtype=np.bool_)
    first[np.unique(snapshot.versions, return_index=True)[1]] = True
    rows = _some_artists(np.flatnonzero(heard & first), library.artists)
    ids, vectors = context.store.analysis.vectors(
        library.track_ids[rows], context.bundled_ears.feature_version
    )
    order = np.argsort(library.track_ids[rows])
    rows = rows[order][np.isin(library.track_ids[rows][order], ids)]
    return EarsTrainingSet(
        ids, vectors, library.sound[rows], library.artists[rows], library.albums[rows]
    )


def _some_artists(rows: IntArray, artists: IntArray) -> IntArray:
    """The rows of as many artists as MOST_SONGS allows, the same ones every time."""
    import numpy as np

    drawn = np.random.default_rng(0).permutation(int(artists.max(initial=0)) + 1)
    ordered = rows[np.argsort(drawn[artists[rows]], kind="stable")]
    return np.sort(ordered[:MOST_SONGS])
