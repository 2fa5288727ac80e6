"""Artists that the map lacks, placed by tags and similar artists, beside being on it.

    python -m benchmarks map_extension --listening DIR [--split test] [--seeds 0 1 2]
        [--doubt K]

A fifth of the artists with three training listeners or more is hidden from the map, which is
fitted without their plays and their tags. Half of them (`--split val`) served to choose settings,
the other half is reported. They are then placed by the product's own code (`culture/extension.py`)
from their tags, as training listeners gave them, and from similar artists: the 30 most played
together with them by training listeners, with the shrunk cosine over that of the first as the
match. That stands for Last.fm's lists, and is kinder than they are, for it comes from people like
those who are asked; in "a third wrong" ten of the 30 are replaced by artists drawn by fame.

Each held-out listener with ten artists shows five that the map has.
AUC: the hidden artists that the listener played against ten hidden ones each that are about as
popular, by the cosine. recall@20: all the listener's other artists but those hidden in the other
half, among all artists, by cosine times log listeners.
"not placed" leaves hidden artists out; "full map" is fitted with them.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from musicrec_core.culture import extension, own_words
from musicrec_core.culture.files import MapData
from musicrec_core.culture.map import CultureMap, unit
from musicrec_core.names import artist_key
from musicrec_core.service_records import Similar
from training.culture_data import Listening, load, split_listeners
from training.culture_fit import fit

KNOWN, PLACES, NEIGHBOURS, FOILS, TAGS = 5, 20, 30, 10, 10
Ints = NDArray[np.int64]
Rows = NDArray[np.float32]
Similars = dict[str, list[Similar]]


@dataclass(frozen=True, slots=True)
class World:
    """One split: what is hidden, from whom the map learned, and who asks."""

    listening: Listening
    train: Ints
    askers: Ints
    hidden: Ints
    others: Ints  # hidden too, kept for the other split: neither shown nor asked for
    heard: Rows  # [A], training listeners


def main() -> None:
    """Print the table: the mean over seeds and the standard deviation between them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--split", choices=("val", "test"), default="test")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--doubt", type=float, help="instead of NEIGHBOUR_DOUBT")
    options = parser.parse_args()
    if options.doubt is not None:
        extension.NEIGHBOUR_DOUBT = options.doubt
    listening = load(options.listening)
    tables = [_table(_world(listening, seed, options.split), seed) for seed in options.seeds]
    print(f"{options.split} split, seeds {options.seeds}, doubt {extension.NEIGHBOUR_DOUBT}\n")
    print(f"{'':38s}{'AUC':>18s}{'recall@20':>18s}")
    for name in tables[0]:
        cells = np.array([table[name] for table in tables])
        spread = zip(cells.mean(axis=0), cells.std(axis=0), strict=True)
        print(f"{name:38s}" + "".join(f"{f'{mean:.4f} +- {sd:.4f}':>18s}" for mean, sd in spread))


def _world(listening: Listening, seed: int, split: str) -> World:
    train, val, test = split_listeners(listening.plays.shape[0], seed)
    heard = np.asarray(listening.plays[train].sign().sum(axis=0)).ravel()
    usable = np.random.default_rng((seed, 7)).permutation(np.flatnonzero(heard >= 3))
    part = len(usable) // 10
    first, second = np.sort(usable[:part]), np.sort(usable[part : 2 * part])
    if split == "val":
        return World(listening, train, val, first, second, heard)
    return World(listening, train, test, second, first, heard)


def _table(world: World, seed: int) -> dict[str, tuple[float, float]]:
    full = fit(world.listening, world.train)
    lacking = fit(_without(world), world.train)
    tags, near, wrong = _tags(world), _similar(world, 0.0, seed), _similar(world, 1 / 3, seed)
    untagged: list[dict[str, float]] = [{} for _ in tags]
    places = {
        "full map (upper bound)": (full, full.artist_vectors[world.hidden]),
        "not placed (lower bound)": (lacking, np.zeros((len(tags), 96), np.float32)),
        "tags only": (lacking, _placed(lacking, world, tags, {})),
        "similar artists only": (lacking, _placed(lacking, world, untagged, near)),
        "similar only, a third wrong": (lacking, _placed(lacking, world, untagged, wrong)),
        "tags and similar artists": (lacking, _placed(lacking, world, tags, near)),
        "tags and similar, a third wrong": (lacking, _placed(lacking, world, tags, wrong)),
    }
    return {name: _measured(world, *place, seed) for name, place in places.items()}


