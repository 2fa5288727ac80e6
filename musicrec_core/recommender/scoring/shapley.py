"""Exact Shapley values over groups of inputs: each group's fair share of a score.

Shapley, "A value for n-person games", 1953; on model inputs with a fixed reference: Lundberg and
Lee, "A unified approach to interpreting model predictions", NeurIPS 2017. With at most eight
groups all coalitions can be asked, so nothing is sampled and the shares add up exactly.

A network's first layer is linear in the embedded inputs, and a leaf of a tree is a number made of
bits; so each group's part of either is computed once, and the coalitions follow in Gray code order,
in which one group joins or leaves at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.piecewise_linear import positions
from musicrec_core.recommender.taste.tree_block import TreeBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.forward import AnyBlock, Block, TasteNet
    from musicrec_core.records import FloatArray


def shares(
    net: TasteNet, inputs: FloatArray, reference: FloatArray
) -> tuple[tuple[str, ...], FloatArray]:
    """Names of the G groups, and float32 [m, G] shares in logits.

    inputs: float32 [m, K]. reference: float32 [K], inputs of an ordinary recording. Each row of
    shares sums to logits(inputs) - logits(reference).
    """
    names = tuple(dict.fromkeys(net.input_groups))
    result = np.zeros((len(inputs), len(names)), np.float32)
    same = (inputs == reference) | (np.isnan(inputs) & np.isnan(reference))
    differs = ~same.all(axis=0)
    columns = [np.array([name == g for name in net.input_groups]) for g in names]
    playing = [i for i, own in enumerate(columns) if (own & differs).any()]
    worth = np.zeros((1 << len(playing), len(inputs)))
    players = [columns[i] for i in playing]
    for share, block in _weighted_blocks(net):
        worth += share * _worth(block, inputs, reference, players)
    result[:, playing] = _values(worth, len(playing)).T
    return names, result


def _weighted_blocks(net: TasteNet) -> list[tuple[float, AnyBlock]]:
    """Each block with its part in `net.logits`, in which all count alike."""
    weighted = []
    for weight, blocks in ((net.prior_weight, net.prior), (1.0, net.blocks)):
        weighted += [(weight / len(blocks), block) for block in blocks]
    return weighted


def _worth(
    block: AnyBlock, inputs: FloatArray, reference: FloatArray, groups: list[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """Float64 [2^G, m]: the block's logit when only a coalition, a bit a group, is seen."""
    if isinstance(block, TreeBlock):
        return _worth_of_trees(block, inputs, reference, groups)
    return _worth_of_networks(block, inputs, reference, groups)


def _worth_of_networks(
    block: Block, inputs: FloatArray, reference: FloatArray, groups: list[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """A group that joins or leaves adds or takes its part of the first layer."""
    first = _FirstLayer.of(block)
    usual = first.part(reference[None], np.ones(len(reference), np.bool_))
    current = np.repeat(usual, len(inputs), axis=0)
    gains = [first.part(inputs, own) - first.part(reference[None], own) for own in groups]
    worth = np.empty((1 << len(groups), len(inputs)))
    worth[0] = _finished(block, current)
    for coalition, group in _gray_code(len(groups)):
        if coalition >> group & 1:
            current += gains[group]
        else:
            current -= gains[group]
        worth[coalition] = _finished(block, current)
    return worth


def _worth_of_trees(
    block: TreeBlock, inputs: FloatArray, reference: FloatArray, groups: list[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """A group that joins or leaves flips the bits in which it differs from the ordinary."""
    usual = block.leaf_bits(reference[None], np.ones(len(reference), np.bool_))
    current = np.repeat(usual, len(inputs), axis=1)
    flips = [block.leaf_bits(inputs, own) ^ block.leaf_bits(reference[None], own) for own in groups]
    worth = np.empty((1 << len(groups), len(inputs)))
    worth[0] = block.sums(current)
    for coalition, group in _gray_code(len(groups)):
        current ^= flips[group]
        worth[coalition] = block.sums(current)
    return worth


def _gray_code(groups: int) -> Iterator[tuple[int, int]]:
    """All coalitions but the empty one, and which group joined or left just before each."""
    for step in range(1, 1 << groups):
        yield step ^ (step >> 1), (step & -step).bit_length() - 1


@dataclass(frozen=True, slots=True)
class _FirstLayer:
    """The first layer of a block, of all members at once.

    weights: float32 [K, d, k * width], by input column of the block.
    """

    block: Block
    weights: FloatArray

    @classmethod
    def of(cls, block: Block) -> _FirstLayer:
        columns, _, width = block.tables.shape
        first = block.weights[0].transpose(1, 0, 2)
        return cls(block, first.reshape(columns, width, -1))

    def part(self, inputs: FloatArray, seen: NDArray[np.bool_]) -> FloatArray:
        """Float32 [m, k * width]: what the `seen` [all inputs] columns add, without the bias."""
        own = np.flatnonzero(seen[self.block.columns])
        at = positions(self.block.knots[own], inputs[:, self.block.columns[own]])
        total = np.zeros((len(inputs), self.weights.shape[2]), np.float32)
        for i, c in enumerate(own):
            total += _embedded(self.block.tables[c], at[:, i]) @ self.weights[c]
        return total


def _embedded(table: FloatArray, at: FloatArray) -> FloatArray:
    """Float32 [m, d]: a column's table at fractional knot positions, its last row for NaN."""
    missing = np.isnan(at)
    place = np.where(missing, 0, at)
    left = np.minimum(place.astype(np.int64), len(table) - 3)
    share = (place - left)[:, None]
    values = table[left] * (1 - share) + table[left + 1] * share
    values[missing] = table[-1]
    embedded: FloatArray = values.astype(np.float32)
    return embedded


def _finished(block: Block, first: FloatArray) -> FloatArray:
    """Float32 [m]: the members' mean logit from the first layer without its bias."""
    members = block.members
    hidden = (first + block.biases[0].ravel()).reshape(len(first), members, -1).transpose(1, 0, 2)
    for weight, bias in zip(block.weights[1:], block.biases[1:], strict=True):
        hidden = np.matmul(np.maximum(hidden, 0), weight) + bias[:, None]
    mean: FloatArray = hidden[:, :, 0].mean(axis=0)
    return mean


def _values(worth: NDArray[np.float64], players: int) -> NDArray[np.float64]:
    """Float64 [G, m]: each player's mean gain over all orders of joining."""
    coalitions = np.arange(1 << players)
    size = np.array([int(c).bit_count() for c in coalitions])
    chance = np.array(
        [factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)]
    )
    values = np.empty((players, worth.shape[1]))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        gain = worth[without | 1 << player] - worth[without]
        values[player] = chance[size[without]] @ gain
    return values
