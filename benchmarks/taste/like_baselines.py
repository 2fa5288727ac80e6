"""What the taste network is set beside: models of one person, and pooled ones of many.

The pooled ones learn from the rows that teach the network, and read the same inputs: once as they
come from one person's history, and once with what the network's own first layer makes of it (for
rows to learn from, as other people taught it). Those of one person read the same vectors.
Popularity and co-occurrence know training people only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.prior import load as load_prior
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.taste.forward import TasteNet
from training import culture_data, taste_data, taste_worlds, train_taste

OURS, PART = "network", "its first layer"
GIVEN = ", given the first layer"
FIRST, PULL = "culture_learned", "culture_pull"


@dataclass(frozen=True)
class Pooled:
    """What training people taught: one world, and models fitted to the same rows."""

    world: taste_worlds.World
    played: sparse.csc_matrix
    models: dict[str, Callable[[np.ndarray], np.ndarray]]


def pooled(data: culture_data.Listening, seed: int, per_person: int, cache: Path | None) -> Pooled:
    """Fit the network and the pooled baselines for one split of the people."""
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], seed)
    rows, world = _rows(data, (learners, judges), per_person, seed, cache)
    net = _trained(rows, seed, cache)
    plain = np.flatnonzero(np.array(INPUT_NAMES) != FIRST)
    models: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        OURS: net.logits,
        PART: lambda inputs: inputs[:, INPUT_NAMES.index(FIRST)],
        "Bayesian regression per person": lambda inputs: inputs[:, INPUT_NAMES.index(PULL)],
    }
    for prefix, columns in (("", plain), (GIVEN, np.arange(len(INPUT_NAMES)))):
        for name, made in (("logistic regression", _line()), ("gradient boosting", _trees(seed))):
            made.fit(rows.inputs[:, columns], rows.labels)
            models[f"pooled {name}{prefix}"] = _reading(made, columns)
    played = (data.plays[learners][:, world.artists] > 0).astype(np.float32).tocsc()
    return Pooled(world, played, models)


def _line() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))


def _trees(seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=600, learning_rate=0.05, max_leaf_nodes=31, l2_regularization=1.0,
        early_stopping=True, random_state=seed,
    )  # fmt: skip


def _reading(
    model: Pipeline | HistGradientBoostingClassifier, columns: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    return lambda inputs: model.decision_function(inputs[:, columns])


def network(data: culture_data.Listening, seed: int, per_person: int, cache: Path | None) -> Pooled:
    """The network alone, for other benchmarks; out of the cache where it has been trained."""
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], seed)
    rows, world = _rows(data, (learners, judges), per_person, seed, cache)
    net = _trained(rows, seed, cache)
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
) -> tuple[train_taste.Rows, taste_worlds.World]:
    if cache and (cache / f"rows{seed}.npz").exists():
        kept = np.load(cache / f"rows{seed}.npz")
        rows = train_taste.Rows(kept["x"], kept["y"], kept["p"], kept["s"])
        world = taste_worlds.world_of(data, people[0], seed)
        directions = load_prior(cache / f"prior{seed}.json").directions
        return rows, replace(world, prior=replace(world.prior, directions=directions))
    rows, world = train_taste.training_rows(data, people, per_person, seed)
    if cache:
        np.savez(cache / f"rows{seed}.npz", x=rows.inputs, y=rows.labels, p=rows.people,
                 s=rows.sessions)  # fmt: skip
        world.prior.save(cache / f"prior{seed}.json")
    return rows, world


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
