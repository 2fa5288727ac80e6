from __future__ import annotations

import os
import random

import pytest
from mutagen import id3
from mutagen.apev2 import APEv2
from mutagen.asf import ASF
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, AtomDataType, MP4FreeForm

from musicrec_core.errors import UnreadableFileError
from musicrec_core.library.tags import read_tags
from musicrec_core.records import Tags
from tests.support.media import FORMATS, add_cover, strip, tag, write_tone

EVERYTHING = {
    "title": "Tön",
    "artist": "Ann",
    "album": "Al",
    "albumartist": "Various",
    "composer": "Cy",
    "genre": ["Rock", "Jazz"],
    "tracknumber": "3/12",
    "discnumber": "1/2",
    "date": "1999-04-01",
    "compilation": "1",
}


def mp3(path, *frames, **saving):
    write_tone(path / "a.mp3", seconds=0.2)
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(path / "a.mp3", **saving)
    return read_tags(str(path / "a.mp3"))


@pytest.mark.parametrize("fmt", [*FORMATS, "aiff"])
def test_every_field_of_every_format_is_read(tmp_path, fmt):
    fields = dict(EVERYTHING)
    if fmt == "m4a":  # mutagen's easy names leave these atoms out
        del fields["compilation"], fields["composer"]
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.5, tags=fields)
    if fmt == "m4a":
        file = MP4(path)
        file["cpil"], file["\xa9wrt"] = True, ["Cy"]
        file.save()
    tags = read_tags(str(path))
    assert tags == Tags(
        title="Tön", artist="Ann", album="Al", album_artist="Various", composer="Cy",
        genres=("Rock", "Jazz"), track_no=3, disc_no=1, year=1999, compilation=True,
        artists=("Ann",),
    )  # fmt: skip


def test_asf_is_read(tmp_path):
    path = write_tone(tmp_path / "a.wma", seconds=0.5)
    file = ASF(path)
    file["Title"], file["Author"], file["WM/AlbumTitle"] = "T", "A", "L"
    file["WM/Genre"], file["WM/TrackNumber"], file["WM/Year"] = "17", 4, "2001"
    file["WM/SharedUserRating"] = 75
    file.save()
    tags = read_tags(str(path))
    assert (tags.title, tags.artist, tags.album) == ("T", "A", "L")
    assert (tags.genres, tags.track_no, tags.year, tags.rating) == (("Rock",), 4, 2001, 4)


@pytest.mark.parametrize("fmt", ["wv", "mp3"])
def test_apev2_is_read_in_its_own_format_and_behind_an_mp3(tmp_path, fmt):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.5)
    tags = APEv2()
    tags["Title"], tags["Album Artist"], tags["Track"] = "T", "AA", "2/3"
    tags["Genre"] = ["Dub", "Ska"]
    tags["FMPS_RATING"] = "0.6"
    tags.save(path)
    read = read_tags(str(path))
    assert (read.title, read.album_artist, read.track_no) == ("T", "AA", 2)
    assert (read.genres, read.rating) == (("Dub", "Ska"), 3)


@pytest.mark.parametrize("version", [3, 4])
def test_id3_of_both_living_versions_is_read(tmp_path, version):
    frames = [
        id3.TIT2(encoding=1, text=["Tön"]),
        id3.TCON(encoding=1, text=["(17)"]),
        id3.TDRC(encoding=1, text=["1999-04-01"]),
        id3.TPOS(encoding=1, text=["2/2"]),
    ]
    tags = mp3(tmp_path, *frames, v2_version=version)
    assert (tags.title, tags.genres, tags.year, tags.disc_no) == ("Tön", ("Rock",), 1999, 2)


def test_id3_of_version_2_2_is_read(tmp_path):
    path = write_tone(tmp_path / "a.mp3", seconds=0.2)
    strip(path)
    frames = b"".join(
        name + len(text).to_bytes(3, "big") + text
        for name, text in [(b"TT2", b"\0Title"), (b"TP1", b"\0Artist"), (b"TYE", b"\x001987")]
    )
    header = b"ID3\x02\0\0" + bytes([0, 0, 0, len(frames)])
    path.write_bytes(header + frames + path.read_bytes())
    tags = read_tags(str(path))
    assert (tags.title, tags.artist, tags.year) == ("Title", "Artist", 1987)


def test_id3_version_1_is_read(tmp_path):
    path = write_tone(tmp_path / "a.mp3", seconds=0.2)
    strip(path)
    fields = b"Old".ljust(30, b"\0") + b"Artist".ljust(30, b"\0") + b"Album".ljust(30, b"\0")
    path.write_bytes(path.read_bytes() + b"TAG" + fields + b"1975" + b"\0" * 29 + b"\x07\x11")
    tags = read_tags(str(path))
    assert (tags.title, tags.artist, tags.year) == ("Old", "Artist", 1975)
    assert (tags.track_no, tags.genres) == (7, ("Rock",))


def test_ratings_are_read_from_popm_and_fmps(tmp_path):
    assert mp3(tmp_path, id3.POPM(email="x", rating=196, count=3)).rating == 4
    assert mp3(tmp_path, id3.POPM(email="x", rating=0, count=3)).rating is None
    assert mp3(tmp_path, id3.TXXX(encoding=3, desc="FMPS_Rating", text=["0.4"])).rating == 2


