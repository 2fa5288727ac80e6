"""What the taste network is set beside: models of one person, and pooled ones of many.

The pooled ones learn from the rows that teach the network, and read the same inputs; those of one
person read the same vectors. Popularity and co-occurrence know training people only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path[:0] = [str(Path(__file__).parent.parent / "training")]
import culture_data  # noqa: E402  it lies beside the training scripts
import taste_data  # noqa: E402
import taste_worlds  # noqa: E402
import train_taste  # noqa: E402

from musicrec_core.recommender.taste import checkpoint  # noqa: E402
from musicrec_core.recommender.taste.forward import TasteNet  # noqa: E402
from musicrec_core.recommender.taste.inputs import INPUT_NAMES  # noqa: E402

OURS, PART = "network", "pull"


@dataclass(frozen=True)
class Pooled:
    """What training people taught: one world, and models fitted to the same rows."""

    world: taste_worlds.World
    played: sparse.csc_matrix
    models: dict[str, Callable[[np.ndarray], np.ndarray]]


def pooled(data: culture_data.Listening, seed: int, per_person: int, cache: Path | None) -> Pooled:
    """Fit the network and the pooled baselines for one split of the people."""
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], seed)
    rows, judged, world = _rows(data, (learners, judges), per_person, seed, cache)
    both = train_taste.Rows.joined([rows, judged])
    net = _trained(both, seed, cache)
    line = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    line.fit(both.inputs, both.labels)
    trees = HistGradientBoostingClassifier(
        max_iter=600, learning_rate=0.05, max_leaf_nodes=31, l2_regularization=1.0,
        early_stopping=True, random_state=seed,
    ).fit(both.inputs, both.labels)  # fmt: skip
    played = (data.plays[learners][:, world.artists] > 0).astype(np.float32).tocsc()
    return Pooled(
        world,
        played,
        {
            OURS: net.logits,
            PART: lambda inputs: inputs[:, INPUT_NAMES.index("culture_pull")],
            "pooled logistic regression": line.decision_function,
            "pooled gradient boosting": trees.decision_function,
        },
    )


def network(data: culture_data.Listening, seed: int, per_person: int, cache: Path | None) -> Pooled:
    """The network alone, for other benchmarks; out of the cache where it has been trained."""
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], seed)
    rows, judged, world = _rows(data, (learners, judges), per_person, seed, cache)
    net = _trained(train_taste.Rows.joined([rows, judged]), seed, cache)
    played = (data.plays[learners][:, world.artists] > 0).astype(np.float32).tocsc()
    return Pooled(world, played, {OURS: net.logits})


def _trained(rows: train_taste.Rows, seed: int, cache: Path | None) -> TasteNet:
    kept = cache / f"net{seed}.safetensors" if cache else None
    if kept and kept.exists():
        return checkpoint.load(kept)
    net = train_taste.train(rows, seed)
    if kept:
        checkpoint.save(net, kept)
    return net


def _rows(
    data: culture_data.Listening,
    people: tuple[np.ndarray, np.ndarray],
    per_person: int,
    seed: int,
    cache: Path | None,
) -> tuple[train_taste.Rows, train_taste.Rows, taste_worlds.World]:
    kept = cache / f"rows{seed}.npz" if cache else None
    if kept and kept.exists():
        d = np.load(kept)
        world = taste_worlds.world_of(data, people[0], seed)
        return (
            train_taste.Rows(d["x"], d["y"], d["p"], d["s"]),
            train_taste.Rows(d["jx"], d["jy"], d["jp"], d["js"]),
            world,
        )
    rows, judged, world = train_taste.training_rows(data, people, per_person, seed)
    if kept:
        np.savez(
            kept, x=rows.inputs, y=rows.labels, p=rows.people, s=rows.sessions,
            jx=judged.inputs, jy=judged.labels, jp=judged.people, js=judged.sessions,
        )  # fmt: skip
    return rows, judged, world


def own_scores(
    made: taste_data.Session, learned: Pooled, artists: np.ndarray
) -> dict[str, np.ndarray]:
    """Scores of the candidates by each baseline that is not pooled over the inputs."""
    culture = made.catalogue.culture.astype(np.float64)
    liked = made.history.rows[made.history.values > 0]
    disliked = made.history.rows[made.history.values < 0]
    goal = culture[made.candidates]
    near = (goal @ culture[liked].T).max(axis=1)
    mean = goal @ culture[liked].mean(axis=0)
    if len(disliked):
        near = near - (goal @ culture[disliked].T).max(axis=1)
        mean = mean - goal @ culture[disliked].mean(axis=0)
    return {
        "nearest liked": near,
        "mean similarity": mean,
        "popularity": learned.world.listeners[artists[made.candidates]],
        "item-item co-occurrence": _cooccurrence(made, learned, artists, liked, disliked),
        "logistic regression per person": _personal(culture, liked, disliked)(goal),
    }


def _personal(
    culture: np.ndarray, liked: np.ndarray, disliked: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """Liked against disliked and, weighted as one like, the rest of the library."""
    rest = np.setdiff1d(np.arange(len(culture)), np.concatenate([liked, disliked]))[::4]
    rows = np.concatenate([liked, disliked, rest])
    labels = np.concatenate([np.ones(len(liked)), np.zeros(len(disliked) + len(rest))])
    weights = np.ones(len(rows))
    weights[len(liked) + len(disliked) :] = len(liked) / max(1, len(rest))
    model = LogisticRegression(C=1.0, max_iter=200).fit(culture[rows], labels, weights)
    return model.decision_function


def _cooccurrence(
    made: taste_data.Session,
    learned: Pooled,
    artists: np.ndarray,
    liked: np.ndarray,
    disliked: np.ndarray,
) -> np.ndarray:
    """Mean cosine of listener sets to the liked, less that to the disliked."""
    lengths = np.sqrt(np.maximum(learned.world.listeners, 1))
    wanted = artists[made.candidates]

    def to(rows: np.ndarray) -> np.ndarray:
        if len(rows) == 0:
            return np.zeros(len(wanted))
        common = (learned.played[:, wanted].T @ learned.played[:, artists[rows]]).toarray()
        return (common / lengths[wanted][:, None] / lengths[artists[rows]]).mean(axis=1)

    return to(liked) - to(disliked)
