"""Read a few short excerpts of a song instead of all of it, in bounded memory.

A long song is sampled at places spread over it; one that fits the budget is read from its start.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.container import open_audio
from musicrec_core.audio.frame_buffer import FrameBuffer, Sound, joined
from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from musicrec_core.records import FloatArray

WINDOW_S = 6.0
WINDOWS_SPREAD = 4
"""Windows taken from a song that is longer than the budget."""
BUDGET_S = 31.0
"""A song up to this long, or of unknown length, is read from its start without seeking."""
LONG_S = 1200.0
"""In an MP3 longer than this, places are found by bytes: FFmpeg else reads all that lies before.
They are hundredths of a second off, and where the bit rate varies they are at even shares of the
bytes, not of the time; but they are the same every time."""
SEEK_EARLY_S = 0.25
"""Codecs need a little run-up after a seek; it is decoded and cut off."""
SPARE_SAMPLES = 64
"""Resampling may give a few samples less than was asked for."""
MAX_DAMAGED_PACKETS = 2000
NARROW = 0.01
"""Sides that are this much weaker than the mono mix, in power, are not kept: what is heard of them
would be a fiftieth of a decibel."""


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Windows of one song.

    windows: float32 [W, 6 s], mono, full scale 1.0. A song shorter than a window is repeated
    until it fills one; `heard_s` says how much was decoded.
    power_ratio: power of all channels together over the power of the mono mix.
    sides: half the difference of two channels, float32 [W, 6 s]; None where they hardly differ.
    """

    windows: FloatArray
    sample_rate_hz: int
    duration_s: float
    heard_s: float
    power_ratio: float
    sides: FloatArray | None = None


def read_excerpts(path: str) -> Excerpts:
    """Excerpts of the first audio stream of a file named as `os.fsdecode` gives it.

    Raises UnreadableFileError where nothing at all can be decoded.
    """
    with open_audio(path) as (container, stream):
        claimed_s = _claimed_duration_s(container, stream)
        sound = _listen(container, stream, claimed_s)
    if sound.tracks.size == 0:
        raise UnreadableFileError(path, "it holds no sound that can be decoded")
    tracks, heard_s = sound.tracks, sound.tracks.shape[1] / sound.rate_hz
    power = [float(np.dot(track, track)) for track in tracks]
    if not np.isfinite(power).all():  # files of floating-point samples can hold anything
        tracks = np.nan_to_num(tracks, posinf=0.0, neginf=0.0)
    ratio = len(tracks) * sum(power) / power[0] if power[0] > 0 else 1.0
    size = round(WINDOW_S * sound.rate_hz)
    wide = len(tracks) > 1 and not power[1] <= NARROW * power[0]
    return Excerpts(
        windows=_windows(tracks[0], size),
        sample_rate_hz=sound.rate_hz,
        duration_s=max(claimed_s or 0.0, heard_s),
        heard_s=heard_s,
        power_ratio=ratio if np.isfinite(ratio) else 1.0,
        sides=_windows(tracks[1], size) if wide else None,
    )


def _claimed_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and container.duration > 0:
        return container.duration / 1e6
    return None


def _listen(container: InputContainer, stream: AudioStream, claimed_s: float | None) -> Sound:
    """All that is heard, end to end."""
    if claimed_s is not None and claimed_s > BUDGET_S:
        pieces = _spread(container, stream, claimed_s)
        if pieces:
            return joined(pieces)
        container.seek(0)  # it lied about its length
    return _decode(container, stream, None, BUDGET_S)


def _spread(container: InputContainer, stream: AudioStream, duration_s: float) -> list[Sound]:
    """Whole windows at even places; what lies past the real end is left out."""
    import av

    if duration_s > LONG_S and container.format.name == "mp3":
        container.flags |= av.container.Flags.fast_seek.value  # type: ignore[operator]
    pieces = []
    for i in range(WINDOWS_SPREAD):
        start_s = (i + 0.5) / WINDOWS_SPREAD * duration_s - WINDOW_S / 2
        with suppress(av.FFmpegError):  # one damaged place does not spoil the others
            pieces.append(_decode(container, stream, start_s, WINDOW_S))
    shape = max((piece.tracks.shape for piece in pieces), default=(0, 0))
    return [piece for piece in pieces if piece.tracks.shape == shape and min(shape) > 0]


def _decode(
    container: InputContainer, stream: AudioStream, start_s: float | None, length_s: float
) -> Sound:
    """Decode from a time on, or from where the container stands, `length_s` or less.

    A stream glued from unlike parts ends where they change.
    """
    if start_s is not None:
        _seek(container, stream, start_s - SEEK_EARLY_S)
    frames = _frames(container, stream)
    first = next(frames, None)
    if first is None:
        return joined([])
    early = _samples_before(first, stream, start_s)
    missing = early + round(length_s * first.sample_rate) + SPARE_SAMPLES
    tape = FrameBuffer(first, early, length_s)
    for frame in itertools.chain([first], frames):
        missing -= frame.samples
        if not tape.take(frame) or missing <= 0:
            break
    return tape.finish()


def _samples_before(first: AudioFrame, stream: AudioStream, start_s: float | None) -> int:
    """How many samples to throw away from the first frame on, at the stream's own rate."""
    if start_s is None or first.time is None:
        return 0
    origin_s = float((stream.start_time or 0) * (stream.time_base or 0))
    return max(0, round((start_s - first.time + origin_s) * first.sample_rate))


def _seek(container: InputContainer, stream: AudioStream, time_s: float) -> None:
    if stream.time_base is not None:
        ticks = max(0, int(time_s / stream.time_base)) + (stream.start_time or 0)
        container.seek(ticks, stream=stream)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decoded frames; damaged packets are passed over, up to a limit."""
    import av

    damaged = 0
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            damaged += 1
            if damaged > MAX_DAMAGED_PACKETS:
                return


def _windows(mono: FloatArray, size: int) -> FloatArray:
    """Cut sound [n] into windows [W, size], spread evenly from end to end."""
    if mono.size < size:
        return np.resize(mono, (1, size))
    if mono.size % size == 0:
        return mono.reshape(-1, size)
    starts = np.linspace(0, mono.size - size, round(mono.size / size)).astype(int)
    return np.stack([mono[start : start + size] for start in starts])
