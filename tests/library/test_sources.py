"""Tags in every place of a file, field by field, whatever its name says."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC

from musicrec_core.app.library.look import look
from musicrec_core.records import Tags
from tests.support.media import strip, tag, write_tone

LONG_TITLE = "A title that is much longer than thirty letters"


def tags_of(path: Path) -> Tags:
    return look(str(path)).tags


def bare(path: Path) -> Path:
    write_tone(path, seconds=0.5)
    strip(path)
    return path


def id3v1(title: str, artist: str, genre: int = 255) -> bytes:
    fields = (title.encode()[:30].ljust(30, b"\0"), artist.encode()[:30].ljust(30, b"\0"))
    return b"TAG" + b"".join(fields) + bytes(64) + bytes([genre])


def id3v2(**texts: str) -> bytes:
    frames = b""
    for name, text in texts.items():
        data = b"\x03" + text.encode()
        frames += name.encode() + struct.pack(">I", len(data)) + b"\0\0" + data
    assert len(frames) < 128
    return b"ID3\x04\0\0\0\0\0" + bytes([len(frames)]) + frames


def test_apev2_fills_what_id3v2_lacks_and_goes_before_id3v1(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.mp3")
    ape = APEv2()
    ape["Title"], ape["Artist"] = LONG_TITLE, "Of APE"
    ape.save(path)
    path.write_bytes(id3v2(TPE1="Of ID3") + path.read_bytes() + id3v1(LONG_TITLE, "Old", 17))
    tags = tags_of(path)
    assert (tags.title, tags.artist, tags.genres) == (LONG_TITLE, "Of ID3", ("Rock",))


def test_a_second_id3v2_fills_what_the_first_lacks(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.mp3")
    path.write_bytes(
        id3v2(TSSE="LAME", TIT2="First") + id3v2(TIT2="Second", TPE1="Ann") + path.read_bytes()
    )
    tags = tags_of(path)
    assert (tags.title, tags.artist) == ("First", "Ann")


def test_a_field_without_meaning_leaves_room_for_another(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.mp3")
    ape = APEv2()
    ape["Year"], ape["Track"], ape["Genre"] = "1987", "3", "Dub"
    ape.save(path)
    path.write_bytes(id3v2(TDRC="0000", TRCK="0", TCON="Unknown", TIT2=" ") + path.read_bytes())
    tags = tags_of(path)
    assert (tags.title, tags.year, tags.track_no, tags.genres) == ("", 1987, 3, ("Dub",))


def test_id3_in_front_of_flac_fills_what_its_comments_lack(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.flac")
    flac = FLAC(path)
    flac["title"] = "Own"
    flac.save()
    path.write_bytes(id3v2(TIT2="Other", TPE1="Ann") + path.read_bytes())
    tags = tags_of(path)
    assert (tags.title, tags.artist) == ("Own", "Ann")


@pytest.mark.parametrize(
    ("container", "encoder", "suffix"),
    [
        ("matroska", "libopus", "mka"),
        ("webm", "libopus", "weba"),
        ("caf", "pcm_s16be", "caf"),
        ("aiff", "pcm_s16be", "aiff"),
        ("au", "pcm_s16be", "au"),
        ("tta", "tta", "tta"),
    ],
)
def test_containers_that_only_ffmpeg_knows_say_who_sings(
    tmp_path: Path, container: str, encoder: str, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    with av.open(str(path), "w", format=container) as out:
        out.metadata.update(title="A Title", **{"author" if suffix == "aiff" else "artist": "Ann"})
        stream = out.add_stream(encoder, rate=48000, layout="stereo")
        frame = av.AudioFrame(format=stream.format.name, layout="stereo", samples=960)
        frame.sample_rate = 48000
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for number in range(30):
            frame.pts = number * 960
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    tags = tags_of(path)
    assert (tags.title, tags.artist) == ("A Title", "Ann")


@pytest.mark.parametrize(
    ("fmt", "name"),
    [("m4a", "a.mp3"), ("m4a", "a.flac"), ("flac", "a.mp3"), ("ogg", "a.flac"), ("mp3", "a.m4a"),
     ("flac", "a.wav"), ("wav", "a.mp3"), ("opus", "a.wma")],
)  # fmt: skip
def test_a_name_that_lies_about_the_content_changes_nothing(
    tmp_path: Path, fmt: str, name: str
) -> None:
    path = write_tone(tmp_path / f"true.{fmt}", tags={"title": "A Title", "artist": "Ann"})
    tags = tags_of(path.rename(tmp_path / name))
    assert (tags.title, tags.artist) == ("A Title", "Ann")


def test_artists_that_the_file_separates_stay_separate(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.flac", tags={"artist": ["Ann", "Bob"]})
    assert (tags_of(path).artist, tags_of(path).artists) == ("Ann; Bob", ("Ann", "Bob"))
    tag(path, {"artist": "Ann feat. Bob", "artists": ["Ann", "Bob"]})
    assert (tags_of(path).artist, tags_of(path).artists) == ("Ann feat. Bob", ("Ann", "Bob"))


def test_lists_and_texts_without_end_are_cut(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.flac")
    tag(path, {"artist": [f"Artist {n}" for n in range(3000)], "title": "x" * 100_000})
    tags = tags_of(path)
    assert (len(tags.artists), len(tags.title)) == (100, 1000)
    assert len(tags.artist) <= 1000


def test_id3v1_alone_is_read(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.mp3")
    path.write_bytes(path.read_bytes() + id3v1("Old title", "Old artist"))
    assert (tags_of(path).title, tags_of(path).artist) == ("Old title", "Old artist")
    path.write_bytes(id3v2(TCON="House") + path.read_bytes())
    tags = tags_of(path)
    assert (tags.title, tags.genres) == ("Old title", ("House",))
