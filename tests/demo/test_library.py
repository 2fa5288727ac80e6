"""The files: they decode, they carry their tags, and an interrupted build goes on."""

import dataclasses
import os
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest
from mutagen.mp4 import MP4

from musicrec_core.demo import catalogue, covers, library, places
from musicrec_core.demo.catalogue import Album, Song
from musicrec_core.errors import LibraryError
from musicrec_core.records import Progress
from tests.support.shared import seal

SHORT_S = 5.0


def short(entry: library.Entry) -> library.Entry:
    album, number, song = entry
    return album, number, dataclasses.replace(song, length_s=SHORT_S)


def one_of_each_format() -> list[library.Entry]:
    first = {album.format: (album, number, song) for album, number, song in catalogue.songs()}
    return [short(entry) for entry in first.values()]


def by_title(title: str) -> library.Entry:
    return next(short(entry) for entry in catalogue.songs() if entry[2].title == title)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    library.write_songs(folder, entries=one_of_each_format())
    return seal(folder)


def test_every_album_has_a_cover_of_its_own_and_the_same_each_time(built: Path) -> None:
    pictures = {path.read_bytes() for path in built.rglob("cover.png")}
    assert len(pictures) == len({path.parent for path in built.rglob("0*.*")})
    for album, _, _ in one_of_each_format():
        assert covers.cover(album) in pictures
    image = pytest.importorskip("PIL.Image")
    with image.open(next(built.rglob("cover.png"))) as picture:
        assert picture.size == (covers.SIDE, covers.SIDE)
        assert len(picture.convert("RGB").getcolors()) == 3


def decoded_s(path: Path) -> float:
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    assert max(float(np.abs(frame.to_ndarray().astype(np.float64)).max()) for frame in frames) > 0
    return sum(frame.samples / frame.sample_rate for frame in frames)


@pytest.mark.parametrize("entry", one_of_each_format(), ids=lambda entry: entry[0].format)
def test_a_file_of_each_format_decodes_and_lasts_as_long_as_its_song(
    built: Path, entry: tuple[Album, int, Song]
) -> None:
    path = places.song_path(built, *entry)
    assert mutagen.File(path).info.length == pytest.approx(decoded_s(path), abs=0.1)
    assert decoded_s(path) > SHORT_S


@pytest.mark.parametrize("entry", one_of_each_format(), ids=lambda entry: entry[0].format)
def test_a_file_of_each_format_carries_its_tags(
    built: Path, entry: tuple[Album, int, Song]
) -> None:
    album, number, song = entry
    tags = mutagen.File(places.song_path(built, *entry), easy=True)
    assert tags["title"] == [song.title]
    assert tags["artist"] == [song.artist]
    assert tags["album"] == [album.title]
    assert tags["albumartist"] == [album.artist]
    assert tags["date"] == [str(album.year)]
    assert tags["genre"]
    assert tags["tracknumber"][0].split("/")[0] == str(number)


def test_composer_and_compilation_are_written_where_they_apply(tmp_path: Path) -> None:
    waltz, sampler = by_title("La chaise vide"), by_title("Extra Life")
    library.write_songs(tmp_path, entries=[waltz, sampler])
    assert MP4(places.song_path(tmp_path, *waltz))["\xa9wrt"] == ["Ilse Marchetti"]
    assert MP4(places.song_path(tmp_path, *sampler))["cpil"] is True


def test_two_builds_give_equal_files(built: Path, tmp_path: Path) -> None:
    library.write_songs(tmp_path, entries=one_of_each_format())
    for entry in one_of_each_format():
        first, second = (places.song_path(folder, *entry) for folder in (built, tmp_path))
        assert first.read_bytes() == second.read_bytes()


def test_an_interrupted_build_goes_on_and_writes_no_finished_song_again(tmp_path: Path) -> None:
    entries = [by_title("Marsh Level"), by_title("Title Screen"), by_title("Carry the One")]

    def interrupt(progress: Progress) -> None:
        if progress.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.write_songs(tmp_path, interrupt, entries)
    finished = places.song_path(tmp_path, *entries[0])
    os.utime(finished, ns=(1, 1))
    assert library.write_songs(tmp_path, entries=entries) == 3
    assert finished.stat().st_mtime_ns == 1
    assert all(places.song_path(tmp_path, *entry).exists() for entry in entries)


def test_a_song_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(library.tagging, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        library.write_songs(tmp_path, entries=[by_title("Title Screen")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_progress_counts_every_song_to_the_end(tmp_path: Path) -> None:
    seen: list[Progress] = []
    library.write_songs(tmp_path, seen.append, [by_title("Title Screen")])
    assert [(step.done, step.total) for step in seen] == [(0, 1), (1, 1)]
    assert seen[0].detail == "Pixel Heron - Title Screen"


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        library.write_songs(tmp_path / "file", entries=[by_title("Title Screen")])
