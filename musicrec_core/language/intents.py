"""The intent model: one linear layer over hashed features, and a softmax."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_core.errors import ModelError
from musicrec_core.language.features import hashed
from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.records import INTENTS
from musicrec_core.language.tokens import Token

FILE = "language_intents"
FORMAT = 3


@dataclass(frozen=True, slots=True)
class IntentModel:
    """weights int8 [F, K] of F features for K = len(INTENTS), times scale [K], plus bias [K].

    features: uint32 [F], which of 2**BITS they are, in order; the others weigh nothing. scale and
    bias: float32.
    """

    features: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(
        self, tokens: Sequence[Token], lexicon: Lexicon, artists: frozenset[int]
    ) -> NDArray[np.float32]:
        """float32 [K], summing to one, in the order of INTENTS; artists as for `hashed`."""
        index, value = hashed(tokens, lexicon, artists)
        rows = np.minimum(np.searchsorted(self.features, index), len(self.features) - 1)
        known = self.features[rows] == index
        weights = self.weights[rows[known]].astype(np.float32)
        scores = (value[known] @ weights) * self.scale + self.bias
        grown: NDArray[np.float32] = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum(), np.float32)


def read_intents(folder: Path) -> IntentModel:
    """The model that ships; ModelError when a file is missing, damaged or another one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / f"{FILE}.safetensors"
    try:
        about = json.loads(path.with_suffix(".json").read_text("utf-8"))
        content = path.read_bytes()
        arrays = load(content)
        model = IntentModel(*(arrays[n] for n in ("features", "weights", "scale", "bias")))
        good = hashlib.sha256(content).hexdigest() == about["sha256"]
        if not good or about["format"] != FORMAT or about["intents"] != list(INTENTS):
            raise ModelError(f"{path}: not the intent model of this version")
        if model.weights.shape != (len(model.features), len(INTENTS)) or not len(model.features):
            raise ModelError(f"{path}: the intent model has a wrong size")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{path}: the intent model cannot be read: {error!r}") from error
    return model
