"""How good is the culture map? Similar artists and tags, for people and artists it never saw.

    python -m benchmarks culture_quality --listening DIR [--split test] [--seeds 5] [--write]

Similar artists: listeners are split; maps and baselines learn from the training listeners' plays
(the map from their tags too). Of each held-out listener five artists, taken at random, are
shown; the others are to be found. recall@20 is hits / all others; with at most some 45 others
and 20 places it cannot reach 1, so hits / min(20, others) is printed beside it.

Tags: a part of the tagged artists has its tags hidden; they are predicted from where the plays
put the artist. mAP over these artists, the right answers being all their tags on the map.

Settings were chosen with `--split val`; only test figures are quoted. `--write` puts the test
figures into models/culture.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.culture.map_scores import affinity, likely_tags
from musicrec_core.culture.files import MapData
from musicrec_core.culture.map import CultureMap
from training.culture_data import Listening, load, split_listeners
from training.culture_fit import Settings, fit

ROOT = Path(__file__).parents[2]

KNOWN, PLACES = 5, 20
Scorer = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""Scores of all artists, float32 [A], for the indexes of known ones."""
Row = dict[str, float]
Result = TypeVar("Result")


def main() -> None:
    """Print both tables: the mean over seeds and the standard deviation between them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--split", choices=("val", "test"), default="test")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    for name, value in (("size", 0), ("tag-block", 0.0), ("tag-shrink", 0.0)):
        parser.add_argument(f"--{name}", type=type(value))
    arguments = parser.parse_args()
    changed = {
        name: getattr(arguments, name)
        for name in ("size", "tag_block", "tag_shrink")
        if getattr(arguments, name) is not None
    }
    listening = load(arguments.listening)
    settings = Settings(**changed)
    runs = [_run(listening, seed, arguments.split, settings) for seed in range(arguments.seeds)]
    similar = _summary([similar for similar, _ in runs])
    tags = _summary([tags for _, tags in runs])
    print(f"{settings}, {arguments.split} split, {arguments.seeds} seeds\n")
    _print("similar artists from 5 known", similar)
    _print_wins([similar for similar, _ in runs], "recall@20")
    _print("tags of held-out artists", tags)
    _print_wins([tags for _, tags in runs], "mAP")
    _print_speed(ROOT / "models" / "culture")
    if arguments.write and arguments.split == "test":
        _write(ROOT / "models" / "culture.json", arguments.seeds, similar, tags)


def _run(
    listening: Listening, seed: int, split: str, settings: Settings
) -> tuple[dict[str, Row], dict[str, Row]]:
    train, val, test = split_listeners(listening.plays.shape[0], seed)
    queries = _queries(listening.plays, val if split == "val" else test, seed)
    plays = listening.plays[train].sign().tocsr()
    scorers = {**_baselines(plays), **_map_scorers(fit(listening, train, settings))}
    similar = {name: _recall(scorer, queries) for name, scorer in scorers.items()}
    return similar, _tag_table(listening, train, seed, split, settings)


def _queries(
    plays: sparse.csr_matrix, listeners: NDArray[np.int64], seed: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(known, to find) for every listener who has at least ten artists."""
    rng = np.random.default_rng((seed, 5))
    shuffled = [rng.permutation(plays[listener].indices) for listener in listeners]
    return [(row[:KNOWN], row[KNOWN:]) for row in shuffled if len(row) >= 2 * KNOWN]


