"""Train the ears on labelled clips: one network for arousal, valence, moods and genres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from musicrec_core.recommender.ears.model import CLIP, Ears
from training.ears_closed_form import (
    codec_scatter,
    fit_anchors,
    fit_line,
    meaning_map,
    sound_map,
)
from training.ears_network import EarsNetwork

if TYPE_CHECKING:
    from torch import Tensor

    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class EarsRecipe:
    """How the network is shaped and trained."""

    members: int = 8
    hidden: tuple[int, int] = (256, 128)
    dropout: float = 0.5
    steps: int = 360
    batch: int = 64
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    mixing: float = 0.4
    """Beta parameter of mixup (Zhang et al. 2018)."""
    jitter: float = 1.0
    """Largest share of a codec's change that is added to a clip."""
    ridge: float = 5.0
    likeness: tuple[float, float] = (0.6, 0.3)
    """Width and slope of the kernel machine's, see `anchors.py`."""
    kernel_shares: tuple[float, float, float, float] = (0.75, 0.5, 0.25, 0.4)
    """Of the kernel machine in arousal, in valence, in moods, in genres."""
    arousal_line: tuple[float, float] = (3000.0, 0.5)
    """Ridge of the line that also tells arousal, and its share: it holds best on strange music."""
    sound_size: int = 40
    meaning_size: int = 24
    meaning_ridge: float = 0.1
    codec_weights: tuple[float, float] = (300.0, 100.0)
    """How much it counts that a song keeps its place through codecs, in sound and in meaning."""
    genre_weight: float = 2.0
    """In the half for meaning: there are five moods to a genre."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the ears learn from.

    features: float32 [n, D] and labels [n, 2 + M + G] (arousal, valence, moods, genres), in [0, 1],
    NaN where unknown. anchors: rows [A] of the features that the kernel machine remembers.
    changes: float32 [c, D], what a codec did to the features of some song.
    alike: float32 [a, D] with alike_group [a]: rows of one number should lie close (excerpts of
    one song, songs of one artist).
    """

    features: FloatArray
    labels: FloatArray
    anchors: IntArray
    changes: FloatArray
    alike: FloatArray
    alike_group: IntArray
    mood_names: tuple[str, ...]
    genre_names: tuple[str, ...]


def train_ears(
    lessons: Lessons, recipe: EarsRecipe, seed: int, version: str, feature_version: int
) -> Ears:
    """The network, the kernel machine and the embedding, ready to hear."""
    counts = (2, len(lessons.mood_names), len(lessons.genre_names))
    scaler = standardiser(lessons, counts)
    x = standardised(lessons.features, scaler)
    changes = lessons.changes / scaler["scale"]
    network = train_network(x, lessons.labels, changes, recipe, seed)
    kernel = fit_anchors(x, lessons.labels, x[lessons.anchors], recipe.ridge, recipe.likeness)
    kernel["anchor_share"] = np.repeat(recipe.kernel_shares, (1, 1, *counts[1:])).astype(np.float32)
    line = fit_line(x, lessons.labels[:, 0], *recipe.arousal_line)
    maps = _embedding(lessons, x, scaler, counts, recipe)
    weights = {**scaler, **network.arrays(), **kernel, **line, **maps}
    return Ears(version, feature_version, lessons.mood_names, lessons.genre_names, weights)


def _embedding(
    lessons: Lessons,
    x: FloatArray,
    scaler: dict[str, FloatArray],
    counts: tuple[int, int, int],
    recipe: EarsRecipe,
) -> dict[str, FloatArray]:
    """Both halves; the network has no part in them."""
    moved = codec_scatter(lessons.changes / scaler["scale"])
    by_sound, by_meaning = (share * moved for share in recipe.codec_weights)
    alike = standardised(lessons.alike, scaler)
    weight = np.repeat([1.0, 1.0, recipe.genre_weight], counts)
    return sound_map(alike, lessons.alike_group, recipe.sound_size, by_sound) | meaning_map(
        x, lessons.labels, weight, recipe.meaning_size, recipe.meaning_ridge, by_meaning
    )


