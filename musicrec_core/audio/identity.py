"""What makes two files the same recording: their encoded sound, not their tags or their names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.audio.container import open_audio, packets
from musicrec_core.audio.lengths.measure import length_s
from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

HASHED_BYTES = 256 * 1024
ENOUGH_PACKETS = 512
"""At low bit rates 256 KB are thousands of packets, and most of the time: about 10 s do."""
ENOUGH_BYTES = 32 * 1024
"""Packets of silence are tiny and all alike, so they must not use up the count."""
MAX_DAMAGED_PACKETS = 2000
"""Give up on a file after so many packets that do not decode."""
FRAMES_OF_PROOF = 3
"""Frames wanted after a packet failed: in random bytes, one may decode by luck."""

# Containers whose length FFmpeg takes from the size of the file, tags included.
_ESTIMATED_DURATION = frozenset(("aac", "ac3", "amr", "asf", "dts", "eac3", "mp3", "shn"))


@dataclass(frozen=True, slots=True)
class Identity:
    """A recording's name for itself: the same after any change of tags, cover, name or folder."""

    digest: str
    """32 hexadecimal digits."""
    duration_s: float | None
    """What the container states; None where it would be a guess."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One look into a file: what recording it is, how long it lasts, what FFmpeg reads of it."""

    identity: Identity
    length_s: float | None
    """Of the sound, None where it is unknown."""
    texts: dict[str, str]
    """Tags as FFmpeg names them, those of the file before those of the stream."""


def probe(path: str) -> Probe:
    """Everything about a file that needs its packets; raises UnreadableFileError as `identify`."""
    with open_audio(path) as (container, stream):
        texts = {**stream.metadata, **container.metadata}
        identity = _identify(path, container, stream)
        return Probe(identity, length_s(path, container, stream), texts)


def identify(path: str) -> Identity:
    """Hash the stream's parameters and its first packets, up to 256 KB, read in order.

    Two edits with the same opening are told apart by the stated duration, in whole seconds,
    where a container states one; of MP3 and bare AAC, such edits share an identity. Codec headers
    are left out: those of Vorbis hold the tags, that of Opus the gain, which taggers change.
    Raises UnreadableFileError for what is no audio, or where no frame decodes.
    """
    with open_audio(path) as (container, stream):
        return _identify(path, container, stream)


def _identify(path: str, container: InputContainer, stream: AudioStream) -> Identity:
    duration_s = _stated_duration_s(container, stream)
    codec = stream.codec_context
    parameters = (
        codec.codec.canonical_name,
        codec.sample_rate,
        codec.layout.nb_channels,
        None if duration_s is None else round(duration_s),
    )
    opening, proof = _Opening(repr(parameters).encode()), _Proof()
    for packet in packets(container, stream):
        if not opening.complete:
            opening.take(packet)
        if not proof.complete:
            proof.take(packet)
        if opening.complete and proof.complete:
            break
    if not proof.convincing:
        raise UnreadableFileError(path, "no sound in it can be decoded")
    return Identity(opening.digest(), duration_s)


class _Opening:
    """The hash over the parameters and the first packets, however they are cut."""

    def __init__(self, parameters: bytes) -> None:
        self._hash = hashlib.blake2b(parameters, digest_size=16)
        self._packets = 0
        self._bytes = 0

    def take(self, packet: Packet[AudioStream]) -> None:
        data = bytes(packet)[: HASHED_BYTES - self._bytes]
        self._hash.update(data)
        self._bytes += len(data)
        self._packets += 1

    @property
    def complete(self) -> bool:
        few_are_enough = self._packets >= ENOUGH_PACKETS and self._bytes >= ENOUGH_BYTES
        return few_are_enough or self._bytes >= HASHED_BYTES

    def digest(self) -> str:
        return self._hash.hexdigest()


class _Proof:
    """Whether a file is the audio that it says: FFmpeg takes some text and noise for music."""

    def __init__(self) -> None:
        self._decoded = 0
        self._damaged = 0

    def take(self, packet: Packet[AudioStream]) -> None:
        import av

        try:
            self._decoded += len(packet.decode())
        except av.FFmpegError:
            self._damaged += 1

    @property
    def convincing(self) -> bool:
        return self._decoded >= (FRAMES_OF_PROOF if self._damaged else 1)

    @property
    def complete(self) -> bool:
        return self.convincing or self._damaged >= MAX_DAMAGED_PACKETS


def _stated_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if container.format.name in _ESTIMATED_DURATION:
        return None
    if stream.duration and stream.duration > 0 and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1e6 if container.duration and container.duration > 0 else None