def _recall(scorer: Scorer, queries: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> Row:
    shares, of_places = [], []
    for asked_by, wanted in queries:
        score = np.array(scorer(asked_by), np.float32)
        score[asked_by] = -np.inf
        top = np.argsort(-score, kind="stable")[:PLACES]
        hits = len(np.intersect1d(top, wanted))
        shares.append(hits / len(wanted))
        of_places.append(hits / min(PLACES, len(wanted)))
    return {"recall@20": float(np.mean(shares)), "of 20 places": float(np.mean(of_places))}


def _map_scorers(data: MapData) -> dict[str, Scorer]:
    def at(popularity: float) -> Scorer:
        return lambda seeds: affinity(data, data.artist_vectors[seeds].mean(axis=0), popularity)

    return {"map, cosine alone": at(0.0), "map": at(1.0)}


def _baselines(plays: sparse.csr_matrix) -> dict[str, Scorer]:
    heard = np.asarray(plays.sum(axis=0)).ravel().astype(np.float32)
    together = (plays.T @ plays).tocoo()
    root = np.sqrt(heard[together.row] * heard[together.col])
    scorers: dict[str, Scorer] = {
        "popularity": lambda _: heard,
        "co-occurrence": _summed(together, together.data),
        "co-occurrence, cosine": _summed(together, together.data / np.maximum(root, 1)),
        "co-occurrence, shrunk cosine": _summed(together, together.data / (root + 10)),
    }
    try:
        scorers["ALS (implicit)"] = _als(plays)
    except ImportError:
        print("implicit is not installed: no ALS row", file=sys.stderr)
    return scorers


def _summed(cells: sparse.coo_matrix, values: NDArray[np.float32]) -> Scorer:
    matrix = sparse.csr_matrix((values, (cells.row, cells.col)), shape=cells.shape)
    return lambda seeds: np.asarray(matrix[seeds].sum(axis=0)).ravel()


def _als(plays: sparse.csr_matrix, factors: int = 24, alpha: float = 20.0) -> Scorer:
    """Hu, Koren, Volinsky 2008; size, weight and penalty chosen on validation listeners."""
    from implicit.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(
        factors=factors,
        alpha=alpha,
        regularization=30.0,
        iterations=15,
        random_state=0,
        num_threads=1,
        use_gpu=False,
    )
    model.fit(plays, show_progress=False)

    def score(seeds: NDArray[np.int64]) -> NDArray[np.float32]:
        cells = (np.ones(len(seeds), np.float32), ([0] * len(seeds), seeds))
        row = sparse.csr_matrix(cells, shape=(1, plays.shape[1]))
        person = model.recalculate_user(np.array([0]), row)
        return np.asarray(model.item_factors @ person.ravel())

    return score


def _tag_table(
    listening: Listening,
    train: NDArray[np.int64],
    seed: int,
    split: str,
    settings: Settings,
) -> dict[str, Row]:
    """Mean average precision of the tags of artists whose tags were hidden from training."""
    everyone = np.arange(listening.plays.shape[0])
    tagged = listening.tag_counts(everyone) > 0
    plays = listening.plays[train].sign().tocsr()
    heard = np.asarray(plays.sum(axis=0)).ravel()
    hidden = _hidden_artists(np.asarray(tagged.sum(axis=1)).ravel(), heard, seed, split)
    counts = listening.tag_counts(train)
    seen = np.ones(counts.shape[0])
    seen[hidden] = 0
    counts = sparse.csr_matrix(sparse.diags(seen) @ counts)
    usage = np.asarray(counts.sum(axis=0)).ravel()
    wanted = tagged[hidden].toarray() & (usage > 0)
    data = fit(listening, train, settings, untagged=hidden)
    by_map = np.array([likely_tags(data, data.artist_vectors[artist]) for artist in hidden])
    together = plays[:, hidden].T @ plays
    root = np.sqrt(np.outer(heard[hidden], heard))
    nearest = _top(np.asarray(together.todense()) / (root + 10) * (counts.sum(axis=1).A1 > 0), 50)
    return {
        "tag popularity": {"mAP": _map(np.tile(usage, (len(hidden), 1)), wanted)},
        "tags of 50 co-occurring artists": {"mAP": _map(nearest @ _shares(counts), wanted)},
        "map": {"mAP": _map(by_map, wanted)},
    }


def _hidden_artists(
    tags: NDArray[np.int64], heard: NDArray[np.float32], seed: int, split: str
) -> NDArray[np.int64]:
    """A sixth of the artists with three tags and a training listener; other ones for the test."""
    usable = np.flatnonzero((tags >= 3) & (heard >= 1))
    order = np.random.default_rng((seed, 6)).permutation(usable)
    part = len(order) // 6
    return np.sort(order[:part] if split == "val" else order[part : 2 * part])


def _top(weights: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    kept = np.argpartition(-weights, count, axis=1)[:, :count]
    thinned = np.zeros_like(weights)
    np.put_along_axis(thinned, kept, np.take_along_axis(weights, kept, 1), 1)
    return thinned


def _shares(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """The share of each tag in what is said of an artist, and a trace of tag popularity."""
    log_counts = counts.log1p()
    total = np.asarray(log_counts.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1 / (total + 5)) @ log_counts)


def _map(scores: NDArray[np.float32], wanted: NDArray[np.bool_]) -> float:
    """Mean average precision over the rows that have something to find."""
    kept = wanted.any(axis=1)
    order = np.argsort(-scores[kept], axis=1, kind="stable")
    right = np.take_along_axis(wanted[kept], order, axis=1)
    precision = np.cumsum(right, axis=1) / np.arange(1, right.shape[1] + 1)
    return float(((precision * right).sum(axis=1) / right.sum(axis=1)).mean())


def _summary(runs: list[dict[str, Row]]) -> dict[str, dict[str, tuple[float, float]]]:
    return {
        name: {
            key: (
                float(np.mean([run[name][key] for run in runs])),
                float(np.std([run[name][key] for run in runs])),
            )
            for key in runs[0][name]
        }
        for name in runs[0]
    }


def _print(title: str, table: dict[str, dict[str, tuple[float, float]]]) -> None:
    keys = list(next(iter(table.values())))
    print(f"{title:34s}" + "".join(f"{key:>20s}" for key in keys))
    for name, row in table.items():
        cells = (f"{mean:.4f} +- {spread:.4f}" for mean, spread in row.values())
        print(f"{name:34s}" + "".join(f"{cell:>20s}" for cell in cells))
    print()


def _print_wins(runs: list[dict[str, Row]], key: str) -> None:
    """The map less each baseline on the same split: seeds differ more than methods do."""
    for name in [name for name in runs[0] if not name.startswith("map")]:
        less = [run["map"][key] - run[name][key] for run in runs]
        won = sum(value > 0 for value in less)
        print(f"  map - {name}: {np.mean(less):+.4f}, above 0 in {won} of {len(less)} seeds")
    print()


def _print_speed(path: Path) -> None:
    """Load time and the vectors of 100,000 tracks, beside the gather that they end with."""
    loads, culture = zip(*(_timed(lambda: CultureMap.load(path)) for _ in range(5)), strict=True)
    rng = np.random.default_rng(0)
    names, tags = culture[0].artist_names, culture[0].tag_names
    artists = [names[i] for i in rng.integers(5000, size=100_000)]
    genres = [{tags[i]: 1.0, tags[i // 2]: 1.0} for i in rng.integers(500, size=100_000)]
    cold, vectors = _timed(lambda: culture[0].track_vectors(artists, genres))
    floor, _ = _timed(lambda: vectors[rng.permutation(len(vectors))] * 2)
    megabytes = sum(path.with_suffix(s).stat().st_size for s in (".json", ".safetensors")) / 1e6
    print(f"files {megabytes:.2f} MB, loaded in {1000 * min(loads):.0f} ms (best of 5)")
    print(f"100,000 tracks in {cold:.2f} s, {cold / floor:.1f} times one gather of such rows")


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _write(path: Path, seeds: int, similar: dict, tags: dict) -> None:
    """Put the figures into the map's description; the checksum does not cover them."""
    described = json.loads(path.read_text("utf-8"))
    described["metrics"] = {
        "made_by": "benchmarks/culture/culture_quality.py",
        "seeds": seeds,
        "similar_artists": similar,
        "tags_map": tags,
    }
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