@pytest.mark.parametrize("fmt", ["flac", "ogg", "opus"])
def test_ratings_are_read_from_vorbis_comments(tmp_path, fmt):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.2)
    tag(path, {"rating:me@a.example": "0.8"})
    assert read_tags(str(path)).rating == 4
    tag(path, {"FMPS_RATING": "1.0"})
    assert read_tags(str(path)).rating == 5


def test_ratings_are_read_from_free_form_atoms(tmp_path):
    path = write_tone(tmp_path / "a.m4a", seconds=0.2)
    file = MP4(path)
    file["----:com.apple.iTunes:FMPS_Rating"] = [MP4FreeForm(b"0.6", AtomDataType.UTF8)]
    file.save()
    assert read_tags(str(path)).rating == 3


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1999", 1999),
        ("1999-04-01", 1999),
        ("19990401", 1999),
        ("01.04.1999", 1999),
        ("2004-05-06T07:08:09Z", 2004),
        ("99", None),
        ("0000", None),
        ("", None),
    ],
)
def test_the_year_is_found_in_any_kind_of_date(tmp_path, date, year):
    path = write_tone(tmp_path / "a.flac", seconds=0.2, tags={"date": date})
    assert read_tags(str(path)).year == year


def test_the_original_year_stands_in_for_a_missing_one(tmp_path):
    path = write_tone(tmp_path / "a.flac", seconds=0.2, tags={"originaldate": "1971"})
    assert read_tags(str(path)).year == 1971
    tag(path, {"date": "2010"})
    assert read_tags(str(path)).year == 2010


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("03/12", 3), (" 7 ", 7), ("0", None), ("A1", None), ("", None),
                         ("99999", None), ("-2", None)]
)  # fmt: skip
def test_a_track_number_is_a_plain_number(tmp_path, text, number):
    path = write_tone(tmp_path / "a.ogg", seconds=0.2, tags={"tracknumber": text})
    assert read_tags(str(path)).track_no == number


def test_several_artists_are_all_kept(tmp_path):
    path = write_tone(tmp_path / "a.flac", seconds=0.2, tags={"artist": ["Ann", "Bob", "Ann"]})
    assert read_tags(str(path)).artist == "Ann; Bob"
    assert mp3(tmp_path, id3.TPE1(encoding=3, text=["Ann", "Bob"])).artist == "Ann; Bob"


def test_hostile_text_is_made_safe(tmp_path):
    tags = mp3(
        tmp_path,
        id3.TIT2(encoding=3, text=["\x1b[2Jclear\nme\u202e"]),
        id3.TALB(encoding=3, text=["x" * 100_000]),
    )
    assert tags.title == "clear me"
    assert len(tags.album) == 1000


def test_a_file_without_tags_has_empty_ones(tmp_path):
    path = write_tone(tmp_path / "a.mp3", seconds=0.5)
    strip(path)
    assert read_tags(str(path)) == Tags()


@pytest.mark.parametrize("data", [b"", b"no music", bytes(5000), b"ID3\x04\0\0\x7f\x7f\x7f\x7f"])
def test_what_is_no_music_has_no_tags_and_raises_nothing(tmp_path, data):
    (tmp_path / "a.mp3").write_bytes(data)
    assert read_tags(str(tmp_path / "a.mp3")) == Tags()


def test_good_tags_on_damaged_sound_are_read(tmp_path):
    path = tmp_path / "a.mp3"
    tags = ID3()
    tags.add(id3.TIT2(encoding=3, text=["Title"]))
    path.write_bytes(b"")
    tags.save(path)
    assert read_tags(str(path)).title == "Title"


def test_a_file_that_is_gone_is_unreadable_and_says_so(tmp_path):
    with pytest.raises(UnreadableFileError) as caught:
        read_tags(str(tmp_path / "a.mp3"))
    assert caught.value.reason == "it cannot be read (no such file or directory)"


def test_a_name_that_is_not_utf8_is_opened(tmp_path):
    path = write_tone(tmp_path / "a.mp3", seconds=0.2, tags={"title": "T"})
    other = os.path.join(os.fsencode(tmp_path), b"\xff\xe9.mp3")
    try:
        os.rename(path, other)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert read_tags(os.fsdecode(other)).title == "T"


@pytest.mark.parametrize("fmt", [*FORMATS, "aiff"])
def test_no_damage_to_a_file_raises_or_leaves_unsafe_text(tmp_path, fmt):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.1, tags={"title": "T", "genre": "17"})
    add_cover(path, 200)
    whole = path.read_bytes()
    dice = random.Random(fmt)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 5, 40))):
            data[dice.randrange(dice.choice((60, 600, len(data))))] = dice.choice((0, 255, 65))
        path.write_bytes(data[: dice.randrange(1, len(data)) if dice.random() < 0.2 else None])
        tags = read_tags(str(path))
        assert (tags.title + "".join(tags.genres)).isprintable()


def test_errors_that_mutagen_does_not_announce_are_fenced(tmp_path, monkeypatch):
    path = write_tone(tmp_path / "a.mp3", seconds=0.2)
    monkeypatch.setattr(id3, "ID3", lambda *_args, **_options: 1 // 0)
    assert read_tags(str(path)) == Tags()
