"""The ears as a torch network, for training only; `model.py` is the same in numpy."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from musicrec_core.records import FloatArray


class EarsNetwork(nn.Module):
    """K shallow networks that share their matrices: [n, D] standardised -> [K, n, O] logits."""

    def __init__(
        self, inputs: int, outputs: int, members: int, hidden: tuple[int, int], dropout: float
    ) -> None:
        super().__init__()
        first, second = hidden
        self.dropout = dropout
        self.member_in = nn.Parameter(1 + 0.3 * torch.randn(members, inputs))
        self.weight1 = nn.Parameter(_uniform(inputs, first))
        self.member1 = nn.Parameter(1 + 0.3 * torch.randn(members, first))
        self.bias1 = nn.Parameter(0.1 * torch.randn(members, first))
        self.weight2 = nn.Parameter(_uniform(first, second))
        self.member2 = nn.Parameter(1 + 0.3 * torch.randn(members, second))
        self.bias2 = nn.Parameter(0.1 * torch.randn(members, second))
        self.weight_out = nn.Parameter(0.5 * second**-0.5 * torch.randn(members, second, outputs))
        self.bias_out = nn.Parameter(torch.zeros(members, outputs))

    def forward(self, x: Tensor) -> Tensor:
        x = self._drop(x * self.member_in[:, None], 0.7)  # [K, n, D]
        x = functional.silu(x @ self.weight1 * self.member1[:, None] + self.bias1[:, None])
        x = self._drop(x, 1.0)
        x = functional.silu(x @ self.weight2 * self.member2[:, None] + self.bias2[:, None])
        x = self._drop(x, 1.0)
        logits: Tensor = x @ self.weight_out + self.bias_out[:, None]  # [K, n, O]
        return logits

    def _drop(self, x: Tensor, share: float) -> Tensor:
        dropped: Tensor = functional.dropout(x, self.dropout * share, self.training)
        return dropped

    def arrays(self) -> dict[str, FloatArray]:
        """The weights as numpy uses them."""
        state = self.state_dict().items()
        return {name: tensor.numpy().astype(np.float32) for name, tensor in state}


def _uniform(inputs: int, outputs: int) -> Tensor:
    """As nn.Linear starts, transposed."""
    start: Tensor = (2 * torch.rand(inputs, outputs) - 1) * inputs**-0.5
    return start
