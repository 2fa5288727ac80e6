"""The embedding: half of it how a song sounds, half what the network makes of it.

The half for sound is a linear map under which excerpts of one song, its copies in other codecs
and songs of one artist lie close: closed-form discriminants, which need no labels but who made
what. The half for meaning are the principal components of the network's answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

SHRINK = 0.4


def embedding_maps(
    alike: FloatArray,
    group: IntArray,
    weight: FloatArray,
    meaning: FloatArray,
    meaning_weight: FloatArray,
    sizes: tuple[int, int],
) -> dict[str, FloatArray]:
    """Maps and biases from standardised features [a, D] and from answers, logits [n, O].

    group [a] and weight [a]: what should lie close, and how much it matters; meaning_weight [O]:
    how much each answer matters.
    """
    sound = discriminants(alike, group, sizes[0], SHRINK, weight)
    spread = (meaning.std(axis=0) + 1e-6) / meaning_weight
    scaled = (meaning - meaning.mean(axis=0)) / spread
    _, _, axes = np.linalg.svd(scaled, full_matrices=False)
    answers = axes[: sizes[1]].T / spread[:, None]
    return {
        "sound": sound,
        "sound_bias": (-alike.mean(axis=0) @ sound).astype(np.float32),
        "meaning": answers.astype(np.float32),
        "meaning_bias": (-meaning.mean(axis=0) @ answers).astype(np.float32),
    }


def discriminants(
    x: FloatArray, group: IntArray, size: int, shrink: float, weight: FloatArray | None = None
) -> FloatArray:
    """Map [D, size] from x [n, D] and a group number for every row [n] (Fisher, shrunk).

    Scatter within groups, rows weighed by `weight` [n], is shrunk towards half the total and half
    the identity, made white, and the directions that spread everything most after that are kept.
    """
    total = np.cov(x.T, bias=True)
    numbers, group = np.unique(group, return_inverse=True)
    sums = np.zeros((len(numbers), x.shape[1]))
    np.add.at(sums, group, x)
    inner = x - (sums / np.bincount(group)[:, None])[group]
    heavy = np.ones(len(x)) if weight is None else weight
    freedom = heavy.sum() * max(1, len(x) - len(numbers)) / len(x)
    within = (inner * heavy[:, None]).T @ inner / freedom
    size_of_one = np.trace(total) / len(total)
    target = 0.5 * total + 0.5 * size_of_one * np.eye(len(total))
    values, vectors = np.linalg.eigh((1 - shrink) * within + shrink * target)
    whiten = vectors / np.sqrt(values)
    spread, directions = np.linalg.eigh(whiten.T @ total @ whiten)
    keep = np.argsort(-spread)[:size]
    best: FloatArray = (whiten @ directions[:, keep]).astype(np.float32)
    return best
