"""What a personal model's parts are fitted to, and how its networks are trained; free of torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from musicrec_core.recommender.taste.forward import Shape

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

Loss = Literal["logistic", "squared"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `patience` counts epochs without a better held-out loss."""

    shape: Shape = field(default_factory=Shape)
    learning_rate: float = 2e-3
    weight_decay: float = 3e-2
    batch_rows: int = 256
    max_epochs: int = 120
    patience: int = 12
    loss: Loss = "logistic"
    drop_inputs: float = 0.0
    """Share of (row, group) whose inputs are hidden in each batch, so that sources may lack."""


@dataclass(frozen=True, slots=True, repr=False)
class Examples:
    """What to learn: inputs [m, K], targets [m], weights [m], offsets [m] added to the logit.

    Targets are in [0, 1] for the logistic loss, standardised for the squared one.
    """

    inputs: FloatArray
    targets: FloatArray
    weights: FloatArray
    offsets: FloatArray

    @classmethod
    def of(
        cls,
        inputs: FloatArray,
        targets: FloatArray,
        weights: FloatArray | None = None,
        offsets: FloatArray | None = None,
    ) -> Examples:
        """With all weights one and all offsets zero, unless given."""
        m = len(inputs)
        return cls(
            np.asarray(inputs, np.float32),
            np.asarray(targets, np.float32),
            np.ones(m, np.float32) if weights is None else np.asarray(weights, np.float32),
            np.zeros(m, np.float32) if offsets is None else np.asarray(offsets, np.float32),
        )

    def take(self, rows: IntArray) -> Examples:
        """Some of the rows."""
        return Examples(
            self.inputs[rows], self.targets[rows], self.weights[rows], self.offsets[rows]
        )

    def __len__(self) -> int:
        return len(self.targets)
