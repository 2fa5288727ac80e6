"""Predictions of held-out opinions, and what they say of each scorer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.evaluation import gate, residual_test

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.model_records import Metrics
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.data.labels import Labels
    from musicrec_core.recommender.data.predictions import Prediction
    from musicrec_core.records import FloatArray, IntArray


class HeldOut:
    """Filled round by round; in each round other groups were held out."""

    def __init__(self, labels: Labels, groups: IntArray) -> None:
        self._labels, self._groups = labels, groups
        self._rows: list[IntArray] = []
        self._predictions: list[dict[str, Prediction]] = []

    @property
    def opinions(self) -> int:
        """How many clear ones there are."""
        return int(np.isfinite(self._labels.liked).sum())

    def add(self, rows: IntArray, predictions: dict[str, Prediction]) -> None:
        """One round: what each scorer says of the recordings held out in it."""
        self._rows.append(rows)
        self._predictions.append(predictions)

    def losses(self) -> tuple[float, float] | None:
        """Mean log loss so far, of the candidate and of the current model, on clear opinions."""
        rows, _, clear = self._arranged()
        liked = self._labels.liked[rows][clear]
        new, current = (
            metrics.logloss(self._of(name)[0][clear], liked) for name in ("candidate", "current")
        )
        return None if new is None or current is None else (new, current)

    def measured(self) -> dict[str, Metrics]:
        """The figures of every scorer; AUC over the pairs within rounds."""
        rows, rounds, clear = self._arranged()
        labels = self._labels
        liked = labels.liked[rows]
        by_name = {}
        for name in self._predictions[0]:
            scores, ratings = self._of(name)
            figures = metrics.measure(scores, liked, ratings, labels.ratings[rows])
            auc = gate.auc(scores[clear], liked[clear], rounds[clear])
            by_name[name] = replace(figures, auc=auc if np.isfinite(auc) else None)
        return by_name

    def verdict(self, seed: int) -> gate.Verdict:
        """Whether the candidate beats the current model."""
        rows, rounds, clear = self._arranged()
        return gate.compare(
            self._of("candidate")[0][clear],
            self._of("current")[0][clear],
            self._labels.liked[rows][clear],
            self._groups[rows][clear],
            rounds[clear],
            seed=seed,
        )

    def p_value(self, catalogue: Catalogue, seed: int) -> float:
        """Of the current model's errors being no more alike among similar songs than by chance."""
        rows, _, clear = self._arranged()
        scores, _ = self._of("current")
        count = np.bincount(rows, minlength=len(self._labels))
        sure = np.clip(scores, 1e-4, 1 - 1e-4)
        total = np.bincount(rows, np.log(sure / (1 - sure)), len(self._labels))
        at = np.unique(rows[clear])
        return residual_test.p_value(
            (total[at] / count[at]).astype(np.float32),
            self._labels.liked[at],
            self._groups[at],
            residual_test.sources(catalogue, self._labels.rows[at]),
            seed,
        )

    def _of(self, name: str) -> tuple[FloatArray, FloatArray]:
        predictions = [by_name[name] for by_name in self._predictions]
        return np.concatenate([p.scores for p in predictions]), np.concatenate(
            [p.ratings for p in predictions]
        )

    def _arranged(self) -> tuple[IntArray, IntArray, NDArray[np.bool_]]:
        """Row and round of every guess, and whether the opinion is a clear one."""
        rows = np.concatenate(self._rows)
        rounds = np.repeat(np.arange(len(self._rows)), [len(part) for part in self._rows])
        return rows, rounds, np.isfinite(self._labels.liked[rows])
