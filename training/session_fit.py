"""Training on many people's sessions, so that the order within each is what is learned.

A session's candidates compete with each other, never with another person's. So most of the loss
is taken after the session's own level, common to all its rows, is away: nearly the conditional
logistic regression of matched studies (Breslow, Day, "Statistical methods in cancer research",
1980, chapter 7), with the level solved for instead of summed out. The rest of the loss keeps
scores near probabilities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from musicrec_core.recommender.taste.forward import Block, Shape
from musicrec_core.recommender.taste.network import TasteMLP
from musicrec_core.recommender.taste.piecewise_linear import Knots
from musicrec_core.recommender.taste.training import AdamW

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray


FARTHEST = 16.0
"""Logits: an input that is carried through counts no further than this either way."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The rate falls in a line to nothing; `within` is the share of the order.

    doubt: of what the network adds to a carried input that speaks, by its square.
    """

    shape: Shape
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    batch_rows: int = 1024
    epochs: int = 8
    within: float = 0.7
    doubt: float = 0.1


def fit(
    inputs: FloatArray,
    labels: FloatArray,
    sessions: IntArray,
    weights: FloatArray,
    recipe: Recipe,
    seed: int,
    carried: int | None = None,
    apart: Sequence[int] = (),
) -> Block:
    """Inputs [m, K]; labels [m] of 0 and 1; weights [m], one on average.

    sessions: int64 [m], counting from 0, the rows of each together. carried: the input that is
    added to the logits as it is, so that the network only learns what it leaves to be said. apart:
    inputs that are added likewise in the end, and that training does not see. Same seed, same
    result.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    read = np.setdiff1d(np.arange(inputs.shape[1]), apart)
    through = np.zeros_like(labels) if carried is None else inputs[:, carried].copy()
    inputs = inputs[:, read]
    knots = Knots.of(inputs, recipe.shape.bins)
    net = TasteMLP(knots, recipe.shape)
    parts = (knots.positions(inputs), labels, sessions, weights, through)
    positions, targets, groups, counted, offsets = map(torch.from_numpy, parts)
    optimiser = AdamW(net, recipe.learning_rate, recipe.weight_decay)
    steps = recipe.epochs * len(list(_batches(sessions, recipe.batch_rows)))
    done = 0
    for epoch in range(recipe.epochs):
        print(f"epoch {epoch + 1} of {recipe.epochs}", flush=True)
        for rows in _batches(sessions, recipe.batch_rows):
            optimiser.rate = recipe.learning_rate * max(0.01, 1 - done / steps)
            own, offset = net(positions[rows]), offsets[rows]
            loss = losses(own + offset, targets[rows], groups[rows], recipe.within)
            loss = loss + recipe.doubt * (offset != 0) * own**2
            (loss * counted[rows]).mean().backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            done += 1
    block = net.eval().to_block(read)
    for column in (*apart, *(() if carried is None else (carried,))):
        block = carrying(block, column)
    return block


def carrying(block: Block, column: int) -> Block:
    """The same network of one hidden layer, plus an input as it is, up to `FARTHEST`.

    The input is embedded once more, as itself, and passes through a hidden unit of its own, which
    is lifted so that it never rests.
    """
    into, out = block.weights
    knots = np.linspace(-FARTHEST, FARTHEST, block.knots.shape[1], dtype=np.float32)
    table = np.zeros((1, *block.tables.shape[1:]), np.float32)
    table[0, :-1, 0] = knots
    first = np.pad(into, ((0, 0), (0, table.shape[2]), (0, 1)))
    first[:, into.shape[1], -1] = 1
    return Block(
        columns=np.append(block.columns, column),
        knots=np.concatenate([block.knots, knots[None]]),
        tables=np.concatenate([block.tables, table]),
        weights=(first, np.pad(out, ((0, 0), (0, 1), (0, 0)), constant_values=1)),
        biases=(
            np.pad(block.biases[0], ((0, 0), (0, 1)), constant_values=FARTHEST),
            block.biases[1] - np.float32(FARTHEST),
        ),
    )


def _batches(sessions: IntArray, rows: int) -> Iterator[Tensor]:
    """Row numbers of whole sessions in random order, about `rows` at a time."""
    count = int(sessions[-1]) + 1
    starts = np.searchsorted(sessions, np.arange(count + 1))
    each = max(1, rows * count // len(sessions))
    for chosen in torch.split(torch.randperm(count), each):
        spans = [np.arange(starts[s], starts[s + 1]) for s in chosen.tolist()]
        yield torch.from_numpy(np.concatenate(spans))


def losses(logits: Tensor, targets: Tensor, sessions: Tensor, within: float) -> Tensor:
    """[k, b]: of each member on each row, `within` of it free of the sessions' levels."""
    wanted = targets.expand_as(logits)
    levels = _levels(logits, targets, sessions)
    ordered = binary_cross_entropy_with_logits(logits - levels, wanted, reduction="none")
    plain = binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return within * ordered + (1 - within) * plain


@torch.no_grad()
def _levels(logits: Tensor, targets: Tensor, sessions: Tensor) -> Tensor:
    """[k, b]: what to take from a session's logits that they promise as many likes as it has.

    Two of Newton's steps from zero.
    """
    _, place = sessions.unique(return_inverse=True)
    zero = logits.new_zeros(len(logits), int(place.max()) + 1)
    liked = zero.index_add(1, place, targets.expand_as(logits))
    level = zero
    for _ in range(2):
        chance = torch.sigmoid(logits - level[:, place])
        surplus = zero.index_add(1, place, chance) - liked
        curve = zero.index_add(1, place, chance * (1 - chance)) + 0.05
        level = (level + (surplus / curve).clamp(-2, 2)).clamp(-8, 8)
    return level[:, place]
