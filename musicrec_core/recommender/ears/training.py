"""Train the ears on labelled clips: one network for arousal, valence, moods and genres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from musicrec_core.recommender.ears.model import CLIP
from musicrec_core.recommender.ears.network import EarsNetwork

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is shaped and trained."""

    members: int = 8
    hidden: tuple[int, int] = (256, 128)
    dropout: float = 0.5
    epochs: int = 40
    batch: int = 64
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    mixing: float = 0.4
    """Beta parameter of mixup (Zhang et al. 2018)."""


def standardiser(features: FloatArray) -> dict[str, FloatArray]:
    """Centre and scale [D] of the features [n, D]."""
    scale = features.std(axis=0)
    return {
        "center": features.mean(axis=0).astype(np.float32),
        "scale": np.where(scale > 1e-6, scale, 1.0).astype(np.float32),
    }


def standardised(features: FloatArray, by: dict[str, FloatArray]) -> FloatArray:
    """The features [n, D] as the network wants them."""
    return np.clip((features - by["center"]) / by["scale"], -CLIP, CLIP).astype(np.float32)


def train_network(x: FloatArray, labels: FloatArray, recipe: Recipe, seed: int) -> EarsNetwork:
    """Fit on standardised x [n, D] and 0/1 labels [n, O] (arousal, valence, moods, genres)."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = EarsNetwork(
        x.shape[1], labels.shape[1], recipe.members, recipe.hidden, recipe.dropout
    )
    inputs, targets = torch.from_numpy(x), torch.from_numpy(labels.astype(np.float32))
    network.bias_out.data[:] = torch.logit(targets.mean(dim=0).clamp(0.02, 0.98))
    batches = max(1, len(x) // recipe.batch)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.learning_rate, total_steps=recipe.epochs * batches
    )
    for _ in range(recipe.epochs):
        for rows in np.array_split(random.permutation(len(x)), batches):
            part = random.beta(recipe.mixing, recipe.mixing, len(rows)).astype(np.float32)
            mix, other = torch.from_numpy(part)[:, None], random.permutation(rows)
            logits = network(mix * inputs[rows] + (1 - mix) * inputs[other])
            wanted = (mix * targets[rows] + (1 - mix) * targets[other]).expand_as(logits)
            loss = recipe.members * functional.binary_cross_entropy_with_logits(logits, wanted)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return network.eval()
