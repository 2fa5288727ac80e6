"""The taste network as plain numpy arrays: all that scoring a library needs.

Every input column becomes `d` numbers by a piecewise-linear function with equal-mass knots
(Gorishniy, Rubachev, Babenko, "On embeddings for numerical features", NeurIPS 2022); then `k`
small MLPs, the members of the ensemble, each give a logit (TabM: Gorishniy, Kotelnikov, Babenko,
ICLR 2025; the weights that they share while training are written out for each here).
A column's quantile scaling, its knots and its embedding are one table, so nothing is scaled twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.taste.piecewise_linear import locate
from musicrec_core.recommender.taste.tree_block import TreeBlock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

EMBEDDED_ROWS, HIDDEN_ROWS = 16_384, 512
"""Rows at a time: many where each column is a few calls, few where all of it stays in cache."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a network to train. `members` 1 gives a plain MLP, `hidden` () an additive one."""

    bins: int = 16
    embedding: int = 8
    hidden: tuple[int, ...] = (64, 64)
    members: int = 16
    dropout: float = 0.1


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """One trained ensemble of `k` members over some of the inputs.

    columns: int64 [K], which inputs it reads. knots: float32 [K, T + 1].
    tables: float32 [K, T + 2, d], a column's embedding at each knot, and last where it is missing.
    weights, biases: a layer each, float32 [k, in, out] and [k, out]; the last has one output.
    """

    columns: IntArray
    knots: FloatArray
    tables: FloatArray
    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]

    def __post_init__(self) -> None:
        k_inputs, bins_and_missing, width = self.tables.shape
        sizes = [k_inputs * width, *(w.shape[2] for w in self.weights)]
        fits = (
            self.knots.shape == (k_inputs, bins_and_missing - 1)
            and self.columns.shape == (k_inputs,)
            and len(self.weights) == len(self.biases) > 0
            and all(
                w.shape == (self.members, a, b) and bias.shape == (self.members, b)
                for w, bias, a, b in zip(
                    self.weights, self.biases, sizes[:-1], sizes[1:], strict=True
                )
            )
            and sizes[-1] == 1
        )
        if not fits:
            raise ValueError("the network's arrays do not fit each other")

    @property
    def members(self) -> int:
        """How many networks the ensemble holds."""
        return len(self.weights[0])

    def member_logits(self, inputs: FloatArray) -> FloatArray:
        """Float32 [k, m] for float32 [m, all inputs]."""
        moving, weight, bias = self._first_layer(inputs)
        out = np.empty((self.members, len(inputs)), np.float32)
        for start in range(0, len(inputs), EMBEDDED_ROWS):
            embedded = self._embed(inputs[start : start + EMBEDDED_ROWS], moving)
            for at in range(0, embedded.shape[1], HIDDEN_ROWS):
                first = embedded[:, at : at + HIDDEN_ROWS].T @ weight
                first += bias
                out[:, start + at : start + at + len(first)] = self._finished(first).T
        return out

    def _first_layer(self, inputs: FloatArray) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
        """Which columns differ between rows, and the first layer of all members over these alone.

        Weights float32 [V * d, k * out] and bias [k * out], in which the other columns are: what
        depends on the person alone is the same for all of a library, and is read once.
        """
        varies = np.array([_varies(inputs[:, column]) for column in self.columns], np.bool_)
        depth, wide = self.tables.shape[2], self.weights[0].shape[2]
        weight = self.weights[0].transpose(1, 0, 2).reshape(-1, self.members * wide)
        bias: FloatArray = self.biases[0].ravel()
        still = np.flatnonzero(~varies)
        if len(inputs) and len(still):
            bias = bias + (self._embed(inputs[:1], still).T @ weight[_spans(still, depth)])[0]
        moving = np.flatnonzero(varies)
        return moving, np.ascontiguousarray(weight[_spans(moving, depth)]), bias

    def _embed(self, inputs: FloatArray, chosen: NDArray[np.intp]) -> FloatArray:
        """Float32 [V * d, m] of float32 [m, all inputs]: tables of `chosen`, between the knots."""
        depth = self.tables.shape[2]
        embedded = np.empty((len(chosen), depth, len(inputs)), np.float32)
        for c, lines in zip(chosen, embedded, strict=True):
            segment, share = locate(self.knots[c], inputs[:, self.columns[c]])
            table = self.tables[c].T
            # The column after the last segment is the one for missing values.
            start, rise = np.delete(table, -2, axis=1), np.diff(table, axis=1)
            rise[:, -1] = 0
            for line, low, step in zip(lines, start, rise, strict=True):
                np.take(step, segment, out=line, mode="clip")
                line *= share
                line += low.take(segment)
        return embedded.reshape(-1, len(inputs))

    def _finished(self, hidden: FloatArray) -> FloatArray:
        """Float32 [m, k] from the first layer's sums [m, k * out]; they are overwritten."""
        for weight, bias in zip(self.weights[1:], self.biases[1:], strict=True):
            np.maximum(hidden, 0, out=hidden)
            hidden = _apart(hidden, weight)
            hidden += bias.ravel()
        return hidden


AnyBlock = Block | TreeBlock


