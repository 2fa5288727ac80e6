"""The bundled ears in use: numpy only, so that hearing never waits for torch.

The network is an ensemble inside one set of weights (Wen et al., BatchEnsemble, ICLR 2020):
K members share every matrix and differ by cheap scalings of its inputs and by their biases.
Beside it stands a kernel machine, and a straight line for arousal; what is heard is a weighted mean
of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.errors import ModelError
from musicrec_core.recommender.ears.anchors import likeness
from musicrec_core.records import SoundPredictions

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

CLIP = 4.0
"""Standardised features are cut here, so that one odd number cannot rule the answer."""
BATCH_ROWS = 512


def weight_shapes(
    inputs: int,
    members: int,
    hidden: tuple[int, int],
    outputs: int,
    anchors: int,
    embedding: tuple[int, int],
) -> dict[str, tuple[int, ...]]:
    """Every array of the weights file and its shape."""
    first, second = hidden
    return {
        "center": (inputs,),
        "scale": (inputs,),
        "member_in": (members, inputs),
        "weight1": (inputs, first),
        "member1": (members, first),
        "bias1": (members, first),
        "weight2": (first, second),
        "member2": (members, second),
        "bias2": (members, second),
        "weight_out": (members, second, outputs),
        "bias_out": (members, outputs),
        "anchor": (anchors, inputs),
        "anchor_out": (anchors, outputs),
        "anchor_bias": (outputs,),
        "anchor_shape": (2,),
        "anchor_share": (outputs,),
        "line": (inputs,),
        "line_bias": (1,),
        "line_share": (1,),
        "sound": (inputs, embedding[0]),
        "sound_bias": (embedding[0],),
        "meaning": (inputs, embedding[1]),
        "meaning_bias": (embedding[1],),
    }


@dataclass(frozen=True, slots=True)
class Ears:
    """Loaded weights and names. Outputs are arousal, valence, the moods, the genres."""

    version: str
    feature_version: int
    mood_names: tuple[str, ...]
    genre_names: tuple[str, ...]
    weights: dict[str, FloatArray]

    @property
    def embedding_size(self) -> int:
        """Numbers in one embedding."""
        return len(self.weights["sound_bias"]) + len(self.weights["meaning_bias"])

    @property
    def feature_size(self) -> int:
        """Numbers in one analysis vector."""
        return len(self.weights["center"])

    @classmethod
    def load(cls, path: Path) -> Ears:
        """Read `ears.json` and the safetensors file that it names, beside it.

        Raises ModelError where a file is missing, its checksum differs, or a shape is wrong.
        """
        try:
            card = json.loads(path.with_suffix(".json").read_text("utf-8"))
            data = path.with_suffix(".safetensors").read_bytes()
        except (OSError, ValueError) as error:
            raise ModelError(f"The ears model at {path} cannot be read: {error}") from error
        if hashlib.sha256(data).hexdigest() != card.get("sha256"):
            raise ModelError(f"The ears model at {path} does not match its checksum")
        return _checked(path, card, data)

    def hear(self, vectors: FloatArray) -> SoundPredictions:
        """Everything heard in n analysed songs; `vectors` is float32 [n, feature_size].

        Raises ModelError where the vectors are of another size.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self.feature_size:
            raise ModelError(
                f"These ears hear {self.feature_size} numbers a song, not {vectors.shape[1:]}"
            )
        parts = [
            self._hear(vectors[start : start + BATCH_ROWS])
            for start in range(0, max(len(vectors), 1), BATCH_ROWS)
        ]
        outputs = np.concatenate([part[0] for part in parts])
        moods = 2 + len(self.mood_names)
        return SoundPredictions(
            embeddings=np.concatenate([part[1] for part in parts]),
            arousal=outputs[:, 0],
            valence=outputs[:, 1],
            moods=outputs[:, 2:moods],
            genres=outputs[:, moods:],
            mood_names=self.mood_names,
            genre_names=self.genre_names,
        )

    def _hear(self, vectors: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Probabilities [n, 2 + M + G] and unit embeddings [n, E] of one batch."""
        w = self.weights
        x = np.clip((vectors - w["center"]) / w["scale"], -CLIP, CLIP).astype(np.float32)
        answers = self._network(x)
        like = likeness(x, w["anchor"], *w["anchor_shape"].tolist())
        recalled = np.clip(like @ w["anchor_out"] + w["anchor_bias"], 0.0, 1.0)
        answers += w["anchor_share"] * (recalled - answers)
        straight = np.clip(x @ w["line"] + w["line_bias"], 0.0, 1.0)
        answers[:, 0] += w["line_share"] * (straight - answers[:, 0])
        sound = _unit(x @ w["sound"] + w["sound_bias"])
        meaning = _unit(x @ w["meaning"] + w["meaning_bias"])
        return answers, _unit(np.concatenate([sound, meaning], axis=1))

    def _network(self, x: FloatArray) -> FloatArray:
        """Mean probabilities of the members [n, 2 + M + G]."""
        w = self.weights
        answers = np.zeros((len(x), w["bias_out"].shape[1]), dtype=np.float32)
        members = len(w["member_in"])
        for k in range(members):
            h = _silu((x * w["member_in"][k]) @ w["weight1"] * w["member1"][k] + w["bias1"][k])
            h = _silu(h @ w["weight2"] * w["member2"][k] + w["bias2"][k])
            out = h @ w["weight_out"][k] + w["bias_out"][k]
            answers += _sigmoid(out) / members
        return answers


def _checked(path: Path, card: dict[str, Any], data: bytes) -> Ears:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        weights = load(data)
        shapes = weight_shapes(
            card["feature_size"],
            card["members"],
            tuple(card["hidden"]),
            2 + len(card["moods"]) + len(card["genres"]),
            card["anchors"],
            tuple(card["embedding_sizes"]),
        )
        ears = Ears(
            card["version"],
            card["feature_version"],
            tuple(card["moods"]),
            tuple(card["genres"]),
            weights,
        )
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The ears model at {path} is damaged: {error}") from error
    if {name: array.shape for name, array in weights.items()} != shapes:
        raise ModelError(f"The ears model at {path} has weights of unexpected shape")
    return ears


def _unit(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return unit


def _silu(x: FloatArray) -> FloatArray:
    return x * _sigmoid(x)


def _sigmoid(x: FloatArray) -> FloatArray:
    half: FloatArray = np.float32(0.5) * (1 + np.tanh(np.float32(0.5) * x))  # never overflows
    return half
