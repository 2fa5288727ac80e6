"""Read a few short excerpts of a song instead of all of it, in bounded memory.

A long song is sampled at places spread over it; one that fits the budget is read from its start.
Frames gather in a C-side queue and are converted many at a time, because handling each of the
thousand small frames in Python costs as much as decoding them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from musicrec_core.records import FloatArray

SAMPLE_RATE_HZ = 22050
WINDOW_S = 6.0
WINDOW_SAMPLES = int(WINDOW_S * SAMPLE_RATE_HZ)
WINDOWS_SPREAD = 4
"""Windows taken from a song that is longer than the budget."""
BUDGET_S = 31.0
"""A song up to this long, or of unknown length, is read from its start without seeking."""
SEEK_EARLY_S = 0.5
"""Codecs need a little run-up after a seek; it is decoded and cut off."""
CHUNK_SAMPLES = 1 << 16
MAX_DAMAGED_PACKETS = 2000


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Windows of one song.

    windows: float32 [W, WINDOW_SAMPLES], mono, full scale 1.0. A song shorter than a window is
    repeated until it fills one; `heard_s` says how much of it is real.
    power_ratio: power of all channels together over the power of the mono mix.
    """

    windows: FloatArray
    sample_rate_hz: int
    duration_s: float
    heard_s: float
    power_ratio: float


def read_excerpts(path: str) -> Excerpts:
    """Excerpts of the first audio stream of a file named as `os.fsdecode` gives it.

    Raises UnreadableFileError where nothing at all can be decoded.
    """
    import av

    try:
        with av.open(path) as container:
            return _read(path, container)
    except (OSError, av.FFmpegError, ValueError) as error:
        raise UnreadableFileError(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    """FFmpeg reports an empty file as a matter of permissions; say what it is."""
    text = getattr(error, "strerror", None) or str(error)
    if isinstance(error, PermissionError) and "not permitted" in text:
        return "the file is empty or no audio"
    return f"cannot be decoded ({text})"


def _read(path: str, container: InputContainer) -> Excerpts:
    if not container.streams.audio:
        raise UnreadableFileError(path, "holds no audio")
    stream = container.streams.audio[0]
    stream.codec_context.thread_count = 1  # the scan runs one process a core
    claimed_s = _claimed_duration_s(container, stream)
    pieces: list[FloatArray] = []
    if claimed_s is not None and claimed_s > BUDGET_S:
        pieces = _spread(container, stream, claimed_s)
    if not pieces:  # short, of unknown length, or it lied about its length
        container.seek(0)
        pieces = [_decode(container, stream, None, BUDGET_S)]
    stereo = np.concatenate(pieces, axis=1)
    if stereo.shape[1] == 0:
        raise UnreadableFileError(path, "holds no sound that can be decoded")
    heard_s = stereo.shape[1] / SAMPLE_RATE_HZ
    mono = stereo.mean(axis=0)
    return Excerpts(
        windows=_windows(mono),
        sample_rate_hz=SAMPLE_RATE_HZ,
        duration_s=max(claimed_s or 0.0, heard_s),
        heard_s=heard_s,
        power_ratio=_power_ratio(stereo, mono),
    )


def _claimed_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and container.duration > 0:
        return container.duration / 1e6
    return None


def _spread(
    container: InputContainer, stream: AudioStream, duration_s: float
) -> list[FloatArray]:
    """Windows at even places: float32 [C, WINDOW_SAMPLES] each; those past the end are left out."""
    import av

    pieces = []
    for i in range(WINDOWS_SPREAD):
        start_s = (i + 0.5) / WINDOWS_SPREAD * duration_s - WINDOW_S / 2
        try:
            piece = _decode(container, stream, start_s, WINDOW_S)
        except av.FFmpegError:
            continue
        if piece.shape[1] == WINDOW_SAMPLES:
            pieces.append(piece)
    return pieces


def _decode(
    container: InputContainer, stream: AudioStream, start_s: float | None, length_s: float
) -> FloatArray:
    """Decode from a time on, or from where the container stands: float32 [C, <= length]."""
    if start_s is not None:
        _seek(container, stream, start_s - SEEK_EARLY_S)
    wanted = int(length_s * SAMPLE_RATE_HZ)
    out: list[FloatArray] = []
    skip, have = 0, 0
    for block, block_time_s in _blocks(container, stream):
        if not out and start_s is not None and block_time_s is not None:
            skip = max(0, round((start_s - block_time_s) * SAMPLE_RATE_HZ))
        out.append(block)
        have += block.shape[1]
        if have >= skip + wanted:
            break
    if not out:
        return np.zeros((1, 0), dtype=np.float32)
    return np.concatenate(out, axis=1)[:, skip : skip + wanted]


def _seek(container: InputContainer, stream: AudioStream, time_s: float) -> None:
    assert stream.time_base is not None
    container.seek(
        max(0, int(time_s / stream.time_base)) + (stream.start_time or 0), stream=stream
    )


def _blocks(
    container: InputContainer, stream: AudioStream
) -> Iterator[tuple[FloatArray, float | None]]:
    """Decoded sound from here on in blocks, float32 [C, n], each with its time in the song."""
    from av.audio.fifo import AudioFifo
    from av.audio.resampler import AudioResampler

    origin_s = float((stream.start_time or 0) * (stream.time_base or 0))
    fifo, resampler, kind, time_s = AudioFifo(), None, None, None
    for frame in _frames(container, stream):
        if resampler is None:
            kind = (frame.sample_rate, frame.layout.name, frame.format.name)
            layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
            resampler = AudioResampler("fltp", layout, SAMPLE_RATE_HZ)
            time_s = None if frame.time is None else frame.time - origin_s
        if (frame.sample_rate, frame.layout.name, frame.format.name) != kind:
            break  # a stream glued from unlike parts ends here
        frame.pts = None
        fifo.write(frame)
        if fifo.samples >= CHUNK_SAMPLES:
            yield _converted(resampler.resample(fifo.read())), time_s
            time_s = None
    if resampler is not None:
        rest = fifo.read() if fifo.samples else None
        last = [] if rest is None else resampler.resample(rest)
        last += resampler.resample(None)
        if last:
            yield _converted(last), time_s


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decoded frames; damaged packets are passed over, up to a limit."""
    import av

    damaged = 0
    for packet in container.demux(stream):
        try:
            yield from packet.decode()  # type: ignore[misc]
        except av.error.InvalidDataError:
            damaged += 1
            if damaged > MAX_DAMAGED_PACKETS:
                return


def _converted(frames: list[AudioFrame]) -> FloatArray:
    if not frames:
        return np.zeros((1, 0), dtype=np.float32)
    block = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
    return np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0).astype(np.float32, copy=False)


def _windows(mono: FloatArray) -> FloatArray:
    """Cut mono sound [n] into windows [W, WINDOW_SAMPLES], spread evenly from end to end."""
    if mono.size < WINDOW_SAMPLES:
        return np.resize(mono, (1, WINDOW_SAMPLES))
    count = round(mono.size / WINDOW_SAMPLES)
    starts = np.linspace(0, mono.size - WINDOW_SAMPLES, count).astype(int)
    return np.stack([mono[start : start + WINDOW_SAMPLES] for start in starts])


def _power_ratio(stereo: FloatArray, mono: FloatArray) -> float:
    if stereo.shape[0] == 1:
        return 1.0
    mono_power = float(np.mean(mono * mono))
    if mono_power <= 1e-12:
        return float(stereo.shape[0])
    return float(np.mean(stereo * stereo)) * stereo.shape[0] / mono_power
