"""How well a taste is met after a few likes, beside every baseline, on people kept apart.

    python benchmarks/few_likes.py --listening DIR [--seeds 0 1 2 3 4] [--cache DIR]

HetRec 2011 Last.fm; artists stand for songs. Twice: with artists that the culture map knows, and
with artists that it lacks, so that tags are all their content. Each seed splits the people anew:
65 % teach the network and the pooled baselines (the same rows, the same inputs), 15 % stop the
training, 20 % are tested one at a time on artists they played beside as many unplayed ones of
about the same popularity, shuffled. Map, tags, popularity and co-occurrence come from training
people only. Dislikes are unplayed artists, popularity-matched too. All baselines but popularity
and co-occurrence read the same vectors. Intervals: 95 %, paired, over people.

`pull` is the Bayesian linear regression per person that the network is given as an input, by
itself: what the rest of the network adds is its lead over that.
"""

from __future__ import annotations

import argparse
import json
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
from musicrec_core.recommender.taste.forward import TasteNet  # noqa: E402
from musicrec_core.recommender.taste.inputs import INPUT_NAMES, relational_inputs  # noqa: E402

SIZES = (3, 5, 10, 20, 30)
CONTENTS = {"on the map": 0.0, "tags alone": 1.0}
OURS, PART = "network", "pull"
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
    net = _trained(rows, judged, seed, cache)
    both = train_taste.Rows.joined([rows, judged])
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
    net = _trained(rows, judged, seed, cache)
    played = (data.plays[learners][:, world.artists] > 0).astype(np.float32).tocsc()
    return Pooled(world, played, {OURS: net.logits})


def _trained(
    rows: train_taste.Rows, judged: train_taste.Rows, seed: int, cache: Path | None
) -> TasteNet:
    kept = cache / f"net{seed}.safetensors" if cache else None
    if kept and kept.exists():
        return checkpoint.load(kept)
    net = train_taste.train(rows, judged, seed)
    if kept:
        checkpoint.save(net, kept)
    return net


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


Results = dict[str, dict[str, dict[str, list[tuple[float, float]]]]]
"""By cell (content, dislikes, likes), scorer and person: (AUC, nDCG@10), one a seed."""


def cell(content: str, dislikes: bool, size: int) -> str:
    """The name of a cell of the results."""
    return f"{content}|{'both' if dislikes else 'likes'}|{size}"


def tested(
    data: culture_data.Listening, seed: int, learned: Pooled, most: int
) -> dict[str, dict[str, dict[str, tuple[float, float]]]]:
    """(auc, ndcg) of each scorer for each test person, in every cell."""
    _, _, people = culture_data.split_listeners(data.plays.shape[0], seed)
    found: dict[str, dict[str, dict[str, tuple[float, float]]]] = {}
    for content, unmapped in CONTENTS.items():
        for size in SIZES:
            for dislikes in (0, size):
                by = found.setdefault(cell(content, dislikes > 0, size), {})
                setting = taste_data.Setting(size, dislikes, unmapped=unmapped)
                for person in people[:most]:
                    made = taste_data.session(data, learned.world, int(person), setting, seed)
                    if made is None:
                        continue
                    for name, scores in _all_scores(made, learned).items():
                        pair = (auc(made.labels, scores), ndcg(made.labels, scores))
                        by.setdefault(name, {})[str(person)] = pair
    return found


def _all_scores(made: taste_data.Session, learned: Pooled) -> dict[str, np.ndarray]:
    # Artist-level sessions list the library's artists in the order of its rows.
    scores = own_scores(made, learned, made.owners)
    inputs = relational_inputs(
        made.catalogue, made.history, made.candidates, prior=made.prior
    ).matrix
    return scores | {name: model(inputs) for name, model in learned.models.items()}


def report(results: Results) -> None:
    """A table a metric; the network's lead over the best baseline with its paired interval."""
    for content in CONTENTS:
        for column, metric in enumerate(("AUC", "nDCG@10")):
            for dislikes in (False, True):
                known = "as many dislikes as likes" if dislikes else "likes only"
                print(f"\nartists {content}, {metric}, {known}")
                _table([_by_person(results[cell(content, dislikes, n)], column) for n in SIZES])


def _table(cells: list[dict[str, np.ndarray]]) -> None:
    print(f"{'likes':32}" + "".join(f"{size:>9}" for size in SIZES))
    for name in cells[0]:
        print(f"{name:32}" + "".join(f"{np.mean(found[name]):9.4f}" for found in cells))
    for size, found in zip(SIZES, cells, strict=True):
        rivals = {name: values for name, values in found.items() if name not in (OURS, PART)}
        best = max(rivals, key=lambda name: rivals[name].mean())
        print(f"   {size} likes: the network " + _verdict(found[OURS], found[best], best))
        print(f"   {size} likes: the network " + _verdict(found[OURS], found[PART], PART))


def _by_person(
    found: dict[str, dict[str, list[tuple[float, float]]]], column: int
) -> dict[str, np.ndarray]:
    return {
        name: np.array([np.mean([pair[column] for pair in by[p]]) for p in sorted(by)])
        for name, by in found.items()
    }


def _verdict(ours: np.ndarray, other: np.ndarray, name: str) -> str:
    lead = ours - other
    half = 1.96 * lead.std(ddof=1) / np.sqrt(len(lead))
    word = "wins" if lead.mean() > half else "LOSES" if lead.mean() < -half else "is level"
    return (
        f"{word} against {name}: {lead.mean():+.4f} "
        f"[{lead.mean() - half:+.4f}, {lead.mean() + half:+.4f}], {len(lead)} people"
    )


def one_seed(
    data: culture_data.Listening, seed: int, per_person: int, most: int, cache: Path | None
) -> dict[str, dict[str, dict[str, tuple[float, float]]]]:
    """Train and test on one split of the people; kept in `cache`, so that seeds may run apart."""
    kept = cache / f"results{seed}.json" if cache else None
    if kept and kept.exists():
        return json.loads(kept.read_text("utf-8"))
    found = tested(data, seed, pooled(data, seed, per_person, cache), most)
    if kept:
        kept.write_text(json.dumps(found), "utf-8")
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--people", type=int, default=10**6, help="tested at most, a seed")
    parser.add_argument("--per-person", type=int, default=5)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    data = culture_data.load(args.listening)
    results: Results = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for seed in args.seeds:
        found = one_seed(data, seed, args.per_person, args.people, args.cache)
        for name, by_scorer in found.items():
            for scorer, people in by_scorer.items():
                for person, pair in people.items():
                    results[name][scorer][person].append(pair)
        print(f"\nafter seed {seed}:", flush=True)
        report(results)


if __name__ == "__main__":
    main()
