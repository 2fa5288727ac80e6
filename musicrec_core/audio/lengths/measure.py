"""How long a file's sound is: by its header where that can be believed, else by its packets."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from musicrec_core.audio.container import packets
from musicrec_core.audio.lengths import mpeg, oggpages

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

COUNTED_BYTES = 1 << 30
"""Of a larger file without a length that can be believed, the length stays unknown."""
# The length of these is FFmpeg's guess from the bit rate of the opening.
_GUESSED = frozenset(("aac", "amr", "eac3", "shn"))
_ASF_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")


def length_s(path: str, container: InputContainer, stream: AudioStream) -> float | None:
    """The length in seconds; None where it is unknown. Moves the container's place.

    Raises FFmpegError or OSError only where the file went away.
    """
    claimed = claimed_s(container, stream)
    name = container.format.name
    if name == "ogg":
        return ogg_length_s(path) or claimed or counted_s(path, container, stream)
    if claimed is not None and not _is_doubtful(path, name, stream):
        return _within_file(path, claimed, stream)
    return counted_s(path, container, stream)


def claimed_s(container: InputContainer, stream: AudioStream) -> float | None:
    """What FFmpeg says of it, by the container's header or by its own guess."""
    if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and container.duration > 0:
        return container.duration / 1e6
    return None


def counted_s(path: str, container: InputContainer, stream: AudioStream) -> float | None:
    """The length of all packets together, undecoded, up to where they can be read."""
    import av

    if os.stat(path).st_size > COUNTED_BYTES or stream.time_base is None:
        return None
    total, low, high = 0, None, 0
    with suppress(av.FFmpegError):  # where not even the first packet can be read
        container.seek(0)
        for packet in packets(container, stream):
            if not packet.size:
                continue
            total += packet.duration or 0
            if packet.pts is not None:
                low = packet.pts if low is None else min(low, packet.pts)
                high = max(high, packet.pts + (packet.duration or 0))
    ticks = total or (high - (low or 0))
    return float(ticks * stream.time_base) or None


def ogg_length_s(path: str) -> float | None:
    """All links of a chain together; of streams side by side, the first."""
    try:
        if only := oggpages.only_link(path):
            return only.length_s or None
        links = oggpages.chain(path) or oggpages.links(path)[:1]
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    return sum(link.length_s for link in links) or None


def _is_doubtful(path: str, name: str, stream: AudioStream) -> bool:
    if name == "mp3":
        with open(path, "rb") as file:
            return not mpeg.is_told(file)
    if name == "wav":
        return stream.codec_context.name.startswith("mp3")
    if name == "asf":
        with open(path, "rb") as file:
            return _is_broadcast(file.read(1 << 16))
    return name in _GUESSED


def _is_broadcast(header: bytes) -> bool:
    """Whether an ASF file was written without knowing its length."""
    at = header.find(_ASF_PROPERTIES)
    return at >= 0 and bool(header[at + 88 : at + 89] and header[at + 88] & 1)


def _within_file(path: str, claimed: float, stream: AudioStream) -> float:
    """Samples of one size each cannot last longer than the file."""
    codec = stream.codec_context
    if not codec.name.startswith(("pcm_", "adpcm_")) or not codec.bit_rate:
        return claimed
    return min(claimed, os.stat(path).st_size * 8 / codec.bit_rate)
