"""A model on disk: weights in one file, and beside it a card in JSON that says what they are.

Nothing is used that is not what was written: a checksum on the card is compared with the weights,
and each refusal is one `ModelError` that says which file and why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from musicrec_core.errors import ModelError
from musicrec_core.replacing import replace_file

FORMAT = 1

Card = dict[str, Any]


def path_of(weights_path: Path) -> Path:
    """Where the card of these weights is."""
    return weights_path.with_suffix(".json")


def write(path: Path, weights: bytes, about: Mapping[str, Any]) -> str:
    """Write the weights and their card, each atomically. Returns the checksum (SHA-256, hex)."""
    checksum = hashlib.sha256(weights).hexdigest()
    card = {"format": FORMAT, "sha256": checksum, **about}
    replace_file(path, weights)
    replace_file(path_of(path), json.dumps(card, indent=1).encode())
    return checksum


def read(path: Path) -> Card:
    """The card of the weights at `path`."""
    try:
        card = json.loads(path_of(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"no model at {path}: {path_of(path).name} is missing") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path_of(path)} cannot be read ({error})") from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelError(f"{path_of(path)} is not a model of this version")
    return card


def read_meta(path: Path) -> dict[str, Any]:
    """What a registry keeps of a version: when, why and from what it was trained."""
    meta = read(path).get("meta", {})
    if not isinstance(meta, dict):
        raise ModelError(f"{path_of(path)} is damaged")
    return meta


def read_weights(path: Path, card: Card) -> bytes:
    """The weights, after their checksum matched the card's."""
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(weights).hexdigest() != card.get("sha256"):
        raise ModelError(f"{path} does not match its checksum and is not used")
    return weights
