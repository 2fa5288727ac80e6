"""Read a few short excerpts of a song instead of all of it, in bounded memory.

A long song is sampled at places spread over it; one that fits the budget is read from its start.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.container import open_audio, packets
from musicrec_core.audio.frame_buffer import FrameBuffer, Sound, joined
from musicrec_core.audio.lengths import oggpages
from musicrec_core.audio.lengths.measure import counted_s, length_s
from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from musicrec_core.audio.lengths.oggpages import Link
    from musicrec_core.records import FloatArray

    Place = tuple[Link, float | None, float]

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
SHORT = 0.9
"""Where less of the claimed length can be decoded, its packets are counted."""
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
    length_s: float | None = None
    """Of the whole sound, as far as decoding bears it out; None where that is unknown."""


def read_excerpts(path: str) -> Excerpts:
    """Excerpts of the first audio stream of a file named as `os.fsdecode` gives it.

    Raises UnreadableFileError where nothing at all can be decoded.
    """
    links = oggpages.chain(path)
    sound, length = _hear_chain(path, links) if links else _hear(path)
    if sound.tracks.size == 0:
        raise UnreadableFileError(path, "it holds no sound that can be decoded")
    tracks, heard_s = sound.tracks, sound.seconds
    power = [float(np.dot(track, track)) for track in tracks]
    if not np.isfinite(power).all():  # files of floating-point samples can hold anything
        tracks = np.nan_to_num(tracks, posinf=0.0, neginf=0.0)
    ratio = len(tracks) * sum(power) / power[0] if power[0] > 0 else 1.0
    size = round(WINDOW_S * sound.rate_hz)
    wide = len(tracks) > 1 and not power[1] <= NARROW * power[0]
    return Excerpts(
        windows=_windows(tracks[0], size),
        sample_rate_hz=sound.rate_hz,
        duration_s=max(length or 0.0, heard_s),
        heard_s=heard_s,
        power_ratio=ratio if np.isfinite(ratio) else 1.0,
        sides=_windows(tracks[1], size) if wide else None,
        length_s=length or (heard_s if heard_s < BUDGET_S - 1 else None),
    )


def _hear(path: str) -> tuple[Sound, float | None]:
    """All that is heard, end to end, and how long the whole is: what decoding bears out."""
    with open_audio(path) as (container, stream):
        claimed_s = length_s(path, container, stream)
        if claimed_s is None or claimed_s <= BUDGET_S:
            _rewind(container)  # measuring may have moved it
            sound = _decode(container, stream, None, BUDGET_S)
            short = claimed_s is not None and sound.seconds < SHORT * claimed_s
            return sound, counted_s(path, container, stream) if short else claimed_s
        pieces = _spread(container, stream, claimed_s)
        if len(pieces) < WINDOWS_SPREAD:  # it is cut off, or lied
            there_s = counted_s(path, container, stream)
            if there_s is not None and there_s < claimed_s:
                claimed_s = there_s
                pieces = _spread(container, stream, there_s) if there_s > BUDGET_S else []
        if pieces:
            return joined(pieces), claimed_s
        _rewind(container)
        return _decode(container, stream, None, BUDGET_S), claimed_s


def _hear_chain(path: str, links: list[Link]) -> tuple[Sound, float]:
    """The same of streams one after the other, which FFmpeg gives up on where they differ."""
    whole_s = sum(link.length_s for link in links)
    if whole_s <= BUDGET_S:
        places: list[Place] = [(link, None, link.length_s) for link in links]
    else:
        middles = [(i + 0.5) / WINDOWS_SPREAD * whole_s for i in range(WINDOWS_SPREAD)]
        places = [_place(links, middle_s) for middle_s in middles]
    pieces = []
    for link, start_s, wanted_s in places:
        with (
            suppress(UnreadableFileError),  # one damaged link does not spoil the others
            open_audio(path, (link.start, link.end)) as (container, stream),
        ):
            pieces.append(_decode(container, stream, start_s, wanted_s))
    return joined(_alike(pieces)), whole_s


def _place(links: list[Link], middle_s: float) -> Place:
    """The link that a time lies in, and where in it a window around that time starts."""
    before_s = 0.0
    for link in links:
        if middle_s < before_s + link.length_s:
            break
        before_s += link.length_s
    start_s = min(middle_s - before_s - WINDOW_S / 2, link.length_s - WINDOW_S)
    return link, start_s if start_s > SEEK_EARLY_S else None, WINDOW_S


def _alike(pieces: list[Sound]) -> list[Sound]:
    """Those of the rate and channels that most of the sound has."""
    kinds = [(piece.rate_hz, len(piece.tracks)) for piece in pieces]
    shares: Counter[tuple[int, int]] = Counter()
    for kind, piece in zip(kinds, pieces, strict=True):
        shares[kind] += piece.tracks.shape[1]
    most = max(shares, key=lambda kind: shares[kind], default=(0, 0))
    return [piece for kind, piece in zip(kinds, pieces, strict=True) if kind == most]


def _rewind(container: InputContainer) -> None:
    import av

    with suppress(av.FFmpegError):  # some raw streams cannot: they were not moved either
        container.seek(0)


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
    buffer = FrameBuffer(first, early, length_s)
    for frame in itertools.chain([first], frames):
        missing -= frame.samples
        if not buffer.take(frame) or missing <= 0:
            break
    return buffer.finish()


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
    for packet in packets(container, stream):
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
