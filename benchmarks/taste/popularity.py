"""What popularity does to the lists: at each end of its dial, in the middle, and in the library.

    python -m benchmarks popularity --people 40

The library is made of artists of the bundled map, two songs each by culture alone; a person likes
songs by an artist and its nearest ones. The neutral dial should leave lists about as popular as
what the person likes, and cost nothing; the ends show what the dial can do, and what it costs.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.taste.gate import history_of
from musicrec_core import paths
from musicrec_core.culture.map import CultureMap
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.insights.popularity import Audience, ListPopularity
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking.dials import Pull
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.scoring.library import score_library

SONGS_EACH = 2
LIKES = 10
LISTED = 30


def mapped_library(culture: CultureMap, artists: int, seed: int) -> tuple[Catalogue, Audience]:
    """A library of artists that somebody tagged and several people played."""
    rng = np.random.default_rng(seed)
    listened = [n for n in culture.artist_names if (culture.listeners(n) or 0) >= 3]
    names = [str(n) for n in rng.choice(listened, artists, replace=False)]
    by = np.repeat(np.arange(artists), SONGS_EACH)
    vectors = culture.track_vectors([names[a] for a in by], [{}] * len(by))
    n = len(by)
    catalogue = Catalogue(
        track_ids=np.arange(n) + 1,
        sound=np.full((n, 4), np.nan, np.float32),
        culture=vectors,
        columns=np.full((n, 1), np.nan, np.float32),
        column_names=("year",),
        artists=by,
        albums=by,
        tag_codes=np.zeros(0, np.int64),
        tag_starts=np.zeros(n + 1, np.int64),
        tag_names=(),
    )
    heard = np.array([culture.listeners(names[a]) or 0 for a in by], np.float64)
    return catalogue, Audience(heard, by, float(culture.most_listeners))


def person(catalogue: Catalogue, heard: Audience, seed: int) -> History:
    """Likes a song by each of an artist's nearest; the artist drawn by its listeners."""
    rng = np.random.default_rng(seed)
    first = rng.choice(len(catalogue), p=heard.listeners / heard.listeners.sum())
    near = catalogue.culture @ catalogue.culture[first]
    rows = np.argsort(-near[::SONGS_EACH], kind="stable")[:LIKES] * SONGS_EACH
    return history_of(rows, np.ones(len(rows), np.bool_))


def mean(parts: list[ListPopularity], name: str) -> float:
    """Over people, of what is known."""
    return float(np.mean([getattr(p, name) for p in parts if getattr(p, name) is not None]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--artists", type=int, default=1500)
    options = parser.parse_args()
    culture = CultureMap.load(paths.bundled_models() / "culture.safetensors")
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    catalogue, heard = mapped_library(culture, options.artists, 0)
    well_known = heard.percentiles()
    popularity: dict[str, list[ListPopularity]] = {
        "the library": [heard.measure(np.arange(len(catalogue)))]
    }
    scores: dict[str, list[float]] = {}
    for seed in range(options.people):
        history = person(catalogue, heard, seed)
        scoring = score_library(net, catalogue, history, top=1000)
        popularity.setdefault("liked songs", []).append(heard.measure(history.rows))
        for dial in (0.0, 0.25, 0.5, 0.75, 1.0):
            pulls = [Pull(well_known, dial)]
            picks = rank(catalogue, history, scoring, LISTED, pulls=pulls, rules=Rules(explore=0))
            name = f"lists, dial at {dial}"
            popularity.setdefault(name, []).append(heard.measure(np.array([p.row for p in picks])))
            scores.setdefault(name, []).append(float(np.mean([p.score for p in picks])))
    print(f"{options.people} people, {len(catalogue)} songs, lists of {LISTED}")
    print(f"{'':<20} top-decile  novelty    Gini   mean score")
    for name, parts in popularity.items():
        cells = (mean(parts, "top_decile"), mean(parts, "novelty_bits"), mean(parts, "gini"))
        score = f"{np.mean(scores[name]):>12.3f}" if name in scores else f"{'-':>12}"
        print(f"{name:<20}{cells[0]:>10.1%}{cells[1]:>10.2f}{cells[2]:>8.2f}{score}")


if __name__ == "__main__":
    main()
