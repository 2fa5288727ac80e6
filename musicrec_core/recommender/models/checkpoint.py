"""A taste network on disk: safetensors for the numbers, a card (card.py) for what they mean.

Shapes and finiteness are checked besides; each refusal is one `ModelError`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.errors import ModelError
from musicrec_core.recommender.models import card
from musicrec_core.recommender.taste.forward import Block, TasteNet
from musicrec_core.recommender.taste.tree_block import TreeBlock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musicrec_core.recommender.taste.forward import AnyBlock


def save(net: TasteNet, path: Path, meta: Mapping[str, Any] | None = None) -> str:
    """Write `path` (safetensors) and `path` with .json; both atomically. Returns the checksum."""
    from safetensors.numpy import save as to_bytes

    about = {
        "input_names": net.input_names,
        "input_groups": net.input_groups,
        "prior_weight": net.prior_weight,
        "calibration": net.calibration,
        "rating_line": net.rating_line,
        "layers": {name: [_layers(b) for b in blocks] for name, blocks in _parts(net).items()},
        "meta": dict(meta or {}),
    }
    return card.write(path, to_bytes(_tensors(net)), about)


def load(path: Path) -> TasteNet:
    """Read what `save` wrote. Raises ModelError when anything about it is not as it was."""
    about = card.read(path)
    weights = _tensors_of(path, about)
    try:
        return _net(weights, about)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelError(f"{path} is not a taste model of this version ({error})") from error


def _parts(net: TasteNet) -> dict[str, tuple[AnyBlock, ...]]:
    return {"prior": net.prior, "blocks": net.blocks}


def _layers(block: AnyBlock) -> int:
    """How many layers of weights it has; trees have none."""
    return 0 if isinstance(block, TreeBlock) else len(block.weights)


def _arrays(block: AnyBlock) -> dict[str, np.ndarray[Any, Any]]:
    """A block's arrays by the names they are saved under."""
    if isinstance(block, TreeBlock):
        return {"columns": block.columns, "cuts": block.cuts, "leaves": block.leaves}
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    arrays |= {"columns": block.columns, "knots": block.knots, "tables": block.tables}
    for j, (weight, bias) in enumerate(zip(block.weights, block.biases, strict=True)):
        arrays |= {f"weight.{j}": weight, f"bias.{j}": bias}
    return arrays


def _tensors(net: TasteNet) -> dict[str, np.ndarray[Any, Any]]:
    tensors: dict[str, np.ndarray[Any, Any]] = {}
    tensors |= {f"axes.{name}": np.ascontiguousarray(axes) for name, axes in net.axes.items()}
    tensors["seen"] = net.seen
    for part, blocks in _parts(net).items():
        for i, block in enumerate(blocks):
            for name, value in _arrays(block).items():
                tensors[f"{part}.{i}.{name}"] = np.ascontiguousarray(value)
    return tensors


def _tensors_of(path: Path, about: card.Card) -> dict[str, np.ndarray[Any, Any]]:
    """The tensors, after the checksum matched and every number proved finite."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as from_bytes

    try:
        weights: dict[str, np.ndarray[Any, Any]] = from_bytes(card.read_weights(path, about))
    except SafetensorError as error:
        raise ModelError(f"{path} is not a safetensors file ({error})") from error
    if not all(np.isfinite(value).all() for value in weights.values()):
        raise ModelError(f"{path} holds numbers that are not finite and is not used")
    return weights


def _net(weights: dict[str, np.ndarray[Any, Any]], about: card.Card) -> TasteNet:
    blocks = {
        part: tuple(_block(weights, f"{part}.{i}", int(n)) for i, n in enumerate(layers))
        for part, layers in about["layers"].items()
    }
    slope, shift = about["calibration"]
    line = about["rating_line"]
    return TasteNet(
        input_names=tuple(map(str, about["input_names"])),
        input_groups=tuple(map(str, about["input_groups"])),
        blocks=blocks["blocks"],
        prior=blocks["prior"],
        prior_weight=float(about["prior_weight"]),
        calibration=(float(slope), float(shift)),
        rating_line=None if line is None else (float(line[0]), float(line[1])),
        axes={
            name.removeprefix("axes."): value.astype(np.float32)
            for name, value in weights.items()
            if name.startswith("axes.")
        },
        seen=weights["seen"].astype(np.int64),
    )


def _block(weights: dict[str, np.ndarray[Any, Any]], name: str, layers: int) -> AnyBlock:
    if not layers:
        return TreeBlock(
            columns=weights[f"{name}.columns"].astype(np.int64),
            cuts=weights[f"{name}.cuts"].astype(np.float32),
            leaves=weights[f"{name}.leaves"].astype(np.float32),
        )
    return Block(
        columns=weights[f"{name}.columns"].astype(np.int64),
        knots=weights[f"{name}.knots"].astype(np.float32),
        tables=weights[f"{name}.tables"].astype(np.float32),
        weights=tuple(weights[f"{name}.weight.{j}"].astype(np.float32) for j in range(layers)),
        biases=tuple(weights[f"{name}.bias.{j}"].astype(np.float32) for j in range(layers)),
    )
