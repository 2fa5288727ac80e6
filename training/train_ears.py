"""Train the bundled ears and write models/ears.safetensors and models/ears.json.

    python training/train_ears.py --music DIR [--songs DIR] [--cache DIR]

DIR holds moods.csv and listeners.csv with their clips. The clips themselves never ship.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musicrec_core.audio.features import FEATURE_VERSION, analyse
from musicrec_core.recommender.ears.embedding import discriminants
from musicrec_core.recommender.ears.training import (
    Recipe,
    standardised,
    standardiser,
    train_network,
)

MOODS, GENRES, EMBEDDING = 80, 16, 64
MODELS = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True)
class Clips:
    """Labelled clips: features [n, D], labels [n, 2 + M + G], artists [n], and the names."""

    features: np.ndarray
    labels: np.ndarray
    artists: np.ndarray
    moods: tuple[str, ...]
    genres: tuple[str, ...]


def main() -> None:
    """Train on everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, help="free songs without labels")
    parser.add_argument("--cache", type=Path, help="folder for extracted features")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    clips = read_clips(args.music, args.cache)
    write_model(clips, args.out, args.seed)


def read_clips(music: Path, cache: Path | None) -> Clips:
    """moods.csv and the features of its clips."""
    with (music / "moods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    moods, mood_names = _tags([row["moods"] for row in rows], MOODS)
    genres, genre_names = _tags([row["genres"] for row in rows], GENRES)
    quadrant = np.array([row["quadrant"] for row in rows])
    plane = np.stack([np.isin(quadrant, ["Q1", "Q2"]), np.isin(quadrant, ["Q1", "Q4"])], axis=1)
    features = features_of([music / row["path"] for row in rows], cache)
    labels = np.concatenate([plane, moods, genres], axis=1).astype(np.float32)
    artists = np.array([row["artist"] for row in rows])
    return Clips(features, labels, artists, mood_names, genre_names)


def _tags(cells: list[str], most: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """The most frequent names of a column of `;`-separated tags, lower case: [n, T] and names."""
    sets = [{tag.strip().lower() for tag in cell.split(";") if tag.strip()} for cell in cells]
    counts = collections.Counter(tag for tags in sets for tag in sorted(tags))
    names = sorted(counts, key=lambda name: (-counts[name], name))[:most]
    return np.array([[name in tags for name in names] for tags in sets]), tuple(names)


def features_of(paths: list[Path], cache: Path | None) -> np.ndarray:
    """Analysis vectors [n, D], kept in the cache by version, path and size."""
    rows = []
    for path in paths:
        key = hashlib.sha256(f"{FEATURE_VERSION} {path} {path.stat().st_size}".encode())
        kept = cache / f"{key.hexdigest()}.npy" if cache else None
        if kept and kept.exists():
            rows.append(np.load(kept))
            continue
        rows.append(analyse(str(path)).vector)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, rows[-1])
    return np.stack(rows)


def write_model(clips: Clips, out: Path, seed: int) -> None:
    """Train on all clips and write weights and card."""
    from safetensors.numpy import save

    recipe = Recipe()
    scaler = standardiser(clips.features)
    x = standardised(clips.features, scaler)
    network = train_network(x, clips.labels, recipe, seed)
    groups = np.unique(clips.artists, return_inverse=True)[1]
    embed = discriminants(x, groups, EMBEDDING, 0.5)
    weights = {
        **scaler,
        **network.arrays(),
        "embed": embed,
        "embed_bias": (-x.mean(axis=0) @ embed).astype(np.float32),
    }
    data = save({name: np.ascontiguousarray(array) for name, array in weights.items()})
    digest = hashlib.sha256(data).hexdigest()
    card = {
        "version": f"ears-{FEATURE_VERSION}-{digest[:8]}",
        "feature_version": FEATURE_VERSION,
        "feature_size": x.shape[1],
        "members": recipe.members,
        "hidden": list(recipe.hidden),
        "embedding_size": EMBEDDING,
        "moods": clips.moods,
        "genres": clips.genres,
        "sha256": digest,
        "data": "4Q-TAFFC (Panda, Malheiro, Paiva 2018), research use",
        "licence": "MIT for the weights; no audio is included",
    }
    (out / "ears.safetensors").write_bytes(data)
    (out / "ears.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