def standardiser(lessons: Lessons, counts: tuple[int, int, int]) -> dict[str, FloatArray]:
    """Centre and scale [D].

    What codecs change is counted as spread, and so made smaller; what says much about the labels
    is made larger.
    """
    features, changes = lessons.features, lessons.changes
    spread = features.var(axis=0)
    if len(changes):
        spread = spread + np.mean(changes**2, axis=0)
    scale = np.sqrt(spread)
    by = {
        "center": features.mean(axis=0).astype(np.float32),
        "scale": np.where(scale > 1e-6, scale, 1.0).astype(np.float32),
    }
    by["scale"] /= np.maximum(_relevance(standardised(features, by), lessons.labels, counts), 1e-3)
    return by


def _relevance(x: FloatArray, labels: FloatArray, counts: tuple[int, int, int]) -> FloatArray:
    """How well each feature of x [n, D] goes with the labels: float32 [D], of mean square 1.

    The root of the mean squared correlation, the kinds of labels counted alike.
    """
    labelled = np.isfinite(labels)
    deviation = (labels - np.nanmean(labels, axis=0)) / (np.nanstd(labels, axis=0) + 1e-6)
    inner = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    correlation = inner.T @ np.where(labelled, deviation, 0.0) / labelled.sum(axis=0)
    square = correlation**2 @ np.repeat(1 / np.array(counts), counts)
    relevance: FloatArray = np.sqrt(square / max(square.mean(), 1e-12)).astype(np.float32)
    return relevance


def standardised(features: FloatArray, by: dict[str, FloatArray]) -> FloatArray:
    """The features [n, D] as the network wants them."""
    x: FloatArray = np.clip((features - by["center"]) / by["scale"], -CLIP, CLIP)
    return x.astype(np.float32)


def train_network(
    x: FloatArray, labels: FloatArray, changes: FloatArray, recipe: EarsRecipe, seed: int
) -> EarsNetwork:
    """Fit on standardised x [n, D] and labels [n, O]; `changes` [c, D] are standardised."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = EarsNetwork(
        x.shape[1], labels.shape[1], recipe.members, recipe.hidden, recipe.dropout
    )
    targets = torch.from_numpy(labels.astype(np.float32))
    network.bias_out.data[:] = torch.logit(targets.nanmean(dim=0).clamp(0.02, 0.98))
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.learning_rate, total_steps=recipe.steps
    )
    for _ in range(recipe.steps):
        rows = random.choice(len(x), min(recipe.batch, len(x)), replace=False)
        inputs, wanted = _batch(x, targets, rows, changes, recipe, random)
        logits = network(inputs)
        loss = _loss(logits, wanted.expand_as(logits))
        optimiser.zero_grad()
        torch.autograd.backward(recipe.members * loss)
        optimiser.step()
        schedule.step()
    return network.eval()


def _loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy where the answer is known."""
    labelled = torch.isfinite(wanted)
    return functional.binary_cross_entropy_with_logits(logits[labelled], wanted[labelled])


def _batch(
    x: FloatArray,
    targets: Tensor,
    rows: IntArray,
    changes: FloatArray,
    recipe: EarsRecipe,
    random: np.random.Generator,
) -> tuple[Tensor, Tensor]:
    """Clips as some codec might have left them, mixed in pairs with their labels."""
    inputs = x[rows].astype(np.float64)
    if len(changes):
        amount = recipe.jitter * random.uniform(-1, 1, (len(rows), 1))
        inputs = inputs + (amount * changes[random.integers(len(changes), size=len(rows))])
    clean = torch.from_numpy(np.clip(inputs, -CLIP, CLIP).astype(np.float32))
    order = torch.from_numpy(random.permutation(len(rows)))
    mix = torch.from_numpy(
        random.beta(recipe.mixing, recipe.mixing, (len(rows), 1)).astype(np.float32)
    )
    wanted = targets[rows]
    return mix * clean + (1 - mix) * clean[order], mix * wanted + (1 - mix) * wanted[order]
