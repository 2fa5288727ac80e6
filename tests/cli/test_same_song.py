"""An opinion belongs to the song: to every recording of it, in whatever file it comes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Command
from tests.support.media import tag, write_audio, write_tone

ALPHA = {"artist": "Alpha", "title": "River", "album": "Water"}


def song(
    path: Path, seconds: float = 8.0, level: float = 0.5, freq: float = 440.0, **tags: str
) -> Path:
    """A file of Alpha's River, but for what is said otherwise."""
    return write_tone(path, seconds=seconds, freq=freq, level=level, tags={**ALPHA, **tags})


def others(folder: Path) -> None:
    for number, name in enumerate(("Beta", "Gamma", "Delta")):
        song(folder / f"{name}.mp3", freq=600 + 90 * number, artist=name, title=f"Of {name}")


def scan(musicrec: Command, folder: Path) -> None:
    musicrec("scan", folder, "--jobs", "1")


def picks(musicrec: Command, *arguments: object) -> set[str]:
    """Names of the files that are recommended."""
    tracks = musicrec.json("recommend", "-n", "50", *arguments)["tracks"]
    return {Path(track["path"]).name for track in tracks}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    others(tmp_path / "music")
    return tmp_path / "music"


@pytest.mark.parametrize("opinion", ["dislike", "like"])
def test_an_opinion_outlives_a_change_of_format(fresh: Command, folder: Path, opinion: str) -> None:
    old = song(folder / "river.mp3")
    scan(fresh, folder)
    fresh(opinion, old)
    old.unlink()
    new = song(folder / "river.flac")
    scan(fresh, folder)
    assert ("river.flac" in picks(fresh)) == (opinion == "like")
    explained = fresh("explain", new).stdout
    assert opinion in explained
    assert "river.mp3" in explained or "another recording" in explained


@pytest.mark.parametrize("tagged", [True, False])
def test_a_dislike_outlives_a_change_of_loudness_in_place(
    fresh: Command, folder: Path, tagged: bool
) -> None:
    path = song(folder / "river.mp3")
    if not tagged:
        from tests.support.media import strip

        strip(path)
    scan(fresh, folder)
    fresh("dislike", path)
    write_tone(path, seconds=8.0, level=0.3, tags=ALPHA if tagged else None)
    scan(fresh, folder)
    assert "river.mp3" not in picks(fresh)


def test_a_dislike_reaches_copies_on_compilations_and_remasters(
    fresh: Command, folder: Path
) -> None:
    first = song(folder / "river.mp3")
    song(folder / "hits.ogg", album="Hits", albumartist="Various Artists")
    song(folder / "master.flac", title="River (2011 Remaster)")
    scan(fresh, folder)
    fresh("dislike", first)
    assert picks(fresh) == {"Beta.mp3", "Gamma.mp3", "Delta.mp3"}
    fresh("undo")
    assert picks(fresh) > {"Beta.mp3", "Gamma.mp3", "Delta.mp3"}


@pytest.mark.parametrize("marks", [("Live", "Demo"), ("Beta Remix", "Long")])
def test_other_versions_and_lengths_keep_their_own_opinion(
    fresh: Command, folder: Path, marks: tuple[str, str]
) -> None:
    first = song(folder / "river.mp3")
    for number, mark in enumerate(marks):
        long = mark == "Long"
        title = "River" if long else f"River ({mark})"
        song(folder / f"{mark}.mp3", 20 if long else 8, freq=441 + number, title=title)
    scan(fresh, folder)
    fresh("dislike", first)
    for mark in marks:  # a list shows one version, and may say so
        why = fresh.json("explain", folder / f"{mark}.mp3")["excluded_by"]
        assert "dislike" not in (why or "")
    assert picks(fresh) & {f"{mark}.mp3" for mark in marks}
    assert "river.mp3" not in picks(fresh)


def test_sounds_that_differ_clearly_are_two_songs(fresh: Command, folder: Path) -> None:
    first = song(folder / "tone.flac")
    rng = np.random.default_rng(0)
    time = np.arange(8 * 44100) / 44100
    beat = 0.4 * rng.standard_normal(len(time)) * np.exp(-8 * (time % 0.25))
    tag(write_audio(folder / "noise.flac", beat), ALPHA)
    scan(fresh, folder)
    fresh("dislike", first)
    assert "noise.flac" in picks(fresh)
    assert "tone.flac" not in picks(fresh)


def test_what_was_said_last_of_any_recording_counts_whatever_its_stamp(
    fresh: Command, folder: Path, tmp_path: Path
) -> None:
    first, second = song(folder / "river.mp3"), song(folder / "river.flac", level=0.4)
    scan(fresh, folder)
    fresh("like", first)
    lines = [json.loads(line) for line in fresh("export").stdout.splitlines()]
    ahead = [{**row, "at_s": 9e15} if row["type"] == "feedback" else row for row in lines]
    (tmp_path / "ahead.jsonl").write_text("\n".join(map(json.dumps, ahead)))
    fresh("import", tmp_path / "ahead.jsonl")
    fresh("dislike", second)
    assert not picks(fresh) & {"river.mp3", "river.flac"}
    fresh("undo")
    assert picks(fresh) & {"river.mp3", "river.flac"}


@pytest.mark.parametrize("how", ["prune", "prune --root", "another song in its place"])
def test_an_opinion_outlives_the_file_that_it_was_given_on(
    fresh: Command, folder: Path, how: str
) -> None:
    old = song(folder.with_name("old") / "river.mp3")
    fresh("scan", folder, old.parent, "--tags-only")
    fresh("dislike", old)
    new = song(folder / "river.flac", level=0.4)
    if how == "another song in its place":
        song(old, freq=900, artist="Zed", title="Else")
    elif how == "prune":
        old.unlink()
        song(old.with_name("other.mp3"), freq=900, artist="Zed", title="Else")
    fresh("scan", "--tags-only")
    if how == "prune":
        assert "1 file forgotten" in fresh("prune", "--yes").stdout
    elif how == "prune --root":
        fresh("prune", "--root", old.parent, "--yes")
    assert "another recording" in fresh.json("explain", new)["excluded_by"]
    assert fresh.json("explain", "Of Beta")["excluded_by"] is None


def test_a_renamed_root_is_moved_and_counts_once(fresh: Command, folder: Path) -> None:
    path = song(folder / "river.mp3")
    scan(fresh, folder)
    fresh("like", path)
    moved = folder.rename(folder.with_name("songs"))
    scan(fresh, moved)
    tracks = fresh.json("recommend", "-n", "50")["tracks"]
    assert len(tracks) == 4
    assert all(Path(track["path"]).is_file() for track in tracks)
    assert fresh.json("status")["feedback"]["like"] == 1
    assert fresh.json("status")["tracks"] == 4


def test_a_copy_is_picked_while_its_drive_is_away(fresh: Command, folder: Path) -> None:
    drive = folder.with_name("drive")
    song(drive / "river.mp3")
    shutil.copy(drive / "river.mp3", folder / "copy.mp3")
    scan(fresh, drive)
    scan(fresh, folder)
    drive.rename(folder.with_name("away"))
    fresh("scan", "--jobs", "1")
    assert "copy.mp3" in picks(fresh)
    assert "river.mp3" not in picks(fresh)
