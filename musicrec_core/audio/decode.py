"""Read a few short excerpts of a song instead of all of it, in bounded memory.

A long song is sampled at places spread over it; one that fits the budget is read from its start.
Frames gather in a C-side queue and are converted a window at a time, because handling each of the
thousand small frames in Python costs as much as decoding them. The two common sample rates stay
as they are: resampling, too, would cost as much as decoding.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.container import open_audio
from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from musicrec_core.records import FloatArray

NATIVE_RATES_HZ = (44100, 48000)
"""All others are brought to the first."""
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
CHUNK_SAMPLES = 1 << 19
SPARE_SAMPLES = 64
"""Resampling may give a few samples less than was asked for."""
MAX_DAMAGED_PACKETS = 2000


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Windows of one song.

    windows: float32 [W, 6 s], mono, full scale 1.0. A song shorter than a window is repeated
    until it fills one; `heard_s` says how much was decoded.
    power_ratio: power of all channels together over the power of the mono mix.
    """

    windows: FloatArray
    sample_rate_hz: int
    duration_s: float
    heard_s: float
    power_ratio: float


@dataclass(frozen=True, slots=True)
class _Sound:
    """Decoded sound. mono: float32 [n]; the powers are sums of squares over n and channels."""

    mono: FloatArray
    rate_hz: int
    channels_power: float = 0.0
    mono_power: float = 0.0


def read_excerpts(path: str) -> Excerpts:
    """Excerpts of the first audio stream of a file named as `os.fsdecode` gives it.

    Raises UnreadableFileError where nothing at all can be decoded.
    """
    with open_audio(path) as (container, stream):
        claimed_s = _claimed_duration_s(container, stream)
        sound = _listen(container, stream, claimed_s)
    if sound.mono.size == 0:
        raise UnreadableFileError(path, "it holds no sound that can be decoded")
    mono, heard_s = sound.mono, sound.mono.size / sound.rate_hz
    if not np.isfinite(sound.mono_power):  # files of floating-point samples can hold anything
        mono = np.nan_to_num(mono, posinf=0.0, neginf=0.0)
    ratio = sound.channels_power / sound.mono_power if sound.mono_power > 0 else 1.0
    return Excerpts(
        windows=_windows(mono, round(WINDOW_S * sound.rate_hz)),
        sample_rate_hz=sound.rate_hz,
        duration_s=max(claimed_s or 0.0, heard_s),
        heard_s=heard_s,
        power_ratio=ratio if np.isfinite(ratio) else 1.0,
    )


def _claimed_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and container.duration > 0:
        return container.duration / 1e6
    return None


def _listen(container: InputContainer, stream: AudioStream, claimed_s: float | None) -> _Sound:
    """All that is heard, end to end."""
    if claimed_s is not None and claimed_s > BUDGET_S:
        pieces = _spread(container, stream, claimed_s)
        if pieces:
            return _joined(pieces)
        container.seek(0)  # it lied about its length
    return _decode(container, stream, None, BUDGET_S)


def _spread(container: InputContainer, stream: AudioStream, duration_s: float) -> list[_Sound]:
    """Whole windows at even places; what lies past the real end is left out."""
    import av

    if duration_s > LONG_S and container.format.name == "mp3":
        container.flags |= av.container.Flags.fast_seek.value  # type: ignore[operator]
    pieces = []
    for i in range(WINDOWS_SPREAD):
        start_s = (i + 0.5) / WINDOWS_SPREAD * duration_s - WINDOW_S / 2
        with suppress(av.FFmpegError):  # one damaged place does not spoil the others
            pieces.append(_decode(container, stream, start_s, WINDOW_S))
    size = max((piece.mono.size for piece in pieces), default=0)
    return [piece for piece in pieces if piece.mono.size == size > 0]


def _decode(
    container: InputContainer, stream: AudioStream, start_s: float | None, length_s: float
) -> _Sound:
    """Decode from a time on, or from where the container stands, `length_s` or less.

    A stream glued from unlike parts ends where they change.
    """
    from av.audio.fifo import AudioFifo
    from av.audio.resampler import AudioResampler

    if start_s is not None:
        _seek(container, stream, start_s - SEEK_EARLY_S)
    frames = _frames(container, stream)
    first = next(frames, None)
    if first is None:
        return _joined([])
    rate_hz = first.sample_rate if first.sample_rate in NATIVE_RATES_HZ else NATIVE_RATES_HZ[0]
    layout = "mono" if first.layout.nb_channels == 1 else "stereo"
    resampler, fifo = AudioResampler("fltp", layout, rate_hz), AudioFifo()
    early = _samples_before(first, stream, start_s)
    missing = early + round(length_s * first.sample_rate) + SPARE_SAMPLES
    parts = []
    for frame in itertools.chain([first], frames):
        frame.pts = None  # the queue refuses gaps
        missing -= frame.samples
        try:
            fifo.write(frame)
        except ValueError:
            break
        if early and fifo.samples >= early:
            fifo.read(early)
            early = 0
        if missing <= 0:
            break
        if fifo.samples >= early + CHUNK_SAMPLES:
            parts.append(_mixed(resampler.resample(fifo.read()), rate_hz))
    rest = resampler.resample(fifo.read()) if fifo.samples and not early else []
    parts.append(_mixed(rest + resampler.resample(None), rate_hz))
    whole = _joined(parts)
    return replace(whole, mono=whole.mono[: round(length_s * rate_hz)])


def _samples_before(first: AudioFrame, stream: AudioStream, start_s: float | None) -> int:
    """How many samples to throw away from the first frame on, at the stream's own rate."""
    if start_s is None or first.time is None:
        return 0
    origin_s = float((stream.start_time or 0) * (stream.time_base or 0))
    return max(0, round((start_s - first.time + origin_s) * first.sample_rate))


def _joined(parts: list[_Sound]) -> _Sound:
    parts = [part for part in parts if part.mono.size]
    if not parts:
        return _Sound(np.zeros(0, dtype=np.float32), NATIVE_RATES_HZ[0])
    return _Sound(
        parts[0].mono if len(parts) == 1 else np.concatenate([part.mono for part in parts]),
        parts[0].rate_hz,
        sum(part.channels_power for part in parts),
        sum(part.mono_power for part in parts),
    )


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


def _mixed(frames: list[AudioFrame], rate_hz: int) -> _Sound:
    """Planar frames mixed down to mono, with the power of all channels and of the mix."""
    if len(frames) != 1:
        return _joined([_mixed([frame], rate_hz) for frame in frames])
    planes, size = frames[0].planes, frames[0].samples
    channels = [np.frombuffer(memoryview(plane), np.float32, count=size) for plane in planes]
    mono = channels[0] if len(channels) == 1 else (channels[0] + channels[1]) * np.float32(0.5)
    power = sum(float(np.dot(channel, channel)) for channel in channels)
    return _Sound(mono, rate_hz, power, float(np.dot(mono, mono)))


def _windows(mono: FloatArray, size: int) -> FloatArray:
    """Cut mono sound [n] into windows [W, size], spread evenly from end to end."""
    if mono.size < size:
        return np.resize(mono, (1, size))
    if mono.size % size == 0:
        return mono.reshape(-1, size)
    starts = np.linspace(0, mono.size - size, round(mono.size / size)).astype(int)
    return np.stack([mono[start : start + size] for start in starts])
