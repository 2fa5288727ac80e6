"""Are the reasons true? Take the named song out of the history, score again, and look.

    python -m benchmarks faithful_reasons --listening DIR [--people 60]

People whom the bundled network never saw (HetRec 2011 Last.fm), 10 liked and 5 disliked artists
each, all sources present. For every reason of the 20 best picks that names a song: does the score
fall (rise, for a disliked one) when the whole library is scored without it, and by more than when
another song of the history, drawn at random, is taken out? The floor is the nearest song by
culture, named without being tried.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from musicrec_core import paths
from musicrec_core.recommender.data.dataset import History
from musicrec_core.recommender.features.user import relational_inputs
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring.library import score_library
from training import culture_data, taste_data, taste_worlds

SOURCES = frozenset({"sound", "culture", "tags", "character", "era", "artist"})
TOP = 20


def without(history: History, row: int) -> History:
    """The history had this recording never been spoken of."""
    kept = history.rows != row
    return replace(
        history, rows=history.rows[kept], values=history.values[kept],
        ratings=history.ratings[kept], ages_days=history.ages_days[kept],
    )  # fmt: skip


Moves = dict[str, list[tuple[float, float]]]


def tried(made: taste_data.Session, net: checkpoint.TasteNet, moves: Moves, seed: int) -> None:
    """Add (move by the named song, move by a random one), each in the direction claimed."""
    rng = np.random.default_rng(seed)
    scoring = score_library(net, made.catalogue, made.history, TOP, made.prior)
    rows = scoring.top_rows
    before = scoring.scores[rows]
    fell = {}
    for song in np.unique(made.history.rows).tolist():
        less = without(made.history, song)
        inputs = relational_inputs(made.catalogue, less, rows, prior=made.prior).matrix
        fell[song] = before - net.scores(inputs)
    likes = [s for s in fell if made.history.values[made.history.rows == s].sum() > 0]
    dislikes = [s for s in fell if s not in likes]
    culture = made.catalogue.culture
    for i, terms in enumerate(scoring.contributions):
        for term in terms:
            if term.evidence_row is None:
                continue
            sign, side = (1, likes) if term.weight > 0 else (-1, dislikes)
            others = [s for s in side if s != term.evidence_row] or side
            pair = (sign * fell[term.evidence_row][i], sign * fell[int(rng.choice(others))][i])
            name = "liked song named" if sign > 0 else "disliked song named"
            moves[name].append(pair)
            moves[f"  as {term.group}"].append(pair)
        near = likes[int(np.argmax(culture[likes] @ culture[rows[i]]))]
        moves["nearest by culture, untried"].append(
            (fell[near][i], fell[int(rng.choice(likes))][i])
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--people", type=int, default=60)
    args = parser.parse_args()
    data = culture_data.load(args.listening)
    learners, _, people = culture_data.split_listeners(data.plays.shape[0], 0)
    world = taste_worlds.world_of(data, learners, 0)
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    moves: Moves = defaultdict(list)
    for person in people[: args.people]:
        setting = taste_data.Setting(10, 5, SOURCES, library=1500, tracks_an_artist=2, noise=0.8)
        made = taste_data.session(data, world, int(person), setting, 0)
        if made is not None:
            tried(made, net, moves, int(person))
    print(f"{'reason':32}{'reasons':>9}{'as said':>9}{'> random':>9}{'mean':>9}{'random':>9}")
    for name in sorted(moves, key=lambda n: (n.startswith(" "), n)):
        pairs = np.array(moves[name])
        print(
            f"{name:32}{len(pairs):9}{(pairs[:, 0] > 0).mean():9.3f}"
            f"{(pairs[:, 0] > pairs[:, 1]).mean():9.3f}{pairs[:, 0].mean():9.4f}"
            f"{pairs[:, 1].mean():9.4f}"
        )


if __name__ == "__main__":
    main()
