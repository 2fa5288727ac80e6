"""The listening phase of a scan, and what follows it: hearing and scoring."""

from __future__ import annotations

import math
import os
import time

from musicrec_core.app.context import Context
from musicrec_core.app.library import browse
from musicrec_core.app.library.tally import ScanTally
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.app.scores import catalogue, scoring
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.records import Features, Progress

FLUSH_EVERY_S = 2.0  # the most listening that a power cut can cost
HEAR_EVERY_S = 20.0  # how often newly analysed songs join the recommendations during a scan


def default_jobs() -> int:
    """All cores but one, which stays the user's."""
    return max(1, (os.cpu_count() or 2) - 1)


def analyse_pending(
    context: Context,
    jobs: int | None,
    cluster: str | None,
    tally: ScanTally,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    """Analyse every present track that has no features of this version."""
    pending = context.store.tracks.unanalysed(FEATURE_VERSION)
    if not pending:
        return
    from musicrec_core.audio.parallel import analyse_many

    batch = _Batch(context, tally)
    batch.paths = dict(pending)
    # A drive may go away at any moment: its songs wait, they have not failed.
    there = ((track_id, os.fsdecode(path)) for track_id, path in pending if os.path.lexists(path))
    outcomes = analyse_many(
        there,
        workers=jobs or default_jobs(),
        cluster=cluster,
        cancelled=stop,
    )
    report(Progress("listening", 0, len(pending)))
    try:
        for done, outcome in enumerate(outcomes, start=1):
            batch.add(outcome.key, outcome.features, outcome.reason)
            report(Progress("listening", done, len(pending)))
            if stop():
                break
    finally:  # Ctrl-C too keeps what was heard
        outcomes.close()
        batch.flush()


class _Batch:
    """Outcomes on their way into the store."""

    def __init__(self, context: Context, tally: ScanTally) -> None:
        self._context = context
        self._tally = tally
        self.paths: dict[int, bytes] = {}
        self._waiting: list[tuple[int, Features | None, str | None]] = []
        self._flushed_at = -math.inf  # the first song shows at once that it works
        self._heard_at = time.monotonic()

    def add(self, track_id: int, features: Features | None, reason: str | None) -> None:
        """Take one outcome; write when the oldest has waited long enough."""
        self._waiting.append((track_id, features, reason))
        now = time.monotonic()
        if now - self._flushed_at >= FLUSH_EVERY_S:
            self.flush()
        if now - self._heard_at >= HEAR_EVERY_S:
            catalogue.embed_new(self._context)
            self._heard_at = now

    def flush(self) -> None:
        """Write what waits, all of it or nothing."""
        store = self._context.store
        with store.atomic():
            for track_id, features, reason in self._waiting:
                if features is not None:
                    store.analysis.put(track_id, features)
                    self._tally.analysed += 1
                    self._correct_length(track_id, features)
                else:
                    self._fail(track_id, reason or "could not be analysed")
        self._waiting.clear()
        self._flushed_at = time.monotonic()

    def _correct_length(self, track_id: int, features: Features) -> None:
        length_s, path = features.length_s, self.paths.get(track_id)
        if length_s and path and self._context.store.analysis.put_length(path, length_s):
            self._context.store.counters.touch()

    def _fail(self, track_id: int, reason: str) -> None:
        path = self.paths[track_id]
        if not os.path.lexists(path):
            return
        self._context.store.files.fail_path(path, reason)
        if self._tally.has(path):
            self._tally.fail(path, reason)


def prepare_scores(context: Context, report: OnProgress) -> None:
    """Let the ears hear what is new, then score the library, so that showing it is instant."""
    report(Progress("scoring", 0, 1))
    catalogue.embed_new(context)
    scoring.ensure(context)
    browse.prepare(context)
    report(Progress("scoring", 1, 1))
