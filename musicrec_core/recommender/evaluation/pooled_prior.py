"""What all users of a table like, as a prior for each of them.

Networks from a track's columns to its rating, beyond each user's own level. Each is trained
without one part of the groups, so that a user's training rows get predictions of a network that
was not trained on them (cross-fitting; Wolpert, Stacked generalization, 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.metrics import grouped_folds
from musicrec_core.recommender.features.recording import Plan
from musicrec_core.recommender.taste.effort import Effort
from musicrec_core.recommender.taste.examples import Examples
from musicrec_core.recommender.taste.forward import TasteNet

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

FEWEST_USERS = 3
FEWEST_ROWS = 60
PARTS = 4


@dataclass(frozen=True, slots=True, repr=False)
class PooledPrior:
    """net: of the catalogue's columns that vary.

    unseen_logits: float32 [n], what networks that held a track out say of it.
    """

    net: TasteNet
    unseen_logits: FloatArray

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        groups: IntArray,
        users: IntArray,
        tracks: IntArray,
        ratings: FloatArray,
        seed: int,
    ) -> PooledPrior | None:
        """From ratings [r] of tracks [r] by users [r]; None where users are too few."""
        effort = Effort.for_rows(len(ratings))
        read = [name for name in Plan.personal(catalogue).names if name.startswith("column:")]
        enough = len(np.unique(users)) >= FEWEST_USERS and len(ratings) >= FEWEST_ROWS
        if not enough or not read:
            return None
        from musicrec_core.recommender.taste.training import fit

        places = [catalogue.column_names.index(name.removeprefix("column:")) for name in read]
        columns = catalogue.columns[:, places]
        targets = ((ratings - 1) / 4).astype(np.float32)
        examples = Examples.of(columns[tracks], targets, None, _levels(users, targets))
        part = grouped_folds(groups[tracks], PARTS, seed)
        blocks, unseen = [], np.full(len(catalogue), np.nan, np.float32)
        for i in range(PARTS):
            held, rest = np.flatnonzero(part == i), np.flatnonzero(part != i)
            block = fit(
                examples.take(rest), examples.take(held), effort.recipe, seed=seed + i
            ).block
            blocks.append(block)
            own = np.unique(tracks[held])
            unseen[own] = block.member_logits(columns[own]).mean(axis=0)
        never = np.isnan(unseen)  # of no rating that was learned from: any network may speak
        unseen[never] = np.mean([b.member_logits(columns[never]).mean(axis=0) for b in blocks], 0)
        net = TasteNet(tuple(read), ("character",) * len(read), tuple(blocks))
        return cls(net, unseen)


def _levels(users: IntArray, targets: FloatArray) -> FloatArray:
    """The logit of each row's user's mean target, with Laplace smoothing (two ratings added)."""
    total = np.bincount(users, targets)
    mean = (total + 1) / (np.bincount(users) + 2)
    levels: FloatArray = np.log(mean / (1 - mean))[users].astype(np.float32)
    return levels
