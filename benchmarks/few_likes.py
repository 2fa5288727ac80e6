"""How well a taste is met after a few likes, beside every baseline, on people kept apart.

    python benchmarks/few_likes.py --listening DIR [--seeds 0 1 2 3 4] [--cache DIR]

HetRec 2011 Last.fm; artists stand for songs, tags are their content. Each seed splits the people
anew: 65 % teach the network and the pooled baselines (the same rows, the same inputs), 15 % stop
the training, 20 % are tested one at a time on artists they played beside as many unplayed ones of
about the same popularity, shuffled. Tags, popularity and co-occurrence come from training people
only. Dislikes are unplayed artists, popularity-matched too. Intervals: 95 %, paired, over people.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import defaultdict
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
import train_taste  # noqa: E402

from musicrec_core.recommender.taste import checkpoint  # noqa: E402
from musicrec_core.recommender.taste.inputs import relational_inputs  # noqa: E402

SIZES = (3, 5, 10, 20, 30)
OURS = "network"
Scorer = Callable[[taste_data.Session, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Pooled:
    """What training people taught: one world, and models fitted to the same rows."""

    world: taste_data.World
    played: sparse.csc_matrix
    models: dict[str, Callable[[np.ndarray], np.ndarray]]


def pooled(data: culture_data.Listening, seed: int, per_person: int, cache: Path | None) -> Pooled:
    """Fit the network and the pooled baselines for one split of the people."""
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], seed)
    rows, judged, world = _rows(data, (learners, judges), per_person, seed, cache)
    net = train_taste.train(rows, judged, seed)
    if cache:
        checkpoint.save(net, cache / f"net{seed}.safetensors")
    both = train_taste.Rows.joined([rows, judged])
    line = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    line.fit(both.inputs, both.labels)
    trees = HistGradientBoostingClassifier(
        max_iter=400, learning_rate=0.05, max_leaf_nodes=31, l2_regularization=1.0,
        early_stopping=True, random_state=seed,
    ).fit(both.inputs, both.labels)  # fmt: skip
    played = (data.plays[learners][:, world.artists] > 0).astype(np.float32).tocsc()
    return Pooled(
        world,
        played,
        {
            OURS: net.logits,
            "pooled logistic regression": line.decision_function,
            "pooled gradient boosting": trees.decision_function,
        },
    )


def _rows(
    data: culture_data.Listening,
    people: tuple[np.ndarray, np.ndarray],
    per_person: int,
    seed: int,
    cache: Path | None,
) -> tuple[train_taste.Rows, train_taste.Rows, taste_data.World]:
    kept = cache / f"rows{seed}.npz" if cache else None
    if kept and kept.exists():
        d = np.load(kept)
        world = taste_data.world_of(data, people[0], seed)
        return (
            train_taste.Rows(d["x"], d["y"], d["p"]),
            train_taste.Rows(d["jx"], d["jy"], d["jp"]),
            world,
        )
    rows, judged, world = train_taste.training_rows(data, people, per_person, seed)
    if kept:
        np.savez(kept, x=rows.inputs, y=rows.labels, p=rows.people, jx=judged.inputs,
                 jy=judged.labels, jp=judged.people)  # fmt: skip
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


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Share of pairs in the right order, ties counting half."""
    good, bad = scores[labels == 1], scores[labels == 0]
    return float(
        ((good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2) if len(bad) else np.nan
    )


def ndcg(labels: np.ndarray, scores: np.ndarray) -> float:
    """At 10; ties are broken by the shuffled order of the candidates."""
    gains = labels[np.argsort(-scores, kind="stable")][:10]
    discount = 1 / np.log2(np.arange(2, len(gains) + 2))
    ideal = np.sort(labels)[::-1][:10]
    return float((gains * discount).sum() / (ideal * discount).sum())


Results = dict[tuple[int, bool], dict[str, dict[int, list[tuple[float, float]]]]]


def test(
    data: culture_data.Listening, seed: int, learned: Pooled, most: int, results: Results
) -> None:
    """Add (auc, ndcg) of each scorer for each test person, size, and with or without dislikes."""
    _, _, people = culture_data.split_listeners(data.plays.shape[0], seed)
    for size in SIZES:
        for dislikes in (0, size):
            setting = taste_data.Setting(size, dislikes)
            for person in people[:most]:
                made = taste_data.session(data, learned.world, int(person), setting, seed)
                if made is None:
                    continue
                # Artist-level sessions list the library's artists in the order of its rows.
                scores = own_scores(made, learned, made.owners)
                inputs = relational_inputs(
                    made.catalogue, made.history, made.candidates, prior=made.prior
                ).matrix
                scores |= {name: model(inputs) for name, model in learned.models.items()}
                for name, found in scores.items():
                    pair = (auc(made.labels, found), ndcg(made.labels, found))
                    results[size, dislikes > 0][name][int(person)].append(pair)


def report(results: Results) -> None:
    """A table a metric; the network's lead over the best baseline with its paired interval."""
    for column, metric in enumerate(("AUC", "nDCG@10")):
        for with_dislikes in (False, True):
            print(f"\n{metric}, {'as many dislikes as likes' if with_dislikes else 'likes only'}")
            print(f"{'likes':32}" + "".join(f"{size:>9}" for size in SIZES))
            cells = {size: _by_person(results[size, with_dislikes], column) for size in SIZES}
            for name in cells[SIZES[0]]:
                values = "".join(f"{np.mean(cells[size][name]):9.4f}" for size in SIZES)
                print(f"{name:32}{values}")
            for size in SIZES:
                print("   " + _verdict(cells[size], size))


def _by_person(
    found: dict[str, dict[int, list[tuple[float, float]]]], column: int
) -> dict[str, np.ndarray]:
    return {
        name: np.array([np.mean([pair[column] for pair in by[p]]) for p in sorted(by)])
        for name, by in found.items()
    }


def _verdict(cells: dict[str, np.ndarray], size: int) -> str:
    rivals = {name: values for name, values in cells.items() if name != OURS}
    best = max(rivals, key=lambda name: rivals[name].mean())
    lead = cells[OURS] - rivals[best]
    half = 1.96 * lead.std(ddof=1) / np.sqrt(len(lead))
    word = "wins" if lead.mean() > half else "LOSES" if lead.mean() < -half else "is level"
    return (
        f"{size} likes: the network {word} against {best}: {lead.mean():+.4f} "
        f"[{lead.mean() - half:+.4f}, {lead.mean() + half:+.4f}], {len(lead)} people"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--people", type=int, default=10**6, help="tested at most, a seed")
    parser.add_argument("--per-person", type=int, default=6)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    data = culture_data.load(args.listening)
    results: Results = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for seed in args.seeds:
        learned = pooled(data, seed, args.per_person, args.cache)
        test(data, seed, learned, args.people, results)
        print(f"\nafter seed {seed}:", flush=True)
        report(results)


if __name__ == "__main__":
    main()