def _without(world: World) -> Listening:
    """The data as if nobody had played or tagged what is hidden."""
    seen = np.ones(len(world.heard), np.float32)
    gone = np.concatenate([world.hidden, world.others])
    seen[gone] = 0
    plays = sparse.csr_matrix(world.listening.plays @ sparse.diags(seen))
    plays.eliminate_zeros()
    taggings = world.listening.taggings
    left = taggings[~np.isin(taggings[:, 1], gone)]
    return replace(world.listening, plays=plays, taggings=left)


def _tags(world: World) -> list[dict[str, float]]:
    """What a service would say: the heaviest tags of the hidden artists, the first at 1."""
    counts = world.listening.tag_counts(world.train)[world.hidden]
    names = world.listening.tag_names
    rows = []
    for row in counts:
        order = np.argsort(-row.data, kind="stable")[:TAGS]
        rows.append({names[row.indices[i]]: float(row.data[i] / row.data.max()) for i in order})
    return rows


def _similar(world: World, wrong: float, seed: int) -> Similars:
    plays = world.listening.plays[world.train].sign().tocsc()
    together = np.asarray((plays[:, world.hidden].T @ plays).todense())
    like = together / (np.sqrt(np.outer(world.heard[world.hidden], world.heard)) + 10)
    like[np.arange(len(like)), world.hidden] = 0
    rng = np.random.default_rng((seed, 8))
    fame = world.heard / world.heard.sum()
    neighbours: Similars = {}
    for artist, row in zip(world.hidden, like, strict=True):
        order = np.argsort(-row, kind="stable")[:NEIGHBOURS]
        match = row[order] / max(row.max(), 1e-9)
        swapped = rng.permutation(NEIGHBOURS)[: round(wrong * NEIGHBOURS)]
        order[swapped] = rng.choice(len(fame), len(swapped), p=fame)
        names = [world.listening.artist_names[i] for i in order]
        key = artist_key(world.listening.artist_names[artist])
        pairs = zip(names, match.tolist(), strict=True)
        neighbours[key] = [Similar(name, "", value) for name, value in pairs if value > 0]
    return neighbours


def _placed(data: MapData, world: World, tags: list[dict[str, float]], similar: Similars) -> Rows:
    """Where the product puts the hidden artists; zero where nowhere."""
    names = [world.listening.artist_names[artist] for artist in world.hidden]
    none = np.zeros(0, np.int64)
    tagged = own_words.TaggedTracks(
        np.arange(len(names)), none, np.zeros(len(names) + 1, np.int64), ()
    )
    unheard = np.full((len(names), 1), np.nan, np.float32)
    vectors = extension.place_tracks(
        CultureMap(data), names, tags, similar, tagged, unheard
    ).vectors
    return np.nan_to_num(vectors)


def _measured(world: World, data: MapData, places: Rows, seed: int) -> tuple[float, float]:
    """(AUC, recall@20), means over the listeners who have something to find."""
    rng = np.random.default_rng((seed, 9))
    vectors = data.artist_vectors.copy()
    vectors[world.hidden], vectors[world.others] = places, 0
    fame = np.log1p(world.heard)
    aucs, recalls = [], []
    for listener in world.askers:
        played = rng.permutation(world.listening.plays[listener].indices)
        on_map = played[~np.isin(played, np.concatenate([world.hidden, world.others]))]
        if len(played) < 2 * KNOWN or len(on_map) < KNOWN:
            continue
        near = vectors @ unit(vectors[on_map[:KNOWN]].mean(axis=0)[None], 0.0)[0]
        wanted = np.setdiff1d(np.setdiff1d(played, on_map[:KNOWN]), world.others)
        recalls.append(_recall(near * fame, on_map[:KNOWN], wanted))
        goals = np.intersect1d(played, world.hidden)
        foils = _foils(world, goals, np.setdiff1d(world.hidden, played), rng)
        aucs += [_above(near[goal], near[others]) for goal, others in foils]
    return float(np.mean(aucs)), float(np.mean(recalls))


def _foils(
    world: World, goals: Ints, unplayed: Ints, rng: np.random.Generator
) -> list[tuple[int, Ints]]:
    """For each goal, the unplayed hidden artists whose fame is nearest, ties at random."""
    pairs = []
    for goal in goals:
        shuffled = rng.permutation(unplayed)
        apart = np.abs(np.log(world.heard[shuffled]) - np.log(world.heard[goal]))
        pairs.append((int(goal), shuffled[np.argsort(apart, kind="stable")[:FOILS]]))
    return pairs


def _above(goal: float, foils: Rows) -> float:
    return float((goal > foils).mean() + (goal == foils).mean() / 2)


def _recall(score: Rows, seeds: Ints, wanted: Ints) -> float:
    score = score.copy()
    score[seeds] = -np.inf
    top = np.argsort(-score, kind="stable")[:PLACES]
    return len(np.intersect1d(top, wanted)) / max(len(wanted), 1)


if __name__ == "__main__":
    main()
