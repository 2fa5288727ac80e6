"""Lengths are those that decoding bears out, or unknown; what decodes is never refused."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.audio.decode import read_excerpts
from musicrec_core.audio.identity import probe
from tests.support.media import write_audio, write_tone


def noise(seconds: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.2, round(44100 * seconds)).astype(np.float32)


def wav_from_a_pipe(folder: Path) -> Path:
    path = write_tone(folder / "a.wav", seconds=3)
    data = path.read_bytes()
    at = data.index(b"data") + 4
    unknown = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(data[:4] + unknown + data[8:at] + unknown + data[at + 4 :])
    return path


def wav_cut_off(folder: Path) -> Path:
    path = write_tone(folder / "a.wav", seconds=6)
    path.write_bytes(path.read_bytes()[: 44 + 44100 * 4 * 3])
    return path


def mp3s_joined(folder: Path) -> Path:
    parts = [write_tone(folder / f"{n}.mp3", seconds=1.5, freq=n).read_bytes() for n in (300, 500)]
    (folder / "a.mp3").write_bytes(b"".join(parts))
    return folder / "a.mp3"


def mp3_cut_off(folder: Path) -> Path:
    path = write_audio(folder / "a.mp3", noise(6))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def flac_from_a_pipe(folder: Path) -> Path:
    path = write_tone(folder / "a.flac", seconds=3)
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0  # of the 36 bits that count the samples
    data[22:26] = bytes(4)
    path.write_bytes(data)
    return path


def aac_without_a_container(folder: Path) -> Path:
    import av

    path = folder / "a.aac"
    source = write_audio(folder / "s.m4a", np.concatenate([noise(1), np.zeros(88200, np.float32)]))
    with av.open(str(source)) as inner, av.open(str(path), "w", format="adts") as out:
        stream = out.add_stream_from_template(inner.streams.audio[0])
        for packet in inner.demux(inner.streams.audio[0]):
            if packet.size:
                packet.stream = stream
                out.mux(packet)
    return path


def oggs_chained(folder: Path) -> Path:
    low = write_tone(folder / "1.ogg", seconds=1.5, sample_rate=22050).read_bytes()
    high = write_tone(folder / "2.ogg", seconds=1.5, sample_rate=44100).read_bytes()
    (folder / "a.ogg").write_bytes(low + high)
    return folder / "a.ogg"


def opus_chained(folder: Path) -> Path:
    parts = [write_tone(folder / f"{n}.opus", seconds=1.5, freq=n).read_bytes() for n in (300, 500)]
    (folder / "a.opus").write_bytes(b"".join(parts))
    return folder / "a.opus"


@pytest.mark.parametrize(
    "make",
    [wav_from_a_pipe, wav_cut_off, mp3s_joined, mp3_cut_off, flac_from_a_pipe,
     aac_without_a_container, oggs_chained, opus_chained],
)  # fmt: skip
def test_a_length_is_that_of_the_sound_whatever_the_header_says(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = str(make(tmp_path))
    assert probe(path).length_s == pytest.approx(3, abs=0.15)
    assert read_excerpts(path).length_s == pytest.approx(3, abs=0.15)


def test_listening_finds_out_where_a_file_was_cut_off(tmp_path: Path) -> None:
    path = write_audio(tmp_path / "a.flac", noise(50))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 4 // 5])
    assert read_excerpts(str(path)).length_s == pytest.approx(40, abs=1)


def test_a_long_song_of_unknown_length_is_heard_from_end_to_end(tmp_path: Path) -> None:
    silence = np.zeros(44100 * 36, np.float32)
    path = write_audio(tmp_path / "a.flac", np.concatenate([silence, noise(12)]))
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    path.write_bytes(data)
    excerpts = read_excerpts(str(path))
    assert excerpts.length_s == pytest.approx(48, abs=0.2)
    assert np.abs(excerpts.windows[-1]).max() > 0.1, "the end was not heard"


def test_links_of_a_chain_that_differ_are_all_reached(tmp_path: Path) -> None:
    quiet = write_audio(tmp_path / "1.ogg", np.zeros(44100 * 20, np.float32), 22050).read_bytes()
    loud = write_audio(tmp_path / "2.ogg", noise(30), 44100).read_bytes()
    path = tmp_path / "a.ogg"
    path.write_bytes(quiet + loud)
    excerpts = read_excerpts(str(path))
    assert excerpts.length_s == pytest.approx(70, abs=0.5)
    assert np.abs(excerpts.windows[-1]).max() > 0.1