def _varies(column: FloatArray) -> bool:
    return bool((column != column[:1]).any())


def _apart(hidden: FloatArray, weight: FloatArray) -> FloatArray:
    """Float32 [m, k * out] of [m, k * in] by each member's own weights [k, in, out]."""
    members, wide, out = weight.shape
    if out == 1:  # one product with zeros between the members is quicker than k thin ones
        sparse = np.zeros((members, wide, members), np.float32)
        sparse[np.arange(members), :, np.arange(members)] = weight[..., 0]
        return hidden @ sparse.reshape(-1, members)
    parts = [hidden[:, i * wide : (i + 1) * wide] @ weight[i] for i in range(members)]
    return np.concatenate(parts, axis=1)


def _spans(columns: NDArray[np.intp], depth: int) -> NDArray[np.intp]:
    """The rows of the first layer's weights that belong to these columns."""
    spans: NDArray[np.intp] = (columns[:, None] * depth + np.arange(depth)).ravel()
    return spans


@dataclass(frozen=True, slots=True, repr=False)
class TasteNet:
    """Scores recordings for a person: an ensemble of blocks, perhaps standing on a prior.

    input_names, input_groups: a name and a readable group for each of the K input columns.
    prior: the blocks of the model that a personal one was trained on top of; the mean of their
    logits, times `prior_weight`, is the offset of every member.
    calibration: (slope, shift) of the logit that makes `scores` probabilities (Platt, 1999).
    rating_line: (intercept, slope) from the sigmoid of the logit, which is what was learned from
    ratings, to a rating; None while no rating was seen.
    seen: int64 [s], rising: ids of the recordings whose feedback it was trained on.
    axes: by source ("sound", "culture"), float32 [size, P], the directions whose coordinates are
    inputs of a personal model.
    """

    input_names: tuple[str, ...]
    input_groups: tuple[str, ...]
    blocks: tuple[AnyBlock, ...]
    prior: tuple[AnyBlock, ...] = ()
    prior_weight: float = 1.0
    calibration: tuple[float, float] = (1.0, 0.0)
    rating_line: tuple[float, float] | None = None
    axes: Mapping[str, FloatArray] = field(default_factory=dict)
    seen: IntArray = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        if len(self.input_names) != len(self.input_groups):
            raise ValueError("each input needs one name and one group")
        for block in (*self.prior, *self.blocks):
            if len(block.columns) and int(block.columns.max()) >= len(self.input_names):
                raise ValueError("a block reads an input that has no name")

    def __repr__(self) -> str:
        own, base = (sum(b.members for b in blocks) for blocks in (self.blocks, self.prior))
        return f"<TasteNet: {len(self.input_names)} inputs, {own} members on a prior of {base}>"

    def member_logits(self, inputs: FloatArray) -> FloatArray:
        """Float32 [k, m] for float32 [m, K] raw inputs, NaN where unknown; not calibrated.

        Each block counts alike: the members of a small one are repeated.
        """
        offset = np.zeros(len(inputs), np.float32)
        if self.prior:
            offset = self.prior_weight * _members(self.prior, inputs).mean(axis=0)
        return _members(self.blocks, inputs) + offset if self.blocks else offset[None]

    def logits(self, inputs: FloatArray) -> FloatArray:
        """Float32 [m]: the members' mean, not calibrated."""
        mean: FloatArray = self.member_logits(inputs).mean(axis=0)
        return mean

    def scores(self, inputs: FloatArray) -> FloatArray:
        """Float32 [m] in [0, 1]: the calibrated probability of a like."""
        return self.calibrated(self.logits(inputs))

    def uncertainty(self, inputs: FloatArray) -> FloatArray:
        """Float32 [m]: the standard deviation of the members' calibrated probabilities."""
        spread: FloatArray = self.calibrated(self.member_logits(inputs)).std(axis=0)
        return spread

    def calibrated(self, logits: FloatArray) -> FloatArray:
        """Probabilities for logits of any shape."""
        slope, shift = self.calibration
        return sigmoid(slope * logits + shift)

    def ratings(self, scores: FloatArray) -> FloatArray | None:
        """Float32 [m] in [1, 5] for scores [m]; None while no rating was seen."""
        if self.rating_line is None:
            return None
        slope, shift = self.calibration
        sure = np.clip(np.asarray(scores, np.float64), 1e-6, 1 - 1e-6)
        learned = sigmoid((np.log(sure / (1 - sure)) - shift) / slope)
        intercept, steepness = self.rating_line
        rating: FloatArray = np.clip(intercept + steepness * learned, 1, 5).astype(np.float32)
        return rating


def _members(blocks: Sequence[AnyBlock], inputs: FloatArray) -> FloatArray:
    most = max(block.members for block in blocks)
    members: FloatArray = np.concatenate(
        [b.member_logits(inputs).repeat(most // b.members, axis=0) for b in blocks]
    )
    return members


def sigmoid(logits: NDArray[np.floating[Any]]) -> FloatArray:
    """The logistic function, without overflow."""
    probability: FloatArray = (1 / (1 + np.exp(-np.clip(logits, -60, 60)))).astype(np.float32)
    return probability
