"""The nearest to some seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.library import query
from musicrec_core.app.library.sound_words import SoundWords
from musicrec_core.app.scores import reason_text
from musicrec_core.errors import MusicRecError
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.nearness import Nearness
from musicrec_core.recommender.ranking.seeds import rank_by_seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import Reason

MOST_BY_WORDS = 300_000
"""In a larger library moods and genres are not compared song by song: 400 bytes of each."""


class SeedsSource:
    """Ranked by how many seeds, and how loudly, speak for a song."""

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """Rows near to the seeds; raises MusicRecError where none of the seeds is there."""
        meant = [[t.id for t in query.many(person.context, seed)] for seed in request.seeds]
        seeds = [np.flatnonzero(np.isin(person.catalogue.track_ids, ids)) for ids in meant]
        seeds = [rows for rows in seeds if len(rows)]
        if not seeds:
            raise MusicRecError("the files of these seeds are not there at the moment")
        few = len(person.catalogue) <= MOST_BY_WORDS
        words = SoundWords.of(person.context, person.catalogue) if few else None
        return rank_by_seeds(
            Nearness.of(person.catalogue, None if words is None else words.heard),
            person.history,
            seeds,
            person.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=Rules(seed=person.day_seed),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """The seeds that spoke for each."""
        rows, terms = [p.row for p in picks], [p.contributions for p in picks]
        return reason_text.worded(person.context, person.catalogue, rows, terms)
