"""Artists that the map lacks, placed by sound, with tags and without.

    python -m benchmarks map_by_sound --music DIR --listening DIR --cache DIR [--seeds 5 6 7 8 9]
        [--share S]

The artists of the mood clips whom the map knows from three training listeners, one song each, its
sound the mean of their clips. The map is fitted on training listeners; a random half of the
artists, "the lacking", go by names that it does not know. The product's own code
(`culture/extension.py`) places them.

Cosine with the true place, of the lacking by sound alone, beside the middle of the others.
AUC of the bundled taste model, told that a held-out listener likes half of the artists that he or
she played; the other half is to be found among ten each that are about as popular: "all" of them,
and where only the lacking are compared. The sound itself is given to the model in every row.
"Tags" are the clips' genres, placed on the map but not given as tags. Standard errors over people.

Ears and taste model were trained on these clips and, in part, these people; the ears know the
genres of these clips, which favours placing by sound. `--unlabelled` takes the half of what
they hear that was learned without labels. Settings were chosen on seeds 0 to 4.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_core.culture import extension, own_words
from musicrec_core.culture.map import CultureMap, unit
from musicrec_core.names import artist_key
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.ears import Ears
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring.library import score_library
from musicrec_core.recommender.taste.forward import TasteNet
from training.culture_data import Listening, load, split_listeners
from training.culture_fit import fit
from training.ears_data import Analyst

ROOT = Path(__file__).parents[2]

FEWEST_LISTENERS, FEWEST_PLAYED, FOILS = 3, 6, 10
Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clips:
    """Artists of the clips: names; heard float32 [n, E], the mean of their clips; their genres."""

    names: list[str]
    heard: Rows
    genres: list[dict[str, float]]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("music", "listening", "cache"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[5, 6, 7, 8, 9])
    parser.add_argument("--share", type=float, help="instead of SOUND_SHARE")
    parser.add_argument("--unlabelled", action="store_true")
    options = parser.parse_args()
    if options.share is not None:
        extension.SOUND_SHARE = np.float32(options.share)
    clips = _clips(options.music, Analyst(options.cache))
    if options.unlabelled:
        clips = replace(clips, heard=clips.heard[:, : clips.heard.shape[1] // 2])
    listening = load(options.listening)
    runs = [_run(clips, listening, seed) for seed in options.seeds]
    cosines = np.array([cosine for cosine, _ in runs])
    mean, deviation = cosines.mean(axis=0), cosines.std(axis=0)
    print(f"cosine with the true place: {mean[0]:.3f} +- {deviation[0]:.3f}")
    print(f"the middle:                 {mean[1]:.3f} +- {deviation[1]:.3f}\n")
    aucs = {name: np.concatenate([auc[name] for _, auc in runs]) for name in runs[0][1]}
    print(f"{'the lacking by':20s}{'all':>8s}{'lacking':>9s}{'more than by nothing':>40s}")
    for name, values in aucs.items():
        more = values - aucs["nothing"]
        errors = np.nanstd(more, axis=0) / np.isfinite(more).sum(axis=0) ** 0.5
        cells = zip(np.nanmean(more, axis=0), errors, strict=True)
        print(
            f"{name:20s}"
            + "".join(f"{mean:9.4f}" for mean in np.nanmean(values, axis=0))
            + "".join(f"{f'{mean:+.4f} +- {error:.4f}':>20s}" for mean, error in cells)
        )


def _clips(music: Path, analyst: Analyst) -> Clips:
    with (music / "moods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    vectors = np.stack([analyst.views(music / row["path"])[0] for row in rows])
    heard = Ears.load(ROOT / "models" / "ears").hear(vectors).embeddings
    by: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        by.setdefault(artist_key(row["artist"]), []).append(i)
    genres = [
        dict.fromkeys((g.strip() for i in at for g in rows[i]["genres"].split(";")), 1.0)
        for at in by.values()
    ]
    names = [rows[at[0]]["artist"] for at in by.values()]
    return Clips(names, np.stack([heard[at].mean(axis=0) for at in by.values()]), genres)


def _run(
    clips: Clips, listening: Listening, seed: int
) -> tuple[tuple[float, float], dict[str, Rows]]:
    """(Cosines of the guess and of the middle), and [people, 2] AUCs (all, lacking) by culture."""
    train, _, test = split_listeners(listening.plays.shape[0], seed)
    culture = CultureMap(fit(listening, train))
    fame = np.array([culture.listeners(name) or 0 for name in clips.names])
    kept = np.flatnonzero(fame >= FEWEST_LISTENERS)
    names = [clips.names[i] for i in kept]
    lacking = np.random.default_rng(seed).permutation(len(kept)) % 2 == 0
    true = culture.track_vectors(names, [{}] * len(names))
    called = [
        f"qzx {i}" if lacks else name
        for i, (name, lacks) in enumerate(zip(names, lacking, strict=True))
    ]
    genres = [clips.genres[i] if lacks else {} for i, lacks in zip(kept, lacking, strict=True)]
    heard = unit(clips.heard[kept], 0.0)
    places = {
        "nothing": _placed(culture, called, [{}] * len(kept), heard * np.nan),
        "sound": _placed(culture, called, [{}] * len(kept), heard),
        "tags": _placed(culture, called, genres, heard * np.nan),
        "tags and sound": _placed(culture, called, genres, heard),
        "their true place": true,
    }
    index = {artist_key(name): i for i, name in enumerate(listening.artist_names)}
    played = listening.plays[test][:, [index[artist_key(name)] for name in names]].toarray() > 0
    people = [_asked(row, fame[kept], np.random.default_rng((seed, i)))
              for i, row in enumerate(played) if row.sum() >= FEWEST_PLAYED]  # fmt: skip
    net = checkpoint.load(ROOT / "models" / "taste.safetensors")
    cosines = {
        name: np.array([_aucs(net, _catalogue(heard, place), lacking, *p) for p in people])
        for name, place in places.items()
    }
    middle = unit(true[~lacking].mean(axis=0)[None], 0.0)[0]
    by_sound = (places["sound"] * true).sum(axis=1)
    return (float(by_sound[lacking].mean()), float((true @ middle)[lacking].mean())), cosines


def _placed(
    culture: CultureMap, names: list[str], tags: list[dict[str, float]], sound: Rows
) -> Rows:
    starts = np.zeros(len(names) + 1, np.int64)
    tagged = own_words.TaggedTracks(np.arange(len(names)), starts[:0], starts, ())
    return extension.place_tracks(culture, names, tags, {}, tagged, sound).vectors


def _asked(
    played: NDArray[np.bool_], fame: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Half of the artists played, the other half, and unplayed ones about as popular as those."""
    shuffled = rng.permutation(np.flatnonzero(played))
    seeds, wanted = np.split(shuffled, [len(shuffled) // 2])
    free = np.flatnonzero(~played)
    apart = np.abs(np.log(fame[free])[None] - np.log(fame[wanted])[:, None])
    return seeds, wanted, np.unique(free[np.argsort(apart, axis=1, kind="stable")[:, :FOILS]])


def _catalogue(heard: Rows, culture: Rows) -> Catalogue:
    """One song an artist, by sound and culture alone."""
    n = len(heard)
    return Catalogue(
        track_ids=np.arange(n) + 1,
        sound=heard.astype(np.float32),
        culture=culture.astype(np.float32),
        columns=np.full((n, 1), np.nan, np.float32),
        column_names=("year",),
        artists=np.arange(n),
        albums=np.arange(n),
        tag_codes=np.zeros(0, np.int64),
        tag_starts=np.zeros(n + 1, np.int64),
        tag_names=(),
    )


def _aucs(
    net: TasteNet,
    library: Catalogue,
    lacking: NDArray[np.bool_],
    likes: NDArray[np.int64],
    wanted: NDArray[np.int64],
    foils: NDArray[np.int64],
) -> tuple[float, float]:
    """Of all, and of those that the map lacks; NaN where one side is empty."""
    ones = np.ones(len(likes), np.float32)
    history = History(likes, ones, ones * np.nan, ones * 0)
    score = score_library(net, library, history, top=1).scores
    few = score[wanted[lacking[wanted]]], score[foils[lacking[foils]]]
    return _auc(score[wanted], score[foils]), _auc(*few)


def _auc(wanted: NDArray[np.float32], foils: NDArray[np.float32]) -> float:
    if not len(wanted) or not len(foils):
        return float("nan")
    above = wanted[:, None] - foils[None]
    return float((above > 0).mean() + (above == 0).mean() / 2)


if __name__ == "__main__":
    main()
