"""Covers of the demo albums: a few plain forms in three colours, the same each time."""

from __future__ import annotations

import colorsys
import hashlib
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.demo.catalogue import Album

    Mask = NDArray[np.bool_]

SIDE = 400  # pixels
NAME = "cover.png"


def cover(album: Album) -> bytes:
    """A PNG whose colours and form follow from the names of the album."""
    seed = int.from_bytes(hashlib.blake2b(f"{album.artist}|{album.title}".encode()).digest()[:8])
    rng = np.random.default_rng(seed)
    hue = float(rng.random())
    ground, near, far = (
        np.array(colorsys.hls_to_rgb((hue + turn) % 1, light, 0.55))
        for turn, light in ((0.0, 0.22), (0.06, 0.5), (0.5, 0.66))
    )
    picture = np.full((SIDE, SIDE, 3), ground)
    for mask, colour in zip(_forms(rng), (near, far), strict=True):
        picture[mask] = colour
    return _png((255 * picture).astype(np.uint8))


def _forms(rng: np.random.Generator) -> tuple[Mask, Mask]:
    """Bool [SIDE, SIDE] twice: a large form, and a small one before it."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    across, down = 0.3 + 0.4 * rng.random(2)
    distance = np.hypot(x - across, y - down)
    large: Mask
    match rng.integers(4):
        case 0:
            large = (distance * 10).astype(int) % 2 == 0
        case 1:
            large = ((x + y * (0.5 + rng.random())) * 7).astype(int) % 2 == 0
        case 2:
            large = y > 0.6 + 0.12 * np.sin((2 + 3 * rng.random()) * np.pi * x)
        case _:
            large = (np.abs(x - across) < 0.24) | (np.abs(y - down) < 0.08)
    return large, distance < 0.12 + 0.1 * rng.random()


def _png(pixels: NDArray[Any]) -> bytes:
    """uint8 [h, w, 3] as a PNG file."""
    height, width, _ = pixels.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
