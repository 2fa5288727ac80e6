"""Playlists through the command line: made, changed, taken back, written and read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from tests.conftest import Command
from tests.support.media import write_tone


@pytest.fixture
def mix(musicrec: Command) -> Command:
    """A library with a playlist of River, Lake, Anvil and Pulse."""
    with MusicRec(home=musicrec.home) as facade:
        facade.playlists.create("Mix", [facade.library.find(t) for t in ("River", "Lake")])
        facade.playlists.add("Mix", [facade.library.find(t) for t in ("Anvil", "Pulse")])
    return musicrec


def titles(command: Command, name: str = "Mix") -> list[str]:
    with MusicRec(home=command.home) as facade:
        return [item.track.title for item in facade.playlists.show(name).items]


def music_of(command: Command) -> Path:
    with MusicRec(home=command.home) as facade:
        return Path(facade.library.find("River").path).parents[1]


def test_songs_are_added_where_they_are_wanted(mix: Command) -> None:
    assert "added Brute Force - Hammer to Mix" in mix("playlist", "add", "mix", "Hammer").stdout
    mix("playlist", "add", "Mix", "Signal", "Relay", "--at", "2")
    assert titles(mix) == ["River", "Signal", "Relay", "Lake", "Anvil", "Pulse", "Hammer"]


def test_an_album_comes_in_whole_and_only_with_all(mix: Command) -> None:
    assert "no track is 'Iron'; did you mean" in mix.fails("playlist", "add", "Mix", "Iron")
    change = mix.json("playlist", "add", "Mix", "Iron", "--all", "--new")
    assert (change["added"], change["songs"]) == (2, 6)
    again = mix.json("playlist", "add", "Mix", "Iron", "--all", "--new")
    assert (again["id"], again["songs"]) == (None, 6)


def test_a_new_name_makes_a_playlist_and_one_much_like_it_is_named(mix: Command) -> None:
    message = mix("playlist", "add", "Mixx", "River").stderr
    assert "'Mixx' is a new playlist; there is one called 'Mix'" in message
    assert titles(mix, "Mixx") == ["River"]


def test_an_unknown_name_is_met_with_the_nearest(mix: Command) -> None:
    error = mix.fails("playlist", "show", "Mixed")
    assert "no playlist is called 'Mixed'; did you mean one of these?\n  Mix" in error
    assert "there are these:\n  Mix" in mix.fails("playlist", "clear", "Sunday")


def test_songs_are_removed_by_position_or_by_name(mix: Command) -> None:
    mix("playlist", "remove", "Mix", "--at", "1-2")
    assert titles(mix) == ["Anvil", "Pulse"]
    mix("playlist", "undo")
    mix("playlist", "remove", "Mix", "anvil", "--at", "4")
    assert titles(mix) == ["River", "Lake"]
    assert "means 2 songs of Mix" in mix.fails("playlist", "remove", "Mix", "Ada Reed")
    mix("playlist", "remove", "Mix", "Ada Reed", "--all")
    assert titles(mix) == []


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("remove", "Mix", "--at", "9"), 1, "there is no position 9: Mix holds 4 songs"),
        (("remove", "Mix", "Nothing"), 1, "no song of Mix is 'Nothing'"),
        (("remove", "Mix"), 2, "say which songs"),
        (("remove", "Mix", "--at", "x"), 2, "is no position"),
        (("move", "Mix", "3-1", "1"), 2, "ends before it begins"),
        (("create", "mix"), 1, "there is a playlist Mix already"),
        (("create", "  "), 1, "the name of a playlist is"),
        (("rename", "Mix", "a" * 101), 1, "the name of a playlist is"),
        (("import", "/no/such.m3u"), 1, "cannot read /no/such.m3u"),
        (("export", "Mix", "/no/such/file.m3u"), 1, "there is no folder /no/such"),
    ],
)
def test_what_cannot_be_done_is_said(
    mix: Command, arguments: tuple[str, ...], status: int, text: str
) -> None:
    assert text in mix.fails("playlist", *arguments, status=status)
    assert titles(mix) == ["River", "Lake", "Anvil", "Pulse"]


def test_clearing_more_than_a_handful_asks_first(mix: Command) -> None:
    mix("playlist", "clear", "Mix")
    mix("playlist", "undo")
    mix("playlist", "add", "Mix", "Signal", "Relay")
    assert "Remove all 6 songs from Mix?" in mix("playlist", "clear", "mix", status=1).stderr
    assert len(titles(mix)) == 6
    mix("playlist", "clear", "Mix", "--yes")
    assert titles(mix) == []


def test_every_change_is_taken_back_in_turn_and_done_again(mix: Command) -> None:
    mix("playlist", "move", "Mix", "4", "1")
    mix("playlist", "rename", "Mix", "Other")
    mix("playlist", "delete", "Other")
    for name, songs in (
        ("Other", ["Pulse", "River", "Lake", "Anvil"]),
        ("Mix", ["Pulse", "River", "Lake", "Anvil"]),
        ("Mix", ["River", "Lake", "Anvil", "Pulse"]),
        ("Mix", ["River", "Lake"]),
    ):
        mix("playlist", "undo")
        assert titles(mix, name) == songs
    mix("playlist", "undo")
    assert "there is nothing to undo" in mix.fails("playlist", "undo")
    for _ in range(5):
        mix("playlist", "redo")
    assert "there is nothing to do again" in mix.fails("playlist", "redo")
    assert mix.json("playlist", "list")["playlists"] == []


def test_a_name_taken_meanwhile_keeps_a_deleted_playlist_back(mix: Command) -> None:
    with MusicRec(home=mix.home) as facade:
        facade.playlists.create("Side")
        facade.playlists.rename("Side", "Aside")
        facade.playlists.create("Side")
    assert "there is a playlist Side already" in mix.fails("playlist", "undo", "Aside")


def test_a_hundred_changes_can_be_taken_back(mix: Command) -> None:
    with MusicRec(home=mix.home) as facade:
        river = facade.library.find("River")
        for _ in range(120):
            facade.playlists.add("Mix", [river])
    with MusicRec(home=mix.home) as facade:
        for _ in range(121):
            assert facade.playlists.undo("Mix")
        assert [i.track.title for i in facade.playlists.show("Mix").items] == ["River", "Lake"]


def test_profiles_do_not_see_each_others_playlists(mix: Command) -> None:
    assert mix.json("playlist", "list", "--profile", "ann")["playlists"] == []
    assert "nothing to undo" in mix.fails("playlist", "undo", "--profile", "ann")


def test_paths_from_standard_input_are_added_and_unknown_ones_named(mix: Command) -> None:
    paths = f"{music_of(mix)}/loud/hammer.opus\n/no/such.mp3\n"
    run = subprocess.run(
        [sys.executable, "-m", "musicrec_tui", "playlist", "add", "Mix", "-"],
        input=paths, text=True, capture_output=True, check=True,
        env={**os.environ, "MUSICREC_HOME": str(mix.home)},
    )  # fmt: skip
    assert "added Brute Force - Hammer to Mix" in run.stdout
    assert "1 song left out, not in the library" in run.stderr
    assert "/no/such.mp3" in run.stderr


def test_a_playlist_goes_out_and_comes_back(mix: Command, tmp_path: Path) -> None:
    file = tmp_path / "mix.m3u8"
    file.write_text("old")
    file.chmod(0o640)
    mix("playlist", "export", "Mix", file)
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".mix")] == []
    assert "there is a playlist Mix already" in mix.fails("playlist", "import", file)
    mix("playlist", "import", file, "--name", "Copy")
    assert titles(mix, "Copy") == titles(mix)
    assert mix("playlist", "export", "Copy").stdout == file.read_text().replace("Mix", "Copy")
    mix("playlist", "import", file, "--append")
    assert len(titles(mix)) == 8
    mix("playlist", "import", file, "--replace")
    assert len(titles(mix)) == 4


def test_paths_in_a_file_may_start_at_its_folder(mix: Command, tmp_path: Path) -> None:
    file = tmp_path / "mix.m3u8"
    mix("playlist", "export", "Mix", file, "--relative")
    songs = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    assert songs[0] == os.path.relpath(music_of(mix) / "calm" / "river.flac", tmp_path)
    assert mix.json("playlist", "import", file, "--name", "B")["added"] == 4


def test_a_file_of_another_program_is_matched_and_what_is_not_there_is_named(
    mix: Command, tmp_path: Path
) -> None:
    music = music_of(mix)
    lines = [
        f"file://{music}/calm/river.flac",
        f"{music}/CALM/Lake.OGG",
        "D:\\Songs\\loud\\anvil.m4a",
        "http://radio.example/stream",
        "/elsewhere/gone.mp3",
    ]
    (tmp_path / "theirs.m3u").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    change = mix.json("playlist", "import", tmp_path / "theirs.m3u")
    assert change["playlist"] == "theirs"
    assert titles(mix, "theirs") == ["River", "Lake", "Anvil"]
    assert change["unmatched"] == lines[3:]
    assert change["elsewhere"] == 1
    (tmp_path / "none.m3u").write_text("/elsewhere/gone.mp3\n")
    assert "no song of" in mix.fails("playlist", "import", tmp_path / "none.m3u")


def test_a_playlist_follows_files_that_move_and_remembers_those_that_go(
    fresh: Command, tmp_path: Path
) -> None:
    music = tmp_path / "music"
    name = unicodedata.normalize("NFD", "Café")
    write_tone(music / f"{name}.flac", seconds=3.0, freq=300, tags={"title": "Café"})
    write_tone(music / "b.flac", seconds=3.0, freq=400, tags={"title": "Bar", "artist": "Ann"})
    fresh("scan", music, "--tags-only")
    composed = tmp_path / "nfc.m3u8"
    composed.write_text("music/Café.flac\nmusic/b.flac\n")
    assert fresh.json("playlist", "import", composed, "--name", "Mix")["added"] == 2
    (music / "new").mkdir()
    shutil.move(music / f"{name}.flac", music / "new" / "other name.flac")
    (music / "b.flac").unlink()
    fresh("scan", "--tags-only")
    fresh("prune", "--yes")
    cafe, bar = fresh.json("playlist", "show", "Mix")["tracks"]
    assert (Path(cafe["path"]).name, cafe["absent"]) == ("other name.flac", None)
    assert (bar["title"], bar["artist"]) == ("Bar", "Ann")
    assert bar["absent"] == "its file is not in the library"
    run = fresh("playlist", "export", "Mix")
    assert "b.flac" not in run.stdout
    assert "1 song left out" in run.stderr


def test_playlists_travel_with_all_that_is_the_users(mix: Command, tmp_path: Path) -> None:
    lines = mix("export").stdout
    (tmp_path / "all.jsonl").write_text(lines)
    other = Command(tmp_path / "other")
    assert other.json("import", tmp_path / "all.jsonl")["imported"] == 1
    assert other.json("import", tmp_path / "all.jsonl")["known"] == 1
    assert titles(other) == ["River", "Lake", "Anvil", "Pulse"]
    other("scan", music_of(mix), "--tags-only")
    assert {t["absent"] for t in other.json("playlist", "show", "Mix")["tracks"]} == {None}
    other("playlist", "remove", "Mix", "River")
    other("import", tmp_path / "all.jsonl")
    assert titles(other) == ["Lake", "Anvil", "Pulse"]
    assert titles(other, "Mix (imported)") == ["River", "Lake", "Anvil", "Pulse"]
    rescued = [json.loads(line) for line in mix("export", "--rescue").stdout.splitlines()]
    assert [row for row in rescued if row["type"] == "playlist"] == [
        json.loads(line) for line in lines.splitlines() if '"playlist"' in line
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"type": "playlist"},
        {"type": "playlist", "profile": "x", "name": "y", "items": [1]},
        {"type": "playlist", "profile": "x", "name": "y", "items": [{}]},
        {"type": "playlist", "profile": "x", "name": "y", "items": [], "made_at_s": "now"},
    ],
)
def test_a_line_that_is_no_playlist_is_named(
    fresh: Command, tmp_path: Path, row: dict[str, object]
) -> None:
    (tmp_path / "all.jsonl").write_text('{"type": "musicrec", "format": 1}\n' + json.dumps(row))
    assert "line 2" in fresh.fails("import", tmp_path / "all.jsonl")


def test_a_list_is_kept_as_a_playlist_and_is_a_seed_in_turn(mix: Command) -> None:
    answer = mix.json("recommend", "-n", "3", "--playlist", "Today")
    assert titles(mix, "Today") == [track["title"] for track in answer["tracks"]]
    run = mix("recommend", "-n", "2", "--playlist", "today")
    assert "put 2 songs into Today, in place of 3 songs" in run.stderr
    near = mix.json("recommend", "--seed", "playlist:mix", "-n", "9")["tracks"]
    assert {t["title"] for t in near} & {"River", "Lake", "Anvil", "Pulse"} == set()
    assert "no playlist is called" in mix.fails("recommend", "--seed", "playlist:none")


def test_a_shell_completes_the_names(mix: Command) -> None:
    run = subprocess.run(
        [sys.executable, "-c",
         "from musicrec_tui.cli import cli; cli(prog_name='musicrec')"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "MUSICREC_HOME": str(mix.home), "COMP_CWORD": "3",
             "COMP_WORDS": "musicrec playlist show m", "_MUSICREC_COMPLETE": "bash_complete"},
    )  # fmt: skip
    assert run.stdout.split() == ["plain,Mix"]
