"""Words and covers: from beside a file, from its tags, and none where they cannot be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import mutagen
import pytest
from mutagen.flac import Picture

from musicrec_core.library.covers import cover
from musicrec_core.library.lyrics import LyricLine, lyrics, parsed
from musicrec_tui.pictures import opened
from musicrec_tui.widgets.cover import halves
from tests.support.media import write_tone


def test_times_are_read_and_a_refrain_stands_wherever_it_is_sung() -> None:
    text = "[ar:Somebody]\n[00:12.50]first\n[00:20][01:05.250]refrain\n[00:16]<00:16.2>second"
    assert parsed(text) == [
        LyricLine("first", 12.5),
        LyricLine("second", 16.0),
        LyricLine("refrain", 20.0),
        LyricLine("refrain", 65.25),
    ]


def test_plain_words_stand_as_they_are() -> None:
    assert parsed("[ti:A title]\none\n\ntwo\n\n") == [
        LyricLine("one"), LyricLine(""), LyricLine("two")
    ]  # fmt: skip


def test_control_characters_of_words_reach_no_terminal() -> None:
    assert parsed("a\x1b[2Jb")[0].text == "a [2Jb"


def test_words_beside_the_file_come_before_those_in_tags(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "song.flac", seconds=0.2)
    file = mutagen.File(path)
    file["lyrics"] = "in the tags"
    file.save()
    assert lyrics(str(path)) == (LyricLine("in the tags"),)
    (tmp_path / "song.lrc").write_bytes("[00:01]beside it, é".encode("cp1252"))
    assert lyrics(str(path)) == (LyricLine("beside it, é", 1.0),)


def test_a_cover_is_found_in_tags_or_beside(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "song.flac", seconds=0.2)
    assert cover(str(path)) is None
    (tmp_path / "Folder.JPG").write_bytes(b"beside")
    assert cover(str(path)) == b"beside"
    file = mutagen.File(path)
    picture = Picture()
    picture.data = b"inside"
    file.add_picture(picture)
    file.save()
    assert cover(str(path)) == b"inside"


def test_what_is_no_song_has_neither(tmp_path: Path) -> None:
    path = tmp_path / "no.flac"
    path.write_bytes(b"nothing")
    assert cover(str(path)) is None
    assert lyrics(str(path)) == lyrics(str(tmp_path / "away.mp3")) == ()


def test_a_picture_is_drawn_in_half_blocks() -> None:
    image = pytest.importorskip("PIL.Image")
    content = BytesIO()
    image.new("RGB", (40, 40), (200, 10, 10)).save(content, "PNG")
    picture = opened(content.getvalue())
    assert picture is not None
    lines = halves(picture, 20, 6)
    assert len(lines) == 6
    assert all(line.cell_length == 20 for line in lines)
    assert "▀" in lines[0].text
    assert opened(b"no picture") is None
