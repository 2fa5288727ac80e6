"""Whether keeping a list to the shares of the likes costs real people what they like.

    python -m benchmarks real_shares --listening DIR [--people 60] [--from 0] [--artists N]

The calibration of lists on real tastes: artists of the HetRec 2011 Last.fm data stand for songs,
by their places on the bundled culture map alone, which saw these people too: compare strengths
with each other, not with other data. Half of a person's artists, of 50 at most, are given as likes;
lists of 20 by the bundled model, what was given left out. By strength: *nDCG* of the artists kept
aside, with its paired difference to no calibration, and *divergence* of the list's shares of the
interests from those of the likes (Steck 2018), and how much the list has of the rarest interest
that is due a song, as a share of its share (*rarest kept*).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.culture.files import read
from musicrec_core.names import artist_key
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking import CALIBRATED, Rules, rank
from musicrec_core.recommender.ranking.calibrate import Calibration
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.taste.forward import TasteNet
from training import culture_data

COMMAND = "python -m benchmarks real_shares --listening DIR"
STRENGTHS = (0.0, 0.2, 0.8, 1.6, 3.2, 6.4)
FEWEST, LISTED = 20, 20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--artists", type=int, help="only so many, the most widely played")
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    catalogue, played = world(options.listening, options.artists)
    order = np.random.default_rng(0).permutation(len(played))
    chosen = order[options.first : options.first + options.people].tolist()
    measured_by_person = [person(net, catalogue, played[who], who) for who in chosen]
    rows = np.array([row for row in measured_by_person if row is not None])
    gains = rows[:, :, 0] - rows[:, :1, 0]
    print(f"{len(rows)} people, {len(catalogue)} artists")
    print(f"{'strength':10}{'nDCG':>10}{'difference':>20}{'divergence':>14}{'rarest kept':>14}")
    for k, strength in enumerate(STRENGTHS):
        mean, error = gains[:, k].mean(), gains[:, k].std() / len(rows) ** 0.5
        ndcg, diverges, kept = rows[:, k].mean(axis=0)
        gain = f"{mean:+.4f} ± {error:.4f}"
        print(f"{strength:<10}{ndcg:10.4f}{gain:>20}{diverges:14.3f}{kept:14.3f}")
        if options.write and strength in (0.0, CALIBRATED):
            note = f"divergence {diverges:.3f}; difference to none {mean:+.4f} ± {error:.4f}"
            name = f"nDCG, strength {strength}, {len(catalogue):,} artists"
            record("real_shares", name, round(ndcg, 4), "", COMMAND, note)


def world(listening: Path, most: int | None) -> tuple[Catalogue, list[np.ndarray]]:
    """The artists that are on the map, and of each person the rows played, most first."""
    data = culture_data.load(listening)
    places = read(paths.bundled_models() / "culture.safetensors")
    row_of_key = {key: row for row, key in enumerate(places.artist_keys)}
    on_map = np.linalg.norm(places.artist_vectors, axis=1) > 0.5
    rows = [row_of_key.get(artist_key(name), -1) for name in data.artist_names]
    there = [k for k, row in enumerate(rows) if row >= 0 and on_map[row]]
    heard = np.diff(data.plays.tocsc().indptr)
    there = sorted(there, key=lambda k: -heard[k])[:most]
    at = {artist: row for row, artist in enumerate(there)}
    n = len(there)
    culture = places.artist_vectors[[rows[k] for k in there]].astype(np.float32)
    catalogue = Catalogue(
        np.arange(n), np.full((n, 64), np.nan, np.float32), culture,
        np.full((n, 1), np.nan, np.float32), ("year",), np.arange(n), np.full(n, -1),
        np.zeros(0, np.int64), np.zeros(n + 1, np.int64), (),
    )  # fmt: skip
    played = []
    for row in data.plays:
        best_first = row.indices[np.argsort(-row.data, kind="stable")]
        played.append(np.array([at[a] for a in best_first.tolist() if a in at], np.int64))
    return catalogue, [rows for rows in played if len(rows) >= FEWEST]


def person(net: TasteNet, catalogue: Catalogue, played: np.ndarray, seed: int) -> np.ndarray | None:
    """Float64 [STRENGTHS, 3]: nDCG, divergence, rarest kept; None for one of a single interest."""
    mixed = np.random.default_rng(seed).permutation(played)
    given, aside = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
    none = np.full(len(given), np.nan, np.float32)
    history = History(given, np.ones(len(given), np.float32), none, np.zeros_like(none))
    shares = Calibration.of(catalogue, history, np.arange(len(catalogue)))
    if shares is None:
        return None
    scoring = LibraryScorer.of(net, catalogue, history).scored(1000, explained=0)
    allowed = ~np.isin(np.arange(len(catalogue)), given)
    rows = []
    for strength in STRENGTHS:
        rules = Rules(explore=0, calibrated=strength)
        picks = rank(catalogue, history, scoring, LISTED, allowed=allowed, rules=rules)
        listed = np.array([pick.row for pick in picks])
        worth = 1 / np.log2(np.arange(len(listed)) + 2)
        ndcg = float((np.isin(listed, aside) * worth).sum() / worth.sum())
        of_list = np.bincount(shares.interest[listed], minlength=len(shares.target) + 1)[:-1]
        smooth = 0.99 * of_list / len(listed) + 0.01 * shares.target
        rarest = int(np.argmin(np.where(shares.target * LISTED >= 1, shares.target, np.inf)))
        kept = of_list[rarest] / len(listed) / shares.target[rarest]
        diverges = float((shares.target * np.log(shares.target / smooth)).sum())
        rows.append([ndcg, diverges, kept])
    return np.array(rows)


if __name__ == "__main__":
    main()
