from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from musicrec_core.library.chunks import tagged
from musicrec_core.library.tags import read_tags
from tests.support.media import tag, write_tone


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def with_info(path: Path, fields: dict[bytes, bytes]) -> Path:
    """A WAV file with an INFO list behind its sound."""
    write_tone(path, seconds=0.5)
    listed = b"INFO" + b"".join(chunk(name, value) for name, value in fields.items())
    data = path.read_bytes() + chunk(b"LIST", listed)
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    return path


def test_the_info_list_of_a_wav_file_is_read(tmp_path: Path) -> None:
    path = with_info(
        tmp_path / "a.wav",
        {
            b"INAM": "Tön".encode() + b"\0",
            b"IART": "Käthe".encode("cp1252"),
            b"IPRD": b"Al\0",
            b"IGNR": b"Folk",
            b"ICRD": b"1999-04-01",
            b"ITRK": b"3",
            b"ISFT": b"Lavf",
        },
    )
    tags = read_tags(str(path))
    assert (tags.title, tags.artist, tags.album) == ("Tön", "Käthe", "Al")
    assert (tags.genres, tags.year, tags.track_no) == (("Folk",), 1999, 3)


def test_tags_of_its_own_kind_come_before_the_info_list(tmp_path: Path) -> None:
    path = with_info(tmp_path / "a.wav", {b"INAM": b"Old"})
    tag(path, {"title": "New"})
    assert read_tags(str(path)).title == "New"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\0\0\0\0WAVELIST\xff\xff\xff\x7fINFO",
        b"RIFF\0\0\0\0WAVELIST\x0c\0\0\0INFOINAM\xff\xff\xff\xff",
        b"OggS" + bytes(100),
    ],
)
def test_a_damaged_list_gives_no_tags(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    assert read_tags(str(path)).title == ""
    if len(data) >= 12:
        assert not tagged(io.BytesIO(data)).fields
