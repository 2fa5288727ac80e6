"""The taste network as torch sees it: many MLPs that share most of their weights.

Design: TabM (Gorishniy, Kotelnikov, Babenko, ICLR 2025, arXiv 2410.24210). Each member scales the
inputs and outputs of every shared linear layer by vectors of its own, which start at random signs
in the first layer so that the members differ, and has its own head.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from musicrec_core.recommender.taste.forward import Block, Shape
from musicrec_core.recommender.taste.piecewise_linear import Knots

if TYPE_CHECKING:
    from musicrec_core.records import IntArray


class PiecewiseLinear(nn.Module):
    """Each of K columns to d numbers: a line in its normal score, bent at every knot.

    The bends start at zero, so training starts from linear inputs.
    """

    def __init__(self, knots: Knots, width: int) -> None:
        super().__init__()
        columns, marks = knots.at.shape
        self.register_buffer("normal", torch.from_numpy(knots.normal))
        bound = 1 / math.sqrt(width)
        self.slope = nn.Parameter(torch.empty(columns, width).uniform_(-bound, bound))
        self.start = nn.Parameter(torch.empty(columns, width).uniform_(-bound, bound))
        self.bends = nn.Parameter(torch.zeros(columns, marks - 1, width))
        self.missing = nn.Parameter(torch.zeros(columns, width))

    def tables(self) -> Tensor:
        """[K, T + 2, d]: the value at each knot, and last where the input is missing."""
        normal = self.get_buffer("normal")
        line = self.start[:, None] + normal[..., None] * self.slope[:, None]
        bent = torch.cat([torch.zeros_like(self.bends[:, :1]), self.bends.cumsum(1)], 1)
        missing = (self.start + self.missing)[:, None]
        return torch.cat([line + bent, missing], 1)

    def forward(self, positions: Tensor) -> Tensor:
        """[b, K] knot positions, NaN where missing -> [b, K * d]."""
        marks = torch.arange(self.bends.shape[1] + 1, dtype=positions.dtype)
        missing = positions.isnan()
        near = (1 - (positions.nan_to_num(-2.0)[..., None] - marks).abs()).clamp(min=0)
        design = torch.cat([near, missing[..., None].to(near.dtype)], -1)  # [b, K, T + 2]
        return torch.einsum("bkt,ktd->bkd", design, self.tables()).flatten(1)


class SharedLinear(nn.Module):
    """One linear layer for k members: member i computes (x * r_i) W * s_i + b_i."""

    def __init__(self, inputs: int, outputs: int, members: int, signs: Tensor | None) -> None:
        super().__init__()
        bound = 1 / math.sqrt(inputs)
        self.weight = nn.Parameter(torch.empty(inputs, outputs).uniform_(-bound, bound))
        self.scale_in = nn.Parameter(torch.ones(members, inputs) if signs is None else signs)
        self.scale_out = nn.Parameter(torch.ones(members, outputs))
        self.bias = nn.Parameter(torch.empty(outputs).uniform_(-bound, bound).repeat(members, 1))

    def forward(self, x: Tensor) -> Tensor:
        """[k, b, in], or [b, in] that all members share, -> [k, b, out]."""
        members, inputs, outputs = len(self.bias), *self.weight.shape
        if x.dim() == 2 and len(x) > 2 * outputs:  # many rows: one product for all is cheaper
            every = self.written_out().permute(1, 0, 2).reshape(inputs, -1)
            shared = (x @ every + self.bias.flatten()).view(len(x), members, outputs)
            return shared.permute(1, 0, 2)
        return (x * self.scale_in[:, None]) @ self.weight * self.scale_out[:, None] + (
            self.bias[:, None]
        )

    def written_out(self) -> Tensor:
        """[k, in, out]: each member's own weights."""
        return self.scale_in[:, :, None] * self.weight * self.scale_out[:, None, :]


class Heads(nn.Module):
    """A linear head of one output for each member."""

    def __init__(self, inputs: int, members: int) -> None:
        super().__init__()
        bound = 1 / math.sqrt(inputs)
        self.weight = nn.Parameter(torch.empty(members, inputs, 1).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(members, 1))

    def forward(self, x: Tensor) -> Tensor:
        """[k, b, in] -> [k, b]."""
        return (x @ self.weight + self.bias[:, None]).squeeze(-1)


class TasteMLP(nn.Module):
    """Piecewise-linear inputs, shared hidden layers, a head a member."""

    def __init__(self, knots: Knots, shape: Shape) -> None:
        super().__init__()
        self.knots, self.shape = knots, shape
        self.embed = PiecewiseLinear(knots, shape.embedding)
        columns = len(knots.at)
        signs = torch.randint(0, 2, (shape.members, columns)).float() * 2 - 1
        first = signs.repeat_interleave(shape.embedding, 1) if shape.members > 1 else None
        sizes = (columns * shape.embedding, *shape.hidden)
        self.layers = nn.ModuleList(
            SharedLinear(a, b, shape.members, first if i == 0 else None)
            for i, (a, b) in enumerate(pairwise(sizes))
        )
        self.dropout = nn.Dropout(shape.dropout)
        self.heads = Heads(sizes[-1], shape.members)

    def forward(self, positions: Tensor) -> Tensor:
        """[b, K] knot positions, NaN where missing -> [k, b] logits."""
        x = self.embed(positions)
        for layer in self.layers:
            x = self.dropout(layer(x).relu())
        out: Tensor = self.heads(x)
        return out

    @torch.no_grad()
    def to_block(self, columns: IntArray | None = None) -> Block:
        """The same function as numpy arrays; `columns` are the inputs it reads, by default all."""
        linear = [layer for layer in self.layers if isinstance(layer, SharedLinear)]
        weights = [layer.written_out() for layer in linear] + [self.heads.weight]
        biases = [layer.bias for layer in linear] + [self.heads.bias]
        return Block(
            columns=np.arange(len(self.knots.at)) if columns is None else columns,
            knots=self.knots.at,
            tables=self.embed.tables().numpy().copy(),
            weights=tuple(w.numpy().copy() for w in weights),
            biases=tuple(b.numpy().copy() for b in biases),
        )
