"""How well a taste is met after a few likes, beside every baseline, on people kept apart.

    python -m benchmarks few_likes --listening DIR [--seeds 0 1 2 3 4] [--cache DIR]

HetRec 2011 Last.fm; artists stand for songs. Twice: with artists that the culture map knows, and
with artists that it lacks, so that tags are all their content. Each seed splits the people anew:
80 % teach the network and the pooled baselines (the same rows, the same inputs), 20 % are tested
one at a time on artists they played beside as many unplayed ones of about the same popularity,
shuffled. Map, tags, popularity and co-occurrence come from 65 % of the people, all of training.
Dislikes are unplayed artists, popularity-matched too. All baselines but popularity and
co-occurrence read the same vectors. Intervals: 95 %, paired, over people.

The network's first layer, by itself, is Bayesian linear regression per person with a prior that
training people taught: what the rest of the network adds is its lead over that. The pooled
baselines are tried without its answer and with it.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.taste.like_baselines import OURS, PART, Pooled, own_scores, pooled
from musicrec_core.recommender.data.metrics import auc, ndcg
from musicrec_core.recommender.features.user import relational_inputs
from training import culture_data, taste_data

SIZES = (3, 5, 10, 20, 30)
CONTENTS = {"on the map": 0.0, "tags alone": 1.0}
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
    results: dict[str, dict[str, dict[str, tuple[float, float]]]] = {}
    for content, unmapped in CONTENTS.items():
        for size in SIZES:
            for dislikes in (0, size):
                by = results.setdefault(cell(content, dislikes > 0, size), {})
                setting = taste_data.Setting(size, dislikes, unmapped=unmapped)
                for person in people[:most]:
                    made = taste_data.session(data, learned.world, int(person), setting, seed)
                    if made is None:
                        continue
                    for name, scores in _all_scores(made, learned).items():
                        pair = (auc(scores, made.labels), ndcg(scores, made.labels))
                        by.setdefault(name, {})[str(person)] = pair
    return results


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
                condition = "as many dislikes as likes" if dislikes else "likes only"
                print(f"\nartists {content}, {metric}, {condition}")
                _table([_by_person(results[cell(content, dislikes, n)], column) for n in SIZES])


def _table(cells: list[dict[str, np.ndarray]]) -> None:
    print(f"{'likes':44}" + "".join(f"{size:>9}" for size in SIZES))
    for name in cells[0]:
        print(f"{name:44}" + "".join(f"{np.mean(cell[name]):9.4f}" for cell in cells))
    for size, cell in zip(SIZES, cells, strict=True):
        rivals = {name: values for name, values in cell.items() if name not in (OURS, PART)}
        best = max(rivals, key=lambda name: rivals[name].mean())
        print(f"   {size} likes: the network " + _verdict(cell[OURS], cell[best], best))
        print(f"   {size} likes: the network " + _verdict(cell[OURS], cell[PART], PART))


def _by_person(
    results: dict[str, dict[str, list[tuple[float, float]]]], column: int
) -> dict[str, np.ndarray]:
    return {
        name: np.array([np.mean([pair[column] for pair in by[p]]) for p in sorted(by)])
        for name, by in results.items()
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
    by_size = tested(data, seed, pooled(data, seed, per_person, cache), most)
    if kept:
        kept.write_text(json.dumps(by_size), "utf-8")
    return by_size


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
        by_size = one_seed(data, seed, args.per_person, args.people, args.cache)
        for name, by_scorer in by_size.items():
            for scorer, people in by_scorer.items():
                for person, pair in people.items():
                    results[name][scorer][person].append(pair)
        print(f"\nafter seed {seed}:", flush=True)
        report(results)


if __name__ == "__main__":
    main()
