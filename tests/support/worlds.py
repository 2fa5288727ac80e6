"""Small made-up libraries and people whose taste is known."""

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.features.blocks import INPUT_GROUPS, INPUT_NAMES
from musicrec_core.recommender.taste.forward import Block, TasteNet


def library(songs: int, seed: int = 0, artists: int | None = None) -> Catalogue:
    rng = np.random.default_rng(seed)
    by = rng.integers(0, artists or max(2, songs // 4), songs)
    styles = rng.normal(size=(by.max() + 1, 16))
    sound = styles[by] + rng.normal(size=(songs, 16))
    culture = styles[by][:, :8] + 0.3 * rng.normal(size=(songs, 8))
    tags = rng.integers(0, 12, 2 * songs)
    return Catalogue(
        track_ids=np.arange(songs) + 500,
        sound=unit(sound),
        culture=unit(culture),
        columns=np.stack(
            [120 + 25 * rng.normal(size=songs), rng.random(songs), rng.integers(1970, 2020, songs)],
            axis=1,
        ).astype(np.float32),
        column_names=("tempo_bpm", "energy", "year"),
        artists=by,
        albums=by * 3 + rng.integers(0, 3, songs),
        tag_codes=tags,
        tag_starts=np.arange(songs + 1) * 2,
        tag_names=tuple(f"tag {i}" for i in range(12)),
    )


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def history(rows: np.ndarray, liked: np.ndarray) -> History:
    nothing = np.full(len(rows), np.nan, np.float32)
    values = np.where(liked, 1, -1).astype(np.float32)
    return History(rows.astype(np.int64), values, nothing, np.zeros(len(rows), np.float32))


def nearness_net() -> TasteNet:
    """A hand-made network in the bundled one's place: it likes what is near to likes."""
    inputs = len(INPUT_NAMES)
    knots = np.tile(np.linspace(-3, 3, 5, dtype=np.float32), (inputs, 1))
    tables = np.concatenate([knots, np.zeros((inputs, 1), np.float32)], axis=1)[..., None]
    weight = np.zeros((2, inputs, 1), np.float32)
    weight[:, [i for i, name in enumerate(INPUT_NAMES) if name.endswith("_vote")]] = 1
    bias = np.zeros((2, 1), np.float32)
    return TasteNet(
        INPUT_NAMES, INPUT_GROUPS, (Block(np.arange(inputs), knots, tables, (weight,), (bias,)),)
    )
