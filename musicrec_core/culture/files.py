"""The map on disk: `culture.json` (names, source, checksum) beside `culture.safetensors`.

Vectors are int8 with one scale a row, which moves a cosine by less than 0.01; the artists' tags
are compressed rows of indexes and weights. Nothing in either file can run code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 1


@dataclass(frozen=True, slots=True)
class MapData:
    """All that a map is made of. A artists, T tags, D numbers a vector.

    artist_vectors float32 [A, D] and tag_vectors float32 [T, D]: rows of length one, or zero
    where nothing is known. listeners int64 [A]: how many people played the artist.
    tag_strength float32 [T]: how much is known of a tag, and how common it is.
    artist_tags: for artist i, tag indexes `tag_index[tag_start[i]:tag_start[i + 1]]` and weights
    in (0, 1] at the same places of `tag_weight`, heaviest first.
    """

    artist_names: tuple[str, ...]
    artist_keys: tuple[str, ...]
    artist_vectors: NDArray[np.float32]
    listeners: NDArray[np.int64]
    tag_names: tuple[str, ...]
    tag_vectors: NDArray[np.float32]
    tag_strength: NDArray[np.float32]
    tag_start: NDArray[np.int64]
    tag_index: NDArray[np.int64]
    tag_weight: NDArray[np.float32]


def read(path: Path) -> MapData:
    """The map whose `.json` or `.safetensors` (or bare stem) is `path`.

    Raises ModelError when a file is missing, damaged, or not the one that its checksum names.
    """
    try:
        described = json.loads(path.with_suffix(".json").read_text("utf-8"))
        content = path.with_suffix(".safetensors").read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The culture map is missing: {error.filename}") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: the culture map cannot be read: {error}") from error
    try:
        if described["format"] != FORMAT:
            raise ModelError(f"{path}: the culture map has format {described['format']}")
        if _checksum(described, content) != described["sha256"]:
            raise ModelError(f"{path}: the culture map does not match its checksum")
        return _unpacked(described, content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"{path}: the culture map is damaged: {error!r}") from error


def write(path: Path, data: MapData, about: dict[str, object]) -> None:
    """Write both files; `about` (source, licence, metrics) goes into the JSON as it is."""
    from safetensors.numpy import save

    artists, artist_scale = _quantised(data.artist_vectors)
    tags, tag_scale = _quantised(data.tag_vectors)
    content = save(
        {
            "artists": artists,
            "artist_scale": artist_scale,
            "tags": tags,
            "tag_scale": tag_scale,
            "listeners": data.listeners.astype(np.uint16),
            "tag_strength": data.tag_strength.astype(np.float32),
            "tag_start": data.tag_start.astype(np.uint32),
            "tag_index": data.tag_index.astype(np.uint16),
            "tag_weight": np.clip(np.round(data.tag_weight * 255), 1, 255).astype(np.uint8),
        }
    )
    names = {
        "artist_names": data.artist_names,
        "artist_keys": data.artist_keys,
        "tag_names": data.tag_names,
    }
    described = {"format": FORMAT, **about, "sha256": _checksum(names, content), **names}
    path.with_suffix(".safetensors").write_bytes(content)
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    path.with_suffix(".json").write_text(text + "\n", "utf-8")


def _checksum(names: Mapping[str, Sequence[str]], content: bytes) -> str:
    """SHA-256 of the vectors and of every name that belongs to them."""
    digest = hashlib.sha256(content)
    for kind in ("artist_names", "artist_keys", "tag_names"):
        digest.update("\n".join(names[kind]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _unpacked(described: dict[str, list[str]], content: bytes) -> MapData:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        arrays = load(content)
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    data = MapData(
        artist_names=tuple(described["artist_names"]),
        artist_keys=tuple(described["artist_keys"]),
        artist_vectors=arrays["artists"] * arrays["artist_scale"][:, None],
        listeners=arrays["listeners"].astype(np.int64),
        tag_names=tuple(described["tag_names"]),
        tag_vectors=arrays["tags"] * arrays["tag_scale"][:, None],
        tag_strength=arrays["tag_strength"],
        tag_start=arrays["tag_start"].astype(np.int64),
        tag_index=arrays["tag_index"].astype(np.int64),
        tag_weight=arrays["tag_weight"].astype(np.float32) / np.float32(255),
    )
    sizes = {len(data.artist_names), len(data.artist_keys), len(data.artist_vectors)}
    sizes |= {len(data.listeners), len(data.tag_start) - 1}
    if len(sizes) > 1 or len(data.tag_names) != len(data.tag_vectors):
        raise ValueError("names and vectors differ in number")
    return data


def _quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows, and the scale that gives each row its length of one back."""
    peak = np.abs(vectors).max(axis=1, initial=0.0, keepdims=True)
    rows = np.round(vectors / np.where(peak > 0, peak, 1.0) * 127).astype(np.int8)
    length = np.linalg.norm(rows.astype(np.float32), axis=1)
    # safetensors writes the memory as it lies, so it must lie in rows.
    return np.ascontiguousarray(rows), np.where(length > 0, 1 / np.maximum(length, 1), 0).astype(
        np.float32
    )
