"""M3U in all its dialects, and back."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.library.playlist_files import (
    PlaylistLine,
    WrittenSong,
    can_be_written,
    format_m3u,
    parse,
)

NAMES = st.binary(min_size=1, max_size=20).filter(
    lambda name: not set(name) & set(b"/\0\r\n\\") and name not in (b".", b"..")
)


def paths(content: bytes, folder: str = "/music") -> list[str | None]:
    return [line.path for line in parse(content, folder).lines]


@given(st.lists(NAMES, max_size=5))
def test_every_path_comes_back_as_it_was(names: list[bytes]) -> None:
    songs = [WrittenSong(b"/music/" + name + b"/song.mp3", "A - B", 61.4) for name in names]
    read = parse(format_m3u(songs, "Mix"), "/elsewhere")
    if all(name.isascii() for name in names):  # bytes that are no text depend on what is there
        assert [os.fsencode(line.path or "") for line in read.lines] == [s.path for s in songs]
    assert len(read.lines) == len(songs)
    assert read.name == "Mix"


@given(st.binary(max_size=200))
def test_nothing_makes_reading_fail(content: bytes) -> None:
    for line in parse(content, "/music").lines:
        assert line.text.isprintable()


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"/a/b.mp3\n", "/a/b.mp3"),
        (b"b.mp3", "/music/b.mp3"),
        (b"../a/b.mp3\r\n", "/a/b.mp3"),
        (b"\xef\xbb\xbf/a/b.mp3\r", "/a/b.mp3"),
        ("/a/ß.mp3".encode(), "/a/ß.mp3"),
        ("/a/ß.mp3".encode("cp1252"), "/a/ß.mp3"),
        ("/a/ß.mp3\n".encode("utf-16"), "/a/ß.mp3"),
        (b"#EXTENC: windows-1251\n" + "/a/ж.mp3".encode("cp1251"), "/a/ж.mp3"),
        (b"#EXTENC: no-such\n/a/\xe4.mp3", "/a/ä.mp3"),
        (b"file:///a/b%20%C3%9F.mp3", "/a/b ß.mp3"),
        (b"FILE://localhost/a/b.mp3", "/a/b.mp3"),
        (b"Abba\\Gold\\b.mp3", "/music/Abba/Gold/b.mp3"),
        (b"C:\\Music\\b.mp3", "/Music/b.mp3"),
        (b"  /a/b.mp3  \n", "/a/b.mp3"),
        (b"http://radio.example/stream", None),
    ],
)
def test_a_path_is_read_in_the_dialects_of_other_programs(content: bytes, path: str | None) -> None:
    assert paths(content) == [path]


def test_names_belong_to_the_song_that_follows() -> None:
    content = (
        b"#EXTM3U\n#PLAYLIST: My mix\n\n# a remark\n#EXTINF:61,Ada - River\n/a.mp3\n/b.mp3\n"
        b'#EXTINF:-1 tvg-id="x",Stream\nhttp://radio.example\n'
    )
    playlist = parse(content, "/music")
    assert playlist.name == "My mix"
    assert playlist.lines == (
        PlaylistLine("/a.mp3", "/a.mp3", "Ada - River"),
        PlaylistLine("/b.mp3", "/b.mp3"),
        PlaylistLine("http://radio.example", None, "Stream"),
    )


def test_what_is_written_is_plain_extended_m3u() -> None:
    songs = [WrittenSong(b"/a.mp3", "Ada - \x1b[31mRiver", 61.4), WrittenSong(b"#1.mp3", "B", None)]
    assert format_m3u(songs, "Mix\n2", says_encoding=True).decode().splitlines() == [
        "#EXTM3U",
        "#EXTENC:UTF-8",
        "#PLAYLIST:Mix 2",
        "#EXTINF:61,Ada -  [31mRiver",
        "/a.mp3",
        "#EXTINF:-1,B",
        "./#1.mp3",
    ]


def test_a_path_with_a_line_break_cannot_be_written() -> None:
    assert can_be_written(b"/a b.mp3")
    assert not can_be_written(b"/a\nb.mp3")
